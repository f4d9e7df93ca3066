"""The end of a campaign: personal data is removed, the counts and the hashes of the suppressed stay.

Removed are what the ledger knows of people and letters one by one, everything in the output folder but the report, the
mended rows, the previews, the tables that were handed over, and the supporters file where it lies in the campaign's
folder. An output folder elsewhere may hold files of others: there only what a run writes is removed. A list of the
suppressed is replaced by its hashes. The settings, the texts, the approvals and the key of the hashes stay; so does
whatever the organiser has put into the folder, which nobody but the organiser can tell what it is: it is named.
"""

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from plea.campaigns.checking.approval import FILE as APPROVALS
from plea.campaigns.checking.preview import FOLDER as PREVIEW
from plea.campaigns.ledger.ledger import Ledger
from plea.campaigns.ledger.records import MANIFEST, REJECTS
from plea.campaigns.ledger.schema import FILE as LEDGER
from plea.campaigns.ledger.schema import LOCK
from plea.campaigns.model import Settings
from plea.campaigns.planning.corrections import FOLDER as MENDED
from plea.campaigns.planning.recipients import FACT_PREFIX
from plea.campaigns.planning.signers import KEY, SUPPRESS, suppression_of
from plea.campaigns.preparing.scaffold import PACK, SHEET, TABLE, is_example
from plea.campaigns.running.covers import LABELS, MARKS, PICK_LIST
from plea.campaigns.settings.settings import FILE as SETTINGS
from plea.campaigns.settings.tables import FOLDER as TABLES
from plea.errors import InputError, MachineError
from plea.supporters.suppression import write_hashes

REPORT = "report"
TEMPORARY = re.compile(r"\.plea-.*\.tmp")  # what a killed run leaves
PURGED = "purged"
PERSONAL = {
    "people": ("id", "supporter", "cells", "sort", "problems", "warnings"),
    "letters": ("letter", "identity", "version", "supporter_id", "problems", "supersedes"),
}
"""What the ledger knows of people: a hash of a name and an address could be found by trying."""


def to_remove(settings: Settings, ledger: Ledger) -> tuple[Path, ...]:
    """The files and folders that a purge deletes, besides what it removes from the ledger."""
    return tuple(_to_remove(settings, ledger))


def purge(settings: Settings, ledger: Ledger, today: date) -> tuple[Path, ...]:
    """Remove the personal data; gives what was deleted. Killed on the way, it can be done again.

    Raises MachineError for what cannot be deleted.
    """
    suppress = settings.folder / SUPPRESS
    if suppress.exists():
        write_hashes(suppress, suppression_of(settings))
    removed = to_remove(settings, ledger)
    for path in removed:
        _delete(path)
    with ledger.transaction() as connection:
        connection.execute("PRAGMA secure_delete = ON")
        for table, columns in PERSONAL.items():
            emptied = ", ".join(f"{column} = ''" for column in columns)
            connection.execute(f"UPDATE {table} SET {emptied}")  # noqa: S608 (our own table and column names)
        connection.execute("DELETE FROM facts WHERE key LIKE ?", (f"{FACT_PREFIX}%",))
        ledger.remember(purged=today.isoformat(), plan="", header="[]")
    ledger.compact()
    return removed


def left_alone(settings: Settings) -> tuple[Path, ...]:
    """What lies in the campaign's folder and is none of the program's: perhaps copies with names in them."""
    ours = {SETTINGS, LEDGER, LOCK, APPROVALS, SUPPRESS, KEY, PACK, SHEET, MENDED, TABLES}
    own = {settings.supporters, settings.output, *settings.font_paths, *([settings.pack] if settings.pack else [])}
    roots = {path.relative_to(settings.folder).parts[0] for path in own if path.is_relative_to(settings.folder)}
    known = ours | roots
    found = sorted(path for path in settings.folder.iterdir() if path.name not in known)
    return tuple(path for path in found if path.name != TABLE or not is_example(path))


def refuse_purged(ledger: Ledger) -> None:
    """Raise InputError when the campaign was purged: nobody could tell any more which letters were made."""
    day = ledger.fact(PURGED)
    if day:
        raise InputError(
            f"{ledger.path.parent}: was purged on {day}; its letters are not known any more",
            "Begin a new campaign for new letters: plea campaign new DIR --ask KEY.",
        )


def _to_remove(settings: Settings, ledger: Ledger) -> Iterator[Path]:
    if settings.output.is_symlink():
        raise InputError(f"{settings.output}: is a link, and nothing is deleted through one", "Delete it by hand.")
    if settings.output.is_dir():
        kept = {REPORT} if _lies_within(settings.output, settings.folder) else _names_of_others(settings, ledger)
        yield from sorted(path for path in settings.output.iterdir() if path.name not in kept)
    for name in (MENDED, TABLES):
        if (settings.folder / name).is_dir():
            yield settings.folder / name
    within_tables = settings.supporters.parent == settings.folder / TABLES
    if settings.supporters.is_file() and _lies_within(settings.supporters, settings.folder) and not within_tables:
        yield settings.supporters


def _names_of_others(settings: Settings, ledger: Ledger) -> set[str]:
    """What lies in the output folder and no run has written."""
    ours = {MANIFEST, REJECTS, PICK_LIST, LABELS, MARKS, PREVIEW, *(key for (key,) in ledger.query(_DESKS))}
    names = {path.name for path in settings.output.iterdir()}
    return {name for name in names if name not in ours and not TEMPORARY.fullmatch(name)}


_DESKS = "SELECT key FROM destinations"


def _lies_within(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())


def _delete(path: Path) -> None:
    try:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        hint = "Delete it by hand, and purge again."
        raise MachineError(f"{path}: cannot be deleted: {error.strerror}", hint) from error
