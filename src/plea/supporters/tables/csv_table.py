"""Tables of separated values (RFC 4180, and what spreadsheets make of it): comma, semicolon or tab.

Python's reader is strict here, so that a quotation mark that never closes is found where it opens and does not
swallow the rows after it. What is too long for a row is followed to its end without being kept.
"""

import csv
import re
from collections.abc import Callable, Iterator

from plea.errors import InputError
from plea.problems import Problem, old_problem
from plea.supporters.tables.decode import RECORD_LIMIT, Record, Snapshot, encoding_of, text_lines, too_long

DELIMITERS = (",", ";", "\t")
NAMED = re.compile(r"sep=(.)[\r\n]*")  # Excel's own way to name it, alone on the first line
INSIDE = re.compile(r'(?:[^"]+|"")*')
MARK = '"'


class CsvTable:
    """A CSV file. `knows` says whether a header cell is a column's name, which settles the delimiter."""

    sparse = False

    def __init__(self, snapshot: Snapshot, said: str, knows: Callable[[str], bool]) -> None:
        self.notes: list[str] = []
        self._snapshot = snapshot
        self._encoding = encoding_of(snapshot, said)
        self._skipped, self._delimiter = self._look(knows)

    def records(self) -> Iterator[Record]:
        """The records; a row that cannot be read is a record with a problem, and the next one is sound."""
        lines = _Lines(text_lines(self._snapshot, self._encoding), self._delimiter, self._skipped)
        reader = csv.reader(lines, delimiter=self._delimiter, strict=True)
        while True:
            lines.start()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield Record((), lines.first, (self._fault(lines, error),))
                continue
            if lines.cut:
                yield Record((), lines.first, (too_long(lines.first),))
            elif cells:
                yield Record(tuple(cells), lines.first)

    def _fault(self, lines: "_Lines", error: csv.Error) -> Problem:
        """A row whose quotation marks do not match, if it is clear where the next row starts; else the file's end."""
        if lines.first == lines.number and not lines.ended:
            return old_problem(
                "row",
                f"has quotation marks that do not match (line {lines.first})",
                'Inside quotation marks, write one as two: "Al ""Ace"" Example".',
            )
        where = "" if lines.ended else f" (the text goes on to line {lines.number})"
        raise InputError(
            f"{self._snapshot.path}:{lines.first}: a quotation mark opens in this row and is not closed{where}",
            "Close it, or take it out.",
        ) from error

    def _look(self, knows: Callable[[str], bool]) -> tuple[int, str]:
        """How many lines stand before the header (`sep=;`), and what separates the cells."""
        lines = text_lines(self._snapshot, self._encoding)
        first = next(lines, "")
        named = NAMED.fullmatch(first)
        if named:
            return 1, named[1]
        while first and not first.strip():
            first = next(lines, "")
        return 0, max(DELIMITERS, key=lambda delimiter: _fitness(first, delimiter, knows))


def _fitness(header: str, delimiter: str, knows: Callable[[str], bool]) -> tuple[int, int]:
    """How many names of columns a delimiter finds, then how many cells."""
    cells = next(csv.reader([header], delimiter=delimiter), [])
    return sum(knows(cell) for cell in cells), len(cells)


class _Lines:
    """The lines the reader asks for, counted; past the limit of a row only where it ends."""

    def __init__(self, lines: Iterator[str], delimiter: str, skipped: int) -> None:
        self._lines = lines
        self._delimiter = delimiter
        self.number = 0
        self.first = 0
        self.cut = False
        self.ended = False
        self._size = 0
        for _ in range(skipped):
            self.number += 1
            next(lines, "")

    def start(self) -> None:
        """A new row starts."""
        self.first = self.number + 1
        self.cut = False
        self._size = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines, "")
        if not line:
            self.ended = True
            raise StopIteration
        self.number += 1
        self._size += len(line)
        if self._size <= RECORD_LIMIT and line[-1] in "\r\n":
            return line
        return self._follow(line)

    def _follow(self, line: str) -> str:
        """A line in pieces, or one too many. Of a row too long, the reader is told whether it ends here."""
        going_on = self.number > self.first
        quotation = _Quotation(self._delimiter, inside=going_on)
        quotation.follow(line)
        text = line
        while line and line[-1] not in "\r\n":
            line = next(self._lines, "")
            self._size += len(line)
            text = text + line if self._size <= RECORD_LIMIT else ""
            quotation.follow(line)
        if self._size <= RECORD_LIMIT:
            return text
        self.cut = True
        quotation.end()
        if quotation.broken:
            raise csv.Error("a quotation ends within a cell")
        if going_on:
            return "" if quotation.inside else MARK
        return MARK if quotation.inside else "-"


class _Quotation:
    """Whether a text that comes in pieces is within quotation marks at its end, as a strict reader sees it."""

    def __init__(self, delimiter: str, *, inside: bool) -> None:
        self.inside = inside
        self.broken = False
        self._opens = delimiter + MARK
        self._ends = f"{delimiter}\r\n"
        self._before = "" if inside else delimiter  # what the next piece has to be read with

    def follow(self, piece: str) -> None:
        """Read on. A mark at the very end of a piece is left to the next one, in case it is one of two."""
        text, at = self._before + piece, 0
        while at < len(text):
            if not self.inside:
                opening = text.find(self._opens, at)
                self._before = text[-1:]
                if opening < 0:
                    return
                self.inside, at = True, opening + len(self._opens)
                continue
            inside = INSIDE.match(text, at)
            at = inside.end() if inside else at
            self._before = text[at:]
            if at >= len(text) - 1:
                return
            self.inside, at = False, at + 1
            self.broken = self.broken or text[at : at + 1] not in self._ends

    def end(self) -> None:
        """There is no next piece: a mark that was left to it closes."""
        if self._before == MARK:
            self.inside = False
