"""Bad input of `plea write`: one line what and where, one line what to do, the right code, nothing half-written."""

import html
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import Plea

ALEX = (
    "--name", "Alex Example", "--street", "1 Example Street", "--city", "Burlington", "--state", "VT",
    "--zip", "05401", "--date", "2026-11-22",
)  # fmt: skip
OVERRIDES = "overrides the direction of text, U+202E RIGHT-TO-LEFT OVERRIDE"
TO = ("--to", "us-president")


@pytest.mark.parametrize(
    ("arguments", "what", "hint"),
    [
        (("diplomancy", *TO), "there is no ask diplomancy", "diplomacy"),
        (("diplomacy", "--to", "us-senatr"), "us-senatr", "us-senator"),
        (("diplomacy", *TO, "--profile", "us-10"), "us-10", "us-10-single"),
        (("diplomacy", *TO, "--format", "pdf,docs"), "docs", "docx"),
        (("diplomacy", *TO, "--reason", "every-partie"), "every-partie", "every-party"),
        (("diplomacy", *TO, "--param", "crisys=Sudan"), "crisys", "crisis"),
        (("diplomacy", *TO, "--param", "crisis"), "is not KEY=VALUE", "crisis=Sudan"),
        (("diplomacy", *TO, "--language", "fr"), "fr", "es"),
        (("diplomacy", *TO, "--date", "22.11.2026"), "22.11.2026", "2026-11-22"),
        (("diplomacy", *TO, "--date", "0999-01-01"), "0999-01-01", "2026-11-22"),
        (("diplomacy", *TO, "--date", "9999-12-31"), "9999-12-31", "2026-11-22"),
        (("diplomacy", *TO, "--param", "crisis= "), "crisis is empty", "crisis=Sudan"),
        (("diplomacy", *TO, "--office", "moon"), "moon", "capitol"),
        (("diplomacy", "--to", "governor:Jane Doe"), "governor", "us-senator"),
        (("local-welcome", *TO), "us-president", "governor"),
        (("diplomacy", *TO, "--signature", "none.png"), "none.png", "PNG"),
        (("diplomacy", *TO, "--font-path", "nowhere"), "nowhere", "folder"),
        (("diplomacy", *TO, "--print", "--format", "txt"), "--print", "pdf"),
        (("diplomacy", *TO, "--nme", "x"), "--nme", "--help"),
        (("diplomacy", *TO, "--geocode", "--street", ""), "--geocode", "--street"),
    ],
)
def test_what_does_not_exist_is_named_with_what_comes_near(
    plea: Plea, tmp_path: Path, arguments: tuple[str, ...], what: str, hint: str
) -> None:
    done = plea("write", *ALEX, *arguments, "--out", tmp_path / "out")
    first, second = done.stderr.splitlines()
    assert first.startswith("plea: ")
    assert what in first
    assert hint in second
    assert (done.returncode, done.stdout) == (2, "")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("option", "value", "what"),
    [
        ("--story", "a" * 20_000, "--story: is 20,000 characters long; 10,000 is the most"),
        ("--story", "x\x07y", "--story: holds a control character, U+0007"),
        ("--story", "x\ue000y", "--story: holds a private-use character, U+E000"),
        ("--story", "x\u202ey", f"--story: holds a character that {OVERRIDES}"),
        ("--name", "Alex\nBcc: x", "--name: holds a control character, U+000A line break"),
        ("--name", "Alex\rExample", "--name: holds a control character, U+000D carriage return"),
        ("--name", "=?utf-8?q?=0ABcc:_x@y?=", "--name: holds '=?', which mail programs read as a hidden code"),
        ("--email", "alex@", "--email: is not an e-mail address: nothing stands after the @-sign"),
        ("--zip", "60098", "--zip: 60098 is not a ZIP code of Vermont (VT); it is in Illinois"),
        ("--enclosure", "A list\u202e", f"--enclosure: holds a character that {OVERRIDES}"),
        ("--enclosure", "x " * 200, "--enclosure: is 399 characters long; 200 is the most"),
        ("--param", "crisis=Su\x1bdan", "--param: holds a control character, U+001B escape"),
        ("--to", "us-senator:Jane\x1bDoe", "--to: holds a control character, U+001B escape"),
        ("--state", "Vermouth", "--state: 'Vermouth' is not a state of this country"),
    ],
)  # fmt: skip
def test_what_a_person_typed_wrong_is_said_with_its_option(
    plea: Plea, tmp_path: Path, option: str, value: str, what: str
) -> None:
    done = plea("write", "diplomacy", *ALEX, *TO, option, value, "--out", tmp_path / "out")
    first, second = done.stderr.splitlines()
    assert first == f"plea: {what}"
    assert second.strip()
    assert (done.returncode, done.stdout) == (1, "")
    assert not (tmp_path / "out").exists()


def test_all_that_is_wrong_is_said_at_once_and_in_json_too(plea: Plea, tmp_path: Path) -> None:
    wrong = ("--email", "alex@", "--zip", "60098", "--phone", "none", "--name", "Al\x1bex")
    done = plea("write", "diplomacy", *ALEX, *TO, *wrong, "--json", "--out", tmp_path / "out")
    assert done.returncode == 1
    answer = json.loads(done.stdout)
    assert answer["letters"] == []
    assert {problem["where"] for problem in answer["problems"]} == {"--name", "--zip", "--email", "--phone"}
    assert "\x1b" not in done.stderr


