"""Rows that were rejected, mended and fed in again: each takes the place of its row of the supporters file.

What was fed in is kept in `mended/`, one file a time, with a hash of the row it was meant for: when the supporters
file is edited and another person stands in that row, the mended line is left out and said.
"""

import csv
import io
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from plea.campaigns.ledger import serialize
from plea.campaigns.ledger.schema import Lock
from plea.campaigns.model import Settings
from plea.campaigns.planning.versions import digest, file_version
from plea.campaigns.settings.settings import load_settings
from plea.errors import InputError
from plea.model.people import Row
from plea.supporters.columns import PLEA_COLUMNS
from plea.supporters.csv_injection import guarded
from plea.supporters.spreadsheets import same_to_a_spreadsheet
from plea.supporters.tables.decode import is_utf8
from plea.supporters.tables.table import Table, column_names, open_table
from plea.system.files import make_folder, write_atomic

FOLDER = "mended"
WAS = "plea_was"
_WAS_FIELD = f"extra.{WAS}"


class Overlay(NamedTuple):
    """What one mended line says of its row: the fields its file has columns for, and the cells by header."""

    was: str
    columns: frozenset[str]
    fields: Mapping[str, str]
    cells: Mapping[str, str]


def mended_files(settings: Settings) -> list[Path]:
    """What was fed in so far, in order."""
    return sorted((settings.folder / FOLDER).glob("[0-9]*.csv"))


class Mended:
    """Everything that was fed in, by row."""

    def __init__(self, settings: Settings) -> None:
        self._overlays: dict[int, list[Overlay]] = {}
        for path in mended_files(settings):
            for row, overlay in _overlays(path, settings):
                self._overlays.setdefault(row, []).append(overlay)
        self._used: set[int] = set()
        self._stale: set[int] = set()

    def applied(self, row: Row, header: Sequence[str]) -> Row:
        """The row as it was mended; as it stands when nobody did, or when it is another row now."""
        overlays = self._overlays.get(row.number)
        if not overlays:
            return row
        self._used.add(row.number)
        was = row_mark(row)
        fields, cells = dict(row.fields), list(row.cells)
        for overlay in overlays:
            if overlay.was != was:
                self._stale.add(row.number)
                continue
            fields = {key: value for key, value in fields.items() if key not in overlay.columns} | dict(overlay.fields)
            cells = [overlay.cells.get(name, cell) for name, cell in zip(header, cells, strict=False)]
        changed = row.number not in self._stale or fields != row.fields
        return Row(row.number, fields, tuple(cells), () if changed else row.problems)

    def notes(self) -> Iterator[str]:
        """Which mended lines were not used, once all rows were read."""
        gone = sorted(self._overlays.keys() - self._used)
        for rows, why in ((gone, "there is no such row now"), (sorted(self._stale), "another row stands there now")):
            if rows:
                some = ", ".join(map(str, rows[:10])) + (", ..." if len(rows) > 10 else "")  # noqa: PLR2004
                yield f"What was mended for row {some} is left out: {why}."


def feed_in(settings: Settings, path: Path) -> Path | None:
    """Keep the changed lines of a mended `rejects.csv` for this run and all later ones; None when none changed.

    Raises InputError when the file is none of ours, or has rows that the supporters file has not.
    """
    encoding = "" if is_utf8(path) else settings.encoding  # ours is UTF-8, whatever the supporters file is
    table = open_table(path, encoding=encoding, columns=_columns_there(settings, path, encoding))
    if not table.is_rejects:
        raise InputError(
            f"{path}: is not a rejects.csv of a campaign: it needs the columns {', '.join(PLEA_COLUMNS)}",
            "Mend the cells of out/rejects.csv, and leave those four columns as they are.",
        )
    supporters = open_table(settings.supporters, encoding=settings.encoding, columns=settings.columns)
    lines = [*_changed(settings, table, supporters)]
    if not lines:
        return None
    content = _as_csv(table.header, lines)
    files = mended_files(settings)
    folder = settings.folder / FOLDER
    target = folder / f"{int(files[-1].stem) + 1 if files else 1:03d}.csv"
    make_folder(folder)
    write_atomic(target, content)
    if files and file_version(files[-1]) == file_version(target):  # the same was fed in last time, and no run since
        target.unlink()
        return files[-1]
    return target


