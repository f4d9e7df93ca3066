"""Days: the only place that asks what day it is, and how a typed day is read."""

from datetime import date

# A letter asks for an answer weeks after its date, and mail programs read no year before 1900.
FIRST, LAST = date(1900, 1, 1), date(2999, 12, 31)

EXCEL_DAY_0 = date(1899, 12, 30)
"""Day 0 of Excel's calendar, right from March 1, 1900 on: Excel has a February 29, 1900, which never was."""


def today() -> date:
    """The day on this machine's calendar. Only the user interfaces ask; everything below them takes `on: date`."""
    return date.today()  # noqa: DTZ011 (a letter is dated by the calendar on the writer's wall)


def read_day(typed: str) -> date | None:
    """The day written as 2026-11-22; None for anything else, or a day that no letter can be dated."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    return day if FIRST <= day <= LAST else None
