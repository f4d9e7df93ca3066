"""The child of `plea.system.limited`: sets its own limits, does the one order it is given, answers, ends."""

import json
import math
import signal
import sys
from importlib import import_module
from typing import Any, NoReturn

from plea.errors import InputError, PleaError, UsageError
from plea.system.limited import LimitExceeded, TimeUp

_LAST_WORDS = 0.5
"""Seconds kept back for saying where the time went."""


def answer(order: dict[str, Any]) -> dict[str, Any]:
    """The value of the order, or what went wrong, as JSON-able values."""
    module, _, function = order["target"].partition(":")
    try:
        work = getattr(import_module(module), function)
        limit(order["seconds"], order["mebibytes"])
        return {"value": work(order["argument"])}
    except TimeUp:
        return {"error": "time"}
    except MemoryError:
        return {"error": "memory"}
    except LimitExceeded as error:
        return {"error": "limit", "limit": error.limit, "message": error.message, "hint": error.hint}
    except PleaError as error:
        kind = UsageError if isinstance(error, UsageError) else InputError
        return {"error": kind.__name__, "message": error.message, "hint": error.hint}
    finally:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_PROF, 0)


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
    signal.setitimer(signal.ITIMER_PROF, max(seconds - _LAST_WORDS, seconds / 2))


def _say_time_is_up(_signal: int, _frame: Any) -> NoReturn:
    raise TimeUp


if __name__ == "__main__":
    # The order is read before the limits are set; the answer is printed after the work's memory is gone.
    json.dump(answer(json.load(sys.stdin)), sys.stdout)
