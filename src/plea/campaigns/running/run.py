"""A run from end to end: what must hold before it, the corrected rows, the plan, the volumes, the lists.

The command line and the local page call its steps one after the other, so that each can show its own progress.
A volume is written beside its place, synced, renamed, its folder synced; then the ledger is told. Whatever dies in
between, the next run finds either a sealed volume or one that it makes again, to the same bytes.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain, islice
from pathlib import Path
from time import monotonic
from typing import Any

from plea import language
from plea.campaigns.checking.approval import refuse_unapproved
from plea.campaigns.context import CampaignContext, open_context
from plea.campaigns.ledger.ledger import (
    Counts,
    Ledger,
    VolumePlan,
    letters_date,
    open_ledger,
    refuse_purged,
    write_records,
)
from plea.campaigns.model import VolumeJob, VolumeMade
from plea.campaigns.planning.plan import PlanSummary, plan
from plea.campaigns.planning.recipients import NOTICE
from plea.campaigns.planning.signers import add_corrections
from plea.campaigns.running.covers import DocumentJob, DocumentsMade, typeset_documents, write_covers_and_lists
from plea.campaigns.running.engine import (
    LocalWorkers,
    RestartingPool,
    TaskType,
    run_in_groups,
    run_jobs,
)
from plea.campaigns.running.volume_task import VOLUMES
from plea.campaigns.settings import Settings, load_settings, profile_key
from plea.errors import InputError
from plea.problems import Problem
from plea.system.files import make_folder, refuse_link, write_atomic

DOCUMENTS: TaskType[DocumentJob, DocumentsMade] = TaskType(
    typeset_documents, lambda _: (), lambda job, _: job, lambda job: job.documents[0].name
)
IN_FLIGHT = 4
"""Jobs a worker: one to do, and some small ones to go on with while the disk is waited for."""
SEAL_EVERY = 0.4
"""Seconds from one group of volumes that is written to the next: so much is made again after a kill."""

Stop = Callable[[], bool]
"""Asked between rows and between volumes; true ends the run in order, and a later one goes on."""


@dataclass(frozen=True, slots=True)
class ExecutorConfig:
    """Who typesets: a factory of executors, how many workers they have, and what makes a task fit to be sent there."""

    make_executor: Callable[[], Executor]
    workers: int
    sent: Callable[[TaskType[Any, Any]], TaskType[Any, Any]] = lambda task: task


def processes(count: int | None = None) -> ExecutorConfig:
    """Processes of this machine; one a core where no number is given."""
    workers = count or os.cpu_count() or 1
    return ExecutorConfig(partial(LocalWorkers, workers), workers)


def cluster(settings: Settings, address: str) -> ExecutorConfig:
    """The workers of a dask cluster. Raises MachineError when there is none, or they would set other pages."""
    from plea.campaigns.running.cluster import cluster_workers, remote  # noqa: PLC0415 (dask is an extra)

    sent = remote(settings)
    make_executor, workers = cluster_workers(address)
    return ExecutorConfig(make_executor, workers, sent)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: letters done of those that were left at its start, and the seconds it took."""

    done: int
    total: int
    seconds: float

    @property
    def rate(self) -> float:
        """Letters a second; 0 before the first."""
        return self.done / self.seconds if self.seconds else 0.0

    @property
    def seconds_left(self) -> float | None:
        """Seconds until the end at this rate; None before the first volume."""
        return (self.total - self.done) / self.rate if self.rate else None


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What a run did: letters made and left out, volumes, seconds; `stopped` when it was told to (^C)."""

    made: int = 0
    held: int = 0
    volumes: int = 0
    seconds: float = 0.0
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run did, and how the campaign stands after it.

    `withdrawn` are letters that were made and should be taken out: letter, file, page.
    """

    anew: bool
    done: RunSummary
    counts: Counts
    notes: tuple[Problem, ...]
    withdrawn: tuple[tuple[str, ...], ...]

    @property
    def complete(self) -> bool:
        """Whether every row has its letters."""
        return not (self.counts.rejected or self.counts.held or self.counts.left)


@contextmanager
def open_run(folder: Path, today: date, *, corrected: Path | None = None, remake: bool = False) -> Iterator["Run"]:
    """Hold a campaign for one run; `corrected` is a `rejects.csv` to read in, `remake` makes missing volumes again.

    Raises LockedError when another run has it, InputError when it was purged, when its text needs an approval that
    nobody gave, or when volumes are missing that were made, MachineError for an output folder that is a link.
    """
    settings = load_settings(folder)
    refuse_link(settings.output)
    with open_ledger(settings.folder, write=True) as ledger:
        refuse_purged(ledger)
        context = open_context(settings, letters_date(settings, ledger, today))
        refuse_unapproved(context)
        missing = [] if remake else ledger.missing_volumes(settings.output)
        if missing:
            raise InputError("run.volumes_missing", str(settings.output), count=len(missing), file=missing[0])
        notes: tuple[Problem, ...] = ()
        if corrected and not add_corrections(settings, corrected):
            notes = (Problem("corrections.nothing_changed", str(corrected)),)
        yield Run(context, ledger, notes)


