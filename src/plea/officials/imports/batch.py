"""What one file, or one folder of files of a kind, gives to the directory."""

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import NamedTuple

from plea.errors import InputError
from plea.model.officials import Office, Official
from plea.officials.directory import OFFICIAL_COLUMNS, TABLES, official_of, official_row, stored
from plea.officials.districts import congress_start
from plea.problems import Problem, Value

MEMBERS = "members"
DISTRICT_OFFICES = "district-offices"
COMMITTEES = "committees"
COMMITTEE_MEMBERS = "committee-members"
EXECUTIVE = "executive"
ZIP_TABLE = "zip-table"
ZIP_CENTERS = "zip-centres"  # as directories on disk spell it
OWN = "csv-"
"""How the kind of a user's own table begins; its name follows."""


class Source(NamedTuple):
    """Where something was read. `date` is the file's own date where it is known; `etag` and `last_modified` as sent."""

    name: str
    location: str
    date: str
    sha256: str
    size: int
    etag: str = ""
    last_modified: str = ""


class Holder(NamedTuple):
    """Who holds a post, from `start` until the day `end` where those are known."""

    post: str
    name: str
    last_name: str
    style: str = ""
    start: date | None = None
    end: date | None = None


class Seat(NamedTuple):
    """A seat on a committee, as the data has it."""

    official: str
    committee: str
    title: str


@dataclass(slots=True)
class Batch:
    """Everything of one kind; it replaces what the directory had of that kind.

    `counts` say what was read, such as "537 members of Congress"; `congress` is that of `zips`.
    """

    kind: str
    sources: list[Source]
    officials: list[Official] = field(default_factory=list)
    offices: list[tuple[str, Office]] = field(default_factory=list)
    committees: list[tuple[str, str]] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)
    holders: list[Holder] = field(default_factory=list)
    zips: list[tuple[str, str, int]] = field(default_factory=list)
    congress: int = 0
    centers: list[tuple[str, float, float]] = field(default_factory=list)
    counts: list[Problem] = field(default_factory=list)

    def counted(self, what: str, count: int, **values: Value) -> None:
        """Say how many of something were read; `what` as in the messages `imported.…`."""
        self.counts.append(Problem(f"imported.{what}", count=count, **values))


def source_of(path: Path, content: bytes) -> Source:
    """The source of a file on this machine; its date is the day it was last changed."""
    changed = date.fromtimestamp(path.stat().st_mtime)  # noqa: DTZ012 (the day on this machine's calendar)
    return Source(
        name=path.name,
        location=str(path.absolute()),
        date=changed.isoformat(),
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
    )


_CHAIRS = "chairs"
_SENATE, _HOUSE = "United States Senate", "U.S. House of Representatives"
_STYLES = {"Chairman": "Mr.", "Chairwoman": "Madam", "Chair": ""}


def apply(memory: sqlite3.Connection, batches: Iterable[Batch], read_on: date) -> None:
    """Replace each batch's kind, then derive again what follows from several kinds."""
    for batch in batches:
        remove(memory, batch.kind)
        _put(memory, batch, read_on)
    remove(memory, _CHAIRS)
    _put(memory, _chairs(memory), read_on)


def remove(memory: sqlite3.Connection, kind: str) -> None:
    """Take out everything of a kind."""
    for table in TABLES:
        memory.execute(f"DELETE FROM {table} WHERE of_kind = ?", (kind,))  # noqa: S608 (our own table and column names)


def _put(memory: sqlite3.Connection, batch: Batch, read_on: date) -> None:
    rows: dict[str, Sequence[tuple[object, ...]]] = {
        "sources": [(*source[:5], read_on.isoformat(), *source[5:]) for source in batch.sources],
        "officials": [official_row(official) for official in batch.officials],
        "offices": [(official_id, *astuple(office)) for official_id, office in batch.offices],
        "committees": batch.committees,
        "memberships": batch.seats,
        "holders": [tuple(map(stored, holder)) for holder in batch.holders],
        "zips": [(*row, batch.congress) for row in batch.zips],
        "centres": batch.centers,
    }
    for table, values in rows.items():
        if not values:
            continue
        places = ", ".join("?" * (1 + len(values[0])))
        try:
            memory.executemany(
                f"INSERT INTO {table} VALUES ({places})",  # noqa: S608 (our own table and column names)
                ((batch.kind, *row) for row in values),
            )
        except sqlite3.IntegrityError as error:
            raise _same_id(memory, table, batch.kind, values) from error


def _chairs(memory: sqlite3.Connection) -> Batch:
    """The chair of each committee as an official of its own, at the chamber's address, under the committee's own name.

    Only whole committees (ids of four letters). The style is the title's own word: "Chairman" and "Chairwoman" say how
    the person is addressed; "Chair" does not, and nothing else in the data tells it.
    """
    batch = Batch(_CHAIRS, [])
    query = f"""
        SELECT memberships.committee, committees.name, memberships.title, {", ".join(OFFICIAL_COLUMNS)}
        FROM memberships JOIN committees ON committees.id = memberships.committee
        JOIN officials ON officials.id = memberships.official AND officials.of_kind = ?
        WHERE memberships.of_kind = ? AND length(memberships.committee) = 4 AND memberships.title IN (?, ?, ?)
        ORDER BY memberships.committee, officials.id
    """  # noqa: S608 (our own table and column names)
    for committee, name, title, *row in memory.execute(query, (MEMBERS, COMMITTEE_MEMBERS, *_STYLES)).fetchall():
        member = official_of(row)
        chair = f"us-chair-{committee}-{member.id.removeprefix('us-')}"
        senator = member.role == "us-senator"
        end = member.end
        if end and member.congress:  # no longer than the Congress whose committee it is
            end = min(end, congress_start(member.congress + 1))
        batch.officials.append(
            replace(
                member,
                id=chair,
                role="committee-chair",
                place=_SENATE if senator else _HOUSE,
                body=name.removeprefix("United States ").removeprefix("Senate ").removeprefix("House "),
                style=_STYLES[title],
                end=end,
            )
        )
        zip5 = "20510" if senator else "20515"
        batch.offices.append((chair, Office(f"{chair}-capitol", "capitol", city="Washington", state="DC", zip=zip5)))
        seats = memory.execute("SELECT committee, title FROM memberships WHERE official = ?", (member.id,))
        batch.seats += [Seat(chair, *seat) for seat in seats]
    return batch


def _same_id(memory: sqlite3.Connection, table: str, kind: str, rows: Sequence[tuple[object, ...]]) -> InputError:
    """The error naming the row whose id is taken, and by which source."""
    seen: set[object] = set()
    for key, *_ in rows:
        taken = memory.execute(f"SELECT of_kind FROM {table} WHERE id = ? AND of_kind <> ?", (key, kind)).fetchone()  # noqa: S608 (our own table and column names)
        if taken or key in seen:
            return InputError("import.same_id", kind, id=str(key), other=taken[0] if taken else kind)
        seen.add(key)
    return InputError("import.repeated_id", kind)
