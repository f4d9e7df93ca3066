"""A check of a campaign as the page keeps it: made in the background, looked at by many pages, forgotten when stale."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from plea.campaigns.check import Checked, checked
from plea.campaigns.opening import open_campaign
from plea.campaigns.settings import load_settings
from plea.campaigns.signers import Signers
from plea.campaigns.trial import Trial
from plea.machine.folders import directory_file
from plea.web.organiser.work import Halted, Work, begin, stopping

if TYPE_CHECKING:
    from plea.web.door import Door
    from plea.web.organiser.desk import Shelf

KEPT = 3
"""Checks kept at a time; each holds a file on the disk, as large as its table."""


@dataclass(eq=False)
class Looked:
    """A check that is made. The trial is read by one page at a time."""

    found: Checked
    trial: Trial
    _turn: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def reading(self) -> Iterator[Trial]:
        """The trial, for one page."""
        with self._turn:
            yield self.trial

    def forget(self) -> None:
        """Close the trial, once nobody reads it."""
        with self._turn:
            self.trial.close()


def check_of(door: "Door", shelf: "Shelf", folder: Path, *, again: bool = False) -> Work[Looked]:
    """The check of a campaign as its folder now stands: the one at hand, or one that is begun now.

    Raises MendableError when the settings do not hold.
    """
    today = door.today()
    mark = _mark(folder, today)
    with shelf.turn:
        work = shelf.checks.get(folder)
        if work and work.mark == mark and not again:
            return work
        shelf.forget_check(folder)
        while len(shelf.checks) >= KEPT:
            shelf.forget_check(next(iter(shelf.checks)))
        work = shelf.checks[folder] = Work(mark)
        halt = stopping(door, work)

        def task(own: Work[Looked]) -> Looked:
            def progress(rows: int) -> None:
                own.rows_read(rows)
                if halt():
                    raise Halted

            trial = Trial(open_campaign(folder, today), progress)
            try:
                return Looked(checked(trial), trial)
            except BaseException:
                trial.close()
                raise

        begin(door, work, task, waited_for=False)
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
