"""From what is known of a home to the states and House seats it can lie in."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from plea.errors import MendableError
from plea.model import Place
from plea.officials.seats import congress_of, is_at_large, lines_changed, lines_known_until, seat_of
from plea.officials.states import FREELY_ASSOCIATED, MILITARY, STATE_NAMES, states_of_zip_by_number

_ZIP = re.compile(r"(\d{5})(?:[-\s]?\d{4})?")
FIND_DISTRICT = "https://www.house.gov/representatives/find-your-representative names the district of a street address."


class ZipTable(Protocol):
    """Whoever knows the districts of a ZIP code."""

    def districts_of(self, zip5: str) -> tuple[tuple[str, int, int], ...]:
        """State, district number and Congress of each district in which the ZIP code lies."""

    def has_zip_table(self) -> bool:
        """Whether there is a table at all."""


@dataclass(frozen=True, slots=True)
class Located:
    """Where a home can lie. `unknown` are the states whose seat cannot be told, each with the reason."""

    states: tuple[str, ...]
    seats: tuple[str, ...] = ()
    unknown: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


def zip5_of(text: str) -> str:
    """The five digits of a ZIP code or ZIP+4. Raises MendableError for what is neither."""
    found = _ZIP.fullmatch(text.strip())
    if not found:
        raise MendableError(f"ZIP code {text}: is not five digits", "Write it as 05401 or 05401-1234.")
    return found[1]


def locate(table: ZipTable, place: Place, on: date) -> Located:
    """The states and seats of the place on that day: by the district given, else by the ZIP code, else by the state.

    Raises MendableError for what contradicts itself or does not exist.
    """
    if place.state and place.state not in STATE_NAMES and place.state not in MILITARY:
        raise MendableError(f"state {place.state}: there is no such state", "Write it as VT, or as its name.")
    zip5 = zip5_of(place.zip) if place.zip else ""
    state = "" if place.state in MILITARY else place.state
    if place.district:
        return _by_district(table, place, state, zip5, on)
    if zip5:
        return _by_zip(table, zip5, state, on)
    if place.state in MILITARY:
        return Located((), notes=(_military(zip5),))
    return _by_state((state,), on) if state else Located(())


def _by_district(table: ZipTable, place: Place, state: str, zip5: str, on: date) -> Located:
    seat = seat_of(place.district, state, on)
    state = seat[:2]
    notes: tuple[str, ...] = ()
    if zip5:
        rows = table.districts_of(zip5)
        _agree(zip5, state, rows)
        listed = [f"{row_state}-{number}" for row_state, number, _ in rows if row_state == state]
        if listed and seat not in listed and not lines_changed(state, rows[0][2], on):
            notes = (f"The ZIP table lists {zip5} in {_either(listed)}, not in {seat}; the district given decides.",)
    changed = lines_changed(state, place.district_congress or congress_of(on), on)
    if changed:
        reason = _changed(state, place.district_congress or 0, changed)
        return Located((state,), unknown=((state, reason),), notes=notes)
    return Located((state,), seats=(seat,), notes=notes)


def _by_zip(table: ZipTable, zip5: str, state: str, on: date) -> Located:
    rows = table.districts_of(zip5)
    states = _agree(zip5, state, rows)
    if not states:
        return Located((), notes=(_nowhere(zip5),))
    if state and not rows and set(states_of_zip_by_number(zip5)) <= MILITARY:
        located = _by_state((state,), on)
        return Located(located.states, located.seats, located.unknown, (_military(zip5), *located.notes))
    if not rows:
        missing = "" if not table.has_zip_table() else f"ZIP code {zip5} is not in the ZIP table."
        return _by_state(states, on, missing or "No ZIP table has been imported.")
    return _by_rows(zip5, states, rows, on)


def _by_rows(zip5: str, states: tuple[str, ...], rows: tuple[tuple[str, int, int], ...], on: date) -> Located:
    seats: list[str] = []
    unknown: list[tuple[str, str]] = []
    for state in states:
        congress = next(row[2] for row in rows if row[0] == state)
        changed = lines_changed(state, congress, on)
        if changed:
            unknown.append((state, _changed(state, congress, changed)))
        else:
            seats += [f"{state}-{number}" for row_state, number, _ in rows if row_state == state]
    notes = []
    if len(states) > 1:
        notes.append(f"ZIP code {zip5} lies in {_both(states)}; the state settles whose senators are yours.")
    notes += _older(tuple({seat[:2] for seat in seats}), rows[0][2], on)
    if len(seats) > 1:
        notes.append(
            f"ZIP code {zip5} lies in {len(seats)} House districts; the district settles which. {FIND_DISTRICT}"
        )
    return Located(states, tuple(seats), tuple(unknown), tuple(notes))


def _by_state(states: tuple[str, ...], on: date, why: str = "") -> Located:
    seats: list[str] = []
    unknown: list[tuple[str, str]] = []
    for state in states:
        if is_at_large(state, on):
            seats.append(f"{state}-0")
        else:
            unknown.append(
                (state, " ".join(filter(None, (why, f"The House seat needs the district. {FIND_DISTRICT}"))))
            )
    return Located(states, tuple(seats), tuple(unknown))


def _agree(zip5: str, state: str, rows: tuple[tuple[str, int, int], ...]) -> tuple[str, ...]:
    """The states of the ZIP code, narrowed to the one given. MendableError naming both where they contradict."""
    listed = tuple(dict.fromkeys(row[0] for row in rows)) or states_of_zip_by_number(zip5)
    if not listed:
        raise MendableError(f"ZIP code {zip5}: no state has such a ZIP code", "Check the ZIP code.")
    if not state:
        return tuple(one for one in listed if one in STATE_NAMES)
    if state in listed or set(listed) <= MILITARY:
        return (state,)
    names = _both(tuple(STATE_NAMES.get(one, one) for one in listed))
    raise MendableError(
        f"ZIP code {zip5} is in {names}, and the state given is {STATE_NAMES[state]}", "Check the one and the other."
    )


def _nowhere(zip5: str) -> str:
    if set(states_of_zip_by_number(zip5)) <= FREELY_ASSOCIATED:
        return f"ZIP code {zip5} belongs to a country in free association with the United States: nobody in Congress."
    return _military(zip5)


def _military(zip5: str) -> str:
    what = f"ZIP code {zip5} is" if zip5 else "AA, AE and AP are"
    return (
        f"{what} military or diplomatic post, which lies in no district. One votes where one last lived in the United "
        "States: give that state (--state) or district (--district)."
    )


def _changed(state: str, congress: int, source: str) -> str:
    whose = f"those of Congress {congress}" if congress else "the earlier ones"
    return (
        f"{STATE_NAMES[state]} has other district lines since January 3, 2027 (by {source}), and {whose} are no longer "
        f"good for it. Give the district of today. {FIND_DISTRICT}"
    )


def _older(states: tuple[str, ...], congress: int, on: date) -> Iterator[str]:
    """What to know of a table that is older than the day."""
    if not states or congress_of(on) <= congress:
        return
    yield f"The ZIP table is of Congress {congress}; no change of lines since is known for {_both(sorted(states))}."
    if on >= lines_known_until():
        yield f"Changes of lines after {lines_known_until().isoformat()} are not known to this plea."


def _both(names: Sequence[str]) -> str:
    return " and ".join(names)


def _either(names: list[str]) -> str:
    return " or ".join(names)
