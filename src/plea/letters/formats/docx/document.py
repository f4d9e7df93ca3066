"""The letter as a Word document: real paragraphs in named styles, to be read and edited in any office program."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import docx
from docx.image.exceptions import UnrecognizedImageError
from docx.shared import Pt

from plea.errors import InputError
from plea.letters.formats.docx.layout import BOTTOM, MARGIN, Sheet, Spot, sheet_of
from plea.letters.formats.docx.styles import LARGE, ORDINARY, Face, add_items, add_runs, set_direction, set_styles
from plea.letters.paper.signature import read_signature
from plea.letters.plain_text import closing_lines, recipient_lines
from plea.model.letters import Items, Letter, Printing, Rendered

if TYPE_CHECKING:
    from datetime import date

    from docx.document import Document

NOON = (12, 0, 0)
EARLIEST = 1980  # the first year a zip can name
# What the empty document brings along and no letter needs: the name of a program, a picture, styles once more.
BAGGAGE = ("/thumbnail", "/extended-properties", "/customXml", "/stylesWithEffects")
SIGNATURE_HEIGHT = 40.0


def render(letter: Letter, printing: Printing) -> Rendered:
    """Bytes of an Office Open XML document, the same for the same letter; its times are noon UTC of the letter's day.

    The recipient stands in the window of the profile's envelope, as exact line heights place it; in large print, and
    where the sender's block is too long for that, the blocks follow one another. The typeset PDF is the proved one.
    """
    document = docx.Document()
    _drop_baggage(document)
    face = LARGE if printing.large_print else ORDINARY
    set_styles(document, face, letter.language)
    _set_properties(document, letter)
    sheet = sheet_of(letter, recipient_lines(letter.recipient), printing, face.pitch)
    _set_page(document, printing, sheet)
    if letter.copy_of:
        add_header_note(document, letter.labels["copy"])
    for spot in sheet.spots:
        _add_spot(document, spot)
    _add_text(document, letter, sheet.to_text)
    _add_ending(document, letter, printing, face, sheet.below)
    return Rendered(_packed(document, letter.date))


def add_header_note(document: Document, note: str) -> None:
    """The mark of a signer's copy, in the header of every page."""
    header = document.sections[0].header
    header.is_linked_to_previous = False
    header.paragraphs[0].add_run(note).italic = True


def _add_spot(document: Document, spot: Spot) -> None:
    """A line of the head of the letter, as far below the one before as its place on the sheet asks."""
    paragraph = document.add_paragraph(spot.text, style=spot.style)
    if spot.above:
        paragraph.paragraph_format.space_before = Pt(spot.above)
    if spot.indent:
        paragraph.paragraph_format.left_indent = Pt(spot.indent)


def _add_text(document: Document, letter: Letter, above: float) -> None:
    """Subject, salutation and body."""
    first = document.add_paragraph(style="Subject" if letter.subject else "Salutation")
    first.add_run(
        f"{letter.labels.get('subject', '')} {letter.subject}".strip() if letter.subject else letter.salutation
    )
    first.paragraph_format.space_before = Pt(above)
    if letter.subject:
        document.add_paragraph(letter.salutation, style="Salutation")
    for block in letter.body:
        if isinstance(block, Items):
            add_items(document, block)
        else:
            add_runs(document.add_paragraph(style="Body Text"), block.runs)


def _add_ending(document: Document, letter: Letter, printing: Printing, face: Face, below: tuple[str, ...]) -> None:
    """Close, room to sign by hand or the picture of a signature, the name, what stands below it, what is enclosed."""
    document.add_paragraph(letter.close, style="Closing")
    picture = read_signature(printing.signature)
    if picture:
        paragraph = document.add_paragraph(style="Closing")
        paragraph.paragraph_format.space_before = Pt(0)
        try:
            shape = paragraph.add_run().add_picture(io.BytesIO(picture.content), height=Pt(SIGNATURE_HEIGHT))
        except UnrecognizedImageError as error:
            raise InputError(
                f"{printing.signature}: is a kind of JPEG that Word documents do not take", "Save it as PNG."
            ) from error
        shape._inline.docPr.set("descr", letter.signature_name)  # noqa: SLF001 (python-docx has no word for alt text)
    name = document.add_paragraph(letter.signature_name, style="Signature")
    name.paragraph_format.space_before = Pt(0 if picture else 3.2 * face.pitch)
    set_direction(name, letter.signature_name)
    for line in below:
        document.add_paragraph(line, style="Contact")
    for number, line in enumerate(closing_lines(letter)):
        enclosure = document.add_paragraph(line, style="Enclosures")
        enclosure.paragraph_format.space_before = Pt(0 if number else face.pitch / 2)


def _set_page(document: Document, printing: Printing, sheet: Sheet) -> None:
    """The sheet and its margins."""
    section = document.sections[0]
    section.page_width, section.page_height = Pt(printing.profile.width), Pt(printing.profile.height)
    section.left_margin = section.right_margin = Pt(MARGIN)
    section.top_margin = Pt(sheet.top)
    section.bottom_margin = Pt(BOTTOM)
    section.header_distance = section.footer_distance = Pt(30)


def _set_properties(document: Document, letter: Letter) -> None:
    """The document's own record: the person as the author, the letter's day, and nothing of this machine."""
    when = datetime(letter.date.year, letter.date.month, letter.date.day, *NOON, tzinfo=UTC).replace(tzinfo=None)
    properties = document.core_properties
    properties.author = properties.last_modified_by = letter.signature_name[:255]
    properties.title = letter.subject[:255]
    properties.language = letter.language
    properties.comments = ""
    properties.created = properties.modified = when
    properties.revision = 1


def _drop_baggage(document: Document) -> None:
    """Cut the empty document's ties to parts that are no part of a letter."""
    for rels in (document.part.package.rels, document.part.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(BAGGAGE)]:
            del rels[key]


def _packed(document: Document, on: date) -> bytes:
    """The document as a zip whose members all carry the letter's day."""
    raw, packed = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            member = zipfile.ZipInfo(name, (max(on.year, EARLIEST), on.month, on.day, *NOON))
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3  # Unix, wherever it is made
            member.external_attr = 0o600 << 16
            target.writestr(member, source.read(name))
    return packed.getvalue()
