"""Work that is not trusted, done in a limited child that hands its results up one by one, as JSON lines.

Like `plea.system.limited`, for work whose result is too large to hold. The child is held back by its pipe while
nobody reads, so its limit is processor time, which waiting does not use.
"""

import json
import math
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from importlib import import_module
from typing import Any

from plea import errors
from plea.errors import PleaError
from plea.system.limited import _STOPPED, LimitExceeded, TimeUp, _environment
from plea.system.limited_child import limit

Work = Callable[[Any], Iterator[Any]]


def stream_limited(target: str, argument: Any, *, seconds: float, mebibytes: int) -> Iterator[Any]:
    """What the generator `module:function` yields for the argument, while it is asked for; each is JSON-able.

    Raises LimitExceeded, or the PleaError that the generator raised. A child that is no longer asked is ended.
    """
    order = {"target": target, "argument": argument, "seconds": seconds, "mebibytes": mebibytes}
    with subprocess.Popen(
        [sys.executable, "-P", "-m", "plea.system.limited_stream"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
    ) as child:
        assert child.stdin
        assert child.stdout
        try:
            with suppress(BrokenPipeError):  # a child that cannot even start has nothing to say
                child.stdin.write(json.dumps(order).encode())
                child.stdin.close()
            for line in child.stdout:
                result = json.loads(line)
                if "value" not in result:
                    raise _failure(result, seconds, mebibytes)
                if result["value"] is None:
                    return
                yield result["value"]
        finally:
            child.kill()
        raise _failure({"error": "time" if child.wait() in _STOPPED else "memory"}, seconds, mebibytes)


def _failure(result: dict[str, Any], seconds: float, mebibytes: int) -> PleaError:
    match result["error"]:
        case "time":
            return LimitExceeded("time", f"took more than {math.ceil(seconds)} seconds to read")
        case "memory":
            return LimitExceeded("memory", f"took more than {mebibytes} MiB of memory to read")
    kind: type[PleaError] = getattr(errors, result["error"])
    return kind(result["message"], result["hint"])


def _answer(order: dict[str, Any]) -> None:
    """The child's part: one line for each value, a null at the end."""
    module, _, function = order["target"].partition(":")
    try:
        work: Work = getattr(import_module(module), function)
        limit(order["seconds"], order["mebibytes"])
        for value in work(order["argument"]):
            sys.stdout.write(json.dumps({"value": value}) + "\n")
        last: dict[str, Any] = {"value": None}
    except TimeUp:
        last = {"error": "time"}
    except MemoryError:
        last = {"error": "memory"}
    except PleaError as error:
        last = {"error": type(error).__name__, "message": error.message, "hint": error.hint}
    sys.stdout.write(json.dumps(last) + "\n")


if __name__ == "__main__":
    _answer(json.load(sys.stdin))
