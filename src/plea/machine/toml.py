"""TOML files, with the line of whatever is wrong in them."""

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from plea.errors import MendableError
from plea.machine.files import read_text

_AT = re.compile(r"^(?P<what>.*) \(at (?:line (?P<line>\d+), column \d+|(?P<end>end of document))\)$", re.DOTALL)
_HEADER = re.compile(r"^\s*(?P<open>\[\[?)\s*(?P<path>[^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_NAME = r"""(?:[\w-]+|"[^"]*"|'[^']*')"""
_KEY = re.compile(rf"^\s*(?P<path>{_NAME}(?:\s*\.\s*{_NAME})*)\s*=(?P<rest>.*)$")
_PART = re.compile(_NAME)

Step = str | int
"""A key of a table, or the place (from 0) in an array of tables."""


def load(path: Path) -> dict[str, Any]:
    """The content of a TOML file. Raises MendableError `file:line: what`."""
    return parse(read_text(path), path)


def parse(text: str, path: Path) -> dict[str, Any]:
    """The content of TOML text that was read from the path. Raises MendableError `file:line: what`."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _AT.match(str(error))
        what = found["what"] if found else str(error)
        line = (found and found["line"]) or str(text.count("\n") + 1)
        raise MendableError(f"{path}:{line}: {what}", "Mend the TOML there (https://toml.io).") from error
    except RecursionError as error:
        raise MendableError(f"{path}:1: is nested too deep", "Keep to tables as in the built-in files.") from error


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