class Run:
    """One run of a campaign that is held to write: `plan`, then `make`, then `summary`."""

    def __init__(self, context: CampaignContext, ledger: Ledger, notes: tuple[Problem, ...]) -> None:
        self.context = context
        self.settings = context.settings
        self._ledger = ledger
        self._notes = notes
        self._planned = PlanSummary(anew=False)
        self._done = RunSummary()

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
            self._done = RunSummary(stopped=True)

    def make(
        self,
        executor: ExecutorConfig,
        progress: Callable[[Progress], None] = lambda _: None,
        stop: Stop = lambda: False,
    ) -> None:
        """Make every volume that is left, then the lists and covers around them; nothing when the plan was stopped.

        At ^C, and when `stop` (asked whenever volumes are finished) says so, what is in flight is dropped, the lists
        are brought up to date, and the summary says so. Raises MachineError when something cannot be written; a later
        run goes on from there.
        """
        if self._done.stopped:
            return
        settings, ledger = self.settings, self._ledger
        make_folder(settings.output)
        for unfinished in (*settings.output.glob(".plea-*.tmp"), *settings.output.glob("*/.plea-*.tmp")):
            unfinished.unlink(missing_ok=True)  # by a run that was killed
        ledger.unseal(ledger.missing_volumes(settings.output))
        plans = ledger.volumes_left()
        total, started = sum(volume.count for volume in plans), monotonic()
        jobs = (volume_job(settings, ledger, volume) for volume in plans)
        in_flight = executor.workers * IN_FLIGHT
        made = held = volumes = 0
        stopped = False
        with RestartingPool(executor.make_executor) as pool:
            try:
                with closing(run_in_groups(jobs, executor.sent(VOLUMES), pool, in_flight=in_flight)) as groups:
                    for group in _gathered(groups):
                        _write_and_seal(settings.output, ledger, group)
                        of_group = [bool(letter.page) for volume in group for letter in volume.letters]
                        made, held = made + sum(of_group), held + len(of_group) - sum(of_group)
                        volumes += sum(bool(volume.content) for volume in group)
                        progress(Progress(made + held, total, monotonic() - started))
                        stopped = stop()
                        if stopped:
                            break
            except KeyboardInterrupt:
                stopped = True
            write_records(ledger, settings.output)
            if not stopped:

                def make_documents(jobs: Iterator[DocumentJob]) -> Iterator[DocumentsMade]:
                    """By workers, unless there are so few that starting them would take longer."""
                    first = list(islice(jobs, executor.workers))
                    if len(first) < executor.workers:
                        return map(typeset_documents, first)
                    return run_jobs(chain(first, jobs), executor.sent(DOCUMENTS), pool, in_flight=in_flight)

                write_covers_and_lists(settings, ledger, make_documents)
        self._done = RunSummary(made, held, volumes, monotonic() - started, stopped)

    def summary(self) -> RunResult:
        """What was done, and what is left."""
        return RunResult(
            anew=self._planned.anew,
            done=self._done,
            counts=self._ledger.counts(),
            notes=(*self._planned.notes, *self._notes),
            withdrawn=tuple(self._ledger.withdrawn()),
        )


class _Stopped(Exception):  # noqa: N818 (no error)
    """Ends a plan from within its progress, so that its transaction is rolled back."""


def _gathered(groups: Iterable[Sequence[VolumeMade]]) -> Iterator[Sequence[VolumeMade]]:
    """Volumes in larger groups, since each costs the disk the same wait: what is finished within a while."""
    waiting: list[VolumeMade] = []
    last = 0.0
    for volumes in groups:
        waiting += volumes
        if monotonic() - last >= SEAL_EVERY:
            yield waiting
            waiting = []
            last = monotonic()
    if waiting:
        yield waiting


def volume_job(settings: Settings, ledger: Ledger, plan: VolumePlan) -> VolumeJob:
    """A volume that is left, with everything a worker must know of it."""
    assert ledger.date
    return VolumeJob(
        file=plan.file,
        destination=ledger.destination(plan.destination_key),
        letters=ledger.letters_of(plan.file),
        pack=settings.pack,
        on=ledger.date,
        language=settings.language,
        params=settings.params,
        campaign=settings.facts_for_templates(),
        profile=profile_key(settings),
        large_print=settings.large_print,
        font_paths=settings.font_paths,
        overlong=settings.overlong,
        singles=settings.single_formats,
    )


def _write_and_seal(output: Path, ledger: Ledger, volumes: Sequence[VolumeMade]) -> None:
    """Write volumes, and their letters by themselves, to the disk, and then tell the ledger of all of them."""
    for volume in volumes:
        path = output / volume.file
        if volume.content:
            refuse_link(path.parent)
            make_folder(path.parent)
            for name, content in volume.singles:
                write_atomic(path.parent / name, content)
            write_atomic(path, volume.content)
    ledger.seal((volume.file, volume.letters) for volume in volumes)
