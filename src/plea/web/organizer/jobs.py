"""Work that goes on while pages come and go: a check, a run. It belongs to a campaign, not to a browser."""

import logging
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from plea.campaigns.checking.check import Checked, checked
from plea.campaigns.checking.dry_run import DryRun
from plea.campaigns.opening import open_campaign
from plea.campaigns.planning.signers import Signers
from plea.campaigns.running.run import Progress
from plea.campaigns.settings.settings import load_settings
from plea.errors import MachineError, PleaError
from plea.system.folders import directory_file
from plea.web.app_state import AppState

if TYPE_CHECKING:
    from plea.web.organizer.view_context import Shelf


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
    state: AppState, work: "Work[Result]", task: "Callable[[Work[Result]], Result]", *, waited_for: bool = True
) -> None:
    """Start the work in a thread of its own. The page does not close under it, and closing tells it to stop.

    Work that is not `waited_for` leaves nothing behind and ends with the page, wherever it is.
    """

    def go() -> None:
        with state.background_work() if waited_for else nullcontext():
            try:
                work.result = task(work)
            except PleaError as error:
                work.error = error
            except OSError as error:
                work.error = MachineError.from_system(error)
            except Halted:
                pass
            finally:
                if work.result is None and work.error is None and not stopping(state, work)():
                    work.error = MachineError(*UNEXPECTED)
                work.ended.set()

    threading.excepthook = quietly
    threading.Thread(target=go, name="plea work", daemon=not waited_for).start()


def stopping(state: AppState, work: "Work[Result]") -> Callable[[], bool]:
    """A function that tells whether the work shall stop: its own button, or the page that closes."""
    return lambda: work.stop.is_set() or state.closing.is_set()


def quietly(arguments: threading.ExceptHookArgs) -> None:
    """What is logged of an error that should not happen in a thread: its kind and where it rose, and no value of it."""
    frames = traceback.extract_tb(arguments.exc_traceback)
    where = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames[-6:]))
    log.error("%s at %s", arguments.exc_type.__name__, where)


KEPT = 3
"""Checks kept at a time; each holds a file on the disk, as large as its table."""


@dataclass(eq=False)
class Looked:
    """A check that is made. The trial is read by one page at a time."""

    found: Checked
    trial: DryRun
    _turn: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def reading(self) -> Iterator[DryRun]:
        """The trial, for one page."""
        with self._turn:
            yield self.trial

    def forget(self) -> None:
        """Close the trial, once nobody reads it."""
        with self._turn:
            self.trial.close()


def check_of(state: "AppState", shelf: "Shelf", folder: Path, *, again: bool = False) -> Work[Looked]:
    """The check of a campaign as its folder now stands: the one at hand, or one that is begun now.

    Raises InputError when the settings do not hold.
    """
    today = state.today()
    mark = _mark(folder, today)
    with shelf.turn:
        work = shelf.checks.get(folder)
        if work and work.mark == mark and not again:
            return work
        shelf.forget_check(folder)
        while len(shelf.checks) >= KEPT:
            shelf.forget_check(next(iter(shelf.checks)))
        work = shelf.checks[folder] = Work(mark)
        halt = stopping(state, work)

        def task(own: Work[Looked]) -> Looked:
            def progress(rows: int) -> None:
                own.rows_read(rows)
                if halt():
                    raise Halted

            trial = DryRun(open_campaign(folder, today), progress)
            try:
                return Looked(checked(trial), trial)
            except BaseException:
                trial.close()
                raise

        begin(state, work, task, waited_for=False)
        return work


def _mark(folder: Path, today: date) -> object:
    """What tells that something a check depends on has changed: names, sizes and times of its files."""
    settings = load_settings(folder)
    pack = sorted(path for path in settings.pack.rglob("*") if path.is_file()) if settings.pack else []
    files = [directory_file(), settings.supporters, *Signers.other_files(settings), *pack]
    return (today, settings, tuple(_state(path) for path in files))


def _state(path: Path) -> tuple[str, int, int]:
    try:
        state = path.stat()
    except OSError:
        return (str(path), -1, 0)
    return (str(path), state.st_size, state.st_mtime_ns)
