"""Runs killed at any moment: started again they finish, to the bytes of a run that nobody disturbed."""

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import pytest

import campaign_folders

PEOPLE = 50
STRACE = shutil.which("strace")


@pytest.fixture(scope="module")
def trees(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Enough people for several volumes; some rows and letters are not made. Tests work on copies."""
    folder = tmp_path_factory.mktemp("trees")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLEA_HOME", str(folder / "home"))
        campaign_folders.make_home(folder / "home")
    chance = random.Random(1)
    rows = []
    for number in range(PEOPLE):
        place = campaign_folders.SPLIT if number % 7 == 0 else campaign_folders.VERMONT
        story = " ".join(
            chance.choice(("bread", "river", "school", "we", "waited")) for _ in range(chance.randrange(70))
        )
        rows.append(
            campaign_folders.person(f"Signer {'abcdefghij'[number % 10]}{number}", number, story=story, **place)
        )
    rows[3]["story"] = " ".join(f"word{number}" for number in range(900))
    rows[5]["consent_at"] = "2031-01-01"
    rows[9] = {**rows[8], "email": "other@example.com"}
    campaign_folders.make_campaign(folder / "trees", rows)
    return folder


@pytest.fixture(scope="module")
def expected(trees: Path) -> dict[str, str]:
    """What a run leaves that nobody disturbs."""
    return finished(copy_of(trees, "undisturbed"))


@pytest.fixture
def campaign(trees: Path, request: pytest.FixtureRequest) -> Path:
    """A campaign of the test's own."""
    return copy_of(trees, re.sub(r"\W+", "-", request.node.name))


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def copy_of(trees: Path, name: str) -> Path:
    copy = trees / name
    shutil.copytree(trees / "trees", copy)
    return copy


def command(folder: Path) -> list[str]:
    return [sys.executable, "-m", "plea", "campaign", "run", str(folder), "--workers", "2"]


def environment(folder: Path) -> dict[str, str]:
    return {**os.environ, "PLEA_HOME": str(folder.parent / "home")}


def run_and_kill(folder: Path, after: float = 60.0, *, tracing: Sequence[str] = ()) -> int:
    """Start a run, kill it after that many seconds as the system would; gives its exit code."""
    run = subprocess.Popen(
        [*tracing, *command(folder)],
        env=environment(folder),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return run.wait(after)
    except subprocess.TimeoutExpired:
        run.send_signal(signal.SIGKILL)  # the run alone: its workers must notice
        return run.wait()


def run_in_peace(folder: Path, *, tracing: Sequence[str] = ()) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*tracing, *command(folder)],
        env=environment(folder),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def finished(folder: Path) -> dict[str, str]:
    """What the output folder holds when a run could end in peace."""
    done = run_in_peace(folder)
    assert done.returncode == 3, done.stderr
    return digests(folder / "out")


def injecting(what: str) -> list[str]:
    """The start of a command in which a system call of the run itself (not of its workers) does that."""
    return [str(STRACE), "-qq", "-o", os.devnull, "-e", f"inject={what}"]


def test_killed_again_and_again_it_finishes_with_the_bytes_of_an_undisturbed_run(
    campaign: Path, trees: Path, expected: dict[str, str]
) -> None:
    started = time.monotonic()
    finished(copy_of(trees, "timed"))
    takes = time.monotonic() - started
    # The first early enough for a machine that has become faster meanwhile.
    codes = [run_and_kill(campaign, part * takes) for part in (0.15, 0.4, 0.55, 0.7, 0.5)]
    assert -signal.SIGKILL in codes
    assert finished(campaign) == expected


@pytest.mark.skipif(not STRACE, reason="strace is not installed")
def test_killed_at_each_call_that_matters(campaign: Path, expected: dict[str, str]) -> None:
    moments = [("fsync", 1), ("fdatasync", 2), ("unlink", 1), ("rename", 1), ("fsync", 6), ("rename", 3), ("rename", 6)]
    codes = [run_and_kill(campaign, tracing=injecting(f"{call}:signal=KILL:when={when}")) for call, when in moments]
    assert sum(code not in {0, 3} for code in codes) >= 5, codes
    assert finished(campaign) == expected


@pytest.mark.skipif(not STRACE, reason="strace is not installed")
@pytest.mark.parametrize(("call", "number"), [("fsync", 3), ("rename", 2)])
def test_a_disk_that_is_full_is_said_in_one_line_and_nothing_is_lost(
    campaign: Path, expected: dict[str, str], call: str, number: int
) -> None:
    done = run_in_peace(campaign, tracing=injecting(f"{call}:error=ENOSPC:when={number}"))
    assert done.returncode == 4, done.stderr
    assert done.stderr.startswith("plea: ")
    assert done.stderr.splitlines()[2:] == []
    assert finished(campaign) == expected
