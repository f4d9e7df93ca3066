"""A cluster on loopback, a scheduler and two workers: the same bytes as local processes make, though one is killed."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path

import pytest

import campaign_folders
from campaign_cluster import Cluster
from conftest import Plea
from plea.app import run as run_command

pytest.importorskip("distributed")

PEOPLE = 150


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    (tmp_path / "cluster").mkdir()
    with ExitStack() as stack:
        yield Cluster(stack, tmp_path / "cluster")


@pytest.fixture
def campaign(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A campaign with a pack of its own, which no worker can find on its disk."""
    monkeypatch.setenv("PLEA_HOME", str(home))
    campaign_folders.make_home(home)
    rows = [
        campaign_folders.person(f"Signer {'abcdefghij'[number % 10]}{number}", number, story="We wait." * (number % 3))
        for number in range(PEOPLE)
    ]
    folder = campaign_folders.make_campaign(
        tmp_path / "trees", rows, campaign_folders.SETTINGS.replace('"refugee-intake"', '"mine"') + 'pack = "pack"\n'
    )
    (folder / "pack" / "asks").mkdir(parents=True)
    assert run_command(["asks", "new", str(folder / "pack" / "asks" / "mine"), "--from", "refugee-intake"]) == 0
    return folder


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_cluster_makes_the_same_bytes_though_a_worker_is_killed_on_the_way(
    campaign: Path, cluster: Cluster, plea: Plea, home: Path
) -> None:
    local = campaign.parent / "local"
    shutil.copytree(campaign, local)
    done = plea("campaign", "run", local, "--workers", "2")
    assert done.returncode == 0, done.stderr
    doomed = cluster.worker()
    cluster.worker()
    with subprocess.Popen(
        [sys.executable, "-m", "plea", "campaign", "run", str(campaign), "--dask", cluster.address],
        env={**os.environ, "PLEA_HOME": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as run:
        ends = time.monotonic() + 60
        while time.monotonic() < ends and not [*campaign.glob("out/*/volume-001.pdf")]:
            time.sleep(0.01)
        assert len([*campaign.glob("out/*/volume-001.pdf")]) < 3
        doomed.kill()
        _, error = run.communicate(timeout=120)
    assert run.returncode == 0, error
    assert digests(campaign / "out") == digests(local / "out")


def test_a_worker_with_another_typst_is_refused_by_version(campaign: Path, cluster: Cluster, plea: Plea) -> None:
    other = cluster.folder / "other"
    (other / "typst-0.1.0.dist-info").mkdir(parents=True)
    (other / "typst-0.1.0.dist-info" / "METADATA").write_text("Metadata-Version: 2.1\nName: typst\nVersion: 0.1.0\n")
    cluster.worker(PYTHONPATH=str(other))
    done = plea("campaign", "run", campaign, "--dask", cluster.address)
    assert done.returncode == 4, done.stderr
    assert re.search(r"no worker sets letters as this machine does: tcp://\S+ has typst 0\.1\.0 \(here ", done.stderr)


def test_an_address_where_nobody_answers_is_said(campaign: Path, plea: Plea) -> None:
    done = plea("campaign", "run", campaign, "--dask", "tcp://127.0.0.1:1")
    assert done.returncode == 4
    assert "tcp://127.0.0.1:1: no dask scheduler answers there" in done.stderr
