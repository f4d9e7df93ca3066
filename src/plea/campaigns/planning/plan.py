"""The plan: every row of the supporters file to its letters and volumes, in one pass and one transaction."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

import typst

from plea.campaigns.context import CampaignContext
from plea.campaigns.ledger import serialize
from plea.campaigns.ledger.ledger import Ledger
from plea.campaigns.model import Destination
from plea.campaigns.planning.draft import (
    Drafter,
    RowChecker,
    clear_draft,
    draft_letters,
    select,
    settle_duplicates,
)
from plea.campaigns.planning.recipients import Destinations, Geocode, folder_names, geocoder
from plea.campaigns.planning.signers import Signers, files_about_rows, suppression_of
from plea.campaigns.planning.versions import (
    ask_version,
    base_version,
    destination_version,
    digest,
    file_version,
    folder_version,
    typesetter,
)
from plea.campaigns.settings import SINGLE_FORMATS, VOLUME_LETTERS, Settings
from plea.errors import InputError, MachineError
from plea.problems import Problem
from plea.system.folders import directory_file

WRITE_EVERY = 2_000  # letters
VERSION_DIGITS = 8  # of a version, in a letter's id
_LETTER = (
    "INSERT INTO letters (letter, identity, version, row, supporter_id, ask, target, official, destination, outcome,"
    " problems, supersedes, volume) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_SEALED = "SELECT id, letter, version FROM letters WHERE identity = ? AND outcome = 'made' ORDER BY id"

Progress = Callable[[int], None]
"""Called with the number of rows that were read so far."""


@dataclass(frozen=True, slots=True)
class PlanSummary:
    """Whether the plan was made anew, and what its reader should know (a file that grew while it was read)."""

    anew: bool
    notes: tuple[Problem, ...] = ()


def plan(ledger: Ledger, context: CampaignContext, progress: Progress | None = None) -> PlanSummary:
    """Bring the ledger's plan up to what the folder now says; nothing is done when nothing changed.

    Sealed letters stay; those whose version changed are planned anew and say what they supersede. Killed on the way,
    nothing of it is there. Raises InputError for a supporters file that cannot be read on, and for an output folder
    with volumes of a ledger that is gone.
    """
    settings = context.settings
    version = fingerprint(context)
    if ledger.fact("plan") == version:
        return PlanSummary(anew=False)
    if ledger.fact("plan"):
        _remove_unsealed(ledger, settings)
    elif unknown := next(settings.output.glob("*/volume-*.pdf"), None):
        file = str(unknown.relative_to(settings.output))
        raise InputError("plan.unknown_volumes", str(settings.output), file=file)
    signers = Signers(context)
    suppression_of(settings)  # makes the key of its hashes; a check of rows writes nothing
    offices: dict[str, str] = {}
    if settings.delivery == "hand":  # those letters were made for stay, however many more signers there are
        offices = dict(
            ledger.query(
                "SELECT destinations.official, office FROM destinations"
                " WHERE id IN (SELECT destination FROM letters WHERE outcome = 'made')"
            )
        )
    with ledger.transaction() as connection:
        geocode = geocoder(ledger, context.on) if settings.split_zips == "geocode" else None
        plan_rows(connection, context, signers, offices, progress=progress, geocode=geocode)
        ledger.remember(date=context.on.isoformat(), plan=version, header=serialize.cells_text(signers.header))
    return PlanSummary(anew=True, notes=signers.notes)


def plan_rows(
    connection: sqlite3.Connection,
    context: CampaignContext,
    signers: Signers,
    offices: Mapping[str, str],
    *,
    progress: Progress | None = None,
    geocode: Geocode | None = None,
) -> Sequence[Destination]:
    """Plan every row, within a transaction of the connection to a ledger; gives the destinations.

    `offices` are those of letters carried by hand that were made already, by the official's id.
    """
    destinations = Destinations(context, offices)
    drafter = Drafter(connection, context, destinations, geocode)
    checker = RowChecker(context)
    for number, row in enumerate(signers.rows(), 1):
        drafter.add(checker.check(row))
        if progress and not number % 500:
            progress(number)
    drafter.flush()
    settle_duplicates(connection)
    select(connection, context.settings)
    settled = destinations.settle()
    write_plan(connection, context, settled)
    clear_draft(connection)
    return settled


def fingerprint(context: CampaignContext) -> str:
    """A hash of all that the plan is made of. It changes when a font is installed: a letter held for one may go."""
    settings = context.settings
    pack = folder_version(context.pack.folder)  # of the built-in pack too: an update of the program may change it
    fonts = typst.Fonts(font_paths=[*map(str, settings.font_paths)]).fonts()
    return digest(
        repr(replace(settings, date=context.on)),
        pack,
        file_version(directory_file()),
        *map(file_version, files_about_rows(settings)),
        typesetter(),
        *sorted({f"{font.family} {font.path}" for font in fonts}),
    )


def _remove_unsealed(ledger: Ledger, settings: Settings) -> None:
    """Remove what was written of volumes that were never sealed, before another plan forgets that they were begun.

    Raises MachineError when a file cannot be removed.
    """
    suffixes = [SINGLE_FORMATS[name][1] for name in settings.single_formats]
    for volume in ledger.volumes_left():
        path = settings.output / volume.file
        if not path.parent.is_dir() or path.parent.is_symlink():
            continue
        letters = ledger.letters_of(volume.file) if suffixes else ()
        singles = (path.parent / f"{letter.letter_id}{suffix}" for letter in letters for suffix in suffixes)
        try:
            for file in (path, *singles):
                file.unlink(missing_ok=True)
        except OSError as error:
            raise MachineError.from_system(error) from error


# --- from the draft to the ledger -------------------------------------------------------------------------


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
    shared: dict[tuple[str, int], str] = {}
    for place, destination in enumerate(destinations):
        version = destination_version(destination, context.roles[destination.official.role])
        shared |= {(key, place): digest(asks[key], version) for key in asks}
    (any_made,) = connection.execute("SELECT EXISTS (SELECT 1 FROM letters)").fetchone()
    for letter in draft_letters(connection):
        row, identity, content, supporter_id, ask, target, official, place, outcome, problems = letter
        if outcome != "planned":
            yield "", identity, "", row, supporter_id, ask, target, official, None, outcome, problems, "", None
            continue
        version = digest(shared[ask, place], content)
        name, supersedes = f"{identity}-{version[:VERSION_DIGITS]}", ""
        sealed = connection.execute(_SEALED, (identity,)).fetchall() if any_made else []
        if sealed:
            connection.execute(
                "UPDATE letters SET state = 'superseded', row = ? WHERE identity = ? AND outcome = 'made'",
                (row, identity),
            )
            last_id, supersedes, last_version = sealed[-1]  # the newest
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
