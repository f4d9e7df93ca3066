"""One supporter's letters to look at: as text, and as a picture of the first page."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from plea.campaigns.checking.dry_run import request_of
from plea.campaigns.context import Rooms
from plea.campaigns.model import Desk
from plea.campaigns.planning.destinations import Desks, folder_names
from plea.campaigns.planning.recipients import Seats
from plea.campaigns.planning.signers import Signers
from plea.errors import MendableError
from plea.letters.compose import compose, is_for
from plea.letters.files import make_folder
from plea.letters.formats import render
from plea.letters.formats.preview import picture
from plea.model.people import Rejected, Row, Signer
from plea.problems import Problem
from plea.supporters.identity import folded
from plea.system.files import refuse_link, write_atomic

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


def preview(rooms: Rooms, *, row: int = 0, name: str = "", kept: dict[str, str] | None = None) -> Preview:
    """The letters of the row, or of the one whose name holds the words; pictures go to the output's `preview` folder.

    `kept` are offices that letters by hand go to already. Raises MendableError when there is no such row, or several.
    """
    signers = Signers(rooms, peek=True)
    found = _row_numbered(signers, row) if row else _row_named(signers, name)
    read = signers.read_one(found)
    if isinstance(read, Rejected):
        return Preview(found.number, (), read.problems)
    wanted = [*_wanted(rooms, read, kept or {})]
    problems = [problem for problem in wanted if isinstance(problem, Problem)]
    letters = []
    for pair in wanted:
        if not isinstance(pair, Problem):
            try:
                letters.append(_shown(rooms, read, *pair))
            except MendableError as error:
                problems.append(Problem(pair[0], error.message, error.hint))
    return Preview(found.number, tuple(letters), (*problems, *read.warnings))


def _row_numbered(signers: Signers, number: int) -> Row:
    last = 0
    for row in signers.rows():
        last = row.number
        if last == number:
            return row
    raise MendableError(f"--row {number}: there is no such row", f"The last data row is {last}; the first is 1.")


def _row_named(signers: Signers, name: str) -> Row:
    words = folded(name)
    found = [row for row in signers.rows() if words in folded(_name(row))]
    if not found:
        raise MendableError(f"--name {name}: nobody of that name signs", "Give a part of the name, or --row.")
    if len(found) > 1:
        listed = ", ".join(f"{row.number} ({_name(row)})" for row in found[:LISTED])
        raise MendableError(f"--name {name}: {len(found)} rows have that name: {listed}", "Say which with --row.")
    return found[0]


def _name(row: Row) -> str:
    parts = ("name", "first_name", "middle_name", "last_name", "name_latin")
    return " ".join(row.fields[part] for part in parts if part in row.fields)


def _wanted(rooms: Rooms, signer: Signer, kept: dict[str, str]) -> Iterator[tuple[str, str, Desk] | Problem]:
    """Ask, folder and desk of each letter, or why it would be held."""
    supporter, desks = signer.supporter, Desks(rooms, kept)
    aims = Seats(rooms).of(supporter)
    zip5 = supporter.zip[:ZIP_DIGITS] if supporter.country == "US" else ""
    numbers = [desks.number(aim.official, zip5) if aim.official else -1 for aim in aims]
    settled = desks.settle()
    folders = folder_names(settled)
    for ask in rooms.asks:
        for aim, number in zip(aims, numbers, strict=True):
            if aim.problem and is_for(ask, aim.role):
                yield aim.problem
            elif is_for(ask, aim.role):
                yield ask.key, folders[number], settled[number]


def _shown(rooms: Rooms, signer: Signer, ask: str, folder: str, desk: Desk) -> Shown:
    letter = compose(request_of(rooms, desk, ask, signer.supporter))
    path = rooms.settings.output / FOLDER / f"row-{signer.row}-{ask}-{folder}.png"
    content = picture(letter, rooms.printing)
    refuse_link(rooms.settings.output)
    refuse_link(path.parent)
    make_folder(path.parent)
    write_atomic(path, content)
    text = render(letter, "txt", rooms.printing).content.decode()
    return Shown(signer.row, ask, desk.official.name or desk.official.role, text, path)
