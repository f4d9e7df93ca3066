"""Corrected rows that were read in: each takes the place of its row of the supporters file.

What was read in is kept in `corrections/`, one file a time, with a hash of the row it was meant for: when the
supporters file is edited and another person stands in that row, the correction is left out, and a note says so.
"""

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from plea.campaigns.ledger import serialize
from plea.campaigns.ledger.ledger import campaign_lock
from plea.campaigns.planning.versions import digest, file_version
from plea.campaigns.settings import Settings, load_settings
from plea.errors import InputError
from plea.model.people import Row
from plea.problems import Problem
from plea.supporters.columns import PLEA_COLUMNS
from plea.supporters.csv_injection import csv_bytes
from plea.supporters.spreadsheets import same_to_a_spreadsheet
from plea.supporters.tables.decode import is_utf8
from plea.supporters.tables.table import Table, column_names, open_table
from plea.system.files import make_folder, write_atomic

FOLDER = "corrections"
OLD_FOLDER = "mended"
"""What the folder was called at first; what lies there still counts."""
WAS = "plea_was"
"""The column with the hash of the row that a correction was meant for."""
_WAS_FIELD = f"extra.{WAS}"
ROWS_NAMED = 10


class _Correction(NamedTuple):
    """What one corrected line says of its row: the fields its file has columns for, and the cells by header."""

    was: str
    columns: frozenset[str]
    fields: Mapping[str, str]
    cells: Mapping[str, str]


def correction_files(settings: Settings) -> list[Path]:
    """What was read in so far, in order."""
    return [path for folder in (OLD_FOLDER, FOLDER) for path in sorted((settings.folder / folder).glob("[0-9]*.csv"))]


class Corrections:
    """Everything that was read in, by row."""

    def __init__(self, settings: Settings) -> None:
        self._by_row: dict[int, list[_Correction]] = {}
        for path in correction_files(settings):
            table = open_table(path, columns=_columns_there(settings, path))
            named = [(place, name) for place, name in enumerate(table.header) if name.strip() and name != WAS]
            columns = frozenset(table.ours[place] for place, _ in named)
            for row in table.rows():
                fields = {key: value for key, value in row.fields.items() if key in columns}
                cells = {name: row.cells[place] for place, name in named}
                correction = _Correction(row.fields.get(_WAS_FIELD, ""), columns, fields, cells)
                self._by_row.setdefault(row.number, []).append(correction)
        self._met: set[int] = set()
        self._of_another_row: set[int] = set()

    def applied(self, row: Row, header: Sequence[str]) -> Row:
        """The row as it was corrected; as it stands when nobody did, or when it is another row now."""
        corrections = self._by_row.get(row.number)
        if not corrections:
            return row
        self._met.add(row.number)
        was = row_hash(row)
        fields, cells = dict(row.fields), list(row.cells)
        for correction in corrections:
            if correction.was != was:
                self._of_another_row.add(row.number)
                continue
            kept = {key: value for key, value in fields.items() if key not in correction.columns}
            fields = {**kept, **correction.fields}
            cells = [correction.cells.get(name, cell) for name, cell in zip(header, cells, strict=False)]
        changed = row.number not in self._of_another_row or fields != row.fields
        return Row(row.number, fields, tuple(cells), () if changed else row.problems)

    def notes(self) -> Iterator[Problem]:
        """Which corrections were not used, once all rows were read."""
        gone = self._by_row.keys() - self._met
        for rows, code, code_of_many in (
            (gone, "corrections.row_gone", "corrections.row_gone_and_more"),
            (self._of_another_row, "corrections.another_row", "corrections.another_row_and_more"),
        ):
            if rows:
                named = tuple(map(str, sorted(rows)[:ROWS_NAMED]))
                yield Problem(code if len(rows) <= ROWS_NAMED else code_of_many, rows=named, count=len(rows))


