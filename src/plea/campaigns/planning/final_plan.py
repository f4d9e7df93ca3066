"""From the draft to the ledger: versions, what is sealed already, what supersedes what, and the volumes."""

import sqlite3
from collections.abc import Sequence
from itertools import islice
from typing import Any

from plea.campaigns.context import CampaignContext
from plea.campaigns.ledger import serialize
from plea.campaigns.model import Destination
from plea.campaigns.planning.destinations import folder_names
from plea.campaigns.planning.draft_plan import DraftPlan
from plea.campaigns.planning.versions import ask_version, base_version, destination_version, digest

VOLUME = 500  # letters: what one person can carry, and a print shop staple
BATCH = 2_000
SHOWN = 8  # hexadecimal digits of a version in a letter's id
_INSERT = (
    "INSERT INTO letters (letter, identity, version, row, supporter_id, ask, target, official, destination, outcome, problems,"
    " supersedes, volume) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


class FinalPlan:
    """Writes the plan within the transaction it is given."""

    def __init__(
        self, connection: sqlite3.Connection, context: CampaignContext, destinations: Sequence[Destination]
    ) -> None:
        self._connection = connection
        self._numbers = self._write_destinations(destinations)
        base = base_version(context)
        asks = {ask.key: digest(base, ask_version(context.pack, ask)) for ask in context.asks}
        places = [
            destination_version(destination, context.roles[destination.official.role]) for destination in destinations
        ]
        self._shared = {
            (key, place): digest(asks[key], version) for key in asks for place, version in enumerate(places)
        }
        self._volumes = _Volumes(connection)

    def write(self, draft: DraftPlan) -> None:
        """Put the draft's letters into the ledger; sealed ones of the same version stay, others are superseded."""
        connection = self._connection
        connection.execute("DELETE FROM letters WHERE outcome != 'made'")
        connection.execute("DELETE FROM volumes WHERE NOT sealed")
        connection.execute("UPDATE letters SET state = 'withdrawn', row = NULL")
        (any_made,) = connection.execute("SELECT EXISTS (SELECT 1 FROM letters)").fetchone()
        rows = (self._row(letter, made=bool(any_made)) for letter in draft.letters())
        new = (row for row in rows if row)
        while batch := [*islice(new, BATCH)]:
            connection.executemany(_INSERT, batch)
        self._volumes.write()

    def _row(self, letter: tuple[Any, ...], *, made: bool) -> tuple[Any, ...] | None:
        """The row of a letter in the ledger; None for one that is made as it is wanted."""
        row, identity, content, supporter_id, ask, target, official, place, outcome, problems = letter
        if outcome != "planned":
            return ("", identity, "", row, supporter_id, ask, target, official, None, outcome, problems, "", None)
        version = digest(self._shared[ask, place], content)
        name, supersedes = f"{identity}-{version[:SHOWN]}", ""
        if made:
            sealed = self._sealed(identity, row)
            if sealed:
                last_id, last, last_version = sealed[-1]
                if last_version == version:
                    self._connection.execute("UPDATE letters SET state = 'current' WHERE id = ?", (last_id,))
                    return None
                supersedes = last
                if name in {one for _, one, _ in sealed}:  # as it was before, and corrected in between
                    name = f"{identity}-{digest(version, last)[:SHOWN]}"
        destination = self._numbers[place]
        volume = self._volumes.of(destination)
        return (
            name,
            identity,
            version,
            row,
            supporter_id,
            ask,
            target,
            official,
            destination,
            outcome,
            "",
            supersedes,
            volume,
        )

    def _sealed(self, identity: str, row: int) -> list[tuple[int, str, str]]:
        """The sealed letters of an identity, id, name and version, the newest last; they are of that row now."""
        where = "WHERE identity = ? AND outcome = 'made'"
        found = self._connection.execute(f"SELECT id, letter, version FROM letters {where} ORDER BY id", (identity,))  # noqa: S608 (our own words)
        sealed = found.fetchall()
        if sealed:
            self._connection.execute(f"UPDATE letters SET state = 'superseded', row = ? {where}", (row, identity))  # noqa: S608
        return sealed

    def _write_destinations(self, destinations: Sequence[Destination]) -> list[int]:
        """The destinations with their folders; gives the ledger's own number of each."""
        numbers = []
        for destination, key in zip(destinations, folder_names(tuple(destinations)), strict=True):
            self._connection.execute(
                "INSERT INTO destinations (key, official, office, role, state, content) VALUES (?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (key) DO UPDATE SET official = excluded.official, office = excluded.office,"
                " role = excluded.role, state = excluded.state, content = excluded.content",
                (
                    key, destination.official.id, destination.office.id, destination.official.role, destination.official.state,
                    serialize.destination_text(destination),
                ),
            )  # fmt: skip
            found = self._connection.execute("SELECT id FROM destinations WHERE key = ?", (key,)).fetchone()
            numbers.append(found[0])
        return numbers


class _Volumes:
    """The volumes of the plan, numbered on from what each destination has."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._destination = 0
        self._id: int | None = None
        self._number = 0
        self._count = 0
        self._new: list[tuple[int, int, int, int]] = []

    def of(self, destination: int) -> int:
        """The volume of the next letter to that destination; letters come destination by destination."""
        if destination != self._destination:
            self._end()
            self._destination = destination
            self._number = self._last(destination)
        if self._id is None or self._count == VOLUME:
            self._end()
            self._number += 1
            self._id = self._next_id()
        self._count += 1
        return self._id

    def write(self) -> None:
        """The volumes with their counts."""
        self._end()
        keys: dict[int, str] = dict(self._connection.execute("SELECT id, key FROM destinations"))
        self._connection.executemany(
            "INSERT INTO volumes (id, file, destination, number, count) VALUES (?, ?, ?, ?, ?)",
            (
                (key, f"{keys[destination]}/volume-{number:03d}.pdf", destination, number, count)
                for key, destination, number, count in self._new
            ),
        )

    def _end(self) -> None:
        if self._id is not None:
            self._new.append((self._id, self._destination, self._number, self._count))
        self._id, self._count = None, 0

    def _last(self, destination: int) -> int:
        """The number of the last volume that is sealed."""
        found = self._connection.execute(
            "SELECT coalesce(max(number), 0) FROM volumes WHERE destination = ?", (destination,)
        )
        return int(found.fetchone()[0])

    def _next_id(self) -> int:
        if self._new:
            return self._new[-1][0] + 1
        return int(self._connection.execute("SELECT coalesce(max(id), 0) + 1 FROM volumes").fetchone()[0])
