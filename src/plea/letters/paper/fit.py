"""Fits an address into a window: joins the suite to the street, drops the building, or says that it does not fit.

Nothing is set smaller and nothing is cut: a line that the window would hide is worse than a letter not made.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import chain

from plea.model.letters import Profile, Recipient
from plea.problems import Problem

SIZE = 10.0
PITCH = 11.0
# The ink of one line of Libertinus Serif, from the top of a b to the foot of a p, in em.
INK = 0.94
NO_BREAK = "\u00a0"

Measure = Callable[[Iterable[str]], Mapping[str, float]]


Lines = tuple[str, ...]


def fit_recipient(recipient: Recipient, profile: Profile, measure: Measure) -> Lines | Problem:
    """The recipient's lines within the safe box of the profile, or why they do not fit.

    `measure` gives the widths of texts in points at the size of an address. Runs of spaces (the two before a ZIP
    code: USPS Publication 28, 213.3) are made of no-break spaces so that they survive.
    """
    if profile.recipient is None:
        return next(iter(_versions(recipient)))
    most_lines, width = lines_in(profile.recipient.height), profile.recipient.width
    widths = measure(recipient.lead)
    lead = (_in_two(line, width, measure) if widths[line] > width else [line] for line in recipient.lead)
    versions = list(_versions(replace(recipient, lead=tuple(chain.from_iterable(lead)))))
    for version in versions:
        if len(version) <= most_lines and max(measure(version).values()) <= width:
            return version
    shortest = min(versions, key=len)
    wide = [line for line, long in measure(shortest).items() if long > width]
    named = {"recipient": recipient.lead[0] if recipient.lead else recipient.street, "profile": profile.key}
    if wide:
        return Problem("recipient.line_too_long", "letter", **named, line=wide[0])
    return Problem("recipient.too_many_lines", "letter", **named, lines=len(shortest), most=most_lines)


def fit_sender(lines: Lines, profile: Profile, measure: Measure) -> Lines | Problem:
    """The sender's name and address within the upper window of the profile, or why they do not fit."""
    assert profile.sender is not None
    joined = join_sender(lines, profile)
    wide = [line for line, width in measure(joined).items() if width > profile.sender.width]
    if not wide and len(joined) <= profile.sender_lines:
        return joined
    return Problem("sender.not_in_window", "letter", profile=profile.key, lines=wide[0] if wide else ", ".join(joined))


def join_sender(lines: Lines, profile: Profile) -> Lines:
    """The sender's lines, those between name and town joined where the window has too few."""
    if len(lines) > profile.sender_lines:
        lines = (lines[0], ", ".join(lines[1:-1]), lines[-1])
    return tuple(keep_spaces(line) for line in lines)


def lines_in(height: float) -> int:
    """How many lines of an address a height in points holds."""
    return int((height - INK * SIZE) / PITCH + 1e-6) + 1


@lru_cache(maxsize=64)
def possible_lines(recipient: Recipient) -> Lines:
    """Every line that may be printed of an address."""
    return tuple(dict.fromkeys(line for version in _versions(recipient) for line in version))


def keep_spaces(line: str) -> str:
    """The line with runs of spaces made unbreakable, which typesetting would fold."""
    return line.replace("  ", NO_BREAK * 2)


def _versions(recipient: Recipient) -> Iterable[Lines]:
    """The address in the order of preference: all of it, the suite by itself, then both without the building."""
    joined = ", ".join(part for part in (recipient.street, recipient.suite) if part)
    streets: list[Lines] = [(joined,)]
    if recipient.street and recipient.suite:
        streets.append((recipient.street, recipient.suite))
    for building in dict.fromkeys((recipient.building, "")):
        for street in streets:
            lines = (*recipient.lead, building, *street, *recipient.last, recipient.country)
            yield tuple(keep_spaces(line) for line in lines if line)


def _in_two(line: str, width: float, measure: Measure) -> list[str]:
    """A line above the street that is too long (a chair's committee), broken between words where it can be."""
    words = line.split(" ")
    starts = [" ".join(words[:count]) for count in range(1, len(words))]
    fitting = [start for start, long in measure(starts).items() if long <= width]
    first = fitting[-1] if fitting else line
    return [part for part in (first, line[len(first) :].strip()) if part]
