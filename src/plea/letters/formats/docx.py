"""The letter as a Word document: real paragraphs in named styles, to be read and edited in any office program."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING, NamedTuple

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_LINE_SPACING
from docx.image.exceptions import UnrecognizedImageError
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from plea.errors import InputError
from plea.letters.paper.fit import join_sender
from plea.letters.paper.profiles import read_signature
from plea.letters.paper.typst_inputs import ADDRESS_PITCH, ADDRESS_SIZE, NO_BREAK, sender_block
from plea.letters.plain_text import closing_lines, is_right_to_left, recipient_lines, subject_line
from plea.model.letters import Items, Letter, Printing, Profile, Rendered, Run

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from docx.document import Document
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph


class Typeface(NamedTuple):
    """A typeface that office programs have or replace by one of the same widths, its size and the height of a line."""

    font: str
    size: float
    pitch: float


ORDINARY = Typeface("Times New Roman", 11.5, 13.8)
LARGE = Typeface("Arial", 18, 23.8)  # 18 pt sans at 1.15: American Council of the Blind
NOON = time(12)  # UTC, which a document does not name
EARLIEST = 1980  # the first year a zip can name
# What the empty document brings along and no letter needs: the name of a program, a picture, styles once more.
UNUSED_PARTS = ("/thumbnail", "/extended-properties", "/customXml", "/stylesWithEffects")
USED_STYLES = {"Normal", "Default Paragraph Font", "Normal Table", "No List", "List Bullet", "List Number", "Header"}
SIGNATURE_HEIGHT = 40.0
MARGIN = 72.0
GAP = 0.9  # lines between the blocks above the text


def render(letter: Letter, printing: Printing) -> Rendered:
    """Bytes of an Office Open XML document, the same for the same letter; its times are noon UTC of the letter's day.

    The recipient is in the window of the profile's envelope, as exact line heights place it; in large print, and
    where the sender's block is too long for that, the blocks follow one another. The PDF is the format that is proved.
    """
    document = docx.Document()
    for rels in (document.part.package.rels, document.part.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(UNUSED_PARTS)]:
            del rels[key]
    typeface = LARGE if printing.large_print else ORDINARY
    _set_styles(document, typeface, letter.language)
    properties = document.core_properties  # the person as the author, the letter's day, and nothing of this machine
    properties.author = properties.last_modified_by = letter.signature_name[:255]
    properties.title = letter.subject[:255]
    properties.language = letter.language
    properties.comments = ""
    properties.created = properties.modified = datetime.combine(letter.date, NOON)
    properties.revision = 1
    head = _head_of(letter, recipient_lines(letter.recipient), printing, typeface.pitch)
    section = document.sections[0]
    section.page_width, section.page_height = Pt(printing.profile.width), Pt(printing.profile.height)
    section.left_margin = section.right_margin = Pt(MARGIN)
    section.top_margin = Pt(head.top)
    section.bottom_margin = Pt(50)
    section.header_distance = section.footer_distance = Pt(30)
    if letter.copy_of:
        section.header.is_linked_to_previous = False
        section.header.paragraphs[0].add_run(letter.labels["copy"]).italic = True
    for line in head.lines:
        paragraph = document.add_paragraph(line.text, style=line.style)
        if line.above:
            paragraph.paragraph_format.space_before = Pt(line.above)
        if line.indent:
            paragraph.paragraph_format.left_indent = Pt(line.indent)
    _add_text(document, letter, head.to_text)
    _add_ending(document, letter, printing, typeface, head.below_signature)
    return Rendered(_packed(document, letter.date))


# --- above the text -----------------------------------------------------------------------------------------
#
# The typeset PDF places boxes; a word processor knows only distances. With lines of exact height the two agree.


@dataclass(frozen=True, slots=True)
class HeadLine:
    """One line above the text: its style, the space above it and its indent from the margin, in points."""

    text: str
    style: str
    above: float = 0.0
    indent: float = 0.0


@dataclass(frozen=True, slots=True)
class PageHead:
    """The top margin, the lines above the text, the space between them and it, and lines below the signature."""

    top: float
    lines: tuple[HeadLine, ...]
    to_text: float
    below_signature: tuple[str, ...] = ()


def _head_of(letter: Letter, recipient: Sequence[str], printing: Printing, pitch: float) -> PageHead:
    """Sender, date and recipient where the profile's windows want them, else one below the other."""
    windows = not printing.large_print and printing.profile.recipient
    in_windows = _head_in_windows(letter, recipient, printing.profile, pitch) if windows else None
    if in_windows:
        return in_windows
    gap = GAP * pitch
    sender = (HeadLine(line, "Sender") for line in letter.sender)
    lines = (*sender, HeadLine(letter.date_text, "Date", above=gap), *_block(recipient, "Recipient", above=gap))
    return PageHead(MARGIN, lines, to_text=gap)


