import pytest

from plea.letters.compose import letter_name, sender_lines
from plea.model.people import Supporter


@pytest.mark.parametrize(
    ("person", "lines"),
    [
        (
            Supporter("Rosa DeLuca", "12 maple Street\nApt 3", "Burlington", "VT", "05401-1234", email="r@example.org"),
            ("Rosa DeLuca", "12 maple Street", "Apt 3", "Burlington, VT  05401-1234", "r@example.org"),
        ),
        (Supporter("A B", city="Burlington", zip="05401"), ("A B", "Burlington  05401")),
        (Supporter("A B", city="Burlington", state="VT"), ("A B", "Burlington, VT")),
        (Supporter("A B", state="VT", phone="802-555-0123"), ("A B", "VT", "802-555-0123")),
        (
            Supporter("A B", "10 Rideau Street", "Ottawa", "ON", "K1N 5W8", "CA"),
            ("A B", "10 Rideau Street", "Ottawa ON  K1N 5W8", "CANADA"),
        ),
        (
            Supporter("A B", "1 High Street", "Leeds", "", "LS1 1UR", "GB"),
            ("A B", "1 High Street", "Leeds", "LS1 1UR", "UNITED KINGDOM"),
        ),
        (
            Supporter("A B", "Hauptstraße 1", "Köln", "", "50667", "DE"),
            ("A B", "Hauptstraße 1", "50667 Köln", "GERMANY"),
        ),
    ],
)
def test_the_block_follows_the_country_and_keeps_the_persons_capitals(
    person: Supporter, lines: tuple[str, ...]
) -> None:
    assert sender_lines(person, person.name, "US") == lines


def test_within_one_country_it_is_not_named() -> None:
    person = Supporter("A B", city="Leeds", zip="LS1 1UR", country="GB")
    assert sender_lines(person, "A B", "GB") == ("A B", "Leeds", "LS1 1UR")


@pytest.mark.parametrize(
    ("name", "latin", "language", "signed"),
    [
        ("ليلى حداد", "Layla Haddad", "en", "Layla Haddad"),
        ("ليلى حداد", "Layla Haddad", "es", "Layla Haddad"),
        ("ليلى حداد", "Layla Haddad", "ar", "ليلى حداد"),
        ("ليلى حداد", "", "en", "ليلى حداد"),
        ("Łukasz Żółć", "Lukasz Zolc", "en", "Łukasz Żółć"),
    ],
)
def test_a_name_in_other_letters_is_signed_in_latin_where_the_letter_is(
    name: str, latin: str, language: str, signed: str
) -> None:
    assert letter_name(Supporter(name, name_latin=latin), language) == signed
