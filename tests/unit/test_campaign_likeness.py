"""How alike letters are: hand-made texts whose shingles can be counted, and the sample where letters are many."""

from datetime import date
from itertools import combinations
from random import Random
from statistics import fmean, median

import pytest

from plea.campaigns.reporting.likeness import COMPARED, in_sample, likeness, likeness_text
from plea.model.asks import Act
from plea.model.letters import Items, Letter, Paragraph, Recipient, Run
from plea.model.officials import Office, Official

A, B, C = "a" * 40, "b" * 40, "c" * 40


def words(draw: Random, count: int) -> str:
    return " ".join("".join(draw.choices("abcdefghijklmnopqrstuvwxyz", k=draw.randint(2, 9))) for _ in range(count))


def shingles(text: str) -> set[bytes]:
    """Every run of 32 bytes, by the definition; a shorter text is one."""
    content = text.replace("\n", " ").encode()
    return {content[start : start + 32] for start in range(max(1, len(content) - 31))}


def by_definition(texts: list[str]) -> list[float]:
    sets = [shingles(text) for text in texts]
    return [len(one & other) / len(one | other) for one, other in combinations(sets, 2)]


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


def letters_of_a_campaign() -> list[str]:
    """Paragraphs in another order, some left out, stories told twice, in part, without a space, with a word again."""
    draw = Random(7)
    shared = [words(draw, 40) for _ in range(6)]
    stories = [words(draw, 60) for _ in range(12)]
    stories += [stories[0][40:140] + words(draw, 5), "ha " * 40, "家" * 60, "é" * 31, f"{words(draw, 3)} " * 4, "No."]
    texts = []
    for number in range(60):
        paragraphs = [*draw.sample(shared, 4), f"I live in town {number % 5}.", draw.choice(stories).strip()]
        draw.shuffle(paragraphs)
        texts.append("\n".join(paragraphs))
    return [*texts, *stories]


def test_letters_are_compared_by_the_definition() -> None:
    texts = letters_of_a_campaign()
    values = by_definition(texts)
    measured = likeness([(str(number), text) for number, text in enumerate(texts)], 0.5)
    assert measured.mean == pytest.approx(fmean(values))
    assert measured.median == pytest.approx(median(values))
    assert [pair.likeness for pair in measured.nearest] == pytest.approx(sorted(values, reverse=True)[:10])
    assert sum(measured.histogram[10:]) == sum(value >= 0.5 for value in values)
    pairs = combinations(range(len(texts)), 2)
    assert measured.over_threshold == len({n for pair, v in zip(pairs, values, strict=True) if v >= 0.5 for n in pair})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("x" * 31 + "yz", "x" * 31 + "y"),
        ("short", "short"),
        ("", ""),
        ("", "short"),
        ("".join(map(chr, range(0xE0, 0x100))), "".join(map(chr, range(0xF0, 0x110)))),  # bytes, not characters
        (" a" * 40, " a" * 17),
        ("the same words, first and last, of a letter that is short", "of a letter that is short, first and last"),
    ],
)
def test_two_texts_at_the_edges(one: str, other: str) -> None:
    assert likeness([("one", one), ("other", other)]).mean == pytest.approx(by_definition([one, other])[0])


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
