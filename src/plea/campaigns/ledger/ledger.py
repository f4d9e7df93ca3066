"""The ledger: a campaign's SQLite file with what is planned, made and left, and the two lists written from it.

One writer, who holds the lock; `synchronous = FULL` and a rollback journal: what was committed is there after any
crash, what was not is not. Readers (`status`, `report`) may look while a run writes. `manifest.csv` lists what was
made, `rejects.csv` everything else; both are replaced whole or not at all.
"""

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from plea import language
from plea.campaigns.context import CampaignContext, open_context
from plea.campaigns.ledger import serialize
from plea.campaigns.model import Destination, LetterJob, LetterMade, Outcome
from plea.campaigns.settings import FILE as SETTINGS_FILE
from plea.campaigns.settings import Settings, load_settings
from plea.errors import InputError, MachineError
from plea.supporters.csv_injection import csv_pieces
from plea.system.files import refuse_link, write_atomic
from plea.system.lock import FileLock

MANIFEST = "manifest.csv"
REJECTS = "rejects.csv"
MANIFEST_COLUMNS = ("letter_id", "row", "supporter_id", "official_id", "ask", "file", "page", "supersedes")
REJECTED_COLUMNS = ("plea_row", "plea_target", "plea_outcome", "plea_problems")
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


@dataclass(frozen=True, slots=True)
class VolumePlan:
    """A volume that is planned and not made: its file (below the output folder), its destination, how many letters."""

    file: str
    destination_key: str
    count: int


@dataclass(frozen=True, slots=True)
class Counts:
    """A campaign in numbers.

    `rows` of the supporters file; `rejected`, `suppressed` and `unselected` are rows, the rest are letters: `planned`
    is made + left + held + duplicate. `superseded` and `withdrawn` were made once and are no longer what is wanted.
    """

    rows: int = 0
    rejected: int = 0
    suppressed: int = 0
    unselected: int = 0
    planned: int = 0
    made: int = 0
    left: int = 0
    held: int = 0
    duplicate: int = 0
    superseded: int = 0
    withdrawn: int = 0
    volumes: int = 0


# --- opening ----------------------------------------------------------------------------------------------


def campaign_lock(folder: Path) -> FileLock:
    """The right to write to a campaign, which one process holds at a time."""
    return FileLock(folder / LOCK)


def open_ledger(folder: Path, *, write: bool) -> "Ledger":
    """The ledger of a campaign. To write, the campaign's lock is taken first.

    Raises LockedError naming who has the campaign, InputError when there is nothing to read yet, MachineError when
    the ledger is damaged or of another version of this program.
    """
    path, lock = folder / FILE, campaign_lock(folder)
    if write:
        lock.take()
    try:
        return Ledger(_connect(path, write=write), path, lock)
    except BaseException:
        lock.release()
        raise


def _connect(path: Path, *, write: bool) -> sqlite3.Connection:
    """The file opened; to write, it is made where it is missing, for nobody else to read."""
    new = not path.exists()
    if new and not write:
        raise InputError("ledger.nothing_planned", str(path))
    refuse_link(path)
    with database_errors(path):
        if new:
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=PATIENCE, isolation_level=None
        )
        try:
            _prepare(connection, path, write=write)
        except BaseException:
            connection.close()
            raise
    return connection


def _prepare(connection: sqlite3.Connection, path: Path, *, write: bool) -> None:
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
    _limit_memory(connection)
    if not write:
        connection.execute("PRAGMA query_only = ON")


def temporary_ledger() -> sqlite3.Connection:
    """An empty ledger in a file that is gone when the connection is closed; several threads may use it in turn."""
    connection = sqlite3.connect("", isolation_level=None, check_same_thread=False)
    _limit_memory(connection)
    for statement in _SCHEMA.split(";"):
        connection.execute(statement)
    return connection


def _limit_memory(connection: sqlite3.Connection) -> None:
    """Keep 8 MiB of a ledger in memory and 8 MiB of a draft; the rest stays on the disk. More makes nothing faster."""
    connection.execute("PRAGMA temp_store = FILE")
    connection.execute("PRAGMA cache_size = -8192")
    connection.execute("PRAGMA temp.cache_size = -8192")


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


def open_campaign(folder: Path, today: date) -> CampaignContext:
    """The context of a campaign to look at, for letters of the day that its ledger or its settings name, else of today.

    Raises InputError for a folder that is no campaign and for settings that cannot be used, MachineError for a ledger
    or a directory that cannot be read.
    """
    settings = load_settings(folder)
    if not (settings.folder / FILE).exists():
        return open_context(settings, letters_date(settings, None, today))
    with open_ledger(settings.folder, write=False) as ledger:
        return open_context(settings, letters_date(settings, ledger, today))


