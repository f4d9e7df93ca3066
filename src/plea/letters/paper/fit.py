"""What fits on the paper: addresses in their windows, words in their lines, the sender's block in its place.

Nothing is set smaller and nothing is cut: a line that a window would hide is worse than a letter not made. An address
may join the suite to the street, or do without the building. Lines break at spaces and after hyphens and slashes,
never within a word (Unicode Annex 14, as typst follows it): a word that is wider than its line would run off the page,
which nobody sees on a screen and everybody on paper.
"""

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import chain
from typing import Any

from plea.letters.paper.typst_inputs import ADDRESS_PITCH, ADDRESS_SIZE, keep_spaces, sheet_setting, strings
from plea.model.letters import Printing, Profile, Recipient
from plea.problems import Problem

# The ink of one line of Libertinus Serif, from the top of a b to the foot of a p, in em.
INK = 0.94

Lines = tuple[str, ...]
Measure = Callable[[Iterable[str]], Mapping[str, float]]
"""How wide texts are on one line at the size of an address, in points."""
Widths = Callable[[Iterable[str], float], Mapping[str, float]]
"""How wide texts are on one line at a size, in points."""


# --- addresses in windows -----------------------------------------------------------------------------------


def fit_recipient(recipient: Recipient, profile: Profile, measure: Measure) -> Lines | Problem:
    """The recipient's lines within the safe box of the profile, or why they do not fit.

    Runs of spaces (the two before a ZIP code: USPS Publication 28, 213.3) are made of no-break spaces so that they
    survive.
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
    wide = [line for line, line_width in measure(shortest).items() if line_width > width]
    values = {"recipient": recipient.lead[0] if recipient.lead else recipient.street, "profile": profile.key}
    if wide:
        return Problem("recipient.line_too_long", "letter", **values, line=wide[0])
    return Problem("recipient.too_many_lines", "letter", **values, lines=len(shortest), most=most_lines)


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
    return tuple(map(keep_spaces, lines))


def lines_in(height: float) -> int:
    """How many lines of an address a height in points holds."""
    return int((height - INK * ADDRESS_SIZE) / ADDRESS_PITCH + 1e-6) + 1


@lru_cache(maxsize=64)
def possible_lines(recipient: Recipient) -> Lines:
    """Every line that may be printed of an address."""
    return tuple(dict.fromkeys(chain.from_iterable(_versions(recipient))))


def _versions(recipient: Recipient) -> Iterable[Lines]:
    """The address in the order of preference: all of it, the suite by itself, then both without the building."""
    streets: list[Lines] = [(", ".join(filter(None, (recipient.street, recipient.suite))),)]
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
    fitting = [start for start, start_width in measure(starts).items() if start_width <= width]
    first = fitting[-1] if fitting else line
    return [part for part in (first, line[len(first) :].strip()) if part]


# --- words in lines, and the sender above the window --------------------------------------------------------

CONTACT_SIZE = 10.0  # as `letter.typ` has it
TOUCHING = 1.0  # a box of text has that much air
SPACE = 0.25  # of the size
# Scripts that break between any two letters, or where only a dictionary knows.
ANYWHERE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f"
    "\uff00-\uffef\U0001f000-\U0003ffff"
)
BREAK = re.compile(rf"[ \t\n]+|(?<=[-/?!\u2013\u2014\u00ad\u200b])(?=[^\W\d_])|(?<=[{ANYWHERE}])|(?=[{ANYWHERE}])")
PARTS = ("sender", "recipient", "subject", "salutation", "body", "name", "enclosures")
"""Parts of a letter in which a word may be wider than the page; each has a message `<part>.word_too_long`."""


def overflow_problems(payload: Mapping[str, Any], printing: Printing, widths: Widths) -> tuple[Problem, ...]:
    """The parts of a letter (as `letter_payload` gives it) that do not fit the sheet."""
    sheet = _sheet(printing)
    bands = {band["name"]: band for band in sheet.get("bands", ())}
    column = sheet["width"] - sheet["left"] - sheet["right"]
    problems: list[Problem | None] = []
    flowing = [part for part in PARTS if part not in bands]
    few = _always_fit(column, sheet["size"])
    if any(len(text) > few and _holds_long(text, few) for text in strings(payload[part] for part in flowing)):
        problems += [_too_long(part, payload[part], column, sheet["size"], widths) for part in flowing]
    if "sender" in bands and not printing.profile.sender:
        problems.append(_sender_above_window(payload["sender"], bands["sender"], column, printing, widths))
    if payload["contact"] and max(widths(payload["contact"], CONTACT_SIZE).values()) > column - sheet["contact"]:
        problems.append(Problem("contact.too_wide", "letter"))
    return tuple(filter(None, problems))


def _sender_above_window(
    lines: Lines, band: Mapping[str, Any], column: float, printing: Printing, widths: Widths
) -> Problem | None:
    """The problem of a sender's block that is too wide or too high for its place above the window."""
    room, size = column - band["indent"], band["size"]
    short = max(map(len, lines)) <= _always_fit(room, size)  # nearly all
    too_long = None if short else _too_long("sender", lines, room, size, widths)
    if too_long:
        return too_long

    def rows(line: str) -> int:
        """How many rows a line becomes."""
        if len(line) * size <= room or widths([line], size)[line] <= room:
            return 1
        pieces = _pieces(line)
        measured = widths(pieces, size)
        count, filled = 1, 0.0
        for piece in pieces:
            filled += measured[piece]
            if filled > room:
                count, filled = count + 1, measured[piece]
            filled += SPACE * size
        return count

    profile = printing.profile
    # British senders are to the right of what the window shows.
    window = math.inf if profile.sender_side == "right" else min(region.y for region in profile.clear)
    height = min(band["height"], window - _sheet(printing)["top"])
    needed = len(lines) if short else sum(map(rows, lines))
    most = int((height + band["pitch"] - size + TOUCHING) / band["pitch"])
    return Problem("sender.too_many_lines", "letter", lines=needed, most=most) if needed > most else None


@lru_cache(maxsize=4)
def _sheet(printing: Printing) -> Mapping[str, Any]:
    return sheet_setting(printing)


def _too_long(part: str, text: Any, room: float, size: float, widths: Widths) -> Problem | None:
    """The problem of a part that holds a word wider than the room."""
    few = _always_fit(room, size)
    words = [word for line in strings([text]) for word in line.split(" ") if len(word) > few]
    long = [piece for word in words for piece in _pieces(word) if len(piece) > few]
    wide = [piece for piece, width in widths(long, size).items() if width > room] if long else []
    return Problem(f"{part}.word_too_long", "letter", letters=max(map(len, wide))) if wide else None


def _always_fit(room: float, size: float) -> int:
    """How many letters fit however wide they are; nearly every word has fewer."""
    return int(room / size)


@lru_cache(maxsize=1000)
def _holds_long(text: str, few: int) -> bool:
    """Whether any word of the text is longer; most paragraphs are in many letters of a volume."""
    return re.search(rf"[^ ]{{{few + 1}}}", text) is not None


def _pieces(text: str) -> list[str]:
    """The smallest parts a text may be broken into."""
    return [piece for piece in BREAK.split(text) if piece]
