"""Seats of Congress with whoever holds them on a day."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Protocol

from plea.model import Candidate, Official, Status
from plea.officials.locate import Located
from plea.officials.seats import congress_of, seat_division
from plea.officials.states import house_role, state_division

HOUSE = ("us-representative", "us-delegate", "us-resident-commissioner")
_CONGRESS = frozenset({"us-senator", *HOUSE})
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
