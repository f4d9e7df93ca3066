import pytest

from plea.problems import Problem
from plea.supporters.text import story_warnings


@pytest.mark.parametrize(
    "story", ["My number is A012345678.", "File A 012-345-678", "see A#12345678 please", "A-012 345 678"]
)
def test_an_a_number_is_seen_and_not_repeated(story: str) -> None:
    assert story_warnings(story) == (Problem("story.a_number", "story"),)


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
    assert story_warnings(story) == (Problem("story.immigration_status", "story"),)


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
    assert story_warnings(story) == ()
