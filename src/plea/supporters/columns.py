"""The columns we know and the headers people give them: `templates/columns.toml`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from plea.machine import packed, toml

PLEA_COLUMNS = ("plea_row", "plea_target", "plea_outcome", "plea_problems")
"""What our own table of rejects adds to the columns of the supporters table."""

NO_LETTER = re.compile(r"\W+|_+")


@dataclass(frozen=True, slots=True)
class Export:
    """A program whose exports are recognised by any header in `marks`."""

    name: str
    marks: frozenset[str]
    columns: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Columns:
    """Our columns with the headers that mean them (the first that is there counts), and the exports."""

    columns: Mapping[str, tuple[str, ...]]
    exports: tuple[Export, ...]
    languages: Mapping[str, str]

    def means(self, header: str) -> bool:
        """Whether a header is one of a known column."""
        return plain(header) in _all_headers()


@cache
def known_columns() -> Columns:
    """The built-in table of columns."""
    data = toml.load(packed.templates() / "columns.toml")
    exports = tuple(
        Export(export["name"], frozenset(export["marks"]), _tuples(export["columns"])) for export in data["exports"]
    )
    languages = {name: code for code, names in data["languages"].items() for name in names}
    return Columns(_tuples(data["columns"]), exports, languages)


def plain(header: str) -> str:
    """A header without what does not matter: `ZIP-Code ` gives `zip_code`."""
    return NO_LETTER.sub("_", header.replace("\ufeff", "").casefold()).strip("_")


@cache
def _all_headers() -> frozenset[str]:
    known = known_columns()
    tables = [known.columns, *(export.columns for export in known.exports)]
    marks = [mark for export in known.exports for mark in export.marks]
    return frozenset([*PLEA_COLUMNS, *marks, *(name for table in tables for names in table.values() for name in names)])


def _tuples(table: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {ours: tuple(theirs) for ours, theirs in table.items()}
