"""The columns that we know (`templates/columns.toml`), and which column of a table is which of them."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache

from plea.errors import InputError
from plea.system import folders, toml

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
    data = toml.load(folders.templates() / "columns.toml")
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


EXTRA = "extra."
SHOWN = 40  # characters of a header that a message repeats


@dataclass(frozen=True, slots=True)
class Header:
    """Every column's own name and ours for it (empty: a column without a name or a value), and what to know.

    `rejects` is whether the table is one of our own, given back. `theirs` are the places of the columns that we have
    not added to it, in their order.
    """

    names: tuple[str, ...]
    ours: tuple[str, ...]
    rejects: bool
    theirs: tuple[int, ...]
    notes: tuple[str, ...]


def read_header(
    where: str, names: tuple[str, ...], *, own: Mapping[str, str], known: Columns, also: Collection[str] = ()
) -> Header:
    """The meaning of a header. `own` maps our names to theirs and goes before everything else.

    `also` are headers that are known without being ours. Raises InputError (starting with `where`) for two columns
    of one name, a mapped column that is not there, and a header in which nothing is known.
    """
    plains = [plain(name) for name in names]
    rejects = {*PLEA_COLUMNS} <= {*plains}
    ours = [""] * len(names)
    for our, their in own.items():
        ours[_mapped(where, our, their, names, known)] = our
    exports = [export for export in known.exports if export.marks & set(plains)]
    kept = _map_known(plains, ours, known, exports)
    if all(name.startswith((EXTRA, "plea_")) for name in ours) and not {*plains} & {*also}:
        raise InputError(
            f"{where}: none of the {len(names)} columns has a name that is known",
            "The first row of the first visible sheet must name the columns: take out what stands before it, or say in"
            " [columns] which of yours is name, street, city, state, zip.",
        )
    _refuse_twins(where, names, plains)
    notes = [f"Columns are read as an export of {export.name}." for export in exports]
    notes += [f"The column {names[at][:SHOWN]!r} is kept as {ours[at]}; {used!r} is read." for at, used in kept]
    theirs = tuple(place for place, name in enumerate(plains) if not rejects or name not in PLEA_COLUMNS)
    return Header(names, tuple(ours), rejects, theirs, tuple(notes))


def _refuse_twins(where: str, names: tuple[str, ...], plains: list[str]) -> None:
    seen: dict[str, int] = {}
    for place, name in enumerate(plains):
        if name and name in seen:
            twice = f"{names[seen[name]][:SHOWN].strip()!r} (columns {seen[name] + 1} and {place + 1})"
            raise InputError(f"{where}: two columns are called {twice}", "Rename one of them, or take it out.")
        seen[name] = place


def _mapped(where: str, our: str, their: str, names: tuple[str, ...], known: Columns) -> int:
    """The place of the column that the user named as one of ours."""
    if our not in known.columns and not our.startswith(EXTRA):
        near = get_close_matches(our, known.columns, 1)
        hint = f"{f'Did you mean {near[0]}? ' if near else ''}Ours are {', '.join(known.columns)}."
        raise InputError(f"{where}: we have no column {our[:SHOWN]!r}", hint)
    plains = [plain(name) for name in names]
    if their in names:
        return names.index(their)
    if plain(their) in plains:
        return plains.index(plain(their))
    near = get_close_matches(plain(their), plains, 1)
    meant = f"; did you mean {names[plains.index(near[0])][:SHOWN]!r}?" if near else ""
    raise InputError(f"{where}: there is no column {their[:SHOWN]!r}{meant}", f"It is named as {our} in [columns].")


def _map_known(plains: list[str], ours: list[str], known: Columns, exports: list[Export]) -> list[tuple[int, str]]:
    """Fill in what each column is; gives the columns that would have meant one that another already is."""
    places = {name: place for place, name in enumerate(plains) if name and not ours[place]}
    kept: list[tuple[int, str]] = []
    for our, headers in known.columns.items():
        special = [header for export in exports for header in export.columns.get(our, ())]
        found = [places[header] for header in dict.fromkeys([*special, *headers]) if header in places]
        found = [place for place in found if not ours[place]]
        if our in ours:
            kept += [(place, our) for place in found]
        elif found:
            ours[found[0]] = our
            kept += [(place, our) for place in found[1:]]
    for place, name in enumerate(plains):
        if not ours[place]:
            ours[place] = name if name in PLEA_COLUMNS else f"{EXTRA}{name or f'column_{place + 1}'}"
    return [(place, our) for place, our in kept if ours[place].startswith(EXTRA)]
