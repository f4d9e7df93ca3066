"""A table that somebody hands over, put into the campaign's folder: numbered, never in place of an earlier one."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from plea.campaigns.nouns import Settings
from plea.campaigns.scaffold import is_example
from plea.campaigns.settings_change import change_settings
from plea.errors import MachineError, MendableError
from plea.letters.produce import make_folder
from plea.machine.files import refuse_link, slug, write_atomic
from plea.supporters.columns import plain
from plea.supporters.tables import column_names, open_table

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

    It is read to its end first, an XLSX by the limited child; `encoding` as in `open_table`. Raises MendableError,
    which calls the file by the name it came with, when it is no table, has no rows, or is a list of rows to mend, which
    would put all others out of the campaign; nothing of it is kept then.
    """
    refuse_link(folder / FOLDER)
    make_folder(folder / FOLDER)
    kept = _reserved(folder, name)
    try:
        write_atomic(kept, content)
        return Taken(kept, _rows_of(kept, encoding))
    except MendableError as error:
        kept.unlink()
        raise MendableError(error.message.replace(str(kept), _shown(name)), error.hint) from error
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
        raise MendableError(f"{path}: is a list of rows to mend, not a table of signers", "Bring it back as that list.")
    count = sum(1 for _ in table.rows())
    if not count:
        raise MendableError(f"{path}: has a header and no rows", "Fill in a row for each person who signs.")
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
