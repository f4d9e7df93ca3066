"""House districts: how they are written, which exist, and which of them a home can lie in."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
from plea.system import folders, toml

FILE = "districts.toml"
_SEAT = re.compile(r"(?P<state>[A-Z]{2})[\s_-]*(?:(?P<number>\d{1,3})|AL|AT[\s_-]?LARGE)")
_ALONE = re.compile(r"\d{1,3}|AL|AT[\s_-]?LARGE")


def congress_of(day: date) -> int:
    """The Congress that sits on that day; since 1935 one begins on 3 January of each odd year (20th Amendment)."""
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
    if state and _ALONE.fullmatch(written):
        written = f"{state}-{written}"
    found = _SEAT.fullmatch(written)
    if not found or found["state"] not in STATE_NAMES:
        raise InputError(f"district {text}: is not a district", "Write it as IL-11, or VT-0 where there is one seat.")
    if state and found["state"] != state:
        raise InputError(
            f"district {text}: is in {STATE_NAMES[found['state']]}, and the state given is {STATE_NAMES[state]}",
            "Give the district and the state of one and the same home.",
        )
    return f"{found['state']}-{_number(found['state'], found['number'], text, on)}"


def seats_of(state: str, on: date) -> int | None:
    """How many House seats the state has on that day; None when the apportionment of that day is not known."""
    if state in STATE_NAMES and not has_senators(state):
        return 1
    apportionment = _file()["apportionment"]
    if not apportionment["from"] <= on < apportionment["until"]:
        return None
    return int(apportionment["seats"][state]) if state in apportionment["seats"] else None


def is_at_large(state: str, on: date) -> bool:
    """Whether the whole state, district or territory is one seat."""
    return seats_of(state, on) == 1


def lines_changed(state: str, congress: int, on: date) -> str:
    """The source that says so, when the lines of that Congress no longer hold for the state on that day; else ''."""
    for change in _file()["changes"]:
        if congress < change["congress"] and on >= change["from"] and state in change["states"]:
            return str(change["source"])
    return ""


def lines_known_until() -> date:
    """The day until which changes of lines are known: the end of the last Congress that the data speaks of."""
    return congress_start(max(change["congress"] for change in _file()["changes"]) + 1)


def vintage_of(congress: int) -> str:
    """The vintage of the Census geocoder that has the districts of that Congress; empty when none is known."""
    return next((str(one["vintage"]) for one in _file()["geocoder"] if one["congress"] == congress), "")


def seat_division(seat: str) -> str:
    """The Open Civic Data id of a House seat (`.../cd:11`, `.../cd:at-large`)."""
    state, _, number = seat.partition("-")
    return f"{state_division(state)}/cd:{'at-large' if number == '0' else number}"


def _number(state: str, written: str | None, text: str, on: date | None) -> int:
    number = int(written or 0)
    count = seats_of(state, on or _file()["apportionment"]["from"])
    if count is None:
        return number
    if count == 1:
        if number == 0:
            return 0
        raise InputError(f"district {text}: {STATE_NAMES[state]} has one seat", f"Write it as {state}-0.")
    if 1 <= number <= count:
        return number
    raise InputError(
        f"district {text}: {STATE_NAMES[state]} has districts 1 to {count}",
        "https://www.house.gov/representatives/find-your-representative names yours.",
    )


@cache
def _file() -> dict[str, Any]:
    return toml.load(folders.templates() / FILE)


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
    """The five digits of a ZIP code or ZIP+4. Raises InputError for what is neither."""
    found = _ZIP.fullmatch(text.strip())
    if not found:
        raise InputError(f"ZIP code {text}: is not five digits", "Write it as 05401 or 05401-1234.")
    return found[1]


def locate(table: ZipTable, place: Residence, on: date) -> Located:
    """The states and seats of the place on that day: by the district given, else by the ZIP code, else by the state.

    Raises InputError for what contradicts itself or does not exist.
    """
    if place.state and place.state not in STATE_NAMES and place.state not in MILITARY:
        raise InputError(f"state {place.state}: there is no such state", "Write it as VT, or as its name.")
    zip5 = zip5_of(place.zip) if place.zip else ""
    state = "" if place.state in MILITARY else place.state
    if place.district:
        return _by_district(table, place, state, zip5, on)
    if zip5:
        return _by_zip(table, zip5, state, on)
    if place.state in MILITARY:
        return Located((), notes=(_military(zip5),))
    return _by_state((state,), on) if state else Located(())


def _by_district(table: ZipTable, place: Residence, state: str, zip5: str, on: date) -> Located:
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
    if state and not rows and set(states_of_zip(zip5)) <= MILITARY:
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
    """The states of the ZIP code, narrowed to the one given. InputError naming both where they contradict."""
    listed = tuple(dict.fromkeys(row[0] for row in rows)) or states_of_zip(zip5)
    if not listed:
        raise InputError(f"ZIP code {zip5}: no state has such a ZIP code", "Check the ZIP code.")
    if not state:
        return tuple(one for one in listed if one in STATE_NAMES)
    if state in listed or set(listed) <= MILITARY:
        return (state,)
    names = _both(tuple(STATE_NAMES.get(one, one) for one in listed))
    raise InputError(
        f"ZIP code {zip5} is in {names}, and the state given is {STATE_NAMES[state]}", "Check the one and the other."
    )


def _nowhere(zip5: str) -> str:
    if set(states_of_zip(zip5)) <= FREELY_ASSOCIATED:
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
