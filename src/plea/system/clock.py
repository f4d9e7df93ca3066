"""The one place that asks what day it is, and what a day looks like when it is typed."""

from datetime import date

# A letter asks for an answer weeks after its date, and mail programs read no year before 1900.
FIRST, LAST = date(1900, 1, 1), date(2999, 12, 31)


def today() -> date:
    """The day on this machine's own calendar; rooms take `on: date` and only the skins call this."""
    return date.today()  # noqa: DTZ011 (a letter is dated by the calendar on the writer's wall)


def read_day(typed: str) -> date | None:
    """The day written as 2026-11-22; None for anything else, or a day that no letter can be dated."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    return day if FIRST <= day <= LAST else None
