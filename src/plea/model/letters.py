"""The finished letter, and the paper it is printed on. Lengths are points."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from plea.model.asks import Act
from plea.model.officials import Office, Official
from plea.problems import Problem


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style. `text` is plain text and is escaped by the format that prints it."""

    text: str
    strong: bool = False
    emphasis: bool = False
    href: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of the body."""

    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Items:
    """A list of the body; each item is the runs of one line."""

    items: tuple[tuple[Run, ...], ...]
    ordered: bool = False


Block = Paragraph | Items


@dataclass(frozen=True, slots=True)
class Recipient:
    """An address in parts, so that a window may join or drop some: see `plea.letters.paper.fit`.

    `lead` is the name and what stands under it (chamber, post); `last` is city, state and ZIP in the order of the
    country; `country` is empty within the sender's country.
    """

    lead: tuple[str, ...]
    building: str = ""
    street: str = ""
    suite: str = ""
    last: tuple[str, ...] = ()
    country: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """The finished document that every format lays out its own way.

    `id` is its identity (campaign, person, official, ask), not its text. `sender` is the person's address block
    with the name first. `labels` are the few words a layout adds (`subject`, `enclosures`, `copy`) in the letter's
    language. `copy_of` is the id of the letter that goes to the office, when this one is the signer's own copy of it.
    """

    id: str
    ask: str
    act: Act
    language: str
    date: date
    date_text: str
    sender: tuple[str, ...]
    official: Official
    office: Office
    recipient: Recipient
    subject: str
    salutation: str
    body: tuple[Block, ...]
    close: str
    signature_name: str
    enclosures: tuple[str, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    contact_form: str = ""
    copy_of: str = ""
    sender_email: str = ""
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the sheet from its top left corner, in points."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Envelope:
    """An envelope: its size, its windows (from the envelope's own left and bottom edges), in points."""

    key: str
    name: str
    width: float
    height: float
    windows: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Profile:
    """How a sheet is laid out for an envelope. Points from the sheet's top left corner.

    `paper` is a typst paper name (`us-letter`, `a4`). `recipient` and `sender` are the safe boxes of the windows
    (None: the block flows at the top of the page); `clear` are the regions in which nothing else may stand.
    `sender_side` is where a sender block stands that no window shows: `left`, or `right` as British letters have it.
    """

    key: str
    name: str
    paper: str
    width: float
    height: float
    folds: tuple[float, ...]
    envelope: Envelope | None
    recipient: Box | None = None
    sender: Box | None = None
    clear: tuple[Box, ...] = ()
    sender_lines: int = 0
    spare: float = 9.0
    sender_side: str = "left"


@dataclass(frozen=True, slots=True)
class Printing:
    """How the person wants letters printed."""

    profile: Profile
    large_print: bool = False
    signature: Path | None = None
    font_paths: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class Rendered:
    """A letter in one format: its bytes, its number of pages (0 in a format without pages), and warnings."""

    content: bytes
    pages: int = 0
    warnings: tuple[Problem, ...] = ()
