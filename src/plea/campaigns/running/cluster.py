"""Worker processes of other machines, through dask.distributed (`plea[dask]`). They share no disk with the run.

The pack travels with each job. A worker whose plea, typst or fonts are not those of the run would set other pages; it
is refused by name, and one that joins later hands its jobs on.
"""

import os
import tempfile
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Executor, Future
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import Any, Generic, TypeVar

os.environ.setdefault("RAYON_NUM_THREADS", "1")  # before typst is imported by what a worker is given to do

from plea import __version__
from plea.campaigns.model import Settings, VolumeJob
from plea.campaigns.running.engine import TaskType
from plea.campaigns.settings.settings import FILE
from plea.errors import InputError, MachineError, PleaError
from plea.system.folders import templates

Job = TypeVar("Job")
Made = TypeVar("Made")

Kit = Mapping[str, str]
"""What must be the same on every machine, by what a person knows it by."""
PACK_LIMIT = 20 * 1024 * 1024
"""Bytes. A pack is text; what is larger holds something else."""
CONNECT = 5.0
"""Seconds to find the scheduler in."""


@dataclass(frozen=True, slots=True)
class TravelPack:
    """The files of a pack, by path below its folder; `folder` is where they lie on the machine of the run."""

    folder: Path
    files: tuple[tuple[str, bytes], ...]


@dataclass(frozen=True)
class RemoteTask(Generic[Job, Made]):
    """Work as it is sent to another machine: checks that the kit is the same, brings its pack along."""

    work: Callable[[Job], Made]
    kit: tuple[tuple[str, str], ...]
    pack: TravelPack | None

    def __call__(self, job: Job) -> Made:
        """What the work gives. A worker with another kit hands the job on to another worker."""
        if kit() != dict(self.kit):
            from distributed import Reschedule  # noqa: PLC0415 (there, where this runs)

            raise Reschedule
        if self.pack is None or not isinstance(job, VolumeJob):
            return self.work(job)
        here = _unpacked(self.pack)
        try:
            return self.work(replace(job, pack=here))
        except InputError as error:  # which names a file of the pack
            raise InputError(error.message.replace(str(here), str(self.pack.folder)), error.hint) from None


def far(settings: Settings) -> Callable[[TaskType[Any, Any]], TaskType[Any, Any]]:
    """Makes crafts of this machine into crafts of a cluster.

    Raises InputError for a pack that is too large, and for folders of fonts, which do not travel.
    """
    if settings.font_paths:
        raise InputError(
            f"{settings.folder / FILE}: font_paths names folders that a cluster has not",
            "Install the fonts on every machine and take font_paths out.",
        )
    luggage = _packed(settings.pack) if settings.pack else None
    return lambda craft: replace(craft, work=RemoteTask(craft.work, tuple(kit().items()), luggage))


def cluster_workers(address: str) -> tuple[Callable[[], Executor], int]:
    """A function that connects to the scheduler of a cluster as often as is needed, and how many workers there are.

    Raises MachineError when the extra is not installed, when nobody answers at the address, and when every worker is
    refused.
    """
    with ClusterWorkers(address) as first:
        count = first.count
    return lambda: ClusterWorkers(address), count


class ClusterWorkers(Executor):
    """The workers of a cluster that may work for this run."""

    def __init__(self, address: str) -> None:
        try:
            import distributed  # noqa: PLC0415 (an extra)
        except ImportError as error:
            raise MachineError(
                "dask.distributed is not installed", "Install it with: pip install 'plea[dask]'"
            ) from error
        try:
            self._client: Any = _untyped(distributed).Client(address, timeout=CONNECT, set_as_default=False)
        except (OSError, ValueError) as error:
            raise MachineError(
                f"{address}: no dask scheduler answers there", "Start one with `dask scheduler` and name its address."
            ) from error
        try:
            fit = self._fit(address)
        except BaseException:
            self._client.close()
            raise
        self.count = len(fit)
        self._pool = self._client.get_executor(pure=False, **({} if self._all_fit else {"workers": fit}))

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Hand work to the cluster."""
        future: Future[Any] = self._pool.submit(fn, *args, **kwargs)
        return future

    def kill(self) -> None:
        """Let go of what is in flight; the cluster itself goes on."""
        self._client.close()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002 (the signature)
        """Let go of the cluster."""
        self._client.close()

    def _fit(self, address: str) -> list[str]:
        """The workers with our kit. Raises MachineError that names what is wrong with the others if there is none."""
        here = kit()
        theirs: Mapping[str, Kit] = self._client.run(kit, on_error="ignore")
        wrong = {worker: _difference(here, its) for worker, its in theirs.items() if its != here}
        self._all_fit = not wrong
        fit = [worker for worker in theirs if worker not in wrong]
        if fit:
            return fit
        said = "; ".join(f"{worker} has {what}" for worker, what in sorted(wrong.items()))
        raise MachineError(
            f"{address}: {'no worker sets letters as this machine does: ' + said if said else 'has no workers'}",
            "Give each worker the same plea, typst and fonts, then `dask worker` with that address.",
        )


def _untyped(module: Any) -> Any:
    """A module whose types are half there and half not."""
    return module


@cache
def kit() -> Kit:
    """What this machine sets letters with: plea and its templates, typst, the fonts."""
    import typst  # noqa: PLC0415 (after the number of threads is settled)

    layouts = ((path.name, path.read_bytes()) for path in sorted((templates() / "layout").iterdir()) if path.is_file())
    fonts = {
        f"{font.family}/{font.style}/{font.weight}/{Path(font.path).stat().st_size if font.path else 0}"
        for font in typst.Fonts().fonts()
    }
    return {
        "plea": __version__,
        "templates": _hash(f"{name}{content!r}" for name, content in layouts),
        "typst": version("typst"),
        "fonts": _hash(sorted(fonts)),
    }


def _hash(texts: Iterable[str]) -> str:
    return sha256("\n".join(texts).encode()).hexdigest()[:12]


def _difference(here: Kit, there: Kit) -> str:
    return ", ".join(
        f"{name} {there.get(name)} (here {value})" for name, value in here.items() if there.get(name) != value
    )


def _packed(folder: Path) -> TravelPack:
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    if sum(path.stat().st_size for path in paths) > PACK_LIMIT:
        raise InputError(f"{folder}: is larger than {PACK_LIMIT // 1024**2} MiB", "Keep nothing but the pack in it.")
    files = ((path.relative_to(folder).as_posix(), path.read_bytes()) for path in paths)
    return TravelPack(folder, tuple(files))


@lru_cache(maxsize=4)
def _unpacked(pack: TravelPack) -> Path:
    """A folder of this machine with the pack's files, of its own name, removed when this process ends."""
    holder = tempfile.TemporaryDirectory(prefix="plea-pack-")
    _HOLDERS.append(holder)
    folder = Path(holder.name) / pack.folder.name
    for name, content in pack.files:
        parts = PurePosixPath(name).parts
        if PurePosixPath(name).is_absolute() or ".." in parts:
            raise PleaError(f"{name}: leads outside the pack")
        path = folder.joinpath(*parts)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


_HOLDERS: list["tempfile.TemporaryDirectory[str]"] = []
