"""The letters for talks, for a ceasefire and for civil society, as they come from the command line.

The expected words are written by hand, for readers of the public directory: who chairs what, who leads a chamber.
"""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

SAM = (
    "--name",
    "Sam Rivers",
    "--street",
    "1 Example Street",
    "--city",
    "Burlington",
    "--state",
    "VT",
    "--zip",
    "05401",
)
ABOUT = "I teach third grade in Barre"
STORY = (
    "I taught English at our library for nine years. One of my students, a nurse, fled her home with two boys and one "
    "bag. She passed every test they gave her. Last winter she sat with my mother at the hospital and held her hand "
    "until I got there. I think of her when I hear our door is shut."
)


@pytest.fixture
def letter(directory_home: Path, tmp_path: Path) -> Callable[..., list[str]]:
    """Write one letter; gives back its paragraphs, the subject first."""

    def write(ask: str, to: str, *options: str, on: str = "2026-11-28", suffix: str = "txt") -> list[str]:
        folder = tmp_path / "letters"
        done = subprocess.run(
            [
                *(sys.executable, "-m", "plea", "write", ask, *SAM, "--to", to, "--date", on, *options),
                *("--format", suffix, "--out", folder, "--yes"),
            ],
            env={**os.environ, "PLEA_HOME": str(directory_home)},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        (path,) = folder.iterdir()
        text = path.read_text("utf-8")
        path.unlink()
        return [" ".join(paragraph.split()) for paragraph in text.split("\n\n") if paragraph.strip()]

    return write