@pytest.mark.parametrize("value", ["@nowhere.txt", "@"])
def test_a_story_file_that_cannot_be_read_is_named(plea: Plea, value: str) -> None:
    done = plea("write", "diplomacy", *ALEX, *TO, "--story", value)
    assert done.returncode == 1
    assert "cannot be read" in done.stderr


def test_a_story_file_that_is_no_text_is_named_with_its_line(plea: Plea, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_bytes(b"One.\nTwo \xff.\n")
    done = plea("write", "diplomacy", *ALEX, *TO, "--story", "@story.txt")
    assert (done.returncode, done.stderr.splitlines()[0]) == (1, "plea: story.txt:2: is not UTF-8 text")


def test_a_damaged_signature_is_said_before_anything_else(plea: Plea, tmp_path: Path) -> None:
    (tmp_path / "me.png").write_bytes(b"\x89PNG\r\n\x1a\n cut")
    done = plea("write", "diplomacy", "--signature", "me.png")
    assert (done.returncode, done.stderr.splitlines()[0]) == (1, "plea: me.png: the picture is damaged")


def test_a_folder_that_is_a_file_is_the_machine_s_trouble(plea: Plea, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("mine")
    done = plea("write", "diplomacy", *ALEX, *TO, "--out", tmp_path / "out")
    assert done.returncode == 4
    assert str(tmp_path / "out") in done.stderr.splitlines()[0]
    assert (tmp_path / "out").read_text() == "mine"


@pytest.mark.parametrize("content", [b"", b"not a database at all", b"SQLite format 3\0" + b"\0" * 100])
def test_a_damaged_directory_is_said_where_it_is_needed_only(
    plea: Plea, home: Path, tmp_path: Path, content: bytes
) -> None:
    (home / "officials.sqlite").write_bytes(content)
    needed = plea("write", "diplomacy", *ALEX, "--to", "us-senator", "--out", tmp_path / "out")
    assert needed.returncode == 4
    assert "officials.sqlite" in needed.stderr
    assert "plea officials update" in needed.stderr
    assert not (tmp_path / "out").exists()
    assert plea("write", "diplomacy", *ALEX, *TO, "--out", tmp_path / "out").returncode == 0


@pytest.mark.parametrize("closed", ["<&-", ">&-", "<&- >&-"])
def test_a_program_without_input_or_output_still_writes(home: Path, tmp_path: Path, closed: str) -> None:
    line = f'exec "$0" -m plea write diplomacy "$@" {closed}'
    done = subprocess.run(
        ["/bin/sh", "-c", line, sys.executable, *ALEX, *TO, "--out", tmp_path / "out"],
        stderr=subprocess.PIPE,
        env={**os.environ, "PLEA_HOME": str(home)},
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["diplomacy-us-president.pdf"]


def test_a_byte_order_mark_pasted_along_is_not_printed(plea: Plea, tmp_path: Path) -> None:
    done = plea(
        "write", "diplomacy", *ALEX, *TO, "--name", "\ufeffAlex Example", "--story", "One.\ufeff Two.",
        "--param", "crisis=\ufeffSudan", "--enclosure", "A\ufefflist", "--format", "pdf,txt", "--out", tmp_path / "out",
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "\ufeff" not in (tmp_path / "out" / "diplomacy-us-president.txt").read_text()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_an_answer_that_cannot_be_printed_is_the_machine_s_trouble(tmp_path: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "plea", "write", "diplomacy", *ALEX, *TO, "--json", "--out", tmp_path / "out"],
            stdout=full,
            stderr=subprocess.PIPE,
            env={**os.environ, "PLEA_HOME": str(tmp_path)},
            text=True,
            timeout=60,
            check=False,
        )
    assert done.returncode == 4
    assert done.stderr.startswith("plea: No space left on device\n")
    assert "Traceback" not in done.stderr


def test_nothing_of_a_person_is_in_an_error_of_a_template(plea: Plea, tmp_path: Path) -> None:
    made = plea("asks", "new", tmp_path / "pack")
    assert made.returncode == 0, made.stderr
    letter = next((tmp_path / "pack").rglob("letter.md.j2"))
    letter.write_text(letter.read_text() + "{% block broken %}{{ supporter.nme }}")
    done = plea(
        "write", "--pack", tmp_path / "pack", next(iter([letter.parent.name])), *ALEX, *TO, "--story", "CANARY",
        "--out", tmp_path / "out",
    )  # fmt: skip
    assert done.returncode == 1
    assert f"{letter.name}:" in done.stderr
    assert "Traceback" not in done.stderr
    assert "CANARY" not in done.stderr + done.stdout
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("format_", ["txt", "form", "html"])
def test_a_story_is_printed_as_typed(plea: Plea, tmp_path: Path, format_: str) -> None:
    typed = '#import "x" {{7*7}} <b>bold</b> **x** =1+1 \\n _y_ [z](http://z) & "quoted"'
    done = plea("write", "diplomacy", *ALEX, *TO, "--story", typed, "--format", format_, "--out", tmp_path, "--json")
    assert done.returncode == 0, done.stderr
    (path,) = json.loads(done.stdout)["letters"][0]["files"].values()
    text = Path(path).read_text()
    if format_ == "html":
        text = html.unescape(text)
    assert typed in " ".join(text.split())
