"""A cluster on loopback: a scheduler and workers, processes of their own."""

import os
import socket
import subprocess
import sys
import time
from contextlib import ExitStack
from pathlib import Path


class Cluster:
    """A scheduler and its workers, processes of their own that end with the stack."""

    def __init__(self, stack: ExitStack, folder: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self._stack = stack
        self.folder = folder
        self.address = f"tcp://127.0.0.1:{port}"
        self._start("scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")

    def worker(self, **environment: str) -> subprocess.Popen[bytes]:
        return self._start("worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard", **environment)

    def _start(self, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
        log = self._stack.enter_context((self.folder / f"{arguments[0]}-{time.monotonic_ns()}.log").open("wb"))
        process = self._stack.enter_context(
            subprocess.Popen(
                [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]],
                cwd=self.folder,
                env={**os.environ, **environment},
                stdout=log,
                stderr=log,
            )
        )
        self._stack.callback(process.kill)
        return process
