"""Fits an address into a window: joins the suite to the street, drops the building, or says that it does not fit.

Nothing is set smaller and nothing is cut: a line that the window would hide is worse than a letter not made.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from plea.model.letters import Profile, Recipient
from plea.problems import Problem, old_problem

SIZE = 10.0
PITCH = 11.0
# The ink of one line of Libertinus Serif, from the top of a b to the foot of a p, in em.
INK = 0.94
NO_BREAK = "\u00a0"

Measure = Callable[[Iterable[str]], Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Fitted:
    """The lines of an address as they stand in the window, and what had to be left out for it."""

    lines: tuple[str, ...]
    dropped: tuple[str, ...] = ()


def fit_recipient(recipient: Recipient, profile: Profile, measure: Measure) -> Fitted | Problem:
    """The recipient's lines within the safe box of the profile, or the Problem that names both.

    `measure` gives the widths of texts in points at the size of an address. Runs of spaces (the two before a ZIP
    code: USPS Publication 28, 213.3) are made of no-break spaces so that they survive.
    """
    if profile.recipient is None:
        return next(iter(_shapes(recipient)))
    room, width = lines_in(profile.recipient.height), profile.recipient.width
    shapes = list(_shapes(replace(recipient, lead=_parted(recipient.lead, width, measure))))
    for shape in shapes:
        if len(shape.lines) <= room and max(measure(shape.lines).values()) <= width:
            return shape
    return _too_large(recipient, profile, min(shapes, key=lambda shape: len(shape.lines)), measure)


def fit_sender(lines: tuple[str, ...], profile: Profile, measure: Measure) -> Fitted | Problem:
    """The sender's name and address within the upper window of the profile, or the Problem that names both."""
    assert profile.sender is not None
    shape = sender_shape(lines, profile)
    widths = measure(shape)
    wide = [line for line in shape if widths[line] > profile.sender.width]
    if not wide and len(shape) <= profile.sender_lines:
        return Fitted(shape)
    return old_problem(
        lines[0],
        f"your own address does not fit the window of {profile.key}: {wide[0] if wide else ', '.join(shape)}",
        "use --profile us-10-single, or --profile none with a plain envelope",
    )


def sender_shape(lines: tuple[str, ...], profile: Profile) -> tuple[str, ...]:
    """The sender's lines, those between name and town joined where the window has too few."""
    if len(lines) > profile.sender_lines:
        lines = (lines[0], ", ".join(lines[1:-1]), lines[-1])
    return tuple(kept_spaces(line) for line in lines)


def lines_in(height: float) -> int:
    """How many lines of an address a height in points holds."""
    return int((height - INK * SIZE) / PITCH + 1e-6) + 1


@lru_cache(maxsize=64)
def texts(recipient: Recipient) -> tuple[str, ...]:
    """Every line that fitting may ask the width of, to measure those of many letters at once."""
    return tuple(dict.fromkeys(line for shape in _shapes(recipient) for line in shape.lines))


def kept_spaces(line: str) -> str:
    """The line with runs of spaces made unbreakable, which typesetting would fold."""
    return line.replace("  ", NO_BREAK * 2)


def _shapes(recipient: Recipient) -> Iterable[Fitted]:
    """The address in the order of preference: all of it, the suite by itself, then both without the building."""
    joined = ", ".join(part for part in (recipient.street, recipient.suite) if part)
    streets: list[tuple[str, ...]] = [(joined,)]
    if recipient.street and recipient.suite:
        streets.append((recipient.street, recipient.suite))
    for building in dict.fromkeys((recipient.building, "")):
        for street in streets:
            lines = (*recipient.lead, building, *street, *recipient.last, recipient.country)
            dropped = (recipient.building,) if recipient.building and not building else ()
            yield Fitted(tuple(kept_spaces(line) for line in lines if line), dropped)


def _parted(lead: tuple[str, ...], width: float, measure: Measure) -> tuple[str, ...]:
    """The lines above the street, those too long (a chair's committee) parted between words."""
    widths = measure(lead)
    found: list[str] = []
    for line in lead:
        if widths[line] <= width:
            found.append(line)
            continue
        words = line.split(" ")
        starts = [" ".join(words[:count]) for count in range(1, len(words))]
        fitting = [start for start, long in measure(starts).items() if long <= width]
        first = fitting[-1] if fitting else line
        found += [part for part in (first, line[len(first) :].strip()) if part]
    return tuple(found)


def _too_large(recipient: Recipient, profile: Profile, shape: Fitted, measure: Measure) -> Problem:
    assert profile.recipient is not None
    room = lines_in(profile.recipient.height)
    widths = measure(shape.lines)
    wide = [line for line in shape.lines if widths[line] > profile.recipient.width]
    what = f"“{wide[0]}” is too long" if wide else f"{len(shape.lines)} lines, room for {room}"
    return old_problem(
        recipient.lead[0] if recipient.lead else "recipient",
        f"the address does not fit the window of {profile.key}: {what}",
        "choose another office with --office, or --profile none with a plain envelope",
    )
