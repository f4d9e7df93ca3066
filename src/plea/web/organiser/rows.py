"""Rows of a table as a form to mend them in: each problem at its cell, the rest of the row beside it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from flask import request

from plea.campaigns.problem_rows import ProblemRow
from plea.campaigns.trial import Trial
from plea.model import Problem
from plea.web.language import Said, Trouble, in_sentences, language_of, words
from plea.web.organiser.desk import our_words

COLUMNS_OF: Mapping[str, Sequence[str]] = {
    "name": ("name", "first_name", "last_name"),
    "street": ("street", "street2"),
    "zip": ("zip", "state"),
}
"""Where a problem with one of our fields may be mended."""
CONSENT = "consent"
DISTRICT = "district"
NAMES = frozenset({"name", "first_name", "middle_name", "last_name"})
PLACES = frozenset({"street", "city"})
STORIES = frozenset({"story", "story_en"})
LONG = 60  # characters from which a cell gets more than a line


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: its place among all, its name, and ours for it."""

    at: int
    name: str
    ours: str

    def of(self, row: ProblemRow) -> str:
        """The row's cell in it."""
        return row.cells[self.at] if self.at < len(row.cells) else ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a row in the form: the name of its field and of its column, and the problem that is about it."""

    field: str
    column: str
    ours: str
    value: str
    problem: Problem | None

    @property
    def long(self) -> bool:
        """Whether it needs more than a line."""
        return len(self.value) > LONG or "\n" in self.value or self.ours in STORIES


@dataclass(frozen=True, slots=True)
class Shown:
    """A row in the form: what is wrong with it as a whole, the cells to mend, and the rest of them."""

    number: int
    name: str
    place: str
    outcomes: Sequence[str]
    problems: Sequence[Trouble]
    wrong: Sequence[tuple[Cell, Trouble]]
    rest: Sequence[Cell]


def columns_of(trial: Trial) -> Iterator[Column]:
    """The columns of the form: nameless ones cannot be mended, a district always can."""
    for at, (name, ours) in enumerate(zip(trial.header, trial.ours, strict=True)):
        if name.strip():
            yield Column(at, name, ours)
    if DISTRICT not in trial.ours:
        yield Column(len(trial.header), DISTRICT, DISTRICT)


def shown(row: ProblemRow, columns: Sequence[Column], typed: Mapping[str, str] | None = None) -> Shown:
    """A row with its problems at their cells; those that are about no cell stand above them.

    `typed` are cells as they were mended, by their fields, when that could not be kept.
    """
    language = language_of(request)
    problems = [*dict.fromkeys(problem for fate in row.fates for problem in fate.problems)]
    at = {place: problem for problem in reversed(problems) if (place := _place(problem, columns)) is not None}
    cells = []
    for place, column in enumerate(columns):
        field = f"r{row.row}-c{place}"
        value = (typed or {}).get(field, column.of(row))
        cells.append(Cell(field, column.name, column.ours, value, at.get(place)))
    return Shown(
        row.row,
        " ".join(filter(None, (column.of(row).strip() for column in columns if column.ours in NAMES))),
        ", ".join(filter(None, (column.of(row).strip() for column in columns if column.ours in PLACES))),
        [*dict.fromkeys(fate.outcome for fate in row.fates)],
        [_trouble(problem, language) for problem in problems if problem not in at.values()],
        [(cell, _trouble(cell.problem, language, cell.field)) for cell in cells if cell.problem],
        [cell for cell in cells if not cell.problem],
    )


def _place(problem: Problem, columns: Sequence[Column]) -> int | None:
    """The column in which a problem is mended: the one it names, or the district for a seat that is not known."""
    ours = [column.ours for column in columns]
    wanted = (DISTRICT,) if DISTRICT in problem.hint else COLUMNS_OF.get(problem.where, (problem.where,))
    return next((ours.index(name) for name in wanted if name in ours), None)


def _trouble(problem: Problem, language: str, field: str = "") -> Trouble:
    """A problem in words. Without a field it says what it is about, and a consent's is mended for the whole table."""
    what = in_sentences(problem.what, language)
    if not field:
        what = replace(what, text=f"{_about(problem.where, what.language)}: {what.text}")
        field = CONSENT if problem.where.startswith(f"{CONSENT}_") else ""
    if DISTRICT in problem.hint:  # which speaks of the command line
        return Trouble(field, what, Said(our_words().check.district_hint, language))
    return Trouble(field, what, in_sentences(problem.hint, language) if problem.hint else None)


def _about(where: str, language: str) -> str:
    """What a problem is about, as the pages call it."""
    own = words(language).campaign
    if where.startswith(f"{CONSENT}_"):
        return str(own.signers.consent)
    named = [str(table[where]) for table in (own.signers.column, own.check.subject) if where in table]
    return named[0][0].upper() + named[0][1:] if named else where
