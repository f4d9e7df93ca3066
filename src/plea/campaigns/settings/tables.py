"""The table of supporters that somebody hands over: kept in the folder, and its columns as they are understood."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from plea.campaigns.model import Settings
from plea.campaigns.preparing.scaffold import is_example
from plea.campaigns.settings.settings import change_settings
from plea.errors import InputError, MachineError
from plea.supporters.columns import EXTRA, known_columns, plain
from plea.supporters.tables.table import column_names, open_table
from plea.system.files import make_folder, refuse_link, slug, write_atomic

FOLDER = "tables"
ENDINGS = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".jsonl", ".ndjson"})
LONGEST = 80  # bytes of a name
NUMBERED = re.compile(r"(\d{3,})-.+")


@dataclass(frozen=True, slots=True)
class Taken:
    """A table in the campaign's folder, and how many rows it has."""

    path: Path
    rows: int


def take_in(folder: Path, name: str, content: Iterable[bytes], encoding: str = "") -> Taken:
    """Keep a table, readable by nobody else, under a name made of what it is called. The settings stay as they are.

    It is read to its end first, an XLSX by the limited child; `encoding` as in `open_table`. Raises InputError,
    which calls the file by the name it came with, when it is no table, has no rows, or is a list of rows to mend, which
    would put all others out of the campaign; nothing of it is kept then.
    """
    refuse_link(folder / FOLDER)
    make_folder(folder / FOLDER)
    kept = _reserved(folder, name)
    try:
        write_atomic(kept, content)
        return Taken(kept, _rows_of(kept, encoding))
    except InputError as error:
        kept.unlink()
        raise InputError(error.message.replace(str(kept), _shown(name)), error.hint) from error
    except BaseException:
        kept.unlink()
        raise


def tables_taken(folder: Path) -> Mapping[str, Path]:
    """The tables that were handed over, by their names. Raises MachineError where a link stands in their place."""
    refuse_link(folder / FOLDER)
    return {path.name: path for path in (folder / FOLDER).glob("*") if path.is_file() and not path.is_symlink()}


def use_table(folder: Path, table: Path, encoding: str = "") -> Settings:
    """Make a table of the folder the campaign's own. The one before it stays where it is."""
    name = table.absolute().relative_to(folder.absolute()).as_posix()
    return change_settings(folder, {("supporters",): name, ("encoding",): encoding or None})


def has_supporters(settings: Settings) -> bool:
    """Whether the campaign has a table of its own, and not just the two people of a new one's example."""
    return settings.supporters.is_file() and not is_example(settings.supporters)


def _rows_of(path: Path, encoding: str) -> int:
    names = column_names(path, encoding=encoding)
    table = open_table(path, encoding=encoding, also={plain(name) for name in names})
    if table.is_rejects:
        raise InputError(f"{path}: is a list of rows to mend, not a table of signers", "Bring it back as that list.")
    count = sum(1 for _ in table.rows())
    if not count:
        raise InputError(f"{path}: has a header and no rows", "Fill in a row for each person who signs.")
    return count


def _reserved(folder: Path, name: str) -> Path:
    """A name of its own for a table, held by an empty file: another may come in at the same moment."""
    while True:
        path = folder / FOLDER / f"{_next(folder):03d}-{_safe(name)}"
        try:
            path.touch(mode=0o600, exist_ok=False)
        except FileExistsError:
            continue
        except OSError as error:
            raise MachineError(f"{path}: cannot be written: {error.strerror}", "Check the disk.") from error
        return path


def _next(folder: Path) -> int:
    found = (NUMBERED.fullmatch(path.name) for path in (folder / FOLDER).iterdir())
    return max((int(match[1]) for match in found if match), default=0) + 1


def _safe(name: str) -> str:
    """A name of our own: the slug of the last part of theirs, with an ending that is known."""
    last = re.split(r"[/\\]", name)[-1]
    stem, dot, ending = last.rpartition(".")
    kind = f".{ending.lower()}" if dot and f".{ending.lower()}" in ENDINGS else ".table"
    return f"{slug(stem or ending, LONGEST) or 'supporters'}{kind}"


def _shown(name: str) -> str:
    """The name it came with, as it may stand in a message."""
    last = re.split(r"[/\\]", name)[-1]
    plain_name = "".join(one if one.isprintable() else "?" for one in last)
    return plain_name[:LONGEST] or "the file"


ROWS = 50  # looked at for examples
EXAMPLES = 3
SHOWN = 60  # characters of one


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

    What `[columns]` names and the file has not is passed over here; a check says it. Raises InputError for a file
    that is no table.
    """
    names = column_names(settings.supporters, encoding=settings.encoding)
    there = {plain(name) for name in names}
    own = {ours: theirs for ours, theirs in settings.columns.items() if plain(theirs) in there}
    table = open_table(settings.supporters, encoding=settings.encoding, columns=own, also=there)
    examples: list[dict[str, None]] = [{} for _ in table.header]
    for row in islice(table.rows(), ROWS):
        for cell, found in zip(row.cells, examples, strict=False):
            if cell.strip() and len(found) < EXAMPLES:
                found[_short(cell)] = None
    mapped = {ours for ours in own if not ours.startswith(EXTRA)}
    return tuple(
        MatchedColumn(theirs, "" if ours.startswith(EXTRA) else ours, _how(ours, mapped), tuple(found))
        for theirs, ours, found in zip(table.header, table.ours, examples, strict=True)
        if theirs.strip()
    )


def _how(ours: str, mapped: set[str]) -> str:
    if ours.startswith(EXTRA):
        return "unknown"
    return "own" if ours in mapped else "known"


def _short(cell: str) -> str:
    line = " ".join(cell.split())
    return line if len(line) <= SHOWN else f"{line[: SHOWN - 1]}…"
