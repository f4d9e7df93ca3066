"""The rows of a campaign's supporters file, with corrections in the place of theirs, and what each row must hold.

Corrected rows that were read in are kept in `corrections/`, one file a time, each with a hash of the row it was meant
for: when the supporters file is edited and another person stands in that row, the correction is left out, and a note
says so.
"""

import secrets
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from plea.campaigns.context import CampaignContext
from plea.campaigns.ledger import serialize
from plea.campaigns.ledger.ledger import campaign_lock
from plea.campaigns.planning.versions import digest, file_version
from plea.campaigns.settings import Settings, load_settings
from plea.errors import InputError
from plea.model.people import Rejected, Row, Signer
from plea.problems import Problem
from plea.supporters.columns import PLEA_COLUMNS
from plea.supporters.csv_injection import csv_bytes
from plea.supporters.rows import RowRules, read_row
from plea.supporters.spreadsheets import same_to_a_spreadsheet
from plea.supporters.suppression import KEY_BYTES, Suppression, load_key, load_suppression
from plea.supporters.tables.decode import is_utf8
from plea.supporters.tables.table import Table, column_names, open_table
from plea.system.files import make_folder, write_atomic

SUPPRESS = "suppress.csv"
KEY = "suppress.key"
CORRECTIONS = "corrections"
OLD_CORRECTIONS = "mended"
"""What the folder of corrections was called at first; what lies there still counts."""
HASH_COLUMN = "plea_was"
"""The column with the hash of the row that a correction was meant for."""
ROWS_NAMED = 10


class Signers:
    """The supporters file, opened. Raises InputError when it cannot be read."""

    def __init__(self, context: CampaignContext) -> None:
        settings = context.settings
        self._table = open_table(settings.supporters, encoding=settings.encoding, columns=settings.columns)
        self._corrections = Corrections(settings)
        self._rules = row_rules(context)
        self.header: Sequence[str] = self._table.header
        self.ours: Sequence[str] = self._table.ours

    def rows(self) -> Iterator[Row]:
        """The rows as they now stand."""
        for row in self._table.rows():
            yield self._corrections.applied(row, self.header)

    def read(self, row: Row) -> Signer | Rejected:
        """What one row says."""
        return read_row(row, self._rules)

    @property
    def notes(self) -> tuple[Problem, ...]:
        """What the organizer should know of the file, complete once its rows were read."""
        return (*self._table.notes, *self._corrections.notes())


def row_rules(context: CampaignContext) -> RowRules:
    """What the campaign's rows are held to. A reason may be written as its key or as its name in any language."""
    settings = context.settings
    reasons = [reason for ask in context.asks for reason in ask.reasons]
    names = {name: reason.key for reason in reasons for name in reason.name.values()}
    return RowRules(
        on=context.on,
        consent_required=settings.consent_required,
        consent=settings.consent,
        known_pair=context.known_pair,
        language=settings.language,
        reasons=names | {reason.key: reason.key for reason in reasons},
        date_order=settings.date_order,
    )


def files_about_rows(settings: Settings) -> tuple[Path, ...]:
    """The files that decide about rows."""
    return (settings.supporters, settings.folder / SUPPRESS, *correction_files(settings))


def suppression_of(settings: Settings, *, write: bool = True) -> Suppression:
    """Who is not written for. The key of the hashes is made with the first list, and kept if something may be written.

    Raises InputError for a list that cannot be read.
    """
    path, key_path = settings.folder / SUPPRESS, settings.folder / KEY
    if not path.exists():
        return Suppression(b"", frozenset())
    key = load_key(key_path) if write or key_path.exists() else secrets.token_bytes(KEY_BYTES)
    return load_suppression(path, key)


# --- corrections ------------------------------------------------------------------------------------------


class _Correction(NamedTuple):
    """What one corrected line says of its row: the fields its file has columns for, and the cells by header."""

    row_hash: str
    columns: frozenset[str]
    fields: Mapping[str, str]
    cells: Mapping[str, str]


def correction_files(settings: Settings) -> list[Path]:
    """The files of corrections, in the order they were read in."""
    return [
        path
        for folder in (OLD_CORRECTIONS, CORRECTIONS)
        for path in sorted((settings.folder / folder).glob("[0-9]*.csv"))
    ]


