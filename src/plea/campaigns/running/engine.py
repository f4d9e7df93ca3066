"""Runs jobs on an executor that may break: bounded in flight, no job lost, none counted twice.

A worker that dies breaks a process pool for good, and with it every job in flight. Nobody can tell which of them did
it, so each is tried again alone. One that fails twice is halved, again and again, until the letter is found that breaks
whoever touches it; the job is then done without it.
"""

import os
import signal
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
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait as wait_for
from types import TracebackType
from typing import Generic, Self, TypeVar

from plea.errors import MachineError, PleaError

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


@dataclass(frozen=True, slots=True)
class TaskType(Generic[Job, Made]):
    """What the engine must know of its jobs.

    `work` is a module-level function. `halves` gives the parts of a job, none when it is a single letter. `without` is
    the job less such singles, each with what happened to it. `name` is what a person knows the job by.
    """

    work: Callable[[Job], Made]
    halves: Callable[[Job], tuple[Job, ...]]
    without: Callable[[Job, tuple[tuple[Job, str], ...]], Job]
    name: Callable[[Job], str]


class RestartingPool:
    """The workers of a run: an executor that is made when it is first needed, and anew after it broke.

    They stay from one kind of jobs to the next; leaving the context lets them go.
    """

    def __init__(self, make_executor: Callable[[], Executor]) -> None:
        self._make_executor = make_executor
        self._executor: Executor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.dismiss()

    def submit(self, work: Callable[[Job], Made], job: Job) -> Future[Made]:
        """Hand a job to whoever is free first. Raises BrokenExecutor when a worker died before."""
        if self._executor is None:
            self._executor = self._make_executor()
        return self._executor.submit(work, job)

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
    craft: TaskType[Job, Made],
    staff: RestartingPool,
    *,
    in_flight: int,
    patience: float = PATIENCE,
) -> Generator[Made, None, None]:
    """What each job gives, in the order they are finished: `run_in_groups` one by one."""
    with closing(run_in_groups(jobs, craft, staff, in_flight=in_flight, patience=patience)) as groups:
        for group in groups:
            yield from group


def run_in_groups(
    jobs: Iterable[Job],
    craft: TaskType[Job, Made],
    staff: RestartingPool,
    *,
    in_flight: int,
    patience: float = PATIENCE,
) -> Generator[list[Made], None, None]:
    """What the jobs give, all that is finished at a time; no more than `in_flight` jobs are taken before.

    Raises the PleaError of a job as it is, MachineError for a job that fails whatever is left out of it. When it is
    closed early, what is in flight is dropped.
    """
    crew = _Scheduler(craft, staff, patience)
    source = iter(jobs)
    try:
        while True:
            while crew.suspects and not crew.flying:
                yield [crew.alone(crew.suspects.pop())]
            crew.start(islice(source, in_flight - len(crew.flying)))
            if crew.flying:
                done = crew.finished()
                crew.start(islice(source, in_flight - len(crew.flying)))  # nobody waits while results are put away
                if done:
                    yield done
            elif not crew.suspects:
                return
    finally:
        if crew.flying:
            crew.drop()


