"""A person at the page has fields and buttons: what the rooms say to them names no option of the command line."""

import pytest

pytest.importorskip("flask", reason="the extra plea[web] is not installed")

from test_web_problems import ASSEMBLED, ELSEWHERE, ROOMS, SOURCE, sentences_of

from plea.web.language import LANGUAGES, in_sentences, in_words


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_option_of_the_command_line_is_named(language: str) -> None:
    made = {sentence for room in (*ROOMS, "letters/unnamed.py") for sentence in sentences_of(SOURCE / room)}
    met = [sentence for sentence in (*made, *ASSEMBLED) if not sentence.startswith(ELSEWHERE)]
    assert "Say in which state you live: --state." in met  # what is looked for is there to be found
    shown = {sentence: in_words(sentence, language).text for sentence in met}
    assert {text for text in shown.values() if "--" in text or "update`" in text or "_en" in text} == set()


def test_english_is_said_otherwise_only_where_it_must_be() -> None:
    kept = "The term of Ida Iris ended on November 3, 2026; who holds the seat now is not in the directory."
    said = in_words(f"{kept} `plea officials update` fetches the newest.", "en")
    assert said.text == f"{kept} “Fetch the list now” brings the newest."
    assert said.language == "en"
    assert in_sentences("holds a tab", "en").text == "It holds a tab."
