"""`script/try` does the example and prints what it wrote."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from conftest import CHECKOUT


def is_set_up() -> bool:
    """Whether these tests run in the .venv that script/try would use as it is; otherwise it would make it anew."""
    stamp = CHECKOUT / ".venv" / ".plea-stamp"
    if Path(sys.prefix) != CHECKOUT / ".venv" or not stamp.is_file():
        return False
    wanted = subprocess.run(
        ["/bin/sh", "-c", 'printf "%s" "$(cat pyproject.toml constraints.txt | cksum) $PWD"'],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    )
    return stamp.read_text().splitlines()[0] == wanted.stdout


HERE = pytest.mark.skipif(not is_set_up(), reason="script/try would make .venv anew: run script/test")
LETTER = (
    "write", "diplomacy", "--name", "Alex Example", "--city", "Burlington", "--zip", "05401", "--to", "us-president",
)  # fmt: skip


@HERE
def test_script_try_writes_six_letters_of_one_page(home: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [CHECKOUT / "script" / "try"],
        env={**os.environ, "PLEA_HOME": str(home), "HOME": str(tmp_path), "PLEA_TRY_DATE": "2026-11-22"},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    written = [line.strip() for line in done.stdout.splitlines() if line.endswith(".pdf")]
    assert [Path(path).name for path in written] == [
        "diplomacy-us-president.pdf",
        "diplomacy-bernard-sanders.pdf",
        "diplomacy-peter-welch.pdf",
        "refugee-intake-us-president.pdf",
        "refugee-intake-bernard-sanders.pdf",
        "refugee-intake-peter-welch.pdf",
    ]
    assert [len(PdfReader(CHECKOUT / path).pages) for path in written] == [1] * 6
    assert not (home / "person.toml").exists()


@HERE
def test_arguments_go_to_the_program_where_one_stands(home: Path, tmp_path: Path) -> None:
    (tmp_path / "story.txt").write_text("My aunt waits.")
    done = subprocess.run(
        [CHECKOUT / "script" / "try", *LETTER, "--story", "@story.txt", "--out", "here"],
        env={**os.environ, "PLEA_HOME": str(home)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "here" / "diplomacy-us-president.pdf").is_file()
