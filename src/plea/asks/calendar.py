"""The last days on which the chambers of Congress are scheduled to meet (`calendar.toml`)."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

from plea.model.congress import Chamber, last_year_of
from plea.system import folders, toml

FILE = "calendar.toml"
LEAST_OF_SESSION = timedelta(days=3)
"""What must be left of a session for an act to be asked for in it."""


def last_scheduled_day(chamber: Chamber, year: int) -> date | None:
    """The last day of that year on which the chamber is scheduled to meet; None when it is not known."""
    day: date | None = _days().get(str(year), {}).get(chamber)
    return day


def last_day_for_bills(chamber: Chamber, congress: int) -> date | None:
    """The last scheduled day in the chamber on which a bill of that Congress can move; None when it is not known."""
    return last_scheduled_day(chamber, last_year_of(congress))


@cache
def _days() -> Mapping[str, Any]:
    return toml.load(folders.templates() / FILE)
