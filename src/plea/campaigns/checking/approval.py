"""Who approved which text: a line in `approvals.csv`, with a hash of everything that all letters share.

The hash covers the asks' files, the facts they state, the frame and the settings that print. It leaves out what differs
from letter to letter (the signers' own words, the officials) and the date, which may be set by the first run.
"""

import csv
from collections.abc import Mapping
from dataclasses import asdict, astuple, dataclass
from datetime import date
from io import StringIO

from plea.campaigns.context import CampaignContext
from plea.campaigns.planning.versions import ask_version, base_version, digest
from plea.campaigns.settings import Settings
from plea.errors import InputError
from plea.supporters.csv_injection import csv_bytes, unguarded
from plea.system.files import read_text, write_atomic

FILE = "approvals.csv"
COLUMNS = ("date", "by", "asks", "text")
REQUIRED = "required"


@dataclass(frozen=True, slots=True)
class Approval:
    """One person's approval of the text of some asks, by the text's hash."""

    date: str
    by: str
    asks: str
    text: str


def text_hash(context: CampaignContext) -> str:
    """The hash of what is to be approved; one edited word, fact, reason or setting changes it."""
    return digest(base_version(context, dated=False), *(ask_version(context.pack, ask) for ask in context.asks))


def approve(context: CampaignContext, by: str, today: date) -> Approval:
    """Record that somebody approved the text as it now stands.

    Raises InputError for a name that is empty or not printable.
    """
    name = " ".join(by.split())
    if not name or not name.isprintable():
        raise InputError("approval.no_name", "--by")
    approval = Approval(today.isoformat(), name, " ".join(context.settings.asks), text_hash(context))
    rows = map(astuple, (*approvals(context.settings), approval))
    write_atomic(context.settings.folder / FILE, csv_bytes(COLUMNS, rows))
    return approval


def approvals(settings: Settings) -> tuple[Approval, ...]:
    """Every approval, in order. Raises InputError for a file with other columns."""
    path = settings.folder / FILE
    if not path.is_file():
        return ()
    rows = csv.DictReader(StringIO(read_text(path)))
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise InputError("approval.wrong_columns", f"{path}:1", columns=COLUMNS)
    return tuple(Approval(*(unguarded(row[column] or "") for column in COLUMNS)) for row in rows)


def is_approved(context: CampaignContext) -> bool:
    """Whether somebody approved the text as it now stands."""
    now = text_hash(context)
    return any(approval.text == now for approval in approvals(context.settings))


def refuse_unapproved(context: CampaignContext) -> None:
    """Raise InputError where approval is required and nobody approved the text as it now stands."""
    settings = context.settings
    if settings.approval != REQUIRED or is_approved(context):
        return
    folder = settings.folder
    earlier = approvals(settings)
    if not earlier:
        raise InputError("approval.missing", str(folder), folder=folder.name)
    last = earlier[-1]
    raise InputError("approval.text_changed", str(folder), name=last.by, day=last.date, folder=folder.name)


def as_json(approval: Approval) -> Mapping[str, str]:
    """An approval for programs."""
    return asdict(approval)
