"""What no visitor can bring about from outside: an error in the program itself, and words for what the rooms say."""

import logging
import re
from pathlib import Path

import pytest

pytest.importorskip("flask", reason="the extra plea[web] is not installed")

from plea.errors import InputError, MachineError
from plea.problems import old_problem
from plea.system import toml
from plea.system.folders import templates
from plea.web import site
from plea.web.app_state import AppState
from plea.web.language import LANGUAGES, Said, in_sentences, in_words, trouble_of, words

CANARY = "Canary Street 7"
WEB = templates() / "web"


@pytest.fixture
def state(tmp_path: Path) -> AppState:
    return AppState(tmp_path, 4321)


def visit(state: AppState, error: Exception, caplog: pytest.LogCaptureFixture) -> tuple[int, str, str]:
    """Status, page and log of a view that fails."""
    app = site.create_app(state)

    @app.get("/fails")
    def fails() -> str:
        raise error

    client = app.test_client()
    client.set_cookie(state.cookie_name, state.cookie, domain="127.0.0.1")
    with caplog.at_level(logging.DEBUG):
        answer = client.get("/fails?street=canary", base_url=f"http://127.0.0.1:{state.port}")
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.status_code, answer.text, caplog.text


def test_an_error_of_the_program_says_nothing_of_the_person(state: AppState, caplog: pytest.LogCaptureFixture) -> None:
    status, page, log = visit(state, ValueError(f"no such house: {CANARY}"), caplog)
    assert status == 500
    assert "Something went wrong in the program" in page
    assert "Traceback" not in page + log
    assert "anary" not in page + log
    assert re.search(r"ValueError at test_web_site\.py:\d+ .*\(fails\)", log)


@pytest.mark.parametrize(
    ("error", "expected"), [(InputError("file.toml: a <b> c", "Do d."), 400), (MachineError("Disk"), 500)]
)
def test_an_error_of_the_rooms_is_told_in_their_words(
    state: AppState, caplog: pytest.LogCaptureFixture, error: InputError, expected: int
) -> None:
    status, page, log = visit(state, error, caplog)
    assert status == expected
    assert error.message.replace("<", "&lt;").replace(">", "&gt;") + "." in page
    assert error.hint in page
    assert log == ""


def keys(table: dict[str, object], stem: str = "") -> set[str]:
    found: set[str] = set()
    for key, value in table.items():
        found |= keys(value, f"{stem}{key}.") if isinstance(value, dict) else {f"{stem}{key}"}
    return found


def test_every_language_has_the_same_words() -> None:
    tables = {language: toml.load(WEB / f"words.{language}.toml") for language in LANGUAGES}
    english = keys(tables["en"])
    assert english
    for language, table in tables.items():
        assert keys(table) == english, language


def holes(sentence: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", sentence))


def leaves(table: dict[str, object], stem: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in table.items():
        found |= leaves(value, f"{stem}{key}.") if isinstance(value, dict) else {f"{stem}{key}": str(value)}
    return found


def test_a_sentence_has_the_same_holes_in_every_language() -> None:
    english = leaves(toml.load(WEB / "words.en.toml"))
    for language in LANGUAGES:
        for key, sentence in leaves(toml.load(WEB / f"words.{language}.toml")).items():
            assert holes(sentence) == holes(english[key]), f"{language}: {key}"
    for group in toml.load(WEB / "problems.es.toml").values():
        for sentence, put in group.items():
            assert holes(put) <= holes(sentence), sentence


def test_words_that_are_not_there_are_an_error() -> None:
    with pytest.raises(AttributeError, match="nothing"):
        _ = words("en").front.nothing
    assert words("es").front.stop == "Cerrarla ahora"


def test_what_the_rooms_say_comes_in_the_reader_s_language_or_says_that_it_is_english() -> None:
    assert in_words("/x: cannot be written: full", "es") == Said("/x: no se puede escribir: full", "es")
    assert in_words("nobody knows this sentence", "es") == Said("nobody knows this sentence", "en")
    assert in_words("/x: cannot be written: full", "en") == Said("/x: cannot be written: full", "en")


def test_a_sentence_within_a_sentence_is_put_too_and_the_closest_one_counts() -> None:
    assert in_words("VT-0: the seat is vacant", "es").text == "VT-0: el escaño está vacante"
    assert in_words("VT-0: nobody knows why", "es") == Said("VT-0: nobody knows why", "en")
    ended = "The term of A. B. Smith ended on January 3, 2027; who holds the seat now is not in the directory."
    put = "El mandato de A. B. Smith terminó el 3 de enero de 2027; la lista no dice quién ocupa ahora el escaño."
    assert in_words(f"{ended} The seat is vacant.", "es").text == f"{put} El escaño está vacante."
    assert in_words("the geocoder finds the address in IL-5 and in IL-7", "es").text.endswith("IL-5 and in IL-7")


def test_a_sentence_begins_and_ends_like_one() -> None:
    assert in_sentences("is not a ZIP", "en") == Said("It is not a ZIP.", "en")
    assert in_sentences("letters.toml: cannot be read", "en") == Said("letters.toml: cannot be read.", "en")
    assert in_sentences("/x: cannot be written: full", "es") == Said("/x: no se puede escribir: full.", "es")


def test_a_problem_finds_its_field() -> None:
    own = trouble_of(old_problem("--name-latin", "is missing", "Write it."), "en")
    assert (own.field, own.what.text, own.hint and own.hint.text) == ("name_latin", "It is missing.", "Write it.")
    assert trouble_of(old_problem("a reason", "unknown"), "en", {"a reason": "reasons"}).field == "reasons"
    assert trouble_of(old_problem("row 3", "x"), "en", {}).hint is None
