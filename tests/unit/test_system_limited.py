"""Work in a child that has little time and memory. What it runs here are functions of the project and of Python."""

import os
import time
from pathlib import Path

import pytest

from plea.errors import InputError, UsageError
from plea.system.limited import LimitExceeded, run_limited


def test_the_child_gives_what_the_function_gives() -> None:
    assert run_limited("plea.system.files:slug", "José Ñandú") == "jose-nandu"
    assert run_limited("json:dumps", {"a": ["é", None, 1.5]}) == '{"a": ["\\u00e9", null, 1.5]}'


def test_errors_of_the_project_come_back_as_they_are(tmp_path: Path) -> None:
    order = {"folder": str(tmp_path), "ask": "x", "scenes": []}
    with pytest.raises(InputError, match="holds no ask") as caught:
        run_limited("plea.asks.render:molds", order)
    assert "plea asks new" in caught.value.hint
    (tmp_path / "asks" / "y").mkdir(parents=True)
    (tmp_path / "asks" / "y" / "ask.toml").write_text("", "utf-8")
    with pytest.raises(UsageError, match="no ask named 'x'"):
        run_limited("plea.asks.render:molds", order)


def test_time_is_limited() -> None:
    started = time.monotonic()
    with pytest.raises(LimitExceeded, match="took more than 1 seconds") as caught:
        run_limited("math:factorial", 5_000_000, seconds=1)
    assert caught.value.limit == "time"
    assert time.monotonic() - started < 6


def test_waiting_is_limited_too() -> None:
    started = time.monotonic()
    with pytest.raises(LimitExceeded) as caught:
        run_limited("time:sleep", 60, seconds=0.5)
    assert caught.value.limit == "time"
    assert time.monotonic() - started < 6


def test_memory_is_limited() -> None:
    millions = "[" + "0," * 10_000_000 + "0]"
    with pytest.raises(LimitExceeded, match="took more than 64 MiB of memory") as caught:
        run_limited("json:loads", millions, mebibytes=64)
    assert caught.value.limit == "memory"


def test_a_child_that_dies_without_a_word_ran_out_of_memory() -> None:
    with pytest.raises(LimitExceeded) as caught:
        run_limited("os:_exit", 3)
    assert caught.value.limit == "memory"


def test_the_child_sees_nothing_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLEA_CANARY", "CANARY")
    assert os.environ["PLEA_CANARY"] == "CANARY"
    assert run_limited("os:getenv", "PLEA_CANARY") is None


def test_the_child_writes_no_file(tmp_path: Path) -> None:
    source = tmp_path / "a.py"
    source.write_text("a = 1", "utf-8")
    with pytest.raises(LimitExceeded):
        run_limited("py_compile:compile", str(source))
    assert [path for path in tmp_path.rglob("*") if path.is_file() and path.stat().st_size] == [source]
