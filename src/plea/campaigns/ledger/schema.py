"""The ledger's SQLite file: its tables, and opening it.

One writer, `synchronous = FULL`, a rollback journal: what was committed is there after any crash, what was not is not.
Readers (`status`, `report`) may look while a run writes.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from plea.errors import InputError, MachineError
from plea.system.files import refuse_link
from plea.system.lock import FileLock

FILE = "ledger.sqlite"
LOCK = "campaign.lock"
SCHEMA_VERSION = 2
PATIENCE = 30.0
"""Seconds that a reader waits for a commit, and the writer for a reader."""
_APPLICATION = 0x706C6C67
"""`pllg` in ASCII, so that another program's file is not taken for a ledger."""

# `people` are the rows of the supporters file as they were checked, with an outcome where the row itself is out.
# `letters` are the planned letters. `state` says whether a letter that was made is still what the campaign wants:
# current, superseded (by a later version of itself) or withdrawn (its row or official is gone). A volume is sealed when
# it is on the disk and its letters are marked as made.
_SCHEMA = f"""
PRAGMA application_id = {_APPLICATION};
PRAGMA user_version = {SCHEMA_VERSION};
CREATE TABLE facts (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE people (
    row INTEGER PRIMARY KEY, id TEXT NOT NULL, supporter TEXT NOT NULL, cells TEXT NOT NULL, sort TEXT NOT NULL,
    state TEXT NOT NULL, consent TEXT NOT NULL, outcome TEXT NOT NULL, problems TEXT NOT NULL, warnings TEXT NOT NULL
);
CREATE TABLE destinations (
    id INTEGER PRIMARY KEY, key TEXT UNIQUE NOT NULL, official TEXT NOT NULL, office TEXT NOT NULL, role TEXT NOT NULL,
    state TEXT NOT NULL, content TEXT NOT NULL
);
CREATE TABLE volumes (
    id INTEGER PRIMARY KEY, file TEXT UNIQUE NOT NULL, destination INTEGER NOT NULL, number INTEGER NOT NULL,
    count INTEGER NOT NULL, sealed INTEGER NOT NULL DEFAULT 0
);
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


def campaign_lock(folder: Path) -> FileLock:
    """The right to write to a campaign, which one process holds at a time."""
    return FileLock(folder / LOCK)


def connect(folder: Path, *, write: bool) -> sqlite3.Connection:
    """The ledger of a campaign's folder; made when it is to be written and missing, 0600.

    Raises InputError when there is none to read, MachineError when it is damaged, not a ledger, or of another version.
    """
    path = folder / FILE
    new = not path.exists()
    if new and not write:
        raise InputError("ledger.nothing_planned", str(path))
    refuse_link(path)
    with database_errors(path):
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
        raise InputError("ledger.nothing_planned", str(path))
    elif application != _APPLICATION:
        raise MachineError("ledger.not_ours", str(path))
    elif version > SCHEMA_VERSION:
        raise MachineError("ledger.newer", str(path), format=str(version), own=str(SCHEMA_VERSION))
    elif version < SCHEMA_VERSION:
        raise MachineError("ledger.older", str(path))
    connection.execute("PRAGMA synchronous = FULL")
    limit_memory(connection)
    if not write:
        connection.execute("PRAGMA query_only = ON")


def temporary_ledger() -> sqlite3.Connection:
    """An empty ledger in a file that is gone when the connection is closed; several threads may use it in turn."""
    connection = sqlite3.connect("", isolation_level=None, check_same_thread=False)
    limit_memory(connection)
    for statement in _SCHEMA.split(";"):
        connection.execute(statement)
    return connection


def limit_memory(connection: sqlite3.Connection) -> None:
    """Keep 32 MiB of a ledger in memory, and 16 of a draft, whose keys come in no order; the rest is on the disk."""
    connection.execute("PRAGMA temp_store = FILE")
    connection.execute("PRAGMA cache_size = -32768")
    connection.execute("PRAGMA temp.cache_size = -16384")


@contextmanager
def database_errors(path: Path) -> Iterator[None]:
    """Turns what SQLite and the system raise into MachineError."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if "locked" in str(error):  # SQLite's own words, the same for all reasons to wait
            raise MachineError("ledger.busy", str(path)) from error
        raise MachineError("ledger.not_usable", str(path), reason=str(error)) from error
    except sqlite3.DatabaseError as error:
        raise MachineError("ledger.damaged", str(path), reason=str(error)) from error
    except OSError as error:
        raise MachineError.from_system(error) from error
