"""The XML of a workbook's parts, as small elements one after the other; a document type is refused.

No spreadsheet writes a document type, and without one there are no entities to expand or to fetch. This is expat
itself and not a tree of the whole, so that memory stays flat however long the sheet is.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element, SubElement
from xml.parsers.expat import ExpatError, ParserCreate

from plea.errors import InputError
from plea.problems import old_problem
from plea.supporters.tables.decode import RECORD_LIMIT, too_long

CHUNK = 64 * 1024  # bytes of XML read at a time
DEEPEST = 32  # levels within one element; a cell of rich text has six
LARGEST = 500_000  # elements within one; a row of a thousand cells of rich text has a tenth of that


def elements(archive: zipfile.ZipFile, part: str, *wanted: str) -> Iterator[Element]:
    """The elements of these local names, with what is in them; all names in them are local.

    Raises InputError for a document type and `expat.ExpatError` for what is no XML.
    """
    collector = _Collector(wanted)
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


def local(name: str) -> str:
    """A name without its prefix."""
    return name.rpartition(":")[2]


class _Collector:
    """Builds the wanted elements and forgets the others."""

    def __init__(self, wanted: tuple[str, ...]) -> None:
        self.done: list[Element] = []
        self._wanted = wanted
        self._open: list[Element] = []
        self._size = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = local(name) if ":" in name else name
        if self._open:
            self._size += 1
            if len(self._open) > DEEPEST or self._size > LARGEST:
                raise InputError(": holds more in one row than any table has; it is not opened")
            self._open.append(SubElement(self._open[-1], tag, attributes))
        elif tag in self._wanted:
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
    raise InputError(": holds a document type, which no spreadsheet writes; it is not opened")


ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
ZEROS = re.compile(r'(0+)(?:[;_].*)?|(0+)"?\\?-"?(0+)')
EXACT = 10**15  # a double holds no more digits
REFERENCE = re.compile(r"([A-Z]{1,3})[0-9]{1,7}")
# Built-in formats that show a date (ECMA-376, part 1, 18.8.30), those of East Asian workbooks with them.
DATE_FORMATS = frozenset({*range(14, 18), 22, *range(27, 32), 36, *range(50, 55), 57, 58})
NO_DATE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|General|AM/PM|A/P', re.IGNORECASE)
FIRST_DAY = datetime(1899, 12, 30)  # noqa: DTZ001 (a day of a sheet has no zone)
FIRST_DAY_1904 = datetime(1904, 1, 1)  # noqa: DTZ001
SECONDS_OF_DAY = 86_400
DATE = "yyyy-mm-dd"


@dataclass(frozen=True, slots=True)
class Looks:
    """The number format of each cell style, and the day from which the workbook counts."""

    formats: tuple[str, ...] = ()
    since_1904: bool = False

    def of(self, style: str) -> str:
        """The format of a style."""
        place = int(style) if style.isdigit() else 0
        return self.formats[place] if place < len(self.formats) else "General"


def looks(archive: zipfile.ZipFile) -> Looks:
    """The number formats of a workbook."""
    own: dict[str, str] = {}
    formats: list[str] = []
    if "xl/styles.xml" in archive.namelist():
        for element in elements(archive, "xl/styles.xml", "numFmt", "cellXfs"):
            if element.tag == "numFmt":
                own[element.get("numFmtId", "")] = element.get("formatCode", "")
            else:
                formats += [_format(style.get("numFmtId", "0"), own) for style in element]
    flags = [element.get("date1904", "") for element in elements(archive, "xl/workbook.xml", "workbookPr")]
    return Looks(tuple(formats), any(flag in {"1", "true"} for flag in flags))


def _format(number: str, own: dict[str, str]) -> str:
    if number in own:
        return own[number]
    return DATE if number.isdigit() and int(number) in DATE_FORMATS else "General"


def column_place(reference: str, after: int) -> int:
    """The place of a cell in its row, from 0; where the cell does not say it, it stands after the last one."""
    match = REFERENCE.fullmatch(reference)
    if not match:
        return after
    place = 0
    for letter in match[1]:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


@cache
def shows_date(look: str) -> bool:
    """Whether a number format shows a day (and not only a time)."""
    return bool(re.search("[dy]", NO_DATE.sub("", look.partition(";")[0]), re.IGNORECASE))


def number_text(raw: str, look: str, *, since_1904: bool) -> str:
    """A number as its format shows it: a date as ISO 8601, `00000` with its zeros, else every digit it has."""
    try:
        value = float(raw)
    except ValueError:
        return raw
    if shows_date(look):
        return _date(value, since_1904=since_1904) or raw
    if value.is_integer() and abs(value) < EXACT:
        zeros = ZEROS.fullmatch(look)
        digits = str(int(value))
        if zeros and zeros[1]:
            return digits.zfill(len(zeros[1]))
        if zeros:
            digits = digits.zfill(len(zeros[2] + zeros[3]))
            return f"{digits[: -len(zeros[3])]}-{digits[-len(zeros[3]) :]}"
        return digits
    return raw


def unescaped(text: str) -> str:
    """The text of a cell; `_x000D_` is how the format writes what XML cannot hold."""
    if "_x" not in text:
        return text
    return ESCAPE.sub(lambda match: chr(int(match[1], 16)), text).replace("\r\n", "\n")


def _date(days: float, *, since_1904: bool) -> str:
    try:
        moment = (FIRST_DAY_1904 if since_1904 else FIRST_DAY) + timedelta(seconds=round(days * SECONDS_OF_DAY))
    except (ValueError, OverflowError):
        return ""
    return str(moment.isoformat(sep=" ")).removesuffix(" 00:00:00")


COLUMNS = 1000
GAP = 1000
MEBIBYTE = 1024 * 1024
BOMB_RATIO = 100  # real sheets pack about 10 to 1
BOMB_SIZE = 32 * MEBIBYTE
FAR = "Delete the cells outside the table, or copy the table to a new workbook."


def lines(path: str) -> Iterator[dict[str, Any]]:
    """The rows as `{"row", "cells", "problems"}`, and first a `{"note"}` where other sheets hold something too.

    Raises InputError whose message starts where the path ends.
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
        raise InputError(": is damaged and cannot be read") from error
    except OSError as error:
        raise InputError(f": cannot be read: {error.strerror}") from error


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    """Refuse what is no workbook, and parts that unpack to very much more than they weigh."""
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise InputError(": is no XLSX workbook", "Save the table as XLSX or as 'CSV UTF-8'.")
    for part in parts:
        if part.flag_bits & 1:
            raise InputError(": is protected by a password", "Save it without a password.")
        if part.file_size > BOMB_SIZE and part.file_size > BOMB_RATIO * max(part.compress_size, 1):
            size = f"{part.file_size // MEBIBYTE:,} MiB"
            raise InputError(f": its part {part.filename[:80]!r} would unpack to {size}; it is not opened")


