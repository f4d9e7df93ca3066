"""From the draft to the ledger: versions, what is sealed already, what supersedes what, and the volumes."""

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from plea.campaigns.context import CampaignContext
from plea.campaigns.ledger import serialize
from plea.campaigns.model import Destination
from plea.campaigns.planning.destinations import folder_names
from plea.campaigns.planning.draft import draft_letters
from plea.campaigns.planning.versions import ask_version, base_version, destination_version, digest
from plea.campaigns.settings import VOLUME_LETTERS

WRITE_EVERY = 2_000  # letters
VERSION_DIGITS = 8  # of a version, in a letter's id
_LETTER = (
    "INSERT INTO letters (letter, identity, version, row, supporter_id, ask, target, official, destination, outcome,"
    " problems, supersedes, volume) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def write_plan(connection: sqlite3.Connection, context: CampaignContext, destinations: Sequence[Destination]) -> None:
    """Put the draft's letters into the ledger, within the connection's transaction.

    Sealed letters of the same version stay, others are superseded.
    """
    connection.execute("DELETE FROM letters WHERE outcome != 'made'")
    connection.execute("DELETE FROM volumes WHERE NOT sealed")
    connection.execute("UPDATE letters SET state = 'withdrawn', row = NULL")
    volumes = _Volumes(connection)
    letters = _letters(connection, context, destinations, volumes)
    while batch := [*islice(letters, WRITE_EVERY)]:
        connection.executemany(_LETTER, batch)
    volumes.write()


def _letters(
    connection: sqlite3.Connection,
    context: CampaignContext,
    destinations: Sequence[Destination],
    volumes: "_Volumes",
) -> Iterator[tuple[Any, ...]]:
    """The rows of _LETTER for the letters of the draft; what is made already as it is wanted is made current again."""
    ids = _write_destinations(connection, destinations)
    base = base_version(context)
    asks = {ask.key: digest(base, ask_version(context.pack, ask)) for ask in context.asks}
    places = [destination_version(there, context.roles[there.official.role]) for there in destinations]
    shared = {(key, place): digest(asks[key], version) for key in asks for place, version in enumerate(places)}
    (any_made,) = connection.execute("SELECT EXISTS (SELECT 1 FROM letters)").fetchone()
    for letter in draft_letters(connection):
        row, identity, content, supporter_id, ask, target, official, place, outcome, problems = letter
        if outcome != "planned":
            yield "", identity, "", row, supporter_id, ask, target, official, None, outcome, problems, "", None
            continue
        version = digest(shared[ask, place], content)
        name, supersedes = f"{identity}-{version[:VERSION_DIGITS]}", ""
        sealed = _sealed(connection, identity) if any_made else []
        if sealed:
            connection.execute(
                "UPDATE letters SET state = 'superseded', row = ? WHERE identity = ? AND outcome = 'made'",
                (row, identity),
            )
            last_id, supersedes, last_version = sealed[-1]
            if last_version == version:
                connection.execute("UPDATE letters SET state = 'current' WHERE id = ?", (last_id,))
                continue
            if name in {sealed_name for _, sealed_name, _ in sealed}:  # as it was before, and corrected in between
                name = f"{identity}-{digest(version, supersedes)[:VERSION_DIGITS]}"
        destination = ids[place]
        volume = volumes.volume_of_next_letter(destination)
        yield (
            name, identity, version, row, supporter_id, ask, target, official, destination, outcome, "", supersedes,
            volume,
        )  # fmt: skip


def _sealed(connection: sqlite3.Connection, identity: str) -> list[tuple[int, str, str]]:
    """The sealed letters of an identity, id, name and version, the newest last."""
    return connection.execute(
        "SELECT id, letter, version FROM letters WHERE identity = ? AND outcome = 'made' ORDER BY id", (identity,)
    ).fetchall()


def _write_destinations(connection: sqlite3.Connection, destinations: Sequence[Destination]) -> list[int]:
    """The destinations with their folders; gives the ledger's own number of each."""
    ids = []
    for destination, key in zip(destinations, folder_names(tuple(destinations)), strict=True):
        official = destination.official
        connection.execute(
            "INSERT INTO destinations (key, official, office, role, state, content) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (key) DO UPDATE SET official = excluded.official, office = excluded.office,"
            " role = excluded.role, state = excluded.state, content = excluded.content",
            (
                key, official.id, destination.office.id, official.role, official.state,
                serialize.destination_text(destination),
            ),
        )  # fmt: skip
        ids.append(connection.execute("SELECT id FROM destinations WHERE key = ?", (key,)).fetchone()[0])
    return ids


class _Volumes:
    """The volumes of the plan, numbered on from what each destination has."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        (self._next_id,) = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM volumes").fetchone()
        self._destination = self._number = self._count = 0
        self._new: list[list[int]] = []  # id, destination, number, count

    def volume_of_next_letter(self, destination: int) -> int:
        """The volume that the next letter to that destination is in; letters come destination by destination."""
        if destination != self._destination:
            last = self._connection.execute(
                "SELECT coalesce(max(number), 0) FROM volumes WHERE destination = ?", (destination,)
            )
            self._destination, (self._number,), self._count = destination, last.fetchone(), 0
        if self._count in {0, VOLUME_LETTERS}:
            self._number += 1
            self._count = 0
            self._new.append([self._next_id, destination, self._number, 0])
            self._next_id += 1
        self._count += 1
        self._new[-1][-1] = self._count
        return self._new[-1][0]

    def write(self) -> None:
        """Put the volumes into the ledger."""
        keys: dict[int, str] = dict(self._connection.execute("SELECT id, key FROM destinations"))
        self._connection.executemany(
            "INSERT INTO volumes (id, file, destination, number, count) VALUES (?, ?, ?, ?, ?)",
            (
                (volume, f"{keys[destination]}/volume-{number:03d}.pdf", destination, number, count)
                for volume, destination, number, count in self._new
            ),
        )
