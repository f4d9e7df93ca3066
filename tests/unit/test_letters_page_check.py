import shutil
from datetime import date
from pathlib import Path

import pytest

from plea import language
from plea.asks.pack import load_pack
from plea.letters.page_check import page_findings
from plea.system import folders

DAYS = (date(2026, 11, 22), date(2027, 3, 1), date(2031, 1, 15))


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """An ask of one's own, copied from a built-in one."""
    folder = tmp_path / "mine"
    shutil.copytree(folders.templates() / "asks" / "diplomacy", folder)
    return folder


@pytest.mark.parametrize("on", DAYS)
def test_every_letter_of_the_built_in_pack_fits_its_page(on: date) -> None:
    assert page_findings(load_pack(None), on) == []


def test_a_letter_that_runs_over_is_found_by_file_role_and_language(own: Path) -> None:
    letter = own / "letter.md.j2"
    text = letter.read_text(encoding="utf-8")
    assert "{% block opening %}" in text
    letter.write_text(
        text.replace("{% block opening %}", "{% block opening %}" + "Peace is slow work. " * 120), "utf-8"
    )
    found = page_findings(load_pack(own), DAYS[0])
    assert {(one.file, one.line) for one in found} == {(str(letter), 1)}
    assert "to us-senator: 2 pages with a story of 60 words; one is the rule" in {
        language.what(finding.problem) for finding in found
    }
    assert any("to us-senator on SSFR" in language.what(finding.problem) for finding in found)


def test_a_role_that_has_no_form_of_address_is_found(own: Path) -> None:
    ask = own / "ask.toml"
    text = ask.read_text(encoding="utf-8")
    assert "[roles]\n" in text
    text = text.replace("[roles]\n", '[roles]\ntown-crier = "executive"\n')
    ask.write_text(text + '\n[acts.town-crier]\nen = "cry it"\nes = "gritarlo"\n', encoding="utf-8")
    found = page_findings(load_pack(own), DAYS[0])
    assert [str(one) for one in found] == [f"{ask}:1: there is no role town-crier"]


def test_a_letter_that_cannot_be_rendered_is_left_to_the_check_of_texts(own: Path) -> None:
    (own / "letter.md.j2").write_text("{{ nobody }}", encoding="utf-8")
    assert [one for one in page_findings(load_pack(own), DAYS[0]) if one.file.endswith("letter.md.j2")] == []
