"""The engine with real processes that die, hang and raise: no job lost, none twice, the letter found that did it."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from campaign_jobs import DIES, DIES_ONCE, HANDFULS, HANGS, MENDABLE, RAISES, Handful, half_said, work

from plea.campaigns.running.engine import LocalWorkers, RestartingPool, run_in_groups, run_jobs
from plea.errors import InputError, MachineError
from plea.problems import Problem

Made = tuple[tuple[int, ...], tuple[tuple[int, Problem], ...]]


def handfuls(log: Path, count: int, tricks: dict[int, str] | None = None, size: int = 4) -> list[Handful]:
    numbers = range(count * size)
    return [Handful(tuple(numbers[start : start + size]), tricks or {}, log) for start in range(0, count * size, size)]


def made_by(jobs: list[Handful], patience: float = 60.0) -> list[Made]:
    with RestartingPool(partial(LocalWorkers, 2)) as pool:
        return sorted(run_jobs(jobs, HANDFULS, pool, in_flight=4, patience=patience))


def letters(made: list[Made]) -> list[int]:
    return [number for numbers, _ in made for number in numbers]


def test_every_job_is_done_once(tmp_path: Path) -> None:
    made = made_by(handfuls(tmp_path / "log", 20))
    assert letters(made) == list(range(80))
    assert len((tmp_path / "log").read_text().splitlines()) == 20


def test_no_more_jobs_are_taken_than_may_be_in_flight(tmp_path: Path) -> None:
    taken = 0

    def source() -> Iterator[Handful]:
        nonlocal taken
        for job in handfuls(tmp_path / "log", 30, size=1):
            taken += 1
            yield job

    given = 0
    with RestartingPool(partial(LocalWorkers, 2)) as pool:
        for group in run_in_groups(source(), HANDFULS, pool, in_flight=3):
            given += len(group)
            assert taken - given <= 3
    assert taken == 30


@pytest.mark.parametrize(
    ("trick", "what"), [(DIES, Problem("job.worker_died")), (RAISES, Problem("job.error", error="letter 9"))]
)
def test_the_letter_that_breaks_its_worker_is_found_and_the_rest_is_made(
    tmp_path: Path, trick: str, what: Problem
) -> None:
    made = made_by(handfuls(tmp_path / "log", 6, {9: trick}))
    assert letters(made) == [number for number in range(24) if number != 9]
    assert [broken for _, broken in made if broken] == [((9, what),)]


def test_two_letters_of_one_job_may_break_it(tmp_path: Path) -> None:
    made = made_by(handfuls(tmp_path / "log", 2, {1: DIES, 2: RAISES}))
    assert letters(made) == [0, 3, 4, 5, 6, 7]
    assert made[0][1] == ((1, Problem("job.worker_died")), (2, Problem("job.error", error="letter 2")))


def test_a_letter_at_which_the_worker_hangs_costs_time_and_nothing_else(tmp_path: Path) -> None:
    made = made_by(handfuls(tmp_path / "log", 3, {5: HANGS}, size=2), patience=2.0)
    assert letters(made) == [0, 1, 2, 3, 4]
    assert made[2][1] == ((5, Problem("job.worker_hung")),)


def test_a_worker_that_dies_once_costs_no_letter(tmp_path: Path) -> None:
    made = made_by(handfuls(tmp_path / "log", 6, {7: DIES_ONCE, 14: DIES_ONCE}))
    assert letters(made) == list(range(24))
    assert not any(broken for _, broken in made)


def test_workers_killed_from_outside_cost_no_letter(tmp_path: Path) -> None:
    pools: list[LocalWorkers] = []

    def make() -> LocalWorkers:
        pools.append(LocalWorkers(2))
        return pools[-1]

    def kill_some() -> None:
        for _ in range(3):
            time.sleep(0.7)
            for process in list((pools[-1]._processes or {}).values())[:1]:
                os.kill(process.pid or 0, signal.SIGKILL)

    killer = threading.Thread(target=kill_some)
    killer.start()
    try:
        made = []
        with RestartingPool(make) as pool:
            for one in run_jobs(handfuls(tmp_path / "log", 60), HANDFULS, pool, in_flight=4):
                made.append(one)
                time.sleep(0.05)
    finally:
        killer.join()
    assert letters(sorted(made)) == list(range(240))
    assert len(pools) > 1


def test_the_workers_stay_from_one_kind_of_jobs_to_the_next_and_leave_at_the_end(tmp_path: Path) -> None:
    pools = []

    def make() -> LocalWorkers:
        pools.append(LocalWorkers(2))
        return pools[-1]

    with RestartingPool(make) as pool:
        for name in ("first", "second"):
            assert letters(sorted(run_jobs(handfuls(tmp_path / name, 6), HANDFULS, pool, in_flight=4))) == [*range(24)]
        processes = list((pools[0]._processes or {}).values())
        assert len(pools) == 1
        assert [process.is_alive() for process in processes] == [True, True]
    for process in processes:
        process.join(10)
    assert not any(process.is_alive() for process in processes)


def test_jobs_left_early_take_their_workers_with_them(tmp_path: Path) -> None:
    jobs = handfuls(tmp_path / "log", 6, dict.fromkeys(range(8, 24), HANGS))
    with RestartingPool(partial(LocalWorkers, 2)) as pool:
        some = run_in_groups(jobs, HANDFULS, pool, in_flight=6)
        next(some)
        some.close()
        assert letters(sorted(run_jobs(handfuls(tmp_path / "later", 3), HANDFULS, pool, in_flight=4))) == [*range(12)]


def test_what_a_person_can_correct_ends_the_run_at_once(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"ledger\.unknown_volume the pack"):
        made_by(handfuls(tmp_path / "log", 4, {2: MENDABLE}))


def test_when_everything_breaks_it_is_not_the_letters(tmp_path: Path) -> None:
    everything = dict.fromkeys(range(64), RAISES)
    with pytest.raises(MachineError, match=r"job\.cannot_be_made handful 0 .*letter 0"):
        made_by(handfuls(tmp_path / "log", 1, everything, size=64))
    assert len((tmp_path / "log").read_text().splitlines()) < 64


RUN_THAT_HANGS = """
import sys
from pathlib import Path
sys.path.insert(0, {tests!r})
from campaign_jobs import HANDFULS, HANGS, Handful
from plea.campaigns.running.engine import RestartingPool, run_jobs
from plea.campaigns.running.engine import LocalWorkers
if __name__ == "__main__":
    pool = LocalWorkers(2)
    jobs = [Handful((number,), {{3: HANGS, 4: HANGS}}, Path({log!r})) for number in range(6)]
    for _ in run_jobs(jobs, HANDFULS, RestartingPool(lambda: pool), in_flight=4):
        print(*pool._processes, flush=True)
