"""One signer's letters to look at, and who approved the text.

An approval is a line in `approvals.csv`, with a hash of everything that all letters share: the asks' files, the facts
they state, the frame and the settings that print. It leaves out what differs from letter to letter (the signers' own
words, the officials) and the date, which may be set by the first run.
"""

import csv
from dataclasses import astuple, dataclass
from datetime import date
from io import StringIO
from pathlib import Path

from plea.campaigns.context import CampaignContext
from plea.campaigns.model import Destination
from plea.campaigns.planning.recipients import Destinations, RecipientFinder, folder_names
from plea.campaigns.planning.signers import Signers
from plea.campaigns.planning.versions import ask_version, base_version, digest
from plea.campaigns.reporting.likeness import request_of
from plea.campaigns.settings import Settings
from plea.errors import InputError
from plea.letters.compose import compose, is_for
from plea.letters.files import render
from plea.letters.paper.typeset import picture
from plea.model.people import Rejected, Row, Signer
from plea.problems import Problem
from plea.supporters.csv_injection import csv_bytes, unguarded
from plea.supporters.identity import folded
from plea.system.files import make_folder, read_text, refuse_link, write_atomic

PREVIEWS = "preview"
"""The folder of pictures, below the output folder."""
APPROVALS = "approvals.csv"
COLUMNS = ("date", "by", "asks", "text")
REQUIRED = "required"
ROWS_NAMED = 10


# --- looking at letters -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PreviewedLetter:
    """A letter as text, and where its picture is."""

    row: int
    ask: str
    official: str
    text: str
    picture: Path


@dataclass(frozen=True, slots=True)
class Preview:
    """The letters of one row, and why others of it would not be made."""

    row: int
    letters: tuple[PreviewedLetter, ...]
    problems: tuple[Problem, ...]


def preview(context: CampaignContext, *, row: int = 0, name: str = "") -> Preview:
    """The letters of a row, by its number or a part of its name; pictures go to the output's `preview` folder.

    Raises InputError when there is no such row, or several.
    """
    signers = Signers(context)
    chosen = _chosen_row(signers, row, name)
    signer = signers.read(chosen)
    if isinstance(signer, Rejected):
        return Preview(chosen.number, (), signer.problems)
    supporter, destinations = signer.supporter, Destinations(context)
    recipients = RecipientFinder(context).of(supporter)
    numbers = [
        destinations.number(recipient.official, supporter) if recipient.official else -1 for recipient in recipients
    ]
    settled = destinations.settle()
    folders = folder_names(settled)
    letters: list[PreviewedLetter] = []
    problems: list[Problem] = []
    for ask in context.asks:
        for recipient, number in zip(recipients, numbers, strict=True):
            if not is_for(ask, recipient.role):
                continue
            if recipient.problem:
                problems.append(recipient.problem)
                continue
            try:
                letters.append(_letter(context, signer, ask.key, folders[number], settled[number]))
            except InputError as error:
                problems += (problem if problem.where else problem.at(ask.key) for problem in error.problems)
    return Preview(chosen.number, tuple(letters), (*problems, *signer.warnings))


def _chosen_row(signers: Signers, number: int, name: str) -> Row:
    """The row of that number, else the only one whose name has this one in it."""
    wanted_name = folded(name)
    matches: list[tuple[Row, str]] = []
    last = 0
    for row in signers.rows():
        last = row.number
        if last == number:
            return row
        parts = ("name", "first_name", "middle_name", "last_name", "name_latin")
        whole = " ".join(row.fields[part] for part in parts if part in row.fields)
        if not number and wanted_name in folded(whole):
            matches.append((row, whole))
    if number:
        raise InputError("preview.no_such_row", "--row", row=str(number), last=str(last))
    if not matches:
        raise InputError("preview.no_such_name", "--name", name=name)
    if len(matches) > 1:
        rows = tuple(f"{row.number} ({whole})" for row, whole in matches[:ROWS_NAMED])
        raise InputError("preview.several_rows", "--name", count=len(matches), name=name, rows=rows)
    return matches[0][0]


def _letter(
    context: CampaignContext, signer: Signer, ask: str, folder: str, destination: Destination
) -> PreviewedLetter:
    letter = compose(request_of(context, destination, ask, signer.supporter))
    content = picture(letter, context.printing)
    path = context.settings.output / PREVIEWS / f"row-{signer.row}-{ask}-{folder}.png"
    refuse_link(context.settings.output)
    refuse_link(path.parent)
    make_folder(path.parent)
    write_atomic(path, content)
    text = render(letter, "txt", context.printing).content.decode()
    return PreviewedLetter(signer.row, ask, destination.official.name or destination.official.role, text, path)


# --- approving the text -----------------------------------------------------------------------------------


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
    write_atomic(context.settings.folder / APPROVALS, csv_bytes(COLUMNS, rows))
    return approval


def approvals(settings: Settings) -> tuple[Approval, ...]:
    """Every approval, in order. Raises InputError for a file with other columns."""
    path = settings.folder / APPROVALS
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
    folder, earlier = settings.folder, approvals(settings)
    if not earlier:
        raise InputError("approval.missing", str(folder), folder=folder.name)
    last = earlier[-1]
    raise InputError("approval.text_changed", str(folder), name=last.by, day=last.date, folder=folder.name)
