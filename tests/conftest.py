"""What every test may lean on: the program itself, a home of its own, the public data."""

import os
import subprocess
import sys
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from web_page import Page, open_page

CHECKOUT = Path(__file__).resolve().parent.parent
SHARED_DATA = CHECKOUT.parent / "shared" / "data"

Plea = Callable[..., subprocess.CompletedProcess[str]]

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI everything is there: a test that skips has not been run, and fails."""
    return failed_in_ci((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """The same for a module that skips as a whole."""
    return failed_in_ci((yield))


def failed_in_ci(report: Report) -> Report:
    if report.skipped and os.environ.get("CI") and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, and in CI nothing may skip: {report.longrepr}"
    return report


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty home: what `PLEA_HOME` names in the test."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def plea(home: Path, tmp_path: Path) -> Plea:
    """Run the command line as a program of its own; gives back what it printed and how it ended."""

    def run(
        *arguments: str | Path, input: str = "", cwd: Path | None = None, **env: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "plea", *map(str, arguments)],
            input=input,
            cwd=cwd or tmp_path,
            env={**os.environ, "PLEA_HOME": str(home), "COLUMNS": "100", "NO_COLOR": "1", **env},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    return run


@pytest.fixture
def page(home: Path, tmp_path: Path) -> Iterator[Page]:
    """A `plea web` of the test's own, on the examples' date."""
    pytest.importorskip("flask", reason="the extra plea[web] is not installed")
    with open_page(home, tmp_path / "papers", "--date", "2026-11-22") as page:
        yield page


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The public data beside the checkout; without it the test skips, in CI it fails."""
    if SHARED_DATA.is_dir():
        return SHARED_DATA
    if os.environ.get("CI"):
        pytest.fail(f"{SHARED_DATA} is missing")
    pytest.skip(f"{SHARED_DATA} is missing: the public data is not beside this checkout")


@pytest.fixture(scope="session")
def directory_home(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose directory was imported from the public data, once a session; tests only read it."""
    folder = tmp_path_factory.mktemp("directory-home")
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "plea",
            "officials",
            "import",
            shared_data / "congress",
            shared_data / "places" / "zccd.csv",
        ],
        env={**os.environ, "PLEA_HOME": str(folder)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return folder