"""


def test_workers_do_not_outlive_a_run_that_is_killed(tmp_path: Path) -> None:
    script = tmp_path / "hangs.py"
    script.write_text(RUN_THAT_HANGS.format(tests=str(Path(__file__).parent), log=str(tmp_path / "log")))
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout
        lines = [run.stdout.readline() for _ in range(3)]
        workers = [int(process) for process in lines[-1].split()]
        assert len(workers) == 2
        run.kill()
    ends = time.monotonic() + 10
    while time.monotonic() < ends and any(map(_lives, workers)):
        time.sleep(0.05)
    assert not [process for process in workers if _lives(process)]


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_workers_killed_while_they_send_their_result_leave_nobody_waiting(tmp_path: Path) -> None:
    executor = LocalWorkers(1)
    executor.submit(half_said, tmp_path / "begun")
    while not (tmp_path / "begun").exists():
        time.sleep(0.01)
    reader: Any = executor._executor_manager_thread  # the interpreter joins it at its end
    executor.kill()
    executor.shutdown(wait=False, cancel_futures=True)
    reader.join(20)
    assert not reader.is_alive()


def test_workers_killed_while_large_jobs_are_on_their_way_leave_nobody_waiting(tmp_path: Path) -> None:
    """In Pythons before 3.11.4 the rest of a job waited for a reader, and the program never came to its end."""
    executor = LocalWorkers(1)
    for _ in range(4):
        executor.submit(work, Handful(tuple(range(200_000)), {0: HANGS}, tmp_path / "log"))
    while not (tmp_path / "log").exists():
        time.sleep(0.01)
    manager: Any = executor._executor_manager_thread
    executor.kill()
    manager.join(20)
    assert not manager.is_alive()