def row_mark(row: Row) -> str:
    """A hash of a row's own cells."""
    return digest(*row.cells)


def _changed(settings: Settings, table: Table, supporters: Table) -> Iterator[tuple[str, Row]]:
    """The lines that say something else than their row does, each with the mark of the row as the file has it.

    Of several lines of one row those count that were changed, the last one last.
    """
    mended = Mended(settings)
    with closing(sqlite3.connect("")) as waiting:  # an own file on the disk, gone with the connection
        waiting.execute("CREATE TABLE lines (row INTEGER, cells TEXT)")
        waiting.executemany(
            "INSERT INTO lines VALUES (?, ?)", ((row.number, serialize.cells_text(row.cells)) for row in table.rows())
        )
        waiting.execute("CREATE INDEX by_row ON lines (row)")
        for row in supporters.rows():
            found = waiting.execute("SELECT cells FROM lines WHERE row = ? ORDER BY rowid", (row.number,)).fetchall()
            if not found:
                continue
            now = dict(zip(supporters.header, mended.applied(row, supporters.header).cells, strict=False))
            before = tuple(now.get(name, "") for name in table.header)
            for (text,) in found:
                cells = tuple(map(_kept, before, serialize.cells_of(text)))
                named = zip(table.header, before, cells, strict=True)
                if any(name.strip() and was != cell for name, was, cell in named):
                    yield row_mark(row), Row(row.number, {}, cells)
        waiting.execute("DELETE FROM lines WHERE row <= ?", (row.number if supporters.header else 0,))
        beyond = waiting.execute("SELECT min(row) FROM lines").fetchone()[0]
    if beyond:
        raise InputError(
            f"{table.path}: row {beyond} is not in {settings.supporters.name}", "Leave the column plea_row as it was."
        )


def _kept(was: str, cell: str) -> str:
    """The cell as it was, where a spreadsheet alone made it what it is; else what it is."""
    return was if same_to_a_spreadsheet(was, cell) else cell


def _overlays(path: Path, settings: Settings) -> Iterator[tuple[int, Overlay]]:
    table = open_table(path, columns=_columns_there(settings, path))
    named = [(place, name) for place, name in enumerate(table.header) if name.strip() and name != WAS]
    columns = frozenset(table.ours[place] for place, _ in named)
    for row in table.rows():
        fields = {key: value for key, value in row.fields.items() if key in columns}
        yield row.number, Overlay(row.fields.get(_WAS_FIELD, ""), columns, fields, {n: row.cells[p] for p, n in named})


def _columns_there(settings: Settings, path: Path, encoding: str = "") -> Mapping[str, str]:
    """The campaign's own names of columns, those that the file has; a mended file may have fewer."""
    header = column_names(path, encoding=encoding)
    return {our: their for our, their in settings.columns.items() if their in header}


def _as_csv(header: Sequence[str], lines: Sequence[tuple[str, Row]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([WAS, *header, *PLEA_COLUMNS])
    for was, row in lines:
        writer.writerow([was, *map(guarded, row.cells), row.number, "", "", ""])
    return text.getvalue().encode()


def mend_rows(folder: Path, rows: Mapping[int, Mapping[str, str]]) -> bool:
    """Mend rows by their numbers; each gives its cells by the names of the columns. False when nothing was changed.

    A row must name every column that another one does. Raises LockedError while a run has the campaign.
    """
    columns = list(dict.fromkeys(name for cells in rows.values() for name in cells))
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([*columns, *PLEA_COLUMNS])
    for number, cells in rows.items():
        writer.writerow([*(guarded(cells[name]) for name in columns), number, "", "", ""])
    with tempfile.TemporaryDirectory(prefix=".plea-", dir=folder) as beside:
        path = Path(beside) / "mended.csv"
        write_atomic(path, text.getvalue().encode())
        return mend_by_file(folder, path)


def mend_by_file(folder: Path, path: Path) -> bool:
    """Feed a `rejects.csv` in that somebody mended; False when nothing in it was changed.

    Raises LockedError while a run has the campaign, InputError for a file that is none of ours.
    """
    settings = load_settings(folder)
    with _held(folder):
        return feed_in(settings, path) is not None


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    lock = Lock(folder)
    lock.take()
    try:
        yield
    finally:
        lock.release()
