"""The README's dialogue is the program's: the same answers give the same lines."""

import os
import re
import sys
from pathlib import Path

import pexpect

from conftest import CHECKOUT, Plea

EXAMPLE = CHECKOUT / "examples" / "first-letter" / "officials.csv"


def dialogue() -> list[str]:
    text = (CHECKOUT / "README.md").read_text()
    block = re.search(r"<!-- on a terminal -->\n```console\n(.*?)```", text, re.DOTALL)
    assert block
    return block[1].splitlines()


def answers_of(lines: list[str]) -> list[str]:
    """What the person types: after the last colon of a question, or after the `> ` of a story."""
    questions = ("Which?", "Your name", "Street", "ZIP code", "City", "One letter", "Two or three", "Write it?")
    answers = []
    for line in lines:
        if line.startswith("> "):
            answers.append(line[2:])
        elif line.startswith(questions):
            answers.append(line.rpartition(":")[2].strip())
    return answers


def test_the_dialogue_of_the_readme(plea: Plea, home: Path, tmp_path: Path) -> None:
    assert plea("officials", "import", EXAMPLE).returncode == 0
    first, *shown = dialogue()
    assert first == "$ plea write --date 2026-11-22"
    answers = answers_of(shown)
    child = pexpect.spawn(
        sys.executable,
        ["-m", "plea", *first.split()[2:]],
        env={**os.environ, "PLEA_HOME": str(home), "NO_COLOR": "1", "TERM": "dumb", "COLUMNS": "80"},
        cwd=tmp_path,
        encoding="utf-8",
        timeout=20,
        dimensions=(60, 80),
    )
    printed = ""
    for answer in answers:
        child.expect(r"[^\n]*(?:: |> )$")
        printed += f"{child.before}{child.after}"
        child.sendline(answer)
        child.readline()
        printed += answer + "\n"
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    printed += child.before or ""
    plain = re.sub(r"\x1b\[[0-9;]*m", "", printed).replace("\r", "").replace(str(tmp_path), "/home/alex")
    assert [line.rstrip() for line in plain.strip().splitlines()] == shown
    assert (tmp_path / "letters" / "refugee-intake-peter-welch.pdf").is_file()
