"""Work in a child that has little time and memory. What it runs here are functions of the project and of Python."""

import os
import time
from itertools import islice
from pathlib import Path
from typing import Any

import pytest

from plea.errors import InputError, UsageError
from plea.system.limited import LimitExceeded, run_limited, stream_limited


def stream(target: str, argument: Any, seconds: float = 5) -> list[Any]:
    return list(stream_limited(target, argument, seconds=seconds, mebibytes=200))


def test_the_child_gives_what_the_function_gives() -> None:
    assert run_limited("plea.system.files:slug", "José Ñandú") == "jose-nandu"
    assert run_limited("json:dumps", {"a": ["é", None, 1.5]}) == '{"a": ["\\u00e9", null, 1.5]}'
    assert run_limited("json:loads", "null") is None


def test_values_come_one_by_one_and_end() -> None:
    assert stream("builtins:sorted", {"b": 1, "a": 2}) == ["a", "b"]
    assert stream("builtins:iter", [None, 1]) == [None, 1]


def test_errors_of_the_project_come_back_as_they_are(tmp_path: Path) -> None:
    order = {"folder": str(tmp_path), "ask": "x", "contexts": []}
    with pytest.raises(InputError, match=r"pack\.no_asks"):
        run_limited("plea.asks.render:templates_for_parent", order)
    (tmp_path / "asks" / "y").mkdir(parents=True)
    (tmp_path / "asks" / "y" / "ask.toml").write_text("", "utf-8")
    with pytest.raises(UsageError, match=r"ask\.unknown"):
        run_limited("plea.asks.render:templates_for_parent", order)
    with pytest.raises(InputError) as caught:
        stream("plea.supporters.tables.xlsx:lines", f"{tmp_path}/none.xlsx")
    assert caught.value.problem.code == "file.not_read"


@pytest.mark.parametrize(
    ("target", "argument"), [("math:factorial", 5_000_000), ("itertools:count", 0)], ids=["at work", "streaming"]
)
def test_time_is_limited(target: str, argument: int) -> None:
    with pytest.raises(LimitExceeded) as caught:
        for _ in stream_limited(target, argument, seconds=1, mebibytes=200):
            pass
    assert caught.value.problem.code == "limit.time"


def test_one_result_may_not_take_longer_by_the_clock_either() -> None:
    for target, argument in (("math:factorial", 5_000_000), ("time:sleep", 60)):
        started = time.monotonic()
        with pytest.raises(LimitExceeded) as caught:
            run_limited(target, argument, seconds=1)
        assert caught.value.problem.code == "limit.time"
        assert time.monotonic() - started < 6


def test_a_child_nobody_reads_waits_without_using_its_time() -> None:
    numbers = stream_limited("itertools:count", 7, seconds=2, mebibytes=300)
    assert list(islice(numbers, 3)) == [7, 8, 9]
    time.sleep(3)
    assert next(numbers) == 10
    numbers.close()  # type: ignore[attr-defined]


def test_memory_is_limited() -> None:
    with pytest.raises(LimitExceeded) as caught:
        run_limited("json:loads", "[" + "0," * 10_000_000 + "0]", mebibytes=64)
    assert caught.value.problem.code == "limit.memory"
    with pytest.raises(LimitExceeded) as caught:
        stream("builtins:bytearray", 10**10)
    assert caught.value.problem.code == "limit.memory"


def test_a_child_that_dies_without_an_answer_ran_out_of_memory() -> None:
    with pytest.raises(LimitExceeded) as caught:
        run_limited("os:_exit", 3)
    assert caught.value.problem.code == "limit.memory"


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
