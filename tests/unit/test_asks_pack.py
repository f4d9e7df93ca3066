"""Packs, asks and facts as they are read from their folder, with the line of whatever is wrong."""

from datetime import date
from pathlib import Path

import pytest

from own_packs import ASK, ASK_FILE, DAY, FACTS, make_pack
from plea import language
from plea.asks.pack import load_pack
from plea.asks.sandbox import Statements
from plea.asks.template_errors import TemplateFault
from plea.errors import InputError, UsageError
from plea.model.asks import Act, Fact
from plea.system import folders


def test_a_pack_is_a_folder_of_asks(tmp_path: Path) -> None:
    pack = load_pack(make_pack(tmp_path))
    ask = pack.ask(ASK)
    assert list(pack.asks) == [ASK]
    assert ask.title == {"en": "More street trees"}
    assert ask.roles == {"us-senator": Act.LEGISLATIVE}
    assert [reason.key for reason in ask.reasons] == ["shade", "rain", "birds", "price"]
    assert ask.default_reasons == ("shade", "rain")
    assert ask.params == {"crisis": "drought"}
    assert ask.languages == ("en",)


def test_the_folder_of_an_ask_is_a_pack_of_one(tmp_path: Path) -> None:
    folder = make_pack(tmp_path) / "asks" / ASK
    pack = load_pack(folder)
    assert list(pack.asks) == [ASK]
    assert not pack.built_in


def test_the_crisis_is_always_a_parameter(tmp_path: Path) -> None:
    ask = ASK_FILE.replace('[params]\ncrisis = "drought"\n', "")
    assert load_pack(make_pack(tmp_path, ask=ask)).ask(ASK).params == {"crisis": "Syria"}


def test_a_pack_of_ones_own_sees_the_built_in_facts_and_overrides_them_by_key(tmp_path: Path) -> None:
    own = FACTS.replace("[canopy]", "[grace-act]")
    pack = load_pack(make_pack(tmp_path, facts=own))
    assert pack.facts["grace-act"].source == "City forester, 2024"
    assert pack.facts["dayton"] == load_pack(None).facts["dayton"]


def test_each_fact_knows_its_file_and_line() -> None:
    lines = (folders.templates() / "facts.toml").read_text("utf-8").split("\n")
    for key, fact in load_pack(None).facts.items():
        assert lines[fact.line - 1] == f"[{key}]"


def test_an_unknown_ask_is_wrong_usage_and_names_what_comes_near(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="street-treez") as caught:
        load_pack(make_pack(tmp_path)).ask("street-treez")
    assert ASK in language.hint(caught.value.problem)


def test_a_folder_without_an_ask_is_no_pack(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"pack\.no_asks"):
        load_pack(tmp_path)


def test_an_ask_is_read_only_when_it_is_asked_for(tmp_path: Path) -> None:
    pack = make_pack(tmp_path)
    other = pack / "asks" / "broken"
    other.mkdir()
    (other / "ask.toml").write_text("no toml at all", "utf-8")
    loaded = load_pack(pack)
    assert loaded.ask(ASK).key == ASK
    with pytest.raises(InputError, match=r"broken/ask\.toml:1 "):
        loaded.ask("broken")


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ('title.en = "More street trees"', "", 1, "title must be text by language"),
        ('summary.en = "', 'sumary.en = "', 3, "an ask has no sumary"),
        ('us-senator = "legislative"', 'us-senator = "lobbying"', 6, "legislative or executive"),
        ('us-senator = "legislative"', 'us-senator = "legislative"\nmayor = "executive"', 7, "asked of mayor"),
        ("[acts.us-senator]", "[acts.us-senater]", 8, "us-senater, which is not among the roles"),
        ('crisis = "drought"', "crisis = 7", 12, "the parameter crisis must be text"),
        ('"shade", "rain"]', '"shade", "rian"]', 1, "default_reasons names rian"),
        ('default_reasons = ["shade", "rain"]', "", 1, "default_reasons must name"),
        ('key = "rain"', 'key = "shade"', 23, "two reasons shade"),
        ('name.en = "Rain that stays"', 'name.es = "Lluvia"', 24, "no text in the language en"),
        ('name.en = "Birds"', "name.en = 3", 31, "birds: name must be text by language"),
        ('title.en = "', 'title.en = ""x', 2, ""),
        ("More street", "\\u001b[2JMore street", 2, "title holds a control character"),
    ],
)
def test_what_is_wrong_with_an_ask_file_is_said_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, what: str
) -> None:
    assert old in ASK_FILE
    pack = make_pack(tmp_path, ask=ASK_FILE.replace(old, new, 1))
    with pytest.raises(InputError) as caught:
        load_pack(pack).ask(ASK)
    assert caught.value.problem.where == f"{pack}/asks/{ASK}/ask.toml:{line}"
    assert what in language.what(caught.value.problem)


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ('source = "City forester, 2024"\n', "", 1, "canopy has no source"),
        ("as_of = 2024-05-01\n", "", 1, "canopy has no date"),
        ("as_of = 2024-05-01", "as_of = 2024-05-01T00:00:00", 5, "canopy has no date"),
        ("review_by = 2027-12-31", 'review_by = "2027-12-31"', 6, "review_by of the fact canopy must be a date"),
        ("review_by", "reveiw_by", 6, "unknown key: reveiw_by"),
        ("text.en", "text.en.us", 2, "no text by language"),
        ("parts.share.en", "parts.share", 3, "must be by name and language"),
        ("[canopy]", "[canopy", 1, ""),
    ],
)
def test_what_is_wrong_with_a_fact_is_said_with_its_line(
    tmp_path: Path, old: str, new: str, line: int, what: str
) -> None:
    pack = make_pack(tmp_path, facts=FACTS.replace(old, new, 1))
    with pytest.raises(InputError) as caught:
        load_pack(pack).facts  # noqa: B018 (reading it is what fails)
    assert caught.value.problem.where == f"{pack}/facts.toml:{line}"
    assert what in language.what(caught.value.problem)


