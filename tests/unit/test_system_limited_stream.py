"""Results one by one from a child that has little time and memory; what it runs are functions of Python."""

import time
from itertools import islice

import pytest

from plea.errors import InputError
from plea.system.limited import LimitExceeded
from plea.system.limited_stream import stream_limited


def test_values_come_one_by_one_and_end() -> None:
    assert list(stream_limited("builtins:sorted", {"b": 1, "a": 2}, seconds=5, mebibytes=300)) == ["a", "b"]


def test_a_child_nobody_reads_waits_without_using_its_time() -> None:
    numbers = stream_limited("itertools:count", 7, seconds=2, mebibytes=300)
    assert list(islice(numbers, 3)) == [7, 8, 9]
    time.sleep(3)
    assert next(numbers) == 10
    numbers.close()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("target", "argument", "limit"),
    [("math:factorial", 5_000_000, "time"), ("itertools:count", 0, "time"), ("builtins:bytearray", 10**10, "memory")],
)
def test_time_and_memory_are_limited(target: str, argument: int, limit: str) -> None:
    with pytest.raises(LimitExceeded) as caught:
        for _ in stream_limited(target, argument, seconds=1, mebibytes=200):
            pass
    assert caught.value.limit == limit


def test_errors_of_the_project_come_back_as_they_are(tmp_path: str) -> None:
    with pytest.raises(InputError, match=": cannot be read: No such file"):
        list(
            stream_limited(
                "plea.supporters.tables.xlsx_reader:lines", f"{tmp_path}/none.xlsx", seconds=5, mebibytes=300
            )
        )
