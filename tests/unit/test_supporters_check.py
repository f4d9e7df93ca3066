import pytest
from email_validator import EmailNotValidError, validate_email

from plea import language
from plea.model.people import Supporter
from plea.problems import Problem
from plea.supporters import text
from plea.supporters.check import _email, check_supporter

ALEX = {
    "name": "Alex Example",
    "street": "1 Example Street",
    "city": "Burlington",
    "state": "VT",
    "zip": "05401",
    "email": "alex@example.com",
}


def check(**changed: str) -> Supporter | tuple[Problem, ...]:
    return check_supporter({**ALEX, **changed}, known_pair=lambda zip5, state: (zip5, state) == ("02861", "MA"))


def supporter(**changed: str) -> Supporter:
    checked = check(**changed)
    assert isinstance(checked, Supporter), checked
    return checked


def problems(**changed: str) -> list[tuple[str, str]]:
    checked = check(**changed)
    assert isinstance(checked, tuple), checked
    return [(problem.where, problem.code) for problem in checked]


def test_an_address_is_kept_as_typed_but_for_its_codes() -> None:
    person = supporter(state="vermont", zip="05401 1234", city="burlington", street="1  Example   Street")
    assert (person.street, person.city, person.state, person.zip) == (
        "1 Example Street",
        "burlington",
        "VT",
        "05401-1234",
    )
    assert person.country == "US"


@pytest.mark.parametrize(
    ("typed", "code"), [("D.C.", "DC"), ("puerto rico", "PR"), ("ap", "AP"), ("District of Columbia", "DC")]
)
def test_names_of_states_become_codes(typed: str, code: str) -> None:
    assert supporter(state=typed, zip="").state == code


def test_zip_and_state_that_contradict_each_other_are_both_named() -> None:
    checked = check(zip="60098")
    assert isinstance(checked, tuple)
    assert [language.line(problem) for problem in checked] == [
        "zip: 60098 is not a ZIP code of Vermont (VT); it is in Illinois"
    ]


def test_a_pair_that_the_zip_table_lists_is_right() -> None:
    assert supporter(zip="02861", state="MA").zip == "02861"
    assert problems(zip="02862", state="MA") == [("zip", "zip.in_another_state")]
    assert problems(zip="99999", state="MA") == [("zip", "zip.in_another_state")]
    assert problems(zip="00001", state="MA") == [("zip", "zip.not_in_state")]


def test_digits_of_another_script_are_digits() -> None:
    assert supporter(zip="٠٥٤٠١").zip == "05401"


@pytest.mark.parametrize(
    ("country", "zip_code", "kept"),
    [
        ("GB", "sw1a0aa", ("GB", "", "SW1A 0AA")),
        ("UK", "EC1Y 8SY", ("GB", "", "EC1Y 8SY")),
        ("canada", "k1a0a6", ("CA", "ON", "K1A 0A6")),
        ("FR", "75001", ("FR", "", "75001")),
    ],
)
def test_addresses_abroad(country: str, zip_code: str, kept: tuple[str, str, str]) -> None:
    person = supporter(country=country, zip=zip_code, state="Ontario")
    assert (person.country, person.state, person.zip) == kept


def test_a_postal_code_of_another_country_is_refused() -> None:
    assert problems(country="GB", zip="05401") == [("zip", "postal_code.not_valid")]
    assert problems(country="CA", zip="T5A 0A7", state="ON") == [("zip", "postal_code.in_another_state")]
    assert problems(country="Atlantis") == [("country", "country.unknown")]


def test_all_problems_come_at_once() -> None:
    assert problems(name="", state="XX", zip="123", email="alex@", phone="call me", district="eleven") == [
        ("name", "name.missing"),
        ("state", "state.unknown"),
        ("zip", "zip.not_a_zip"),
        ("email", "email.nothing_after_at"),
        ("district", "district.not_a_district"),
        ("phone", "phone.not_valid"),
    ]


@pytest.mark.parametrize(("typed", "seat"), [("VT-0", "VT-0"), ("vt-al", "VT-0"), ("VT 00", "VT-0"), ("VT-01", "VT-1")])
def test_a_district_is_a_seat(typed: str, seat: str) -> None:
    assert supporter(district=typed).district == seat


