"""The places of a typeset sheet for its profile: paper, margins, fold marks, type, and where the addresses stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from plea.letters.paper.fit import PITCH, SIZE
from plea.model.letters import Printing, Profile

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


REGULAR = Type(11.0, 14.0, 10.0, 56.0, 10.5, 13.0)
LARGE = Type(18.0, 24.5, 18.0, 73.5, 14.0, 17.0)
# What a letter that runs over is tried in before it is said to.
CLOSE = {"size": 10.5, "pitch": 12.8, "gap": 8.0}


def places(printing: Printing) -> dict[str, Any]:
    """What all letters of one compile share, by the names that `letter.typ` reads; lengths in points."""
    profile = printing.profile
    type_ = LARGE if printing.large_print else REGULAR
    found: dict[str, Any] = {
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
        "apart": type_.pitch + type_.gap,
        "signature": type_.signature,
        "dated": False,
        "above_subject": type_.pitch,
    }
    if profile.recipient is None:
        return found
    bands = _bands(profile, type_)
    if printing.large_print:
        # Too large for the strip above the window: the date goes with the text.
        bands = [band for band in bands if band.name != "date"]
    found["dated"] = printing.large_print
    found["above_subject"] = type_.pitch if printing.large_print else 0.0
    found["contact"] = 5 * INCH - found["left"]
    return found | {"bands": _stacked(bands, found["left"], _lowest(profile) + BELOW_WINDOW)}


@dataclass(frozen=True, slots=True)
class _Band:
    """What stands at a place of the head: a field of the letter, from a point of the sheet, in a size and pitch.

    `window` says that a window shows it.
    """

    name: str
    x: float
    y: float
    size: float
    pitch: float
    window: bool = False


def _bands(profile: Profile, type_: Type) -> list[_Band]:
    """Where addresses and date stand on a sheet with a window; the date is above the recipient, clear of the window."""
    assert profile.recipient is not None
    window, clear = profile.recipient, profile.clear
    recipient = _Band("recipient", window.x, window.y, SIZE, PITCH, window=True)
    if profile.sender:
        # In the strip between what the two windows show.
        upper, lower = min(region.y + region.height for region in clear), max(region.y for region in clear)
        date = _Band("date", window.x, (upper + lower - type_.size) / 2, type_.size, type_.pitch)
        return [_Band("sender", profile.sender.x, profile.sender.y, SIZE, PITCH, window=True), date, recipient]
    x = RIGHT_COLUMN if profile.sender_side == "right" else window.x
    foot = min(window.y, min(region.y for region in clear) if x == window.x else window.y) - ABOVE_WINDOW
    date = _Band("date", x, foot - type_.size, type_.size, type_.pitch)
    return [_Band("sender", x, INCH, type_.sender_size, type_.sender_pitch), date, recipient]


def _stacked(bands: Sequence[_Band], left: float, body: float) -> list[dict[str, Any]]:
    """The bands as blocks below each other: each as high as to the next one, the last to the text at `body`."""
    edges = [*(band.y for band in bands), body]
    return [
        {
            "name": band.name,
            "indent": band.x - left,
            "height": below - above,
            "size": band.size,
            "pitch": band.pitch,
            "window": band.window,
        }
        for band, (above, below) in zip(bands, pairwise(edges), strict=True)
    ]


def _lowest(profile: Profile) -> float:
    return max(region.y + region.height for region in profile.clear)
