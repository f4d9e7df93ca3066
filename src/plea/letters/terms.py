"""Whether an official is still there on the letter's day, and for how long."""

from datetime import date, timedelta

from plea.asks.words import day_in_words
from plea.model import Official, Problem

CLOSING = timedelta(days=45)  # an office that ends packs up weeks before


def has_ended(official: Official, on: date) -> bool:
    """Whether the term has ended by that day. Successors take over on the day a term ends."""
    return official.end is not None and official.end <= on


def ended(official: Official, on: date, where: str) -> Problem | None:
    """Why nobody writes to this official any more; None while the term lasts. `where` names them in the command."""
    if not has_ended(official, on):
        return None
    assert official.end
    return Problem(
        where,
        f"the term of {official.name or official.role} ended on {day_in_words(official.end, 'en')}",
        "Fetch who holds the seat now with `plea officials update`, or write to somebody else.",
    )


def ending_soon(official: Official, on: date) -> Problem | None:
    """A word of warning within 45 days of the end of a term."""
    if official.end is None or has_ended(official, on) or official.end - on > CLOSING:
        return None
    return Problem(
        official.id,
        f"the term of {official.name or official.role} ends on {day_in_words(official.end, 'en')}; "
        "unless it is renewed, the office may be closing",
        "Post it soon.",
    )
