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
from plea.campaigns.model import VolumeJob
from plea.campaigns.running.engine import TaskType
from plea.campaigns.settings import FILE, Settings
from plea.errors import InputError, MachineError
from plea.problems import Problem
from plea.system.folders import templates

Job = TypeVar("Job")
Made = TypeVar("Made")

Environment = Mapping[str, str]
"""What must be the same on every machine, by the name that a person knows it by."""
PACK_LIMIT = 20 * 1024 * 1024
"""Bytes. A pack is text; what is larger holds something else."""
CONNECT = 5.0
"""Seconds to find the scheduler in."""


@dataclass(frozen=True, slots=True)
class PackFiles:
    """The files of a pack, by path below its folder; `folder` is where they lie on the machine of the run."""

    folder: Path
    files: tuple[tuple[str, bytes], ...]


@dataclass(frozen=True)
class RemoteTask(Generic[Job, Made]):
    """Work as it is sent to another machine: checks that the environment is the same, brings its pack along."""

    work: Callable[[Job], Made]
    environment: tuple[tuple[str, str], ...]
    pack: PackFiles | None

    def __call__(self, job: Job) -> Made:
        """What the work gives. A worker with another environment hands the job on to another worker."""
        if environment() != dict(self.environment):
            from distributed import Reschedule  # noqa: PLC0415 (there, where this runs)

            raise Reschedule
        if self.pack is None or not isinstance(job, VolumeJob):
            return self.work(job)
        here = _unpacked(self.pack)
        try:
            return self.work(replace(job, pack=here))
        except InputError as error:  # which names a file of the pack
            there = str(self.pack.folder)
            problems = [problem.at(problem.where.replace(str(here), there)) for problem in error.problems]
            raise InputError(problems) from None


def remote(settings: Settings) -> Callable[[TaskType[Any, Any]], TaskType[Any, Any]]:
    """Makes tasks of this machine into tasks of a cluster.

    Raises InputError for a pack that is too large, and for folders of fonts, which do not travel.
    """
    if settings.font_paths:
        raise InputError("cluster.font_paths", str(settings.folder / FILE))
    pack = None
    if settings.pack:
        paths = sorted(path for path in settings.pack.rglob("*") if path.is_file() and not path.is_symlink())
        if sum(path.stat().st_size for path in paths) > PACK_LIMIT:
            raise InputError("cluster.pack_too_large", str(settings.pack), limit=PACK_LIMIT // 1024**2)
        files = ((path.relative_to(settings.pack).as_posix(), path.read_bytes()) for path in paths)
        pack = PackFiles(settings.pack, tuple(files))
    return lambda task: replace(task, work=RemoteTask(task.work, tuple(environment().items()), pack))


@lru_cache(maxsize=4)
def _unpacked(pack: PackFiles) -> Path:
    """A folder of this machine with the pack's files, of its own name, removed when this process ends."""
    holder = tempfile.TemporaryDirectory(prefix="plea-pack-")
    _FOLDERS.append(holder)
    folder = Path(holder.name) / pack.folder.name
    for name, content in pack.files:
        if PurePosixPath(name).is_absolute() or ".." in PurePosixPath(name).parts:
            raise MachineError("cluster.unsafe_path", name)
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


_FOLDERS: list["tempfile.TemporaryDirectory[str]"] = []


def cluster_workers(address: str) -> tuple[Callable[[], Executor], int]:
    """A function that connects to the scheduler of a cluster as often as is needed, and how many workers there are.

    Raises MachineError when the extra is not installed, when nothing answers at the address, and when every worker is
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
            raise MachineError("cluster.not_installed") from error
        module: Any = distributed  # whose types are half there and half not
        try:
            self._client = module.Client(address, timeout=CONNECT, set_as_default=False)
        except (OSError, ValueError) as error:
            raise MachineError("cluster.no_scheduler", address) from error
        try:
            self._pool = self._executor(address)
        except BaseException:
            self._client.close()
            raise

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Give work to the cluster."""
        future: Future[Any] = self._pool.submit(fn, *args, **kwargs)
        return future

    def kill(self) -> None:
        """Let go of what is in flight; the cluster itself goes on."""
        self._client.close()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002 (the signature)
        """Let go of the cluster."""
        self._client.close()

    def _executor(self, address: str) -> Any:
        """The workers with our environment. Raises MachineError that says how the others differ if there is none."""
        here = environment()
        theirs: Mapping[str, Environment] = self._client.run(environment, on_error="ignore")
        same = [worker for worker, other in theirs.items() if other == here]
        self.count = len(same)
        if not theirs:
            raise MachineError("cluster.no_workers", address)
        if not same:
            differences = tuple(
                Problem("cluster.difference", worker=worker, name=name, theirs=str(other.get(name)), ours=ours)
                for worker, other in sorted(theirs.items())
                for name, ours in here.items()
                if other.get(name) != ours
            )
            raise MachineError("cluster.workers_differ", address, differences=differences)
        return self._client.get_executor(pure=False, **({} if len(same) == len(theirs) else {"workers": same}))


@cache
def environment() -> Environment:
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