def _head_in_windows(letter: Letter, recipient: Sequence[str], profile: Profile, pitch: float) -> PageHead | None:
    """The recipient in its window, the sender above it or in a window of its own; None where they do not fit."""
    assert profile.recipient
    window, region = profile.recipient, profile.clear[0]
    sender = sender_block(letter, profile)
    below_signature: tuple[str, ...] = ()
    top, pitch_of_sender, left = MARGIN, pitch, MARGIN
    if profile.sender:  # a window of few lines sends the others to the foot of the letter
        below_signature = tuple(line for line in letter.sender if line not in sender)
        sender = tuple(line.replace(NO_BREAK, " ") for line in join_sender(sender, profile))
        top, pitch_of_sender, left = profile.sender.y, ADDRESS_PITCH, profile.sender.x
    until = region.y
    if profile.sender_side == "right":  # to the right of the window, so only the recipient itself is in the way
        left, until = region.x + region.width, window.y
    end = top + len(sender) * pitch_of_sender
    date_at = max(end, profile.clear[1].y + profile.clear[1].height) if profile.sender else end
    room = until - date_at - pitch
    if room < 0 or len(recipient) * ADDRESS_PITCH > window.height + ADDRESS_PITCH - 10:
        return None
    date_above = date_at - end + (min(room, GAP * pitch) if not profile.sender else room / 2)
    date_end = end + date_above + pitch
    date_indent = left - MARGIN if profile.sender_side == "right" else 0
    lines = (
        *_block(sender, "Window" if profile.sender else "Sender", indent=left - MARGIN),
        HeadLine(letter.date_text, "Date", above=date_above, indent=date_indent),
        *_block(recipient, "Window", above=window.y - date_end, indent=window.x - MARGIN),
    )
    to_text = region.y + region.height - window.y - len(recipient) * ADDRESS_PITCH
    return PageHead(top, lines, to_text, below_signature)


def _block(lines: Sequence[str], style: str, above: float = 0.0, indent: float = 0.0) -> tuple[HeadLine, ...]:
    """Lines of one block, with the space above the first of them."""
    return tuple(HeadLine(line, style, above if number == 0 else 0.0, indent) for number, line in enumerate(lines))


# --- the text and below it ----------------------------------------------------------------------------------


def _add_text(document: Document, letter: Letter, above: float) -> None:
    """Subject, salutation and body."""
    first = document.add_paragraph(style="Subject" if letter.subject else "Salutation")
    first.add_run(subject_line(letter) or letter.salutation)
    first.paragraph_format.space_before = Pt(above)
    if letter.subject:
        document.add_paragraph(letter.salutation, style="Salutation")
    for block in letter.body:
        if isinstance(block, Items):
            _add_items(document, block)
        else:
            _add_runs(document.add_paragraph(style="Body Text"), block.runs)


def _add_ending(
    document: Document, letter: Letter, printing: Printing, typeface: Typeface, below_signature: tuple[str, ...]
) -> None:
    """Close, room to sign by hand or the picture of a signature, the name, the lines below it, what is enclosed."""
    document.add_paragraph(letter.close, style="Closing")
    picture = read_signature(printing.signature)
    if picture:
        paragraph = document.add_paragraph(style="Closing")
        paragraph.paragraph_format.space_before = Pt(0)
        try:
            shape = paragraph.add_run().add_picture(io.BytesIO(picture.content), height=Pt(SIGNATURE_HEIGHT))
        except UnrecognizedImageError as error:
            raise InputError("signature.not_for_word", str(printing.signature)) from error
        shape._inline.docPr.set("descr", letter.signature_name)  # noqa: SLF001 (python-docx has no word for alt text)
    name = document.add_paragraph(letter.signature_name, style="Signature")
    name.paragraph_format.space_before = Pt(0 if picture else 3.2 * typeface.pitch)
    _set_direction(name, letter.signature_name)
    for line in below_signature:
        document.add_paragraph(line, style="Contact")
    for number, line in enumerate(closing_lines(letter)):
        enclosure = document.add_paragraph(line, style="Enclosures")
        enclosure.paragraph_format.space_before = Pt(0 if number else typeface.pitch / 2)


