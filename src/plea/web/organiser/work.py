"""Work that goes on while pages come and go: a check, a run. It belongs to a campaign, not to a browser."""

import logging
import threading
import traceback
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Generic, TypeVar

from plea.campaigns.run import Progress
from plea.errors import MachineError, PleaError, of_the_system
from plea.web.door import Door

Result = TypeVar("Result")
UNEXPECTED = "Something went wrong in the program", "What is printed at the terminal says where it was."

log = logging.getLogger("plea.web")


class Halted(BaseException):
    """Raised within work that was told to stop where it can only stop by falling."""


@dataclass(eq=False)
class Work(Generic[Result]):
    """One piece of work, its progress as it goes, and in the end its result or what went wrong.

    `mark` says what it was begun for; `rows` are those read so far, `letters` how far the making is.
    """

    mark: object = None
    rows: int = 0
    letters: Progress | None = None
    result: Result | None = None
    error: PleaError | None = None
    stop: threading.Event = field(default_factory=threading.Event)
    ended: threading.Event = field(default_factory=threading.Event)

    def rows_read(self, rows: int) -> None:
        """For a room's callback; also where a check falls when it is told to stop."""
        self.rows = rows

    def letters_made(self, now: Progress) -> None:
        """For a room's callback."""
        self.letters = now


def begin(
    door: Door, work: "Work[Result]", task: "Callable[[Work[Result]], Result]", *, waited_for: bool = True
) -> None:
    """Start the work in a thread of its own. The page does not close under it, and closing tells it to stop.

    Work that is not `waited_for` leaves nothing behind and ends with the page, wherever it is.
    """

    def go() -> None:
        with door.company() if waited_for else nullcontext():
            try:
                work.result = task(work)
            except PleaError as error:
                work.error = error
            except OSError as error:
                work.error = of_the_system(error)
            except Halted:
                pass
            finally:
                if work.result is None and work.error is None and not stopping(door, work)():
                    work.error = MachineError(*UNEXPECTED)
                work.ended.set()

    threading.excepthook = quietly
    threading.Thread(target=go, name="plea work", daemon=not waited_for).start()


def stopping(door: Door, work: "Work[Result]") -> Callable[[], bool]:
    """A function that tells whether the work shall stop: its own button, or the page that closes."""
    return lambda: work.stop.is_set() or door.closing.is_set()


def quietly(arguments: threading.ExceptHookArgs) -> None:
    """What is logged of an error that should not happen in a thread: its kind and where it rose, and no value of it."""
    frames = traceback.extract_tb(arguments.exc_traceback)
    where = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames[-6:]))
    log.error("%s at %s", arguments.exc_type.__name__, where)
