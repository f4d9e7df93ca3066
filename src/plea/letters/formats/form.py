"""The body alone, for pasting into the web form of an office."""

from plea.letters.plain_text import body_lines
from plea.model.letters import Letter, Printing, Rendered

RULE = "-" * 72


def render(letter: Letter, printing: Printing) -> Rendered:  # noqa: ARG001 (every format is called alike)
    """UTF-8 text: where to paste it, the subject, the length; under a rule the body, a paragraph a line.

    A form has fields of its own for name and address and joins the office's salutation, so the body has neither.
    """
    text = body(letter)
    goes_to = letter.contact_form or "the form on the site of the office (its address is not known)"
    head = (
        f"[{letter.labels['copy']}]" if letter.copy_of else f"Paste at: {goes_to}",
        f"Subject:  {letter.subject}",
        f"Length:   {length_in_words(text)}",
        RULE,
    )
    return Rendered("\n".join((*head, text, "")).encode())


def body(letter: Letter) -> str:
    """What is pasted: the paragraphs with an empty line between, nothing wrapped."""
    return "\n".join(body_lines(letter.body, None))


def length_in_words(text: str) -> str:
    """How long it is as a form counts: characters with spaces and line ends, and words."""
    return f"{len(text):,} characters, {len(text.split()):,} words"
