"""Formats of plain text: the whole letter wrapped at 72 columns, and the body alone for the web form of an office."""

from plea.letters.plain_text import body_lines, closing_lines, recipient_lines, subject_line, wrap
from plea.model.letters import Letter, Printing, Rendered

WIDTH = 72


def render_txt(letter: Letter, printing: Printing) -> Rendered:  # noqa: ARG001 (every format is called alike)
    """UTF-8 text with a newline at the end."""
    return Rendered(letter_text(letter).encode())


def letter_text(letter: Letter) -> str:
    """The letter from top to bottom; address lines are never broken."""
    lines: list[str] = []
    if letter.copy_of:
        lines += (*wrap(f"[{letter.labels['copy']}]", WIDTH), "")
    lines += (*letter.sender, "", letter.date_text, "", *recipient_lines(letter.recipient), "")
    if letter.subject:
        lines += (*wrap(subject_line(letter), WIDTH), "")
    lines += (letter.salutation, "", *body_lines(letter.body, WIDTH), "", letter.close, "", "", "")
    lines.append(letter.signature_name)
    enclosed = closing_lines(letter)
    if enclosed:
        lines += ("", *enclosed)
    return "\n".join(lines) + "\n"


def render_form(letter: Letter, printing: Printing) -> Rendered:  # noqa: ARG001 (every format is called alike)
    """UTF-8 text: where to paste it, the subject, the length; under a line of dashes the body, a paragraph a line.

    A form has fields of its own for name and address and adds the office's salutation, so the body has neither.
    """
    text = body_text(letter)
    destination = letter.contact_form or "the form on the site of the office (its address is not known)"
    head = (
        f"[{letter.labels['copy']}]" if letter.copy_of else f"Paste at: {destination}",
        f"Subject:  {letter.subject}",
        # As a form counts: characters with spaces and newlines, and words.
        f"Length:   {len(text):,} characters, {len(text.split()):,} words",
        "-" * WIDTH,
    )
    return Rendered("\n".join((*head, text, "")).encode())


def body_text(letter: Letter) -> str:
    """What is pasted into a form: the paragraphs with an empty line between, nothing wrapped."""
    return "\n".join(body_lines(letter.body, None))
