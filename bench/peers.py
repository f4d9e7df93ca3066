"""The same letters with other libraries: same words, same frame, same embedded font, one PDF a batch."""

import io
from collections.abc import Sequence
from html import escape
from typing import Any

from sheet import (
    DATE,
    FOLD_FROM,
    FOLD_TO,
    FOLDS,
    GAP,
    HEIGHT,
    MARGIN,
    RECIPIENT,
    SENDER,
    SIGNATURE,
    TEXT,
    WIDTH,
    Face,
    Words,
)


def reportlab(letters: Sequence[Words], face: Face) -> bytes:
    """ReportLab Platypus: flowables in a frame, fold marks by the page template."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import BaseDocTemplate, Frame, PageBreak, PageTemplate, Paragraph, Spacer

    pdfmetrics.registerFont(TTFont(face.name, face.regular))
    pdfmetrics.registerFont(TTFont(face.name + "-Bold", face.bold))
    plain = ParagraphStyle("plain", fontName=face.name, fontSize=face.size, leading=face.pitch)
    spaced = ParagraphStyle("spaced", parent=plain, spaceBefore=GAP - (face.pitch - face.size))
    bold = ParagraphStyle("bold", parent=plain, fontName=face.name + "-Bold")

    def folds(canvas: Any, _: Any) -> None:
        canvas.setLineWidth(0.4)
        for fold in FOLDS:
            canvas.line(FOLD_FROM, HEIGHT - fold, FOLD_TO, HEIGHT - fold)

    def band(lines: Sequence[str], top: float, bottom: float) -> list[Any]:
        used = len(lines) * face.pitch
        return [Paragraph("<br/>".join(map(escape, lines)), plain), Spacer(1, bottom - top - used)]

    story: list[Any] = []
    for it in letters:
        story += band(it.sender, SENDER, DATE)
        story += band((it.date,), DATE, RECIPIENT)
        story += band(it.recipient, RECIPIENT, TEXT)
        story.append(Paragraph(escape(it.subject), bold))
        story += [Paragraph(escape(text), spaced) for text in (it.salutation, *it.body, it.close)]
        story += [Spacer(1, SIGNATURE), Paragraph(escape(it.name), plain), PageBreak()]
    out = io.BytesIO()
    document = BaseDocTemplate(out, pagesize=(WIDTH, HEIGHT), invariant=1)
    frame = Frame(MARGIN, 54, WIDTH - 2 * MARGIN, HEIGHT - MARGIN - 54, 0, 0, 0, 0)
    document.addPageTemplates([PageTemplate(frames=[frame], onPage=folds)])
    document.build(story)
    return out.getvalue()


def weasyprint(letters: Sequence[Words], face: Face) -> bytes:
    """WeasyPrint: HTML with places, a style sheet, one section a page."""
    from weasyprint import HTML

    style = f"""
        @font-face {{ font-family: Bench; src: url(file://{face.regular}) }}
        @font-face {{ font-family: Bench; font-weight: bold; src: url(file://{face.bold}) }}
        @page {{ size: {WIDTH}pt {HEIGHT}pt; margin: 0 }}
        body {{ font: {face.size}pt/{face.pitch}pt Bench; margin: 0 }}
        section {{ position: relative; break-after: page; height: {HEIGHT - 1}pt }}
        div {{ position: absolute; left: {MARGIN}pt; width: {WIDTH - 2 * MARGIN}pt }}
        p {{ margin: 0 0 {GAP - face.pitch + face.size}pt }}
        i {{ position: absolute; left: {FOLD_FROM}pt; width: {FOLD_TO - FOLD_FROM}pt; border-top: 0.4pt solid gray }}
    """
    folds = "".join(f'<i style="top:{fold}pt"></i>' for fold in FOLDS)

    def band(lines: Sequence[str], top: float) -> str:
        return f'<div style="top:{top}pt">{"<br>".join(map(escape, lines))}</div>'

    def section(it: Words) -> str:
        text = "".join(f"<p>{escape(part)}</p>" for part in (it.salutation, *it.body, it.close))
        return (
            f"<section>{folds}{band(it.sender, SENDER)}{band((it.date,), DATE)}{band(it.recipient, RECIPIENT)}"
            f'<div style="top:{TEXT}pt"><p><b>{escape(it.subject)}</b></p>{text}'
            f'<p style="margin-top:{SIGNATURE}pt">{escape(it.name)}</p></div></section>'
        )

    page = f"<html><style>{style}</style><body>{''.join(map(section, letters))}</body></html>"
    made = HTML(string=page).write_pdf()
    assert made is not None
    return bytes(made)


def fpdf2(letters: Sequence[Words], face: Face) -> bytes:
    """fpdf2: cells at places."""
    from fpdf import FPDF

    document = FPDF(unit="pt", format=(WIDTH, HEIGHT))
    document.set_auto_page_break(False)
    document.set_margin(MARGIN)
    document.add_font(face.name, fname=face.regular)
    document.add_font(face.name, style="B", fname=face.bold)
    width = WIDTH - 2 * MARGIN

    def lines(text: str, top: float) -> None:
        document.set_xy(MARGIN, top)
        document.multi_cell(width, face.pitch, text, align="L", new_x="LMARGIN", new_y="NEXT")

    for it in letters:
        document.add_page()
        document.set_font(face.name, size=face.size)
        document.set_line_width(0.4)
        for fold in FOLDS:
            document.line(FOLD_FROM, fold, FOLD_TO, fold)
        lines("\n".join(it.sender), SENDER)
        lines(it.date, DATE)
        lines("\n".join(it.recipient), RECIPIENT)
        document.set_font(face.name, style="B", size=face.size)
        lines(it.subject, TEXT)
        document.set_font(face.name, size=face.size)
        for text in (it.salutation, *it.body, it.close):
            lines(text, document.get_y() + GAP - face.pitch + face.size)
        lines(it.name, document.get_y() + SIGNATURE)
    return bytes(document.output())


PEERS = {"ReportLab Platypus": reportlab, "WeasyPrint": weasyprint, "fpdf2": fpdf2}