def _sheet(archive: zipfile.ZipFile) -> Iterator[dict[str, Any]]:
    sheets = _sheets(archive)
    if not sheets:
        raise InputError(": has no visible sheet")
    name, part = sheets[0]
    if len(sheets) > 1:
        others = ", ".join(repr(other[:40]) for other, _ in sheets[1:4])
        yield {"note": f"The sheet {name[:40]!r} was read; the workbook also has {others}."}
    strings = _strings(archive)
    look = looks(archive)
    last = 0
    for number, row in _rows(archive, part):
        cells, problems = _cells(row, number, strings, look)
        if cells or problems:
            if number > last + GAP:
                raise InputError(f":{number}: a cell stands {number - last:,} rows below the table", FAR)
            for empty in range(last + 1, number):
                yield {"row": empty, "cells": [], "problems": []}
            yield {"row": number, "cells": cells, "problems": problems}
            last = number


def _sheets(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """The visible sheets: name and part."""
    targets = {}
    for element in elements(archive, "xl/_rels/workbook.xml.rels", "Relationship"):
        target = element.get("Target", "")
        targets[element.get("Id")] = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
    found = []
    for element in elements(archive, "xl/workbook.xml", "sheet"):
        relation = next((value for name, value in element.attrib.items() if name.endswith(":id")), None)
        part = targets.get(relation, "")
        if element.get("state", "visible") == "visible" and "worksheets/" in part:
            found.append((element.get("name", ""), part))
    return found


def _strings(archive: zipfile.ZipFile) -> list[str]:
    """The texts that cells share."""
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    return [_text(element) for element in elements(archive, "xl/sharedStrings.xml", "si")]


def _rows(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[int, Element]]:
    """The rows that are in the file, with their numbers."""
    number = 0
    for row in elements(archive, part, "row"):
        number = int(row.get("r", number + 1))
        yield number, row


def _cells(row: Element, number: int, strings: list[str], look: Looks) -> tuple[list[str], list[list[Any]]]:
    cells: list[str] = []
    problems: list[list[Any]] = []
    size = after = 0
    for cell in row:
        place = column_place(cell.get("r", ""), after)
        after = place + 1
        if place >= COLUMNS:
            where = cell.get("r", "")[:12]
            raise InputError(f":{number}: the cell {where} stands far outside the table", FAR)
        value = _value(cell, strings, look)
        if value is None:
            problems.append(_no_value(number, place))
            value = ""
        size += len(value)
        if value:
            cells += [""] * (place + 1 - len(cells))
            cells[place] = value
    if size > RECORD_LIMIT:
        problem = too_long(number)
        return [], [problem.packed()]
    return cells, problems


def _value(cell: Element, strings: list[str], look: Looks) -> str | None:
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
        return number_text(raw, look.of(cell.get("s", "0")), since_1904=look.since_1904)
    return unescaped(raw)


def _no_value(number: int, place: int) -> list[Any]:
    return old_problem(
        "row",
        f"has a formula or an error without a value in column {place + 1} (row {number} of the sheet)",
        "Open the workbook, mend the cell and save it, so that the value is kept with it.",
    ).packed()


def _text(element: Element) -> str:
    """The text of a string: its runs joined, without the reading aids of East Asian scripts."""
    parts = []
    for child in element:
        if child.tag == "t":
            parts.append(child.text or "")
        elif child.tag == "r":
            parts += [run.text or "" for run in child if run.tag == "t"]
    return unescaped("".join(parts))
