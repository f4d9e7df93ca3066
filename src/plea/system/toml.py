"""TOML files: read with the line of whatever is wrong in them, and changed one value at a time."""

import re
import tomllib
from collections.abc import Iterator, MutableMapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from plea.errors import InputError
from plea.system.files import read_text

# What tomllib says, and where; its errors have no attributes for these before Python 3.14.
_AT = re.compile(r"^(?P<what>.*) \(at (?:line (?P<line>\d+), column \d+|(?P<end>end of document))\)$", re.DOTALL)
_HEADER = re.compile(r"^\s*(?P<open>\[\[?)\s*(?P<path>[^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_NAME = r"""(?:[\w-]+|"[^"]*"|'[^']*')"""
_KEY = re.compile(rf"^\s*(?P<path>{_NAME}(?:\s*\.\s*{_NAME})*)\s*=(?P<rest>.*)$")
_PART = re.compile(_NAME)

Step = str | int
"""A key of a table, or the place (from 0) in an array of tables."""

Value = str | int | float | date | Sequence[str] | None
"""What a setting may be set to; None takes it out."""


def load(path: Path) -> dict[str, Any]:
    """The content of a TOML file. Raises InputError at `file:line`."""
    return parse(read_text(path), path)


def parse(text: str, path: Path) -> dict[str, Any]:
    """The content of TOML text that was read from the path. Raises InputError at `file:line`."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        match = _AT.match(str(error))
        reason = match["what"] if match else str(error)
        line = (match and match["line"]) or str(text.count("\n") + 1)
        raise InputError("toml.not_valid", f"{path}:{line}", reason=reason) from error
    except RecursionError as error:
        raise InputError("toml.nested_too_deep", f"{path}:1") from error


# --- where things are -------------------------------------------------------------------------------------


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
    for line, path in _settings(text):
        for length in range(1, len(path) + 1):
            lines.setdefault(path[:length], line)
    return lines


def _settings(text: str) -> Iterator[tuple[int, tuple[Step, ...]]]:
    """The line and the path of each table header and setting; reads as much TOML as people write by hand."""
    table: tuple[Step, ...] = ()
    counts: dict[tuple[Step, ...], int] = {}  # of each array of tables: the place of its last table
    closing = ""  # the quotation marks that end a string of several lines
    for number, line in enumerate(text.split("\n"), 1):
        if closing:
            closing = "" if closing in line else closing
        elif header := _HEADER.match(line):
            names = _names(header["path"])
            table = ()
            for depth, name in enumerate(names, 1):
                table += (name,)
                if header["open"] == "[[" and depth == len(names):
                    counts[table] = counts.get(table, -1) + 1
                if table in counts:
                    table += (counts[table],)
            yield number, table
        elif key := _KEY.match(line):
            yield number, table + _names(key["path"])
            closing = next((quotes for quotes in ('"""', "'''") if key["rest"].count(quotes) == 1), "")


def _names(path: str) -> tuple[str, ...]:
    return tuple(name.strip("\"'") for name in _PART.findall(path))


# --- changing a file --------------------------------------------------------------------------------------


def with_value(text: str, path: Sequence[str], value: Value) -> str:
    """The text with one value set or taken out, by the names that lead to it; all else stays to the character.

    A new setting takes the place of a comment that offers it (`# name = ...`), else it follows the last setting of its
    table; a table that is missing is added at the end. Raises InputError when a name on the way is not a table.
    """
    import tomlkit  # noqa: PLC0415 (40 ms, and few commands change a file)
    from tomlkit.items import AoT, Comment, SingleKey, Table  # noqa: PLC0415 (as above)

    document = tomlkit.parse(text)
    table: Any = document
    *names, setting = path
    for place, name in enumerate(names, 1):
        if name not in table:
            if value is None:
                return text
            header = ".".join(SingleKey(part).as_string() for part in names)
            without_end = text.removesuffix("\n")
            return with_value(f"{without_end}\n\n[{header}]\n", path, value)
        table = table[name]
        if not isinstance(table, MutableMapping):
            raise InputError("setting.not_in_a_table", ".".join(path), name=".".join(names[:place]))
    if value is None:
        table.pop(setting, None)
        return document.as_string()
    new = tomlkit.item(value if isinstance(value, (str, int, float, date)) else [*value])
    has_header = isinstance(table, Table) and not table.is_super_table()
    if setting in table or not (has_header or table is document):
        table[setting] = new
        return document.as_string()
    # tomlkit would put a new key behind the comments that open the next table, so the line is put in place by hand.
    body = table.value.body if has_header else document.body
    key = SingleKey(setting).as_string()
    line = f"{key} = {new.as_string()}"
    offer = re.compile(rf"#\s*(?:{re.escape(setting)}|{re.escape(key)})\s*=")
    offers = [item for _, item in body if isinstance(item, Comment) and offer.match(item.trivia.comment)]
    settings = [item for name, item in body if name is not None and not isinstance(item, (Table, AoT))]
    if offers:
        offers[0].trivia.comment = line
    elif settings or has_header:
        trivia = (settings[-1] if settings else table).trivia
        trivia.trail = (trivia.trail or "\n") + line + "\n"
    else:
        return f"{line}\n{text}"
    return document.as_string()
