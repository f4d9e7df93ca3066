"""The line about the signer: what a letter can go on from, and what is said of the rest."""

import pytest

from plea import language
from plea.model.people import Supporter
from plea.problems import Problem
from plea.supporters.about import read_about
from plea.supporters.check import check_supporter


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("I teach third grade in Barre", "I teach third grade in Barre"),
        ("  i teach third grade in Barre.\n", "I teach third grade in Barre"),
        ("My family came here in 1995!", "My family came here in 1995"),
        ("We run a dairy farm,", "We run a dairy farm"),
        ("I’ve taught for 12 years …", "I’ve taught for 12 years"),
        ("I served two tours in Anbar", "I served two tours in Anbar"),
        ("In 1995 my family came here", "In 1995 my family came here"),
        ("Twenty years ago my family came here", "Twenty years ago my family came here"),
        ("As a nurse, I see families every week", "As a nurse, I see families every week"),
        ("Both of my grandparents fled Poland", "Both of my grandparents fled Poland"),
        ("I live next door to a family from Homs", "I live next door to a family from Homs"),
        ("I'm from Aleppo", "I'm from Aleppo"),
        ("I work at St. Mary's and with Dr. Lee in the U.S.", "I work at St. Mary's and with Dr. Lee in the US"),
        ("I teach at J. F. Kennedy Elementary", "I teach at J. F. Kennedy Elementary"),
        ("", ""),
        (" . ", ""),
    ],
)
def test_a_clause_is_printed_as_typed_with_a_capital_and_without_its_period(typed: str, line: str) -> None:
    assert read_about(typed) == line
    assert read_about(line) == line


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("teacher", "about.not_a_clause"),
        ("a nurse from Barre", "about.not_a_clause"),
        ("Retired teacher", "about.not_a_clause"),
        ("As a mother of my three children", "about.not_a_clause"),
        ("I", "about.not_a_clause"),
        ("My wife", "about.not_a_clause"),
        ("Am I a teacher?", "about.not_a_clause"),
        ("Soy maestra en Barre", "about.not_a_clause"),
        ("I teach. My husband farms.", "about.several_sentences"),
        ("I teach! And I farm", "about.several_sentences"),
        ("I teach\nin Barre", "about.several_lines"),
        ("I live in Barre", "about.says_where"),
        ("We live on a farm in Barre", "about.says_where"),
        ("I am a resident of Vermont", "about.says_where"),
        ("I teach \u202ein Barre", "text.character_not_allowed"),
        ("I teach " + "x" * 113, "about.too_long"),
    ],
)
def test_what_no_letter_can_go_on_from_is_a_problem_at_its_field(typed: str, code: str) -> None:
    for where in ("about", "about_en"):
        problem = read_about(typed, where, "en")
        assert isinstance(problem, Problem)
        assert (problem.code, problem.where) == (code, where)
        assert language.hint(problem)


def test_a_line_of_120_characters_is_not_too_long() -> None:
    line = "I teach " + "x" * 112
    assert read_about(line) == line


@pytest.mark.parametrize(
    ("typed", "tongue", "result"),
    [
        ("doy clases en Barre.", "es", "Doy clases en Barre"),
        ("Mi familia llegó en 1995", "es", "Mi familia llegó en 1995"),
        ("Un pastor me ayudó", "es", "Un pastor me ayudó"),
        ("أدرّس الصف الثالث", "ar", "أدرّس الصف الثالث"),
        ("maestra", "es", Problem("about.no_verb", "about")),
        ("una enfermera de Barre", "es", Problem("about.no_verb", "about")),
        ("معلم", "ar", Problem("about.no_verb", "about")),
        ("Soy maestra. Vivo en Barre", "es", Problem("about.several_sentences", "about")),
    ],
)
def test_other_languages_are_held_to_what_their_words_show(typed: str, tongue: str, result: str | Problem) -> None:
    assert read_about(typed, "about", tongue) == result


def test_a_person_is_checked_in_the_language_they_write_in() -> None:
    raw = {"name": "Ana Ruiz", "language": "es", "about": "doy clases en Barre.", "about_en": "i teach in Barre."}
    checked = check_supporter(raw, known_pair=lambda _zip, _state: True)
    assert isinstance(checked, Supporter)
    assert (checked.about, checked.about_en) == ("Doy clases en Barre", "I teach in Barre")
    wrong = check_supporter(raw | {"about_en": "a teacher"}, known_pair=lambda _zip, _state: True)
    assert wrong == (Problem("about.not_a_clause", "about_en"),)
