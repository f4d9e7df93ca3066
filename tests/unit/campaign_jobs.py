"""Work for the engine's own tests, where a fresh process can import it: jobs that die, hang or raise at a letter."""

import os
import struct
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from plea.campaigns.running.engine import TaskType
from plea.errors import InputError
from plea.problems import Problem

DIES, HANGS, RAISES, MENDABLE, DIES_ONCE = "dies", "hangs", "raises", "mendable", "dies once"


@dataclass(frozen=True)
class Handful:
    """A few letters by number; some do things to whoever touches them. `log` gets a line for every try."""

    numbers: tuple[int, ...]
    tricks: dict[int, str]
    log: Path
    broken: tuple[tuple[int, Problem], ...] = ()


def work(job: Handful) -> tuple[tuple[int, ...], tuple[tuple[int, Problem], ...]]:
    left_out = {number for number, _ in job.broken}
    with job.log.open("a") as log:
        log.write(f"{' '.join(map(str, job.numbers))}\n")
    for number in job.numbers:
        trick = "" if number in left_out else job.tricks.get(number, "")
        once = job.log.with_suffix(f".{number}")
        if trick == DIES or (trick == DIES_ONCE and not once.exists()):
            once.touch()
            os._exit(9)
        if trick == HANGS:
            time.sleep(600)
        if trick == RAISES:
            raise ValueError(f"letter {number}")
        if trick == MENDABLE:
            raise InputError("ledger.unknown_volume", "the pack")
    return tuple(number for number in job.numbers if number not in left_out), job.broken


def halves(job: Handful) -> tuple[Handful, ...]:
    left_out = {number for number, _ in job.broken}
    numbers = tuple(number for number in job.numbers if number not in left_out)
    middle = len(numbers) // 2
    parts = (numbers[:middle], numbers[middle:]) if middle else ()
    return tuple(replace(job, numbers=part, broken=()) for part in parts)


def without(job: Handful, broken: Sequence[tuple[Handful, Problem]]) -> Handful:
    return replace(job, broken=(*job.broken, *((one.numbers[0], what) for one, what in broken)))


def half_said(begun: Path) -> None:
    """Begin to send a result, as the executor does, and never come to its end."""
    frame = sys._getframe()
    while "result_queue" not in frame.f_locals:
        assert frame.f_back
        frame = frame.f_back
    writer = frame.f_locals["result_queue"]._writer
    os.write(writer.fileno(), struct.pack("!i", 1_000_000) + b"only a part of it")
    begun.touch()
    time.sleep(600)


HANDFULS = TaskType(work, halves, without, lambda job: f"handful {job.numbers[0]}")
