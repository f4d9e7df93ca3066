"""Stretches of text, links, lists and right-to-left paragraphs in a Word document."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from docx.document import Document
    from docx.oxml.text.run import CT_R
    from docx.text.paragraph import Paragraph

    from plea.model import Items, Run

RIGHT_TO_LEFT = frozenset({"R", "AL"})
SETS_DIRECTION = RIGHT_TO_LEFT | {"L"}


def add_runs(paragraph: Paragraph, runs: Sequence[Run]) -> None:
    """The runs of one paragraph, right to left when its first letter is."""
    for run in runs:
        added = paragraph.add_run(run.text)
        added.bold = run.strong or None
        added.italic = run.emphasis or None
        if run.href:
            _link(paragraph, added._r, run.href)  # noqa: SLF001 (python-docx makes no links)
    set_direction(paragraph, "".join(run.text for run in runs))


def add_items(document: Document, items: Items) -> None:
    """A list; an ordered one starts at 1 whatever came before."""
    numbering = _restarted(document) if items.ordered else None
    for item in items.items:
        paragraph = document.add_paragraph(style="List Number" if items.ordered else "List Bullet")
        if numbering is not None:
            properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # noqa: SLF001 (no public way)
            properties.get_or_add_numId().val = numbering
            properties.get_or_add_ilvl().val = 0
        add_runs(paragraph, item)


def set_direction(paragraph: Paragraph, text: str) -> None:
    """Mark a paragraph as right to left when its first letter with a direction is (Unicode TR 9, rule P2)."""
    directions = (unicodedata.bidirectional(character) for character in text)
    first = next((direction for direction in directions if direction in SETS_DIRECTION), "L")
    if first not in RIGHT_TO_LEFT:
        return
    paragraph._p.get_or_add_pPr().insert_element_before(  # noqa: SLF001 (python-docx has no word for it)
        OxmlElement("w:bidi"), "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr", "w:sectPr"
    )
    for run in paragraph.runs:
        run.font.rtl = True


def _restarted(document: Document) -> int:
    """A numbering of its own, like that of the style `List Number`; gives its id."""
    style = document.styles["List Number"].element
    used = style.pPr.numPr.numId.val
    numbering = document.part.numbering_part.element
    added = numbering.add_num(numbering.num_having_numId(used).abstractNumId.val)
    added.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(added.numId)


def _link(paragraph: Paragraph, run: CT_R, address: str) -> None:
    """Put a run into a link to an address outside the document."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run.addprevious(link)
    link.append(run)
