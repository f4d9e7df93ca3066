"""The ledger: what is planned, made and left, and the two lists that are written from it.

Whoever holds it to write is the only one who does. `manifest.csv` lists what was made, `rejects.csv` everything else;
both are replaced whole or not at all.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from plea import language
from plea.campaigns.context import CampaignContext, open_context
from plea.campaigns.ledger import schema, serialize
from plea.campaigns.ledger.schema import campaign_lock, database_errors
from plea.campaigns.model import Destination, LetterJob, LetterMade, Outcome
from plea.campaigns.settings import FILE as SETTINGS_FILE
from plea.campaigns.settings import Settings, load_settings
from plea.errors import InputError
from plea.problems import Problem
from plea.supporters.csv_injection import csv_pieces
from plea.system.files import write_atomic
from plea.system.lock import FileLock

MANIFEST = "manifest.csv"
REJECTS = "rejects.csv"
MANIFEST_COLUMNS = ("letter_id", "row", "supporter_id", "official_id", "ask", "file", "page", "supersedes")
REJECTED_COLUMNS = ("plea_row", "plea_target", "plea_outcome", "plea_problems")


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


def open_ledger(folder: Path, *, write: bool) -> "Ledger":
    """The ledger of a campaign. To write, the campaign's lock is taken first.

    Raises LockedError naming who has the campaign, InputError when there is nothing to read yet, MachineError when
    the ledger is damaged or of another version of this program.
    """
    lock = campaign_lock(folder)
    if write:
        lock.take()
    try:
        return Ledger(schema.connect(folder, write=write), folder / schema.FILE, lock)
    except BaseException:
        lock.release()
        raise


def open_campaign(folder: Path, today: date) -> CampaignContext:
    """The context of a campaign to look at, for letters of the day that its ledger or its settings name, else of today.

    Raises InputError for a folder that is no campaign and for settings that cannot be used, MachineError for a ledger
    or a directory that cannot be read.
    """
    settings = load_settings(folder)
    if not (settings.folder / schema.FILE).exists():
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


class Ledger:
    """What is known of a campaign. Closing it lets go of the lock."""

    def __init__(self, connection: sqlite3.Connection, path: Path, lock: FileLock) -> None:
        self._connection = connection
        self._lock = lock
        self.path = path

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file and of the campaign."""
        self._connection.close()
        self._lock.release()

    # --- reading ------------------------------------------------------------------------------------------

    def query(self, sql: str, values: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows of a query to the tables of `schema`, one at a time."""
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
        are told in English, whoever reads them: the file is read in again, and is the same for everybody.
        """
        width = len(self.header)
        for cells, row, target, outcome, problems in self.query(
            "SELECT people.cells, letters.row, ask || '/' || target, letters.outcome, letters.problems"
            " FROM letters JOIN people USING (row)"
            " WHERE letters.outcome IN ('held', 'duplicate') AND letters.state = 'current'"
            " UNION ALL SELECT cells, row, '', outcome, problems FROM people WHERE outcome != '' ORDER BY 2, 3"
        ):
            original = serialize.cells_of(cells)[:width]
            with language.using("en"):
                told = "; ".join(map(_in_words, serialize.problems_of(problems)))
            yield (*original, *[""] * (width - len(original)), str(row), target, outcome, told)

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


def _in_words(problem: Problem) -> str:
    """A problem in a cell of a table: where and what, then what to do."""
    hint = language.hint(problem)
    return f"{language.line(problem)} ({hint})" if hint else language.line(problem)
