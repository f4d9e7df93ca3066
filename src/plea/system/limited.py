"""Work that is not trusted with time or memory, done in a child process that has little of both and writes no file.

The child reads one order from stdin, as JSON, and writes one JSON object a line to stdout: `{"value": ...}` for each
result, then `{"end": true}`, or `{"error": KIND, "problems": [...]}`.
"""

import json
import math
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from threading import Timer
from typing import Any, NoReturn

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
        [sys.executable, "-P", "-c", "from plea.system.limited import obey; obey()"],
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
                    raise KINDS[answer["error"]]([unpacked(problem) for problem in answer["problems"]])
                if "end" in answer:
                    return
                yield answer["value"]
            # Without memory a child cannot always say so, and nothing else ends it without a last line.
            raise out_of_time(seconds) if child.wait() in _STOPPED else out_of_memory(mebibytes)
        finally:
            clock.cancel()
            child.kill()


# --- in the child -----------------------------------------------------------------------------------------


def obey() -> None:
    """Read the order before the limits are set, do it within them, and write its results as they come."""
    order = json.load(sys.stdin)
    module, _, function = order["target"].partition(":")
    last: dict[str, Any] = {"end": True}
    try:
        work = getattr(import_module(module), function)
        _limit(order["seconds"], order["mebibytes"])
        result = work(order["argument"])
        for value in result if order["stream"] else [result]:
            sys.stdout.write(json.dumps({"value": value}) + "\n")
    except TimeUp:
        last = _failed(out_of_time(order["seconds"]))
    except MemoryError:
        last = _failed(out_of_memory(order["mebibytes"]))
    except PleaError as error:
        last = _failed(error)
    finally:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_PROF, 0)
    sys.stdout.write(json.dumps(last) + "\n")


def _failed(error: PleaError) -> dict[str, Any]:
    kind = next(name for name, kind in KINDS.items() if isinstance(error, kind))
    return {"error": kind, "problems": [problem.packed() for problem in error.problems]}


def _limit(seconds: float, mebibytes: int) -> None:
    """Hold this process to so much processor time and address space, and to writing no file at all."""
    try:
        import resource  # noqa: PLC0415 (not there on Windows, where the parent's clock is the only limit)
    except ImportError:
        return
    for kind, amount in (
        (resource.RLIMIT_AS, mebibytes * 1024 * 1024),
        (resource.RLIMIT_CPU, math.ceil(seconds)),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):  # macOS has RLIMIT_AS and refuses to set it
            resource.setrlimit(kind, (amount, amount))

    def say_time_is_up(_signal: int, _frame: Any) -> NoReturn:
        raise TimeUp

    signal.signal(signal.SIGPROF, say_time_is_up)
    # half a second is kept back for saying where the time went
    signal.setitimer(signal.ITIMER_PROF, max(seconds - 0.5, seconds / 2))
