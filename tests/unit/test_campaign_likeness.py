"""How alike letters are: hand-made texts whose shingles can be counted, and the sketch against every pair compared."""

from collections.abc import Iterator
from datetime import date
from random import Random

import pytest

from plea.campaigns.reporting import sketches
from plea.campaigns.reporting.likeness import EXACT, Likeness, likeness, likeness_text, shingles
from plea.campaigns.reporting.sketches import estimate
from plea.model.asks import Act
from plea.model.letters import Items, Letter, Paragraph, Recipient, Run
from plea.model.officials import Office, Official

A, B, C = "a" * 40, "b" * 40, "c" * 40


def words(draw: Random, count: int) -> str:
    return " ".join("".join(draw.choices("abcdefghijklmnopqrstuvwxyz", k=draw.randint(2, 9))) for _ in range(count))


def campaign(count: int) -> list[tuple[str, str]]:
    """Letters as campaigns have them: paragraphs in common; a third with no story, one told, one copied."""
    draw = Random(7)
    head, tail = words(draw, 90), words(draw, 150)
    letters, story = [], ""
    for number in range(count):
        kind = number % 3
        # The third kind copies the story of the second, and adds a few words of its own.
        story = words(draw, 60) if kind == 1 else story
        told = {0: "", 1: story, 2: f"{story} {words(draw, 3)}"}[kind]
        letters.append((f"letter-{number}", f"I live in town {number % 5}. {head} {told} {tail}"))
    return letters


def test_shingles_are_every_32_bytes() -> None:
    assert shingles("x" * 31 + "yz") == [b"x" * 31 + b"y", b"x" * 30 + b"yz"]
    assert shingles("short") == [b"short"]
    assert shingles("") == [b""]
    assert len(shingles("é" * 32)) == 33  # bytes, not characters: 64 of them


def test_two_letters_are_alike_by_what_they_share_of_all_they_say() -> None:
    # "0123...": 64 bytes all different give 33 shingles; the second text has 40 of those bytes, so 9 shingles, and
    # 24 others, which give 24 more: 9 shared of 33 + 33 - 9.
    first = "".join(map(chr, range(33, 97)))
    second = first[:40] + "".join(map(chr, range(97, 121)))
    measured = likeness([("one", first), ("two", second)])
    assert measured.mean == pytest.approx(9 / 57)
    assert measured.histogram[3] == 1  # from 0.15 to 0.20
    assert sum(measured.histogram) == 1
    assert (measured.nearest[0].first, measured.nearest[0].second) == ("one", "two")


def test_the_same_text_is_1_and_nothing_shared_is_0() -> None:
    measured = likeness([("one", A), ("two", B), ("three", A)])
    assert [(pair.first, pair.second, pair.likeness) for pair in measured.nearest] == [
        ("one", "three", 1.0),
        ("one", "two", 0.0),
        ("two", "three", 0.0),
    ]
    assert measured.histogram[0] == 2
    assert measured.histogram[-1] == 1
    assert measured.mean == pytest.approx(1 / 3)
    assert measured.median == 0.0
    assert measured.over_threshold == 2
    assert measured.over_threshold_share == pytest.approx(2 / 3)


def test_a_letter_at_the_threshold_counts_and_one_below_does_not() -> None:
    # 49 bytes are 18 shingles, 9 of which a text of 40 bytes has: 0.5.
    text = "".join(map(chr, range(33, 82)))
    letters = [("one", text), ("two", text[:40])]
    assert likeness(letters, 0.5).over_threshold == 2
    assert likeness(letters, 0.51).over_threshold == 0


@pytest.mark.parametrize("letters", [[], [("one", A)]])
def test_fewer_than_two_letters_have_no_likeness(letters: list[tuple[str, str]]) -> None:
    measured = likeness(letters)
    assert (measured.letters, measured.mean, measured.over_threshold_share) == (len(letters), 0.0, 0.0)
    assert measured.nearest == ()


def test_every_pair_is_compared_up_to_500_letters() -> None:
    draw = Random(3)
    letters = [(f"letter-{number}", words(draw, 8)) for number in range(EXACT + 1)]
    exact, estimated = likeness(letters[:-1]), likeness(letters)
    assert exact.exact
    assert sum(exact.histogram) == 500 * 499 / 2
    assert not estimated.exact
    assert (estimated.letters, estimated.compared) == (501, 501)


@pytest.fixture(scope="module")
def both() -> tuple[Likeness, Likeness]:
    letters = campaign(300)
    return likeness(letters), estimate(letters, 0.8)


def test_the_sketch_comes_near_the_exact_distribution(both: tuple[Likeness, Likeness]) -> None:
    exact, estimated = both
    assert estimated.mean == pytest.approx(exact.mean, abs=0.02)
    assert estimated.median == pytest.approx(exact.median, abs=0.02)
    total, drawn = sum(exact.histogram), sum(estimated.histogram)
    for step in range(1, 20):  # shares of pairs beneath each step, a step to either side for the error of a sketch
        beneath = sum(estimated.histogram[:step]) / drawn
        assert sum(exact.histogram[: step - 1]) / total - 0.02 <= beneath
        assert beneath <= sum(exact.histogram[: step + 1]) / total + 0.02


def test_the_sketch_finds_the_letters_that_have_a_twin(both: tuple[Likeness, Likeness]) -> None:
    exact, estimated = both
    # Letters without a story are twins of one another, those with a copied one of its owner: all 300.
    assert exact.over_threshold == 300
    assert estimated.over_threshold >= 290


def test_the_sketch_is_not_flattered_by_choosing() -> None:
    """The nearest of many pairs that are all equally alike are not said to be more alike than they are."""
    draw = Random(5)
    shared = words(draw, 250)
    letters = [(f"letter-{number}", f"{words(draw, 60)} {shared}") for number in range(300)]
    exact, estimated = likeness(letters), estimate(letters, 0.8)
    assert 0.6 < exact.nearest[0].likeness < 0.72
    assert estimated.nearest[0].likeness == pytest.approx(exact.nearest[0].likeness, abs=0.06)
    assert (exact.over_threshold, estimated.over_threshold) == (0, 0)


def test_neither_order_nor_number_of_runs_changes_an_estimate() -> None:
    letters = campaign(520)
    assert likeness(letters) == likeness(reversed(letters))


def test_of_very_many_letters_a_fixed_sample_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sketches, "KEPT", 60)
    letters = campaign(300)

    def streamed() -> Iterator[tuple[str, str]]:
        yield from letters

    measured = estimate(streamed(), 0.8)
    assert (measured.letters, measured.compared) == (300, 60)
    assert measured == estimate(reversed(letters), 0.8)
    # What a sample of 60 says of the whole: the mean within a twentieth.
    assert measured.mean == pytest.approx(likeness(letters).mean, abs=0.05)


def test_salutation_and_close_are_not_compared() -> None:
    office = Office("o", "district")
    letter = Letter(
        id="x",
        ask="diplomacy",
        act=Act.EXECUTIVE,
        language="en",
        date=date(2026, 11, 22),
        date_text="November 22, 2026",
        sender=("Alex Example",),
        official=Official("us-president", "us-president"),
        office=office,
        recipient=Recipient(("The President",)),
        subject="A subject",
        salutation="Dear President:",
        body=(Paragraph((Run("I live  in\n"), Run("Barre", strong=True))), Items(((Run("one"),), (Run("two"),)))),
        close="Respectfully,",
        signature_name="Alex Example",
    )
    assert likeness_text(letter) == "I live in Barre - one - two"
