"""Text that is not what it seems, in the fields of a person."""

import pytest

from plea import language
from plea.model.people import Supporter
from plea.supporters.check import check_supporter
from plea.supporters.text import refused_character


def where_and_what(**raw: str) -> list[tuple[str, str]]:
    checked = check_supporter({"name": "Alex Example", **raw}, known_pair=lambda _zip, _state: False)
    return [] if isinstance(checked, Supporter) else [(problem.where, language.what(problem)) for problem in checked]


@pytest.mark.parametrize(
    ("character", "described"),
    [
        ("\r", "a control character, U+000D carriage return"),
        ("\n", "a control character, U+000A line break"),
        ("\0", "a control character, U+0000 NUL"),
        ("\t", "a control character, U+0009 tab"),
        ("\x85", "a control character, U+0085"),
        ("\u2028", "a control character, U+2028 LINE SEPARATOR"),
        ("\ue000", "a private-use character, U+E000"),
        ("\U000f0001", "a private-use character, U+F0001"),
        ("\u202e", "a character that overrides the direction of text, U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("\u2067", "a character that overrides the direction of text, U+2067 RIGHT-TO-LEFT ISOLATE"),
        ("\udc80", "something that is not a character, U+DC80"),
        ("\uffff", "something that is not a character, U+FFFF"),
    ],
)
@pytest.mark.parametrize("field", ["name", "email", "city", "street", "phone", "parish"])
def test_a_field_that_goes_into_a_line_holds_no_such_character(field: str, character: str, described: str) -> None:
    value = f"Alex{character}Example"
    assert where_and_what(**{field: value}) == [(field, f"holds {described}")]
    assert where_and_what(**{field: value + character}) == [(field, f"holds {described}")]


@pytest.mark.parametrize("character", ["\0", "\x1b", "\f", "\ue000", "\U0010fffd", "\u202d", "\u2069"])
def test_a_story_holds_no_such_character(character: str) -> None:
    assert [where for where, _ in where_and_what(story=f"One.\n\nTwo{character}.")] == ["story"]


def test_a_trailing_line_break_is_no_way_around() -> None:
    assert where_and_what(name="Alex Example\n") == [("name", "holds a control character, U+000A line break")]


@pytest.mark.parametrize("name", ["=?utf-8?q?=0ABcc:_x@y?=", "Alex =?UTF-8?B?Cg==?= Example"])
def test_encoded_words_are_refused_where_they_would_reach_a_header(name: str) -> None:
    assert where_and_what(name=name) == [("name", "holds '=?', which mail programs read as a hidden code")]
    assert where_and_what(story=name) == []


@pytest.mark.parametrize(
    "text",
    [
        "O'Brien-Śmith Jr.",
        "María José Ñuñez",
        "李小龍",
        "\u200fعلي\u200f",
        "<script>alert(1)</script>",
        "#import",
        "{{7*7}}",
        "**x**",
        "=1+1",
        "../../x",
        "Zoë 👩‍👩‍👧",
        "';--",
    ],
)
def test_text_that_only_looks_dangerous_is_text(text: str) -> None:
    assert where_and_what(name=text, story=text) == []


def test_the_message_never_holds_the_character_itself() -> None:
    for character in ("\x1b", "\u202e", "\udc80"):
        problem = refused_character(f"a{character}")
        assert problem
        assert character not in language.what(problem)
        assert character not in str(problem.packed())
