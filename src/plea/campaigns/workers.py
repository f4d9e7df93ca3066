"""Worker processes of this machine. They outlive neither the run nor its death."""

import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait

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
    wait([parent.sentinel])
    os._exit(1)
