"""Officials, their offices, and what a look-up by residence gives."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plea.problems import Problem


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

    def office(self, office_id: str) -> Office | None:
        """The office of that id, or None."""
        return next((office for office in self.offices if office.id == office_id), None)


class Status(StrEnum):
    """How sure a look-up is that an official answers for a residence on a day."""

    CERTAIN = "certain"
    POSSIBLE = "possible"
    VACANT = "vacant"
    ENDED = "ended"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One seat that answers for a residence, with its holder where there is one.

    `seat` is `VT` for a senator, `IL-11` or `VT-0` for a House seat, otherwise the role.
    `note` says why the status is what it is (None when certain).
    """

    official: Official | None
    role: str
    seat: str
    division: str
    status: Status
    congress: int | None = None
    note: Problem | None = None


@dataclass(frozen=True, slots=True)
class Residence:
    """Where a person lives, as far as is known. `district` is a seat such as `VT-0`, of `district_congress`.

    `city` settles who the mayor is, and nothing else.
    """

    state: str = ""
    zip: str = ""
    district: str = ""
    district_congress: int | None = None
    city: str = ""


@dataclass(frozen=True, slots=True)
class LookupAnswer:
    """What a look-up by residence gives: the seats, and notes on them for the person."""

    candidates: tuple[Candidate, ...]
    notes: tuple[Problem, ...] = ()
