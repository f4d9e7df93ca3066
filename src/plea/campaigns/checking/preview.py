"""One supporter's letters to look at: as text, and as a picture of the first page."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from plea.campaigns.checking.dry_run import request_of
from plea.campaigns.context import CampaignContext
from plea.campaigns.model import Destination
from plea.campaigns.planning.destinations import Destinations, folder_names
from plea.campaigns.planning.recipients import RecipientFinder
from plea.campaigns.planning.signers import Signers
from plea.errors import InputError
from plea.letters.compose import compose, is_for
from plea.letters.formats import render
from plea.letters.paper.typeset import picture
from plea.model.people import Rejected, Row, Signer
from plea.problems import Problem, old_problem
from plea.supporters.identity import folded
from plea.system.files import make_folder, refuse_link, write_atomic

FOLDER = "preview"
ZIP_DIGITS = 5
LISTED = 10


@dataclass(frozen=True, slots=True)
class Shown:
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
    letters: tuple[Shown, ...]
    problems: tuple[Problem, ...]


def preview(context: CampaignContext, *, row: int = 0, name: str = "", kept: dict[str, str] | None = None) -> Preview:
    """The letters of the row, or of the one whose name holds the words; pictures go to the output's `preview` folder.

    `kept` are offices that letters by hand go to already. Raises InputError when there is no such row, or several.
    """
    signers = Signers(context, peek=True)
    found = _row_numbered(signers, row) if row else _row_named(signers, name)
    read = signers.read_one(found)
    if isinstance(read, Rejected):
        return Preview(found.number, (), read.problems)
    wanted = [*_wanted(context, read, kept or {})]
    problems = [problem for problem in wanted if isinstance(problem, Problem)]
    letters = []
    for pair in wanted:
        if not isinstance(pair, Problem):
            try:
                letters.append(_shown(context, read, *pair))
            except InputError as error:
                problems.append(old_problem(pair[0], error.message, error.hint))
    return Preview(found.number, tuple(letters), (*problems, *read.warnings))


def _row_numbered(signers: Signers, number: int) -> Row:
    last = 0
    for row in signers.rows():
        last = row.number
        if last == number:
            return row
    raise InputError(f"--row {number}: there is no such row", f"The last data row is {last}; the first is 1.")


def _row_named(signers: Signers, name: str) -> Row:
    words = folded(name)
    found = [row for row in signers.rows() if words in folded(_name(row))]
    if not found:
        raise InputError(f"--name {name}: nobody of that name signs", "Give a part of the name, or --row.")
    if len(found) > 1:
        listed = ", ".join(f"{row.number} ({_name(row)})" for row in found[:LISTED])
        raise InputError(f"--name {name}: {len(found)} rows have that name: {listed}", "Say which with --row.")
    return found[0]


def _name(row: Row) -> str:
    parts = ("name", "first_name", "middle_name", "last_name", "name_latin")
    return " ".join(row.fields[part] for part in parts if part in row.fields)


def _wanted(
    context: CampaignContext, signer: Signer, kept: dict[str, str]
) -> Iterator[tuple[str, str, Destination] | Problem]:
    """Ask, folder and destination of each letter, or why it would be held."""
    supporter, destinations = signer.supporter, Destinations(context, kept)
    aims = RecipientFinder(context).of(supporter)
    zip5 = supporter.zip[:ZIP_DIGITS] if supporter.country == "US" else ""
    numbers = [destinations.number(aim.official, zip5) if aim.official else -1 for aim in aims]
    settled = destinations.settle()
    folders = folder_names(settled)
    for ask in context.asks:
        for aim, number in zip(aims, numbers, strict=True):
            if aim.problem and is_for(ask, aim.role):
                yield aim.problem
            elif is_for(ask, aim.role):
                yield ask.key, folders[number], settled[number]


def _shown(context: CampaignContext, signer: Signer, ask: str, folder: str, destination: Destination) -> Shown:
    letter = compose(request_of(context, destination, ask, signer.supporter))
    path = context.settings.output / FOLDER / f"row-{signer.row}-{ask}-{folder}.png"
    content = picture(letter, context.printing)
    refuse_link(context.settings.output)
    refuse_link(path.parent)
    make_folder(path.parent)
    write_atomic(path, content)
    text = render(letter, "txt", context.printing).content.decode()
    return Shown(signer.row, ask, destination.official.name or destination.official.role, text, path)
