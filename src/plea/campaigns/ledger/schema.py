"""The ledger's SQLite file: its tables, and opening it by one writer at a time.

One writer, `synchronous = FULL`, a rollback journal: what was committed is there after any crash, what was not is not.
Readers (`status`, `report`) may look while a run writes.
"""

import json
import os
import socket
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

from plea.errors import InputError, MachineError

FILE = "ledger.sqlite"
LOCK = "campaign.lock"
SCHEMA_VERSION = 1
PATIENCE = 30.0  # seconds that a reader waits for a commit, and the writer for a reader
GLANCE = 0.05  # seconds; looking who has the campaign takes far less
_APPLICATION = 0x706C6C67  # "pllg", so that another program's file is not taken for a ledger

# `people` are the rows of the supporters file as they were checked, with an outcome where the row itself is out.
# `letters` are the planned letters. `state` says whether a letter that was made is still what the campaign wants:
# current, superseded (by a later version of itself) or withdrawn (its row or official is gone).
_SCHEMA = f"""
PRAGMA application_id = {_APPLICATION};
PRAGMA user_version = {SCHEMA_VERSION};
CREATE TABLE facts (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE people (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL, supporter TEXT NOT NULL, cells TEXT NOT NULL, sort TEXT NOT NULL,
    state TEXT NOT NULL, consent TEXT NOT NULL, outcome TEXT NOT NULL, problems TEXT NOT NULL, warnings TEXT NOT NULL
);
CREATE TABLE destinations (id INTEGER PRIMARY KEY, key TEXT UNIQUE NOT NULL, official TEXT NOT NULL, office TEXT NOT NULL,
    role TEXT NOT NULL, state TEXT NOT NULL, content TEXT NOT NULL);
CREATE TABLE volumes (id INTEGER PRIMARY KEY, file TEXT UNIQUE NOT NULL, destination INTEGER NOT NULL, number INTEGER NOT NULL,
    count INTEGER NOT NULL, sealed INTEGER NOT NULL DEFAULT 0);
CREATE TABLE letters (
    id INTEGER PRIMARY KEY, letter TEXT NOT NULL, identity TEXT NOT NULL, version TEXT NOT NULL, row INTEGER,
    supporter_id TEXT NOT NULL, ask TEXT NOT NULL, target TEXT NOT NULL, official TEXT NOT NULL, destination INTEGER,
    outcome TEXT NOT NULL, problems TEXT NOT NULL DEFAULT '', supersedes TEXT NOT NULL DEFAULT '', volume INTEGER,
    page INTEGER NOT NULL DEFAULT 0, pages INTEGER NOT NULL DEFAULT 0, state TEXT NOT NULL DEFAULT 'current'
);
CREATE INDEX letters_by_volume ON letters (volume);
CREATE INDEX letters_by_row ON letters (row);
CREATE INDEX letters_made ON letters (identity) WHERE outcome = 'made';
"""


def statements() -> list[str]:
    """What makes an empty ledger, a statement each."""
    return [statement for statement in _SCHEMA.split(";") if statement.strip()]


class LockedError(InputError):
    """Another run holds the campaign."""


def connect(folder: Path, *, write: bool) -> sqlite3.Connection:
    """The ledger of a campaign's folder; made when it is to be written and missing, 0600.

    Raises InputError when there is none to read, MachineError when it is damaged, no ledger, or newer than this
    program.
    """
    path = folder / FILE
    new = not path.exists()
    if new and not write:
        raise InputError(f"{path}: nothing is planned yet", "Plan and print with `plea campaign run DIR`.")
    if path.is_symlink():
        raise MachineError(f"{path}: is a link, and links are not written through", "Remove the link.")
    with told(path):
        if new:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=PATIENCE)
        try:
            _prepare(connection, path, write=write)
        except BaseException:
            connection.close()
            raise
    return connection


def _prepare(connection: sqlite3.Connection, path: Path, *, write: bool) -> None:
    connection.isolation_level = None
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if not tables and write:  # new, or killed before its first table
        connection.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} COMMIT;")
    elif not tables:
        raise InputError(f"{path}: nothing is planned yet", "Plan and print with `plea campaign run DIR`.")
    elif application != _APPLICATION:
        raise MachineError(f"{path}: is not a ledger of plea", "Move it away; a run makes a new one.")
    elif version > SCHEMA_VERSION:
        raise MachineError(
            f"{path}: was written by a newer plea (format {version}, this one reads {SCHEMA_VERSION})",
            "Install the newer plea: pip install --upgrade plea.",
        )
    connection.execute("PRAGMA synchronous = FULL")
    make_room(connection)
    if not write:
        connection.execute("PRAGMA query_only = ON")


def make_room(connection: sqlite3.Connection) -> None:
    """Keep 32 MiB of a ledger in memory, and 16 of a draft, whose keys come in no order; the rest is on the disk."""
    connection.execute("PRAGMA temp_store = FILE")
    connection.execute("PRAGMA cache_size = -32768")
    connection.execute("PRAGMA temp.cache_size = -16384")


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Says what SQLite says, with the file and what to do."""
    try:
        yield
    except sqlite3.OperationalError as error:
        hint = "Check the disk, and that you may write there; what was finished is kept."
        if "locked" in str(error):
            hint = "Another run is writing it; wait for it."
        raise MachineError(f"{path}: the ledger cannot be used: {error}", hint) from error
    except sqlite3.DatabaseError as error:
        raise MachineError(
            f"{path}: the ledger is damaged ({error})",
            "Put back a copy, or move it away with the output folder: a run makes all anew.",
        ) from error
    except OSError as error:
        raise MachineError(f"{path}: cannot be made: {error.strerror}", "Check that you may write there.") from error


class Lock:
    """The right to write to a campaign, held by one process until it ends or lets go."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / LOCK
        self._file: IO[str] | None = None

    def take(self) -> None:
        """Take it. Raises LockedError that says who has it, and since when."""
        import fcntl  # noqa: PLC0415 (not there on Windows, where campaigns run in WSL)

        try:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        except OSError as error:
            raise MachineError(f"{self._path}: {error.strerror}", "Check that you may write there.") from error
        file = os.fdopen(handle, "r+")
        for again in (True, False):
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError as error:
                if again:
                    time.sleep(GLANCE)  # somebody may just be looking
                    continue
                with file:
                    raise LockedError(self._holder(file.read()), "Wait for it to end, or stop it there.") from error
        file.truncate()
        json.dump({"process": os.getpid(), "machine": socket.gethostname()}, file)
        file.flush()
        self._file = file

    def holder(self) -> str:
        """Who has it now and since when, in words; empty when nobody does. Looking takes nothing away."""
        import fcntl  # noqa: PLC0415 (as above)

        try:
            with self._path.open(encoding="utf-8") as file:
                try:
                    fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
                except BlockingIOError:
                    return self._holder(file.read())
        except OSError:
            return ""  # nobody ever took it, or it is not ours to see
        return ""

    def release(self) -> None:
        """Let go of it; the file stays, so that nobody can hold one that is gone."""
        if self._file:
            self._file.close()
            self._file = None

    def _holder(self, said: str) -> str:
        """Who holds it, from what they wrote; the time is that of the file, written when it was taken."""
        since = datetime.fromtimestamp(self._path.stat().st_mtime).astimezone()
        try:
            held = json.loads(said)
            who = f"process {held['process']} on {held['machine']}"
        except (ValueError, KeyError, TypeError):
            who = "another process"
        return f"{self._path.parent}: {who} has this campaign since {since:%Y-%m-%d %H:%M}"
