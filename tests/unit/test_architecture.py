"""The architecture page is true: its list of modules, and the way of a campaign's row."""

import re
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from campaign_folders import DAY, make_campaign, make_home, person
from conftest import CHECKOUT
from plea.campaigns.running.run import ExecutorConfig, open_run

PAGE = (CHECKOUT / "docs" / "explanation" / "architecture.md").read_text()
SOURCE = CHECKOUT / "src" / "plea"


def section(title: str) -> str:
    return PAGE.split(f"\n## {title}\n")[1].split("\n## ")[0]


def walk() -> list[tuple[str, str]]:
    """The steps on the page: package, and module:function."""
    return re.findall(r"^\| `([a-z.]+)` \| `([A-Za-z_.:]+)` \|", section("The way of a campaign's row"), re.MULTILINE)


@contextmanager
def first_returns(wanted: set[str]) -> Iterator[list[str]]:
    """The functions among the wanted in the order in which they first give something back, in any thread."""
    order: list[str] = []

    def look(frame: FrameType, event: str, _argument: Any) -> None:
        if event == "return":
            module = str(frame.f_globals.get("__name__", "")).removeprefix("plea.")
            name = f"{module}:{frame.f_code.co_qualname}"
            if name in wanted and name not in order:
                order.append(name)

    threading.setprofile(look)
    sys.setprofile(look)
    try:
        yield order
    finally:
        sys.setprofile(None)
        threading.setprofile(None)


def one_thread() -> Executor:
    return ThreadPoolExecutor(1)


def test_every_module_is_on_the_page() -> None:
    modules = {
        path.relative_to(SOURCE).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
        for path in SOURCE.rglob("*.py")
        if path.read_text().strip()
    } - {"__init__", "__main__"}
    assert set(re.findall(r"^\| `([a-z_.]+)` \|", section("Modules"), re.MULTILINE)) == modules


def test_the_way_of_a_row_is_the_one_on_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLEA_HOME", str(tmp_path / "home"))
    make_home(tmp_path)
    steps = [function for _, function in walk()]
    folder = make_campaign(tmp_path / "c", [person("Ann Example")])
    with first_returns(set(steps)) as order, open_run(folder, DAY) as run:
        run.plan()
        run.make(ExecutorConfig(one_thread, 1))
    assert order == steps


def test_each_package_is_entered_once() -> None:
    packages = [package for package, _ in groupby(package for package, _ in walk())]
    assert len(packages) == len(set(packages))
    assert all(function.startswith(f"{package}.") for package, function in walk())
