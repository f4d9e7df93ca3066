"""A sheet of a workbook as rows of text (ECMA-376, part 1, chapter 18); runs in a limited child.

Cells are read as a person sees them: the value of a formula, a date as a date, the zeros that a format such as
`00000` puts before a number. Only the first visible sheet is read.
"""

import zipfile
import zlib
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element
from xml.parsers.expat import ExpatError

from plea.errors import MendableError
from plea.supporters.record import RECORD_LIMIT, too_long
from plea.supporters.sheet_values import Looks, column_place, looks, number_text, unescaped
from plea.supporters.sheet_xml import elements

COLUMNS = 1000
GAP = 1000
MEBIBYTE = 1024 * 1024
BOMB_RATIO = 100  # real sheets pack about 10 to 1
BOMB_SIZE = 32 * MEBIBYTE
FAR = "Delete the cells outside the table, or copy the table to a new workbook."


def lines(path: str) -> Iterator[dict[str, Any]]:
    """The rows as `{"row", "cells", "problems"}`, and first a `{"note"}` where other sheets hold something too.

    Raises MendableError whose message starts where the path ends.
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
        raise MendableError(": is damaged and cannot be read") from error
    except OSError as error:
        raise MendableError(f": cannot be read: {error.strerror}") from error


def _check_parts(parts: list[zipfile.ZipInfo]) -> None:
    """Refuse what is no workbook, and parts that unpack to very much more than they weigh."""
    if not any(part.filename == "xl/workbook.xml" for part in parts):
        raise MendableError(": is no XLSX workbook", "Save the table as XLSX or as 'CSV UTF-8'.")
    for part in parts:
        if part.flag_bits & 1:
            raise MendableError(": is protected by a password", "Save it without a password.")
        if part.file_size > BOMB_SIZE and part.file_size > BOMB_RATIO * max(part.compress_size, 1):
            size = f"{part.file_size // MEBIBYTE:,} MiB"
            raise MendableError(f": its part {part.filename[:80]!r} would unpack to {size}; it is not opened")


def _sheet(archive: zipfile.ZipFile) -> Iterator[dict[str, Any]]:
    sheets = _sheets(archive)
    if not sheets:
        raise MendableError(": has no visible sheet")
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
                raise MendableError(f":{number}: a cell stands {number - last:,} rows below the table", FAR)
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


def _cells(row: Element, number: int, strings: list[str], look: Looks) -> tuple[list[str], list[tuple[str, ...]]]:
    cells: list[str] = []
    problems: list[tuple[str, ...]] = []
    size = after = 0
    for cell in row:
        place = column_place(cell.get("r", ""), after)
        after = place + 1
        if place >= COLUMNS:
            where = cell.get("r", "")[:12]
            raise MendableError(f":{number}: the cell {where} stands far outside the table", FAR)
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
        return [], [(problem.where, problem.what, problem.hint)]
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


def _no_value(number: int, place: int) -> tuple[str, ...]:
    return (
        "row",
        f"has a formula or an error without a value in column {place + 1} (row {number} of the sheet)",
        "Open the workbook, mend the cell and save it, so that the value is kept with it.",
    )


def _text(element: Element) -> str:
    """The text of a string: its runs joined, without the reading aids of East Asian scripts."""
    parts = []
    for child in element:
        if child.tag == "t":
            parts.append(child.text or "")
        elif child.tag == "r":
            parts += [run.text or "" for run in child if run.tag == "t"]
    return unescaped("".join(parts))