def test_an_ask_without_its_english_letter_is_said(tmp_path: Path) -> None:
    pack = make_pack(tmp_path)
    letter = pack / "asks" / ASK / "letter.md.j2"
    letter.rename(letter.with_name("letter.es.md.j2"))
    with pytest.raises(InputError, match=r"ask_file\.no_english_letter .*ask\.toml:1"):
        load_pack(pack).ask(ASK)


BILL = Fact(
    key="bill",
    text={"en": "The bill lives."},
    source="congress.gov",
    as_of=date(2025, 12, 18),
    review_by=date(2027, 1, 2),
    crisis="Syria",
    parts={"number": {"en": "H.R. 6870"}},
)


def statements(on: date = DAY, in_language: str = "en", crisis: str = "Syria") -> Statements:
    return Statements({"bill": BILL}, on, in_language, crisis)


def test_a_fact_is_stated_from_its_date_to_its_review() -> None:
    assert not BILL.has_expired(date(2027, 1, 2))
    assert BILL.has_expired(date(2027, 1, 3))
    for day in (date(2025, 12, 18), DAY, date(2027, 1, 2)):
        assert statements(day).fact("bill") == "The bill lives."
        assert statements(day).is_current("bill")
    assert statements().fact("bill", "number") == "H.R. 6870"
    assert statements(crisis="  syria ").fact("bill") == "The bill lives."


@pytest.mark.parametrize(
    ("made", "what"),
    [
        (statements(date(2027, 1, 3)), "the fact bill is past its review_by (January 2, 2027) on January 3, 2027"),
        (
            statements(date(2025, 12, 17)),
            "the fact bill was not yet known on December 17, 2025 (as_of December 18, 2025)",
        ),
        (statements(crisis="Sudan"), "the fact bill is about Syria, and the letter about Sudan"),
    ],
)
def test_a_fact_out_of_its_time_or_place_is_not_current_and_not_stated(made: Statements, what: str) -> None:
    assert not made.is_current("bill")
    with pytest.raises(TemplateFault) as caught:
        made.fact("bill")
    assert language.what(caught.value.problem) == what


def test_a_fact_in_a_language_it_has_not_is_current_but_not_stated() -> None:
    assert statements(in_language="es").is_current("bill")
    with pytest.raises(TemplateFault, match=r"fact\.no_language .*'es'"):
        statements(in_language="es").fact("bill")


def test_an_unknown_fact_or_part_is_named_with_what_there_is() -> None:
    with pytest.raises(TemplateFault, match=r"fact\.unknown .*'bil', 'known': 'bill'"):
        statements().fact("bil")
    with pytest.raises(TemplateFault, match=r"fact\.unknown .*'bil', 'known': 'bill'"):
        statements().is_current("bil")
    with pytest.raises(TemplateFault, match=r"fact\.no_part .*'numbr', 'known': 'number'"):
        statements().fact("bill", "numbr")
