"""What every kind of table gives before its columns mean anything: records of cells."""

from collections.abc import Iterator
from typing import NamedTuple, Protocol

from plea.model import Problem

RECORD_LIMIT = 100_000
"""Characters of one row. Two stories of the longest, and a hundred more columns, stay below it."""


class Record(NamedTuple):
    """The cells of one row as they stood, the line (or the row of the sheet) it starts on, what is wrong with it."""

    cells: tuple[str, ...]
    line: int
    problems: tuple[Problem, ...] = ()


class Source(Protocol):
    """A file of records; the first is the header."""

    notes: list[str]
    """What its reader should know."""

    sparse: bool
    """Whether empty cells at the end of a row are left out by the format itself, as in a spreadsheet."""

    def records(self) -> Iterator[Record]:
        """The records, streamed; may be asked for again. Raises MendableError for a file that cannot be read on."""


def too_long(line: int) -> Problem:
    """A row that is larger than any letter."""
    return Problem(
        "row",
        f"is longer than {RECORD_LIMIT:,} characters (line {line})",
        "Shorten it; if a quotation mark opens in it and never closes, close it.",
    )
