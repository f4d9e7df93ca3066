"""Who answers for a residence on a day, how sure that is, and which of their offices is nearest."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from math import cos, radians, sin
from typing import Protocol

from plea.errors import InputError
from plea.model.officials import Candidate, LookupAnswer, Office, Official, Residence, Status
from plea.model.states import HOUSE_ROLES, STATE_NAMES, has_senators, house_role, state_division
from plea.officials.districts import Located, ZipTable, congress_of, locate, seat_division
from plea.officials.roles import roles as all_roles
from plea.problems import Problem


class ZipCenters(Protocol):
    """Where ZIP codes are: the directory, or a table written by hand."""

    def center(self, zip5: str) -> tuple[float, float] | None:
        """Latitude and longitude of the ZIP code's middle, in degrees; None when it is not known."""


def nearest_office(official: Official, zip5: str, directory: ZipCenters | None) -> Office:
    """The district office in the same ZIP code, else the one nearest to its center, else the one at the Capitol.

    Ties go to the office whose id comes first. Without a ZIP code or its center it is the first district office by id.
    An office without coordinates is taken to be in the middle of its ZIP code. Raises InputError for an official
    without any office. Campaigns ask for every ZIP code of every official, so it is made to be quick.
    """
    districts = [office for office in official.offices if office.kind == "district"]
    if not districts:
        return capitol_office(official)
    same = [office for office in districts if zip5 and office.zip[:5] == zip5[:5]]
    center = directory.center(zip5[:5]) if directory is not None and zip5 and not same else None
    if directory is None or center is None:
        return min(same or districts, key=lambda office: office.id)
    x, y, z = _on_sphere(*center)

    def distance(office: Office) -> float:
        """Minus the cosine of the angle between the two places; 2 where it is not known."""
        if office.latitude is not None and office.longitude is not None:
            place = _on_sphere(office.latitude, office.longitude)
        elif middle := directory.center(office.zip[:5]):
            place = _on_sphere(*middle)
        else:
            return 2.0
        return -(place[0] * x + place[1] * y + place[2] * z)

    return min(districts, key=lambda office: (distance(office), office.id))


@lru_cache(maxsize=20_000)
def _on_sphere(latitude: float, longitude: float) -> tuple[float, float, float]:
    """A place on the unit sphere, from degrees."""
    north, east = radians(latitude), radians(longitude)
    return cos(north) * cos(east), cos(north) * sin(east), sin(north)


def capitol_office(official: Official) -> Office:
    """The office in the capital; of an official who has none there, the first by id. InputError without any."""
    for office in sorted(official.offices, key=lambda office: (office.kind != "capitol", office.id)):
        return office
    raise InputError("official.no_address", official=official.name or official.id)


CLOSING = timedelta(days=45)
"""An office whose term ends packs up weeks before."""

_CONGRESS = ("us-senator", *HOUSE_ROLES)
_LEGISLATORS = ("state-senator", "state-representative")
_PUBLIC_ID = re.compile(r"us-[A-Z]\d{6}")


class Seats(ZipTable, Protocol):
    """The directory as a look-up needs it."""

    @property
    def newest_term(self) -> date | None:
        """The day on which the newest term in the data began; None without members of Congress."""

    def by_role(self, role: str, state: str = "", on: date | None = None) -> tuple[Official, ...]:
        """Everybody of that role, of that state where one is given."""

    def by_seat(self, role: str, state: str, district: str = "") -> tuple[Official, ...]:
        """Everybody known in that seat, ended terms included."""

    def has_role(self, role: str, state: str) -> bool:
        """Whether anybody of that role is known in that state."""


def find(seats: Seats, residence: Residence, on: date, roles: Iterable[str] | None = None) -> LookupAnswer:
    """The seats that answer for the residence: both senators, the House seat or seats, the governor if one is known.

    With roles, those alone; `us-representative` stands for whoever sits in the House. Other roles (posts, chairs,
    mayors, state legislators) come only when asked for; one that is not built in is looked for among the officials that
    were imported. Raises InputError for a residence that contradicts itself.
    """
    located = locate(seats, residence, on)
    candidates: list[Candidate] = []
    notes = list(located.notes)
    for key in ("us-senator", HOUSE_ROLES[0], "governor") if roles is None else dict.fromkeys(roles):
        of_role = tuple(_of_role(seats, key, residence, located, on))
        candidates += [candidate for candidate in of_role if candidate not in candidates]
        if of_role or roles is None:
            continue
        role = all_roles().get(key)
        if key in {*_CONGRESS, "governor"} and not located.states:
            if not (residence.zip or residence.state or residence.district):
                notes.append(Problem("lookup.residence_needed", role=role.name if role else key))
        elif key not in _CONGRESS:
            notes.append(Problem("lookup.role_not_in_directory", role=role.name if role else key))
    for state in located.states:
        if not has_senators(state):
            code = {"DC": "lookup.only_a_delegate_of_dc", "PR": "lookup.only_a_resident_commissioner"}.get(state)
            notes.append(Problem(code) if code else Problem("lookup.only_a_delegate", state=STATE_NAMES[state]))
        if roles is None and any(seats.has_role(key, state) for key in _LEGISLATORS):
            notes.append(Problem("lookup.state_legislators", state=STATE_NAMES[state], code=state))
    notes += _ending(candidates, on)
    return LookupAnswer(tuple(candidates), tuple(dict.fromkeys(notes)))