def add_corrections(settings: Settings, path: Path) -> Path | None:
    """Keep the changed lines of a corrected `rejects.csv` for this run and all later ones; None when none changed.

    Raises InputError when the file is none of ours, or has rows that the supporters file does not have.
    """
    encoding = "" if is_utf8(path) else settings.encoding  # ours is UTF-8, whatever the supporters file is
    table = open_table(path, encoding=encoding, columns=_columns_there(settings, path, encoding))
    if not table.is_rejects:
        raise InputError("corrections.not_rejects", str(path), columns=tuple(PLEA_COLUMNS))
    supporters = open_table(settings.supporters, encoding=settings.encoding, columns=settings.columns)
    lines = [[was, *row.cells, row.number, "", "", ""] for was, row in _changed(settings, table, supporters)]
    if not lines:
        return None
    files = correction_files(settings)
    path = settings.folder / FOLDER / f"{int(files[-1].stem) + 1 if files else 1:03d}.csv"
    make_folder(path.parent)
    write_atomic(path, csv_bytes([WAS, *table.header, *PLEA_COLUMNS], lines))
    if files and file_version(files[-1]) == file_version(path):  # the same was read in last time, and no run since
        path.unlink()
        return files[-1]
    return path


def correct_by_file(folder: Path, path: Path) -> bool:
    """Read a `rejects.csv` in that somebody corrected; False when nothing in it was changed.

    Raises LockedError while a run has the campaign, InputError for a file that is none of ours.
    """
    settings = load_settings(folder)
    lock = campaign_lock(folder)
    lock.take()
    try:
        return add_corrections(settings, path) is not None
    finally:
        lock.release()


def correct_rows(folder: Path, rows: Mapping[int, Mapping[str, str]]) -> bool:
    """Correct rows by their numbers; each gives its cells by the names of the columns. False when nothing was changed.

    A row must name every column that another one does. Raises LockedError while a run has the campaign.
    """
    columns = list(dict.fromkeys(name for cells in rows.values() for name in cells))
    lines: Iterable[list[object]] = (
        [*(cells[name] for name in columns), number, "", "", ""] for number, cells in rows.items()
    )
    with tempfile.TemporaryDirectory(prefix=".plea-", dir=folder) as temporary:
        path = Path(temporary) / "corrected.csv"
        write_atomic(path, csv_bytes([*columns, *PLEA_COLUMNS], lines))
        return correct_by_file(folder, path)


def row_hash(row: Row) -> str:
    """A hash of a row's own cells."""
    return digest(*row.cells)


def _changed(settings: Settings, table: Table, supporters: Table) -> Iterator[tuple[str, Row]]:
    """The lines that say something else than their row does, each with the hash of the row as the file has it.

    Of several lines of one row those count that were changed, the last one last.
    """
    corrections = Corrections(settings)
    with closing(sqlite3.connect("")) as waiting:  # a file of its own, gone with the connection
        waiting.execute("CREATE TABLE lines (row INTEGER, cells TEXT)")
        waiting.executemany(
            "INSERT INTO lines VALUES (?, ?)", ((row.number, serialize.cells_text(row.cells)) for row in table.rows())
        )
        waiting.execute("CREATE INDEX by_row ON lines (row)")
        last = 0
        for row in supporters.rows():
            last = row.number
            lines = waiting.execute("SELECT cells FROM lines WHERE row = ? ORDER BY rowid", (last,)).fetchall()
            if not lines:
                continue
            now = dict(zip(supporters.header, corrections.applied(row, supporters.header).cells, strict=False))
            before = tuple(now.get(name, "") for name in table.header)
            for (text,) in lines:
                cells = tuple(
                    was if same_to_a_spreadsheet(was, cell) else cell  # a spreadsheet alone made it what it is
                    for was, cell in zip(before, serialize.cells_of(text), strict=False)
                )
                named = zip(table.header, before, cells, strict=True)
                if any(name.strip() and was != cell for name, was, cell in named):
                    yield row_hash(row), Row(row.number, {}, cells)
        (beyond,) = waiting.execute("SELECT min(row) FROM lines WHERE row > ?", (last,)).fetchone()
    if beyond:
        raise InputError("corrections.unknown_row", str(table.path), row=str(beyond), table=settings.supporters.name)


def _columns_there(settings: Settings, path: Path, encoding: str = "") -> Mapping[str, str]:
    """The campaign's own names of columns, those that the file has; a corrected file may have fewer."""
    header = column_names(path, encoding=encoding)
    return {ours: theirs for ours, theirs in settings.columns.items() if theirs in header}
