"""Whom a supporter's letters go to (officials, and seats that stay open), at which office, in which folder."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from hashlib import blake2b

from plea.campaigns.context import CampaignContext
from plea.campaigns.ledger.ledger import Ledger
from plea.campaigns.model import Destination
from plea.campaigns.planning.versions import digest
from plea.errors import InputError
from plea.messages import MESSAGES
from plea.model.officials import Office, Official, Residence
from plea.model.people import Supporter
from plea.model.states import HOUSE_ROLES, STATE_NAMES, ZIP_DIGITS, has_senators
from plea.officials.lookup import nearest_office
from plea.officials.network import district_of
from plea.officials.recipients import SENATOR, choose_office, resolve
from plea.problems import Problem
from plea.system.files import slug

ANSWERS = 5_000
"""Answers about residences and ZIP codes that are kept: people of one campaign live near each other."""
FACT_PREFIX = "seat "  # what the ledger's keys of the geocoder's answers begin with
NOTICE = Problem("geocoder.streets_sent")
KEY_LENGTH = 90  # bytes; a file's path below the output folder stays within 120
HASH_DIGITS = 6


@dataclass(frozen=True, slots=True)
class CampaignRecipient:
    """Where one letter goes: an official, or a seat with the problem that nobody can be named for it.

    `target` is the official's id or the seat's key, a part of the letter's identity.
    """

    target: str
    role: str
    official: Official | None = None
    problem: Problem | None = None


Geocode = Callable[[Supporter], str]
"""Gives the seat (`IL-11`) of a supporter's street. Raises InputError for one that is not found."""


class RecipientFinder:
    """The recipients of each supporter; residences that the ZIP table does not tell apart are looked up once."""

    def __init__(self, context: CampaignContext, geocode: Geocode | None = None) -> None:
        """`geocode` is asked for the seat of a street where several districts share the ZIP code."""
        self._context = context
        self._geocode = geocode
        roles = (context.roles.get(target.partition(":")[0]) for target in context.settings.targets)
        self._by_town = any(role and role.scope == "place" for role in roles)
        self._officials: dict[Official, Official] = {}
        self._answers: dict[object, tuple[CampaignRecipient, ...]] = {}
        directory = context.directory
        self._districts_of = lru_cache(ANSWERS)(directory.districts_of) if directory else None

    def of(self, supporter: Supporter) -> tuple[CampaignRecipient, ...]:
        """The recipients of a supporter's letters, each official or seat once, at least one.

        Raises InputError for a residence that contradicts itself or that none of the targets answers for.
        """
        home = residence_of(supporter)
        districts = self._districts_of(home.zip) if home.zip and self._districts_of else ()
        city = home.city if self._by_town else ""
        key = (home.state, "" if districts else home.zip, home.district, home.district_congress, city, districts)
        if key not in self._answers:
            if len(self._answers) >= ANSWERS:
                self._answers.clear()
            self._answers[key] = self._find(home)
        recipients = self._answers[key]
        if not recipients:
            place = supporter.state if supporter.country == "US" else supporter.country
            raise InputError("row.no_recipient", place=place)
        if not (self._geocode and supporter.street and not supporter.district and any(map(_is_split, recipients))):
            return recipients
        try:
            return self.of(replace(supporter, district=self._geocode(supporter)))
        except InputError as error:
            reason = Problem("seats.street_not_found_in_row", "district", reason=error.problem)
            return tuple(
                replace(recipient, problem=reason) if _is_split(recipient) else recipient for recipient in recipients
            )

    def _find(self, home: Residence) -> tuple[CampaignRecipient, ...]:
        context = self._context
        recipients: dict[str, CampaignRecipient] = {}
        no_senators = home.state in STATE_NAMES and not has_senators(home.state)
        for target in context.settings.targets:
            resolved = resolve((target,), home, context.directory, context.on, context.roles)
            for official in resolved.chosen:
                shared = self._officials.setdefault(official, official)  # one object, which is told apart by its id
                recipients.setdefault(official.id, CampaignRecipient(official.id, official.role, shared))
            for seat in resolved.open_seats:
                if seat.role == SENATOR and no_senators:
                    continue  # the District of Columbia and the territories: there is nobody to write to
                # What to do about it in the supporters file, instead of on the command line.
                problem, code = seat.problem, f"{seat.problem.code}_in_row"
                where = seat.role if problem.where.startswith("--to ") else problem.where
                in_row = Problem(code if code in MESSAGES else problem.code, where, **dict(problem.values))
                recipients.setdefault(seat.key, CampaignRecipient(seat.key, seat.role, problem=in_row))
        return tuple(recipients.values())


def _is_split(recipient: CampaignRecipient) -> bool:
    return recipient.problem is not None and recipient.target in HOUSE_ROLES


