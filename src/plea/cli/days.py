"""Days as people write them on the command line."""

from datetime import date

# A letter asks for an answer weeks after its date, and mail programs read no year before 1900.
FIRST, LAST = date(1900, 1, 1), date(2999, 12, 31)


def read_day(typed: str) -> date | None:
    """The day written as 2026-11-22; None for anything else, or a day that no letter can be dated."""
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        return None
    return day if FIRST <= day <= LAST else None
