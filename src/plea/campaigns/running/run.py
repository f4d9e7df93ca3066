"""A run: makes what the ledger says is left, puts each volume on the disk, and only then seals it.

A volume is written beside its place, synced, renamed, its folder synced; then the ledger knows. Whatever dies in
between, the next run finds either a sealed volume or one that it makes again, to the same bytes.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from pathlib import Path
from time import monotonic
from typing import Any

from plea.campaigns.ledger.ledger import Ledger, VolumePlan
from plea.campaigns.ledger.records import write_records
from plea.campaigns.model import Settings, VolumeJob, VolumeMade
from plea.campaigns.running.covers import Papers, PapersMade, typeset_papers, write_bundles
from plea.campaigns.running.engine import PATIENCE, RestartingPool, TaskType, run_in_groups, run_jobs
from plea.campaigns.running.volume_task import SINGLES, VOLUMES
from plea.campaigns.settings.settings import profile_key
from plea.system.files import make_folder, refuse_link, write_atomic

PAPERS: TaskType[Papers, PapersMade] = TaskType(
    typeset_papers, lambda _: (), lambda papers, _: papers, lambda papers: papers.papers[0].name
)
IN_FLIGHT = 4
"""Jobs a worker: one to do, and some small ones to go on with while the disk is waited for."""
SEALED_EVERY = 0.4
"""Seconds from one group of volumes that is put on the disk to the next: so much is made again after a kill."""


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

    made: int
    held: int
    volumes: int
    seconds: float
    stopped: bool = False


def run(
    settings: Settings,
    ledger: Ledger,
    *,
    make_executor: Callable[[], Executor],
    workers: int,
    progress: Callable[[Progress], None] = lambda _: None,
    sent: Callable[[TaskType[Any, Any]], TaskType[Any, Any]] = lambda craft: craft,
    patience: float = PATIENCE,
    stop: Callable[[], bool] = lambda: False,
) -> RunSummary:
    """Make every volume that is left, then the lists and the bundles of paper around them.

    `sent` makes crafts into those that the executor's workers can do (on other machines).
    At ^C, and when `stop` (asked whenever volumes are finished) says so, what is in flight is dropped, the lists are
    brought up to date, and the summary says so. Raises MachineError when something cannot be written; a later run goes
    on from there.
    """
    make_folder(settings.output)
    _sweep(settings.output)
    ledger.unseal(ledger.missing_volumes(settings.output))
    plans = tuple(ledger.volumes_left())
    total = sum(plan.count for plan in plans)
    tally = _Tally(total, monotonic())
    jobs = (volume_job(settings, ledger, plan) for plan in plans)
    in_flight = workers * IN_FLIGHT
    stopped = False
    with RestartingPool(make_executor) as staff:
        made = run_in_groups(jobs, sent(VOLUMES), staff, in_flight=in_flight, patience=patience)
        try:
            with closing(made):
                for volumes in _gathered(made):
                    seal(settings.output, ledger, volumes)
                    tally.count(volumes)
                    progress(tally.progress())
                    stopped = stop()
                    if stopped:
                        break
        except KeyboardInterrupt:
            stopped = True
        write_records(ledger, settings.output)
        if not stopped:
            by_staff = partial(run_jobs, craft=sent(PAPERS), staff=staff, in_flight=in_flight)
            write_bundles(settings, ledger, partial(_papers, few=workers, by_staff=by_staff))
    return tally.summary(stopped=stopped)


def _gathered(made: Iterable[Sequence[VolumeMade]]) -> Iterator[Sequence[VolumeMade]]:
    """Volumes in larger groups, since each costs the disk the same wait: what is finished within a while."""
    waiting: list[VolumeMade] = []
    last = 0.0
    for volumes in made:
        waiting += volumes
        if monotonic() - last >= SEALED_EVERY:
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
        campaign={"name": settings.name, "organiser": settings.organiser},
        profile=profile_key(settings),
        large_print=settings.large_print,
        font_paths=settings.font_paths,
        overlong=settings.overlong,
        singles=tuple(name for name in settings.formats if name in SINGLES),
    )


def seal(output: Path, ledger: Ledger, volumes: Sequence[VolumeMade]) -> None:
    """Put volumes, and their letters by themselves, on the disk, and then all of them into the ledger."""
    for volume in volumes:
        path = output / volume.file
        if volume.content:
            refuse_link(path.parent)
            make_folder(path.parent)
            for name, content in volume.singles:
                write_atomic(path.parent / name, content)
            write_atomic(path, volume.content)
    ledger.seal_all((volume.file, volume.letters) for volume in volumes)


def _papers(
    some: Iterator[Papers], *, few: int, by_staff: Callable[[Iterable[Papers]], Iterator[PapersMade]]
) -> Iterator[PapersMade]:
    """The papers made by workers, unless there are so few that starting them would take longer."""
    first = list(islice(some, few))
    return map(typeset_papers, first) if len(first) < few else by_staff(chain(first, some))


def _sweep(output: Path) -> None:
    """Remove what a killed run left half-written."""
    for left in (*output.glob(".plea-*.tmp"), *output.glob("*/.plea-*.tmp")):
        left.unlink(missing_ok=True)


class _Tally:
    """Counts what a run does."""

    def __init__(self, total: int, started: float) -> None:
        self._total = total
        self._started = started
        self._made = self._held = self._volumes = 0

    def count(self, volumes: Sequence[VolumeMade]) -> None:
        """Some volumes more."""
        for volume in volumes:
            made = sum(bool(letter.page) for letter in volume.letters)
            self._made += made
            self._held += len(volume.letters) - made
            self._volumes += bool(volume.content)

    def progress(self) -> Progress:
        """How far it is."""
        return Progress(self._made + self._held, self._total, monotonic() - self._started)

    def summary(self, *, stopped: bool) -> RunSummary:
        """What it did."""
        return RunSummary(self._made, self._held, self._volumes, monotonic() - self._started, stopped)