def test_a_district_of_another_state_is_refused() -> None:
    assert problems(district="IL-11") == [("district", "district.not_in_state")]


def test_a_story_keeps_its_lines_and_leading_spaces() -> None:
    story = '\ufeffMy aunt fled.\r\n\r\n    She carried #import "x" and {{7*7}}.  \n\n'
    assert supporter(story=story).story == 'My aunt fled.\n\n    She carried #import "x" and {{7*7}}.'


@pytest.mark.parametrize("name", ["", "  ", "\u00a0", "\u200b\u200d"])
def test_a_name_that_shows_nothing_is_missing(name: str) -> None:
    assert problems(name=name) == [("name", "name.missing")]


def test_joined_letters_pasted_from_a_pdf_are_letters() -> None:
    checked = supporter(name="Ann O\ufb03eld", story="The \ufb01rst o\ufb00er, \ufb02oors and a \ufb06reet.\ufeff")
    assert (checked.name, checked.story) == ("Ann Offield", "The first offer, floors and a street.")


def test_a_story_of_ten_thousand_characters_is_the_longest() -> None:
    assert len(supporter(story="a" * 10_000).story) == 10_000
    assert problems(story="a" * 20_000) == [("story", "story.too_long")]


@pytest.mark.parametrize("field", ["name", "city", "street"])
def test_a_line_of_ten_thousand_characters_is_refused(field: str) -> None:
    assert problems(**{field: "a" * 10_000}) == [(field, "text.too_long")]


def test_marks_that_arabic_and_persian_need_stay() -> None:
    name = "\u200fليلى\u200c\u061c\u200e"
    assert supporter(name=name).name == name


def test_fields_of_ones_own_are_kept_and_reasons_are_split() -> None:
    person = supporter(reasons="conscience, our-word", parish="St. Example")
    assert person.reasons == ("conscience", "our-word")
    assert person.extra == {"parish": "St. Example"}


def test_an_international_address_is_an_address() -> None:
    assert supporter(email="josé@EXÁMPLE.com").email == "josé@exámple.com"


def test_one_search_finds_exactly_the_characters_that_have_a_reason() -> None:
    refused = {code for code in range(0x110000) if text._refusal(chr(code))}
    assert {code for code in range(0x110000) if text.REFUSED.match(chr(code))} == refused
    assert not any(chr(code).isprintable() for code in refused)  # of which the short way makes use


def test_the_short_way_with_plain_lines_says_what_the_long_way_says() -> None:
    typed = ("", " ", "a b", "  a  b ", "a\u00a0 b", "é  e\u0301 ", "\ufeffa", "of\ufb01ce", "a\tb")
    tidy = ("", "", "a b", "a b", "a\u00a0 b", "é é", "a", "office", "a\tb")
    assert tuple(map(text.tidy_line, typed)) == tidy


@pytest.mark.parametrize(
    "email",
    [
        "alex@example.com",
        "A.L+x@EXAMPLE.com",
        "a@exämple.com",
        ".a@example.com",
        "a..b@example.com",
        "a@example",
        "a@b@c.de",
        "a" * 70 + "@example.com",
        "a@localhost",
        "a b@example.com",
        '"a b"@example.com',
        "a@-x.com",
        "a@" + "x" * 64 + ".com",
    ],
)
def test_the_short_way_with_mail_addresses_says_what_the_long_way_says(email: str) -> None:
    try:
        expected = validate_email(email, check_deliverability=False).normalized
    except EmailNotValidError:
        expected = ""
    assert _email(email)[0] == expected
    assert bool(_email(email)[1]) is not bool(expected)


@pytest.mark.parametrize(
    ("email", "code"),
    [
        ("alex at example", "email.no_at_sign"),
        ("@example.com", "email.nothing_before_at"),
        ("alex@", "email.nothing_after_at"),
        ("alex@example", "email.no_period"),
        ("a b@example.com", "email.not_valid"),
        ("a@-x.com", "email.not_valid"),
    ],
)
def test_what_is_wrong_with_a_mail_address(email: str, code: str) -> None:
    assert problems(email=email) == [("email", code)]
