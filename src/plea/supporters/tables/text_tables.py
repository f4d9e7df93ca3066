"""Tables that are text: separated values (RFC 4180, and what spreadsheets make of it), and JSON lines."""

import csv
import json
import re
from collections.abc import Collection, Iterator
from typing import Any

from plea.errors import InputError
from plea.problems import Problem
from plea.supporters.columns import plain
from plea.supporters.tables.decode import LONGEST, RECORD_LIMIT, Record, Snapshot, encoding_of, text_lines, too_long

DELIMITERS = (",", ";", "\t")
NAMED = re.compile(r"sep=(.)[\r\n]*")  # Excel's own way to name it, alone on the first line

csv.field_size_limit(LONGEST)  # of this process; the limit that counts is that of the row


class CsvTable:
    """A CSV file. `headers` are the names of columns that are known, which settle the delimiter."""

    sparse = False

    def __init__(self, snapshot: Snapshot, encoding: str, headers: Collection[str]) -> None:
        self.notes: list[Problem] = []
        self._snapshot = snapshot
        self._encoding = encoding_of(snapshot, encoding)
        lines = text_lines(snapshot, self._encoding)
        first = next(lines, "")
        named = NAMED.fullmatch(first)
        self._skipped = 1 if named else 0
        while not named and first and not first.strip():
            first = next(lines, "")

        def fitness(delimiter: str) -> tuple[int, int]:
            """How many names of columns a delimiter finds, then how many cells."""
            cells = next(csv.reader([first[:RECORD_LIMIT]], delimiter=delimiter), [])
            return sum(plain(cell) in headers for cell in cells), len(cells)

        self._delimiter = named[1] if named else max(DELIMITERS, key=fitness)

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


COLUMNS = 1000
SHOWN = 40  # characters of a key that a message repeats


class _KeyTwiceError(ValueError):
    """Two keys of one name."""


class JsonLinesTable:
    """A file of JSON lines. It is read once before its rows, for the keys."""

    sparse = True

    def __init__(self, snapshot: Snapshot, encoding: str) -> None:
        self.notes: list[Problem] = []
        self._snapshot = snapshot
        self._encoding = encoding_of(snapshot, encoding)
        keys: dict[str, None] = {}
        for _line, _text, value in self._lines():
            if not isinstance(value, Problem):
                keys |= dict.fromkeys(value)
            if len(keys) > COLUMNS:
                raise InputError("table.too_many_keys", str(snapshot.path), limit=COLUMNS)
        self._header = tuple(keys)

    def records(self) -> Iterator[Record]:
        """The keys in the order of their first use, then the records; a line that is no flat object is a problem."""
        yield Record(self._header, 1)
        for line, text, value in self._lines():
            if isinstance(value, Problem):
                yield Record((text.strip()[:200],), line, (value,))
                continue
            cells = {key: _cell(content) for key, content in value.items()}
            problems = tuple(
                Problem("row.nested_value", "row", key=repr(key[:SHOWN]), line=str(line))
                for key, cell in cells.items()
                if cell is None
            )
            yield Record(tuple(cells.get(key) or "" for key in self._header), line, problems)

    def _lines(self) -> Iterator[tuple[int, str, dict[str, Any] | Problem]]:
        for number, line in enumerate(text_lines(self._snapshot, self._encoding), 1):
            if len(line) > RECORD_LIMIT:
                yield number, "", too_long(number)
            elif line.strip():
                yield number, line, _object(line, number)


def _object(text: str, number: int) -> dict[str, Any] | Problem:
    line = str(number)
    try:
        value = json.loads(text, object_pairs_hook=_once)
    except _KeyTwiceError as error:
        return Problem("row.key_twice", "row", key=repr(error.args[0]), line=line)
    except (ValueError, RecursionError):
        return Problem("row.not_json", "row", line=line)
    return value if isinstance(value, dict) else Problem("row.not_a_json_object", "row", line=line)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for key, content in pairs:
        if key in value:
            raise _KeyTwiceError(key[:SHOWN])
        value[key] = content
    return value


def _cell(value: Any) -> str | None:
    """A value as a cell; None for one that is nested. A list of plain values is a list of reasons, for example."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer():
            return str(int(value))
        case str() | int() | float():
            return str(value)
        case list() if not any(isinstance(item, (list, dict)) for item in value):
            return ", ".join(str(_cell(item)) for item in value)
    return None