class Corrections:
    """The corrections that were read in so far, by row."""

    def __init__(self, settings: Settings) -> None:
        self._by_row: dict[int, list[_Correction]] = {}
        for path in correction_files(settings):
            table = open_table(path, columns=_columns_of(settings, path))
            named = [(place, name) for place, name in enumerate(table.header) if name.strip() and name != HASH_COLUMN]
            columns = frozenset(table.ours[place] for place, _ in named)
            for row in table.rows():
                fields = {key: value for key, value in row.fields.items() if key in columns}
                cells = {name: row.cells[place] for place, name in named}
                correction = _Correction(row.fields.get(f"extra.{HASH_COLUMN}", ""), columns, fields, cells)
                self._by_row.setdefault(row.number, []).append(correction)
        self._met: set[int] = set()
        self._of_another_row: set[int] = set()

    def applied(self, row: Row, header: Sequence[str]) -> Row:
        """The row as it was corrected; as it stands when nobody did, or when it is another row now."""
        corrections = self._by_row.get(row.number)
        if not corrections:
            return row
        self._met.add(row.number)
        fields, cells = dict(row.fields), list(row.cells)
        for correction in corrections:
            if correction.row_hash != row_hash(row):
                self._of_another_row.add(row.number)
                continue
            others = {key: value for key, value in fields.items() if key not in correction.columns}
            fields = {**others, **correction.fields}
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

    Raises InputError when the file is no `rejects.csv`, or has rows that the supporters file does not have.
    """
    encoding = "" if is_utf8(path) else settings.encoding  # ours is UTF-8, whatever the supporters file is
    table = open_table(path, encoding=encoding, columns=_columns_of(settings, path, encoding))
    if not table.is_rejects:
        raise InputError("corrections.not_rejects", str(path), columns=tuple(PLEA_COLUMNS))
    supporters = open_table(settings.supporters, encoding=settings.encoding, columns=settings.columns)
    lines = [
        [original_hash, *row.cells, row.number, "", "", ""]
        for original_hash, row in _changed(settings, table, supporters)
    ]
    if not lines:
        return None
    files = correction_files(settings)
    path = settings.folder / CORRECTIONS / f"{int(files[-1].stem) + 1 if files else 1:03d}.csv"
    make_folder(path.parent)
    write_atomic(path, csv_bytes([HASH_COLUMN, *table.header, *PLEA_COLUMNS], lines))
    if files and file_version(files[-1]) == file_version(path):  # the same was read in last time, and no run since
        path.unlink()
        return files[-1]
    return path


def correct_by_file(folder: Path, path: Path) -> bool:
    """Read a `rejects.csv` in that somebody corrected; False when nothing in it was changed.

    Raises LockedError while a run has the campaign, InputError for a file that is no `rejects.csv`.
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
    lines = ((*(cells[name] for name in columns), number, "", "", "") for number, cells in rows.items())
    with tempfile.TemporaryDirectory(prefix=".plea-", dir=folder) as temporary:
        path = Path(temporary) / "corrected.csv"
        write_atomic(path, csv_bytes([*columns, *PLEA_COLUMNS], lines))
        return correct_by_file(folder, path)


def row_hash(row: Row) -> str:
    """A hash of a row's own cells."""
    return digest(*row.cells)


def _changed(settings: Settings, table: Table, supporters: Table) -> Iterator[tuple[str, Row]]:
    """The lines that differ from their row, each with the hash of the row as the file has it.

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
            current = dict(zip(supporters.header, corrections.applied(row, supporters.header).cells, strict=False))
            before = tuple(current.get(name, "") for name in table.header)
            for (text,) in lines:
                cells = tuple(
                    old if same_to_a_spreadsheet(old, new) else new  # a spreadsheet alone made it what it is
                    for old, new in zip(before, serialize.cells_of(text), strict=False)
                )
                if any(name.strip() and old != new for name, old, new in zip(table.header, before, cells, strict=True)):
                    yield row_hash(row), Row(row.number, {}, cells)
        (beyond,) = waiting.execute("SELECT min(row) FROM lines WHERE row > ?", (last,)).fetchone()
    if beyond:
        raise InputError("corrections.unknown_row", str(table.path), row=str(beyond), table=settings.supporters.name)


def _columns_of(settings: Settings, path: Path, encoding: str = "") -> Mapping[str, str]:
    """The campaign's own names of columns, as far as the file has them; a corrected file may have fewer."""
    header = column_names(path, encoding=encoding)
    return {ours: theirs for ours, theirs in settings.columns.items() if theirs in header}
