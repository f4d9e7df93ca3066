from collections import ChainMap
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest

from plea import language
from plea.model.people import Consent, Rejected, Row, Signer
from plea.problems import Problem
from plea.supporters.rows import RowRules, read_row

ALEX = {
    "name": "Alex Example",
    "street": "12 Main St.",
    "city": "Burlington",
    "state": "VT",
    "zip": "05401",
    "email": "alex@example.com",
    "consent_at": "2026-10-03",
    "consent_source": "paper form",
}
ON = date(2026, 11, 22)
REASONS = {"conscience": "conscience", "Faith and conscience": "conscience", "ready-towns": "ready-towns"}
RULES = RowRules(on=ON, known_pair=lambda zip5, state: (zip5, state) == ("02861", "MA"), reasons=REASONS)


def read(changed: Mapping[str, str], rules: RowRules = RULES) -> Signer | Rejected:
    fields = {key: value for key, value in {**ALEX, **changed}.items() if value}
    return read_row(Row(17, fields, tuple(fields.values())), rules)


def signer(*several: Mapping[str, str], rules: RowRules = RULES, **changed: str) -> Signer:
    result = read(ChainMap(changed, *map(dict, several)), rules)
    assert isinstance(result, Signer), result
    return result


def problems(**changed: str) -> list[tuple[str, str]]:
    result = read(changed)
    assert isinstance(result, Rejected), result
    assert result.row == 17
    return [(problem.where, problem.code) for problem in result.problems]


def problems_of(field: str, value: str) -> dict[str, str]:
    result = read({field: value})
    assert isinstance(result, Rejected), result
    return {problem.where: problem.code for problem in result.problems}


def test_a_row_becomes_a_signer() -> None:
    one = signer({"extra.tag": " a  b "}, reasons="Ready-Towns; faith and conscience", street2="Apt 3")
    assert (one.row, one.consent) == (17, Consent(date(2026, 10, 3), "paper form"))
    assert one.supporter.name == "Alex Example"
    assert one.supporter.street == "12 Main St., Apt 3"
    assert one.supporter.reasons == ("ready-towns", "conscience")
    assert one.supporter.extra == {"tag": "a b"}
    assert one.identity_keys == ("mail|alex example|alex@example.com", "house|alex example|05401|12")
    assert len(one.id) == 16


def test_all_problems_of_a_row_are_told_at_once() -> None:
    found = problems(
        name="Al\u202eex",
        zip="10001",
        email="alex at example",
        phone="12",
        language="Klingon",
        district="XX",
        district_congress="soon",
        reasons="conscience, vetting",
        consent_at="3 Movember 2026",
        story="\ue000",
    )
    assert [where for where, _ in found] == [
        *(
            "name",
            "story",
            "zip",
            "email",
            "district",
            "phone",
            "language",
            "reasons",
            "district_congress",
            "consent_at",
        ),
    ]
    assert ("reasons", "reason.unknown") in found


def test_a_row_whose_cells_cannot_be_told_apart_is_not_read_further() -> None:
    ragged = (Problem("row.wrong_width", "row", cells=3, width=8, line="4"),)
    assert read_row(Row(3, {"name": ""}, (), ragged), RULES) == Rejected(3, ragged)


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"name": "", "first_name": "Alex", "last_name": "Example"}, "Alex Example"),
        (
            {"name": "", "first_name": "Alex", "middle_name": "J", "last_name": "Example", "suffix": "Jr."},
            "Alex J Example Jr.",
        ),
        ({"name": "", "last_name": "Example"}, "Example"),
        ({"name": "Example, Alex", "first_name": "X"}, "Alex Example"),
    ],
)
def test_names_of_one_column_or_of_several(fields: dict[str, str], name: str) -> None:
    assert signer(fields).supporter.name == name


@pytest.mark.parametrize(
    ("zip_code", "state", "whole"),
    [
        ("5401", "VT", "05401"),
        ("5401", "Vermont", "05401"),
        ("5401.0", "VT", "05401"),
        ("5401-1234", "VT", "05401-1234"),
        ("54011234", "VT", "05401-1234"),
        ("054011234", "VT", "05401-1234"),
        ("601", "PR", "00601"),
        ("2861", "MA", "02861"),
        ("٠٥٤٠١", "VT", "05401"),
        ("05401", "VT", "05401"),
    ],
)
def test_zeros_that_a_spreadsheet_took_come_back_where_the_state_agrees(zip_code: str, state: str, whole: str) -> None:
    assert signer(zip=zip_code, state=state).supporter.zip == whole


@pytest.mark.parametrize(
    ("zip_code", "state", "code"),
    [
        ("5401", "NY", "zip.zero_lost_wrong_state"),
        ("5401", "", "zip.zero_lost_no_state"),
        ("999", "VT", "zip.zero_lost_wrong_state"),
        ("123", "VT", "zip.zero_lost_nowhere"),
        ("5401", "Vermnt", "zip.zero_lost_no_state"),
    ],
)
def test_and_are_asked_for_where_it_does_not(zip_code: str, state: str, code: str) -> None:
    assert dict(problems(zip=zip_code, state=state))["zip"] == code


def test_the_four_digits_may_stand_in_a_column_of_their_own() -> None:
    assert signer(zip="5401", zip4="123").supporter.zip == "05401-0123"


def test_postal_codes_of_other_countries_are_left_alone() -> None:
    one = signer(country="United Kingdom", state="", zip="sw1a0aa", city="London")
    assert (one.supporter.zip, one.supporter.country) == ("SW1A 0AA", "GB")


