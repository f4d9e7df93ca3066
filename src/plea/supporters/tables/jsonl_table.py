"""Tables of JSON lines: one object a line, its keys the columns."""

import json
from collections.abc import Iterator
from typing import Any

from plea.errors import InputError
from plea.problems import Problem, old_problem
from plea.supporters.tables.decode import Record, Snapshot, encoding_of, text_lines, too_long

COLUMNS = 1000
_HINT = 'A row is one line such as {"name": "Alex Example", "zip": "05401"}.'


class _TwiceError(ValueError):
    """Two keys of one name."""


class JsonLinesTable:
    """A file of JSON lines. It is read once before its rows, for the keys."""

    sparse = True

    def __init__(self, snapshot: Snapshot, said: str) -> None:
        self.notes: list[str] = []
        self._snapshot = snapshot
        self._encoding = encoding_of(snapshot, said)
        self._header = self._keys()

    def records(self) -> Iterator[Record]:
        """The keys, then the records; a line that is no flat object is a record with a problem."""
        yield Record(self._header, 1)
        for line, text, value in self._lines():
            if isinstance(value, Problem):
                yield Record((text.strip()[:200],), line, (value,))
                continue
            cells = {key: _cell(content) for key, content in value.items()}
            problems = tuple(_nested(key, line) for key, cell in cells.items() if cell is None)
            yield Record(tuple(cells.get(key) or "" for key in self._header), line, problems)

    def _keys(self) -> tuple[str, ...]:
        """Every key of the file, in the order of their first use."""
        keys: dict[str, None] = {}
        for _line, _text, value in self._lines():
            if not isinstance(value, Problem):
                keys |= dict.fromkeys(value)
            if len(keys) > COLUMNS:
                raise InputError(f"{self._snapshot.path}: has more than {COLUMNS:,} different keys", _HINT)
        return tuple(keys)

    def _lines(self) -> Iterator[tuple[int, str, dict[str, Any] | Problem]]:
        number, tail = 0, False
        pieces = text_lines(self._snapshot, self._encoding)
        for piece in pieces:
            if tail:
                tail = piece[-1] not in "\r\n"
                continue
            number += 1
            if piece[-1] not in "\r\n" and (more := next(pieces, "")):
                tail = more[-1] not in "\r\n"
                yield number, "", too_long(number)
            elif piece.strip():
                yield number, piece, _object(piece, number)


def _object(text: str, line: int) -> dict[str, Any] | Problem:
    try:
        value = json.loads(text, object_pairs_hook=_once)
    except _TwiceError as error:
        return old_problem("row", f"has two keys called {error.args[0]!r} (line {line})", "Keep one of them.")
    except (ValueError, RecursionError):
        return old_problem("row", f"is not JSON (line {line})", _HINT)
    if not isinstance(value, dict):
        return old_problem("row", f"is JSON, but no object (line {line})", _HINT)
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value: dict[str, Any] = {}
    for key, content in pairs:
        if key in value:
            raise _TwiceError(key[:40])
        value[key] = content
    return value


def _cell(value: Any) -> str | None:
    """A value as a cell; None for one that is nested. A list of plain values is a list of reasons, say."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer():
            return str(int(value))
        case str() | int() | float():
            return str(value)
        case list():
            cells = [_cell(item) for item in value]
            return (
                None if any(isinstance(item, list) for item in value) or None in cells else ", ".join(map(str, cells))
            )
    return None


def _nested(key: str, line: int) -> Problem:
    return old_problem("row", f"{key[:40]!r} holds values within values (line {line})", _HINT)