def residence_of(supporter: Supporter) -> Residence:
    """Where a supporter lives, for a look-up; outside the United States only the town counts."""
    if supporter.country != "US":
        return Residence(city=supporter.city)
    congress = supporter.extra.get("district_congress", "")
    return Residence(
        state=supporter.state,
        zip=supporter.zip[:ZIP_DIGITS],
        district=supporter.district,
        district_congress=int(congress) if congress.isdecimal() else None,
        city=supporter.city,
    )


def geocoder(ledger: Ledger, on: date) -> Geocode:
    """What gives the seat of a supporter's street; answers are kept in the ledger.

    Raises InputError for a street that is not found, MachineError when the Census does not answer.
    """

    def seat_of(supporter: Supporter) -> str:
        street, city, state, zip_code = supporter.street, supporter.city, supporter.state, supporter.zip
        key = FACT_PREFIX + digest(street, city, state, zip_code, on.isoformat())
        seat = ledger.fact(key)
        if not seat:
            seat, _ = district_of(street, city=city, state=state, zip_code=zip_code, on=on)
            ledger.remember(**{key: seat})
        return seat

    return seat_of


# --- offices and folders ----------------------------------------------------------------------------------


class Destinations:
    """The destinations of a plan, numbered as they come.

    By mail a letter goes to the office nearest to its signer. By hand all letters to an official go to one office,
    known only when every signer was counted: until `settle` its destination is the official alone.
    """

    def __init__(self, context: CampaignContext, offices: Mapping[str, str] = {}) -> None:
        """`offices` are those, by the official's id, that letters carried by hand were made for already."""
        self._by_hand = context.settings.delivery == "hand"
        self._fixed_offices = context.settings.offices
        self._earlier_offices = offices if self._by_hand else {}
        directory = context.directory
        self._centers = _ZipCenters(lru_cache(ANSWERS)(directory.center)) if directory else None
        self._officials: dict[str, Official] = {}
        self._numbers: dict[tuple[str, str], int] = {}
        self._votes: dict[int, Counter[str]] = {}
        self._destinations: list[Destination] = []

    def number(self, official: Official, supporter: Supporter) -> int:
        """The number of the destination that a supporter's letter to the official goes to."""
        first = self._officials.setdefault(official.id, official)
        if first is not official and first != official:  # named without a directory, once for each state
            office = choose_office(official, self._fixed_offices.get(official.id, "nearest"))
            return self._numbered(official, office, f"{official.state} {office.id}")
        if fixed := self._fixed_offices.get(official.id):
            office = choose_office(official, fixed)
        else:
            earlier = official.office(self._earlier_offices.get(official.id, ""))
            zip5 = supporter.zip[:ZIP_DIGITS] if supporter.country == "US" else ""
            office = earlier or nearest_office(official, zip5, self._centers)
        number = self._numbered(official, office, "by hand" if self._by_hand else office.id)
        if self._by_hand:
            self._votes.setdefault(number, Counter())[office.id] += 1
        return number

    def settle(self) -> tuple[Destination, ...]:
        """The destinations by their numbers; by hand at the office nearest to most signers, of equals the first."""
        for number, votes in self._votes.items():
            official = self._destinations[number].official
            office = official.office(min(votes, key=lambda office_id: (-votes[office_id], office_id)))
            assert office
            self._destinations[number] = Destination(official, office)
        return tuple(self._destinations)

    def _numbered(self, official: Official, office: Office, key: str) -> int:
        number = self._numbers.setdefault((official.id, key), len(self._destinations))
        if number == len(self._destinations):
            self._destinations.append(Destination(official, office))
        return number


@dataclass(frozen=True, slots=True)
class _ZipCenters:
    """The directory's centers of ZIP codes, kept; each official asks again."""

    center: Callable[[str], tuple[float, float] | None]


def folder_names(destinations: tuple[Destination, ...]) -> tuple[str, ...]:
    """A folder for each destination, from slugs alone, no two alike."""
    names = []
    for destination in destinations:
        who = slug(destination.official.name) or slug(destination.official.role)
        office = slug(destination.office.id) or _short_hash(destination.office.id)
        name = office if who in office else f"{who}-{office}"
        if len(name) > KEY_LENGTH:
            name = f"{name[: KEY_LENGTH - HASH_DIGITS - 1]}-{_short_hash(name)}"
        names.append(name)
    count = Counter(names)
    return tuple(
        name if count[name] == 1 else f"{name}-{_short_hash(f'{destination.official!r}{destination.office!r}')}"
        for name, destination in zip(names, destinations, strict=True)
    )


def _short_hash(text: str) -> str:
    return blake2b(text.encode(), digest_size=HASH_DIGITS // 2).hexdigest()
