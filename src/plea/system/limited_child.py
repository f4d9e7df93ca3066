"""The child process of `plea.system.limited`: limits itself, does the one order it is given, answers, ends."""

import json
import math
import signal
import sys
from importlib import import_module
from typing import Any, NoReturn

from plea.errors import PleaError
from plea.system.limited import KINDS, TimeUp, out_of_memory, out_of_time

RESERVE = 0.5
"""Seconds kept back for saying where the time went."""


def main() -> None:
    """Read the order before the limits are set, do it within them, and write its results as they come."""
    order = json.load(sys.stdin)
    module, _, function = order["target"].partition(":")
    try:
        work = getattr(import_module(module), function)
        limit(order["seconds"], order["mebibytes"])
        result = work(order["argument"])
        for value in result if order["stream"] else [result]:
            sys.stdout.write(json.dumps({"value": value}) + "\n")
        last: dict[str, Any] = {"end": True}
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


def limit(seconds: float, mebibytes: int) -> None:
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
        try:
            resource.setrlimit(kind, (amount, amount))
        except (ValueError, OSError):
            continue  # macOS knows RLIMIT_AS and refuses to set it
    signal.signal(signal.SIGPROF, _say_time_is_up)
    signal.setitimer(signal.ITIMER_PROF, max(seconds - RESERVE, seconds / 2))


def _say_time_is_up(_signal: int, _frame: Any) -> NoReturn:
    raise TimeUp


if __name__ == "__main__":
    main()
