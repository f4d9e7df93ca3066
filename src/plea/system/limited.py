"""Work that is not trusted with time or memory, done in a child process that has little of both and writes no file.

The child (`plea.system.limited_child`) reads one order from stdin, as JSON, and writes one JSON object a line to
stdout: `{"value": ...}` for each result, then `{"end": true}`, or `{"error": KIND, "problems": [...]}`.
"""

import json
import math
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from threading import Timer
from typing import Any

from plea.errors import InputError, MachineError, PleaError, UsageError
from plea.problems import unpacked

SECONDS = 3.0
MEBIBYTES = 512

_STOPPED = {-getattr(signal, name) for name in ("SIGXCPU", "SIGKILL", "SIGPROF") if hasattr(signal, name)}
"""Exit codes of a child that was stopped for its time."""


class TimeUp(BaseException):
    """Raised inside the child just before its time ends, so that the work can say where it was."""


class LimitExceeded(InputError):  # noqa: N818 (says what happened; the other names in the code end in Error)
    """The child used more time (`limit.time`) or memory (`limit.memory`) than it was given."""


KINDS = {kind.__name__: kind for kind in (LimitExceeded, InputError, UsageError, MachineError)}
"""The errors that a child can hand up, the special ones first."""


def out_of_time(seconds: float) -> LimitExceeded:
    """The error of a child that used all its time."""
    return LimitExceeded("limit.time", count=math.ceil(seconds))


def out_of_memory(mebibytes: int) -> LimitExceeded:
    """The error of a child that used all its memory."""
    return LimitExceeded("limit.memory", mebibytes=mebibytes)


def run_limited(target: str, argument: Any, *, seconds: float = SECONDS, mebibytes: int = MEBIBYTES) -> Any:
    """What `module:function` of the project gives for the argument, computed in a child process.

    Argument and result are JSON-able. `seconds` is processor time; by the clock the child has twice that, since the
    machine may be busy. Raises LimitExceeded, or the PleaError that the function raised.
    """
    (value,) = _values(target, argument, seconds, mebibytes, stream=False)
    return value


def stream_limited(target: str, argument: Any, *, seconds: float, mebibytes: int) -> Iterator[Any]:
    """What the generator `module:function` yields, one by one: for results too large to hold. Else as `run_limited`.

    While nobody reads, the child waits at its pipe and uses no processor time, so nothing is limited by the clock.
    Closing the iterator ends the child.
    """
    return _values(target, argument, seconds, mebibytes, stream=True)


def _values(target: str, argument: Any, seconds: float, mebibytes: int, *, stream: bool) -> Iterator[Any]:
    import subprocess  # noqa: PLC0415 (letters of the built-in pack need no child and do not pay for it)

    order = {"target": target, "argument": argument, "seconds": seconds, "mebibytes": mebibytes, "stream": stream}
    # Enough to find the project and its libraries, and nothing of the user's.
    environment = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PATH": os.defpath, "PYTHONUTF8": "1"}
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "plea.system.limited_child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    ) as child:
        assert child.stdin
        assert child.stdout
        clock = Timer(seconds * 2, child.kill)
        if not stream:
            clock.start()
        try:
            with suppress(BrokenPipeError), child.stdin as pipe:  # a child that cannot even start reads nothing
                pipe.write(json.dumps(order).encode())
            for line in child.stdout:
                if not line.endswith(b"\n"):
                    break  # stopped while it wrote
                answer = json.loads(line)
                if "error" in answer:
                    raise _error(answer)
                if "end" in answer:
                    return
                yield answer["value"]
            # Without memory a child cannot always say so, and nothing else ends it without a last line.
            raise out_of_time(seconds) if child.wait() in _STOPPED else out_of_memory(mebibytes)
        finally:
            clock.cancel()
            child.kill()


def _error(answer: dict[str, Any]) -> PleaError:
    return KINDS[answer["error"]]([unpacked(problem) for problem in answer["problems"]])
