"""The columns of a supporters table (`templates/columns.toml`), and which column of a file is which of them."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from plea.errors import InputError
from plea.problems import Problem
from plea.system import folders, toml
from plea.system.similar import nearest

PLEA_COLUMNS = ("plea_row", "plea_target", "plea_outcome", "plea_problems")
"""What our own table of rejects adds to the columns of the supporters table."""

NO_LETTER = re.compile(r"\W+|_+")
EXTRA = "extra."
SHOWN = 40  # characters of a header that a message repeats


@dataclass(frozen=True, slots=True)
class Export:
    """A program whose exports are recognized by any header in `known_by`."""

    name: str
    known_by: frozenset[str]
    columns: Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class Columns:
    """Our columns with the headers that mean them (the first that is there counts), and the exports."""

    columns: Mapping[str, Sequence[str]]
    exports: tuple[Export, ...]
    languages: Mapping[str, str]

    @cached_property
    def headers(self) -> frozenset[str]:
        """Every header that is known, as `plain` gives it."""
        tables = [self.columns, *(export.columns for export in self.exports)]
        headers = [header for table in tables for headers in table.values() for header in headers]
        return frozenset(PLEA_COLUMNS).union(headers, *(export.known_by for export in self.exports))


@cache
def known_columns() -> Columns:
    """The built-in table of columns."""
    data = toml.load(folders.templates() / "columns.toml")
    exports = tuple(
        Export(export["name"], frozenset(export["known_by"]), export["columns"]) for export in data["exports"]
    )
    languages = {name: code for code, names in data["languages"].items() for name in names}
    return Columns(data["columns"], exports, languages)


def plain(header: str) -> str:
    """A header without what does not matter: `ZIP-Code ` gives `zip_code`."""
    return NO_LETTER.sub("_", header.replace("\ufeff", "").casefold()).strip("_")


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
    notes: tuple[Problem, ...]


def read_header(
    where: str, names: tuple[str, ...], *, own: Mapping[str, str], known: Columns, also: Collection[str] = ()
) -> Header:
    """The meaning of a header. `own` maps our names to theirs and goes before everything else.

    `also` are headers that are known without being ours. Raises InputError at `where` for two columns of one name, a
    mapped column that is not there, and a header in which nothing is known.
    """
    plains = [plain(name) for name in names]
    rejects = {*PLEA_COLUMNS} <= {*plains}
    ours = [""] * len(names)
    for our, their in own.items():
        ours[_mapped(where, our, their, names, known)] = our
    exports = [export for export in known.exports if export.known_by & set(plains)]
    not_mapped = _map_known(plains, ours, known, exports)
    if all(name.startswith((EXTRA, "plea_")) for name in ours) and not {*plains} & {*also}:
        raise InputError("table.no_known_column", where, count=len(names))
    first_place: dict[str, int] = {}
    for place, name in enumerate(plains):
        if name in first_place:
            excerpt = repr(names[first_place[name]][:SHOWN].strip())
            places = {"first": str(first_place[name] + 1), "second": str(place + 1)}
            raise InputError("table.same_column_twice", where, name=excerpt, **places)
        if name:
            first_place[name] = place
    notes = [Problem("table.export_of", program=export.name) for export in exports]
    notes += [
        Problem("table.column_kept_aside", column=repr(names[place][:SHOWN]), kept=ours[place], field=repr(our))
        for place, our in not_mapped
    ]
    theirs = tuple(place for place, name in enumerate(plains) if not rejects or name not in PLEA_COLUMNS)
    return Header(names, tuple(ours), rejects, theirs, tuple(notes))


def _mapped(where: str, our: str, their: str, names: tuple[str, ...], known: Columns) -> int:
    """The place of the column that the user named as one of ours."""
    if our not in known.columns and not our.startswith(EXTRA):
        values = {"field": repr(our[:SHOWN]), "fields": tuple(known.columns)}
        if near := nearest(our, known.columns):
            raise InputError("table.misspelled_field", where, nearest=near, **values)
        raise InputError("table.no_such_field", where, **values)
    if their in names:
        return names.index(their)
    plains = [plain(name) for name in names]
    if plain(their) in plains:
        return plains.index(plain(their))
    values = {"column": repr(their[:SHOWN]), "field": our}
    if near := nearest(plain(their), plains):
        raise InputError("table.misspelled_column", where, nearest=repr(names[plains.index(near)][:SHOWN]), **values)
    raise InputError("table.no_such_column", where, **values)


def _map_known(plains: list[str], ours: list[str], known: Columns, exports: list[Export]) -> list[tuple[int, str]]:
    """Fill in what each column is; gives the columns that would have meant one that another already is."""
    places = {name: place for place, name in enumerate(plains) if name and not ours[place]}
    not_mapped: list[tuple[int, str]] = []
    for our, headers in known.columns.items():
        of_exports = [header for export in exports for header in export.columns.get(our, ())]
        candidates = [places[header] for header in dict.fromkeys([*of_exports, *headers]) if header in places]
        candidates = [place for place in candidates if not ours[place]]
        if our in ours:
            not_mapped += [(place, our) for place in candidates]
        elif candidates:
            ours[candidates[0]] = our
            not_mapped += [(place, our) for place in candidates[1:]]
    for place, name in enumerate(plains):
        if not ours[place]:
            ours[place] = name if name in PLEA_COLUMNS else f"{EXTRA}{name or f'column_{place + 1}'}"
    return [(place, our) for place, our in not_mapped if ours[place].startswith(EXTRA)]
