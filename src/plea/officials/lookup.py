"""Who answers for a place on a day, how sure that is, and which of their offices is nearest."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from math import asin, cos, radians, sin, sqrt
from typing import TYPE_CHECKING, Protocol

from plea.errors import InputError
from plea.model.officials import Candidate, LookupAnswer, Office, Official, Residence, Status
from plea.model.states import HOUSE_ROLES, STATE_NAMES, has_senators, house_role, state_division
from plea.officials.districts import Located, congress_of, locate, seat_division
from plea.officials.roles import roles as known_roles

if TYPE_CHECKING:
    from plea.officials.directory import Directory


EARTH_MILES = 3958.8
"""Mean radius (IUGG)."""


class Centres(Protocol):
    """Whoever knows where a ZIP code is: the directory, or a table written by hand."""

    def centre(self, zip5: str) -> tuple[float, float] | None:
        """Latitude and longitude of the ZIP code's middle, in degrees; None when it is not known."""


def nearest_office(official: Official, zip5: str, directory: Centres | None) -> Office:
    """The district office in the same ZIP code, else the one nearest to its centre, else the one at the Capitol.

    Ties go to the office whose id comes first. Without a ZIP or its centre it is the first district office of the same
    state by id. Raises InputError for an official without any office.
    """
    districts = sorted((office for office in official.offices if office.kind == "district"), key=lambda one: one.id)
    if not districts:
        return capitol_office(official)
    same = [office for office in districts if zip5 and office.zip[:5] == zip5[:5]]
    if same:
        return same[0]
    centre = directory.centre(zip5[:5]) if directory is not None and zip5 else None
    if centre is None:
        return districts[0]
    return min(districts, key=lambda office: _miles_to(office, centre, directory))  # the first of equals: by id


def capitol_office(official: Official) -> Office:
    """The office in the capital; of an official who has none there, the first by id. InputError without any."""
    for office in sorted(official.offices, key=lambda one: (one.kind != "capitol", one.id)):
        return office
    raise InputError(
        f"{official.id}: no address is known",
        "Import a CSV of your own with the address (`plea officials import`), or write to another office.",
    )


