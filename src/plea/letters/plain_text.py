"""A letter as plain text: wrapped at 72 columns, its body alone for the web form of an office, and its lines."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from plea.model.letters import Block, Letter, Paragraph, Printing, Recipient, Rendered, Run
from plea.system.files import slug

WIDTH = 72
NAME_LIMIT = 100  # bytes of a file's name before its suffix; a name of 120 is promised
SPACES = re.compile(r"[ \t\n\r\f]+")  # a no-break space is not among them
BLANK = " \t\n\r\f"
HANGUL = ("\uac00", "\ud7a3")
JOINER = "\u200d"  # holds the parts of one emoji together


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


# --- names and lines of a letter --------------------------------------------------------------------------------------


def label(letter: Letter) -> str:
    """The letter in a list of letters: its ask and its official, or the role of a post (`diplomacy, Peter Welch`)."""
    return f"{letter.ask}, {letter.official.name or letter.official.role}"


def file_stems(letters: Sequence[Letter]) -> tuple[str, ...]:
    """A file name without suffix for each letter: ask, official, and the language unless it is English.

    A post is named by its role, whoever holds it. Two that would be the same (the same person as senator and as chair)
    get the official's id, then the letter's.
    """

    def stem(letter: Letter, name: str) -> str:
        language = "" if letter.language == "en" else f"-{slug(letter.language)}"
        return f"{slug(letter.ask)}-{name}"[: NAME_LIMIT - len(letter.id) - len(language)].rstrip("-") + language

    stems: list[str] = []
    for letter in letters:
        official = letter.official
        name = official.id if official.id == official.role else slug(official.name) or official.id
        stems.append(stem(letter, slug(name)))
    count = Counter(stems)
    stems = [
        short if count[short] == 1 else stem(letter, slug(letter.official.id))
        for letter, short in zip(letters, stems, strict=True)
    ]
    count = Counter(stems)
    return tuple(
        longer if count[longer] == 1 else f"{longer}-{letter.id}" for letter, longer in zip(letters, stems, strict=True)
    )


def recipient_lines(recipient: Recipient) -> tuple[str, ...]:
    """Every line of the address, the suite on the street's line, as USPS Publication 28 prefers."""
    street = ", ".join(part for part in (recipient.street, recipient.suite) if part)
    lines = (*recipient.lead, recipient.building, street, *recipient.last, recipient.country)
    return tuple(line for line in lines if line)


def plain(runs: Sequence[Run]) -> str:
    """The words of a paragraph; a link's address follows in parentheses unless the words contain it."""
    words = ""
    for run in runs:
        address = run.href.removeprefix("mailto:")
        address_in_words = not run.href or address.rstrip("/") in run.text or run.text in address
        words += run.text if address_in_words else f"{run.text} ({address})"
    return words


def subject_line(letter: Letter) -> str:
    """The subject with its label (`Re: ...`); empty where there is none."""
    return f"{letter.labels.get('subject', '')} {letter.subject}".strip() if letter.subject else ""


def is_right_to_left(text: str) -> bool:
    """Whether the first letter of strong direction runs right to left (Unicode Standard Annex 9, rule P2)."""
    directions = (unicodedata.bidirectional(character) for character in text)
    return next((direction for direction in directions if direction in {"L", "R", "AL"}), "L") != "L"


def body_lines(body: Sequence[Block], width: int | None) -> Iterator[str]:
    """The paragraphs with an empty line between them, wrapped at `width` columns; None keeps each on one line."""
    for number, block in enumerate(body):
        if number:
            yield ""
        if isinstance(block, Paragraph):
            yield from wrap(plain(block.runs), width)
            continue
        for place, item in enumerate(block.items, start=1):
            bullet = f"{place}. " if block.ordered else "- "
            yield from wrap(plain(item), width, first=bullet, rest=" " * len(bullet))


def columns(text: str) -> int:
    """How many columns of a terminal the text takes: East Asian wide characters two, combining and format ones none."""
    if text.isascii():
        return len(text)
    visible = [character for character in text if unicodedata.category(character) not in {"Mn", "Me", "Cf"}]
    return len(visible) + sum(unicodedata.east_asian_width(character) in {"W", "F"} for character in visible)


def wrap(text: str, width: int | None, first: str = "", rest: str = "") -> Iterator[str]:
    """The text in lines of at most `width` columns, broken at spaces and between East Asian characters only.

    A word or an address that is longer than a line gets a line of its own and is not broken.
    """
    if width is None:
        yield first + " ".join(SPACES.split(text.strip(BLANK)))
        return
    line, empty = first, True
    for space, word in _pieces(text):
        if empty:
            line, empty = line + word, False
        elif columns(line) + len(space) + columns(word) > width:
            yield line
            line = rest + word
        else:
            line += space + word
    yield line


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """The words with the space before each, broken where a line may be broken within them.

    That is on either side of an ideograph or kana; Korean is broken at its spaces. What closes or combines stays with
    the character before it, what opens with the one after.
    """

    def ideographic(character: str) -> bool:
        return unicodedata.east_asian_width(character) in {"W", "F"} and not HANGUL[0] <= character <= HANGUL[1]

    for word in SPACES.split(text.strip(BLANK)):
        space, piece = " ", ""
        for character in word:
            if piece and (ideographic(character) or ideographic(piece[-1])):
                closes = unicodedata.category(character) in {"Po", "Pe", "Pf", "Mn", "Mc", "Me", "Cf", "Lm", "Sk"}
                opens = piece[-1] == JOINER or unicodedata.category(piece[-1]) in {"Ps", "Pi"}
                if not (closes or opens):
                    yield space, piece
                    space, piece = "", ""
            piece += character
        yield space, piece


def closing_lines(letter: Letter) -> tuple[str, ...]:
    """Below the signature: what is enclosed."""
    if not letter.enclosures:
        return ()
    label = letter.labels.get("enclosure" if len(letter.enclosures) == 1 else "enclosures", "")
    return (label, *letter.enclosures)
