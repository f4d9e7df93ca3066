"""The day by which a letter asks for its act: a working day on which its reader can still do it."""

from datetime import date, timedelta
from functools import cache

from plea.asks.calendar import LEAST_OF_SESSION, last_scheduled_day
from plea.model.congress import congress_of, congress_start
from plea.model.officials import Official

ANSWER_DAYS = 45
"""Days after the letter's date within which an act is asked for."""

LEAST_OF_TERM = timedelta(days=10)
"""What must be left of a term for a day before its end to be named: a letter on paper takes some of it."""

_DAY = timedelta(days=1)
_MONDAY, _THURSDAY, _SATURDAY, _SUNDAY = 0, 3, 5, 6


def deadline(official: Official, on: date, country: str = "US") -> date | None:
    """The earliest of ANSWER_DAYS after the letter's date, the end of the session, and the last day of the term.

    The session counts while LEAST_OF_SESSION of it is left. The day given is a working day in `country`; None when less
    than LEAST_OF_TERM is left before the term ends.
    """
    latest = on + timedelta(days=ANSWER_DAYS)
    session = last_scheduled_day(official.chamber, on.year) if official.chamber else None
    if session and (session := working_day(session, country)) - on >= LEAST_OF_SESSION:
        latest = min(latest, session)
    end = official.end
    if end is None and official.of_each_congress:
        end = congress_start(congress_of(on) + 1)
    if end and end > on:  # an end that is past is that of a holder before
        if end - on < LEAST_OF_TERM:
            return None
        latest = min(latest, end - _DAY)
    return working_day(latest, country)


def working_day(day: date, country: str = "US") -> date:
    """That day, or the last working day before it: no weekend and no public holiday.

    In the United States the federal holidays count, elsewhere January 1 and December 25 and 26.
    """
    while day.weekday() >= _SATURDAY or _is_holiday(day, country):
        day -= _DAY
    return day


def _is_holiday(day: date, country: str) -> bool:
    if country != "US":
        return (day.month, day.day) in {(1, 1), (12, 25), (12, 26)}
    return day in _federal_holidays(day.year)


@cache
def _federal_holidays(year: int) -> frozenset[date]:
    """The days of that year on which federal offices are closed: 5 U.S.C. 6103(a).

    A holiday on a Saturday is kept on the Friday before (6103(b)), one on a Sunday on the Monday after (Executive Order
    11582, section 3).
    """
    fixed = [date(year, month, day) for month, day in ((1, 1), (6, 19), (7, 4), (11, 11), (12, 25))]
    fixed.append(date(year + 1, 1, 1))  # kept on the last day of this year when it is a Saturday
    kept = {_SATURDAY: -_DAY, _SUNDAY: _DAY}
    return frozenset(
        (
            *(day + kept.get(day.weekday(), timedelta()) for day in fixed),
            _weekday(_MONDAY, year, 1, 15),  # Birthday of Martin Luther King, Jr.: the third Monday
            _weekday(_MONDAY, year, 2, 15),  # Washington's Birthday
            _weekday(_MONDAY, year, 5, 25),  # Memorial Day: the last Monday
            _weekday(_MONDAY, year, 9, 1),  # Labor Day
            _weekday(_MONDAY, year, 10, 8),  # Columbus Day: the second Monday
            _weekday(_THURSDAY, year, 11, 22),  # Thanksgiving Day: the fourth Thursday
        )
    )


def _weekday(weekday: int, year: int, month: int, first: int) -> date:
    """The day of the week on or after a day of the month."""
    day = date(year, month, first)
    return day + (weekday - day.weekday()) % 7 * _DAY
