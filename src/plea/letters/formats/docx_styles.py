"""The named styles of the Word document, and paragraphs in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from plea.letters.plain_text import is_right_to_left

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph

    from plea.model.letters import Items, Run


class Typeface(NamedTuple):
    """A typeface that office programs have or replace by one of the same widths, its size and the height of a line."""

    font: str
    size: float
    pitch: float


ORDINARY = Typeface("Times New Roman", 11.5, 13.8)
LARGE = Typeface("Arial", 18, 23.8)  # 18 pt sans at 1.15: American Council of the Blind
ADDRESS_SIZE, ADDRESS_PITCH = 10.0, 11.0  # in a window
KEPT = {"Normal", "Default Paragraph Font", "Normal Table", "No List", "List Bullet", "List Number", "Header"}
LOCALES = {"en": "en-US", "es": "es-US"}


def set_styles(document: Document, typeface: Typeface, language: str) -> None:
    """Make the styles of a letter, and drop the two hundred that the empty document brings along."""
    for style in list(document.styles):
        if style.name not in KEPT:
            style.delete()
    normal = document.styles["Normal"]
    _set_typeface(normal, typeface, language)
    normal.paragraph_format.space_after = Pt(0)
    gap = typeface.pitch * 0.55
    _add(document, "Sender", exact=typeface.pitch)
    _add(document, "Date", exact=typeface.pitch)
    _add(document, "Recipient", exact=typeface.pitch)
    _add(document, "Window", exact=ADDRESS_PITCH).font.size = Pt(ADDRESS_SIZE)
    _add(document, "Subject", after=gap).font.bold = True
    _add(document, "Salutation", after=gap)
    _add(document, "Body Text", after=gap, pitch=typeface.pitch)
    for name in ("List Bullet", "List Number"):
        document.styles[name].paragraph_format.space_after = Pt(gap / 2)
    closing = _add(document, "Closing", before=gap / 2)
    closing.paragraph_format.keep_with_next = True
    _add(document, "Signature")
    for name in ("Contact", "Enclosures"):
        _add(document, name).font.size = Pt(ADDRESS_SIZE if typeface is ORDINARY else typeface.size)


def _add(
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
    spoken.set(qn("w:val"), LOCALES.get(language, language))
    for old in properties.findall(qn("w:lang")) + properties.findall(qn("w:szCs")):
        properties.remove(old)
    properties.find(qn("w:sz")).addnext(size)
    properties.append(spoken)


def add_runs(paragraph: Paragraph, runs: Sequence[Run]) -> None:
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
            link.append(added._r)  # noqa: SLF001 (likewise)
    set_direction(paragraph, "".join(run.text for run in runs))


def add_items(document: Document, items: Items) -> None:
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
        add_runs(paragraph, item)


def set_direction(paragraph: Paragraph, text: str) -> None:
    """Make a paragraph run right to left when its first letter does."""
    if not is_right_to_left(text):
        return
    paragraph._p.get_or_add_pPr().insert_element_before(  # noqa: SLF001 (python-docx has no word for it)
        OxmlElement("w:bidi"), "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr", "w:sectPr"
    )
    for run in paragraph.runs:
        run.font.rtl = True
