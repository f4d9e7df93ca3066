"""One supporter's letters to look at: as text, and as a picture of the first page."""

from dataclasses import dataclass
from pathlib import Path

from plea.campaigns.context import CampaignContext
from plea.campaigns.model import Destination
from plea.campaigns.planning.recipients import Destinations, RecipientFinder, folder_names
from plea.campaigns.planning.signers import Signers
from plea.campaigns.reporting.likeness import request_of
from plea.errors import InputError
from plea.letters.compose import compose, is_for
from plea.letters.formats import render
from plea.letters.paper.typeset import picture
from plea.model.people import Rejected, Row, Signer
from plea.model.states import ZIP_DIGITS
from plea.problems import Problem
from plea.supporters.identity import folded
from plea.system.files import make_folder, refuse_link, write_atomic

FOLDER = "preview"
ROWS_NAMED = 10


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


def preview(context: CampaignContext, *, row: int = 0, name: str = "", kept: dict[str, str] | None = None) -> Preview:
    """The letters of a row, by its number or a part of its name; pictures go to the output's `preview` folder.

    `kept` are offices that letters delivered by hand go to already. Raises InputError when there is no such row, or
    several.
    """
    signers = Signers(context)
    chosen = _row_numbered(signers, row) if row else _row_named(signers, name)
    signer = signers.read(chosen)
    if isinstance(signer, Rejected):
        return Preview(chosen.number, (), signer.problems)
    supporter, destinations = signer.supporter, Destinations(context, kept or {})
    recipients = RecipientFinder(context).of(supporter)
    zip5 = supporter.zip[:ZIP_DIGITS] if supporter.country == "US" else ""
    numbers = [destinations.number(recipient.official, zip5) if recipient.official else -1 for recipient in recipients]
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


def _row_numbered(signers: Signers, number: int) -> Row:
    last = 0
    for row in signers.rows():
        last = row.number
        if last == number:
            return row
    raise InputError("preview.no_such_row", "--row", row=str(number), last=str(last))


def _row_named(signers: Signers, name: str) -> Row:
    parts = ("name", "first_name", "middle_name", "last_name", "name_latin")
    matches: list[tuple[Row, str]] = []
    wanted = folded(name)
    for row in signers.rows():
        whole = " ".join(row.fields[part] for part in parts if part in row.fields)
        if wanted in folded(whole):
            matches.append((row, whole))
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
    path = context.settings.output / FOLDER / f"row-{signer.row}-{ask}-{folder}.png"
    content = picture(letter, context.printing)
    refuse_link(context.settings.output)
    refuse_link(path.parent)
    make_folder(path.parent)
    write_atomic(path, content)
    text = render(letter, "txt", context.printing).content.decode()
    return PreviewedLetter(signer.row, ask, destination.official.name or destination.official.role, text, path)
