"""The Congresses: which one sits on a day, when it begins, and its two chambers."""

from datetime import date
from enum import StrEnum


class Chamber(StrEnum):
    """A chamber of Congress."""

    HOUSE = "house"
    SENATE = "senate"

    @property
    def full_name(self) -> str:
        """Its name as in an address."""
        return "U.S. House of Representatives" if self is Chamber.HOUSE else "United States Senate"

    @property
    def other(self) -> "Chamber":
        """The other chamber."""
        return Chamber.SENATE if self is Chamber.HOUSE else Chamber.HOUSE


def congress_of(day: date) -> int:
    """The Congress that sits on that day; since 1935 one begins on January 3 of each odd year (20th Amendment)."""
    year = day.year if (day.month, day.day) >= (1, 3) else day.year - 1
    return (year - 1789) // 2 + 1


def congress_start(congress: int) -> date:
    """The day on which that Congress begins, and the one before it ends at noon."""
    return date(1789 + 2 * (congress - 1), 1, 3)


def last_year_of(congress: int) -> int:
    """The year of that Congress's second and last session."""
    return congress_start(congress).year + 1
