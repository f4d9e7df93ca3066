"""The draft of a plan: every letter that the rows ask for, in temporary tables of the ledger's own connection.

A row is checked by itself (`RowChecker`), then takes its place in the draft (`Drafter`). What one
row alone cannot tell is settled at the end, over all of them: who signed twice, what the selection leaves out. SQLite
removes the temporary file as soon as it is open, so a kill leaves nothing of it.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import blake2b, sha256
from typing import Any, NamedTuple

from plea.campaigns.context import CampaignContext
from plea.campaigns.ledger import serialize
from plea.campaigns.model import Outcome
from plea.campaigns.planning.recipients import CampaignRecipient, Destinations, Geocode, RecipientFinder
from plea.campaigns.planning.signers import row_rules, suppression_of
from plea.campaigns.planning.versions import Fonts, digest, unread_fields
from plea.campaigns.settings import Settings
from plea.errors import InputError
from plea.letters.compose import is_for
from plea.model.people import Rejected, Row, Signer, Supporter
from plea.model.states import ZIP_DIGITS
from plea.problems import Problem
from plea.supporters.identity import LENGTH, person_key
from plea.supporters.rows import read_row

WRITE_EVERY = 2_000  # rows
SELECTION = "selection"


# --- a row by itself --------------------------------------------------------------------------------------


class CheckedRow(NamedTuple):
    """What one row says, worked out without any other row.

    `outcome` is empty unless the row itself is out. Of a row that is in, `supporter` has what tells where the person
    lives, `supporter_text` everything; `content` hashes the person's words, `person` tells people apart in identities,
    `keys` are hashes of every key by which the same person may be met again, `sort` is the letters' order in a volume
    and `rank` the one of the sample.
    """

    row: int
    cells: str
    signer_id: str = ""
    state: str = ""
    consent: str = ""
    outcome: str = ""
    problems: str = ""
    warnings: str = ""
    supporter: Supporter | None = None
    supporter_text: str = ""
    content: str = ""
    person: str = ""
    keys: tuple[bytes, ...] = ()
    sort: str = ""
    rank: int = 0


class RowChecker:
    """Checks rows one by one, and writes nothing."""

    def __init__(self, context: CampaignContext) -> None:
        self._settings = context.settings
        self._rules = row_rules(context)
        self._suppression = suppression_of(context.settings, write=False)
        self._fonts = Fonts(context)
        self._unread = unread_fields(context)

    def check(self, row: Row) -> CheckedRow:
        """What the row says: a person, or why it is out."""
        cells = serialize.cells_text(row.cells)
        signer = read_row(row, self._rules)
        if isinstance(signer, Rejected):
            return _out(CheckedRow(row.number, cells), Outcome.REJECTED, signer.problems)
        supporter, settings = signer.supporter, self._settings
        checked = CheckedRow(
            row.number,
            cells,
            signer_id=signer.id,
            state=supporter.state,
            consent=signer.consent.at.isoformat() if signer.consent else "",
        )
        chosen_fonts = self._fonts.of(supporter)
        problems = [*(chosen_fonts.problems if chosen_fonts else ())]
        if supporter.story and supporter.language != settings.language and not supporter.story_en:
            languages = {"language": supporter.language, "letters": settings.language}
            problems.insert(0, Problem("row.story_language", "story_en", **languages))
        if problems:
            return _out(checked, Outcome.REJECTED, problems)
        if self._suppression.names(signer):
            return _out(CheckedRow(row.number, cells), Outcome.SUPPRESSED, [Problem("row.suppressed", "suppress.csv")])
        if settings.where == "story" and not (supporter.story or supporter.story_en):
            return _out(checked, Outcome.HELD, [Problem("row.no_story", SELECTION)])
        return self._person(checked, signer, "".join(chosen_fonts.families) if chosen_fonts else "")

    def _person(self, checked: CheckedRow, signer: Signer, families: str) -> CheckedRow:
        supporter = signer.supporter
        text = words = serialize.supporter_text(supporter)
        if any(getattr(supporter, name) for name in self._unread):
            words = serialize.supporter_text(replace(supporter, **self._unread))
        rank = blake2b(f"{self._settings.seed}\0{signer.identity_keys[0]}".encode(), digest_size=7)
        return checked._replace(
            warnings=serialize.problems_text(signer.warnings),
            supporter=replace(supporter, story="", story_en=""),
            supporter_text=text,
            content=digest(words, families),
            person=person_key(supporter),
            keys=tuple(blake2b(key.encode(), digest_size=12).digest() for key in signer.identity_keys),
            sort=f"{supporter.zip[:ZIP_DIGITS]}\0{' '.join(supporter.name.casefold().split())}",
            rank=int.from_bytes(rank.digest()),
        )


def _out(checked: CheckedRow, outcome: Outcome, problems: Iterable[Problem]) -> CheckedRow:
    """A row that is out itself: only its cells are kept, for `rejects.csv`."""
    return CheckedRow(*checked[:5], outcome=outcome, problems=serialize.problems_text(problems))


# --- the rows together ------------------------------------------------------------------------------------

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
_LETTER = "INSERT INTO draft VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_PERSON = "INSERT INTO people VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_KEY = "INSERT INTO keys VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET row = row RETURNING row"


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


class Drafter:
    """Puts checked rows into the draft, each with its letters; nothing but the people is in the ledger's own tables."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        context: CampaignContext,
        destinations: Destinations,
        geocode: Geocode | None = None,
    ) -> None:
        self._connection = connection
        self._context = context
        self._destinations = destinations
        self._recipients = RecipientFinder(context, geocode)
        self._people: list[tuple[Any, ...]] = []
        self._letters: list[DraftLetter] = []
        for statement in _TABLES.split(";"):  # executescript would commit
            connection.execute(statement)
        connection.execute("DELETE FROM people")

    def add(self, checked: CheckedRow) -> None:
        """A row with its letters, one for each ask and recipient that go together."""
        supporter = checked.supporter
        if supporter is not None:
            try:
                recipients = self._recipients.of(supporter)
            except InputError as error:
                checked = _out(checked, Outcome.REJECTED, [problem.at("place") for problem in error.problems])
            else:
                self._add_letters(checked, supporter, recipients)
        self._people.append(
            (
                checked.row, checked.signer_id, checked.supporter_text, checked.cells, checked.sort, checked.state,
                checked.consent, checked.outcome, checked.problems, checked.warnings,
            )
        )  # fmt: skip
        if len(self._people) >= WRITE_EVERY:
            self.flush()

    def _add_letters(self, checked: CheckedRow, supporter: Supporter, recipients: Sequence[CampaignRecipient]) -> None:
        first_row = self._first_row_of(checked.row, checked.keys)
        campaign = self._context.settings.name
        for ask in self._context.asks:
            for recipient in recipients:
                if not is_for(ask, recipient.role):
                    continue
                official, problem = recipient.official, recipient.problem
                self._letters.append(
                    DraftLetter(
                        checked.row,
                        first_row,
                        identity(campaign, checked.person, recipient.target, ask.key),
                        checked.content,
                        checked.signer_id,
                        ask.key,
                        recipient.target,
                        official.id if official else "",
                        self._destinations.number(official, supporter) if official else None,
                        Outcome.HELD if problem else Outcome.PLANNED,
                        serialize.problems_text([problem]) if problem else "",
                        checked.sort,
                        checked.rank,
                    )
                )

    def _first_row_of(self, row: int, keys: Sequence[bytes]) -> int:
        """The first row of the same person, by any key; the row itself when it is the first."""
        execute = self._connection.execute
        first: int = min(execute(_KEY, (key, row)).fetchone()[0] for key in keys)
        if first != row:
            execute("INSERT OR IGNORE INTO twice VALUES (?)", (first,))
            for key in keys:  # what is known of the person since this row
                execute("UPDATE keys SET row = ? WHERE key = ? AND row = ?", (first, key, row))
        return first

    def flush(self) -> None:
        """Write what is waiting."""
        self._connection.executemany(_PERSON, self._people)
        self._connection.executemany(_LETTER, self._letters)
        self._people.clear()
        self._letters.clear()


