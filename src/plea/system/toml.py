"""TOML files, with the line of whatever is wrong in them."""

import copy
import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from plea.errors import InputError
from plea.system.files import read_text

_AT = re.compile(r"^(?P<what>.*) \(at (?:line (?P<line>\d+), column \d+|(?P<end>end of document))\)$", re.DOTALL)
_HEADER = re.compile(r"^\s*(?P<open>\[\[?)\s*(?P<path>[^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_NAME = r"""(?:[\w-]+|"[^"]*"|'[^']*')"""
_KEY = re.compile(rf"^\s*(?P<path>{_NAME}(?:\s*\.\s*{_NAME})*)\s*=(?P<rest>.*)$")
_PART = re.compile(_NAME)

Step = str | int
"""A key of a table, or the place (from 0) in an array of tables."""


def load(path: Path) -> dict[str, Any]:
    """The content of a TOML file. Raises InputError `file:line: what`."""
    return parse(read_text(path), path)


def parse(text: str, path: Path) -> dict[str, Any]:
    """The content of TOML text that was read from the path. Raises InputError `file:line: what`."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _AT.match(str(error))
        what = found["what"] if found else str(error)
        line = (found and found["line"]) or str(text.count("\n") + 1)
        raise InputError(f"{path}:{line}: {what}", "Mend the TOML there (https://toml.io).") from error
    except RecursionError as error:
        raise InputError(f"{path}:1: is nested too deep", "Keep to tables as in the built-in files.") from error


def line_of(source: Path | str, *steps: Step) -> int:
    """The line (from 1) on which the value at the steps is set, in a file or in TOML text.

    `line_of(path, "reasons", 1, "text", "en")` is the second `[[reasons]]`, its `text.en`. What is not there gives
    the line of the nearest table above it, and 1 if there is none.
    """
    lines = _lines(source if isinstance(source, str) else read_text(source))
    return next((lines[steps[:few]] for few in range(len(steps), 0, -1) if steps[:few] in lines), 1)


@lru_cache(maxsize=8)
def _lines(text: str) -> dict[tuple[Step, ...], int]:
    """The first line of each path in the text; kept, since a file of facts is asked once for each of them."""
    lines: dict[tuple[Step, ...], int] = {}
    for line, path in _scan(text):
        for length in range(1, len(path) + 1):
            lines.setdefault(path[:length], line)
    return lines


def _scan(text: str) -> Iterator[tuple[int, tuple[Step, ...]]]:
    """Reads as much TOML as files written by hand hold."""
    table: tuple[Step, ...] = ()
    counts: dict[tuple[Step, ...], int] = {}
    closing = ""
    for number, line in enumerate(text.split("\n"), 1):
        if closing:
            closing = "" if closing in line else closing
            continue
        head = _HEADER.match(line)
        if head:
            table = _with_places(_parts(head["path"]), counts, opens=head["open"] == "[[")
            yield number, table
            continue
        key = _KEY.match(line)
        if key:
            yield number, table + _parts(key["path"])
            closing = _left_open(key["rest"])


def _parts(path: str) -> tuple[Step, ...]:
    return tuple(part.strip("\"'") for part in _PART.findall(path))


def _with_places(path: tuple[Step, ...], counts: dict[tuple[Step, ...], int], *, opens: bool) -> tuple[Step, ...]:
    """The path with the place of each array of tables in it."""
    full: tuple[Step, ...] = ()
    for place, step in enumerate(path):
        full += (step,)
        if opens and place == len(path) - 1:
            counts[full] = counts.get(full, -1) + 1
        if full in counts:
            full += (counts[full],)
    return full


def _left_open(rest: str) -> str:
    """The mark that ends the multi-line string this line leaves open; empty if it leaves none."""
    for mark in ('"""', "'''"):
        if rest.count(mark) == 1:
            return mark
    return ""


Value = str | int | float | date | Sequence[str] | None
"""What a setting may be set to; None takes it out."""

_TABLE_HEADER = re.compile(r"\s*\[([^\[\]]+)\]\s*(?:#.*)?$")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_LONGEST = 200  # lines of one value
_NO_SUCH = -1


def with_value(text: str, path: Sequence[str], value: Value) -> str:
    """The text with one value set, by the names that lead to it: a key, or a table and a key.

    Raises InputError where the text is written in a way that cannot be edited line by line.
    """
    wanted = _wanted(tomllib.loads(text), path, value)
    *tables, key = path
    lines = text.split("\n")
    first, last = _table(lines, tables)
    if first == _NO_SUCH and value is not None:
        lines = [*(lines[:-1] if lines[-1] == "" else lines), "", f"[{'.'.join(map(_name, tables))}]", ""]
        first, last = len(lines) - 1, len(lines) - 1
    if first != _NO_SUCH:
        _edit(lines, first, last, key, value)
    edited = "\n".join(lines)
    try:
        right = tomllib.loads(edited) == wanted
    except tomllib.TOMLDecodeError:
        right = False
    if not right:
        raise InputError(
            f"{'.'.join(path)}: is written in a way that cannot be changed from here", "Change it in an editor."
        )
    return edited


def _wanted(content: Mapping[str, Any], path: Sequence[str], value: Value) -> dict[str, Any]:
    """What the edited text must say."""
    wanted = copy.deepcopy(dict(content))
    table = wanted
    for name in path[:-1]:
        if value is None and name not in table:
            return wanted
        table = table.setdefault(name, {})
        if not isinstance(table, dict):
            raise InputError(f"{'.'.join(path)}: {name} is no table", "Change it in an editor.")
    if value is None:
        table.pop(path[-1], None)
    else:
        table[path[-1]] = value if isinstance(value, (str, int, float, date)) else list(value)
    return wanted


def _table(lines: Sequence[str], tables: Sequence[str]) -> tuple[int, int]:
    """The first line after a table's header and the line after its last; the top of the file for no names."""
    headers = [(at, found[1]) for at, line in enumerate(lines) if (found := _TABLE_HEADER.match(line))]
    ends = [at for at, _ in headers] + [len(lines)]
    if not tables:
        return 0, ends[0]
    name = ".".join(tables)
    for place, (at, header) in enumerate(headers):
        if header.replace(" ", "").replace('"', "") == name:
            return at + 1, ends[place + 1]
    return _NO_SUCH, _NO_SUCH


def _edit(lines: list[str], first: int, last: int, key: str, value: Value) -> None:
    """Set the key among the lines of its table, or take it out."""
    name = rf"(?:{re.escape(key)}|{re.escape(json.dumps(key, ensure_ascii=False))})"
    setting, offer = re.compile(rf"\s*{name}\s*="), re.compile(rf"#\s*{name}\s*=")
    new = [] if value is None else [f"{_name(key)} = {_written(value)}"]
    for at in range(first, last):
        if setting.match(lines[at]):
            lines[at : _end(lines, at)] = new
            return
    if value is None:
        return
    offered = next((at for at in range(first, last) if offer.match(lines[at])), None)
    if offered is not None:
        lines[offered : offered + 1] = new
    else:
        at = _after_content(lines, first, last)
        lines[at:at] = new


def _end(lines: Sequence[str], at: int) -> int:
    """The line after a setting, whose value may go over several."""
    for end in range(at + 1, min(len(lines), at + _LONGEST) + 1):
        try:
            tomllib.loads("\n".join(lines[at:end]))
        except tomllib.TOMLDecodeError:
            continue
        return end
    return at + 1


def _after_content(lines: Sequence[str], first: int, last: int) -> int:
    """Where a new setting goes: behind the table's last setting, before the comment that opens the next table."""
    content = [at for at in range(first, last) if lines[at].strip() and not lines[at].lstrip().startswith("#")]
    return content[-1] + 1 if content else first


def _name(key: str) -> str:
    return key if _BARE.fullmatch(key) else json.dumps(key, ensure_ascii=False)


def _written(value: Value) -> str:
    """A value as TOML writes it. JSON's strings are TOML's, but for one character that JSON leaves as it is."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (int, float)):
        return repr(value)
    return json.dumps(value if isinstance(value, str) else list(value or ()), ensure_ascii=False).replace(
        "\x7f", "\\u007f"
    )
