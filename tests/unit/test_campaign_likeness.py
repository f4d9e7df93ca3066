"""How alike letters are: hand-made texts whose shingles can be counted, and the sample where letters are many."""

from datetime import date
from itertools import combinations
from random import Random
from statistics import fmean, median

import pytest

from plea.campaigns.reporting.likeness import COMPARED, in_sample, likeness, likeness_text, shingles
from plea.model.asks import Act
from plea.model.letters import Items, Letter, Paragraph, Recipient, Run
from plea.model.officials import Office, Official

A, B, C = "a" * 40, "b" * 40, "c" * 40


def words(draw: Random, count: int) -> str:
    return " ".join("".join(draw.choices("abcdefghijklmnopqrstuvwxyz", k=draw.randint(2, 9))) for _ in range(count))


def test_shingles_are_every_32_bytes() -> None:
    assert shingles("x" * 31 + "yz") == {b"x" * 31 + b"y", b"x" * 30 + b"yz"}
    assert shingles("short") == {b"short"}
    assert shingles("") == {b""}
    accented = "".join(map(chr, range(0xE0, 0x100)))
    assert len(shingles(accented)) == 33  # bytes, not characters: 64 of them


def test_lines_have_the_shingles_of_the_whole_text() -> None:
    draw = Random(11)
    lines = [words(draw, 40), "Short.", words(draw, 30), "a", "b", words(draw, 50), words(draw, 6), "At the end."]
    whole = " ".join(lines).encode()
    runs = {whole[start : start + 32] for start in range(len(whole) - 31)}
    assert shingles("\n".join(lines)) == runs


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


def test_letters_are_compared_as_if_pair_by_pair() -> None:
    draw = Random(7)
    shared = [words(draw, 40) for _ in range(6)]
    stories = [words(draw, 60) for _ in range(12)]
    texts = []
    for number in range(60):  # paragraphs in another order, some left out, stories that are told twice
        paragraphs = [*draw.sample(shared, 4), f"I live in town {number % 5}.", draw.choice(stories)]
        draw.shuffle(paragraphs)
        texts.append("\n".join(paragraphs))
    sets = [shingles(text) for text in texts]
    values = [len(one & other) / len(one | other) for one, other in combinations(sets, 2)]
    measured = likeness([(str(number), text) for number, text in enumerate(texts)], 0.5)
    assert measured.mean == pytest.approx(fmean(values))
    assert measured.median == pytest.approx(median(values))
    assert [pair.likeness for pair in measured.nearest] == pytest.approx(sorted(values, reverse=True)[:10])
    assert sum(measured.histogram[10:]) == sum(value >= 0.5 for value in values)
    pairs = combinations(range(60), 2)
    assert measured.over_threshold == len({n for pair, v in zip(pairs, values, strict=True) if v >= 0.5 for n in pair})


def test_neither_order_nor_another_run_changes_the_sample() -> None:
    names = [str(row) for row in range(1, 1301)]
    sample = in_sample(names, COMPARED)
    assert len(sample) == 500
    assert in_sample(names[::-1], COMPARED) == sample
    # It is spread over the table: each tenth of the rows has about a tenth of it.
    assert all(30 < len(sample.intersection(names[start : start + 130])) < 70 for start in range(0, 1300, 130))
    assert in_sample(["1", "2", "3", "4"], 2) == {"2", "4"}


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
    assert likeness_text(letter) == "I live in Barre\n- one\n- two"
