"""Documented commands are tested commands: each `console` block of the docs is run, in order, document by document.

A line that starts with `$ ` is run by bash, together with the `> ` lines that continue it; the lines below are what it
prints, where `...` stands for any lines.
A comment before a block says what is special about it:

    <!-- exit: 1 -->            the exit code of the block's last command
    <!-- needs the internet --> the exit code may be 4, that of a machine without internet
    <!-- on a terminal -->      a dialogue, which test_readme.py plays
    <!-- not run: why -->       shown, and never run by a test
"""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from conftest import CHECKOUT

DOCUMENTS = [
    CHECKOUT / "README.md",
    CHECKOUT / "CONTRIBUTING.md",
    *(path for folder in ("docs", "examples") for path in sorted((CHECKOUT / folder).rglob("*.md"))),
]
BLOCK = re.compile(r"(?:<!-- (?P<note>[^>]*) -->\n)?```console\n(?P<text>.*?)```", re.DOTALL)
CODE = re.compile(r"^```.*?^```|^ {4}[^\n]*|`[^`\n]*`", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\(([^)#\s]*)(?:#([^)]*))?\)|src=\"([^\"]+)\"")


@dataclass(frozen=True)
class Step:
    command: str
    shown: tuple[str, ...]
    exits: frozenset[int]


def steps_of(document: Path) -> list[Step]:
    steps = []
    for block in BLOCK.finditer(document.read_text()):
        note = block["note"] or ""
        if note.startswith(("on a terminal", "not run")):
            continue
        commands: list[tuple[str, list[str]]] = []
        for line in block["text"].splitlines():
            if line.startswith("$ "):
                commands.append((line[2:], []))
            elif commands and not commands[-1][1] and line.startswith("> "):
                commands[-1] = (commands[-1][0] + "\n" + line[2:], [])
            elif commands and commands[-1][0].endswith("\\"):
                commands[-1] = (commands[-1][0] + "\n" + line, [])
            else:
                assert commands, f"{document.name}: a block begins without a command: {line}"
                commands[-1][1].append(line)
        exit_code = re.fullmatch(r"exit: (\d+)", note)
        for number, (command, shown) in enumerate(commands, start=1):
            exits = {0, 4} if "needs the internet" in note else {0}
            if exit_code and number == len(commands):
                exits = {int(exit_code[1])}
            steps.append(Step(command, tuple(shown), frozenset(exits)))
    return steps


def matches(shown: tuple[str, ...], printed: str) -> bool:
    pattern = ""
    for line in shown:
        pattern += r"(?:.*\n)*?" if line.strip() == "..." else re.escape(line.rstrip()) + r"[ ]*\n"
    return re.fullmatch(pattern, printed) is not None


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder with what a reader of the docs has: the checkout's own files, nothing else."""
    copy = tmp_path / "plea"
    tracked = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in filter(None, tracked.stdout.split("\0")):
        if (CHECKOUT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(CHECKOUT / name, copy / name)
    return copy


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(CHECKOUT).as_posix())
def test_every_command_shown_does_what_the_page_says(document: Path, checkout: Path, home: Path) -> None:
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PLEA_HOME": str(home),
        "NO_COLOR": "1",
        "COLUMNS": "100",
    }
    for step in steps_of(document):
        done = subprocess.run(
            ["bash", "-c", step.command],
            cwd=checkout,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode in step.exits, f"$ {step.command}\n{done.stdout}"
        if step.shown and done.returncode != 4:
            assert matches(step.shown, done.stdout), f"$ {step.command}\n--- printed\n{done.stdout}"


def test_a_wrong_page_is_seen(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```console\n$ echo one\none\n...\nthree\n```\n<!-- exit: 3 -->\n```console\n$ exit 3\n```\n")
    [first, second] = steps_of(page)
    assert matches(first.shown, "one\ntwo\nthree\n")
    assert not matches(first.shown, "one\ntwo\n")
    assert second.exits == {3}


def headings(document: Path) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    prose = re.sub(r"^```.*?^```", "", document.read_text(), flags=re.DOTALL | re.MULTILINE)
    lines = re.findall(r"^#+ (.*)$", prose, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", line.lower()).replace(" ", "-") for line in lines}


def test_links_between_pages_lead_somewhere() -> None:
    wrong = []
    for document in DOCUMENTS:
        for target, heading, picture in LINK.findall(CODE.sub("", document.read_text())):
            path = document.parent / (target or picture or document.name)
            if "://" not in target and not (path.exists() and (not heading or heading in headings(path))):
                wrong.append(f"{document.name}: {target or picture}#{heading}")
    assert wrong == []


def test_a_wrong_link_is_seen() -> None:
    page = "[a](b.md#c) `[d](e)`\n```toml\n[[f]](g)\n```\n    h[i](j)\n[k](#l)\n"
    assert [match[:2] for match in LINK.findall(CODE.sub("", page))] == [("b.md", "c"), ("", "l")]
