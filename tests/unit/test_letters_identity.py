from dataclasses import replace

from plea.model.people import Supporter
from plea.supporters.identity import letter_id

ROSA = Supporter(
    name="Rosa Álvarez", street="12 Maple Street", city="Burlington", zip="05401", email="rosa@example.org"
)
AT_HOME = replace(ROSA, email="")


def of(person: Supporter, campaign: str = "", official: str = "us-W000800", ask: str = "diplomacy") -> str:
    return letter_id(campaign, person, official, ask)


def test_an_identity_is_24_hexadecimal_digits_and_the_same_in_every_run() -> None:
    assert of(ROSA) == "150e795c0693fcc91f0c23a2"  # sha256sum of the four, folded


def test_what_makes_no_other_person_makes_no_other_letter() -> None:
    same = (
        replace(ROSA, name="  ROSA   álvarez"),
        replace(ROSA, name="Rosa A\u0301lvarez"),
        replace(ROSA, email="Rosa+letters@Example.org"),
        replace(ROSA, story="another story", street="1 Elm Street", zip="05401-1234", phone="802-555-0123"),
    )
    assert {of(person) for person in same} == {of(ROSA)}


def test_without_an_email_the_address_tells_people_apart() -> None:
    assert of(AT_HOME) == of(replace(AT_HOME, street="12 maple  street", zip="05401-1234", story="told anew"))
    assert of(AT_HOME) != of(replace(AT_HOME, street="14 Maple Street"))
    assert of(AT_HOME) != of(replace(AT_HOME, zip="05402"))


def test_another_person_campaign_official_or_ask_is_another_letter() -> None:
    others = {
        of(replace(ROSA, name="Luz Álvarez")),
        of(replace(ROSA, email="luz@example.org")),
        of(ROSA, campaign="spring"),
        of(ROSA, official="us-S000033"),
        of(ROSA, ask="refugee-intake"),
    }
    assert len(others | {of(ROSA)}) == 6


def test_fields_do_not_run_into_one_another() -> None:
    assert of(ROSA, campaign="a", official="bc") != of(ROSA, campaign="ab", official="c")


def test_a_mailbox_that_is_all_tag_is_kept() -> None:
    assert of(replace(ROSA, email="+a@example.org")) != of(replace(ROSA, email="+b@example.org"))
