"""What is remembered of a person, and forgotten; and the printer."""

import json
import os
import stat
from pathlib import Path

from conftest import Plea

ALEX = ("--name", "Alex Example", "--street", "1 Example Street", "--city", "Burlington", "--zip", "05401")
LETTER = ("write", "diplomacy", "--to", "us-president", "--date", "2026-11-22", "--format", "txt")


def test_a_person_is_remembered_only_when_asked(plea: Plea, home: Path, tmp_path: Path) -> None:
    assert plea(*LETTER, *ALEX, "--out", tmp_path).returncode == 0
    assert not (home / "person.toml").exists()
    assert plea(*LETTER, "--out", tmp_path).returncode == 2


def test_a_remembered_person_needs_no_options_and_is_told_so(plea: Plea, home: Path, tmp_path: Path) -> None:
    saved = plea(*LETTER, *ALEX, "--story", "SECRET", "--save", "--out", tmp_path / "first")
    assert saved.returncode == 0, saved.stderr
    kept = home / "person.toml"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert "SECRET" not in kept.read_text()

    again = plea(*LETTER, "--city", "Winooski", "--out", tmp_path / "second")
    assert again.returncode == 0, again.stderr
    assert "Writing as Alex Example, as remembered" in again.stdout
    text = (tmp_path / "second" / "diplomacy-us-president.txt").read_text()
    assert text.startswith("Alex Example\n1 Example Street\nWinooski, VT  05401\n")


def test_a_new_zip_does_not_keep_the_old_state(plea: Plea, tmp_path: Path) -> None:
    assert plea(*LETTER, *ALEX, "--save", "--out", tmp_path).returncode == 0
    moved = plea(*LETTER, "--zip", "60098", "--city", "Woodstock", "--out", tmp_path / "moved")
    assert moved.returncode == 0, moved.stderr
    assert "Woodstock, IL  60098" in (tmp_path / "moved" / "diplomacy-us-president.txt").read_text()


def test_another_name_is_another_person(plea: Plea, tmp_path: Path) -> None:
    assert plea(*LETTER, *ALEX, "--save", "--out", tmp_path).returncode == 0
    other = plea(*LETTER, "--name", "Sam Example", "--out", tmp_path)
    assert (other.returncode, other.stderr.splitlines()[0]) == (2, "plea: missing: --city, --zip")


def test_forgetting_deletes_the_file(plea: Plea, home: Path, tmp_path: Path) -> None:
    assert plea(*LETTER, *ALEX, "--save", "--out", tmp_path).returncode == 0
    gone = plea("write", "--forget")
    assert (gone.returncode, gone.stdout) == (0, "Forgotten.\n")
    assert not (home / "person.toml").exists()
    assert plea("write", "--forget", "--json").stdout == '{\n  "forgotten": false\n}\n'


def test_quotes_and_backslashes_are_remembered_as_typed(plea: Plea, tmp_path: Path) -> None:
    name = 'Alex "Al" \\ Example'
    assert plea(*LETTER, "--name", name, *ALEX[2:], "--save", "--out", tmp_path).returncode == 0
    done = plea(*LETTER, "--out", tmp_path / "again")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "again" / "diplomacy-us-president.txt").read_text().startswith(name + "\n")


def test_a_damaged_memory_is_named_with_a_way_out(plea: Plea, home: Path, tmp_path: Path) -> None:
    (home / "person.toml").write_text("name = Alex\n")
    done = plea(*LETTER, "--out", tmp_path / "out")
    assert done.returncode == 1
    assert "person.toml" in done.stderr
    assert "plea write --forget" in done.stderr
    assert plea("write", "--forget").returncode == 0


def test_the_home_is_read_from_plea_home_alone(plea: Plea, home: Path, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    saved = plea(*LETTER, *ALEX, "--save", "--out", tmp_path, PLEA_HOME=str(elsewhere), HOME=str(tmp_path / "user"))
    assert saved.returncode == 0, saved.stderr
    assert [path.name for path in elsewhere.iterdir()] == ["person.toml"]
    assert list(home.iterdir()) == []
    assert not (tmp_path / "user").exists()


def printer(folder: Path, ending: int = 0) -> str:
    """A folder with an `lp` of our own, which notes its arguments: a PATH for the program."""
    folder.mkdir()
    lp = folder / "lp"
    lp.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" > "{folder}/printed"\necho "lp: no paper" >&2\nexit {ending}\n')
    lp.chmod(0o755)
    return f"{folder}:{os.environ['PATH']}"


def test_pdfs_are_handed_to_the_printer_at_their_true_size(plea: Plea, tmp_path: Path) -> None:
    path = printer(tmp_path / "bin")
    done = plea(
        *LETTER[:-1], "pdf,txt", *ALEX, "--to", "us-senator:Jane Doe", "--print", "--out", tmp_path / "out", "--json",
        PATH=path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    files = [letter["files"]["pdf"] for letter in json.loads(done.stdout)["letters"]]
    assert len(files) == 2
    assert (tmp_path / "bin" / "printed").read_text().splitlines() == ["-o", "print-scaling=none", "--", *files]


def test_a_printer_that_refuses_is_said_and_the_letters_stay(plea: Plea, tmp_path: Path) -> None:
    path = printer(tmp_path / "bin", ending=1)
    done = plea(*LETTER[:-1], "pdf", *ALEX, "--print", "--out", tmp_path / "out", PATH=path)
    assert done.returncode == 4
    assert "lp: no paper" in done.stderr
    assert (tmp_path / "out" / "diplomacy-us-president.pdf").is_file()


def test_without_a_printer_nothing_is_begun(plea: Plea, tmp_path: Path) -> None:
    (tmp_path / "bin").mkdir()
    done = plea(*LETTER[:-1], "pdf", *ALEX, "--print", "--out", tmp_path / "out", PATH=str(tmp_path / "bin"))
    assert done.returncode == 4
    assert "no lp" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_letter_carried_by_hand_is_neither_folded_nor_posted(plea: Plea) -> None:
    done = plea(
        *("write", "diplomacy", "--name", "Alex Example", "--city", "Burlington", "--state", "VT", "--zip", "05401"),
        *("--to", "us-president", "--date", "2026-11-22", "--profile", "hand", "--out", "out"),
    )
    assert done.returncode == 0, done.stderr
    assert "Carry it to the office. Ask for an appointment first." in done.stdout
    assert "Fold" not in done.stdout
    assert "stamp" not in done.stdout
