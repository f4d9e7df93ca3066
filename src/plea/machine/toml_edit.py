"""One value of a TOML text set or taken out, with everything else (comments, order, spaces) left as it stands.

The text is edited line by line, as its reader would, and then read again: unless exactly the wanted value has changed,
the edit is refused. A library that keeps comments would put a new setting at the end of its table; here it takes the
place of the comment that offers it (`# supporters = "supporters.csv"`), where a person looks for it.
"""

import copy
import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from plea.errors import MendableError

Value = str | int | float | date | Sequence[str] | None
"""What a setting may be set to; None takes it out."""

_HEADER = re.compile(r"\s*\[([^\[\]]+)\]\s*(?:#.*)?$")
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_LONGEST = 200  # lines of one value
_NO_SUCH = -1


def with_value(text: str, path: Sequence[str], value: Value) -> str:
    """The text with one value set, by the names that lead to it: a key, or a table and a key.

    Raises MendableError where the text is written in a way that cannot be edited line by line.
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
        raise MendableError(
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
            raise MendableError(f"{'.'.join(path)}: {name} is no table", "Change it in an editor.")
    if value is None:
        table.pop(path[-1], None)
    else:
        table[path[-1]] = value if isinstance(value, (str, int, float, date)) else list(value)
    return wanted


def _table(lines: Sequence[str], tables: Sequence[str]) -> tuple[int, int]:
    """The first line after a table's header and the line after its last; the top of the file for no names."""
    headers = [(at, found[1]) for at, line in enumerate(lines) if (found := _HEADER.match(line))]
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
