"""A letter as plain lines, for the formats that know no layout."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from plea.model.letters import Block, Letter, Paragraph, Recipient, Run

SPACES = re.compile(r"[ \t\n\r\f]+")  # a no-break space is not among them
BLANK = " \t\n\r\f"
HANGUL = ("\uac00", "\ud7a3")
JOINER = "\u200d"  # holds the parts of one emoji together


def recipient_lines(recipient: Recipient) -> tuple[str, ...]:
    """Every line of the address, the suite on the street's line, as USPS Publication 28 prefers."""
    street = ", ".join(part for part in (recipient.street, recipient.suite) if part)
    lines = (*recipient.lead, recipient.building, street, *recipient.last, recipient.country)
    return tuple(line for line in lines if line)


def plain(runs: Sequence[Run]) -> str:
    """The words of a paragraph; a link's address follows in brackets where the words do not say it."""
    return "".join(_plain_run(run) for run in runs)


def _plain_run(run: Run) -> str:
    address = run.href.removeprefix("mailto:")
    if not run.href or address.rstrip("/") in run.text or run.text in address:
        return run.text
    return f"{run.text} ({address})"


def body_lines(body: Sequence[Block], width: int | None) -> Iterator[str]:
    """The paragraphs with an empty line between them, wrapped at `width` columns; None keeps each on one line."""
    for number, block in enumerate(body):
        if number:
            yield ""
        if isinstance(block, Paragraph):
            yield from wrap(plain(block.runs), width)
            continue
        for place, item in enumerate(block.items, start=1):
            mark = f"{place}. " if block.ordered else "- "
            yield from wrap(plain(item), width, first=mark, rest=" " * len(mark))


def columns(text: str) -> int:
    """How many columns of a terminal the text takes: East Asian wide characters two, combining and format ones none."""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def wrap(text: str, width: int | None, first: str = "", rest: str = "") -> Iterator[str]:
    """The text in lines of at most `width` columns, broken at spaces and between East Asian characters only.

    A word or an address that is longer than a line stands on a line of its own, whole.
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
    """The words with the space before each; runs of wide characters may be parted anywhere, so each is a word."""
    for word in SPACES.split(text.strip(BLANK)):
        space = " "
        for piece in _parted(word):
            yield space, piece
            space = ""


def _parted(word: str) -> Iterator[str]:
    """A word as it may be broken: on either side of an ideograph or kana, not before closing punctuation."""
    piece = ""
    for character in word:
        if piece and (_ideographic(character) or _ideographic(piece[-1])) and not _joined(piece[-1], character):
            yield piece
            piece = ""
        piece += character
    yield piece


def _ideographic(character: str) -> bool:
    """Whether a line may be broken beside the character; Korean is broken at its spaces."""
    return unicodedata.east_asian_width(character) in {"W", "F"} and not HANGUL[0] <= character <= HANGUL[1]


def _joined(before: str, after: str) -> bool:
    """Whether two characters stay on one line: nothing opens at an end, closes or combines at a start."""
    clings = unicodedata.category(after) in {"Po", "Pe", "Pf", "Mn", "Mc", "Me", "Cf", "Lm", "Sk"}
    return clings or before == JOINER or unicodedata.category(before) in {"Ps", "Pi"}


def closing_lines(letter: Letter) -> tuple[str, ...]:
    """Below the signature: what is enclosed."""
    if not letter.enclosures:
        return ()
    label = letter.labels.get("enclosure" if len(letter.enclosures) == 1 else "enclosures", "")
    return (label, *letter.enclosures)
