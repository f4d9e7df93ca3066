"""Words, sentences, syllables and grades, against counts made by hand."""

import pytest

from plea.asks.readability import english, grade, sentences, spanish, words

# One line a count, read aloud and counted on fingers.
ENGLISH = {
    1: "a the peace please asked makes lives homes whole rules friends eyes hour used tried fled year through clothes",
    2: "people letter senate buses houses wanted being going trying hopeful nation special statement homeland little "
    "beyond quiet cruel conscience colleagues every Russia million table needed safely",
    3: "refugee Syria Syrian area idea video diplomat carrier earlier settlement creating officer period anyone family "
    "senators resources tragedy committee violence dialogue",
    4: "diplomacy January actually resettlement humanity society community American situation emergency immediate "
    "variety",
    5: "administration individual international opportunity nationality",
    6: "humanitarian responsibility",
}
SPANISH = {
    1: "y que paz muy rey quien guion dio",
    2: "siria ciudad país ahí reina puerta tío hielo causa guerra",
    3: "familia gobierno ahora acuerdo poeta mañana refugio pingüino antiguo situación sequía",
    4: "refugiado policía comunidad diplomacia",
    5: "administración humanitario ayudaría",
}


def _cases(table: dict[int, str]) -> list[tuple[str, int]]:
    return [(word, count) for count, line in table.items() for word in line.split()]


@pytest.mark.parametrize(("word", "count"), _cases(ENGLISH))
def test_english_syllables(word: str, count: int) -> None:
    assert english(word) == count


@pytest.mark.parametrize(("word", "count"), _cases(SPANISH))
def test_spanish_syllables(word: str, count: int) -> None:
    assert spanish(word) == count


@pytest.mark.parametrize(
    ("word", "count"), [("U.S.", 2), ("H.R.", 2), ("UN", 2), ("GRACE", 1), ("125,000", 2), ("W.", 3)]
)
def test_initials_are_spelt_and_figures_count_one_each(word: str, count: int) -> None:
    assert english(word) == count


def test_words_are_those_that_a_reader_counts() -> None:
    assert words("H.R. 6870, in mid-year: 125,000 people don't (yet) go — home.") == [
        "H.R.", "6870", "in", "mid-year", "125,000", "people", "don't", "yet", "go", "home",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("One. Two! Three? Four", 4),
        ("I met Mr. Doe of the U.S. Senate about H.R. 6870 on St. John Street.", 1),
        ('He said "no." Then he left.', 2),
        ("It rose by 3.5 points at example.org today.", 1),
        ("One\n\nTwo", 2),
        ("I live in the U.S.\n\nYou do not.", 2),
        ("What?!... Well.", 2),
        ("", 1),
    ],
)
def test_sentences(text: str, count: int) -> None:
    assert sentences(text) == count


def test_the_english_grade_is_that_of_flesch_and_kincaid() -> None:
    # 13 words, 2 sentences, 16 syllables
    text = "The senate met today to talk. We ask you to open the door."
    assert grade(text, "en") == pytest.approx(0.39 * 13 / 2 + 11.8 * 16 / 13 - 15.59)


def test_the_spanish_grade_is_that_of_crawford() -> None:
    # 10 words, 2 sentences, 21 syllables, all three per 100 words
    text = "Vivo en la ciudad de Burlington. Pido una paz justa."
    assert grade(text, "es") == pytest.approx(
        -0.205 * 20 + 0.049 * 10 * (2 + 1 + 1 + 2 + 1 + 3 + 2 + 2 + 1 + 2) - 3.407
    )


def test_another_language_has_no_grade_here() -> None:
    assert grade("Bonjour tout le monde.", "fr") is None