def _packed(document: Document, on: date) -> bytes:
    """The document as a zip whose members all carry the letter's day."""
    raw, packed = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            member = zipfile.ZipInfo(name, (max(on.year, EARLIEST), on.month, on.day, 12, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3  # Unix, wherever it is made
            member.external_attr = 0o600 << 16
            target.writestr(member, source.read(name))
    return packed.getvalue()


# --- styles and paragraphs ----------------------------------------------------------------------------------


def _set_styles(document: Document, typeface: Typeface, language: str) -> None:
    """Make the styles of a letter, and drop the two hundred that the empty document brings along."""
    for style in list(document.styles):
        if style.name not in USED_STYLES:
            style.delete()
    normal = document.styles["Normal"]
    _set_typeface(normal, typeface, language)
    normal.paragraph_format.space_after = Pt(0)
    gap = typeface.pitch * 0.55
    _add_style(document, "Sender", exact=typeface.pitch)
    _add_style(document, "Date", exact=typeface.pitch)
    _add_style(document, "Recipient", exact=typeface.pitch)
    _add_style(document, "Window", exact=ADDRESS_PITCH).font.size = Pt(ADDRESS_SIZE)
    _add_style(document, "Subject", after=gap).font.bold = True
    _add_style(document, "Salutation", after=gap)
    _add_style(document, "Body Text", after=gap, pitch=typeface.pitch)
    for name in ("List Bullet", "List Number"):
        document.styles[name].paragraph_format.space_after = Pt(gap / 2)
    closing = _add_style(document, "Closing", before=gap / 2)
    closing.paragraph_format.keep_with_next = True
    _add_style(document, "Signature")
    for name in ("Contact", "Enclosures"):
        _add_style(document, name).font.size = Pt(ADDRESS_SIZE if typeface is ORDINARY else typeface.size)


def _add_style(
    document: Document, name: str, *, before: float = 0, after: float = 0, exact: float = 0, pitch: float = 0
) -> ParagraphStyle:
    """A paragraph style over Normal; `exact` and `pitch` are heights of a line, fixed and at least."""
    style: ParagraphStyle = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    shape = style.paragraph_format
    shape.space_before, shape.space_after = Pt(before), Pt(after)
    shape.widow_control = True
    if exact or pitch:
        shape.line_spacing_rule = WD_LINE_SPACING.EXACTLY if exact else WD_LINE_SPACING.AT_LEAST
        shape.line_spacing = Pt(exact or pitch)
        shape.line_spacing_rule = WD_LINE_SPACING.EXACTLY if exact else WD_LINE_SPACING.AT_LEAST
    return style


def _set_typeface(style: ParagraphStyle, typeface: Typeface, language: str) -> None:
    """Font and size for every script, and the language that a spelling checker reads."""
    style.font.name, style.font.size = typeface.font, Pt(typeface.size)
    properties = style.element.get_or_add_rPr()
    fonts = properties.find(qn("w:rFonts"))
    for key in list(fonts.attrib):
        del fonts.attrib[key]
    for key in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{key}"), typeface.font)
    size = OxmlElement("w:szCs")
    size.set(qn("w:val"), str(int(typeface.size * 2)))
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), {"en": "en-US", "es": "es-US"}.get(language, language))
    for old in properties.findall(qn("w:lang")) + properties.findall(qn("w:szCs")):
        properties.remove(old)
    properties.find(qn("w:sz")).addnext(size)
    properties.append(spoken)


def _add_runs(paragraph: Paragraph, runs: Sequence[Run]) -> None:
    """The runs of one paragraph, right to left when its first letter is."""
    for run in runs:
        added = paragraph.add_run(run.text)
        added.bold = run.strong or None
        added.italic = run.emphasis or None
        if run.href:
            link = OxmlElement("w:hyperlink")
            address = paragraph.part.relate_to(run.href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
            link.set(qn("r:id"), address)
            added._r.addprevious(link)  # noqa: SLF001 (python-docx makes no links)
            link.append(added._r)  # noqa: SLF001 (as above)
    _set_direction(paragraph, "".join(run.text for run in runs))


def _add_items(document: Document, items: Items) -> None:
    """A list; an ordered one starts at 1 whatever came before."""
    if items.ordered:  # a numbering of its own, like that of the style
        used = document.styles["List Number"].element.pPr.numPr.numId.val
        numberings = document.part.numbering_part.element
        numbering = numberings.add_num(numberings.num_having_numId(used).abstractNumId.val)
        numbering.add_lvlOverride(ilvl=0).add_startOverride(1)
    for item in items.items:
        paragraph = document.add_paragraph(style="List Number" if items.ordered else "List Bullet")
        if items.ordered:
            properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001 (no public way)
            properties.get_or_add_numId().val = int(numbering.numId)
            properties.get_or_add_ilvl().val = 0
        _add_runs(paragraph, item)


def _set_direction(paragraph: Paragraph, text: str) -> None:
    """Make a paragraph run right to left when its first letter does."""
    if not is_right_to_left(text):
        return
    paragraph._p.get_or_add_pPr().insert_element_before(  # noqa: SLF001 (python-docx has no word for it)
        OxmlElement("w:bidi"), "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr", "w:sectPr"
    )
    for run in paragraph.runs:
        run.font.rtl = True
