"""The whole letter as plain text, wrapped at 72 columns."""

from collections.abc import Iterator

from plea.letters.plain_text import body_lines, closing_lines, recipient_lines, wrap
from plea.model.letters import Letter, Printing, Rendered

WIDTH = 72


def render(letter: Letter, printing: Printing) -> Rendered:  # noqa: ARG001 (every format is called alike)
    """UTF-8 text with a line end at the end; address lines are never broken."""
    return Rendered(("\n".join(lines(letter)) + "\n").encode())


def lines(letter: Letter) -> Iterator[str]:
    """The letter from top to bottom."""
    if letter.copy_of:
        yield from (*wrap(f"[{letter.labels['copy']}]", WIDTH), "")
    yield from (*letter.sender, "", letter.date_text, "", *recipient_lines(letter.recipient), "")
    if letter.subject:
        yield from (*wrap(f"{letter.labels['subject']} {letter.subject}", WIDTH), "")
    yield from (letter.salutation, "", *body_lines(letter.body, WIDTH), "", letter.close, "", "", "")
    yield letter.signature_name
    enclosed = closing_lines(letter)
    if enclosed:
        yield from ("", *enclosed)
