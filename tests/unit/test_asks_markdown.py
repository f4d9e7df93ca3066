"""The Markdown of letters, read into blocks."""

import pytest

from plea.asks.markdown import blocks, one_line
from plea.asks.placeholders import Placeholders
from plea.asks.template_errors import TemplateFault
from plea.model.letters import Items, Paragraph, Run


def test_paragraphs_emphasis_and_links() -> None:
    text = "One *two* **three**\nfour [five](https://example.org).\n\nSix."
    assert blocks(text, Placeholders()) == (
        Paragraph(
            (
                Run("One "),
                Run("two", emphasis=True),
                Run(" "),
                Run("three", strong=True),
                Run(" four "),
                Run("five", href="https://example.org"),
                Run("."),
            )
        ),
        Paragraph((Run("Six."),)),
    )


def test_lists() -> None:
    assert blocks("- one\n- *two*\n\n1. three\n2. four\n", Placeholders()) == (
        Items(((Run("one"),), (Run("two", emphasis=True),))),
        Items(((Run("three"),), (Run("four"),)), ordered=True),
    )


def test_indented_text_is_a_paragraph() -> None:
    assert blocks("    four spaces\n\n        eight", Placeholders()) == (
        Paragraph((Run("four spaces"),)),
        Paragraph((Run("eight"),)),
    )


def test_a_story_keeps_its_paragraphs_and_its_style() -> None:
    placeholders = Placeholders()
    story = placeholders.of("a\n\nb", paragraphs=True)
    assert blocks(f"x **{story}** y", placeholders) == (
        Paragraph((Run("x "), Run("a", strong=True))),
        Paragraph((Run("b", strong=True), Run(" y"))),
    )


def test_a_story_in_a_list_stays_in_its_item() -> None:
    placeholders = Placeholders()
    story = placeholders.of("a\n\nb", paragraphs=True)
    assert blocks(f"- {story}\n- c", placeholders) == (Items(((Run("a b"),), (Run("c"),))),)


def test_what_a_person_typed_is_no_markdown() -> None:
    placeholders = Placeholders()
    typed = "# x **b** - [l](javascript:x) <b> `c` ![i](j) > q 1. &amp; \\*"
    assert blocks(placeholders.of(typed), placeholders) == (Paragraph((Run(typed),)),)


@pytest.mark.parametrize(
    ("text", "code", "excerpt"),
    [
        ("ok\n\n# Heading", "heading", "# Heading"),
        ("ok\n\nHeading\n=====", "heading", "Heading"),
        ("```\ncode\n```", "code_block", "```"),
        ("ok\n\na `code` b", "code", "a `code` b"),
        ("<div>\nx\n</div>", "html", "<div>"),
        ("a <b>b</b>", "html", "a <b>b</b>"),
        ("![a](https://example.org/a.png)", "image", "![a](https://example.org/a.png)"),
        ("ok\n\n> quoted", "quotation", "> quoted"),
        ("ok\n\n***", "rule", "***"),
        ("- a\n  - b", "nested_list", "- b"),
        ("[a](javascript:alert(1))", "link_scheme", "[a](javascript:alert(1))"),
        ("[a](file:///etc/passwd)", "link_scheme", "[a](file:///etc/passwd)"),
        ("[a](/etc/passwd)", "link_scheme", "[a](/etc/passwd)"),
        ("[a](//example.org)", "link_scheme", "[a](//example.org)"),
    ],
)
def test_anything_else_is_refused_with_its_line_of_text(text: str, code: str, excerpt: str) -> None:
    with pytest.raises(TemplateFault, match="markdown") as caught:
        blocks(text, Placeholders())
    assert caught.value.problem.code == f"markdown.{code}"
    assert caught.value.excerpt == excerpt


def test_a_link_may_not_lead_where_a_person_typed() -> None:
    placeholders = Placeholders()
    with pytest.raises(TemplateFault, match=r"markdown\.typed_link"):
        blocks(f"[a](https://example.org/{placeholders.of('x')})", placeholders)


def test_a_subject_is_one_line_and_no_markdown() -> None:
    placeholders = Placeholders()
    story = placeholders.of("a\n\nb", paragraphs=True)
    assert one_line(f"\n  Please *act*:\n {story} ", placeholders) == "Please *act*: a b"