def miles(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance in miles between two points in degrees (haversine)."""
    (lat_a, lon_a), (lat_b, lon_b) = ((radians(lat), radians(lon)) for lat, lon in (a, b))
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_MILES * asin(min(1.0, sqrt(half)))


def _miles_to(office: Office, centre: tuple[float, float], directory: Centres | None) -> float:
    """How far the office is; one without coordinates is taken to be in the middle of its ZIP code, else very far."""
    if office.latitude is not None and office.longitude is not None:
        return miles(centre, (office.latitude, office.longitude))
    middle = directory.centre(office.zip[:5]) if directory is not None else None
    return miles(centre, middle) if middle else float("inf")


_CONGRESS = frozenset({"us-senator", *HOUSE_ROLES})
_PUBLIC = re.compile(r"us-[A-Z]\d{6}")
_NEWEST = "`plea officials update` fetches the newest."
_IMPORT = "`plea officials import` reads newer files."


class Seats(Protocol):
    """Whoever knows who sits where."""

    def by_seat(self, role: str, state: str, district: str = "") -> tuple[Official, ...]:
        """Everybody known in that seat, ended terms included."""

    def newest_term(self) -> str:
        """The day on which the newest term in the data began; empty without members of Congress."""


def senators(seats: Seats, state: str, on: date, *, certain: bool) -> Iterator[Candidate]:
    """The two seats of the state."""
    held = _holders(seats.by_seat("us-senator", state), 2, on)
    yield from _seats(
        seats, held, 2, Candidate(None, "us-senator", state, state_division(state), Status.VACANT), on, certain=certain
    )


def house(seats: Seats, located: Located, on: date) -> Iterator[Candidate]:
    """Each House seat in which the place can lie, and one that is not known for each state where it cannot be told."""
    certain = len(located.seats) + len(located.unknown) == 1
    for seat in located.seats:
        role = house_role(seat[:2])
        held = _holders(seats.by_seat(role, seat[:2], seat), 1, on)
        yield from _seats(
            seats, held, 1, Candidate(None, role, seat, seat_division(seat), Status.VACANT), on, certain=certain
        )
    for state, why in located.unknown:
        division = state_division(state)
        yield Candidate(None, house_role(state), f"{state}-?", division, Status.UNKNOWN, congress_of(on), why)


def _seats(
    seats: Seats, held: list[Official], count: int, empty: Candidate, on: date, *, certain: bool
) -> Iterator[Candidate]:
    """The holders in their seats, and the seats nobody holds. More holders than seats are all only possible."""
    crowded = sum(not has_ended(one, on) for one in held) > count
    for official in held:
        one = seated(official, empty.role, empty.seat, empty.division, on, certain=certain and not crowded)
        note = f"The directory has more than {count} in this seat: {official.name} ({official.source})."
        yield replace(one, note=note) if crowded else one
    for _ in range(count - len(held)):
        yield _unheld(seats, empty, on)


def _holders(known: Iterable[Official], count: int, on: date) -> list[Official]:
    """Who holds so many seats, each person once.

    The public data goes before a row of the user's own for the same person, unless it says that the term has ended.
    Who was there before is named only where a seat is left over.
    """
    people: dict[str, Official] = {}
    for one in sorted(known, key=lambda one: (has_ended(one, on), not _PUBLIC.fullmatch(one.id), one.id)):
        people.setdefault((one.last_name or one.name).casefold(), one)
    still = [one for one in people.values() if not has_ended(one, on)]
    gone = [one for one in people.values() if has_ended(one, on)]
    return still + gone[: max(0, count - len(still))]


def seated(official: Official, role: str, seat: str, division: str, on: date, *, certain: bool) -> Candidate:
    """The official in that seat on that day: certain or possible, or that the term has ended or not begun."""
    status, note = Status.CERTAIN if certain else Status.POSSIBLE, ""
    congress = congress_of(on) if role in _CONGRESS else None
    if has_ended(official, on):
        assert official.end
        status = Status.ENDED
        congress = congress_of(official.end - timedelta(days=1)) if role in _CONGRESS else None
        note = (
            f"The term of {official.name} ended on {in_words(official.end)}; who holds the seat now is not in the "
            f"directory. {_NEWEST if role in _CONGRESS else _IMPORT}"
        )
    elif official.start and official.start > on:
        status = Status.UNKNOWN
        note = f"The term of {official.name} begins on {in_words(official.start)}; who held the seat before is unknown."
    return Candidate(on_day(official, on), role, seat, division, status, congress, note)


def on_day(official: Official, on: date) -> Official:
    """The official without the committee seats of a Congress that is over by that day: each Congress fills its own."""
    over = official.congress is not None and official.congress < congress_of(on)
    return replace(official, memberships=()) if over else official


def _unheld(seats: Seats, empty: Candidate, on: date) -> Candidate:
    newest = seats.newest_term()
    if not newest:
        note = "The members of Congress are not in the directory. `plea officials update` fetches them."
        return replace(empty, status=Status.UNKNOWN, congress=congress_of(on), note=note)
    note = (
        f"The seat is vacant in the directory, whose newest term began on {in_words(date.fromisoformat(newest))}; "
        f"it may have been filled since. {_NEWEST}"
    )
    return replace(empty, congress=congress_of(on), note=note)


def has_ended(official: Official, on: date) -> bool:
    """Whether the term has ended by that day; a successor takes over on the day a term ends."""
    return official.end is not None and official.end <= on


def in_words(day: date) -> str:
    """The day as Americans write it: January 3, 2027."""
    return f"{day:%B} {day.day}, {day.year}"


CLOSING = timedelta(days=45)
"""An office that ends packs up weeks before."""

_BY_PLACE = ("us-senator", *HOUSE_ROLES, "governor")
_LEGISLATORS = ("state-senator", "state-representative")


def find(directory: "Directory", place: Residence, on: date, roles: Iterable[str] | None = None) -> LookupAnswer:
    """The seats that answer for the place: both senators, the House seat or seats, the governor where one is known.

    With roles, those alone; `us-representative` stands for whoever sits in the House for the place. Other roles (posts,
    chairs, mayors, state legislators) come only when asked for. Raises InputError for a place that contradicts
    itself. A role that is none of the built-in ones is looked for among the officials that were imported.
    """
    wanted = tuple(dict.fromkeys(roles)) if roles is not None else _BY_PLACE
    located = locate(directory, place, on)
    candidates: list[Candidate] = []
    notes = list(located.notes)
    for key in wanted:
        found = tuple(_of_role(directory, key, place, located, on))
        candidates += [one for one in found if one not in candidates]
        notes += _absent(key, place, located) if not found and roles is not None else ()
    notes += _about(directory, located, candidates, on, asked=roles is not None)
    return LookupAnswer(tuple(candidates), tuple(dict.fromkeys(notes)))


def _of_role(directory: "Directory", key: str, place: Residence, located: Located, on: date) -> Iterator[Candidate]:
    if key == "us-senator":
        for state in filter(has_senators, located.states):
            yield from senators(directory, state, on, certain=len(located.states) == 1)
    elif key in HOUSE_ROLES:
        yield from (one for one in house(directory, located, on) if key in {HOUSE_ROLES[0], one.role})
    elif key == "governor":
        for state in located.states:
            yield from _settled(directory.by_role(key, state), key, on, certain=len(located.states) == 1)
    else:
        yield from _others(directory, key, place, located, on)


def _settled(officials: Iterable[Official], key: str, on: date, *, certain: bool) -> Iterator[Candidate]:
    known = sorted(officials, key=lambda one: (has_ended(one, on), one.id))
    still = [one for one in known if not has_ended(one, on)]
    for official in still or known[:1]:
        yield seated(official, key, key, official.division, on, certain=certain)


def _others(directory: "Directory", key: str, place: Residence, located: Located, on: date) -> Iterator[Candidate]:
    """Posts are certain. Of other roles the place does not settle who it is, except a mayor's town."""
    scope = _scope(key)
    if scope == "post":
        yield from _settled(directory.by_role(key, on=on), key, on, certain=True)
        return
    for official in directory.by_role(key):
        elsewhere = official.state and located.states and official.state not in located.states
        other_town = place.city and scope == "place" and official.place.casefold() != place.city.casefold()
        if (elsewhere and scope != "committee") or other_town:
            continue
        certain = bool(place.city) and scope == "place" and official.state in located.states
        yield seated(official, key, key, official.division, on, certain=certain)


def _absent(key: str, place: Residence, located: Located) -> Iterator[str]:
    """Why a role that was asked for gave nobody."""
    name = _role_name(key)
    if key in _BY_PLACE and not located.states:
        if not (place.zip or place.state or place.district):
            yield f"Whose {name} it is depends on the place: give --zip, --state or --district."
    elif key not in {"us-senator", *HOUSE_ROLES}:
        yield f"The directory has no {name} for this place; `plea officials import` reads openstates and CSV files."


def _about(
    directory: "Directory", located: Located, candidates: list[Candidate], on: date, *, asked: bool
) -> Iterator[str]:
    for state in located.states:
        if not has_senators(state):
            name = STATE_NAMES[state]
            yield f"{name[:1].upper()}{name[1:]} has no senators, and one {_role_name(house_role(state))} in the House."
        if not asked and any(directory.has_role(key, state) for key in _LEGISLATORS):
            yield (
                f"State legislators of {STATE_NAMES[state]} are in the directory, but a ZIP code does not tell their "
                f"districts: `plea officials find --state {state} --role state-representative` lists them."
            )
    yield from _ending(candidates, on)


def _ending(candidates: list[Candidate], on: date) -> Iterator[str]:
    """Whose offices may be closing."""
    ends: dict[date, list[str]] = {}
    for one in candidates:
        end = one.official.end if one.official and one.status in {Status.CERTAIN, Status.POSSIBLE} else None
        if one.official and end and end - on <= CLOSING:
            ends.setdefault(end, []).append(one.official.name)
    for end, names in sorted(ends.items()):
        terms = "the term of" if len(names) == 1 else "the terms of"
        listed = ", ".join(names).removesuffix(".")  # the sentence has a full stop, as `Jr.` has
        yield f"Ending on {in_words(end)}: {terms} {listed}. Unless it is renewed, an office may be closing by then."


def _scope(key: str) -> str:
    known = known_roles().get(key)
    return known.scope if known else "place"


def _role_name(key: str) -> str:
    known = known_roles().get(key)
    return known.name if known else key
