from dataclasses import replace
from datetime import date

import pytest

from plea import language
from plea.asks.pack import load_pack
from plea.errors import InputError, UsageError
from plea.letters.compose import ComposeRequest, compose, is_for, letter_name, sender_lines
from plea.model.letters import Letter, Paragraph
from plea.model.officials import Membership, Office, Official
from plea.model.people import Supporter
from plea.officials.roles import roles
from plea.problems import Problem

DAY = date(2026, 11, 22)
PACK = load_pack(None)
OFFICE = Office("W000800-burlington", "district", "199 Main Street", "4th Floor", "", "Burlington", "VT", "05401")
WELCH = Official("us-W000800", "us-senator", "Peter Welch", "Welch", state="VT", offices=(OFFICE,),
                 end=date(2029, 1, 3), contact_form="https://www.welch.senate.gov/contact")  # fmt: skip
ROSA = Supporter(
    "Rosa Álvarez", "12 Maple Street", "Burlington", "VT", "05401", email="rosa@example.org", story="We hired Samir."
)
HADDAD = replace(
    ROSA, name="ليلى حداد", name_latin="Layla Haddad", language="es", story="Mi tía huyó.", story_en="My aunt fled."
)


def request(supporter: Supporter = ROSA, official: Official = WELCH, ask: str = "diplomacy", **more: object) -> Letter:
    values = {"office": OFFICE, "on": DAY, **more}
    return compose(
        ComposeRequest(
            pack=PACK,
            ask=PACK.ask(ask),
            supporter=supporter,
            official=official,
            role=roles()[official.role],
            **values,  # type: ignore[arg-type]
        )
    )


def text(letter: Letter) -> str:
    return "\n".join("".join(run.text for run in block.runs) for block in letter.body if isinstance(block, Paragraph))


def test_everything_around_the_words_comes_from_data() -> None:
    letter = request()
    assert letter.sender == ("Rosa Álvarez", "12 Maple Street", "Burlington, VT  05401", "rosa@example.org")
    assert letter.date_text == "November 22, 2026"
    assert letter.recipient.lead == ("The Honorable Peter Welch", "United States Senate")
    assert letter.recipient.last == ("Burlington, VT  05401",)
    assert (letter.salutation, letter.close) == ("Dear Senator Welch:", "Sincerely,")
    assert letter.signature_name == "Rosa Álvarez"
    assert letter.contact_form == "https://www.welch.senate.gov/contact"
    assert letter.act == PACK.ask("diplomacy").roles["us-senator"]
    assert "We hired Samir." in text(letter)
    assert letter.warnings == ()
    assert letter.copy_of == ""


def test_every_day_of_a_letter_is_written_as_where_it_goes() -> None:
    mp = Official("uk-1", "uk-mp", "Ann Lee", "Lee")
    letter = request(ROSA, mp, "safe-passage", office=roles()["uk-mp"].address)
    assert (letter.date_text, "by 6 January 2027" in text(letter)) == ("22 November 2026", True)
    british = replace(ROSA, city="Leeds", state="", zip="LS1 1UR", country="GB")
    assert "by January 6, 2027" in text(request(british))


def test_the_president_is_closed_respectfully_and_a_british_letter_dated_as_the_british_do() -> None:
    president = Official("us-president", "us-president")
    letter = request(official=president, office=roles()["us-president"].address)
    assert (letter.close, letter.salutation) == ("Respectfully,", "Dear President:")
    mp = Official("uk-1", "uk-mp", "Ann Lee", "Lee")
    letter = request(
        Supporter("A B", city="Leeds", zip="LS1 1UR", country="GB"), mp, "safe-passage", office=roles()["uk-mp"].address
    )
    assert letter.date_text == "22 November 2026"
    assert letter.sender == ("A B", "Leeds", "LS1 1UR")
    assert (letter.recipient.country, letter.close) == ("", "Yours sincerely,")


def test_mail_across_a_border_names_both_countries() -> None:
    letter = request(replace(ROSA, country="CA", state="ON", city="Ottawa", zip="K1N 5W8"))
    assert letter.sender[-2:] == ("CANADA", "rosa@example.org")
    assert letter.recipient.country == "UNITED STATES OF AMERICA"


def test_a_story_told_in_another_language_is_carried_in_english() -> None:
    letter = request(HADDAD)
    assert "My aunt fled." in text(letter)
    assert "Mi tía" not in text(letter)
    assert letter.signature_name == letter.sender[0] == "Layla Haddad"


def test_the_translator_is_named_where_known_and_both_stories_may_stand() -> None:
    supporter = replace(HADDAD, translated_by="Ana Ruiz")
    assert "My aunt fled. (translated by Ana Ruiz)" in text(request(supporter))
    assert "Mi tía huyó.\nMy aunt fled. (translated by Ana Ruiz)" in text(request(supporter, both_stories=True))


def test_without_an_english_form_the_letter_is_not_made() -> None:
    with pytest.raises(InputError) as caught:
        request(replace(HADDAD, story_en=""))
    # Nothing of a story is in an error.
    assert caught.value.problem == Problem("letter.story_not_translated", "story_en", story="es", letter="en")


def test_the_signers_copy_is_marked_and_tells_the_story_as_it_was_told() -> None:
    letter = request(HADDAD)
    copy = request(HADDAD, language="es", signers_copy=True)
    assert copy.labels["copy"] == "Copia para quien firma; la carta en inglés va a la oficina"
    assert (copy.copy_of, copy.id) == (letter.id, f"{letter.id}-es")
    assert copy.date_text == "22 de noviembre de 2026"
    assert "Mi tía huyó." in text(copy)
    assert "aunt" not in text(copy)


def test_a_copy_in_a_language_the_story_was_not_told_in_still_has_the_story() -> None:
    assert "We hired Samir." in text(request(ROSA, language="es", signers_copy=True))


def test_a_name_without_a_latin_form_is_warned_of() -> None:
    (warning,) = request(replace(ROSA, name="王小明")).warnings
    assert warning == Problem("letter.name_not_latin", "name")


def test_a_term_that_ends_within_45_days_is_warned_of() -> None:
    assert request(official=replace(WELCH, end=date(2027, 1, 7))).warnings == ()
    (warning,) = request(official=replace(WELCH, end=date(2027, 1, 6))).warnings
    assert "ends on January 6, 2027" in language.what(warning)


def test_an_ask_for_nobody_of_that_role_says_whom_it_is_for() -> None:
    with pytest.raises(UsageError, match=r"letter\.not_for_role") as caught:
        request(official=Official("m", "mayor", "Ann Lee", "Lee", place="Burlington"))
    assert "us-senator" in language.hint(caught.value.problem)


def test_a_delegate_is_asked_what_a_representative_is_asked_and_greeted_as_a_delegate() -> None:
    delegate = Official("us-N000147", "us-delegate", "Eleanor Holmes Norton", "Norton", state="DC")
    letter = request(official=delegate)
    assert letter.salutation == "Dear Delegate Norton:"
    assert letter.official is delegate
    assert is_for(PACK.ask("diplomacy"), "us-resident-commissioner")
    assert not is_for(PACK.ask("diplomacy"), "mayor")


def test_a_member_of_a_committee_that_matters_is_asked_as_that_member() -> None:
    on_committee = replace(WELCH, memberships=(Membership("SSFR", "Foreign Relations"),))
    assert text(request(official=on_committee)) != text(request())


def test_the_same_request_gives_the_same_letter() -> None:
    assert request() == request()


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
