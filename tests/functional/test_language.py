"""The language of the command line: asked for with `--lang` anywhere, else that of the system."""

from pathlib import Path

import pytest

from conftest import Plea


@pytest.mark.parametrize(
    "arguments", [("--lang", "xx", "asks"), ("asks", "--lang=xx"), ("asks", "list", "--lang", "xx")]
)
def test_a_language_plea_does_not_speak_is_named_with_those_it_does(plea: Plea, arguments: tuple[str, ...]) -> None:
    done = plea(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == 'plea: --lang: plea does not speak "xx"\n      It speaks: en and es.\n'


def test_lang_without_a_language_is_wrong_and_after_two_dashes_it_is_no_option(plea: Plea) -> None:
    assert plea("asks", "--lang").returncode == 2
    done = plea("asks", "show", "--", "--lang")
    assert "there is no ask --lang" in done.stderr


@pytest.mark.parametrize("arguments", [("--lang", "en", "asks", "--help"), ("asks", "--help", "--lang=en")])
def test_english_is_spoken_where_it_is_asked_for(plea: Plea, arguments: tuple[str, ...]) -> None:
    done = plea(*arguments, LANG="es_US.UTF-8", LANGUAGE="es")
    assert done.returncode == 0
    assert "What you can ask for" in done.stdout


def test_a_letter_does_not_depend_on_the_reader_s_language(plea: Plea, tmp_path: Path) -> None:
    person = ("--name", "Alex Example", "--city", "Burlington", "--zip", "05401", "--date", "2026-11-22")
    letter = ("write", "diplomacy", *person, "--to", "us-president", "--format", "txt")
    for language in ("en", "es"):
        done = plea(*letter, "--out", tmp_path / language, "--lang", language)
        assert done.returncode == 0, done.stderr
    english, spanish = ((tmp_path / language / "diplomacy-us-president.txt").read_text() for language in ("en", "es"))
    assert english == spanish
