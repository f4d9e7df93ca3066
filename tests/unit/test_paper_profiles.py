"""The profiles against the table of sheet measures, written down by hand."""

import itertools

import pytest

from plea import language
from plea.errors import UsageError
from plea.letters.paper.profiles import envelope_views, plain_envelope, profile, profiles
from plea.model.letters import Box

INCH = 72.0
MM = 72 / 25.4


def _numbers(box: Box | None, unit: float) -> tuple[float, ...]:
    assert box is not None
    return tuple(round(number / unit, 3) for number in (box.x, box.y, box.width, box.height))


def test_there_are_four_and_the_single_window_comes_first() -> None:
    assert list(profiles()) == ["us-10-single", "us-10-double", "uk-dl", "none", "hand"]


def test_single_window() -> None:
    one = profile("us-10-single")
    assert _numbers(one.recipient, INCH) == (1.0, 2.625, 3.25, 0.75)
    assert one.sender is None
    assert [_numbers(box, INCH) for box in one.clear] == [(0.0, 2.375, 5.375, 1.25)]
    assert one.folds == (4.0 * INCH, 7.5 * INCH)
    assert (one.paper, one.width, one.height) == ("us-letter", 612, 792)


def test_double_window() -> None:
    one = profile("us-10-double")
    assert _numbers(one.recipient, INCH) == (0.75, 2.25, 2.75, 0.625)
    assert _numbers(one.sender, INCH) == (0.75, 1.0, 2.0, 0.5)
    assert [_numbers(box, INCH) for box in one.clear] == [(0.0, 2.0, 4.625, 1.125), (0.0, 0.75, 3.875, 1.0)]
    assert one.sender_lines == 3


def test_british_window() -> None:
    one = profile("uk-dl")
    assert _numbers(one.recipient, MM) == (25, 62, 70, 20)
    assert [_numbers(box, MM) for box in one.clear] == [(10, 52, 100, 40)]
    assert [round(fold / MM, 3) for fold in one.folds] == [105, 201]
    assert (round(one.width, 2), round(one.height, 2)) == (595.28, 841.89)


def test_no_window() -> None:
    one = profile("none")
    assert (one.recipient, one.sender, one.clear) == (None, None, ())
    assert [round(fold / INCH, 2) for fold in one.folds] == [3.67, 7.33]


def test_what_is_carried_by_hand_is_not_folded() -> None:
    one = profile("hand")
    assert (one.recipient, one.clear, one.folds, one.envelope) == (None, (), (), None)


def test_the_tallest_panel_is_the_top_one() -> None:
    # The views of the windows are worked out for a sheet whose top panel is the tallest.
    for one in profiles().values():
        edges = (0.0, *one.folds, one.height)
        panels = [lower - upper for upper, lower in itertools.pairwise(edges)]
        assert max(panels) == pytest.approx(panels[0], abs=0.01)


def test_plain_envelopes() -> None:
    assert plain_envelope(profile("us-10-double")).windows == ()
    assert plain_envelope(profile("us-10-double")).width == 9.5 * INCH
    assert plain_envelope(profile("uk-dl")).height == pytest.approx(110 * MM)
    assert envelope_views(profile("none")) == ()


def test_unknown_profile_names_the_nearest() -> None:
    with pytest.raises(UsageError) as caught:
        profile("us-10-singel")
    assert language.what(caught.value.problem) == "there is no profile us-10-singel"
    assert language.hint(caught.value.problem).startswith("Did you mean us-10-single? ")
    with pytest.raises(UsageError) as caught:
        profile("c5")
    assert language.hint(caught.value.problem) == "There are us-10-single, us-10-double, uk-dl, none, and hand."
