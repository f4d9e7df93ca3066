"""Runs jobs on an executor that may break: bounded in flight, no job lost, none counted twice.

A worker that dies breaks a process pool for good, and with it every job in flight. Nobody can tell which of them did
it, so each is tried again alone. One that fails twice is halved, again and again, until the letter is found that breaks
every worker that tries it; the job is then done without it.
"""

import os
import signal
import sys
import threading
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait as wait_for
from typing import Generic, TypeVar

from plea.errors import MachineError, PleaError
from plea.problems import Problem

Job = TypeVar("Job")
Made = TypeVar("Made")

TRIES = 2
"""How often a job may fail before it is halved, and a single letter before it is given up."""
SEARCHES = 3
"""How often a job is halved without finding anything, or is broken by what was left: then it is not the letters."""
MANY = 8
"""Letters of one job that break workers; with so many it is the machine."""
PATIENCE = 300.0
"""Seconds without any result after which the workers are taken to hang. Workers limit their own time well below it."""
_BROKEN = (BrokenExecutor, CancelledError, TimeoutError)


class UnmakeableError(RuntimeError):
    """Something in a job that cannot be made, as a Problem; which letter it is must be found by trying."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


@dataclass(frozen=True, slots=True)
class TaskType(Generic[Job, Made]):
    """What the engine must know of its jobs.

    `work` is a module-level function. `halves` gives the parts of a job, none when it is a single letter. `without` is
    the job less such singles, each with what happened to it. `name` is what a person knows the job by.
    """

    work: Callable[[Job], Made]
    halves: Callable[[Job], tuple[Job, ...]]
    without: Callable[[Job, tuple[tuple[Job, Problem], ...]], Job]
    name: Callable[[Job], str]


class RestartingPool(AbstractContextManager["RestartingPool"]):
    """The workers of a run: an executor that is made when it is first needed, and anew after it broke.

    They stay from one kind of jobs to the next; leaving the context lets them go.
    """

    def __init__(self, make_executor: Callable[[], Executor]) -> None:
        self._make_executor = make_executor
        self._executor: Executor | None = None

    def __exit__(self, *_: object) -> None:
        self.dismiss()

    def submit(self, work: Callable[[Job], Made], job: Job) -> Future[Made]:
        """Give a job to whichever worker is free first. Raises BrokenExecutor when a worker died before."""
        if self._executor is None:
            self._executor = self._make_executor()
        try:
            return self._executor.submit(work, job)
        except OSError as error:
            if error.errno is None:  # a worker died while this was starting another: "handle is closed"
                raise BrokenExecutor from error
            raise

    def dismiss(self) -> None:
        """Let the workers go, whatever they are doing."""
        executor, self._executor = self._executor, None
        if executor:
            kill = getattr(executor, "kill", None)
            if kill:
                kill()
            executor.shutdown(wait=False, cancel_futures=True)


def run_jobs(
    jobs: Iterable[Job],
    task: TaskType[Job, Made],
    pool: RestartingPool,
    *,
    in_flight: int,
    patience: float = PATIENCE,
) -> Generator[Made, None, None]:
    """What each job gives, in the order they are finished: `run_in_groups` one by one."""
    with closing(run_in_groups(jobs, task, pool, in_flight=in_flight, patience=patience)) as groups:
        for group in groups:
            yield from group


def run_in_groups(
    jobs: Iterable[Job],
    task: TaskType[Job, Made],
    pool: RestartingPool,
    *,
    in_flight: int,
    patience: float = PATIENCE,
) -> Generator[list[Made], None, None]:
    """What the jobs give, all that is finished at a time; no more than `in_flight` jobs are taken before.

    Raises the PleaError of a job as it is, MachineError for a job that fails whatever is left out of it. When it is
    closed early, what is in flight is dropped.
    """
    scheduler = _Scheduler(task, pool, patience)
    source = iter(jobs)
    try:
        while True:
            while scheduler.suspects and not scheduler.in_flight:
                yield [scheduler.make_alone(scheduler.suspects.pop())]
            scheduler.start(islice(source, in_flight - len(scheduler.in_flight)))
            if scheduler.in_flight:
                finished = scheduler.finished()
                # So that no worker waits while the results are written.
                scheduler.start(islice(source, in_flight - len(scheduler.in_flight)))
                if finished:
                    yield finished
            elif not scheduler.suspects:
                return
    finally:
        if scheduler.in_flight:
            scheduler.drop()


class _Scheduler(Generic[Job, Made]):
    """The jobs of one kind that are with the workers, and those that may have broken them."""

    def __init__(self, task: TaskType[Job, Made], pool: RestartingPool, patience: float) -> None:
        self._task = task
        self._pool = pool
        self._patience = patience
        self.in_flight: dict[Future[Made], Job] = {}
        self.suspects: list[Job] = []

    def start(self, jobs: Iterable[Job]) -> None:
        """Give jobs to the workers, unless there are suspects, which need the workers for themselves."""
        if self.suspects:
            return
        for job in jobs:
            try:
                self.in_flight[self._pool.submit(self._task.work, job)] = job
            except BrokenExecutor:
                self._break([job])
                return

    def finished(self) -> list[Made]:
        """What is finished now; waits for the first."""
        made: list[Made] = []
        done = wait(self.in_flight, self._patience, FIRST_COMPLETED).done
        broken = []
        for future in done:
            job = self.in_flight.pop(future)
            error = _error_of(future)
            if error is None:
                made.append(future.result())
            elif isinstance(error, _BROKEN):
                broken.append(job)
            else:
                self.suspects.append(job)
        if broken or not done:
            self._break(broken)
        return made

    def make_alone(self, job: Job) -> Made:
        """What a job gives that is tried with nothing else at work, less the letters that break the workers."""
        reason: Problem | None = None
        for _ in range(SEARCHES):
            made = self._tried(job)
            if not isinstance(made, Problem):
                return made
            reason = made
            broken = tuple(islice(self._search(job), MANY))
            if len(broken) == MANY:
                break
            if broken:
                job = self._task.without(job, broken)
        raise MachineError("job.cannot_be_made", self._task.name(job), reason=reason)

    def drop(self) -> None:
        """Forget what is in flight, and let the workers go."""
        self.in_flight.clear()
        self._pool.dismiss()  # which cancels; a process pool fails on futures that others cancelled

    def _search(self, job: Job) -> Iterator[tuple[Job, Problem]]:
        """The single letters of a job that fail by themselves, each with what happened."""
        for half in self._task.halves(job):
            made = self._tried(half)
            if isinstance(made, Problem):
                if self._task.halves(half):
                    yield from self._search(half)
                else:
                    yield half, made

    def _tried(self, job: Job) -> Made | Problem:
        """What a job gives, alone, at one of its tries; why the last one failed when none succeeds."""
        reason = Problem("job.worker_died")
        for _ in range(TRIES):
            try:
                future = self._pool.submit(self._task.work, job)
            except BrokenExecutor:
                self._break([])
                continue
            error = _error_of(future) if wait([future], self._patience).done else TimeoutError()
            if error is None:
                return future.result()
            if isinstance(error, TimeoutError):
                reason = Problem("job.worker_hung")
            elif isinstance(error, _BROKEN):
                reason = Problem("job.worker_died")
            elif isinstance(error, UnmakeableError):
                reason = error.problem
            else:
                reason = Problem("job.error", error=str(error) or type(error).__name__)
            if isinstance(error, _BROKEN):
                self._break([])
        return reason

    def _break(self, jobs: list[Job]) -> None:
        """The executor cannot be used any more: what it had is suspect."""
        self.suspects += [*jobs, *self.in_flight.values()]
        self.drop()


def _error_of(future: Future[Made]) -> BaseException | None:
    """Why a finished future failed. Raises it when it is a PleaError, which another try would not fix."""
    error = CancelledError() if future.cancelled() else future.exception()
    if isinstance(error, PleaError):
        raise error
    return error


JOIN_SECONDS = 5.0
"""Seconds in which the thread that looks after killed workers has surely seen that they are gone."""


class LocalWorkers(ProcessPoolExecutor):
    """A pool of fresh processes (not forked: typst and SQLite do not survive that), one thread of typst in each."""

    def __init__(self, count: int) -> None:
        super().__init__(count, mp_context=get_context("spawn"), initializer=start_worker)

    def kill(self) -> None:
        """End the processes, whatever they are doing.

        One that dies while it sends its result leaves half a message behind. The thread that reads it, which the
        interpreter waits for at its end, gets the rest only if nobody is left who might send it: this side included.
        In the same way the thread that writes a large job waits as long as somebody might read it.
        """
        manager = self._executor_manager_thread
        for process in list((self._processes or {}).values()):
            process.kill()
        results = self._result_queue
        if results is not None:
            results._writer.close()  # type: ignore[attr-defined]  # noqa: SLF001 (there is no other way)
        if sys.version_info < (3, 11, 4):  # later ones do it themselves (CPython issue 94777)
            self._call_queue._reader.close()  # type: ignore[attr-defined]  # noqa: SLF001 (as above)
        self.shutdown(wait=False, cancel_futures=True)
        if manager is not None:
            # At its end the interpreter wakes that thread through a pipe, which it may just then be closing.
            manager.join(JOIN_SECONDS)  # type: ignore[attr-defined]


def start_worker() -> None:
    """What a worker does before its first job: one thread for typst, ^C left to the run, an end when the run ends."""
    os.environ["RAYON_NUM_THREADS"] = "1"
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Wait for the run to end, and end: a worker whose run was killed would wait for jobs for ever."""
    parent = parent_process()
    assert parent
    wait_for([parent.sentinel])
    os._exit(1)
