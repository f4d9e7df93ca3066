"""What ships is the wheel: it holds the packed folder, and the program in it finds it there."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from conftest import CHECKOUT
from web_page import open_page


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    built = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run(
        [*pip, "--no-deps", "--no-build-isolation", "--wheel-dir", built, CHECKOUT],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    [wheel] = built.glob("plea-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(built / "site")
    return built / "site"


def run(unpacked: Path, home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-P", "-m", "plea", *arguments],
        env={**os.environ, "PYTHONPATH": str(unpacked), "PLEA_HOME": str(home)},
        cwd=home,
        capture_output=True,
        text=True,
        check=False,
    )


def files_below(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() and path.name[0] != "."}


def test_the_wheel_carries_every_packed_file(unpacked: Path) -> None:
    packed = files_below(unpacked / "plea" / "templates")
    assert {"facts.toml", "layout/letter.typ", "asks/diplomacy/letter.es.md.j2"} <= packed
    assert packed == files_below(CHECKOUT / "templates")


def test_the_program_in_the_wheel_reads_its_own_templates(unpacked: Path, home: Path) -> None:
    where = subprocess.run(
        [sys.executable, "-P", "-c", "from plea.system.folders import templates; print(templates())"],
        env={**os.environ, "PYTHONPATH": str(unpacked)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(where.stdout.strip()) == unpacked / "plea" / "templates"
    listed = run(unpacked, home, "asks", "list")
    assert listed.returncode == 0, listed.stderr
    assert "diplomacy" in listed.stdout


def test_the_page_in_the_wheel_has_its_templates(unpacked: Path, home: Path) -> None:
    pytest.importorskip("flask", reason="the extra plea[web] is not installed")
    with open_page(home, home / "papers", PYTHONPATH=str(unpacked)) as page:
        browser = page.browser()
        assert browser.get("/letter/").status == 200
        assert browser.get("/static/plea.css").body == (unpacked / "plea/templates/web/static/plea.css").read_bytes()
        assert page.said() == ""


def test_the_checkout_reads_the_folder_that_people_edit() -> None:
    where = subprocess.run(
        [sys.executable, "-c", "from plea.system.folders import templates; print(templates())"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(where.stdout.strip()) == CHECKOUT / "templates"
