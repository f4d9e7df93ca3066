"""The tap test: wherever the folded sheet slides in its envelope, the windows show the addresses whole and no more.

The envelopes are measured here once more, by hand, so that a wrong number in the profiles is seen. Positions are the
ink of the PDF, not what the layout meant to do.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

import pytest

from paper_fonts import needs_fonts
from paper_letters import BODY, made_letter, paragraphs
from paper_reading import Ink, lines, paths
from plea.letters.paper.profiles import profile
from plea.letters.paper.typeset import print_letter, set_volume
from plea.model.letters import Letter, Printing, Recipient

INCH = 72.0
MM = 72 / 25.4
Window = tuple[float, float, float, float]


@dataclass(frozen=True)
class Made:
    """An envelope as its maker gives it, in points: windows as (left, bottom, width, height), recipient first."""

    width: float
    height: float
    windows: tuple[Window, ...]
    sheet_width: float
    tallest_panel: float
    spare: float


def _inches(left: float, bottom: float, width: float, height: float) -> Window:
    return left * INCH, bottom * INCH, width * INCH, height * INCH


MADE = {
    "us-10-single": Made(9.5 * INCH, 4.125 * INCH, (_inches(0.875, 0.5, 4.5, 1.125),), 612, 4 * INCH, INCH / 8),
    "us-10-double": Made(
        9.5 * INCH,
        4.125 * INCH,
        (_inches(0.625, 1.0, 4.0, 1.0), _inches(0.625, 2.375, 3.25, 0.875)),
        612,
        4 * INCH,
        INCH / 8,
    ),
    "uk-dl": Made(220 * MM, 110 * MM, ((20 * MM, 18 * MM, 90 * MM, 35 * MM),), 210 * MM, 105 * MM, 5 * MM),
}
RECIPIENT = {
    "us-10-single": (
        "The Honorable Peter Quigley",
        "United States Senate",
        "Federal Building",
        "199 Main Street, 4th Floor",
        "Burlington, VT  05401",
    ),
    "us-10-double": (
        "The Honorable Peter Quigley",
        "United States Senate",
        "199 Main Street, 4th Floor",
        "Burlington, VT  05401",
    ),
    "uk-dl": (
        "The Rt Hon Peter Quigley MP",
        "House of Commons",
        "Portcullis House",
        "1 Parliament Street, Room 12",
        "London  SW1A 0AA",
    ),
}
SENDER = ("Mary Kjeldgaard-Quigley", "52 North Street, Apt. 3", "Burlington, VT  05401")
CONTACT = ("mary@okafor.example", "(802) 555-0100")
KINDS = ("plain", "large print", "six lines of sender", "runs over", "with a note")


def _letter(key: str, kind: str) -> Letter:
    lines_of = RECIPIENT[key]
    building = lines_of[2] if len(lines_of) == 5 else ""
    recipient = Recipient(
        lead=lines_of[:2],
        building=building,
        street=lines_of[-2].split(", ")[0],
        suite=lines_of[-2].split(", ")[1],
        last=lines_of[-1:],
    )
    letter = made_letter(recipient=recipient, sender=(*SENDER, *CONTACT))
    if kind == "six lines of sender":
        return made_letter(recipient=recipient, sender=(SENDER[0], "Unit 7", *SENDER[1:], *CONTACT))
    if kind == "runs over":
        return made_letter(recipient=recipient, sender=letter.sender, body=paragraphs(*BODY, *BODY))
    if kind == "with a note":
        return made_letter(recipient=recipient, sender=letter.sender, copy_of="diplomacy")
    return letter


def _positions(made: Made) -> Iterable[tuple[float, float]]:
    """The corners and the middle of how far the sheet slides right and down from the envelope's top left corner."""
    sideways, upright = made.width - made.sheet_width, made.height - made.tallest_panel
    return product((0.0, sideways / 2, sideways), (0.0, upright / 2, upright))


