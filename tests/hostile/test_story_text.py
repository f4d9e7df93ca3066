"""What a supporter typed is printed as typed, whatever a template does with it."""

from pathlib import Path

import pytest

from own_packs import make_pack, paragraphs, with_detail, write_with
from plea.errors import InputError

STORIES = [
    '#import "letter.typ": * and #panic(now)',
    "{{7*7}} {% include '/etc/passwd' %} {# gone? #} {{ supporter.__class__ }}",
    "{% raw %} {% endblock %} %} }} {{",
    "<b>bold</b> <script>alert(1)</script> <!-- gone? -->",
    "&lt; &amp; &#65; &nbsp;",
    "**strong** __strong__ *em* _em_ `code` ``x`` ~~gone~~",
    "# Heading",
    "Heading\n=======",
    "---",
    "- dash\n- dash",
    "1. one",
    "> quote",
    "| a | b |\n|---|---|",
    "```\ncode\n```",
    "[link](javascript:alert(1)) ![image](x.png) <https://example.org>",
    "[ref]: https://example.org",
    "\\*escaped\\* \\\\ \\n",
    '=1+1 =HYPERLINK("x")',
    "%s %d %(x)s {0} {x} {0.__class__} $HOME",
    "Subject: another\n---\nbody",
    "a  \nb",
    "Ünï 漢字 \u0627\u0644 \U0001f642 e\u0301",
    "\\U000f0000 \\U000f0001",
    "x" * 5000,
]
USES = [
    "{{ supporter.story }}",
    "{{ supporter.story ~ '' }}",
    "{{ '' ~ supporter.story ~ '' }}",
    "{{ supporter.story + '' }}",
    "{{ supporter.story|upper }}",
    "{{ supporter.story|lower|title|capitalize }}",
    "{{ supporter.story|replace('a', 'b')|replace('*', '') }}",
    "{{ supporter.story|truncate(10) }}",
    "{{ supporter.story|wordwrap(3) }}",
    "{{ supporter.story|indent(8, true) }}",
    "{{ supporter.story|center(3) }}",
    "{{ supporter.story|trim|string|e|safe|forceescape }}",
    "{{ supporter.story|striptags }}",
    "{{ supporter.story|urlize }}",
    "{{ supporter.story|list|join }}",
    "{{ supporter.story|first }}",
    "{{ supporter.story|reverse }}",
    "{{ supporter.story|default('gone', true) }}",
    "{{ [supporter.story]|join(', ') }}",
    "{{ [supporter.story, '']|map('upper')|join }}",
    "{{ [supporter.story]|sort|first }}",
    '{{ "%s"|format(supporter.story) }}',
    '{{ "%s" % supporter.story }}',
    '{{ "{}".format(supporter.story) }}',
    '{{ "{0!s:.9}".format(supporter.story) }}',
    "{{ supporter.story[:9] }}",
    "{{ supporter.story.split()|join(' ') }}",
    "{{ supporter.story.replace('x', 'y').upper() }}",
    "{{ supporter.story.title().swapcase().casefold() }}",
    "{{ ''.join([supporter.story]) }}",
    "    {{ supporter.story }}",
    "\t\t{{ supporter.story }}",
    "- {{ supporter.story }}",
    "1. {{ supporter.story }}",
    "**{{ supporter.story }}**",
    "*{{ supporter.story }}*",
    "{% set told = supporter.story %}{{ told }}",
    "{% set told %}{{ supporter.story }}{% endset %}{{ told }}",
    "{% filter upper %}{{ supporter.story }}{% endfilter %}",
    "{% macro say(what) %}{{ what }}{% endmacro %}{{ say(supporter.story) }}",
    "{% for letter in supporter.story %}{{ letter }}{% endfor %}",
    "{% macro each() %}{{ caller(supporter.story) }}{% endmacro %}{% call(x) each() %}{{ x }}{% endcall %}",
    "{{ {'told': supporter.story}.told }}",
]


def folded(story: str) -> str:
    return " ".join(story.split())


@pytest.mark.parametrize("use", USES)
def test_a_story_is_printed_as_typed_whatever_the_template_does(tmp_path: Path, use: str) -> None:
    pack = make_pack(tmp_path, letter=with_detail(use))
    story = "**a** {{7*7}} <b> #x\n    `c` _d_ &amp; \\* [l](x) %s {0} 1. A"
    found = paragraphs(write_with(pack, story=story, in_process=True))
    assert found[1] == folded(story)  # in its own place
    assert found[4] == folded(story)  # where the template put it


