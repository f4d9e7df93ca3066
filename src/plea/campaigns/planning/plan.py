"""The plan: every row of the supporters file to its letters, in one pass and one transaction."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import typst

from plea.campaigns.context import Rooms
from plea.campaigns.ledger import serialize
from plea.campaigns.ledger.ledger import Ledger
from plea.campaigns.model import Desk, Settings
from plea.campaigns.planning.cleanup import refuse_strangers, remove_unsealed
from plea.campaigns.planning.destinations import Desks
from plea.campaigns.planning.draft_plan import DraftPlan
from plea.campaigns.planning.drafter import Drafter
from plea.campaigns.planning.final_plan import FinalPlan
from plea.campaigns.planning.recipients import Geocode, geocoder
from plea.campaigns.planning.signers import Signers
from plea.campaigns.planning.versions import digest, file_version, folder_version, typesetter
from plea.campaigns.settings.settings import FILE
from plea.errors import MendableError
from plea.system.folders import directory_file

Progress = Callable[[int], None]
"""Told how many rows are read so far."""


@dataclass(frozen=True, slots=True)
class PlanSummary:
    """Whether the plan was made anew, and what its reader should know (a file that grew while it was read)."""

    anew: bool
    notes: tuple[str, ...] = ()


def plan(ledger: Ledger, rooms: Rooms, progress: Progress | None = None) -> PlanSummary:
    """Bring the ledger's plan up to what the folder now says; nothing is done when nothing changed.

    Sealed letters stay; those whose version changed are planned anew and say what they supersede. Killed on the way,
    nothing of it is there. Raises MendableError for a supporters file that cannot be read on, and for an output folder
    with volumes of a ledger that is gone.
    """
    mark = fingerprint(rooms)
    if ledger.fact("plan") == mark:
        return PlanSummary(anew=False)
    if ledger.fact("plan"):
        remove_unsealed(ledger, rooms.settings)
    else:
        refuse_strangers(rooms.settings)
    signers = Signers(rooms)
    with ledger.transaction() as connection:
        draft = DraftPlan(connection)
        geocode = geocoder(ledger, rooms.on) if rooms.settings.split_zips == "geocode" else None
        desks = draft_rows(draft, rooms, signers, _offices_kept(ledger, rooms.settings), progress, geocode)
        draft.settle_duplicates()
        draft.select(rooms.settings)
        FinalPlan(connection, rooms, desks).write(draft)
        draft.clear()
        ledger.remember(date=rooms.on.isoformat(), plan=mark, header=serialize.cells_text(signers.header))
    return PlanSummary(anew=True, notes=tuple(signers.notes))


def letters_date(settings: Settings, ledger: Ledger | None, today: date) -> date:
    """The day the letters are dated: the one of the first plan, else of `campaign.toml`, else today.

    Raises MendableError when `campaign.toml` names another day than the letters already have.
    """
    frozen = ledger.date if ledger else None
    if frozen and settings.date and settings.date != frozen:
        raise MendableError(
            f"{settings.folder / FILE}: date is {settings.date}, and this campaign's letters are dated {frozen}",
            f"Put back date = {frozen}; letters of another day are another campaign.",
        )
    return frozen or settings.date or today


def fingerprint(rooms: Rooms) -> str:
    """A hash of all that the plan is made of. It changes when a font is installed: a letter held for one may go."""
    settings = rooms.settings
    pack = folder_version(rooms.pack.folder)  # of the built-in pack too: an update of the program may change it
    fonts = sorted(
        {f"{font.family} {font.path}" for font in typst.Fonts(font_paths=[*map(str, settings.font_paths)]).fonts()}
    )
    return digest(
        repr(replace(settings, date=rooms.on)),
        pack,
        file_version(directory_file()),
        file_version(settings.supporters),
        *(file_version(path) for path in Signers.other_files(settings)),
        typesetter(),
        *fonts,
    )


def draft_rows(  # noqa: PLR0917 (the last two are seldom given)
    draft: DraftPlan,
    rooms: Rooms,
    signers: Signers,
    kept: dict[str, str],
    progress: Progress | None = None,
    geocode: Geocode | None = None,
) -> tuple[Desk, ...]:
    """Every row into the draft; gives the desks by the numbers that the draft's letters have."""
    desks = Desks(rooms, kept)
    drafter = Drafter(draft, rooms, desks, signers.suppression, geocode)
    for number, (row, read) in enumerate(signers.read(), 1):
        drafter.take(row, read)
        if progress and not number % 500:
            progress(number)
    draft.flush()
    return desks.settle()


def _offices_kept(ledger: Ledger, settings: Settings) -> dict[str, str]:
    """The office of each official to whom letters were made already, so that more signers do not move them."""
    if settings.delivery != "hand":
        return {}
    made = ledger.query(
        "SELECT desks.official, office FROM desks WHERE id IN (SELECT desk FROM letters WHERE outcome = 'made')"
    )
    return dict(made)
