"""Officials, their offices, and what a look-up by residence gives."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from plea.model.bills import Standing
from plea.model.congress import Chamber
from plea.model.states import HOUSE_ROLES
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
    """A seat on a committee. `committee` is its id in the congressional data (`SSFR`, `SSFR09`), `title` as there."""

    committee: str
    name: str
    title: str = ""

    @property
    def is_chair(self) -> bool:
        """Whether it is the chair's; a vice chair's is not."""
        return self.title in {"Chair", "Chairman", "Chairwoman"}

    @property
    def is_ranking(self) -> bool:
        """Whether it is that of the leader of the committee's minority."""
        return self.title == "Ranking Member"


@dataclass(frozen=True, slots=True)
class Official:
    """The person, or the post itself, who is written to.

    `name` is empty where the post is written to without knowing who holds it. `style` is a known style of address
    (`Mr.`, `Madam`) and is never inferred. `place` is the place in words where an address line needs it
    (`Vermont` for a governor, `Burlington` for a mayor, the constituency of a British MP). `body` is the committee a
    chair chairs, or the chamber of a state legislator. `other_names` are nicknames and other words by which somebody
    may name the official; they are not printed. `leads` is the title of a leader of a chamber (`Majority
    Leader`, `Speaker of the House`). `end` is the day the term ends and a successor takes over. `bills` is how they
    stand to each bill whose status was fetched.
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
    leads: str = ""
    other_names: str = ""
    memberships: tuple[Membership, ...] = ()
    offices: tuple[Office, ...] = ()
    bills: tuple[Standing, ...] = ()
    contact_form: str = ""
    as_of: date | None = None
    source: str = ""

    @property
    def chamber(self) -> Chamber | None:
        """The chamber of Congress in which the official sits or chairs a committee; None for others."""
        if self.role == "committee-chair":
            return next((chamber for chamber in Chamber if chamber.full_name == self.place), None)
        return Chamber.SENATE if self.role == "us-senator" else Chamber.HOUSE if self.role in HOUSE_ROLES else None

    @property
    def of_each_congress(self) -> bool:
        """Whether the post ends with each Congress: a seat in the House, the chair of a committee."""
        return self.role in {*HOUSE_ROLES, "committee-chair"}

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

    `city` settles who the mayor is, `country` (a code, where it is not the United States) whose MP is meant by a name,
    and nothing else.
    """

    state: str = ""
    zip: str = ""
    district: str = ""
    district_congress: int | None = None
    city: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class LookupAnswer:
    """What a look-up by residence gives: the seats, and notes on them for the person."""

    candidates: tuple[Candidate, ...]
    notes: tuple[Problem, ...] = ()
