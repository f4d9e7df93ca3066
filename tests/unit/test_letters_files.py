import stat
from dataclasses import replace
from pathlib import Path

import pytest

from paper_letters import made_letter
from plea import language
from plea.errors import MachineError, UsageError
from plea.letters.files import write_letters
from plea.letters.paper.profiles import profile
from plea.letters.plain_text import file_stems
from plea.model.letters import Printing
from plea.model.officials import Official
from plea.problems import Problem

PRINTING = Printing(profile("us-10-single"))
CHAIR = made_letter(official=Official("us-chair-X-W000800", "committee-chair", "Peter Welch"), id="f" * 24)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_files_are_named_by_ask_and_official_and_are_the_persons_own(tmp_path: Path) -> None:
    out = tmp_path / "a" / "letters"
    produced = write_letters([made_letter()], ["pdf", "txt", "form"], PRINTING, out)
    assert names(out) == ["diplomacy-peter-welch.form.txt", "diplomacy-peter-welch.pdf", "diplomacy-peter-welch.txt"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in out.iterdir()} == {0o600}
    assert [stat.S_IMODE(folder.stat().st_mode) for folder in (out, out.parent)] == [0o700, 0o700]
    (made,) = produced.letters
    assert made.files["form"] == out / "diplomacy-peter-welch.form.txt"
    assert (made.pages, made.warnings) == (1, ())


def test_two_letters_never_share_a_file() -> None:
    copy = made_letter(language="es", copy_of="0" * 24, id="0123456789abcdef01234567-es")
    assert file_stems([made_letter(), CHAIR, copy]) == (
        "diplomacy-us-w000800",
        "diplomacy-us-chair-x-w000800",
        "diplomacy-peter-welch-es",
    )
    assert file_stems([made_letter(), made_letter(id="a" * 24)]) == (
        "diplomacy-us-w000800-0123456789abcdef01234567",
        f"diplomacy-us-w000800-{'a' * 24}",
    )


@pytest.mark.parametrize(
    ("official", "stem"),
    [
        (Official("us-president", "us-president", "Some Holder"), "diplomacy-us-president"),
        (Official("x-1", "mayor", "../../etc/passwd"), "diplomacy-etc-passwd"),
        (Official("ocd-person/12", "mayor", "王小明"), "diplomacy-ocd-person-12"),
        (Official("x-2", "mayor", "Ñandú O’Brien\0"), "diplomacy-nandu-obrien"),
    ],
)
def test_names_are_made_of_ids_and_slugs_only(official: Official, stem: str) -> None:
    assert file_stems([made_letter(official=official)]) == (stem,)


def test_a_name_is_at_most_120_bytes(tmp_path: Path) -> None:
    letter = made_letter(official=Official("x" * 300, "mayor", "Name " * 60), ask="k" * 50)
    write_letters([letter, replace(letter, id="a" * 24)], ["form"], PRINTING, tmp_path)
    assert [len(name) <= 120 for name in names(tmp_path)] == [True, True]


def test_a_second_run_replaces_the_files(tmp_path: Path) -> None:
    write_letters([made_letter()], ["txt"], PRINTING, tmp_path)
    write_letters([made_letter(subject="Another subject")], ["txt"], PRINTING, tmp_path)
    assert "Another subject" in (tmp_path / "diplomacy-peter-welch.txt").read_text(encoding="utf-8")


def test_a_letter_that_cannot_be_printed_right_is_a_problem_and_the_others_are_made(tmp_path: Path) -> None:
    bad = made_letter(signature_name="王小明", official=Official("us-S000033", "us-senator", "Bernard Sanders"))
    produced = write_letters([bad, made_letter()], ["txt", "pdf"], PRINTING, tmp_path)
    assert names(tmp_path) == ["diplomacy-peter-welch.pdf", "diplomacy-peter-welch.txt"]  # nothing of the bad one
    assert [problem.where for problem in produced.problems] == ["diplomacy, Bernard Sanders"]
    assert "王" in dict(produced.problems[0].values)["missing"]


def test_warnings_of_the_letter_and_of_its_formats_are_kept_once(tmp_path: Path) -> None:
    warning = Problem("letter.name_not_latin", "name")
    long = made_letter(warnings=(warning,), body=made_letter().body * 4)
    (made,) = write_letters([long], ["pdf", "eml"], PRINTING, tmp_path).letters
    assert made.warnings[0] == warning
    assert [one.code for one in made.warnings[1:]] == ["letter.runs_over"]
    assert made.pages > 1


def test_a_folder_that_cannot_be_made_is_the_machines_fault_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    for out in (tmp_path / "file", tmp_path / "file" / "letters", Path("/proc/letters")):
        with pytest.raises(MachineError, match="folder"):
            write_letters([made_letter()], ["txt"], PRINTING, out)
    assert names(tmp_path) == ["file"]


def test_a_link_is_not_written_through_and_no_part_of_the_letter_stays(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    mine.write_text("mine", encoding="utf-8")
    out = tmp_path / "out"
    out.mkdir()
    (out / "diplomacy-peter-welch.form.txt").symlink_to(mine)
    with pytest.raises(MachineError, match="link"):
        write_letters([made_letter()], ["txt", "form"], PRINTING, out)
    assert mine.read_text(encoding="utf-8") == "mine"
    assert names(out) == ["diplomacy-peter-welch.form.txt"]


def test_an_unknown_format_is_wrong_usage_before_anything_is_made(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"format\.unknown_but_like") as caught:
        write_letters([made_letter()], ["txt", "pfd"], PRINTING, tmp_path / "out")
    assert language.hint(caught.value.problem).startswith("Did you mean pdf? There are pdf, txt, ")
    assert names(tmp_path) == []
