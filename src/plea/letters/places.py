"""The places of a typeset sheet for its profile: paper, margins, fold marks, type, and where the addresses stand."""

from dataclasses import dataclass
from typing import Any

from plea.letters.fit import PITCH, SIZE
from plea.model import Printing, Profile

INCH = 72.0
MILLIMETRE = INCH / 25.4
# What a sheet leaves between the region a window shows and the first line below it.
BELOW_WINDOW = 9.0
# The same above it, to the foot of the date.
ABOVE_WINDOW = 5.0
# British letters have the sender at the right, clear of a window that reaches 110 mm.
RIGHT_COLUMN = 125 * MILLIMETRE


@dataclass(frozen=True, slots=True)
class Type:
    """Size and pitch of the body, the gap between paragraphs, the room to sign, the type of the sender; points."""

    size: float
    pitch: float
    gap: float
    signature: float
    sender_size: float
    sender_pitch: float


REGULAR = Type(11.0, 13.5, 8.5, 54.0, 10.5, 13.0)
LARGE = Type(18.0, 24.5, 18.0, 73.5, 14.0, 17.0)
# What a letter that runs over is tried in before it is said to.
CLOSE = {"size": 10.5, "pitch": 12.8}


def places(printing: Printing) -> dict[str, Any]:
    """What all letters of one compile share, by the names that `letter.typ` reads; lengths in points."""
    profile = printing.profile
    type_ = LARGE if printing.large_print else REGULAR
    return {
        "width": profile.width,
        "height": profile.height,
        "left": profile.recipient.x if profile.recipient else INCH,
        "right": INCH,
        "top": INCH,
        "bottom": 0.75 * INCH,
        "folds": profile.folds,
        "size": type_.size,
        "pitch": type_.pitch,
        "gap": type_.gap,
        "signature": type_.signature,
        # Whether the date stands in the text, not among the addresses.
        "dated": printing.large_print or profile.recipient is None,
        **(_addresses(profile, type_, dated=not printing.large_print) if profile.recipient else {}),
    }


def _addresses(profile: Profile, type_: Type, *, dated: bool) -> dict[str, Any]:
    """Where addresses and date stand on a sheet with a window, and where the text below begins (`body`)."""
    assert profile.recipient is not None
    window = profile.recipient
    lowest = max(region.y + region.height for region in profile.clear)
    found: dict[str, Any] = {
        "recipient": _place(window.x, window.y, window.width, SIZE, PITCH),
        "body": lowest + BELOW_WINDOW,
    }
    if profile.sender:
        found["sender"] = _place(profile.sender.x, profile.sender.y, profile.sender.width, SIZE, PITCH)
        found["contact"] = _place(5 * INCH, profile.sender.y, 2.5 * INCH, SIZE, PITCH)
        date = _between(profile, type_)
    elif profile.sender_side == "right":
        width = profile.width - INCH - RIGHT_COLUMN
        found["sender"] = _place(RIGHT_COLUMN, INCH, width, type_.sender_size, type_.sender_pitch)
        date = _place(RIGHT_COLUMN, window.y, width, type_.size, type_.pitch)
    else:
        width = profile.width - 2 * INCH
        found["sender"] = _place(window.x, INCH, width, type_.sender_size, type_.sender_pitch)
        highest = min(region.y for region in profile.clear)
        date = _place(window.x, highest - ABOVE_WINDOW - type_.size, width, type_.size, type_.pitch)
    return found | ({"date": date} if dated else {})


def _between(profile: Profile, type_: Type) -> dict[str, float]:
    """The date's place in the strip between what two windows show."""
    assert profile.recipient is not None
    upper = min(region.y + region.height for region in profile.clear)
    strip = max(region.y for region in profile.clear) - upper
    y = upper + (strip - type_.size) / 2
    return _place(profile.recipient.x, y, profile.recipient.width, type_.size, type_.pitch)


def _place(x: float, y: float, width: float, size: float, pitch: float) -> dict[str, float]:
    return {"x": x, "y": y, "width": width, "size": size, "pitch": pitch}
