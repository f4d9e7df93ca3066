"""House districts: how they are written, which exist, and which of them a home can lie in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any, Protocol

from plea.errors import InputError
from plea.model.officials import Residence
from plea.model.states import (
    FREELY_ASSOCIATED,
    MILITARY,
    STATE_NAMES,
    has_senators,
    state_division,
    states_of_zip,
)
from plea.problems import Problem
from plea.system import folders, toml

FILE = "districts.toml"
_SEAT = re.compile(r"(?P<state>[A-Z]{2})[\s_-]*(?:(?P<number>\d{1,3})|AL|AT[\s_-]?LARGE)")
_NUMBER_ALONE = re.compile(r"\d{1,3}|AL|AT[\s_-]?LARGE")
_ZIP = re.compile(r"(\d{5})(?:[-\s]?\d{4})?")


def congress_of(day: date) -> int:
    """The Congress that sits on that day; since 1935 one begins on January 3 of each odd year (20th Amendment)."""
    year = day.year if (day.month, day.day) >= (1, 3) else day.year - 1
    return (year - 1789) // 2 + 1


def congress_start(congress: int) -> date:
    """The day on which that Congress begins."""
    return date(1789 + 2 * (congress - 1), 1, 3)


def seat_of(text: str, state: str = "", on: date | None = None) -> str:
    """The seat as `IL-11` or `VT-0`, from what a person writes: `vt-0`, `VT-AL`, `VT-00`, `il 11`, `11` with a state.

    Raises InputError for what is no seat, a seat of another state, or a number that the state does not have on
    that day (the apportionment of the 2020 Census, see `districts.toml`).
    """
    written = text.strip().upper()
    if state and _NUMBER_ALONE.fullmatch(written):
        written = f"{state}-{written}"
    match = _SEAT.fullmatch(written)
    if not match or match["state"] not in STATE_NAMES:
        raise InputError("seat.not_a_district", "district", district=text)
    name = STATE_NAMES[match["state"]]
    if state and match["state"] != state:
        raise InputError(
            "seat.of_other_state", "district", district=text, its_state=name, state=STATE_NAMES.get(state, state)
        )
    state, number = match["state"], int(match["number"] or 0)
    last = seats_of(state, on or _data()["apportionment"]["from"])
    if last == 1 and number:
        raise InputError("seat.only_one", "district", state=name, district=text, seat=f"{state}-0")
    if last and last > 1 and not 1 <= number <= last:
        raise InputError("seat.no_such_number", "district", state=name, last=last, district=text)
    return f"{state}-{number}"


def seats_of(state: str, on: date) -> int | None:
    """How many House seats the state has on that day; None when the apportionment of that day is not known."""
    if state in STATE_NAMES and not has_senators(state):
        return 1
    apportionment = _data()["apportionment"]
    if not apportionment["from"] <= on < apportionment["until"]:
        return None
    return int(apportionment["seats"][state]) if state in apportionment["seats"] else None


def lines_changed(state: str, congress: int, on: date) -> Mapping[str, Any] | None:
    """The change (`from`, `source`) by which the lines of that Congress no longer hold for the state on that day."""
    for change in _data()["changes"]:
        if congress < change["congress"] and on >= change["from"] and state in change["states"]:
            return dict(change)
    return None


def lines_known_until() -> date:
    """The day until which changes of lines are known: the end of the last Congress in the data."""
    return congress_start(max(change["congress"] for change in _data()["changes"]) + 1)


def vintage_of(congress: int) -> str:
    """The vintage of the Census geocoder that has the districts of that Congress; empty when none is known."""
    return next((str(entry["vintage"]) for entry in _data()["geocoder"] if entry["congress"] == congress), "")


def seat_division(seat: str) -> str:
    """The Open Civic Data id of a House seat (`.../cd:11`, `.../cd:at-large`)."""
    state, _, number = seat.partition("-")
    return f"{state_division(state)}/cd:{'at-large' if number == '0' else number}"


@cache
def _data() -> dict[str, Any]:
    return toml.load(folders.templates() / FILE)


ZipRow = tuple[str, int, int]
"""State, district number and Congress of a district in which a ZIP code lies."""


class ZipTable(Protocol):
    """The districts of ZIP codes."""

    def districts_of(self, zip5: str) -> tuple[ZipRow, ...]:
        """Each district in which the ZIP code lies."""

    def has_zip_table(self) -> bool:
        """Whether there is a table at all."""


@dataclass(frozen=True, slots=True)
class Located:
    """Where a home can be. `unknown` are the states in which the House seat is not known, each with the reason."""

    states: tuple[str, ...]
    seats: tuple[str, ...] = ()
    unknown: tuple[tuple[str, Problem], ...] = ()
    notes: tuple[Problem, ...] = ()


def zip5_of(text: str) -> str:
    """The five digits of a ZIP code or ZIP+4. Raises InputError for what is neither."""
    match = _ZIP.fullmatch(text.strip())
    if not match:
        raise InputError("residence.not_a_zip_code", "zip", zip=text)
    return match[1]


def locate(table: ZipTable, residence: Residence, on: date) -> Located:
    """The states and seats of the residence on that day: by its district, else by its ZIP code, else by its state.

    Raises InputError for what contradicts itself or does not exist.
    """
    if residence.state and residence.state not in STATE_NAMES and residence.state not in MILITARY:
        raise InputError("residence.no_such_state", "state", state=residence.state)
    zip5 = zip5_of(residence.zip) if residence.zip else ""
    state = "" if residence.state in MILITARY else residence.state
    if residence.district:
        return _by_district(table, residence, state, zip5, on)
    if zip5:
        return _by_zip(table, zip5, state, on)
    if residence.state in MILITARY:
        return Located((), notes=(Problem("lookup.military_state"),))
    return _by_state((state,), on, Problem("lookup.district_needed")) if state else Located(())


def _by_district(table: ZipTable, residence: Residence, state: str, zip5: str, on: date) -> Located:
    seat = seat_of(residence.district, state, on)
    state = seat[:2]
    notes: tuple[Problem, ...] = ()
    if zip5:
        rows = table.districts_of(zip5)
        _states_of_zip(zip5, state, rows)
        listed = tuple(f"{row_state}-{number}" for row_state, number, _ in rows if row_state == state)
        if listed and seat not in listed and not lines_changed(state, rows[0][2], on):
            notes = (Problem("lookup.zip_table_disagrees", zip=zip5, listed=listed, seat=seat),)
    change = lines_changed(state, residence.district_congress or congress_of(on), on)
    if change:
        return Located((state,), unknown=((state, _outdated(state, residence.district_congress, change)),), notes=notes)
    return Located((state,), seats=(seat,), notes=notes)


def _by_zip(table: ZipTable, zip5: str, state: str, on: date) -> Located:
    rows = table.districts_of(zip5)
    states = _states_of_zip(zip5, state, rows)
    if not states:
        free = set(states_of_zip(zip5)) <= FREELY_ASSOCIATED
        return Located((), notes=(Problem("lookup.free_association" if free else "lookup.military_zip", zip=zip5),))
    if rows:
        return _by_rows(zip5, states, rows, on)
    if state and set(states_of_zip(zip5)) <= MILITARY:
        located = _by_state((state,), on, Problem("lookup.district_needed"))
        return replace(located, notes=(Problem("lookup.military_zip", zip=zip5),))
    if table.has_zip_table():
        return _by_state(states, on, Problem("lookup.zip_not_in_table", zip=zip5))
    return _by_state(states, on, Problem("lookup.no_zip_table"))


def _by_rows(zip5: str, states: tuple[str, ...], rows: tuple[ZipRow, ...], on: date) -> Located:
    seats: list[str] = []
    unknown: list[tuple[str, Problem]] = []
    for state in states:
        congress = next(row[2] for row in rows if row[0] == state)
        change = lines_changed(state, congress, on)
        if change:
            unknown.append((state, _outdated(state, congress, change)))
        else:
            seats += [f"{state}-{number}" for row_state, number, _ in rows if row_state == state]
    notes = [Problem("lookup.zip_in_several_states", zip=zip5, states=states)] if len(states) > 1 else []
    states_of_seats, congress = tuple(sorted({seat[:2] for seat in seats})), rows[0][2]
    if states_of_seats and congress_of(on) > congress:
        notes.append(Problem("lookup.older_zip_table", congress=congress, states=states_of_seats))
        if on >= lines_known_until():
            notes.append(Problem("lookup.later_lines_unknown", day=lines_known_until()))
    if len(seats) > 1:
        notes.append(Problem("lookup.zip_in_several_districts", zip=zip5, count=len(seats)))
    return Located(states, tuple(seats), tuple(unknown), tuple(notes))


def _by_state(states: tuple[str, ...], on: date, reason: Problem) -> Located:
    """The one seat of a state that has one; for others `reason` is why the seat is not known."""
    one_seat = [state for state in states if seats_of(state, on) == 1]
    unknown = tuple((state, reason) for state in states if state not in one_seat)
    return Located(states, tuple(f"{state}-0" for state in one_seat), unknown)


def _states_of_zip(zip5: str, state: str, rows: tuple[ZipRow, ...]) -> tuple[str, ...]:
    """The states of the ZIP code, narrowed to the one given. InputError naming both where they contradict."""
    listed = tuple(dict.fromkeys(row[0] for row in rows)) or states_of_zip(zip5)
    if not listed:
        raise InputError("residence.no_such_zip_code", "zip", zip=zip5)
    if not state:
        return tuple(code for code in listed if code in STATE_NAMES)
    if state in listed or set(listed) <= MILITARY:
        return (state,)
    names = tuple(STATE_NAMES.get(code, code) for code in listed)
    raise InputError("residence.zip_in_other_state", "zip", zip=zip5, its_states=names, state=STATE_NAMES[state])


def _outdated(state: str, congress: int | None, change: Mapping[str, Any]) -> Problem:
    """Why a district of that Congress (None: not known which) is not enough."""
    values = {"state": STATE_NAMES[state], "since": change["from"], "source": change["source"]}
    if congress:
        return Problem("lookup.lines_changed", **values, congress=congress)
    return Problem("lookup.earlier_lines_changed", **values)
