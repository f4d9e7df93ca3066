"""What people typed is one placeholder: it prints whole, compares as its value, and is nothing when empty."""

import pytest

from plea.asks.placeholders import Placeholders, Typed, folded
from plea.asks.template_errors import TemplateFault
from plea.errors import InputError


def test_a_value_is_one_character_and_comes_back_as_typed() -> None:
    placeholders = Placeholders()
    placeholder = placeholders.of("{{7*7}} **x** <b>")
    assert len(placeholder) == 1
    assert placeholders.resolve(f"before {placeholder.upper()} after") == ("before {{7*7}} **x** <b> after",)


def test_an_empty_value_is_false_and_prints_nothing() -> None:
    assert not Placeholders().of("")
    assert not Placeholders().of(" \n\t ")
    assert not Placeholders().of("\n \n", paragraphs=True)


def test_a_placeholder_compares_as_what_it_stands_for() -> None:
    crisis = Placeholders().of("Syria")
    assert crisis == "Syria"
    assert "Syria" == crisis  # noqa: SIM300 (the other side is the point)
    assert crisis != "Sudan"
    assert crisis in ["Syria", "Sudan"]
    assert {"Syria": 1}[crisis] == 1
    assert crisis.lower() == "syria"
    assert crisis.startswith("Sy")
    assert "yri" in crisis


def test_two_placeholders_of_one_value_are_one() -> None:
    placeholders = Placeholders()
    assert str(placeholders.of("a")) == str(placeholders.of("a"))
    assert str(placeholders.of("a")) != str(placeholders.of("b"))
    assert isinstance(placeholders.of("a"), Typed)


def test_blank_lines_end_paragraphs_and_other_space_folds() -> None:
    assert folded("one  two\nthree\r\n \r\n    four\t five\n\n\n\nsix") == ("one two three", "four five", "six")


def test_a_story_cuts_the_paragraph_that_it_stands_in() -> None:
    placeholders = Placeholders()
    story = placeholders.of("one\n\ntwo\n\nthree", paragraphs=True)
    assert placeholders.resolve(f"Look: {story} That is all.") == ("Look: one", "two", "three That is all.")


def test_a_no_break_space_is_kept() -> None:
    placeholders = Placeholders()
    assert placeholders.resolve(placeholders.of("10\u00a0km")) == ("10\u00a0km",)


@pytest.mark.parametrize("character", ["\ue000", "\uf8ff", "\U000f0000", "\U000f0001", "\U0010fffd"])
def test_a_private_use_character_is_refused_on_the_way_in_and_on_the_way_out(character: str) -> None:
    with pytest.raises(InputError, match=rf"typed\.private_use.*U\+{ord(character):04X}"):
        Placeholders().of(f"a{character}b")
    with pytest.raises(TemplateFault, match=f"U\\+{ord(character):04X}"):
        Placeholders().resolve(character)


def test_a_placeholder_that_was_printed_by_its_escape_is_a_placeholder_again() -> None:
    placeholders = Placeholders()
    placeholder = placeholders.of("story")
    assert placeholders.resolve(placeholders.unescape(repr([placeholder.upper(), str(placeholder)]))) == (
        "['story', 'story']",
    )
