"""No box is printed for a character: it is found in a named family, or said by name with what to install."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from paper_letters import BODY, made_letter, paragraphs
from paper_reading import lines
from plea import language
from plea.letters.paper import fonts
from plea.letters.paper.profiles import profile
from plea.letters.paper.typeset import UnprintableError, print_letter, set_volume
from plea.letters.paper.typst_compiler import SERIF, MissingCharactersError, compiler
from plea.model.letters import Printing

PRINTING = Printing(profile("us-10-single"))
ARABIC = "اسمي سميرة حداد، وأعيش في Burlington منذ عام 2016 (مع أختي)."


def _at_hand(*families: str) -> bool:
    return set(families) <= set(fonts._installed_families(()))


@pytest.fixture
def bare_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with no font installed: the one thing that cannot be had by asking for it."""
    monkeypatch.setattr(fonts, "_installed_families", lambda _: {})


@pytest.mark.usefixtures("bare_machine")
def test_latin_greek_and_cyrillic_need_no_font_of_the_system() -> None:
    text = "Žofia Łukasiewicz-Ñandú, Αθήνα, Київ, “quoted” – dash — … € ½ ‘one’"
    found = fonts.choose([text])
    assert found == fonts.FontChoice((SERIF,), ())
    assert print_letter(made_letter(signature_name="Žofia Łukasiewicz"), PRINTING).pages == 1
    # A ligature pasted from another document is not in the serif, and is said.
    assert "U+FB01" in language.what(fonts.choose(["ﬁnd"]).problems[0])


@pytest.mark.usefixtures("bare_machine")
def test_a_character_no_font_shows_is_said_by_number_name_and_package() -> None:
    letter = made_letter(signature_name="Mei 漢字")
    with pytest.raises(UnprintableError) as caught:
        print_letter(letter, PRINTING)
    assert set_volume([letter, made_letter()], PRINTING).positions[0].problems == caught.value.problems
    (problem,) = caught.value.problems
    assert problem.code == "font.missing"
    assert dict(problem.values)["missing"] == "字漢"
    assert "漢 (U+6F22, CJK UNIFIED IDEOGRAPH-6F22)" in language.what(problem)
    assert "Install a font for Chinese and Japanese (Debian: apt install fonts-noto-cjk)" in language.hint(problem)
    assert "--font-path" in language.hint(problem)


@pytest.mark.usefixtures("bare_machine")
def test_each_script_is_one_problem_and_a_long_text_names_five() -> None:
    found = fonts.choose([ARABIC, "한국어", "😀", "✈"])
    assert {dict(problem.values)["package"] for problem in found.problems} == {
        "fonts-noto-core",
        "fonts-noto-cjk",
        "fonts-noto-color-emoji",
    }
    arabic = next(language.what(problem) for problem in found.problems if "ARABIC" in language.what(problem))
    assert arabic.count("U+") == 5
    letters = {character for character in ARABIC if "\u0600" <= character < "\u0700"}
    assert arabic.endswith(f", nor {len(letters) - 5} more characters")


def test_a_plain_letter_that_meets_an_unseen_character_says_so() -> None:
    # U+2063 and its kin print nothing; U+20C1 is past what the embedded serif has, within what counts as plain.
    with pytest.raises(MissingCharactersError) as caught:
        compiler().compile("probe.typ", {"characters": ["a", "\u0378"], "families": (SERIF,)}, standard="a-2b")
    assert caught.value.characters == ("\u0378",)
    with pytest.raises(UnprintableError) as raised:
        print_letter(made_letter(subject="An unassigned \u0378"), PRINTING)
    assert "U+0378" in language.what(raised.value.problem)


def test_a_quote_and_a_backslash_are_told_apart_from_the_message_that_quotes_them() -> None:
    assert compiler().missing('"\\a\u0378', (SERIF,)) == ("\u0378",)


def test_marks_of_direction_print_nothing_and_are_no_problem() -> None:
    assert print_letter(made_letter(signature_name="Mary\u200e Okafor\u200f\u061c"), PRINTING).pages == 1


@pytest.mark.skipif(not _at_hand("Noto Naskh Arabic"), reason="Noto Naskh Arabic is not installed (fonts-noto-core)")
def test_arabic_prints_right_to_left_beside_latin() -> None:
    content = print_letter(made_letter(body=paragraphs(BODY[0], ARABIC, BODY[2])), PRINTING).content
    arabic = [line for line in lines(content) if any("\u0600" <= character < "\u0700" for character in line.text)]
    assert len(arabic) == 1
    # Ends at the right margin, begins short of the left one; the Latin name stays whole within it.
    assert arabic[0].right == pytest.approx(540, abs=3)
    assert arabic[0].left > 100
    assert "Burlington" in arabic[0].text
    assert "2016" in arabic[0].text


