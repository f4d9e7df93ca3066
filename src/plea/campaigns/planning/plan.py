"""The plan: every row of the supporters file to its letters, in one pass and one transaction."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import typst

from plea.campaigns.context import CampaignContext
from plea.campaigns.ledger import serialize
from plea.campaigns.ledger.ledger import Ledger
from plea.campaigns.model import Destination
from plea.campaigns.planning.destinations import Destinations
from plea.campaigns.planning.draft import (
    CheckedRow,
    Drafter,
    RowChecker,
    RowsJob,
    clear_draft,
    select,
    settle_duplicates,
)
from plea.campaigns.planning.final_plan import write_plan
from plea.campaigns.planning.recipients import Geocode, geocoder
from plea.campaigns.planning.signers import Signers, files_about_rows, suppression_of
from plea.campaigns.planning.versions import digest, file_version, folder_version, typesetter
from plea.campaigns.settings import SINGLE_FORMATS, Settings
from plea.errors import InputError, MachineError
from plea.problems import Problem
from plea.system.folders import directory_file

ROWS_A_JOB = 250

Progress = Callable[[int], None]
"""Called with the number of rows that were read so far."""
CheckRows = Callable[[Iterator[RowsJob], Callable[[RowsJob], list[CheckedRow]]], Iterable[list[CheckedRow]]]
"""Gives what each job's rows say, in the order of the jobs: by the function given, or `draft.check_rows` elsewhere."""


@dataclass(frozen=True, slots=True)
class PlanSummary:
    """Whether the plan was made anew, and what its reader should know (a file that grew while it was read)."""

    anew: bool
    notes: tuple[Problem, ...] = ()


def plan(
    ledger: Ledger, context: CampaignContext, progress: Progress | None = None, check_rows: CheckRows | None = None
) -> PlanSummary:
    """Bring the ledger's plan up to what the folder now says; nothing is done when nothing changed.

    Sealed letters stay; those whose version changed are planned anew and say what they supersede. Killed on the way,
    nothing of it is there. Rows are checked in this process unless `check_rows` does it elsewhere as well. Raises
    InputError for a supporters file that cannot be read on, and for an output folder with volumes of a ledger that is
    gone.
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
    suppression_of(settings)  # makes the key of its hashes, which whoever checks rows only reads
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
        plan_rows(connection, context, signers, offices, progress=progress, geocode=geocode, check_rows=check_rows)
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
    check_rows: CheckRows | None = None,
) -> Sequence[Destination]:
    """Plan every row, within a transaction of the connection to a ledger; gives the destinations.

    `offices` are those of letters carried by hand that were made already, by the official's id.
    """
    destinations = Destinations(context, offices)
    drafter = Drafter(connection, context, destinations, geocode)
    checker = RowChecker(context)

    def check_here(job: RowsJob) -> list[CheckedRow]:
        return [*map(checker.check, job.rows)]

    source = signers.rows()
    batches = iter(lambda: tuple(islice(source, ROWS_A_JOB)), ())
    jobs = (RowsJob(context.settings, context.on, rows) for rows in batches)
    results = check_rows(jobs, check_here) if check_rows else map(check_here, jobs)
    checked_rows = (row for rows in results for row in rows)
    for number, checked in enumerate(checked_rows, 1):
        drafter.add(checked)
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
