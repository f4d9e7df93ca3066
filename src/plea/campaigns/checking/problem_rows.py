"""The rows that need somebody, one by one: their number, their cells as they stand, and what became of them and why.

Read from a ledger, that of a run or the throw-away one of a check; a page at a time, however many there are.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from plea.campaigns.ledger import serialize
from plea.campaigns.ledger.ledger import Ledger
from plea.campaigns.model import Outcome
from plea.campaigns.reporting.statistics import subject_of
from plea.problems import Problem

WARNING = "warning"
KEPT = 1_000
"""Row numbers that are kept of each problem; the rest are counted."""


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """What became of one letter of a row (`target` is ask and official) or, with an empty target, of the row itself."""

    target: str
    outcome: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """A row of the supporters file, mended where it was, and every fate in it that is not a letter as planned."""

    row: int
    cells: tuple[str, ...]
    fates: tuple[RowOutcome, ...]


@dataclass(frozen=True, slots=True)
class RowsOfProblem:
    """The rows with one kind of problem: the first KEPT of them, and how many there are."""

    rows: tuple[int, ...]
    count: int


# What a person can do something about: rows that are wrong, letters that wait; what to know of the others.
_ROWS = (
    "SELECT row FROM people WHERE row > ?1 AND outcome = 'rejected'"
    " UNION SELECT row FROM letters WHERE row > ?1 AND outcome = 'held' AND state = 'current'"
)
_WARNED = " UNION SELECT row FROM people WHERE row > ?1 AND outcome = '' AND warnings != ''"


def problem_rows(ledger: Ledger, *, after: int = 0, limit: int = -1, warnings: bool = False) -> Iterator[ProblemRow]:
    """The rows with something to mend or (with `warnings`) to know, in order, from the first one after a row."""
    question = f"{_ROWS}{_WARNED if warnings else ''} ORDER BY 1 LIMIT ?2"
    for (row,) in ledger.query(question, (after, limit)):
        yield from problem_row(ledger, row)


def held_in_making(ledger: Ledger, limit: int = -1) -> Iterator[ProblemRow]:
    """The rows with a letter that was planned and could not be printed (it runs over its page, a glyph is missing)."""
    question = (
        "SELECT DISTINCT row FROM letters WHERE outcome = 'held' AND letter != '' AND state = 'current'"
        " ORDER BY 1 LIMIT ?"
    )
    for (row,) in ledger.query(question, (limit,)):
        yield from problem_row(ledger, row)


def rows_of_problems(ledger: Ledger) -> Mapping[tuple[str, str], RowsOfProblem]:
    """For each outcome and subject, as the figures of a report name them, the rows that have it."""
    first: dict[tuple[str, str], list[int]] = {}
    last: dict[tuple[str, str], int] = {}
    count: dict[tuple[str, str], int] = {}
    for row, outcome, text in ledger.query(
        "SELECT row, outcome, problems FROM people WHERE outcome = 'rejected'"
        " UNION ALL SELECT row, outcome, problems FROM letters"
        " WHERE state = 'current' AND outcome = 'held' AND problems != ''"
        " UNION ALL SELECT row, 'warning', warnings FROM people WHERE outcome = '' AND warnings != '' ORDER BY 1"
    ):
        for subject in _subjects(text):
            key = (outcome, subject)
            if last.get(key) != row:
                last[key], count[key] = row, count.get(key, 0) + 1
                if count[key] <= KEPT:
                    first.setdefault(key, []).append(row)
    return {key: RowsOfProblem(tuple(rows), count[key]) for key, rows in first.items()}


@lru_cache(maxsize=1_000)
def _subjects(text: str) -> frozenset[str]:
    return frozenset(subject_of(problem.where) for problem in serialize.problems_of(text))


def problem_row(ledger: Ledger, row: int) -> Iterator[ProblemRow]:
    """One row by its number, whether anything is wrong with it or not; nothing where there is no such row."""
    for cells, outcome, problems, warnings in ledger.query(
        "SELECT cells, outcome, problems, warnings FROM people WHERE row = ?", (row,)
    ):
        fates = [RowOutcome("", outcome, serialize.problems_of(problems))] if outcome else []
        fates += _letters(ledger, row)
        fates += [RowOutcome("", WARNING, serialize.problems_of(warnings))] if warnings and not outcome else []
        yield ProblemRow(row, serialize.cells_of(cells), tuple(fates))


def _letters(ledger: Ledger, row: int) -> list[RowOutcome]:
    """The row's letters that are not made and not to be made."""
    found = ledger.query(
        "SELECT ask, target, outcome, problems FROM letters"
        " WHERE row = ? AND outcome IN (?, ?) AND state = 'current' ORDER BY id",
        (row, Outcome.HELD, Outcome.DUPLICATE),
    )
    return [RowOutcome(f"{ask}/{target}", state, serialize.problems_of(text)) for ask, target, state, text in found]
