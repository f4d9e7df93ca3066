"""Reads a PDF back as ink on paper: every line of text with the box of its ink, every drawn path, the pages' sizes.

Points from the sheet's top left corner, as the profiles have them.
"""

import ctypes
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c


@dataclass(frozen=True)
class Ink:
    """A line of text, or a drawn path (then `text` is empty), and the box of its ink on its page (from 1)."""

    page: int
    text: str
    left: float
    top: float
    right: float
    bottom: float


def lines(content: bytes) -> list[Ink]:
    """Every line of text, in the order of the file."""
    document = pdfium.PdfDocument(content)
    return [line for number in range(len(document)) for line in _lines_of(document, number)]


def paths(content: bytes) -> list[Ink]:
    """Every drawn path."""
    document = pdfium.PdfDocument(content)
    found = []
    for number in range(len(document)):
        height = document[number].get_height()
        for thing in document[number].get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_PATH]):
            left, bottom, right, top = thing.get_bounds()
            found.append(_ink(number + 1, "", left, height - top, right, height - bottom))
    return found


def pictures(content: bytes) -> list[Ink]:
    """Every picture."""
    page = pdfium.PdfDocument(content)[0]
    boxes = [thing.get_bounds() for thing in page.get_objects(filter=[pdfium_c.FPDF_PAGEOBJ_IMAGE])]
    height = page.get_height()
    return [_ink(1, "", left, height - top, right, height - bottom) for left, bottom, right, top in boxes]


def sizes(content: bytes) -> list[tuple[float, float]]:
    """Width and height of each page."""
    document = pdfium.PdfDocument(content)
    return [(round(page.get_width(), 2), round(page.get_height(), 2)) for page in document]


def _lines_of(document: pdfium.PdfDocument, number: int) -> list[Ink]:
    page = document[number]
    height = page.get_height()
    text = page.get_textpage()
    found: list[Ink] = []
    line: list[tuple[str, tuple[float, float, float, float]]] = []
    for index in range(text.count_chars()):
        character = chr(pdfium_c.FPDFText_GetUnicode(text, ctypes.c_int(index)))
        if character in "\r\n":
            found += _line(number + 1, line, height)
            line = []
        else:
            line.append((character, text.get_charbox(index)))
    return found + _line(number + 1, line, height)


def _line(page: int, characters: list[tuple[str, tuple[float, float, float, float]]], height: float) -> list[Ink]:
    boxes = [box for character, box in characters if not character.isspace()]
    if not boxes:
        return []
    text = "".join(character for character, _ in characters).strip()
    left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
    bottom, top = min(box[1] for box in boxes), max(box[3] for box in boxes)
    return [_ink(page, text, left, height - top, right, height - bottom)]


def _ink(page: int, text: str, *edges: float) -> Ink:
    """Hundredths of a point are the file's own rounding."""
    return Ink(page, text, *(round(edge, 1) for edge in edges))
