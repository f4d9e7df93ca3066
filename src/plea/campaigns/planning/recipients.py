"""Whom a supporter's letters go to: officials, and seats that nobody can be named for, with the reason."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from plea import language
from plea.campaigns.context import CampaignContext
from plea.campaigns.ledger.ledger import Ledger
from plea.campaigns.planning.versions import digest
from plea.errors import InputError
from plea.letters.recipients import REPRESENTATIVES, SENATOR, Targets, among, resolve
from plea.model.officials import Candidate, Official, Residence, Status
from plea.model.people import Supporter
from plea.model.states import STATE_NAMES, has_senators
from plea.officials.geocode import district_of
from plea.problems import Problem, old_problem

ZIP_DIGITS = 5
SHOWN = 6  # a state has a hundred legislators and more
PLACES = 50_000  # answers kept; the United States have 33,000 ZIP codes
FETCH = "Fetch who holds it now with `plea officials update`, and run again."
FEED_IN = "and feed the row in again: plea campaign run DIR --mended rejects.csv"


@dataclass(frozen=True, slots=True)
class CampaignRecipient:
    """Where one letter goes: an official, or a seat with the problem that nobody can be named for it."""

    target: str
    role: str
    official: Official | None = None
    problem: Problem | None = None


Geocode = Callable[[Supporter], str]
"""Gives the seat (`IL-11`) of a supporter's street. Raises InputError for one that is not found."""


class Seats:
    """Answers by place, kept: places that the ZIP table does not tell apart are asked about once."""

    def __init__(self, context: CampaignContext, geocode: Geocode | None = None) -> None:
        """`geocode` is asked for the seat of a street where several districts share the ZIP."""
        self._context = context
        self._geocode = geocode
        self._by_town = any(
            context.roles[role].scope == "place"
            for target in context.settings.targets
            if (role := target.partition(":")[0]) in context.roles
        )
        self._officials: dict[Official, Official] = {}
        self._of = lru_cache(PLACES)(self._find)
        directory = context.directory
        self._listed = lru_cache(PLACES)(directory.districts_of if directory else _unlisted)

    def of(self, supporter: Supporter) -> tuple[CampaignRecipient, ...]:
        """The aims of a supporter's letters, each official or seat once.

        Raises InputError for a place that contradicts itself or that nobody answers for.
        """
        place = place_of(supporter)
        listed = self._listed(place.zip) if place.zip else ()
        city = place.city if self._by_town else ""
        key = (place.state, "" if listed else place.zip, place.district, place.district_congress, city, listed)
        aims = self._of(key, _Unkeyed(place))
        if self._geocode and supporter.street and not supporter.district and any(map(_is_split, aims)):
            return self._settled(supporter, aims, self._geocode)
        return aims

    def _settled(
        self, supporter: Supporter, aims: tuple[CampaignRecipient, ...], geocode: "Geocode"
    ) -> tuple[CampaignRecipient, ...]:
        """The aims with the House seat of the street; as they were, with the reason, where it is not found."""
        try:
            return self.of(replace(supporter, district=geocode(supporter)))
        except InputError as error:
            why = old_problem("district", error.message, f"Fill the column district, {FEED_IN}.")
            return tuple(replace(aim, problem=why) if _is_split(aim) else aim for aim in aims)

    def _find(self, _key: object, place: "_Unkeyed") -> tuple[CampaignRecipient, ...]:
        aims: dict[str, CampaignRecipient] = {}
        for target in self._context.settings.targets:
            found = resolve((target,), place.place, self._context.directory, self._context.on, self._context.roles)
            for aim in self._aims(target, found, place.place):
                aims.setdefault(aim.target, aim)
        return tuple(aims.values())

    def _aims(self, target: str, found: Targets, place: Residence) -> Iterator[CampaignRecipient]:
        role = target.partition(":")[0]
        for official in found.chosen:
            yield CampaignRecipient(official.id, official.role, self._officials.setdefault(official, official))
        if found.candidates:
            yield from _open_seats(role, found)
        elif found.problems and not _has_no_seat(role, place):
            problem = found.problems[0]
            hint = _what_to_fill(role, ()) if role in self._context.roles else "Fetch who holds the seat now."
            said = problem.what if role not in {SENATOR, *REPRESENTATIVES} else _where_unknown(role, place)
            yield CampaignRecipient(target, role, problem=old_problem(target, said, hint))