def letters_date(settings: Settings, ledger: "Ledger | None", today: date) -> date:
    """The day the letters are dated: the one of the first plan, else of `campaign.toml`, else today.

    Raises InputError when `campaign.toml` names another day than the letters already have.
    """
    frozen = ledger.date if ledger else None
    if frozen and settings.date and settings.date != frozen:
        where = str(settings.folder / SETTINGS_FILE)
        raise InputError("campaign.date_changed", where, day=settings.date, frozen=frozen, iso=frozen.isoformat())
    return frozen or settings.date or today


def refuse_purged(ledger: "Ledger") -> None:
    """Raise InputError when the campaign was purged: nobody could tell any more which letters were made."""
    day = ledger.fact("purged")
    if day:
        raise InputError("campaign.purged", str(ledger.path.parent), day=date.fromisoformat(day))


class Ledger(AbstractContextManager["Ledger"]):
    """A campaign's rows, letters and volumes. Closing it releases the lock."""

    def __init__(self, connection: sqlite3.Connection, path: Path, lock: FileLock) -> None:
        self._connection = connection
        self._lock = lock
        self.path = path

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file and release the campaign's lock."""
        self._connection.close()
        self._lock.release()

    # --- reading ------------------------------------------------------------------------------------------

    def query(self, sql: str, values: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a query, one at a time."""
        with database_errors(self.path):
            yield from self._connection.execute(sql, values)

    def fact(self, key: str) -> str:
        """A thing remembered about the campaign; empty when it is not known."""
        return next((str(value) for (value,) in self.query("SELECT value FROM facts WHERE key = ?", (key,))), "")

    @property
    def date(self) -> date | None:
        """The day the letters are dated, frozen at the first plan; None before it."""
        day = self.fact("date")
        return date.fromisoformat(day) if day else None

    @property
    def header(self) -> tuple[str, ...]:
        """The columns of the supporters file as they were last read."""
        return tuple(json.loads(self.fact("header") or "[]"))

    def volumes_left(self) -> list[VolumePlan]:
        """The volumes still to make, in order."""
        rows = self.query(
            "SELECT file, key, count FROM volumes JOIN destinations ON destinations.id = destination"
            " WHERE NOT sealed ORDER BY volumes.id"
        )
        return [VolumePlan(*row) for row in rows]

    def letters_of(self, file: str) -> tuple[LetterJob, ...]:
        """The letters of a volume that is to be made, in their order."""
        rows = self.query(
            "SELECT letter, letters.row, ask, supporter FROM letters JOIN people USING (row)"
            " WHERE volume = (SELECT id FROM volumes WHERE file = ?) AND letters.outcome = 'planned'"
            " ORDER BY letters.id",
            (file,),
        )
        return tuple(map(LetterJob._make, rows))

    def destination(self, key: str) -> Destination:
        """The official and the office of that key. Raises KeyError for one that no letter goes to."""
        for (content,) in self.query("SELECT content FROM destinations WHERE key = ?", (key,)):
            return serialize.destination_of(content)
        raise KeyError(key)

    def counts(self) -> Counts:
        """The campaign in numbers."""
        people = dict(self.query("SELECT outcome, count(*) FROM people GROUP BY outcome"))
        letters = dict(self.query("SELECT outcome, count(*) FROM letters WHERE state = 'current' GROUP BY outcome"))
        states = dict(self.query("SELECT state, count(*) FROM letters GROUP BY state"))
        ((volumes,),) = self.query("SELECT count(*) FROM volumes WHERE sealed")
        return Counts(
            rows=sum(people.values()),
            rejected=people.get(Outcome.REJECTED, 0),
            suppressed=people.get(Outcome.SUPPRESSED, 0),
            unselected=people.get(Outcome.HELD, 0),
            planned=sum(letters.values()),
            made=letters.get(Outcome.MADE, 0),
            left=letters.get(Outcome.PLANNED, 0),
            held=letters.get(Outcome.HELD, 0),
            duplicate=letters.get(Outcome.DUPLICATE, 0),
            superseded=states.get("superseded", 0),
            withdrawn=states.get("withdrawn", 0),
            volumes=volumes,
        )

    def withdrawn(self) -> Iterator[tuple[str, ...]]:
        """Letters that were made and should be taken out: letter_id, file, page."""
        for row in self.query(
            "SELECT letter, file, page FROM letters JOIN volumes ON volumes.id = volume"
            " WHERE letters.state = 'withdrawn' ORDER BY volume, page"
        ):
            yield tuple(map(str, row))

    def missing_volumes(self, output: Path) -> list[str]:
        """Files of volumes that were made and are no longer in the output folder."""
        files = self.query("SELECT file FROM volumes WHERE sealed AND id IN (SELECT volume FROM letters) ORDER BY id")
        return [file for (file,) in files if not (output / file).is_file()]

    # --- the two lists ------------------------------------------------------------------------------------

    def manifest(self) -> Iterator[tuple[str, ...]]:
        """What was made, a letter each: MANIFEST_COLUMNS.

        The row is the letter's row as the supporters file now stands, empty when it is there no longer.
        """
        for row in self.query(
            "SELECT letter, coalesce(row, ''), supporter_id, letters.official, ask, file, page, supersedes"
            " FROM letters JOIN volumes ON volumes.id = volume WHERE outcome = 'made' ORDER BY letters.volume, page"
        ):
            yield tuple(map(str, row))

    def rejects(self) -> Iterator[tuple[str, ...]]:
        """The rest: the original cells of the row, then REJECTED_COLUMNS.

        A row that is out itself has one line with an empty target; otherwise the target is `ask/official`. The problems
        are in English, whoever reads them: the file is read in again, and is the same for everybody.
        """
        width = len(self.header)
        for cells, row, target, outcome, problems in self.query(
            "SELECT people.cells, letters.row, ask || '/' || target, letters.outcome, letters.problems"
            " FROM letters JOIN people USING (row)"
            " WHERE letters.outcome IN ('held', 'duplicate') AND letters.state = 'current'"
            " UNION ALL SELECT cells, row, '', outcome, problems FROM people WHERE outcome != '' ORDER BY 2, 3"
        ):
            original = serialize.cells_of(cells)[:width]
            sentences = []
            with language.using("en"):
                for problem in serialize.problems_of(problems):
                    line, hint = language.line(problem), language.hint(problem)
                    sentences.append(f"{line} ({hint})" if hint else line)
            yield (*original, *[""] * (width - len(original)), str(row), target, outcome, "; ".join(sentences))

    # --- writing ------------------------------------------------------------------------------------------

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """One transaction: all of it is there afterwards, or nothing."""
        with database_errors(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def remember(self, **facts: str) -> None:
        """Remember things about the campaign, within a transaction or as one."""
        with database_errors(self.path):
            self._connection.executemany("INSERT OR REPLACE INTO facts VALUES (?, ?)", facts.items())

    def compact(self) -> None:
        """Write the file anew, so that nothing that was removed is left in it."""
        with database_errors(self.path):
            self._connection.execute("VACUUM")

    def seal(self, volumes: Iterable[tuple[str, Sequence[LetterMade]]]) -> None:
        """These volumes, by their files, are on the disk: where their letters stand, and which are held instead.

        All of them or none: a transaction takes as long as a volume. Raises InputError when the ledger knows no such
        volume to make.
        """
        with self.transaction() as connection:
            for file, letters in volumes:
                volume = connection.execute("SELECT id FROM volumes WHERE file = ? AND NOT sealed", (file,)).fetchone()
                if volume is None:
                    raise InputError("ledger.unknown_volume", file)
                ids = dict(
                    connection.execute(
                        "SELECT letter, id FROM letters WHERE volume = ? AND outcome = 'planned'", volume
                    )
                )
                connection.executemany(
                    "UPDATE letters SET outcome = ?, problems = ?, page = ?, pages = ?, volume = iif(?, volume, NULL)"
                    " WHERE id = ?",
                    (
                        (
                            Outcome.MADE if letter.page else Outcome.HELD,
                            serialize.problems_text(letter.problems),
                            letter.page,
                            letter.pages,
                            letter.page,
                            ids[letter.letter_id],
                        )
                        for letter in letters
                    ),
                )
                connection.execute("UPDATE volumes SET sealed = 1 WHERE id = ?", volume)

    def unseal(self, files: Sequence[str]) -> None:
        """Plan those volumes again with what is still wanted of them; the rest of them is forgotten."""
        with self.transaction() as connection:
            for file in files:
                (volume,) = connection.execute("SELECT id FROM volumes WHERE file = ?", (file,)).fetchone()
                connection.execute("DELETE FROM letters WHERE volume = ? AND state != 'current'", (volume,))
                connection.execute(
                    "UPDATE letters SET outcome = 'planned', page = 0, pages = 0 WHERE volume = ?", (volume,)
                )
                connection.execute(
                    "UPDATE volumes SET sealed = 0, count = (SELECT count(*) FROM letters WHERE volume = ?)"
                    " WHERE id = ?",
                    (volume, volume),
                )
                connection.execute("DELETE FROM volumes WHERE id = ? AND count = 0", (volume,))


def write_records(ledger: Ledger, output: Path) -> None:
    """Write `manifest.csv` and `rejects.csv` into the output folder as the ledger now stands, readable by nobody else.

    Raises MachineError when they cannot be written; the old ones are whole then.
    """
    write_atomic(output / MANIFEST, csv_pieces(MANIFEST_COLUMNS, ledger.manifest()))
    write_atomic(output / REJECTS, rejects_csv(ledger))


def rejects_csv(ledger: Ledger) -> Iterator[bytes]:
    """The list of what was not made, in pieces, to be corrected and read in again; of a check's ledger too."""
    return csv_pieces((*ledger.header, *REJECTED_COLUMNS), ledger.rejects())
