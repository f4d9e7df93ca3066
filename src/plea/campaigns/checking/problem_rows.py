"""The rows that somebody must look at, one by one: their number, their cells, what became of them and why.

Read from a ledger, that of a run or the temporary one of a check, a page at a time, however many there are.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from plea.campaigns.ledger import serialize
from plea.campaigns.ledger.ledger import Ledger
from plea.campaigns.model import Outcome
from plea.problems import Problem

WARNING = "warning"


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """What became of one letter of a row (`target` is ask and official) or, with an empty target, of the row itself."""

    target: str
    outcome: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """A row of the supporters file, with its corrections, and every outcome of it that is not a letter as planned."""

    row: int
    cells: tuple[str, ...]
    outcomes: tuple[RowOutcome, ...]


# What somebody can do something about: rows that are wrong, letters that wait; warnings about the others.
_ROWS = (
    "SELECT row FROM people WHERE row > ?1 AND outcome = 'rejected'"
    " UNION SELECT row FROM letters WHERE row > ?1 AND outcome = 'held' AND state = 'current'"
)
_WARNED = " UNION SELECT row FROM people WHERE row > ?1 AND outcome = '' AND warnings != ''"
# A letter that was planned and could not be printed: it runs over its page, a character is missing.
_NOT_PRINTED = (
    "SELECT DISTINCT row FROM letters WHERE outcome = 'held' AND letter != '' AND state = 'current'"
    " AND row > ?1 ORDER BY 1 LIMIT ?2"
)


def problem_rows(ledger: Ledger, *, after: int = 0, limit: int = -1, warnings: bool = False) -> Iterator[ProblemRow]:
    """The rows to correct and (with `warnings`) those with a warning, in order, from the first one after a row."""
    sql = f"{_ROWS}{_WARNED if warnings else ''} ORDER BY 1 LIMIT ?2"
    for (row,) in ledger.query(sql, (after, limit)):
        yield from problem_row(ledger, row)


def rows_not_printed(ledger: Ledger, limit: int = -1) -> Iterator[ProblemRow]:
    """The rows with a letter that was planned and could not be printed."""
    for (row,) in ledger.query(_NOT_PRINTED, (0, limit)):
        yield from problem_row(ledger, row)


def problem_row(ledger: Ledger, row: int) -> Iterator[ProblemRow]:
    """One row by its number, whether anything is wrong with it or not; nothing where there is no such row."""
    letters = ledger.query(
        "SELECT ask || '/' || target, outcome, problems FROM letters"
        " WHERE row = ? AND outcome IN (?, ?) AND state = 'current' ORDER BY id",
        (row, Outcome.HELD, Outcome.DUPLICATE),
    )
    for cells, outcome, problems, warnings in ledger.query(
        "SELECT cells, outcome, problems, warnings FROM people WHERE row = ?", (row,)
    ):
        outcomes = [("", outcome, problems)] if outcome else []
        outcomes += letters
        outcomes += [("", WARNING, warnings)] if warnings and not outcome else []
        yield ProblemRow(
            row,
            serialize.cells_of(cells),
            tuple(RowOutcome(target, name, serialize.problems_of(text)) for target, name, text in outcomes),
        )
