"""Where the head of a letter stands on the sheet of a Word document.

The typeset formats place boxes; a word processor knows only distances. With lines of exact height the two agree.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from plea.letters.paper.fit import NO_BREAK, sender_shape
from plea.letters.paper.payload import sender_block
from plea.model.letters import Letter, Printing, Profile

MARGIN = 72.0
BOTTOM = 50.0
ADDRESS_PITCH = 11.0  # in a window: 10 points on 11
GAP = 0.9  # lines between the blocks of the head


@dataclass(frozen=True, slots=True)
class Spot:
    """One line of the head: its style, the space above it and its indent from the margin, in points."""

    text: str
    style: str
    above: float = 0.0
    indent: float = 0.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """The top margin, the lines of the head, the space from the last of them to the text, and what goes to the foot."""

    top: float
    spots: tuple[Spot, ...]
    to_text: float
    below: tuple[str, ...] = ()


def sheet_of(letter: Letter, recipient: Sequence[str], printing: Printing, pitch: float) -> Sheet:
    """The head of this letter on the profile's sheet, with lines of `pitch` points outside the windows."""
    if printing.large_print or printing.profile.recipient is None:
        return _flowing(letter, recipient, pitch)
    return _in_windows(letter, recipient, printing.profile, pitch) or _flowing(letter, recipient, pitch)


def _flowing(letter: Letter, recipient: Sequence[str], pitch: float) -> Sheet:
    """Sender, date and recipient one below the other."""
    gap = GAP * pitch
    spots = (
        *(Spot(line, "Sender") for line in letter.sender),
        Spot(letter.date_text, "Date", above=gap),
        *_block(recipient, "Recipient", above=gap),
    )
    return Sheet(MARGIN, spots, to_text=gap)


def _in_windows(letter: Letter, recipient: Sequence[str], profile: Profile, pitch: float) -> Sheet | None:
    """The recipient in its window, the sender above it or in a window of its own; None where they do not fit."""
    assert profile.recipient
    window, region = profile.recipient, profile.clear[0]
    sender, below = _sender(letter, profile)
    top, line, left = (profile.sender.y, ADDRESS_PITCH, profile.sender.x) if profile.sender else (MARGIN, pitch, MARGIN)
    until = region.y
    if profile.sender_side == "right":  # beside what the window may show, so only the recipient itself is in the way
        left, until = region.x + region.width, window.y
    end = top + len(sender) * line
    date_at = max(end, profile.clear[1].y + profile.clear[1].height) if profile.sender else end
    room = until - date_at - pitch
    if room < 0 or len(recipient) * ADDRESS_PITCH > window.height + ADDRESS_PITCH - 10:
        return None
    date_above = date_at - end + (min(room, GAP * pitch) if not profile.sender else room / 2)
    date_end = end + date_above + pitch
    style = "Window" if profile.sender else "Sender"
    spots = (
        *_block(sender, style, indent=left - MARGIN),
        Spot(letter.date_text, "Date", above=date_above, indent=left - MARGIN if profile.sender_side == "right" else 0),
        *_block(recipient, "Window", above=window.y - date_end, indent=window.x - MARGIN),
    )
    to_text = region.y + region.height - window.y - len(recipient) * ADDRESS_PITCH
    return Sheet(top, spots, to_text, below)


def _block(lines: Sequence[str], style: str, above: float = 0.0, indent: float = 0.0) -> tuple[Spot, ...]:
    """Lines that stand together, the space above the first of them."""
    return tuple(Spot(line, style, above if number == 0 else 0.0, indent) for number, line in enumerate(lines))


def _sender(letter: Letter, profile: Profile) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The sender's lines for the head, and those that a window of few lines sends to the foot of the letter."""
    lines = sender_block(letter, profile)
    if not profile.sender:
        return lines, ()
    below = tuple(line for line in letter.sender if line not in lines)
    return tuple(line.replace(NO_BREAK, " ") for line in sender_shape(lines, profile)), below
