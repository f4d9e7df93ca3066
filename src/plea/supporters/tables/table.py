"""A table of supporters as rows under our column names, whatever kind of file it is; never in memory as a whole."""

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from pathlib import Path

from plea.errors import InputError
from plea.model.people import Row
from plea.problems import Problem
from plea.supporters.columns import PLEA_COLUMNS, Header, known_columns, read_header
from plea.supporters.csv_injection import unguarded
from plea.supporters.tables.decode import Record, Snapshot, Source

ZIP, OLE, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"


class Table:
    """A file with a header and rows.

    `header` is what stands in the file, without the columns that we added to rejects; `ours` our name for each of them.
    """

    def __init__(self, path: Path, source: Source, snapshot: Snapshot, read: Callable[..., Header]) -> None:
        self.path = path
        self._source = source
        self._snapshot = snapshot
        first = _first_with_content(source.records())
        if first is None:
            raise InputError("table.empty", str(path))
        where = f"{path}:{first.line}"
        if first.problems:
            raise InputError([problem.at(where) for problem in first.problems])
        if any("\0" in cell for cell in first.cells):
            raise InputError("table.header_not_text", where)
        self._columns = read(where, first.cells)
        self.header = self._of_theirs(self._columns.names)
        self.ours = self._of_theirs(self._columns.ours)
        self._end_notes: list[Problem] = []

    @property
    def notes(self) -> tuple[Problem, ...]:
        """What its reader should know; complete once the rows were read."""
        return (*self._columns.notes, *self._source.notes, *self._end_notes)

    @property
    def is_rejects(self) -> bool:
        """Whether it is a table of rejects, given back: its rows are numbered by `plea_row`, perhaps several alike."""
        return self._columns.rejects

    def rows(self) -> Iterator[Row]:
        """The data rows, counted from 1; may be asked for again.

        A row that is empty is a row with a problem, except at the end of the file, where spreadsheets leave some.
        Raises InputError for a file that cannot be read on.
        """
        records = self._source.records()
        _first_with_content(records)
        number, empty = 0, 0
        for record in records:
            if not record.problems and not any(map(str.strip, record.cells)):
                empty += 1
                continue
            for _ in range(empty):
                number += 1
                yield self._row(number, Record((), record.line, (Problem("row.empty", "row"),)))
            empty = 0
            number += 1
            yield self._row(number, record)
        self._end_notes = [Problem("table.empty_rows_left_out", count=empty)] if empty else []
        changes = self._snapshot.changes()
        self._end_notes += [changes] if changes else []

    def _row(self, number: int, record: Record) -> Row:
        columns = self._columns
        width, cells, problems = len(columns.ours), record.cells, record.problems
        too_few, too_many = len(cells) < width and not self._source.sparse, any(cells[width:])
        if not problems and (too_few or too_many):  # it is not clear which cell belongs to which column
            values = {"cells": len(cells), "width": width, "line": str(record.line)}
            problems = (Problem("row.wrong_width", "row", **values),)
        cells = (*cells[:width], *[""] * (width - len(cells)))
        if columns.rejects:
            cells = tuple(map(unguarded, cells))
        fields = {our: cell for our, cell in zip(columns.ours, cells, strict=True) if cell}
        if columns.rejects:
            typed = fields.get(PLEA_COLUMNS[0], "").strip().removesuffix(".0")
            if typed.isascii() and typed.isdigit() and int(typed[:18]) > 0:
                number = int(typed)
            else:
                problems = (*problems, Problem("row.not_a_row_number", PLEA_COLUMNS[0], row=str(number)))
        return Row(number, fields, self._of_theirs(cells), problems)

    def _of_theirs(self, cells: tuple[str, ...]) -> tuple[str, ...]:
        """The cells without those of the columns that we added."""
        return tuple(cells[place] for place in self._columns.theirs) if self._columns.rejects else cells


def _first_with_content(records: Iterator[Record]) -> Record | None:
    return next((record for record in records if record.problems or any(map(str.strip, record.cells))), None)


def open_table(
    path: Path, *, encoding: str = "", columns: Mapping[str, str] | None = None, also: Collection[str] = ()
) -> Table:
    """The table in a file: CSV, XLSX or JSON lines, known by its content.

    `encoding` is for files without a byte-order mark that are not UTF-8; `columns` maps our names to theirs; `also` are
    headers that are known here and elsewhere are `extra.NAME`. A table with a header and no rows is a table. Raises
    InputError for a file that is none.
    """
    return _opened(path, encoding, partial(read_header, own=columns or {}, known=known_columns(), also=also))


def column_names(path: Path, *, encoding: str = "") -> tuple[str, ...]:
    """The names of a table's columns as they stand, whether any of them is known or not. Raises as `open_table`."""

    def as_they_stand(_where: str, names: tuple[str, ...]) -> Header:
        return Header(names, ("",) * len(names), rejects=False, theirs=(), notes=())

    return _opened(path, encoding, as_they_stand).header


def _opened(path: Path, encoding: str, read: Callable[..., Header]) -> Table:
    snapshot = Snapshot(path)
    with snapshot.open() as file:
        start = file.read(512)
    source: Source
    # Each kind is read by one campaign in three.
    if start.startswith(ZIP):
        from plea.supporters.tables.xlsx import XlsxTable  # noqa: PLC0415

        source = XlsxTable(snapshot)
    elif start.startswith((OLE, PDF)):
        raise InputError("table.pdf" if start.startswith(PDF) else "table.old_workbook", str(path))
    elif start.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{") or path.suffix.lower() in {".jsonl", ".ndjson"}:
        from plea.supporters.tables.text_tables import JsonLinesTable  # noqa: PLC0415

        source = JsonLinesTable(snapshot, encoding)
    else:
        from plea.supporters.tables.text_tables import CsvTable  # noqa: PLC0415

        source = CsvTable(snapshot, encoding, known_columns().headers)
    return Table(path, source, snapshot, read)
