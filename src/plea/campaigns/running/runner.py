"""A run from end to end: what must hold before it, the rows fed in, the plan, the volumes, what became of everything.

Both skins conduct their runs here. The steps are called one after the other, so that each can show its own progress.
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from plea import language
from plea.campaigns.checking.approval import refuse_unapproved
from plea.campaigns.context import CampaignContext, open_context
from plea.campaigns.ledger.ledger import Counts, Ledger, open_ledger
from plea.campaigns.model import Settings
from plea.campaigns.planning.corrections import feed_in
from plea.campaigns.planning.plan import PlanSummary, letters_date, plan
from plea.campaigns.planning.recipients import NOTICE
from plea.campaigns.purge import refuse_purged
from plea.campaigns.running.engine import TaskType, local_workers
from plea.campaigns.running.run import Progress, RunSummary, run
from plea.campaigns.settings.settings import load_settings
from plea.errors import InputError
from plea.system.files import refuse_link

Stop = Callable[[], bool]
"""Asked between rows and between volumes; true ends the run in order, and a later one goes on."""


@dataclass(frozen=True, slots=True)
class ExecutorConfig:
    """Who typesets: a factory of executors, how many workers they have, and what makes a craft fit to be sent there."""

    make_executor: Callable[[], Executor]
    workers: int
    sent: Callable[[TaskType[Any, Any]], TaskType[Any, Any]] = lambda craft: craft


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run did, and how the campaign stands after it.

    `withdrawn` are letters that were made and should be taken out: letter, file, page.
    """

    anew: bool
    done: RunSummary
    counts: Counts
    notes: tuple[str, ...]
    withdrawn: tuple[tuple[str, ...], ...]

    @property
    def complete(self) -> bool:
        """Whether every row has its letters."""
        return not (self.counts.rejected or self.counts.held or self.counts.left)


def processes(count: int | None = None) -> ExecutorConfig:
    """Processes of this machine; one a core where no number is given."""
    workers = count or os.cpu_count() or 1
    return ExecutorConfig(local_workers(workers), workers)


def cluster(settings: Settings, address: str) -> ExecutorConfig:
    """The workers of a dask cluster. Raises MachineError when there is none, or they would set other pages."""
    from plea.campaigns.running.cluster import cluster_workers, far  # noqa: PLC0415 (dask is an extra)

    sent = far(settings)
    make_executor, workers = cluster_workers(address)
    return ExecutorConfig(make_executor, workers, sent)


class Runner:
    """One run of a campaign that is held to write: `plan`, then `make`, then `summary`."""

    def __init__(self, context: CampaignContext, ledger: Ledger, mended: Path | None) -> None:
        self.context = context
        self.settings = context.settings
        self._ledger = ledger
        self._notes = _unchanged(self.settings, mended)
        self._planned = PlanSummary(anew=False)
        self._done = RunSummary(0, 0, 0, 0.0)

    @property
    def notice(self) -> str:
        """What of the signers leaves the machine during this run; empty when nothing does."""
        return language.what(NOTICE) if self.settings.split_zips == "geocode" else ""

    def plan(self, progress: Callable[[int], None] | None = None, stop: Stop = lambda: False) -> None:
        """Plan what is new or changed; `progress` is told the rows read. Stopped on the way, the old plan stays."""

        def watched(rows: int) -> None:
            if progress:
                progress(rows)
            if stop():
                raise _Stopped

        try:
            self._planned = plan(self._ledger, self.context, watched)
        except _Stopped:
            self._done = RunSummary(0, 0, 0, 0.0, stopped=True)

    def make(
        self, hands: ExecutorConfig, progress: Callable[[Progress], None] = lambda _: None, stop: Stop = lambda: False
    ) -> None:
        """Make what is left and write the lists; nothing when the plan was stopped."""
        if self._done.stopped:
            return
        self._done = run(
            self.settings,
            self._ledger,
            make_executor=hands.make_executor,
            workers=hands.workers,
            sent=hands.sent,
            progress=progress,
            stop=stop,
        )

    def summary(self) -> RunResult:
        """What was done, and what is left."""
        return RunResult(
            anew=self._planned.anew,
            done=self._done,
            counts=self._ledger.counts(),
            notes=(*self._planned.notes, *self._notes),
            withdrawn=tuple(self._ledger.withdrawn()),
        )


@contextmanager
def open_run(folder: Path, today: date, *, mended: Path | None = None, remake: bool = False) -> Iterator[Runner]:
    """Hold a campaign for one run; `mended` is a `rejects.csv` to feed in, `remake` makes missing volumes again.

    Raises LockedError when another run has it, InputError when it was purged, when its text needs an approval that
    nobody gave, or when volumes are missing that were made, MachineError for an output folder that is a link.
    """
    settings = load_settings(folder)
    refuse_link(settings.output)
    with open_ledger(settings.folder, write=True) as ledger:
        refuse_purged(ledger)
        context = open_context(settings, letters_date(settings, ledger, today))
        refuse_unapproved(context)
        if not remake:
            _refuse_missing(settings, ledger)
        yield Runner(context, ledger, mended)


class _Stopped(Exception):  # noqa: N818 (no error)
    """Ends a plan from within its progress, so that its transaction is rolled back."""


def _unchanged(settings: Settings, mended: Path | None) -> tuple[str, ...]:
    """Feed in the mended rows; a note when nothing in them was."""
    return (f"{mended}: nothing in it was changed.",) if mended and not feed_in(settings, mended) else ()


def _refuse_missing(settings: Settings, ledger: Ledger) -> None:
    """Volumes that were made are in the output folder, or somebody says that they shall be made again."""
    missing = ledger.missing_volumes(settings.output)
    if missing:
        one = len(missing) == 1
        raise InputError(
            f"{settings.output}: {len(missing)} volume{'' if one else 's'} that {'was' if one else 'were'} made "
            f"{'is' if one else 'are'} not there, such as {missing[0]}",
            "Put the folder back, or make them again with --remake.",
        )
