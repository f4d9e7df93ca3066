"""What would be printed off the paper or over something else: words wider than the page, a sender above its place.

Lines break at spaces and after hyphens and slashes, never within a word (Unicode Annex 14, as typst follows it); a word
that finds no room is left standing out of the page, which nobody sees on a screen and everybody on paper.
"""

import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from plea.letters.paper.page_geometry import places
from plea.letters.paper.payload import strings
from plea.model.letters import Printing, Profile
from plea.problems import Problem, old_problem

Widths = Callable[[Iterable[str], float], Mapping[str, float]]
"""How wide texts are on one line at a size, in points."""

CONTACT_SIZE = 10.0  # as `letter.typ` has it
TOUCHING = 1.0  # a box of text has that much air
SPACE = 0.25  # of the size
# Scripts that break between any two letters, or where only a dictionary knows.
ANYWHERE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\ufe30-\ufe4f"
    "\uff00-\uffef\U0001f000-\U0003ffff"
)
BREAK = re.compile(rf"[ \t\n]+|(?<=[-/?!\u2013\u2014\u00ad\u200b])(?=[^\W\d_])|(?<=[{ANYWHERE}])|(?=[{ANYWHERE}])")
PARTS = {
    "sender": "your own address",
    "contact": "your e-mail address or telephone",
    "recipient": "the address",
    "subject": "the subject",
    "salutation": "the salutation",
    "body": "the text",
    "name": "the name",
    "enclosures": "the enclosures",
}
SHORTER = "Shorten it, or break it up with spaces."


def overruns(words: Mapping[str, Any], printing: Printing, widths: Widths) -> tuple[Problem, ...]:
    """What of a letter (its words as `payload` gives them) has no room on the sheet; nothing of it is repeated."""
    sheet = _sheet(printing)
    bands = {band["name"]: band for band in sheet.get("bands", ())}
    column = sheet["width"] - sheet["left"] - sheet["right"]
    free = [name for name in PARTS if name not in bands and name != "contact"]
    problems = []
    few = _few(column, sheet["size"])
    if any(len(text) > few and _holds_long(text, few) for text in strings(words[name] for name in free)):
        problems = [problem for name in free if (problem := _wide(name, words[name], column, sheet["size"], widths))]
    if "sender" in bands and not printing.profile.sender:
        high = min(bands["sender"]["height"], _above_window(printing.profile) - sheet["top"])
        problems += _sender(words["sender"], {**bands["sender"], "height": high}, column, widths)
    if words["contact"]:
        room = column - sheet["contact"]
        wide = max(widths(words["contact"], CONTACT_SIZE).values()) > room
        problems += [old_problem(PARTS["contact"], "is wider than the place beside the window", "Leave it out.")] * wide
    return tuple(problems)


@lru_cache(maxsize=4)
def _sheet(printing: Printing) -> Mapping[str, Any]:
    return places(printing)


def _wide(name: str, part: Any, room: float, size: float, widths: Widths) -> Problem | None:
    """The problem of a part that holds a word wider than the room."""
    few = _few(room, size)
    words = [word for text in strings([part]) for word in text.split(" ") if len(word) > few]
    long = [piece for word in words for piece in _pieces(word) if len(piece) > few]
    wide = [piece for piece, width in widths(long, size).items() if width > room] if long else []
    if not wide:
        return None
    longest = max(map(len, wide))
    return old_problem(PARTS[name], f"holds a word of {longest} letters, wider than the page", SHORTER)


def _few(room: float, size: float) -> int:
    """So many letters fit, however wide; nearly every word has fewer."""
    return int(room / size)


@lru_cache(maxsize=1000)
def _holds_long(text: str, few: int) -> bool:
    """Whether any word of the text is longer; most paragraphs stand in many letters of a volume."""
    return re.search(rf"[^ ]{{{few + 1}}}", text) is not None


def _above_window(profile: Profile) -> float:
    """Where the region that a window shows begins; British senders stand beside it."""
    return math.inf if profile.sender_side == "right" else min(region.y for region in profile.clear)


def _sender(lines: Sequence[str], band: Mapping[str, Any], column: float, widths: Widths) -> Iterator[Problem]:
    """The problem of a sender's block that is too wide or too high for its place above the window."""
    room, size = column - band["indent"], band["size"]
    short = max(map(len, lines)) <= _few(room, size)  # nearly all
    wide = None if short else _wide("sender", lines, room, size, widths)
    if wide:
        yield wide
        return
    needed = len(lines) if short else sum(_rows(line, room, size, widths) for line in lines)
    there = int((band["height"] + band["pitch"] - size + TOUCHING) / band["pitch"])
    if needed > there:
        yield old_problem(
            PARTS["sender"],
            f"takes {needed} lines above the window, room for {there}",
            "Shorten it, or leave lines out.",
        )


def _rows(line: str, room: float, size: float, widths: Widths) -> int:
    """How many lines a line becomes in that much room."""
    if len(line) * size <= room or widths([line], size)[line] <= room:
        return 1
    measured = widths(_pieces(line), size)
    rows, filled = 1, 0.0
    for piece in _pieces(line):
        filled += measured[piece]
        if filled > room:
            rows, filled = rows + 1, measured[piece]
        filled += SPACE * size
    return rows


def _pieces(text: str) -> list[str]:
    """What a text is broken into at most."""
    return [piece for piece in BREAK.split(text) if piece]
