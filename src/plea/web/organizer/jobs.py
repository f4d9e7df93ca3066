"""Jobs that go on while pages come and go: checks and runs. They belong to a campaign, not to a browser."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Generic, TypeVar

from plea.campaigns.checking.check import Checked, DryRun, checked
from plea.campaigns.ledger.ledger import open_campaign
from plea.campaigns.planning.signers import files_about_rows
from plea.campaigns.running.run import Progress, RunResult, open_run, processes
from plea.campaigns.settings import load_settings
from plea.errors import MachineError, PleaError
from plea.language import gettext as _
from plea.language import ngettext
from plea.system.folders import directory_file
from plea.web.app_state import AppState, app_state, raised_at

Result = TypeVar("Result")
THREAD_NAME = "plea job"
MINUTE = 60
MOST_CHECKS = 3
"""Kept at a time; each has a file on the disk, as large as its table."""

log = logging.getLogger("plea.web")


class Stopped(BaseException):
    """Raised by a job that was told to stop and has no other way out."""


class Job(Generic[Result]):
    """One job, how far it is, and in the end its result or what went wrong; neither when it was stopped.

    `inputs` is what a check depends on, `rows` the rows read so far, `letters` how far a run is.
    """

    def __init__(self, state: AppState, inputs: object = None) -> None:
        self.inputs = inputs
        self.rows = 0
        self.letters: Progress | None = None
        self.result: Result | None = None
        self.error: PleaError | None = None
        self.stop = threading.Event()
        self.ended = threading.Event()
        self._app_state = state

    def start(self, task: "Callable[[Job[Result]], Result]", *, waited_for: bool = True) -> None:
        """Do the task in a thread of its own. The program waits for it before it closes, and tells it to stop.

        A task that is not `waited_for` leaves nothing behind and ends with the program, however far it is.
        """

        def work() -> None:
            with self._app_state.background_work() if waited_for else nullcontext():
                try:
                    self.result = task(self)
                except PleaError as error:
                    self.error = error
                except OSError as error:
                    self.error = MachineError.from_system(error)
                except Stopped:
                    pass
                finally:
                    if self.result is None and self.error is None and not self.must_stop():
                        self.error = MachineError("web.job_failed")  # the error itself goes to `log_failure`
                    self.ended.set()

        threading.excepthook = log_failure
        threading.Thread(target=work, name=THREAD_NAME, daemon=not waited_for).start()

    def must_stop(self) -> bool:
        """Whether the job shall stop: somebody stopped it, or the program closes."""
        return self.stop.is_set() or self._app_state.closing.is_set()

    def how_far(self) -> str:
        """How far the job is, in a sentence or two."""
        if self.letters is None:
            count = self.rows
            return ngettext("%(count)s row was read.", "%(count)s rows were read.", count) if count else _("Starting.")
        done, total, seconds = self.letters.done, self.letters.total, self.letters.seconds_left
        progress = _("Letters made: %(done)s of %(total)s.", done=done, total=total)
        if seconds is None or done == total:
            return progress
        minutes = round(seconds / MINUTE)
        left = ngettext("About %(count)s minute is left.", "About %(count)s minutes are left.", minutes)
        return f"{progress} {left if seconds > MINUTE else _('Less than a minute is left.')}"

    def set_rows(self, rows: int) -> None:
        """Note how many rows are read."""
        self.rows = rows

    def set_letters(self, progress: Progress) -> None:
        """Note how far a run is."""
        self.letters = progress


def log_failure(arguments: threading.ExceptHookArgs) -> None:
    """Log an unexpected error of a thread: its kind and where it was raised, but none of its values."""
    log.error("%s at %s", arguments.exc_type.__name__, raised_at(arguments.exc_traceback))


@dataclass(eq=False)
class CheckResult:
    """What a check found, and its dry run, which one page reads at a time."""

    summary: Checked
    dry_run: DryRun
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def reading(self) -> Iterator[DryRun]:
        """The dry run, for one page."""
        with self._lock:
            yield self.dry_run

    def close(self) -> None:
        """Close the dry run, once nobody reads it."""
        with self._lock:
            self.dry_run.close()


class CampaignJobs:
    """The check and the run of each campaign, by its folder: those that go on and those that ended last."""

    def __init__(self) -> None:
        self.checks: dict[Path, Job[CheckResult]] = {}
        self.runs: dict[Path, Job[RunResult]] = {}
        self._lock = threading.RLock()

    def check(self, folder: Path, *, again: bool = False) -> Job[CheckResult]:
        """The check of a campaign as its folder now is: the last one if nothing has changed since, or a new one.

        Raises InputError when the settings are wrong.
        """
        state = app_state()
        today = state.today()
        inputs = _inputs(folder, today)
        with self._lock:
            job = self.checks.get(folder)
            if job and job.inputs == inputs and not again:
                return job
            self._forget_check(folder)
            while len(self.checks) >= MOST_CHECKS:
                self._forget_check(next(iter(self.checks)))
            job = self.checks[folder] = Job(state, inputs)

            def task(job: Job[CheckResult]) -> CheckResult:
                def progress(rows: int) -> None:
                    job.set_rows(rows)
                    if job.must_stop():
                        raise Stopped

                dry_run = DryRun(open_campaign(folder, today), progress)
                try:
                    return CheckResult(checked(dry_run), dry_run)
                except BaseException:
                    dry_run.close()
                    raise

            job.start(task, waited_for=False)
            return job

    def run(self, folder: Path, *, remake: bool) -> None:
        """Start a run, or let the one that goes on continue; `remake` makes volumes that are missing again."""
        state = app_state()
        today = state.today()
        with self._lock:
            job = self.runs.get(folder)
            if job and not job.ended.is_set():
                return

            def task(job: Job[RunResult]) -> RunResult:
                with open_run(folder, today, remake=remake) as runner:
                    runner.plan(job.set_rows, job.must_stop)
                    runner.make(processes(), job.set_letters, job.must_stop)
                    return runner.summary()

            job = self.runs[folder] = Job(state)
            job.start(task)

    def forget_run(self, folder: Path, job: Job[RunResult]) -> None:
        """Forget a run that has ended, unless another one has been started."""
        with self._lock:
            if self.runs.get(folder) is job:
                del self.runs[folder]

    def forget(self, folder: Path) -> None:
        """Forget what was read and done of a campaign."""
        with self._lock:
            self.runs.pop(folder, None)
            self._forget_check(folder)

    def _forget_check(self, folder: Path) -> None:
        """Forget a check, whether it is ready or not."""
        job = self.checks.pop(folder, None)
        if job:
            job.stop.set()
            if job.result:
                job.result.close()


def _inputs(folder: Path, today: date) -> object:
    """All that a check depends on: the day, the settings, and the size and time of each file."""
    settings = load_settings(folder)
    pack = sorted(path for path in settings.pack.rglob("*") if path.is_file()) if settings.pack else []
    files = []
    for path in (directory_file(), *files_about_rows(settings), *pack):
        try:
            state = path.stat()
        except OSError:
            files.append((str(path), -1, 0))
        else:
            files.append((str(path), state.st_size, state.st_mtime_ns))
    return today, settings, files
