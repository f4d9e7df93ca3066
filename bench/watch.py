"""The command line run and watched: its seconds, those of its processes, the most memory each of them took."""

import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Watched:
    """A finished command: its seconds by the clock and of its processes, and the most memory of each, in MiB."""

    seconds: float
    spent: float = 0.0
    memory: dict[int, int] = field(default_factory=dict)

    @property
    def largest(self) -> int:
        """The most memory of any process, in MiB."""
        return max(self.memory.values())


def plea(*arguments: object) -> None:
    subprocess.run([sys.executable, "-m", "plea", *map(str, arguments)], check=True, stdout=subprocess.DEVNULL)


def watch(*arguments: object) -> Watched:
    """Run the command line and look at its memory, and its children's, five times a second."""
    start, spent = time.perf_counter(), _spent_by_children()
    command = [sys.executable, "-m", "plea", *map(str, arguments)]
    watched = Watched(0.0)
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        done = threading.Event()
        watcher = threading.Thread(target=_look, args=(process.pid, watched.memory, done))
        watcher.start()
        code = process.wait()
        watched.seconds, watched.spent = time.perf_counter() - start, _spent_by_children() - spent
        done.set()
        watcher.join()
    assert code in {0, 3}, code
    return watched


def _spent_by_children() -> float:
    """Seconds of all processes that were waited for, and of theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _look(process: int, memory: dict[int, int], done: threading.Event) -> None:
    while not done.wait(0.2):
        for one in (process, *_children(process)):
            memory[one] = max(memory.get(one, 0), _most_memory(one))


def _children(process: int) -> Iterator[int]:
    try:
        yield from map(int, Path(f"/proc/{process}/task/{process}/children").read_text("utf-8").split())
    except OSError:
        return


def _most_memory(process: int) -> int:
    """MiB."""
    try:
        lines = Path(f"/proc/{process}/status").read_text("utf-8").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")), 0)