def identity(campaign: str, person: str, target: str, ask: str) -> str:
    """The identity of a letter, as `letters.identity.letter_id` gives it, from a person's key worked out once."""
    return sha256(f"{campaign}\0{person}\0{target}\0{ask}".encode()).hexdigest()[:LENGTH]


# --- over all rows ----------------------------------------------------------------------------------------


def settle_duplicates(connection: sqlite3.Connection) -> None:
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
    for ranking in (same_person, same_letter):
        duplicates = connection.execute(f"SELECT id, won FROM ({ranking}) WHERE place > 1").fetchall()  # noqa: S608 (our own words)
        connection.executemany(
            "UPDATE draft SET outcome = 'duplicate', problems = ? WHERE id = ?",
            (
                (serialize.problems_text([Problem("row.same_person", "row", row=str(won))]), letter)
                for letter, won in duplicates
            ),
        )


def select(connection: sqlite3.Connection, settings: Settings) -> None:
    """Hold what the sample and the cap for each office leave out; what was made already is in before the rest."""
    made = "(SELECT DISTINCT identity AS made FROM letters WHERE outcome = 'made') ON made = identity"
    if settings.sample:
        connection.execute(
            f"CREATE TEMP TABLE chosen AS SELECT row FROM draft LEFT JOIN {made}"  # noqa: S608 (our own words)
            " WHERE outcome = 'planned' GROUP BY row ORDER BY max(made IS NOT NULL) DESC, rank, row LIMIT ?",
            (settings.sample,),
        )
        not_chosen = Problem("selection.not_in_sample", SELECTION, size=settings.sample)
        connection.execute(
            "UPDATE people SET outcome = 'held', problems = ?"
            " WHERE outcome = '' AND row NOT IN (SELECT row FROM chosen)"
            " AND row IN (SELECT row FROM draft WHERE outcome = 'planned')",
            (serialize.problems_text([not_chosen]),),
        )
        connection.execute("DELETE FROM draft WHERE row IN (SELECT row FROM people WHERE outcome = 'held')")
        connection.execute("DROP TABLE chosen")
    if settings.per_office:
        office_full = Problem("selection.office_full", SELECTION, size=settings.per_office)
        connection.execute(
            "UPDATE draft SET outcome = 'held', problems = ? WHERE id IN (SELECT id FROM ("  # noqa: S608 (our own words)
            " SELECT id, row_number() OVER (PARTITION BY destination ORDER BY made IS NULL, rank, row) AS place"
            f" FROM draft LEFT JOIN {made} WHERE outcome = 'planned') WHERE place > ?)",
            (serialize.problems_text([office_full]), settings.per_office),
        )


def draft_letters(connection: sqlite3.Connection) -> Iterator[tuple[Any, ...]]:
    """The letters by destination, ZIP, name and identity; those that nobody will print come first.

    Each is row, identity, content, supporter_id, ask, target, official, destination, outcome, problems.
    """
    return connection.execute(
        "SELECT row, identity, content, supporter_id, ask, target, official, destination, outcome, problems FROM draft"
        " ORDER BY outcome = 'planned', destination, sort, identity, id"
    )


def clear_draft(connection: sqlite3.Connection) -> None:
    """Forget the draft."""
    for table in ("keys", "twice", "draft"):
        connection.execute(f"DROP TABLE {table}")
