"""Tables of separated values (RFC 4180, and what spreadsheets make of it): comma, semicolon or tab.

Python's csv reader is strict here, so that a quotation mark that is never closed is reported where it opens, not as one
huge row. A row that is too long is read to its end, so that the next one starts in the right place, and dropped.
"""

import csv
import re
from collections.abc import Callable, Iterator

from plea.errors import InputError
from plea.problems import Problem
from plea.supporters.tables.decode import LONGEST, RECORD_LIMIT, Record, Snapshot, encoding_of, text_lines, too_long

DELIMITERS = (",", ";", "\t")
NAMED = re.compile(r"sep=(.)[\r\n]*")  # Excel's own way to name it, alone on the first line

csv.field_size_limit(LONGEST)  # of this process; the limit that counts is that of the row


class CsvTable:
    """A CSV file. `knows` says whether a header cell is a column's name, which settles the delimiter."""

    sparse = False

    def __init__(self, snapshot: Snapshot, encoding: str, knows: Callable[[str], bool]) -> None:
        self.notes: list[Problem] = []
        self._snapshot = snapshot
        self._encoding = encoding_of(snapshot, encoding)
        lines = text_lines(snapshot, self._encoding)
        first = next(lines, "")
        named = NAMED.fullmatch(first)
        self._skipped = 1 if named else 0
        while not named and first and not first.strip():
            first = next(lines, "")
        self._delimiter = named[1] if named else max(DELIMITERS, key=lambda by: _fitness(first, by, knows))

    def records(self) -> Iterator[Record]:
        """The records; a row that cannot be read is a record with a problem, and reading goes on."""
        lines = _Lines(self._snapshot, self._encoding, self._skipped)
        reader = csv.reader(lines, delimiter=self._delimiter, strict=True)
        while True:
            lines.start_row()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                if lines.ended or lines.number > lines.first:  # it is not clear where the next row starts
                    raise lines.not_closed() from error
                problem = Problem("row.quotation_marks", "row", line=str(lines.first))
                yield Record((), lines.first, (problem,))
                continue
            if lines.size > RECORD_LIMIT:
                yield Record((), lines.first, (too_long(lines.first),))
            elif cells:
                yield Record(tuple(cells), lines.first)


def _fitness(header: str, delimiter: str, knows: Callable[[str], bool]) -> tuple[int, int]:
    """How many names of columns a delimiter finds, then how many cells."""
    cells = next(csv.reader([header[:RECORD_LIMIT]], delimiter=delimiter), [])
    return sum(knows(cell) for cell in cells), len(cells)


class _Lines:
    """The lines that the reader asks for: `first` and `number` are the first and the last one of the row, from 1."""

    def __init__(self, snapshot: Snapshot, encoding: str, skipped: int) -> None:
        self._path = snapshot.path
        self._lines = text_lines(snapshot, encoding)
        self.number = self.first = self.size = 0
        self.ended = False
        for _ in range(skipped):
            next(self)

    def start_row(self) -> None:
        self.first = self.number + 1
        self.size = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines, "")
        if not line:
            self.ended = True
            raise StopIteration
        self.number += 1
        self.size += len(line)
        if self.size > LONGEST:
            raise self.not_closed()
        return line

    def not_closed(self) -> InputError:
        """The error of a quotation mark that opens in the row and closes too late, or never."""
        where = f"{self._path}:{self.first}"
        if self.ended or self.size > LONGEST:
            return InputError("table.open_quotation", where)
        return InputError("table.open_quotation_to_line", where, line=str(self.number))