def _of_role(seats: Seats, key: str, residence: Residence, located: Located, on: date) -> Iterator[Candidate]:
    one_state = len(located.states) == 1
    if key == "us-senator":
        for state in filter(has_senators, located.states):
            empty = Candidate(None, key, state, state_division(state), Status.VACANT)
            yield from _seated(seats, seats.by_seat(key, state), 2, empty, on, certain=one_state)
    elif key in HOUSE_ROLES:
        one_seat = len(located.seats) + len(located.unknown) == 1
        for seat in located.seats:
            empty = Candidate(None, house_role(seat[:2]), seat, seat_division(seat), Status.VACANT)
            if key in {HOUSE_ROLES[0], empty.role}:
                holders = seats.by_seat(empty.role, seat[:2], seat)
                yield from _seated(seats, holders, 1, empty, on, certain=one_seat)
        for state, reason in located.unknown:
            role, division = house_role(state), state_division(state)
            if key in {HOUSE_ROLES[0], role}:
                yield Candidate(None, role, f"{state}-?", division, Status.UNKNOWN, congress_of(on), reason)
    elif key == "governor":
        for state in located.states:
            yield from _holders_of(seats.by_role(key, state), key, on, certain=one_state)
    else:
        yield from _others(seats, key, residence, located, on)


def _seated(
    seats: Seats, officials: Iterable[Official], count: int, empty: Candidate, on: date, *, certain: bool
) -> Iterator[Candidate]:
    """The holders of `count` seats, each person once, and the seats nobody holds.

    The public data goes before a row of the user's own for the same person, unless it says that the term has ended. A
    former holder is named only where a seat is left over. More holders than seats are all only possible.
    """
    people: dict[str, Official] = {}
    for official in sorted(
        officials, key=lambda person: (has_ended(person, on), not _PUBLIC_ID.fullmatch(person.id), person.id)
    ):
        people.setdefault((official.last_name or official.name).casefold(), official)
    current = [official for official in people.values() if not has_ended(official, on)]
    ended = [official for official in people.values() if has_ended(official, on)]
    held = current + ended[: max(0, count - len(current))]
    crowded = len(current) > count
    for official in held:
        candidate = _candidate(official, empty.role, empty.seat, empty.division, on, certain=certain and not crowded)
        if crowded:
            note = Problem("lookup.too_many_holders", count=count, name=official.name, source=official.source)
            candidate = replace(candidate, note=note)
        yield candidate
    for _ in range(count - len(held)):
        if newest := seats.newest_term:
            yield replace(empty, congress=congress_of(on), note=Problem("lookup.vacant", day=newest))
        else:
            note = Problem("lookup.no_members")
            yield replace(empty, status=Status.UNKNOWN, congress=congress_of(on), note=note)


def _holders_of(officials: Iterable[Official], key: str, on: date, *, certain: bool) -> Iterator[Candidate]:
    """Who holds a post; where everybody's term has ended, one of them, to say so."""
    holders = sorted(officials, key=lambda official: (has_ended(official, on), official.id))
    current = [official for official in holders if not has_ended(official, on)]
    for official in current or holders[:1]:
        yield _candidate(official, key, key, official.division, on, certain=certain)


def _others(seats: Seats, key: str, residence: Residence, located: Located, on: date) -> Iterator[Candidate]:
    """Posts are certain. Of other roles the residence does not settle who it is, except the mayor of its town."""
    role = all_roles().get(key)
    scope = role.scope if role else "place"
    if scope == "post":
        yield from _holders_of(seats.by_role(key, on=on), key, on, certain=True)
        return
    for official in seats.by_role(key):
        elsewhere = official.state and located.states and official.state not in located.states
        other_town = residence.city and scope == "place" and official.place.casefold() != residence.city.casefold()
        if (elsewhere and scope != "committee") or other_town:
            continue
        certain = bool(residence.city) and scope == "place" and official.state in located.states
        yield _candidate(official, key, key, official.division, on, certain=certain)


def _candidate(official: Official, role: str, seat: str, division: str, on: date, *, certain: bool) -> Candidate:
    """The official in that seat on that day: certain or possible, or that the term has ended or not begun."""
    status, note = Status.CERTAIN if certain else Status.POSSIBLE, None
    congress = congress_of(on) if role in _CONGRESS else None
    if has_ended(official, on):
        assert official.end
        status = Status.ENDED
        code = "lookup.term_ended"
        if role in _CONGRESS:
            code, congress = "lookup.congress_term_ended", congress_of(official.end - timedelta(days=1))
        note = Problem(code, name=official.name, day=official.end)
    elif official.start and official.start > on:
        status = Status.UNKNOWN
        note = Problem("lookup.term_not_begun", name=official.name, day=official.start)
    return Candidate(on_day(official, on), role, seat, division, status, congress, note)


def on_day(official: Official, on: date) -> Official:
    """The official without the committee seats of a Congress that is over by that day: each Congress fills its own."""
    over = official.congress is not None and official.congress < congress_of(on)
    return replace(official, memberships=()) if over else official


def has_ended(official: Official, on: date) -> bool:
    """Whether the term has ended by that day; a successor takes over on the day a term ends."""
    return official.end is not None and official.end <= on


def _ending(candidates: Iterable[Candidate], on: date) -> Iterator[Problem]:
    """Whose offices may be closing."""
    ends: dict[date, list[str]] = {}
    for official in (candidate.official for candidate in candidates if candidate.status in {"certain", "possible"}):
        if official and official.end and official.end - on <= CLOSING:
            ends.setdefault(official.end, []).append(official.name)
    for end, names in sorted(ends.items()):
        yield Problem("lookup.terms_ending", count=len(names), names=tuple(names), day=end)
