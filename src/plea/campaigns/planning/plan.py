"""The plan: every row of the supporters file to its letters, in one pass and one transaction."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import typst

from plea.campaigns.context import CampaignContext
from plea.campaigns.ledger import serialize
from plea.campaigns.ledger.ledger import Ledger
from plea.campaigns.model import Destination, Settings
from plea.campaigns.planning.cleanup import refuse_strangers, remove_unsealed
from plea.campaigns.planning.destinations import Destinations
from plea.campaigns.planning.draft_plan import DraftPlan
from plea.campaigns.planning.drafter import Drafter
from plea.campaigns.planning.final_plan import FinalPlan
from plea.campaigns.planning.recipients import Geocode, geocoder
from plea.campaigns.planning.signers import Signers
from plea.campaigns.planning.versions import digest, file_version, folder_version, typesetter
from plea.campaigns.settings.settings import FILE
from plea.errors import InputError
from plea.system.folders import directory_file

Progress = Callable[[int], None]
"""Told how many rows are read so far."""


@dataclass(frozen=True, slots=True)
class PlanSummary:
    """Whether the plan was made anew, and what its reader should know (a file that grew while it was read)."""

    anew: bool
    notes: tuple[str, ...] = ()


def plan(ledger: Ledger, context: CampaignContext, progress: Progress | None = None) -> PlanSummary:
    """Bring the ledger's plan up to what the folder now says; nothing is done when nothing changed.

    Sealed letters stay; those whose version changed are planned anew and say what they supersede. Killed on the way,
    nothing of it is there. Raises InputError for a supporters file that cannot be read on, and for an output folder
    with volumes of a ledger that is gone.
    """
    mark = fingerprint(context)
    if ledger.fact("plan") == mark:
        return PlanSummary(anew=False)
    if ledger.fact("plan"):
        remove_unsealed(ledger, context.settings)
    else:
        refuse_strangers(context.settings)
    signers = Signers(context)
    with ledger.transaction() as connection:
        draft = DraftPlan(connection)
        geocode = geocoder(ledger, context.on) if context.settings.split_zips == "geocode" else None
        destinations = draft_rows(draft, context, signers, _offices_kept(ledger, context.settings), progress, geocode)
        draft.settle_duplicates()
        draft.select(context.settings)
        FinalPlan(connection, context, destinations).write(draft)
        draft.clear()
        ledger.remember(date=context.on.isoformat(), plan=mark, header=serialize.cells_text(signers.header))
    return PlanSummary(anew=True, notes=tuple(signers.notes))


def letters_date(settings: Settings, ledger: Ledger | None, today: date) -> date:
    """The day the letters are dated: the one of the first plan, else of `campaign.toml`, else today.

    Raises InputError when `campaign.toml` names another day than the letters already have.
    """
    frozen = ledger.date if ledger else None
    if frozen and settings.date and settings.date != frozen:
        raise InputError(
            f"{settings.folder / FILE}: date is {settings.date}, and this campaign's letters are dated {frozen}",
            f"Put back date = {frozen}; letters of another day are another campaign.",
        )
    return frozen or settings.date or today


def fingerprint(context: CampaignContext) -> str:
    """A hash of all that the plan is made of. It changes when a font is installed: a letter held for one may go."""
    settings = context.settings
    pack = folder_version(context.pack.folder)  # of the built-in pack too: an update of the program may change it
    fonts = sorted(
        {f"{font.family} {font.path}" for font in typst.Fonts(font_paths=[*map(str, settings.font_paths)]).fonts()}
    )
    return digest(
        repr(replace(settings, date=context.on)),
        pack,
        file_version(directory_file()),
        file_version(settings.supporters),
        *(file_version(path) for path in Signers.other_files(settings)),
        typesetter(),
        *fonts,
    )


def draft_rows(  # noqa: PLR0917 (the last two are seldom given)
    draft: DraftPlan,
    context: CampaignContext,
    signers: Signers,
    kept: dict[str, str],
    progress: Progress | None = None,
    geocode: Geocode | None = None,
) -> tuple[Destination, ...]:
    """Every row into the draft; gives the destinations by the numbers that the draft's letters have."""
    destinations = Destinations(context, kept)
    drafter = Drafter(draft, context, destinations, signers.suppression, geocode)
    for number, (row, read) in enumerate(signers.read(), 1):
        drafter.take(row, read)
        if progress and not number % 500:
            progress(number)
    draft.flush()
    return destinations.settle()


def _offices_kept(ledger: Ledger, settings: Settings) -> dict[str, str]:
    """The office of each official to whom letters were made already, so that more signers do not move them."""
    if settings.delivery != "hand":
        return {}
    made = ledger.query(
        "SELECT destinations.official, office FROM destinations WHERE id IN (SELECT destination FROM letters WHERE outcome = 'made')"
    )
    return dict(made)
