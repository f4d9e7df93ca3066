"""Who approved which text: a line in `approvals.csv`, with a hash over everything that all letters share.

The hash covers the asks' files, the facts they state, the frame and the settings that print. What differs from letter
to letter (the signers' own words, the officials) is no part of it, nor is the date, which the first run may settle.
"""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from plea.campaigns.context import CampaignContext
from plea.campaigns.planning.versions import ask_version, base_version, digest
from plea.campaigns.settings import Settings
from plea.errors import InputError
from plea.supporters.csv_injection import guarded, unguarded
from plea.system.files import read_text, write_atomic

FILE = "approvals.csv"
COLUMNS = ("date", "by", "asks", "text")
REQUIRED = "required"


@dataclass(frozen=True, slots=True)
class Approval:
    """One person's word on one text, by the hash of it."""

    date: str
    by: str
    asks: str
    text: str


def text_hash(context: CampaignContext) -> str:
    """The hash of what is to be approved; one edited word, fact, reason or setting makes it another."""
    return digest(base_version(context, dated=False), *(ask_version(context.pack, ask) for ask in context.asks))


def approve(context: CampaignContext, by: str, today: date) -> Approval:
    """Record that somebody approved the text as it now stands.

    Raises InputError for a name that is none.
    """
    who = " ".join(by.split())
    if not who or not who.isprintable():
        raise InputError("--by: a name is needed", "Say who approved the text.")
    given = Approval(today.isoformat(), who, " ".join(context.settings.asks), text_hash(context))
    path = context.settings.folder / FILE
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for one in (*approvals(context.settings), given):
        writer.writerow(map(guarded, (one.date, one.by, one.asks, one.text)))
    write_atomic(path, text.getvalue().encode())
    return given


def approvals(settings: Settings) -> tuple[Approval, ...]:
    """Everything that was approved, in order. Raises InputError for a file that is not ours."""
    path = settings.folder / FILE
    if not path.is_file():
        return ()
    rows = csv.DictReader(io.StringIO(read_text(path)))
    if tuple(rows.fieldnames or ()) != COLUMNS:
        raise InputError(f"{path}:1: the columns must be {', '.join(COLUMNS)}", "Put back the file as it was.")
    return tuple(Approval(*(unguarded(row[column] or "") for column in COLUMNS)) for row in rows)


def is_approved(context: CampaignContext) -> bool:
    """Whether somebody approved this very text."""
    now = text_hash(context)
    return any(one.text == now for one in approvals(context.settings))


def refuse_unapproved(context: CampaignContext) -> None:
    """Raise InputError where approval is required and nobody approved this very text."""
    settings = context.settings
    if settings.approval != REQUIRED or is_approved(context):
        return
    known = approvals(settings)
    last = known[-1] if known else None
    what = f"the text was changed since {last.by} approved it on {last.date}" if last else "nobody approved the text"
    raise InputError(
        f"{settings.folder}: {what}, and approval is required",
        f"Look at it (plea campaign preview), then: plea campaign approve {settings.folder.name} --by NAME",
    )


def as_json(given: Approval) -> Mapping[str, str]:
    """An approval for programs."""
    return {"date": given.date, "by": given.by, "asks": given.asks, "text": given.text}