def test_large_print_is_18_points_in_a_sans(monkeypatch: pytest.MonkeyPatch) -> None:
    found = fonts.choose(["a"], large_print=True)
    if found.problems:
        pytest.skip("no sans is installed")
    assert found.families[0] in fonts.SANS
    assert found.families[1] == SERIF
    content = print_letter(made_letter(), Printing(profile("us-10-single"), large_print=True)).content
    greeting = next(line for line in lines(content) if line.text == "Dear Senator Welch:")
    serif = next(line for line in lines(print_letter(made_letter(), PRINTING).content) if line.text == greeting.text)
    assert greeting.bottom - greeting.top > 1.5 * (serif.bottom - serif.top)
    monkeypatch.setattr(fonts, "_installed_families", lambda _: {})
    with pytest.raises(UnprintableError) as caught:
        print_letter(made_letter(), Printing(profile("us-10-single"), large_print=True))
    assert caught.value.problem.code == "font.no_sans"
    assert "Noto Sans" in language.what(caught.value.problem)
    assert "fonts-noto-core" in language.hint(caught.value.problem)


def test_a_folder_of_ones_own_fonts_comes_first(tmp_path: Path) -> None:
    at_hand = fonts._installed_families(())
    family = next((family for family in fonts.SANS if family in at_hand), "")
    if not family:
        pytest.skip("no sans is installed")
    for file in at_hand[family].file.parent.iterdir():
        if file.name.startswith(family.replace(" ", "")) and file.suffix in {".ttf", ".otf"}:
            (tmp_path / file.name).write_bytes(file.read_bytes())
    found = fonts.choose(["a"], large_print=True, font_paths=(tmp_path,))
    assert found.folders == (tmp_path,)
    printing = Printing(profile("none"), large_print=True, font_paths=(tmp_path,))
    assert print_letter(made_letter(), printing).pages == 2


@pytest.mark.skipif(not _at_hand("DejaVu Sans"), reason="DejaVu Sans is not installed (fonts-dejavu)")
@pytest.mark.parametrize("text", ["ﬁnd", ARABIC, "✈"])
def test_any_font_in_ones_own_folder_serves_before_those_of_the_system(tmp_path: Path, text: str) -> None:
    """Neither the family nor the script is among those that are preferred for it."""
    source = fonts._installed_families(())["DejaVu Sans"].file
    (tmp_path / source.name).write_bytes(source.read_bytes())
    found = fonts.choose([text], font_paths=(tmp_path,))
    assert found == fonts.FontChoice((SERIF, "DejaVu Sans"), (tmp_path,))
    letter = made_letter(subject=text)
    printed = print_letter(letter, Printing(profile("none"), font_paths=(tmp_path,))).content
    assert b"DejaVuSans" in printed


def test_a_font_of_the_system_that_is_on_no_list_serves(monkeypatch: pytest.MonkeyPatch) -> None:
    at_hand = {name: family for name, family in fonts._installed_families(()).items() if name == "DejaVu Sans"}
    if not at_hand:
        pytest.skip("DejaVu Sans is not installed")
    monkeypatch.setattr(fonts, "_installed_families", lambda _: at_hand)
    assert fonts.choose([ARABIC]).families == (SERIF, "DejaVu Sans")
    monkeypatch.setattr(fonts, "_installed_families", lambda _: {".LastResort": at_hand["DejaVu Sans"]})
    assert fonts.choose([ARABIC]).families == (SERIF,)


def test_a_plain_letter_does_not_look_for_fonts() -> None:
    # Scanning the system's fonts costs a fifth of a second: a plain letter must not.
    program = (
        "import sys; sys.path[:0] = sys.argv[1:]\n"
        "from paper_letters import made_letter\n"
        "from plea.letters.paper import fonts\n"
        "from plea.letters.paper.typeset import print_letter\n"
        "from plea.letters.paper.profiles import profile\n"
        "from plea.model.letters import Printing\n"
        "print_letter(made_letter(), Printing(profile('us-10-single')))\n"
        "print(fonts._installed_families.cache_info().misses)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(Path(__file__).parent.parent)],
        env=dict(os.environ),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout == "0\n"
