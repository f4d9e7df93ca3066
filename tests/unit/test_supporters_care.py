import pytest

from plea.model.people import Supporter
from plea.problems import Problem
from plea.supporters.care import care_warnings, words_to_think_over


@pytest.mark.parametrize(
    "story", ["My number is A012345678.", "File A 012-345-678", "see A#12345678 please", "A-012 345 678"]
)
def test_an_a_number_is_seen_and_not_repeated(story: str) -> None:
    assert care_warnings(story, "story") == (Problem("story.a_number", "story"),)


@pytest.mark.parametrize(
    "story",
    [
        "I am undocumented and I pay taxes.",
        "I'm still undocumented.",
        "We are\nasylum seekers. I was an asylum seeker.",
        "My asylum case has waited for six years.",
        "I overstayed, and I am afraid.",
        "I have TPS until next year.",
        "I don’t have papers.",
        "Soy indocumentada y trabajo aquí.",
        "No tengo papeles.",
        "Yo pedí asilo en 2019.",
        "Mi estatus migratorio me quita el sueño.",
        "Estoy sin papeles.",
        "Crucé la frontera con mi hija.",
    ],
)
def test_ones_own_status_is_warned_of_in_both_languages(story: str) -> None:
    assert care_warnings(story, "story") == (Problem("story.immigration_status", "story"),)


@pytest.mark.parametrize(
    "story",
    [
        "My neighbour is a refugee from Aleppo, and his daughter is top of her class.",
        "They are undocumented, people say; I say they are my friends.",
        "Refugees sought asylum here in 1939 and were turned away.",
        "Route A1 is 12345678 steps long.",
        "Mi vecina es refugiada. Los refugiados cruzan la frontera con sus hijos.",
        "I am a nurse. I have a visa card and no papers to grade.",
        "I am a refugee resettlement volunteer.",
    ],
)
def test_other_peoples_lives_are_not(story: str) -> None:
    assert care_warnings(story, "story") == ()


def codes(text: str, signer: str = "") -> list[str]:
    return [warning.code for warning in care_warnings(text, "story", signer)]


@pytest.mark.parametrize(
    "story",
    [
        "My uncle is in hiding in Kabul.",
        "My brother went\ninto hiding last year.",
        "My cousin is still hiding from the militia.",
        "The interpreter who kept us alive is still in Kandahar.",
        "My cousin Farida is still in Kabul.",
        "A neighbor’s son, Musa, is trapped in El Fasher.",
        "The Taliban are looking for him.",
        "They want to kill her.",
        "My aunt has been detained since May.",
        "His mother is in prison in Iran.",
        "Our friends have had death threats.",
        "Mi primo está escondido en Damasco.",
        "Mi hermana Farida sigue en Kabul.",
        "A mi vecino lo buscan.",
    ],
)
def test_somebody_in_danger_is_asked_about(story: str) -> None:
    assert codes(story) == ["story.someone_in_danger"]


@pytest.mark.parametrize(
    "story",
    [
        "Her sister lives in a camp in Kenya.",
        "His parents are still in the Zaatari refugee camp.",
        "They have been in a camp for nine years.",
        "My cousin waits in Kakuma.",
        "Mi tía vive en un campamento de refugiados en Jordania.",
    ],
)
def test_somebody_in_a_camp_is_asked_about(story: str) -> None:
    assert codes(story) == ["story.someone_in_a_camp"]


@pytest.mark.parametrize(
    "story",
    [
        "Their case number is AF-123456.",
        "Receipt IOE0912345678 has not moved.",
        "The visa has the number KBL2019123456.",
        "At UNHCR they are 245-19C01234.",
        "Social Security 123-45-6789",
        "passport no. P1234567",
        "Su número de caso: 2345678",
    ],
)
def test_the_number_of_a_case_or_a_passport_is_asked_about(story: str) -> None:
    assert codes(story) == ["story.case_number"]


@pytest.mark.parametrize(
    "story",
    [
        "My friend Ahmad Karimi fled Kabul.",
        "My friend Dr. Samir Haddad escaped the war.",
        "Our neighbor, Samir al-Haddad, came as a refugee.",
        "A boy named Yusuf Ali came from Syria.",
        "Her name is Amina Yusuf, and she asked for asylum.",
        "When Samir Haddad fled Aleppo, he was nine.",
        "Fatima Al-Sayed fled Homs with two children.",
        "Mi vecina Amina Yusuf huyó de la guerra.",
    ],
)
def test_the_full_name_of_somebody_who_fled_is_asked_about(story: str) -> None:
    assert codes(story) == ["story.full_name"]


@pytest.mark.parametrize(
    "story",
    [
        "Three years ago a family who had fled the war moved in next door. Now their son fixes my car.",
        "A boy who came from Aleppo by way of two camps reads to the younger ones now.",
        "She waits for her son, who is still in Homs.",
        "My daughter Ann is still in Burlington, and so are the refugees.",
        "My kids are at summer camp with a refugee boy. My son is in boot camp. I served at Camp Pendleton.",
        "My grandmother hid in a cellar in 1943, when the war came.",
        "She was in hiding for two years during the war; she is my grandmother.",
        "My friend Ahmad fled Kabul. When Samir fled Aleppo, he was nine.",
        "Catholic Charities resettled twelve families. New York came through for refugees.",
        "My neighbors fled El Salvador. A family from South Sudan came here in 2004.",
        "My friend Senator Welch met refugees. Our friends at Saint Paul Lutheran took in a refugee.",
        "I support H.R. 6870 and S. 3535. Call me at 802-555-0123, or write to 05401-1234.",
        "We are looking for a bigger apartment for the refugee family.",
        "My friend Ann Lee bakes bread.",
    ],
)
def test_what_puts_nobody_at_risk_is_not_asked_about(story: str) -> None:
    assert codes(story) == []


def test_the_signers_own_name_may_stand_in_their_story() -> None:
    story = "I am Layla Haddad, and I fled Homs. Layla Haddad fled, and so did others."
    assert codes(story) == ["story.full_name"]
    assert codes(story, "Layla Haddad") == []


def test_each_thing_is_asked_about_once_and_at_its_field() -> None:
    person = Supporter(
        "Ann Lee",
        about="My brother is in hiding",
        story="He is in hiding. She is in hiding. Their case number is 1234567.",
        story_en="My friend Ahmad Karimi fled.",
    )
    assert [(warning.where, warning.code) for warning in words_to_think_over(person)] == [
        ("about", "story.someone_in_danger"),
        ("story", "story.someone_in_danger"),
        ("story", "story.case_number"),
        ("story_en", "story.full_name"),
    ]
