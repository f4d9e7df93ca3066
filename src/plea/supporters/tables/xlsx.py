"""Tables of XLSX workbooks (ECMA-376), read by a limited child process, never in ours.

A workbook is a ZIP archive of XML parts. They are read with expat itself, as small elements one after the other and not
as a tree of the whole, so that memory stays flat however long the sheet is; a document type is refused. No spreadsheet
writes one, and without it there are no entities to expand or to fetch. docs/explanation/xlsx.md says why this is not
left to a library.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element, SubElement
from xml.parsers.expat import ExpatError, ParserCreate

from plea.errors import InputError
from plea.problems import Problem, unpacked
from plea.supporters.tables.decode import RECORD_LIMIT, Record, Snapshot, too_long
from plea.system.clock import EXCEL_DAY_0
from plea.system.limited import LimitExceeded, stream_limited

MEBIBYTE = 1024 * 1024
MEBIBYTES = 300
SECONDS = 5.0
COLUMNS = 1000
GAP = 1000  # empty rows between two others
BOMB_RATIO = 100  # real sheets pack about 10 to 1
BOMB_SIZE = 32 * MEBIBYTE
CHUNK = 64 * 1024  # bytes of XML read at a time
DEEPEST = 32  # levels within one element; a cell of rich text has six
LARGEST = 500_000  # elements within one; a row of a thousand cells of rich text has a tenth of that

ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
ZEROS = re.compile(r'(0+)(?:[;_].*)?|(0+)"?\\?-"?(0+)')
EXACT = 10**15  # a double holds no more digits
REFERENCE = re.compile(r"([A-Z]{1,3})[0-9]{1,7}")
# Built-in formats that show a date (ECMA-376, part 1, 18.8.30), those of East Asian workbooks with them.
DATE_FORMATS = frozenset({*range(14, 18), 22, *range(27, 32), 36, *range(50, 55), 57, 58})
NO_DATE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|General|AM/PM|A/P', re.IGNORECASE)
DAY_0 = datetime.combine(EXCEL_DAY_0, time())
DAY_0_OF_1904 = datetime(1904, 1, 1)  # noqa: DTZ001 (a day of a sheet has no zone)


# --- in our process ---------------------------------------------------------------------------------------


class XlsxTable:
    """The first visible sheet of a workbook.

    The child has 300 MiB of memory, and 5 seconds of processor time for each MiB of the file: a small file that asks
    for more is a bomb, while an honest one of 50,000 rows (10 MiB) takes about half a second a MiB and must be read.
    """

    sparse = True

    def __init__(self, snapshot: Snapshot) -> None:
        self.notes: list[Problem] = []
        self._snapshot = snapshot
        self._seconds = max(SECONDS, SECONDS * snapshot.size / MEBIBYTE)

    def records(self) -> Iterator[Record]:
        """The records; each call reads the workbook anew."""
        path = self._snapshot.path
        target, argument = f"{__name__}:lines", str(path.resolve())
        try:
            for line in stream_limited(target, argument, seconds=self._seconds, mebibytes=MEBIBYTES):
                if "note" in line:
                    self.notes = [unpacked(line["note"])]
                else:
                    yield Record(tuple(line["cells"]), line["row"], tuple(map(unpacked, line["problems"])))
        except LimitExceeded as error:
            code = {"limit.time": "workbook.too_slow", "limit.memory": "workbook.too_large"}[error.problem.code]
            raise LimitExceeded(code, str(path), **dict(error.problem.values)) from error
        except InputError as error:  # the child names the row at most
            raise InputError(error.problem.at(":".join(filter(None, (str(path), error.problem.where))))) from error


# --- in the child: from the archive to rows ---------------------------------------------------------------


def lines(path: str) -> Iterator[dict[str, Any]]:
    """The rows as `{"row", "cells", "problems"}`, and first a `{"note"}` where other sheets hold something too.

    Raises InputError at the row, or at nothing.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _check_parts(archive.infolist())
            yield from _sheet(archive)
    except (
        ExpatError,
        zipfile.BadZipFile,
        EOFError,
        LookupError,
        ValueError,
        NotImplementedError,
        zlib.error,
    ) as error:
        raise InputError("workbook.damaged") from error
    except OSError as error:
        raise InputError("file.not_read", reason=error.strerror) from error


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    """Refuse what is no workbook, and parts that unpack to very much more than they weigh."""
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise InputError("workbook.not_xlsx")
    for part in parts:
        if part.flag_bits & 1:
            raise InputError("workbook.password")
        if part.file_size > BOMB_SIZE and part.file_size > BOMB_RATIO * max(part.compress_size, 1):
            raise InputError("workbook.bomb", part=repr(part.filename[:80]), mebibytes=part.file_size // MEBIBYTE)


def _sheet(archive: zipfile.ZipFile) -> Iterator[dict[str, Any]]:
    """The rows of the first visible sheet, those that are empty in between too."""
    sheets = _visible_sheets(archive)
    if not sheets:
        raise InputError("workbook.no_sheet")
    name, part = sheets[0]
    if len(sheets) > 1:
        others = tuple(repr(other[:40]) for other, _ in sheets[1:4])
        yield {"note": Problem("table.sheet_of_several", sheet=repr(name[:40]), others=others).packed()}
    strings = []
    if "xl/sharedStrings.xml" in archive.namelist():
        strings = [_text(element) for element in _elements(archive, "xl/sharedStrings.xml", "si")]
    formats = _formats(archive)
    number = last = 0
    for row in _elements(archive, part, "row"):
        number = int(row.get("r", number + 1))
        cells, problems = _cells(row, number, strings, formats)
        if cells or problems:
            if number > last + GAP:
                raise InputError("workbook.row_outside", str(number), rows=number - last)
            for empty in range(last + 1, number):
                yield {"row": empty, "cells": [], "problems": []}
            yield {"row": number, "cells": cells, "problems": problems}
            last = number


def _visible_sheets(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """The name and the part of each."""
    targets = {}
    for element in _elements(archive, "xl/_rels/workbook.xml.rels", "Relationship"):
        target = element.get("Target", "")
        targets[element.get("Id")] = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    sheets = []
    for element in _elements(archive, "xl/workbook.xml", "sheet"):
        relation = next((value for name, value in element.attrib.items() if name.endswith(":id")), None)
        part = targets.get(relation, "")
        if element.get("state", "visible") == "visible" and "worksheets/" in part:
            sheets.append((element.get("name", ""), part))
    return sheets


# --- cells ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Formats:
    """The number format of each cell style, and the day from which the workbook counts."""

    of_styles: tuple[str, ...] = ()
    since_1904: bool = False


def _formats(archive: zipfile.ZipFile) -> Formats:
    """The number formats of a workbook."""
    own: dict[str, str] = {}
    of_styles: list[str] = []
    if "xl/styles.xml" in archive.namelist():
        for element in _elements(archive, "xl/styles.xml", "numFmt", "cellXfs"):
            if element.tag == "numFmt":
                own[element.get("numFmtId", "")] = element.get("formatCode", "")
                continue
            for style in element:
                number = style.get("numFmtId", "0")
                shows_day = number.isdigit() and int(number) in DATE_FORMATS
                of_styles.append(own.get(number, "yyyy-mm-dd" if shows_day else "General"))
    flags = [element.get("date1904", "") for element in _elements(archive, "xl/workbook.xml", "workbookPr")]
    return Formats(tuple(of_styles), any(flag in {"1", "true"} for flag in flags))


def _cells(row: Element, number: int, strings: list[str], formats: Formats) -> tuple[list[str], list[list[Any]]]:
    """The cells of a row, each in its place, and the packed problems."""
    cells: list[str] = []
    problems: list[list[Any]] = []
    size = place = 0
    for cell in row:
        reference = cell.get("r", "")
        if match := REFERENCE.fullmatch(reference):  # else it stands after the last one
            place = 0
            for letter in match[1]:
                place = place * 26 + ord(letter) - ord("A") + 1
            place -= 1
        if place >= COLUMNS:
            raise InputError("workbook.cell_outside", str(number), cell=reference[:12])
        value = _value(cell, strings, formats)
        if value is None:
            values = {"column": str(place + 1), "row": str(number)}
            problems.append(Problem("row.formula_without_value", "row", **values).packed())
        elif value:
            size += len(value)
            cells += [""] * (place + 1 - len(cells))
            cells[place] = value
        place += 1
    return ([], [too_long(number).packed()]) if size > RECORD_LIMIT else (cells, problems)


def _value(cell: Element, strings: list[str], formats: Formats) -> str | None:
    """What a person sees in the cell; None where there is a formula and no value, or an error such as #REF!."""
    kind, raw, formula = cell.get("t", "n"), "", False
    for child in cell:
        match child.tag:
            case "v":
                raw = child.text or ""
            case "is":
                return _text(child)
            case "f":
                formula = True
    if kind == "e" or (formula and not raw and kind != "str"):
        return None
    if kind == "s":
        return strings[int(raw)]
    if kind == "b":
        return "yes" if raw == "1" else "no"
    if kind == "n" and raw:
        style = cell.get("s", "0")
        place = int(style) if style.isdigit() else 0
        look = formats.of_styles[place] if place < len(formats.of_styles) else "General"
        return number_text(raw, look, since_1904=formats.since_1904)
    return _unescaped(raw)


def number_text(raw: str, look: str, *, since_1904: bool) -> str:
    """A number as its format shows it: a date as ISO 8601, `00000` with its zeros, else every digit it has."""
    try:
        value = float(raw)
    except ValueError:
        return raw
    if shows_date(look):
        try:
            moment = (DAY_0_OF_1904 if since_1904 else DAY_0) + timedelta(seconds=round(value * 86_400))
        except (ValueError, OverflowError):
            return raw
        return moment.isoformat(sep=" ").removesuffix(" 00:00:00")
    if not value.is_integer() or abs(value) >= EXACT:
        return raw
    digits = str(int(value))
    if zeros := ZEROS.fullmatch(look):
        last = len(zeros[3] or "")
        digits = digits.zfill(len(zeros[1] or zeros[2]) + last)
        return f"{digits[:-last]}-{digits[-last:]}" if last else digits
    return digits


@cache
def shows_date(look: str) -> bool:
    """Whether a number format shows a day (and not only a time)."""
    return bool(re.search("[dy]", NO_DATE.sub("", look.partition(";")[0]), re.IGNORECASE))


def _text(element: Element) -> str:
    """The text of a string: its runs joined, without the reading aids of East Asian scripts."""
    parts = []
    for child in element:
        if child.tag == "t":
            parts.append(child.text or "")
        elif child.tag == "r":
            parts += [run.text or "" for run in child if run.tag == "t"]
    return _unescaped("".join(parts))


def _unescaped(text: str) -> str:
    """The text of a cell; `_x000D_` is how the format writes what XML cannot hold."""
    if "_x" not in text:
        return text
    return ESCAPE.sub(lambda match: chr(int(match[1], 16)), text).replace("\r\n", "\n")


# --- XML --------------------------------------------------------------------------------------------------


def _elements(archive: zipfile.ZipFile, part: str, *names: str) -> Iterator[Element]:
    """The elements of these local names, with what is in them; names in them are local.

    Raises InputError for a document type and ExpatError for what is no XML.
    """
    collector = _Collector(names)
    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = collector.start
    parser.EndElementHandler = collector.end
    parser.CharacterDataHandler = collector.text
    parser.StartDoctypeDeclHandler = _refuse
    with archive.open(part) as file:
        while chunk := file.read(CHUNK):
            parser.Parse(chunk)
            yield from collector.done
            collector.done.clear()
        parser.Parse(b"", True)
    yield from collector.done


class _Collector:
    """Builds the elements of these names and forgets the others."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.done: list[Element] = []
        self._names = names
        self._open: list[Element] = []
        self._size = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2] if ":" in name else name
        if self._open:
            self._size += 1
            if len(self._open) > DEEPEST or self._size > LARGEST:
                raise InputError("workbook.too_much_in_a_row")
            self._open.append(SubElement(self._open[-1], tag, attributes))
        elif tag in self._names:
            self._size = 0
            self._open.append(Element(tag, attributes))

    def end(self, _name: str) -> None:
        if self._open:
            element = self._open.pop()
            if not self._open:
                self.done.append(element)

    def text(self, data: str) -> None:
        if self._open:
            element = self._open[-1]
            before = element.text or ""
            if len(before) <= RECORD_LIMIT:  # what is longer is refused, and need not be held
                element.text = before + data


def _refuse(*_declaration: Any) -> None:
    raise InputError("workbook.document_type")
