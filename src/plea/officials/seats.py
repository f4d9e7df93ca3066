"""Seats of the House: how they are written, which exist, and when their lines change."""

import re
from datetime import date
from functools import cache
from typing import Any

from plea.errors import MendableError
from plea.machine import packed, toml
from plea.officials.states import STATE_NAMES, has_senators, state_division

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

    Raises MendableError for what is no seat, a seat of another state, or a number that the state does not have on
    that day (the apportionment of the 2020 Census, see `districts.toml`).
    """
    written = text.strip().upper()
    if state and _ALONE.fullmatch(written):
        written = f"{state}-{written}"
    found = _SEAT.fullmatch(written)
    if not found or found["state"] not in STATE_NAMES:
        raise MendableError(
            f"district {text}: is not a district", "Write it as IL-11, or VT-0 where there is one seat."
        )
    if state and found["state"] != state:
        raise MendableError(
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
        raise MendableError(f"district {text}: {STATE_NAMES[state]} has one seat", f"Write it as {state}-0.")
    if 1 <= number <= count:
        return number
    raise MendableError(
        f"district {text}: {STATE_NAMES[state]} has districts 1 to {count}",
        "https://www.house.gov/representatives/find-your-representative names yours.",
    )


@cache
def _file() -> dict[str, Any]:
    return toml.load(packed.templates() / FILE)