def _is_split(aim: CampaignRecipient) -> bool:
    return aim.problem is not None and aim.target in REPRESENTATIVES


def _unlisted(_zip5: str) -> tuple[tuple[str, int, int], ...]:
    return ()


class _Unkeyed:
    """A place that travels with a question and is no part of it: all such are equal."""

    __slots__ = ("place",)

    def __init__(self, place: Residence) -> None:
        self.place = place

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Unkeyed)

    def __hash__(self) -> int:
        return 0


def place_of(supporter: Supporter) -> Residence:
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


def _open_seats(role: str, found: Targets) -> Iterator[CampaignRecipient]:
    """An aim for each seat that is vacant or whose holder is gone, and one for those the place does not tell apart."""
    named = {official.id for official in found.chosen}
    count: dict[str, int] = {}
    split = among(role, found.candidates)
    for seat in found.candidates:
        if seat in split:
            continue
        if seat.status in {Status.VACANT, Status.ENDED}:
            count[seat.seat] = count.get(seat.seat, 0) + 1
            target = f"{role} {seat.seat}" + (f" ({count[seat.seat]})" if count[seat.seat] > 1 else "")
            yield CampaignRecipient(
                target, role, problem=old_problem(role, f"{seat.seat}: {seat.note and language.what(seat.note)}", FETCH)
            )
        elif seat.status is Status.CERTAIN and seat.official and seat.official.id not in named:
            what = f"no postal address of {seat.official.name or role} is known"
            hint = "Import one with `plea officials import PATH`, and run again."
            yield CampaignRecipient(seat.official.id, role, problem=old_problem(seat.official.id, what, hint))
    if split:
        yield CampaignRecipient(role, role, problem=old_problem(role, _which(role, split), _what_to_fill(role, split)))


def _which(role: str, seats: Sequence[Candidate]) -> str:
    """The seats that are possible, with their holders."""
    if len(seats) == 1 and seats[0].note:
        return language.what(seats[0].note)
    names = [f"{seat.seat} ({_holder(seat)})" for seat in seats[:SHOWN]]
    more = f" and {len(seats) - SHOWN} more" if len(seats) > SHOWN else ""
    shared = "several districts share the ZIP" if role in REPRESENTATIVES else "the place does not tell which"
    return f"{shared}: {', '.join(names)}{more}"


def _holder(seat: Candidate) -> str:
    if seat.status is Status.VACANT:
        return "vacant"
    return seat.official.name if seat.official else "nobody known"


def _what_to_fill(role: str, seats: Sequence[Candidate]) -> str:
    """Which column would settle it."""
    if role in REPRESENTATIVES:
        example = next((seat.seat for seat in seats if "?" not in seat.seat), "")
        return f"Fill the column district{f', such as {example}' if example else ''}, {FEED_IN}."
    if role == SENATOR:
        return f"Fill the column state, {FEED_IN}."
    return "Name the official by id among the targets."


def _where_unknown(role: str, place: Residence) -> str:
    given = " ".join(part for part in (place.state, place.zip) if part)
    return f"{given} does not tell whose {role} it is" if given else "neither ZIP nor state is known"


def _has_no_seat(role: str, place: Residence) -> bool:
    """Whether there is none to write to: the District of Columbia and the territories have no senators."""
    return role == SENATOR and place.state in STATE_NAMES and not has_senators(place.state)


def nobody(supporter: Supporter) -> InputError:
    """The error of a supporter whom none of the targets answers for."""
    where = supporter.state if supporter.country == "US" else supporter.country
    return InputError(f"none of the targets answers for {where}", "Add a target that does, or take the row out.")


SEAT = "seat "  # what the ledger's keys of such answers begin with
NOTICE = "signers' streets leave this machine where a ZIP is shared: the U.S. Census Bureau is asked for the district"


def geocoder(ledger: Ledger, on: date) -> Geocode:
    """What gives the seat of a supporter's street.

    Raises InputError for a street that is not found, MachineError when the Census does not answer.
    """

    def seat_of(supporter: Supporter) -> str:
        key = SEAT + digest(supporter.street, supporter.city, supporter.state, supporter.zip, on.isoformat())
        known = ledger.fact(key)
        if not known:
            known, _ = district_of(
                supporter.street, city=supporter.city, state=supporter.state, zip_code=supporter.zip, on=on
            )
            ledger.remember(**{key: known})
        return known

    return seat_of