class _Scheduler(Generic[Job, Made]):
    """The staff at one kind of jobs, and the jobs that are with them."""

    def __init__(self, craft: TaskType[Job, Made], staff: RestartingPool, patience: float) -> None:
        self._craft = craft
        self._staff = staff
        self._patience = patience
        self.flying: dict[Future[Made], Job] = {}
        self.suspects: list[Job] = []

    def start(self, jobs: Iterable[Job]) -> None:
        """Hand jobs to the workers, unless there are suspects, who want them for themselves."""
        if self.suspects:
            return
        for job in jobs:
            try:
                self.flying[self._staff.submit(self._craft.work, job)] = job
            except BrokenExecutor:
                self._break([job])
                return

    def finished(self) -> list[Made]:
        """What is finished now; waits for the first."""
        made: list[Made] = []
        done = wait(self.flying, self._patience, FIRST_COMPLETED).done
        broken = []
        for future in done:
            job = self.flying.pop(future)
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

    def alone(self, job: Job) -> Made:
        """What a job gives that is tried with nobody else at work, less the letters that break the workers."""
        what = ""
        for _ in range(SEARCHES):
            outcome = self._tried(job)
            if isinstance(outcome, _Success):
                return outcome.made
            what = outcome.what
            broken = tuple(islice(self._search(job), MANY))
            if len(broken) == MANY:
                break
            if broken:
                job = self._craft.without(job, broken)
        raise MachineError(
            f"{self._craft.name(job)}: cannot be made: {what}",
            "Run again with fewer workers (--workers 1); what is finished is kept.",
        )

    def drop(self) -> None:
        """Forget what is in flight, and whoever is at it."""
        self.flying.clear()
        self._staff.dismiss()  # which cancels; a process pool stumbles over futures that others cancelled

    def _search(self, job: Job) -> Iterator[tuple[Job, str]]:
        """The single letters of a job that fail by themselves, each with what happened."""
        for half in self._craft.halves(job):
            outcome = self._tried(half)
            if isinstance(outcome, _Failure):
                if self._craft.halves(half):
                    yield from self._search(half)
                else:
                    yield half, outcome.what

    def _tried(self, job: Job) -> "_Success[Made] | _Failure":
        """What a job gives, alone, at one of its tries."""
        what = ""
        for _ in range(TRIES):
            try:
                future = self._staff.submit(self._craft.work, job)
            except BrokenExecutor:
                self._break([])
                continue
            error = _error_of(future) if wait([future], self._patience).done else TimeoutError()
            if error is None:
                return _Success(future.result())
            if isinstance(error, _BROKEN):
                self._break([])
            what = _in_words(error)
        return _Failure(what)

    def _break(self, jobs: list[Job]) -> None:
        """The executor is of no use any more: what it had is suspect."""
        self.suspects += [*jobs, *self.flying.values()]
        self.drop()


def _error_of(future: Future[Made]) -> BaseException | None:
    """What a finished future failed of. Raises it when it is a PleaError, which another try would not mend."""
    error = CancelledError() if future.cancelled() else future.exception()
    if isinstance(error, PleaError):
        raise error
    return error


def _in_words(error: BaseException) -> str:
    """What happened to a job."""
    if isinstance(error, TimeoutError):
        return "the worker hung"
    return "the worker died" if isinstance(error, _BROKEN) else str(error) or type(error).__name__


@dataclass(frozen=True, slots=True)
class _Success(Generic[Made]):
    made: Made


@dataclass(frozen=True, slots=True)
class _Failure:
    what: str


FAREWELL = 5.0
"""Seconds in which the thread that looks after killed workers has surely seen that they are gone."""


def local_workers(count: int) -> Callable[[], Executor]:
    """A function that makes a pool of so many processes, as often as it is needed."""

    def make() -> Executor:
        return LocalWorkers(count)

    return make


class LocalWorkers(ProcessPoolExecutor):
    """A pool of fresh processes (not forked: typst and SQLite do not survive that), one thread of typst in each."""

    def __init__(self, count: int) -> None:
        super().__init__(count, mp_context=get_context("spawn"), initializer=begin)

    def kill(self) -> None:
        """End the processes, whatever they are doing.

        One that dies while it sends its result leaves half a message behind. The thread that reads it, which the
        interpreter waits for at its end, gets the rest only if nobody is left who might send it: this side included.
        """
        manager = self._executor_manager_thread
        for process in list((self._processes or {}).values()):
            process.kill()
        results = self._result_queue
        if results is not None:
            results._writer.close()  # type: ignore[attr-defined]  # noqa: SLF001 (there is no other way)
        self.shutdown(wait=False, cancel_futures=True)
        if manager is not None:
            # At its end the interpreter wakes that thread through a pipe, which it may just then be closing.
            manager.join(FAREWELL)  # type: ignore[attr-defined]


def begin() -> None:
    """What a worker does before its first job: one thread for typst, ^C left to the run, no life without it."""
    os.environ["RAYON_NUM_THREADS"] = "1"
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Wait for the run to end, and end: a worker whose run was killed would wait for jobs for ever."""
    parent = parent_process()
    assert parent
    wait_for([parent.sentinel])
    os._exit(1)
