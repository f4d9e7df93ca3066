"""A table of supporters as rows under our column names, whatever kind of file it is; streamed, never held whole."""

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import partial
from pathlib import Path

from plea.errors import InputError
from plea.model.people import Row
from plea.problems import Problem, old_problem
from plea.supporters.columns import PLEA_COLUMNS, Header, known_columns, read_header
from plea.supporters.csv_injection import unguarded
from plea.supporters.tables.decode import Record, Snapshot, Source

ZIP, OLE, PDF = b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF"
SAVE_AS = "Save the table as XLSX or as 'CSV UTF-8'."


class Table:
    """A file with a header and rows.

    `header` is what stands in the file, without the columns that we added to rejects; `ours` our name for each of them.
    """

    def __init__(self, path: Path, source: Source, snapshot: Snapshot, read: Callable[..., Header]) -> None:
        self.path = path
        self._source = source
        self._snapshot = snapshot
        self._names = self._read_header(read)
        self.header = self._of_theirs(self._names.names)
        self.ours = self._of_theirs(self._names.ours)
        self._end_notes: list[str] = []

    @property
    def notes(self) -> tuple[str, ...]:
        """What its reader should know; complete once the rows were read."""
        return (*self._names.notes, *self._source.notes, *self._end_notes)

    @property
    def is_rejects(self) -> bool:
        """Whether it is a table of rejects, given back: its rows are numbered by `plea_row`, perhaps several alike."""
        return self._names.rejects

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
                yield self._row(number, Record((), record.line, (_EMPTY,)))
            empty = 0
            number += 1
            yield self._row(number, record)
        self._end_notes = [f"{empty} empty rows at the end were left out."] if empty else []
        changes = self._snapshot.changes()
        self._end_notes += [changes] if changes else []

    def _read_header(self, read: Callable[..., Header]) -> Header:
        first = _first_with_content(self._source.records())
        if first is None:
            raise InputError(f"{self.path}: is empty", "It needs a row with the names of the columns, and rows.")
        where = f"{self.path}:{first.line}"
        if first.problems:
            raise InputError(f"{where}: the header {first.problems[0].what}", first.problems[0].hint)
        if any("\0" in cell for cell in first.cells):
            raise InputError(f"{where}: the header holds NUL, which is no text", SAVE_AS)
        return read(where, first.cells)

    def _row(self, number: int, record: Record) -> Row:
        cells, problems = self._fitted(record)
        names = self._names
        if names.rejects:
            cells = tuple(map(unguarded, cells))
        fields = {our: cell for our, cell in zip(names.ours, cells, strict=True) if cell}
        if names.rejects:
            number, problems = _planned_number(number, fields, problems)
        return Row(number, fields, self._of_theirs(cells), problems)

    def _of_theirs(self, cells: tuple[str, ...]) -> tuple[str, ...]:
        """The cells without those of the columns that we added."""
        return tuple(cells[place] for place in self._names.theirs) if self._names.rejects else cells

    def _fitted(self, record: Record) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
        """The cells, as many as the header has; a row that has others has lost its columns."""
        width, cells = len(self._names.ours), record.cells
        if record.problems or (len(cells) < width and self._source.sparse):
            return (*cells[:width], *[""] * (width - len(cells))), record.problems
        if len(cells) == width:
            return cells, ()
        if len(cells) > width and not any(cells[width:]):
            return cells[:width], ()
        problem = old_problem(
            "row",
            f"has {len(cells)} cells where the header has {width} (line {record.line})",
            "A cell that holds the separator or a line break needs quotation marks around it.",
        )
        return (*cells[:width], *[""] * (width - len(cells))), (problem,)


_EMPTY = old_problem("row", "is empty", "Fill it in, or delete the row.")


def open_table(
    path: Path, *, encoding: str = "", columns: Mapping[str, str] | None = None, also: Collection[str] = ()
) -> Table:
    """The table in a file: CSV, XLSX or JSON lines, known by its content.

    `encoding` is for files without a mark that are not UTF-8; `columns` maps our names to theirs; `also` are
    headers that are known here and elsewhere are `extra.NAME`. A table with a header and no rows is a table. Raises
    InputError for a file that is none.
    """
    snapshot = Snapshot(path)
    with snapshot.open() as file:
        start = file.read(512)
    read = partial(read_header, own=columns or {}, known=known_columns(), also=also)
    return Table(path, _source(snapshot, start, encoding), snapshot, read)


def column_names(path: Path, *, encoding: str = "") -> tuple[str, ...]:
    """The names of a table's columns as they stand, whether any of them is known or not. Raises as `open_table`."""
    snapshot = Snapshot(path)
    with snapshot.open() as file:
        start = file.read(512)
    return Table(path, _source(snapshot, start, encoding), snapshot, _as_they_stand).header


def _as_they_stand(_where: str, names: tuple[str, ...]) -> Header:
    return Header(names, ("",) * len(names), rejects=False, theirs=(), notes=())


def _source(snapshot: Snapshot, start: bytes, encoding: str) -> Source:
    path = snapshot.path
    if start.startswith(ZIP):
        from plea.supporters.tables.xlsx_table import XlsxTable  # noqa: PLC0415 (each kind is read by one campaign in three)

        return XlsxTable(snapshot)
    if start.startswith(OLE):
        raise InputError(f"{path}: is a workbook of an old kind, or has a password", SAVE_AS)
    if start.startswith(PDF):
        raise InputError(f"{path}: is a PDF, not a table", SAVE_AS)
    if start.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{") or path.suffix.lower() in {".jsonl", ".ndjson"}:
        from plea.supporters.tables.jsonl_table import JsonLinesTable  # noqa: PLC0415 (as above)

        return JsonLinesTable(snapshot, encoding)
    from plea.supporters.tables.csv_table import CsvTable  # noqa: PLC0415 (as above)

    return CsvTable(snapshot, encoding, known_columns().means)


def _first_with_content(records: Iterator[Record]) -> Record | None:
    return next((record for record in records if record.problems or any(map(str.strip, record.cells))), None)


def _planned_number(
    number: int, fields: dict[str, str], problems: tuple[Problem, ...]
) -> tuple[int, tuple[Problem, ...]]:
    """The row of the supporters table that this row stands for."""
    typed = fields.get(PLEA_COLUMNS[0], "").strip().removesuffix(".0")
    if typed.isascii() and typed.isdigit() and int(typed[:18]) > 0:
        return int(typed), problems
    problem = old_problem(
        "plea_row", f"of the {number}. row is not the number of a row", "Leave that column as it was."
    )
    return number, (*problems, problem)
