"""The words of a letter from its templates, the supporter and the day."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from own_packs import ASK, ASK_FILE, DAY, make_pack, paragraphs, with_detail, write_with
from plea import language
from plea.asks.pack import load_pack
from plea.asks.render import RenderRequest, day_in_words, render, state_in_words, town_in_words
from plea.errors import InputError, UsageError
from plea.model.officials import Membership, Official
from plea.model.people import Supporter

ALEX = Official("us-X", "us-senator", "Alex Morgan", "Morgan", state="VT", memberships=(Membership("SSFR", "Foreign"),))
SAM = Supporter("Sam Rivers", city="Burlington", state="VT", zip="05401")


def test_a_letter_has_its_parts_in_their_order(tmp_path: Path) -> None:
    made = write_with(make_pack(tmp_path), story="My street has no tree.\n\nNot one.")
    assert made.subject == "Please plant street trees"
    assert made.reasons == ("shade", "rain")
    found = paragraphs(made)
    assert found[0].startswith(
        "I live in Burlington, Vermont; please fund one hundred new street trees by January 6, 2027"
    )
    assert found[1:3] == ["My street has no tree.", "Not one."]
    assert found[3].startswith("Shade keeps the old")
    assert found[4].startswith("Trees hold the rain")
    assert found[5] == "In 2024, trees shaded nine percent of the city."
    assert found[6].startswith("I will be glad")
    assert len(found) == 7


def test_a_letter_without_a_story_has_no_gap(tmp_path: Path) -> None:
    assert len(paragraphs(write_with(make_pack(tmp_path)))) == 5


def test_reasons_come_as_chosen_and_in_that_order(tmp_path: Path) -> None:
    pack = load_pack(make_pack(tmp_path))
    made = render(pack, pack.ask(ASK), RenderRequest(SAM, ALEX, DAY, reasons=("price", "birds")))
    assert made.reasons == ("price", "birds")
    assert paragraphs(made)[1].startswith("A street with trees")
    assert paragraphs(made)[2].startswith("Birds come back")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"official": replace(ALEX, role="mayor")}, "ask.no_such_role"),
        ({"reasons": ("shad",)}, "ask.mistyped_reason"),
        ({"params": {"crysis": "x"}}, "ask.mistyped_parameter"),
        ({"language": "es"}, "ask.no_such_language"),
    ],
)
def test_what_the_ask_has_not_is_wrong_usage(tmp_path: Path, change: dict[str, object], code: str) -> None:
    pack = load_pack(make_pack(tmp_path))
    request = replace(RenderRequest(SAM, ALEX, DAY), **change)  # type: ignore[arg-type]
    with pytest.raises(UsageError) as caught:
        render(pack, pack.ask(ASK), request)
    assert caught.value.problem.code == code
    assert "It has: " in language.hint(caught.value.problem)


@pytest.mark.parametrize(
    ("detail", "printed"),
    [
        ('{% if param.crisis == "drought" %}yes{% endif %}', "yes"),
        ('{% if param.crisis|lower == "drought" %}yes{% endif %}', "yes"),
        ('{% if official.role == "us-senator" %}yes{% endif %}', "yes"),
        ('{% if official.state in ["VT", "NH"] %}yes{% endif %}', "yes"),
        ('{% if official.sits_on("SSFR") and not official.sits_on("SSAP") %}yes{% endif %}', "yes"),
        ("{% if supporter.story or supporter.email or campaign.name %}no{% else %}yes{% endif %}", "yes"),
        ("{{ official.last_name }} of {{ official.state_name }}", "Morgan of Vermont"),
        ("{{ campaign.organizer }}{{ campaign.organiser }}ok", "ok"),
        ("{{ supporter.name }}, {{ supporter.zip }}, on {{ date }}", "Sam Rivers, 05401, on November 22, 2026"),
        ('{{ fact("canopy", "share") }} of {{ language }}', "nine percent of en"),
        ("{{ supporter.name|length }} {{ 'a b'|length }}", "10 3"),
        ("one {% if true %}two{% endif %}\nthree", "one two three"),
        ("one\n{% if true %}\ntwo\n{% endif %}\nthree", "one two three"),
        ("one\n{# a note #}\ntwo", "one two"),
        ("one {# a note\n over lines #}\ntwo", "one two"),
        ("{% set crop = 'oats' %}\none\n  {% if crop %}{{ crop }}{% endif %}\ntwo", "one oats two"),
    ],
)
def test_what_a_template_may_say(tmp_path: Path, detail: str, printed: str) -> None:
    made = write_with(make_pack(tmp_path, letter=with_detail(detail)))
    assert paragraphs(made)[3] == printed


def test_the_letters_date_decides_what_is_stated(tmp_path: Path) -> None:
    pack = make_pack(tmp_path)
    assert paragraphs(write_with(pack, on=date(2027, 12, 31)))[3].startswith("In 2024, trees")
    assert paragraphs(write_with(pack, on=date(2028, 1, 1)))[3] == "Much of the city has no shade at all."


def test_a_campaign_sets_its_own_deadline(tmp_path: Path) -> None:
    pack = load_pack(make_pack(tmp_path))
    made = render(pack, pack.ask(ASK), RenderRequest(SAM, ALEX, DAY, campaign={"deadline": "Easter"}))
    assert "street trees by Easter." in paragraphs(made)[0]


@pytest.mark.parametrize("name", ["organizer", "organiser"])
def test_packs_may_spell_the_organizer_either_way(tmp_path: Path, name: str) -> None:
    pack = load_pack(make_pack(tmp_path, letter=with_detail(f"{{{{ campaign.{name} }}}} asks.")))
    made = render(pack, pack.ask(ASK), RenderRequest(SAM, ALEX, DAY, campaign={"organizer": "Tree People"}))
    assert "Tree People asks." in paragraphs(made)


def test_a_template_may_include_its_neighbours_and_the_packs_own(tmp_path: Path) -> None:
    pack = make_pack(tmp_path, letter=with_detail("{% include 'beside.md.j2' %} {% include 'shared/root.md.j2' %}"))
    (pack / "asks" / ASK / "beside.md.j2").write_text("beside", "utf-8")
    (pack / "shared").mkdir()
    (pack / "shared" / "root.md.j2").write_text("root", "utf-8")
    assert paragraphs(write_with(pack))[3] == "beside root"


@pytest.mark.parametrize(
    ("detail", "line", "what"),
    [
        ("ok\n{{ suporter.name }}", 11, "suporter is unknown"),
        ("ok\n{{ supporter.nmae }}", 11, "supporter has no nmae; it has: city"),
        ("ok\n{{ param.crysis }}", 11, "param has no crysis; it has: crisis"),
        ("{% if x %}", 11, "Encountered unknown tag 'endblock'"),
        ("ok {{ 'a' }", 10, "unexpected '}'"),
        ("{{ date|shout }}", 10, "No filter named 'shout'"),
        ("ok\n\n{% include 'gone.md.j2' %}", 12, "there is no template gone.md.j2"),
        ("{{ 1 / 0 }}", 10, "divides by zero"),
        ("{{ date + 1 }}", 10, "can only concatenate str"),
        ("{{ fact('canopee') }}", 10, "there is no fact canopee"),
        ("{{ official.sits_on() }}", 10, "missing 1 required positional argument"),
        ("\n# Trees", 11, "a heading has no place"),
        ("{{ '\\x1b[2J' }}", 1, "the letter holds a control character (U+001B)"),
        ("{{ '\\u202e' }}", 1, "the letter holds a control character (U+202E)"),
        ("{{ '#' }} Trees", 1, "a heading has no place in a letter (# Trees)"),
        ("{{ '\\ue000' }}", 1, "private-use character (U+E000)"),
    ],
)
def test_a_fault_of_a_template_is_said_with_its_line(tmp_path: Path, detail: str, line: int, what: str) -> None:
    pack = make_pack(tmp_path, letter=with_detail(detail))
    with pytest.raises(InputError) as caught:
        write_with(pack)
    assert caught.value.problem.where == f"{pack}/asks/{ASK}/letter.md.j2:{line}"
    assert what in language.what(caught.value.problem)
    assert language.hint(caught.value.problem)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("Shade keeps", "{{ gone }} keeps", 18),  # the first line of the text
        ("sit outside.", "sit outside.\n{{ gone }}", 20),  # behind a line that TOML joins
        ("Trees hold", "{% if %} hold", 26),
        ("Trees hold", "- a\n  - b", 27),
    ],
)
def test_a_fault_of_a_reason_is_said_with_the_line_of_the_ask_file(
    tmp_path: Path, old: str, new: str, line: int
) -> None:
    pack = make_pack(tmp_path, ask=ASK_FILE.replace(old, new))
    with pytest.raises(InputError) as caught:
        write_with(pack)
    assert caught.value.problem.where == f"{pack}/asks/{ASK}/ask.toml:{line}"


def test_days_and_places_in_words() -> None:
    assert day_in_words(date(2027, 1, 6), "en") == "January 6, 2027"
    assert day_in_words(date(2027, 1, 6), "es") == "6 de enero de 2027"
    assert day_in_words(date(2027, 1, 6), "en", "GB") == "6 January 2027"
    assert day_in_words(date(2027, 1, 6), "fr") == "2027-01-06"
    assert state_in_words("NY", "en") == "New York"
    assert state_in_words("NY", "es") == "Nueva York"
    assert state_in_words("VT", "es") == "Vermont"
    assert state_in_words("ON", "en", "CA") == "Ontario"
    assert state_in_words("AE", "en") == ""
    assert town_in_words("Burlington", "Vermont", "VT", "05401") == "Burlington, Vermont"
    assert town_in_words("Washington", "the District of Columbia", "DC", "20001") == "Washington, D.C."
    assert town_in_words("", "Vermont", "VT", "05401") == "Vermont"
    assert town_in_words("", "", "", "05401") == "05401"
    assert town_in_words("Leeds", "", "", "LS1 1UR") == "Leeds"
