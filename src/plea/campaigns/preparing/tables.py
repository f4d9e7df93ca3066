"""Tables of supporters that somebody uploads: kept in the campaign's folder, and how their columns are understood."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from plea.campaigns.preparing.scaffold import is_example
from plea.campaigns.settings import Settings, change_settings
from plea.errors import InputError, MachineError
from plea.supporters.columns import EXTRA, known_columns, plain
from plea.supporters.tables.table import column_names, open_table
from plea.system.files import make_folder, refuse_link, slug, write_atomic

FOLDER = "tables"
SUFFIXES = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".jsonl", ".ndjson"})
NAME_LIMIT = 80  # bytes
NUMBERED = re.compile(r"(\d{3,})-.+")
ROWS_LOOKED_AT = 50
EXAMPLES = 3
EXAMPLE_LIMIT = 60  # characters


@dataclass(frozen=True, slots=True)
class SavedTable:
    """A table in the campaign's folder, and how many rows it has."""

    path: Path
    rows: int


def save_table(folder: Path, name: str, content: Iterable[bytes], encoding: str = "") -> SavedTable:
    """Keep a table, readable by nobody else, under a name like the one it came with. The settings stay as they are.

    It is read to its end first; `encoding` as in `open_table`. Raises InputError, which calls the file by the name it
    came with, when it is no table, has no rows, or is a list of rows to correct, which would put all others out of the
    campaign; nothing of it is kept then.
    """
    refuse_link(folder / FOLDER)
    make_folder(folder / FOLDER)
    own_name = re.split(r"[/\\]", name)[-1]
    path = _reserved(folder, own_name)
    try:
        write_atomic(path, content)
        table = open_table(path, encoding=encoding, also={*map(plain, column_names(path, encoding=encoding))})
        if table.is_rejects:
            raise InputError("table.is_rejects", str(path))  # noqa: TRY301 (named below by the name it came with)
        rows = sum(1 for _ in table.rows())
        if not rows:
            raise InputError("table.no_rows", str(path))  # noqa: TRY301 (as above)
    except InputError as error:
        path.unlink()
        shown_name = "".join(character if character.isprintable() else "?" for character in own_name)[:NAME_LIMIT]
        problems = [problem.at(problem.where.replace(str(path), shown_name)) for problem in error.problems]
        raise InputError(problems) from error
    except BaseException:
        path.unlink()
        raise
    return SavedTable(path, rows)


def saved_tables(folder: Path) -> Mapping[str, Path]:
    """The tables that were uploaded, by their names. Raises MachineError where a link stands in their place."""
    refuse_link(folder / FOLDER)
    return {path.name: path for path in (folder / FOLDER).glob("*") if path.is_file() and not path.is_symlink()}


def use_table(folder: Path, table: Path, encoding: str = "") -> Settings:
    """Make a table of the folder the campaign's own. The one before it stays where it is."""
    name = table.absolute().relative_to(folder.absolute()).as_posix()
    return change_settings(folder, {("supporters",): name, ("encoding",): encoding or None})


def has_supporters(settings: Settings) -> bool:
    """Whether the campaign has a table of its own, and not just the two people of a new one's example."""
    return settings.supporters.is_file() and not is_example(settings.supporters)


def _reserved(folder: Path, own_name: str) -> Path:
    """A numbered path for a table, held by an empty file: another upload may come at the same moment."""
    stem, dot, ending = own_name.rpartition(".")
    suffix = f".{ending.lower()}" if dot and f".{ending.lower()}" in SUFFIXES else ".table"
    safe_name = f"{slug(stem or ending, NAME_LIMIT) or 'supporters'}{suffix}"
    while True:
        matches = (NUMBERED.fullmatch(path.name) for path in (folder / FOLDER).iterdir())
        number = max((int(match[1]) for match in matches if match), default=0) + 1
        path = folder / FOLDER / f"{number:03d}-{safe_name}"
        try:
            path.touch(mode=0o600, exist_ok=False)
        except FileExistsError:
            continue
        except OSError as error:
            raise MachineError.from_system(error) from error
        return path


@dataclass(frozen=True, slots=True)
class MatchedColumn:
    """A column: its own name, ours for it (empty when it means nothing to us), who says so, and what is in it.

    `how` is `own` for what `[columns]` says, `known` for a name that is known, `unknown`.
    """

    theirs: str
    ours: str
    how: str
    examples: tuple[str, ...]


def our_columns() -> tuple[str, ...]:
    """The columns that mean something to us, in the order of their table."""
    return tuple(known_columns().columns)


def matched_columns(settings: Settings) -> tuple[MatchedColumn, ...]:
    """The columns of the supporters file, in its order; nameless ones are left out.

    What `[columns]` names and the file does not have is passed over here; a check says it. Raises InputError for a file
    that is no table.
    """
    file_columns = {plain(name) for name in column_names(settings.supporters, encoding=settings.encoding)}
    own = {ours: theirs for ours, theirs in settings.columns.items() if plain(theirs) in file_columns}
    table = open_table(settings.supporters, encoding=settings.encoding, columns=own, also=file_columns)
    examples: list[dict[str, None]] = [{} for _ in table.header]
    for row in islice(table.rows(), ROWS_LOOKED_AT):
        for cell, lines in zip(row.cells, examples, strict=False):
            line = " ".join(cell.split())
            if line and len(lines) < EXAMPLES:
                lines[line if len(line) <= EXAMPLE_LIMIT else f"{line[: EXAMPLE_LIMIT - 1]}…"] = None
    columns = []
    for theirs, ours, lines in zip(table.header, table.ours, examples, strict=True):
        if theirs.strip():
            unknown = ours.startswith(EXTRA)
            how = "unknown" if unknown else "own" if ours in own else "known"
            columns.append(MatchedColumn(theirs, "" if unknown else ours, how, tuple(lines)))
    return tuple(columns)
