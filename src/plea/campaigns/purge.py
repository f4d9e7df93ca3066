"""The end of a campaign: personal data is removed, the counts and the hashes of the suppressed stay.

Removed are what the ledger knows of people and letters one by one, everything in the output folder but the report, the
corrections, the previews, the tables that were uploaded, and the supporters file where it lies in the campaign's
folder. An output folder elsewhere may hold files of others: there only what a run writes is removed. A list of the
suppressed is replaced by its hashes. The settings, the texts, the approvals and the key of the hashes stay; so does
whatever the organizer has put into the folder: only the organizer can tell what it is, so it is named.
"""

import re
import shutil
from datetime import date
from pathlib import Path

from plea.campaigns.checking.approval import APPROVALS, PREVIEWS
from plea.campaigns.ledger.ledger import FILE as LEDGER
from plea.campaigns.ledger.ledger import LOCK, MANIFEST, REJECTS, Ledger
from plea.campaigns.planning.recipients import FACT_PREFIX
from plea.campaigns.planning.signers import CORRECTIONS, KEY, OLD_CORRECTIONS, SUPPRESS, suppression_of
from plea.campaigns.preparing.scaffold import PACK, SHEET, TABLE, is_example
from plea.campaigns.preparing.tables import FOLDER as TABLES
from plea.campaigns.reporting import report
from plea.campaigns.running.covers import HASHES, LABELS, PICK_LIST
from plea.campaigns.settings import FILE as SETTINGS
from plea.campaigns.settings import Settings
from plea.errors import InputError, MachineError
from plea.supporters.suppression import write_hashes

TEMPORARY = re.compile(r"\.plea-.*\.tmp")  # what a killed run leaves
PERSONAL = {
    "people": ("id", "supporter", "cells", "sort", "problems", "warnings"),
    "letters": ("letter", "identity", "version", "supporter_id", "problems", "supersedes"),
}
"""Columns of the ledger about people: a hash of a name and an address could be found by trying."""


def to_remove(settings: Settings, ledger: Ledger) -> tuple[Path, ...]:
    """The files and folders that a purge deletes, besides what it removes from the ledger.

    Raises InputError for an output folder that is a link.
    """
    if settings.output.is_symlink():
        raise InputError("purge.output_is_link", str(settings.output))
    paths: list[Path] = []
    if settings.output.is_dir():
        files = sorted(settings.output.iterdir())
        if _lies_within(settings.output, settings.folder):
            paths += [path for path in files if path.name != report.FOLDER]
        else:
            offices = {key for (key,) in ledger.query("SELECT key FROM destinations")}
            ours = {MANIFEST, REJECTS, PICK_LIST, LABELS, HASHES, PREVIEWS, *offices}
            paths += [path for path in files if path.name in ours or TEMPORARY.fullmatch(path.name)]
    folders = (settings.folder / name for name in (CORRECTIONS, OLD_CORRECTIONS, TABLES))
    paths += [folder for folder in folders if folder.is_dir()]
    within_tables = settings.supporters.parent == settings.folder / TABLES
    if settings.supporters.is_file() and _lies_within(settings.supporters, settings.folder) and not within_tables:
        paths.append(settings.supporters)
    return tuple(paths)


def purge(settings: Settings, ledger: Ledger, today: date) -> tuple[Path, ...]:
    """Remove the personal data; gives what was deleted. Killed on the way, it can be done again.

    Raises MachineError for what cannot be deleted.
    """
    suppress = settings.folder / SUPPRESS
    if suppress.exists():
        write_hashes(suppress, suppression_of(settings))
    removed = to_remove(settings, ledger)
    for path in removed:
        try:
            if path.is_dir() and not path.is_symlink():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        except OSError as error:
            raise MachineError("purge.cannot_delete", str(path), reason=error.strerror) from error
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
    """What lies in the campaign's folder and is not the program's: perhaps copies with names in them."""
    ours = {SETTINGS, LEDGER, LOCK, APPROVALS, SUPPRESS, KEY, PACK, SHEET, CORRECTIONS, OLD_CORRECTIONS, TABLES}
    named = {settings.supporters, settings.output, *settings.font_paths, *([settings.pack] if settings.pack else [])}
    ours |= {path.relative_to(settings.folder).parts[0] for path in named if path.is_relative_to(settings.folder)}
    others = sorted(path for path in settings.folder.iterdir() if path.name not in ours)
    return tuple(path for path in others if path.name != TABLE or not is_example(path))


def _lies_within(path: Path, folder: Path) -> bool:
    return path.resolve().is_relative_to(folder.resolve())
