"""Tables of JSON lines: one object a line, its keys the columns."""

import json
from collections.abc import Iterator
from typing import Any

from plea.errors import InputError
from plea.problems import Problem
from plea.supporters.tables.decode import RECORD_LIMIT, Record, Snapshot, encoding_of, text_lines, too_long

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
