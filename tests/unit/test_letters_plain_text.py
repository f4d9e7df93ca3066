import pytest

from plea.letters.plain_text import body_lines, columns, plain, recipient_lines, wrap
from plea.model.letters import Items, Paragraph, Recipient, Run


def test_a_line_holds_72_columns_and_not_one_more() -> None:
    exact = "a" * 35 + " " + "b" * 36
    assert list(wrap(exact, 72)) == [exact]
    assert list(wrap(exact + "b", 72)) == ["a" * 35, "b" * 37]


def test_an_address_of_the_web_is_never_broken() -> None:
    url = "https://example.org/" + "path-with-hyphens/" * 6
    assert list(wrap(f"See {url} today.", 72)) == ["See", url, "today."]


def test_wide_characters_count_two_columns_and_may_be_parted() -> None:
    lines = list(wrap("和平" * 30 + "。", 72))
    assert [columns(line) for line in lines] == [72, 50]
    assert "".join(lines) == "和平" * 30 + "。"


def test_closing_punctuation_does_not_start_a_line() -> None:
    assert list(wrap("和平" * 18 + "。好", 72)) == ["和平" * 17 + "和", "平。好"]


def test_marks_take_no_column_and_stay_with_their_letter() -> None:
    assert columns("e\u0301") == 1
    assert columns("سَلام") == 4
    assert list(wrap("👩\u200d👩\u200d👧" * 2, 8)) == ["👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"]


def test_runs_of_spaces_and_breaks_fold_but_a_no_break_space_stays() -> None:
    assert list(wrap("  a \n\t b\u00a0 c ", 72)) == ["a b\u00a0 c"]


def test_without_a_width_all_is_one_line() -> None:
    text = "  a \n\t b\u00a0 c 和平。 d " * 9
    assert list(wrap(text, None, first="- ")) == [*wrap(text, 9999, first="- ")]


def test_lists_hang_and_are_numbered() -> None:
    body = (
        Paragraph((Run("First."),)),
        Items(((Run("one two three"),), (Run("four"),)), ordered=True),
        Items(((Run("five"),),)),
    )
    assert list(body_lines(body, 11)) == ["First.", "", "1. one two", "   three", "2. four", "", "- five"]


@pytest.mark.parametrize(
    ("text", "href", "said"),
    [
        ("the bill", "https://example.org/b", "the bill (https://example.org/b)"),
        ("https://example.org/b", "https://example.org/b", "https://example.org/b"),
        ("example.org/b", "https://example.org/b", "example.org/b"),
        ("write to us", "mailto:a@example.org", "write to us (a@example.org)"),
    ],
)
def test_a_link_says_where_it_leads(text: str, href: str, said: str) -> None:
    assert plain((Run(text, href=href),)) == said


def test_an_address_joins_the_suite_to_its_street_and_leaves_out_what_is_empty() -> None:
    recipient = Recipient(("The Honorable A B",), "Old Hall", "1 Main Street", "Suite 2", ("Town, VT  05401",), "")
    assert recipient_lines(recipient) == ("The Honorable A B", "Old Hall", "1 Main Street, Suite 2", "Town, VT  05401")
