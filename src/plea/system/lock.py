"""A lock on a file: one process holds it until it releases it or ends; others can see which one, and since when."""

import os
import socket
import time
from datetime import datetime
from pathlib import Path
from typing import IO

from plea.errors import InputError, MachineError
from plea.problems import Problem

RETRY_AFTER = 0.05
"""Seconds until a second try: another process that only asks who holds the lock has it for a moment."""


class LockedError(InputError):
    """Another process holds the lock; the problem says which, and since when."""


class FileLock:
    """A lock that the system gives up when the process ends, however it ends. The file (0600) is never deleted.

    POSIX only: `fcntl` is imported where it is used, so that the module can be imported on Windows.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: IO[str] | None = None

    def take(self) -> None:
        """Take the lock. Raises LockedError when another process has it, MachineError for a file that is not usable."""
        import fcntl  # noqa: PLC0415 (POSIX)
        import json  # noqa: PLC0415 (help needs none)

        try:
            handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        except OSError as error:
            raise MachineError("lock.not_usable", str(self.path), reason=error.strerror) from error
        file = os.fdopen(handle, "r+", encoding="utf-8")
        try:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(RETRY_AFTER)
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            with file:
                raise LockedError(self._held_by(file.read())) from error
        file.truncate()
        json.dump({"process": os.getpid(), "machine": socket.gethostname()}, file)
        file.flush()
        self._file = file

    def holder(self) -> Problem | None:
        """Who has the lock and since when, as the problem that `take` would raise; None when nobody has it."""
        import fcntl  # noqa: PLC0415 (POSIX)

        try:
            with self.path.open(encoding="utf-8") as file:
                try:
                    fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
                except BlockingIOError:
                    return self._held_by(file.read())
        except OSError:
            pass  # nobody ever took it, or it is not ours to see
        return None

    def release(self) -> None:
        """Let go of the lock. The file stays: if it were deleted, two processes could hold a lock of this name."""
        if self._file:
            self._file.close()
            self._file = None

    def _held_by(self, content: str) -> Problem:
        import json  # noqa: PLC0415 (as above)

        # The file is written when the lock is taken, and at no other time.
        since = datetime.fromtimestamp(self.path.stat().st_mtime).astimezone()
        values = {"day": since.date(), "time": f"{since:%H:%M}"}
        try:
            holder = json.loads(content)
            values |= {"process": str(holder["process"]), "machine": str(holder["machine"])}
        except (ValueError, KeyError, TypeError):
            return Problem("lock.held_by_another_process", str(self.path.parent), **values)
        return Problem("lock.held", str(self.path.parent), **values)