@pytest.mark.parametrize(
    ("typed", "signed"),
    [
        ("Sample, Hazel", "Hazel Sample"),
        ("  SAMPLE ,  HAZEL B. ", "HAZEL B. SAMPLE"),
        ("de la Cruz, Ana", "Ana de la Cruz"),
        ("O'Example-Sample, José", "José O'Example-Sample"),
        ("Alex Example, Jr.", "Alex Example, Jr."),
        ("Example, Jr.", "Example, Jr."),
        ("Example, M.D.", "Example, M.D."),
        ("Alex Example, M.D., Ph.D.", "Alex Example, M.D., Ph.D."),
        ("Alex Example, Treasurer", "Alex Example, Treasurer"),
    ],
)
def test_a_name_is_signed_with_the_forename_first(typed: str, signed: str) -> None:
    assert signer(name=typed).supporter.name == signed


@pytest.mark.parametrize("typed", ["huyó", "can\u2019t forget", "\u0623\u0639\u064a\u0634", "\u201cCome in\u201d"])
def test_text_that_was_opened_in_the_wrong_encoding_is_named(typed: str) -> None:
    garbled = "".join(
        chr(byte) if byte in {0x81, 0x90, 0x9D} else bytes([byte]).decode("cp1252") for byte in typed.encode()
    )
    for field in ("story", "name", "city"):
        assert problems_of(field, garbled)[field] == "cell.wrong_encoding"


@pytest.mark.parametrize(
    "story", ["Un caf\u00e9\u2026 \u201cya\u201d.", "AMANH\u00c3\u2026", "\u00c3 and \u00c2\u00b0 and \u00e9"]
)
def test_a_story_with_accents_is_a_story(story: str) -> None:
    assert isinstance(read({"story": story}), Signer)


@pytest.mark.parametrize("name", ["????", "???? ?????", "Jos? Ejemplo", "Zo\ufffd Example", "#REF!", "#NAME?"])
def test_names_that_were_lost_are_named(name: str) -> None:
    assert [where for where, _ in problems(name=name)] == ["name"] * len(problems(name=name))


@pytest.mark.parametrize(
    ("story", "lost"),
    [
        ("????? ?? ??? ?????? ????", True),
        ("My name is ???? ??? and ????? too", True),
        ("Why??? Really?? I ask you.", False),
        ("What did they do? ?? I wonder, and so do many others in this town of ours.", False),
    ],
)
def test_stories_that_were_lost_are_named(story: str, lost: bool) -> None:
    assert isinstance(read({"story": story}), Rejected) is lost


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("phone", "8.02555E+09", "cell.shortened_number"),
        ("zip", "1.23E+08", "cell.shortened_number"),
        ("street", "#####", "cell.spreadsheet_error"),
        ("city", "#N/A", "cell.spreadsheet_error"),
    ],
)
def test_what_a_spreadsheet_made_of_a_number_is_named(field: str, value: str, code: str) -> None:
    assert problems_of(field, value)[field] == code


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "en"),
        ("es", "es"),
        ("Spanish", "es"),
        ("Español", "es"),
        ("es_MX", "es"),
        ("French (Canada)", "fr"),
        ("العربية", "ar"),
    ],
)
def test_languages_as_people_write_them(typed: str, code: str) -> None:
    assert signer(language=typed).supporter.language == code


@pytest.mark.parametrize(
    ("district", "congress", "seat"),
    [("VT-0", "", "VT-0"), ("0", "119th", "VT-0"), ("vt-al", "119", "VT-0"), ("00", "119.0", "VT-0"), ("", "", "")],
)
def test_districts_with_their_congress(district: str, congress: str, seat: str) -> None:
    one = signer(district=district, district_congress=congress)
    assert one.supporter.district == seat
    assert one.supporter.extra == ({"district_congress": "119"} if congress else {})


def test_a_column_that_no_letter_can_use_is_left_out_and_said() -> None:
    one = signer({"extra.notes": "two\nlines", "extra.long": "x" * 201, "extra.fine": "x" * 200})
    assert one.supporter.extra == {"fine": "x" * 200}
    assert [(warning.where, warning.code) for warning in one.warnings] == [
        ("extra.notes", "column.character_not_usable"),
        ("extra.long", "column.too_long_to_use"),
    ]


def test_stories_are_read_with_care() -> None:
    one = signer(story="I am undocumented.", story_en="My number is A012345678.", translated_by="Sam")
    assert [(warning.where, warning.code) for warning in one.warnings] == [
        ("story", "story.immigration_status"),
        ("story_en", "story.a_number"),
    ]


def test_without_a_list_of_reasons_any_key_goes() -> None:
    assert signer(rules=replace(RULES, reasons={}), reasons="a, b;c d|a").supporter.reasons == ("a", "b", "c", "d")


def test_what_a_story_may_hold_a_name_may_not() -> None:
    assert signer(story="=?utf-8?q?x?= {{ 7*7 }} **b**").supporter.story == "=?utf-8?q?x?= {{ 7*7 }} **b**"
    assert {where for where, _ in problems(name="=?utf-8?q?=0ABcc:_x@y?=")} == {"name"}
    assert dict(problems(name="A\0lex"))["name"] == "text.character_not_allowed"


def test_a_misspelled_reason_is_answered_with_the_nearest() -> None:
    result = read({"reasons": "concience, vetting"})
    assert isinstance(result, Rejected)
    assert [language.hint(problem) for problem in result.problems] == [
        "Did you mean conscience?",
        "There are conscience and ready-towns.",
    ]
