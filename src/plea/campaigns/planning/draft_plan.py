"""The draft of a plan: every letter that the rows ask for, in temporary tables of the ledger's own connection.

What one row alone cannot tell is settled here, over all of them: who signed twice, what the selection leaves out.
SQLite removes the temporary file as soon as it is open, so a kill leaves nothing of it.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from plea.campaigns.ledger import serialize
from plea.campaigns.model import Outcome, Settings
from plea.problems import old_problem

BATCH = 2_000

_TABLES = """
CREATE TEMP TABLE IF NOT EXISTS keys (key BLOB PRIMARY KEY, row INTEGER NOT NULL) WITHOUT ROWID;
CREATE TEMP TABLE IF NOT EXISTS twice (person INTEGER PRIMARY KEY);
CREATE TEMP TABLE IF NOT EXISTS draft (
    id INTEGER PRIMARY KEY, row INTEGER NOT NULL, person INTEGER NOT NULL, identity TEXT NOT NULL,
    content TEXT NOT NULL, supporter_id TEXT NOT NULL, ask TEXT NOT NULL, target TEXT NOT NULL, official TEXT NOT NULL,
    destination INTEGER, outcome TEXT NOT NULL, problems TEXT NOT NULL, sort TEXT NOT NULL, rank INTEGER NOT NULL
);
DELETE FROM keys; DELETE FROM twice; DELETE FROM draft;
"""
_INSERT = "INSERT INTO draft VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_PERSON = "INSERT INTO people VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_KEY = "INSERT INTO keys VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET row = row RETURNING row"
NOT_SELECTED = "selection"


class DraftLetter(NamedTuple):
    """One letter that a row asks for. `person` is the first row of the same person; `content` hashes their words."""

    row: int
    person: int
    identity: str
    content: str
    supporter_id: str
    ask: str
    target: str
    official: str
    destination: int | None
    outcome: Outcome
    problems: str
    sort: str
    rank: int


class DraftPerson(NamedTuple):
    """One row of the supporters file; `outcome` is empty unless the row itself is out."""

    row: int
    id: str
    supporter: str
    cells: str
    sort: str
    state: str
    consent: str
    outcome: str = ""
    problems: str = ""
    warnings: str = ""


class DraftPlan:
    """The draft, written in batches; nothing of it is in the ledger but its people."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._letters: list[DraftLetter] = []
        self._people: list[DraftPerson] = []
        for statement in _TABLES.split(";"):  # executescript would commit
            connection.execute(statement)
        connection.execute("DELETE FROM people")

    def first_row_of(self, row: int, keys: Sequence[bytes]) -> int:
        """The first row of the same person, by any key; the row itself when it is the first."""
        execute = self._connection.execute
        first: int = min(execute(_KEY, (key, row)).fetchone()[0] for key in keys)
        if first != row:
            execute("INSERT OR IGNORE INTO twice VALUES (?)", (first,))
            for key in keys:  # what is known of the person since this row
                execute("UPDATE keys SET row = ? WHERE key = ? AND row = ?", (first, key, row))
        return first

    def add(self, person: DraftPerson, letters: Iterable[DraftLetter] = ()) -> None:
        """A row with its letters."""
        self._people.append(person)
        self._letters.extend(letters)
        if len(self._people) >= BATCH:
            self.flush()

    def flush(self) -> None:
        """Write what is waiting."""
        self._connection.executemany(_PERSON, self._people)
        self._connection.executemany(_INSERT, self._letters)
        self._people.clear()
        self._letters.clear()

    def settle_duplicates(self) -> None:
        """Of several letters of one person on one ask to one official, the first row's is planned."""
        ranked = (
            "SELECT id, first_value(row) OVER same AS won, row_number() OVER same AS place FROM draft"
            " WHERE {} WINDOW same AS (PARTITION BY {} ORDER BY row)"
        )
        same_person = ranked.format("person IN (SELECT person FROM twice)", "person, ask, target")
        # Two persons to the one who checks rows may still be one to the letter's identity.
        same_letter = ranked.format(
            "identity IN (SELECT identity FROM draft WHERE outcome = 'planned' GROUP BY identity HAVING count(*) > 1)"
            " AND outcome = 'planned'",
            "identity",
        )
        for question in (same_person, same_letter):
            found = self._connection.execute(f"SELECT id, won FROM ({question}) WHERE place > 1").fetchall()  # noqa: S608 (our own words)
            self._connection.executemany(
                "UPDATE draft SET outcome = 'duplicate', problems = ? WHERE id = ?",
                ((_same_as(won), letter) for letter, won in found),
            )

    def select(self, settings: Settings) -> None:
        """Hold what the sample and the cap for each office leave out; what was made already is in before the rest."""
        if settings.sample:
            self._sample(settings.sample)
        if settings.per_office:
            self._cap(settings.per_office)

    def _sample(self, size: int) -> None:
        self._connection.execute(
            "CREATE TEMP TABLE chosen AS SELECT row FROM draft LEFT JOIN"
            " (SELECT DISTINCT identity AS made FROM letters WHERE outcome = 'made') ON made = identity"
            " WHERE outcome = 'planned' GROUP BY row ORDER BY max(made IS NOT NULL) DESC, rank, row LIMIT ?",
            (size,),
        )
        out = _not_selected(f"not among the sample of {size:,}")
        self._connection.execute(
            "UPDATE people SET outcome = 'held', problems = ?"
            " WHERE outcome = '' AND row NOT IN (SELECT row FROM chosen)"
            " AND row IN (SELECT row FROM draft WHERE outcome = 'planned')",
            (out,),
        )
        self._connection.execute("DELETE FROM draft WHERE row IN (SELECT row FROM people WHERE outcome = 'held')")
        self._connection.execute("DROP TABLE chosen")

    def _cap(self, size: int) -> None:
        self._connection.execute(
            "UPDATE draft SET outcome = 'held', problems = ? WHERE id IN (SELECT id FROM ("
            " SELECT id, row_number() OVER (PARTITION BY destination ORDER BY made IS NULL, rank, row) AS place"
            " FROM draft LEFT JOIN (SELECT DISTINCT identity AS made FROM letters WHERE outcome = 'made')"
            " ON made = identity WHERE outcome = 'planned') WHERE place > ?)",
            (_not_selected(f"the office has its {size:,} letters"), size),
        )

    def letters(self) -> Iterator[tuple[Any, ...]]:
        """The letters by destination, ZIP, name and identity; those that nobody will print come first."""
        return self._connection.execute(
            "SELECT row, identity, content, supporter_id, ask, target, official, destination, outcome, problems FROM draft"
            " ORDER BY outcome = 'planned', destination, sort, identity, id"
        )

    def clear(self) -> None:
        """Forget the draft."""
        for table in ("keys", "twice", "draft"):
            self._connection.execute(f"DROP TABLE {table}")


def _not_selected(why: str) -> str:
    return serialize.problems_text([old_problem(NOT_SELECTED, why, "Change [selection] in campaign.toml to print it")])


def _same_as(row: int) -> str:
    return serialize.problems_text([old_problem("row", f"the same person as in row {row}, whose letter is planned")])
