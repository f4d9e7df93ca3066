"""Work that is not trusted with time or memory, done in a child process that has little of both."""

import json
import math
import os
import signal
import sys
from typing import Any, Literal

from plea import errors
from plea.errors import InputError

SECONDS = 3.0
MEBIBYTES = 512
TOO_MUCH = "A letter is a page of text; look for a loop or a number that is too large."


_STOPPED = {-getattr(signal, name) for name in ("SIGXCPU", "SIGKILL", "SIGPROF") if hasattr(signal, name)}
"""Exit codes of a child that the system stopped for its time."""


class TimeUp(BaseException):
    """Raised inside the child just before its time ends, so that the work can say where it was."""


class LimitExceeded(InputError):  # noqa: N818 (says what happened; the tree's own names end in Error)
    """The child used more time or memory than it was given."""

    def __init__(self, limit: Literal["time", "memory"], message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.limit = limit


def run_limited(target: str, argument: Any, *, seconds: float = SECONDS, mebibytes: int = MEBIBYTES) -> Any:
    """What `module:function` of the project gives for the argument, computed in a child process.

    The argument and the result are JSON; both travel through pipes, nothing is written to disk. `seconds` is processor
    time (the child cannot wait for anything); a machine that is busy gets twice that on the clock. Raises
    LimitExceeded, or the PleaError that the function raised.
    """
    import subprocess  # noqa: PLC0415 (letters of the built-in pack need no child and do not pay for it)

    order = {"target": target, "argument": argument, "seconds": seconds, "mebibytes": mebibytes}
    try:
        child = subprocess.run(
            [sys.executable, "-P", "-m", "plea.system.limited_child"],
            input=json.dumps(order).encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            timeout=seconds * 2,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _too_long(seconds) from error
    return _read(child.stdout, child.returncode, seconds, mebibytes)


def _environment() -> dict[str, str]:
    """Enough to find the project and its libraries, and nothing of the user's."""
    return {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PATH": os.defpath, "PYTHONUTF8": "1"}


def _read(answer: bytes, code: int, seconds: float, mebibytes: int) -> Any:
    if code in _STOPPED:
        raise _too_long(seconds)
    try:
        result = json.loads(answer)
    except ValueError as error:
        # A child without memory cannot always say so; nothing else ends it without an answer.
        raise _too_much(mebibytes) from error
    if "value" in result:
        return result["value"]
    if result["error"] == "memory":
        raise _too_much(mebibytes)
    if result["error"] == "time":
        raise _too_long(seconds)
    if result["error"] == "limit":
        raise LimitExceeded(result["limit"], result["message"], result["hint"])
    raise getattr(errors, result["error"])(result["message"], result["hint"])


def _too_long(seconds: float) -> LimitExceeded:
    return LimitExceeded("time", f"took more than {math.ceil(seconds)} seconds", TOO_MUCH)


def _too_much(mebibytes: int) -> LimitExceeded:
    return LimitExceeded("memory", f"took more than {mebibytes} MiB of memory", TOO_MUCH)
