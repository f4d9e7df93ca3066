"""Tables of separated values (RFC 4180, and what spreadsheets make of it): comma, semicolon or tab.

Python's reader is strict here, so that a quotation mark that never closes is found where it opens and does not
swallow the rows after it. What is too long for a row is followed to its end without being kept.
"""

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from plea.errors import MendableError
from plea.model import Problem
from plea.supporters.decode import encoding_of, text_lines
from plea.supporters.record import RECORD_LIMIT, Record, too_long
from plea.supporters.snapshot import Snapshot

DELIMITERS = (",", ";", "\t")
NAMED = re.compile(r"sep=(.)[\r\n]*")  # Excel's own way to name it, alone on the first line
INSIDE = re.compile(r'(?:[^"]+|"")*')
NO_QUOTES = re.compile(r'[^"\r\n]{3,}')
QUOTES = re.compile(r'"{3,}')
EVEN, ODD = '""', '"'


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
        lines = _Lines(text_lines(self._snapshot, self._encoding), self._snapshot.path, self._skipped)
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
            return Problem(
                "row",
                f"has quotation marks that do not match (line {lines.first})",
                'Inside quotation marks, write one as two: "Al ""Ace"" Example".',
            )
        if "field limit" in str(error):
            raise MendableError(
                f"{self._snapshot.path}:{lines.first}: a row starts here that cannot be told from what follows",
                "Look for a quotation mark that is opened there and not closed.",
            ) from error
        where = "" if lines.ended else f" (the text goes on to line {lines.number})"
        raise MendableError(
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
    """The lines the reader asks for, counted; past the limit of a row only what its structure needs."""

    def __init__(self, lines: Iterator[str], path: Path, skipped: int) -> None:
        self._lines = lines
        self.path = path
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
        """A line in pieces, or one too many, made small: only where quotations open and close matters of it."""
        shrink = _from_closing if self.number > self.first else _structure
        text = line
        while line and line[-1] not in "\r\n":
            line = next(self._lines, "")
            self._size += len(line)
            text += line
            if self._size > RECORD_LIMIT:
                text = shrink(text)
        if self._size <= RECORD_LIMIT:
            return text
        self.cut = True
        return _structure(shrink(text).rstrip("\r\n"))


def _from_closing(text: str) -> str:
    """What is left of a text within a quotation from the mark that closes it; nothing if none does."""
    inside = INSIDE.match(text)
    return text[inside.end() :] if inside else text


def _structure(text: str) -> str:
    """The same text to a strict reader, as far as it opens and closes the same quotations."""
    few = NO_QUOTES.sub(lambda match: match[0][0] + match[0][-1], text)
    return QUOTES.sub(lambda match: ODD if len(match[0]) % 2 else EVEN, few)