def _seen(ink: Ink, made: Made, window: Window, at: tuple[float, float]) -> tuple[bool, float]:
    """Whether any of it shows in the window, and how far it is inside at the nearest edge (negative: cut)."""
    left, bottom, width, height = window
    top = made.height - bottom - height
    inside = min(
        ink.left + at[0] - left,
        left + width - ink.right - at[0],
        ink.top + at[1] - top,
        top + height - ink.bottom - at[1],
    )
    shows = (
        ink.right + at[0] > left
        and ink.left + at[0] < left + width
        and ink.bottom + at[1] > top
        and ink.top + at[1] < top + height
    )
    return shows, inside


@needs_fonts
@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("key", MADE)
@pytest.mark.parametrize("body", ["one", "volume"])
def test_windows_show_the_addresses_whole_and_nothing_else(key: str, kind: str, body: str) -> None:
    made, letter = MADE[key], _letter(key, kind)
    printing = Printing(profile(key), large_print=kind == "large print")
    if body == "one":
        content = print_letter(letter, printing).content
    else:
        content = set_volume([letter], printing, number="{:04}".format, overlong=True).content
    texts = [line for line in lines(content) if line.page == 1]
    said = [line.text.replace("\u00a0", " ") for line in texts]
    wanted = [RECIPIENT[key]]
    if len(made.windows) == 2:
        street = "Unit 7, 52 North Street, Apt. 3" if kind == "six lines of sender" else SENDER[1]
        wanted.append((SENDER[0], street, SENDER[2]))
    for window, address in zip(made.windows, wanted, strict=True):
        start = said.index(address[0])
        assert tuple(said[start : start + len(address)]) == address
        shown = texts[start : start + len(address)]
        others = [line for line in [*texts, *paths(content)] if line not in shown and line.page == 1]
        for position in _positions(made):
            for line in shown:
                assert _seen(line, made, window, position)[1] >= made.spare, (line, position)
            for line in others:
                assert not _seen(line, made, window, position)[0], (line, position)


@pytest.mark.parametrize("key", MADE)
def test_nothing_above_the_text_touches_anything_else(key: str) -> None:
    texts = lines(print_letter(_letter(key, "six lines of sender"), Printing(profile(key))).content)
    for one, other in product(texts, texts):
        apart = (
            one.right <= other.left
            or other.right <= one.left
            or one.bottom <= other.top + 0.5
            or other.bottom <= one.top + 0.5
        )
        assert one is other or apart, (one, other)


def test_fold_marks_lie_at_the_folds_at_the_left_edge() -> None:
    (marks,) = paths(print_letter(made_letter(), Printing(profile("us-10-single"))).content)
    assert marks.top == pytest.approx(4 * INCH, abs=0.5)
    assert marks.bottom == pytest.approx(7.5 * INCH, abs=0.5)
    assert marks.right < INCH / 2
    (marks,) = paths(print_letter(_letter("uk-dl", "plain"), Printing(profile("uk-dl"))).content)
    assert marks.top == pytest.approx(105 * MM, abs=0.5)
    assert marks.bottom == pytest.approx(201 * MM, abs=0.5)


def test_without_a_window_the_blocks_follow_each_other_at_the_margin() -> None:
    content = print_letter(made_letter(), Printing(profile("none"))).content
    texts = lines(content)
    assert [line.text.replace("\u00a0", " ") for line in texts[:11]] == [
        "Mary Okafor",
        "52 North Street, Apt. 3",
        "Burlington, VT  05401",
        "mary@okafor.example",
        "November 22, 2026",
        "The Honorable Peter Welch",
        "United States Senate",
        "199 Main Street, 4th Floor",
        "Burlington, VT  05401",
        "Re: Lead talks among all parties in Syria",
        "Dear Senator Welch:",
    ]
    assert all(abs(line.left - INCH) < 3 for line in texts)
    assert all(line.right <= 612 - INCH + 1 for line in texts)
