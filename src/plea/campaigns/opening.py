"""A campaign opened to be looked at: its settings and its context, for letters of its own date."""

from datetime import date
from pathlib import Path

from plea.campaigns.context import CampaignContext, open_context
from plea.campaigns.ledger.ledger import open_ledger
from plea.campaigns.ledger.schema import FILE
from plea.campaigns.planning.plan import letters_date
from plea.campaigns.settings.settings import load_settings


def open_campaign(folder: Path, today: date) -> CampaignContext:
    """The context of a campaign's folder, for letters of the day that its ledger or its settings name, else of today.

    Raises InputError for a folder that is no campaign and for settings that do not hold, MachineError for a ledger
    or a directory that cannot be read.
    """
    settings = load_settings(folder)
    if not (settings.folder / FILE).exists():
        return open_context(settings, letters_date(settings, None, today))
    with open_ledger(settings.folder, write=False) as ledger:
        return open_context(settings, letters_date(settings, ledger, today))
