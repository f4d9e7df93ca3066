"""Campaigns with rows that are wrong in every way there is, killed on the way, and audited by their outputs alone."""

import csv
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from accountant import audit
from audit_people import KINDS, SETTINGS, Maker, People, Public, read_public, write_people

ROWS = 600
STATES = frozenset({"VT"})
BY_HAND = f'{SETTINGS}delivery = "hand"\n'
INCOMPLETE = 3


@pytest.fixture(scope="module")
def public(shared_data: Path) -> Public:
    return read_public(shared_data)


@pytest.fixture(scope="module")
def people(public: Public) -> People:
    return Maker(public, seed=3, states=STATES).people(ROWS, share=0.12)


@pytest.fixture(scope="module")
def undisturbed(people: People, directory_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("audit") / "campaign"
    write_people(folder, people, BY_HAND)
    finish(folder, directory_home)
    return folder


def start(folder: Path, home: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "plea", "campaign", "run", folder],
        env={**os.environ, "PLEA_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def finish(folder: Path, home: Path) -> None:
    running = start(folder, home)
    _, errors = running.communicate(timeout=120)
    assert running.returncode == INCOMPLETE, errors.decode()


def kill_when(folder: Path, home: Path, ripe: Callable[[], bool]) -> bool:
    """Run, and kill the run with all its workers once it is ripe; whether it lived until then."""
    running = start(folder, home)
    try:
        while running.poll() is None and not ripe():
            time.sleep(0.002)
        alive = running.poll() is None
        os.killpg(running.pid, signal.SIGKILL)
    finally:
        running.communicate()
    return alive


def volumes(folder: Path) -> int:
    return sum(1 for _ in folder.glob("out/*/volume-*.pdf"))


def everything(folder: Path) -> Mapping[str, bytes]:
    out = folder / "out"
    return {str(path.relative_to(out)): path.read_bytes() for path in out.rglob("*") if path.is_file()}


@pytest.mark.shared_data
def test_every_row_and_letter_is_accounted_for(undisturbed: Path, people: People, public: Public) -> None:
    assert {due.kind for due in people.due} == {*KINDS, ""}
    assert audit(undisturbed, people.due, public) == []


@pytest.mark.shared_data
def test_killed_three_times_the_bytes_are_the_same(
    undisturbed: Path, people: People, directory_home: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "campaign"
    write_people(folder, people, BY_HAND)
    moment = time.monotonic() + random.Random(8).uniform(0.3, 1.5)
    killed = [
        kill_when(folder, directory_home, lambda: time.monotonic() > moment),
        kill_when(folder, directory_home, lambda: volumes(folder) >= 1),
        kill_when(folder, directory_home, lambda: volumes(folder) >= 4),
    ]
    assert killed == [True, True, True]
    finish(folder, directory_home)
    assert everything(folder) == everything(undisturbed)


@pytest.mark.shared_data
def test_the_accountant_sees_what_is_missing(undisturbed: Path, people: People, public: Public, tmp_path: Path) -> None:
    copy = tmp_path / "campaign"
    copy.mkdir()
    (copy / "supporters.csv").write_bytes((undisturbed / "supporters.csv").read_bytes())
    shutil.copytree(undisturbed / "out", copy / "out")
    header, *lines = csv.reader((undisturbed / "out/manifest.csv").read_text().splitlines())
    read_first = min(line[5] for line in lines)  # with `every` so large the only volume that is read
    one, other, *_ = (line for line in lines if line[5] == read_first)
    one[6], other[6] = other[6], one[6]
    missing = lines.pop()
    with (copy / "out/manifest.csv").open("w", newline="") as file:
        csv.writer(file).writerows([header, *lines])
    (copy / "out/us-extra").mkdir()
    (copy / "out/us-extra/volume-001.pdf").write_bytes(b"")

    found = audit(copy, people.due, public, every=1000)
    assert sum("not the letter of row" in what for what in found) == 2
    assert any(what.startswith(f"row {missing[1]} ") and "made for" in what for what in found)
    assert any("on the disk and not in the manifest" in what for what in found)
