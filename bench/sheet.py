"""One letter as the peers print it: the same words, places and type, as plain values."""

from dataclasses import dataclass

from plea.letters.paper.typst_inputs import keep_spaces
from plea.letters.plain_text import recipient_lines
from plea.model.letters import Letter, Paragraph

WIDTH, HEIGHT, MARGIN = 612.0, 792.0, 72.0
# From the sheet's top: sender, date, recipient, text; and the folds. Those of the profile us-10-single.
SENDER, DATE, RECIPIENT, TEXT = 72.0, 155.0, 189.0, 270.0
FOLDS = (288.0, 540.0)
FOLD_FROM, FOLD_TO = 9.0, 24.0
GAP, SIGNATURE = 10.0, 56.0


@dataclass(frozen=True)
class Face:
    """A font file and its bold, with the size and pitch at which the letter fills the same page."""

    name: str
    regular: str
    bold: str
    size: float = 9.0
    pitch: float = 12.0


@dataclass(frozen=True)
class Words:
    """What a letter says, part by part."""

    sender: tuple[str, ...]
    date: str
    recipient: tuple[str, ...]
    subject: str
    salutation: str
    body: tuple[str, ...]
    close: str
    name: str


def words(letter: Letter) -> Words:
    """The letter's words; the bench's letters have plain paragraphs only."""
    return Words(
        sender=tuple(map(keep_spaces, letter.sender)),
        date=letter.date_text,
        recipient=tuple(map(keep_spaces, recipient_lines(letter.recipient))),
        subject=f"{letter.labels['subject']} {letter.subject}",
        salutation=letter.salutation,
        body=tuple("".join(run.text for run in block.runs) for block in letter.body if isinstance(block, Paragraph)),
        close=letter.close,
        name=letter.signature_name,
    )