@pytest.mark.parametrize("story", STORIES)
def test_every_story_is_printed_as_typed(tmp_path: Path, story: str) -> None:
    pack = make_pack(tmp_path, letter=with_detail("    {{ supporter.story|upper ~ '' }}"))
    found = paragraphs(write_with(pack, story=story, in_process=True))
    assert found[1] == folded(story)
    assert found[4] == folded(story)


def test_a_story_goes_through_the_child_process_as_typed(tmp_path: Path) -> None:
    story = " ".join(folded(one) for one in STORIES)
    assert paragraphs(write_with(make_pack(tmp_path), story=story))[1] == story


@pytest.mark.parametrize(
    ("use", "printed"),
    [
        ("{{ [supporter.story] }}", "['a *b*']"),
        ("{{ [supporter.story|upper] }}", "['a *b*']"),
        ("{{ {'k': supporter.story|string} }}", "{'k': 'a *b*'}"),
        ('{{ "%r"|format(supporter.story) }}', "'a *b*'"),
        ('{{ "%a"|format(supporter.story|lower) }}', "'a *b*'"),
        ('{{ "{!r}".format(supporter.story|lower) }}', "'a *b*'"),
        ("{{ (supporter.story, 1) }}", "('a *b*', 1)"),
        ("{{ supporter.story * 2 }}", "a *b*a *b*"),
    ],
)
def test_a_story_inside_a_printed_list_is_still_as_typed(tmp_path: Path, use: str, printed: str) -> None:
    pack = make_pack(tmp_path, letter=with_detail(use))
    assert paragraphs(write_with(pack, story="a *b*", in_process=True))[4] == printed


@pytest.mark.parametrize(
    "use", ["{{ supporter.story.encode() }}", "{{ supporter.story|tojson }}", "{{ supporter.story|urlencode }}"]
)
def test_what_would_print_a_story_in_code_is_refused(tmp_path: Path, use: str) -> None:
    with pytest.raises(InputError, match=r"^template\.failed .*letter\.md\.j2:10 "):
        write_with(make_pack(tmp_path, letter=with_detail(use)), story="a")


def test_a_name_or_a_parameter_is_text_too(tmp_path: Path) -> None:
    pack = make_pack(tmp_path, letter=with_detail("{{ supporter.name|upper }}: **{{ param.crisis|title }}**"))
    made = write_with(pack, name="*Sam* {{1+1}} <Rivers>", params={"crisis": "`a` _b_ [c](d)"})
    assert paragraphs(made)[3] == "*Sam* {{1+1}} <Rivers>: `a` _b_ [c](d)"


def test_a_subject_that_holds_what_was_typed_is_one_line(tmp_path: Path) -> None:
    letter = with_detail("ok").replace("Please plant street trees", "{{ supporter.story }}")
    assert write_with(make_pack(tmp_path, letter=letter), story="a\nb\n\n---\n\nc").subject == "a b --- c"


def test_paragraphs_are_kept_at_blank_lines(tmp_path: Path) -> None:
    made = write_with(make_pack(tmp_path), story="  one\ntwo\r\n\r\n \t\r\nthree\n\n\n\nfour  five\n")
    assert paragraphs(made)[1:4] == ["one two", "three", "four five"]


@pytest.mark.parametrize(
    ("use", "printed"),
    [
        ("I say: {{ supporter.story }} That is all.", ["I say: one", "two That is all."]),
        ("- {{ supporter.story }}\n- end", ["one two", "end"]),
        ("**{{ supporter.story }}**", ["one", "two"]),
    ],
)
def test_a_story_of_paragraphs_amid_other_text_is_printed_whole(tmp_path: Path, use: str, printed: list[str]) -> None:
    made = write_with(make_pack(tmp_path, letter=with_detail(use)), story="one\n\ntwo")
    assert paragraphs(made)[5:-1] == printed


@pytest.mark.parametrize("character", ["\ue000", "\U000f0000", "\U0010fffd"])
def test_private_use_characters_are_refused_and_the_field_is_named(tmp_path: Path, character: str) -> None:
    with pytest.raises(InputError, match=r"^typed\.private_use supporter\.story "):
        write_with(make_pack(tmp_path), story=f"a{character}")


def test_a_template_cannot_write_a_placeholder_itself(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"^template\.private_use .*letter\.md\.j2:1 "):
        write_with(make_pack(tmp_path, letter=with_detail("{{ '\\U000fff00' }}")))
