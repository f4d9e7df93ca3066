"""Whom a supporter's letters go to: officials, and seats that stay open, with what a campaign can do about them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from plea.campaigns.context import CampaignContext
from plea.campaigns.ledger.ledger import Ledger
from plea.campaigns.planning.versions import digest
from plea.errors import InputError
from plea.messages import MESSAGES
from plea.model.officials import Official, Residence
from plea.model.people import Supporter
from plea.model.states import HOUSE_ROLES, STATE_NAMES, ZIP_DIGITS, has_senators
from plea.officials.geocode import district_of
from plea.officials.recipients import SENATOR, OpenSeat, resolve
from plea.problems import Problem

RESIDENCES = 50_000  # answers kept; the United States have 33,000 ZIP codes
FACT_PREFIX = "seat "  # what the ledger's keys of the geocoder's answers begin with
NOTICE = Problem("geocoder.streets_sent")


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
        self._kept: dict[object, tuple[CampaignRecipient, ...]] = {}
        directory = context.directory
        self._districts_of = lru_cache(RESIDENCES)(directory.districts_of) if directory else None

    def of(self, supporter: Supporter) -> tuple[CampaignRecipient, ...]:
        """The recipients of a supporter's letters, each official or seat once.

        Raises InputError for a residence that contradicts itself or that nobody answers for.
        """
        home = residence_of(supporter)
        districts = self._districts_of(home.zip) if home.zip and self._districts_of else ()
        city = home.city if self._by_town else ""
        key = (home.state, "" if districts else home.zip, home.district, home.district_congress, city, districts)
        if key not in self._kept:
            if len(self._kept) >= RESIDENCES:
                self._kept.clear()
            self._kept[key] = self._find(home)
        recipients = self._kept[key]
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
            found = resolve((target,), home, context.directory, context.on, context.roles)
            for official in found.chosen:
                shared = self._officials.setdefault(official, official)  # one object, which is told apart by its id
                recipients.setdefault(official.id, CampaignRecipient(official.id, official.role, shared))
            for seat in found.open_seats:
                if seat.role == SENATOR and no_senators:
                    continue  # the District of Columbia and the territories: there is nobody to write to
                recipients.setdefault(seat.key, CampaignRecipient(seat.key, seat.role, problem=_in_row(seat)))
        return tuple(recipients.values())


def _is_split(recipient: CampaignRecipient) -> bool:
    return recipient.problem is not None and recipient.target in HOUSE_ROLES


def _in_row(seat: OpenSeat) -> Problem:
    """Why a seat stays open, with what to do about it in the supporters file instead of on the command line."""
    problem = seat.problem
    code = f"{problem.code}_in_row"
    where = seat.role if problem.where.startswith("--to ") else problem.where
    return Problem(code if code in MESSAGES else problem.code, where, **dict(problem.values))


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


def nobody(supporter: Supporter) -> InputError:
    """The error of a supporter whom none of the targets answers for."""
    return InputError("row.no_recipient", place=supporter.state if supporter.country == "US" else supporter.country)


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
