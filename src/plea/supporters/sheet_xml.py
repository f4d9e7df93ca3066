"""The XML of a workbook's parts, as small elements one after the other; a document type is refused.

No spreadsheet writes a document type, and without one there are no entities to expand or to fetch. This is expat
itself and not a tree of the whole, so that memory stays flat however long the sheet is.
"""

import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, SubElement
from xml.parsers.expat import ParserCreate

from plea.errors import MendableError
from plea.supporters.record import RECORD_LIMIT

CHUNK = 64 * 1024  # bytes of XML read at a time
DEEPEST = 32  # levels within one element; a cell of rich text has six
LARGEST = 500_000  # elements within one; a row of a thousand cells of rich text has a tenth of that


def elements(archive: zipfile.ZipFile, part: str, *wanted: str) -> Iterator[Element]:
    """The elements of these local names, with what is in them; all names in them are local.

    Raises MendableError for a document type and `expat.ExpatError` for what is no XML.
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
                raise MendableError(": holds more in one row than any table has; it is not opened")
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
    raise MendableError(": holds a document type, which no spreadsheet writes; it is not opened")
