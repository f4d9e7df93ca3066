"""A table that somebody hands over, put into the campaign's folder: numbered, never in place of an earlier one."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from plea.campaigns.nouns import Settings
from plea.campaigns.scaffold import is_example
from plea.campaigns.settings_change import change_settings
from plea.errors import MendableError
from plea.letters.produce import make_folder
from plea.machine.files import slug, write_atomic
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
    make_folder(folder / FOLDER)
    kept = folder / FOLDER / f"{_next(folder):03d}-{_safe(name)}"
    write_atomic(kept, content)
    try:
        return Taken(kept, _rows_of(kept, encoding))
    except MendableError as error:
        kept.unlink()
        raise MendableError(error.message.replace(str(kept), _shown(name)), error.hint) from error
    except BaseException:
        kept.unlink()
        raise


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
