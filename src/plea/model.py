"""The nouns of the trade: frozen, slotted values that every room shares.

Nothing here computes, reads or prints. Dates are `datetime.date`, lengths are points unless a name says
otherwise, places are Open Civic Data division ids (`ocd-division/country:us/state:vt`), states are postal codes (`VT`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that keeps a letter from being made, or that its reader should know.

    `where` names the place (`--zip`, `story`, `row 17`), `what` says what is wrong, `hint` what to do.
    """

    where: str
    what: str
    hint: str = ""


# --- facts and asks ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Fact:
    """A dated statement with its source.

    `text` is keyed by language, `parts` by part and then language (`parts["bill"]["en"]`). `review_by` is the last day
    on which the statement may be made in the present tense; None when the sentence carries its own date.
    `crisis` is the crisis it speaks of; empty when it holds for any.
    """

    key: str
    text: Mapping[str, str]
    source: str
    as_of: date
    review_by: date | None = None
    crisis: str = ""
    parts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    file: Path | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Reason:
    """A paragraph that supports an ask, chosen by its one-line `name`; both keyed by language.

    `text` is template source. `line` is where it starts in the ask's `ask.toml`.
    """

    key: str
    name: Mapping[str, str]
    text: Mapping[str, str]
    line: int = 0


class Act(StrEnum):
    """What kind of act a letter asks for; lobbying rules count the two apart."""

    LEGISLATIVE = "legislative"
    EXECUTIVE = "executive"


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing an official is asked to do, and the folder of the letter that asks it.

    `roles` maps each role the letter is for to the kind of act it asks; `acts` says the act in one line per role
    (for lists on screen). `params` are the parameters with their defaults.
    """

    key: str
    title: Mapping[str, str]
    summary: Mapping[str, str]
    roles: Mapping[str, Act]
    acts: Mapping[str, Mapping[str, str]]
    reasons: tuple[Reason, ...]
    default_reasons: tuple[str, ...]
    params: Mapping[str, str]
    languages: tuple[str, ...]
    folder: Path

    def reason(self, key: str) -> Reason | None:
        """The reason of that key, or None."""
        return next((reason for reason in self.reasons if reason.key == key), None)


# --- people -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Supporter:
    """The person whose letter it is; checked, except that a letter may need a field the person left empty."""

    name: str
    street: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    country: str = "US"
    email: str = ""
    phone: str = ""
    story: str = ""
    story_en: str = ""
    translated_by: str = ""
    name_latin: str = ""
    language: str = "en"
    reasons: tuple[str, ...] = ()
    district: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """A data row of a table, counted from 1: its fields under our own column names, and its cells as they stood."""

    number: int
    fields: Mapping[str, str]
    cells: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Consent:
    """When, where and to what text a person agreed that a letter is sent in their name."""

    at: date
    source: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Signer:
    """A row that can sign: the supporter, their consent, an id from person and place, what to know about them.

    `identity_keys` are every key by which the same person may be recognised again (e-mail; name and place).
    """

    row: int
    id: str
    supporter: Supporter
    consent: Consent | None
    identity_keys: tuple[str, ...]
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that cannot sign, with all its problems."""

    row: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Office:
    """One postal place of an official. `kind` is `capitol` or `district`; degrees are WGS 84, None if unknown."""

    id: str
    kind: str
    street: str = ""
    suite: str = ""
    building: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    country: str = "US"
    phone: str = ""
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Membership:
    """A seat on a committee. `committee` is its id in the congressional data (`SSFR`, `SSFR09`)."""

    committee: str
    name: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Official:
    """The person, or the post itself, who is written to.

    `name` is empty where the post is written to without knowing who holds it. `style` is a known style of address
    (`Mr.`, `Madam`) and is never inferred. `place` is the place in words where an address line needs it
    (`Vermont` for a governor, `Burlington` for a mayor, the constituency of a British MP). `body` is the committee a
    chair chairs, or the chamber of a state legislator. `end` is the day the term ends.
    """

    id: str
    role: str
    name: str = ""
    last_name: str = ""
    division: str = ""
    state: str = ""
    district: str = ""
    place: str = ""
    body: str = ""
    style: str = ""
    privy_counsellor: bool = False
    start: date | None = None
    end: date | None = None
    congress: int | None = None
    memberships: tuple[Membership, ...] = ()
    offices: tuple[Office, ...] = ()
    contact_form: str = ""
    as_of: date | None = None
    source: str = ""

    def sits_on(self, committee: str) -> bool:
        """Whether the official is a member of that committee or subcommittee, by its id."""
        return any(seat.committee == committee for seat in self.memberships)

    def office(self, office_id: str) -> Office | None:
        """The office of that id, or None."""
        return next((office for office in self.offices if office.id == office_id), None)


class Status(StrEnum):
    """How sure a look-up is that an official answers for a place on a day."""

    CERTAIN = "certain"
    POSSIBLE = "possible"
    VACANT = "vacant"
    ENDED = "ended"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One seat that answers for a place, with its holder where there is one.

    `seat` is `VT` for a senator, `IL-11` or `VT-0` for a House seat, otherwise the role.
    `note` says in words why the status is what it is (empty when certain).
    """

    official: Official | None
    role: str
    seat: str
    division: str
    status: Status
    congress: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a person lives, as far as is known. `district` is a seat such as `VT-0`, of `district_congress`.

    `city` settles who the mayor is, and nothing else.
    """

    state: str = ""
    zip: str = ""
    district: str = ""
    district_congress: int | None = None
    city: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a look-up by place gives: the seats, and what the person should know about them."""

    candidates: tuple[Candidate, ...]
    notes: tuple[str, ...] = ()


# --- the letter -------------------------------------------------------------------------------------------


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
    """An address in parts, so that a window may join or drop some: see `plea.letters.fit`.

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


# --- paper ------------------------------------------------------------------------------------------------


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
    """A letter in one format: its bytes, the pages it takes (0 where pages mean nothing), what to know about it."""

    content: bytes
    pages: int = 0
    warnings: tuple[Problem, ...] = ()
