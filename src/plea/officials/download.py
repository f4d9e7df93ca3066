"""The public files, fetched and checked before anything is replaced.

The live servers were not reached from where this was built: the addresses come from the publishers' own pages, and the
protocol is tested against a server on the same machine.
"""

import hashlib
import queue
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path

from plea.errors import MachineError, PleaError
from plea.officials.directory import open_directory
from plea.officials.fetch import Reply, check_url, get
from plea.officials.imports import batch as kinds
from plea.officials.imports.batch import Batch, Source
from plea.officials.imports.recognise import MAX_FILE, recognise

_LEGISLATORS = "https://unitedstates.github.io/congress-legislators"
_CENSUS = "https://www2.census.gov/geo/docs/maps-data/data"


@dataclass(frozen=True, slots=True)
class PublicFile:
    """A file of the directory: what kind it is, where it lies, and how much a whole one holds at least."""

    kind: str
    url: str
    least: int

    @property
    def name(self) -> str:
        """The last part of its address."""
        return self.url.rsplit("/", 1)[-1]


FILES: Sequence[PublicFile] = (
    PublicFile(kinds.MEMBERS, f"{_LEGISLATORS}/legislators-current.json", 500),
    PublicFile(kinds.DISTRICT_OFFICES, f"{_LEGISLATORS}/legislators-district-offices.json", 800),
    PublicFile(kinds.COMMITTEES, f"{_LEGISLATORS}/committees-current.json", 100),
    PublicFile(kinds.COMMITTEE_MEMBERS, f"{_LEGISLATORS}/committee-membership-current.json", 2000),
    PublicFile(kinds.EXECUTIVE, f"{_LEGISLATORS}/executive.json", 100),
    PublicFile(kinds.ZIP_TABLE, f"{_CENSUS}/rel2020/cd-sld/tab20_cd11920_zcta520_natl.txt", 35000),
    PublicFile(kinds.ZIP_CENTRES, f"{_CENSUS}/gazetteer/2024_Gazetteer/2024_Gaz_zcta_national.zip", 30000),
)

Known = Mapping[str, Mapping[str, str]]
"""What the directory has by address: its `etag` and `last_modified`."""


def fetch_all(
    known: Known, *, seconds: float, base: str = "", say: Callable[[str], None] = lambda _: None
) -> list[Batch]:
    """What has changed at the publishers since the directory was built; everything, or an error and nothing.

    `seconds` bounds the whole, name look-ups included. `base` is another place where the files lie side by side, for
    a mirror. Raises MachineError when a file cannot be had or is not whole and plausible.
    """
    if base:
        check_url(base)
    at = [""]
    results: queue.SimpleQueue[list[Batch] | PleaError] = queue.SimpleQueue()

    def work() -> None:
        try:
            results.put(_fetch_each(known, base, time.monotonic() + seconds, lambda name: _note(name, at, say)))
        except PleaError as error:
            results.put(error)

    # A thread of its own, since looking up a name cannot be given a time limit; it dies with the program.
    threading.Thread(target=work, daemon=True).start()
    try:
        result = results.get(timeout=seconds)
    except queue.Empty:
        result = MachineError(f"{at[0]}: not whole within {seconds:g} seconds")
    if isinstance(result, MachineError):
        raise MachineError(
            f"the public files could not be fetched ({result.message}); nothing was changed. "
            "Try again later, or use `plea officials import` on files you have."
        ) from result
    if isinstance(result, PleaError):
        raise result
    return result


def _note(name: str, at: list[str], say: Callable[[str], None]) -> None:
    """Remember which file is under way, and say it."""
    at[0] = name
    say(f"fetching {name}")


def _fetch_each(known: Known, base: str, deadline: float, say: Callable[[str], None]) -> list[Batch]:
    batches = []
    for file in FILES:
        url = f"{base.rstrip('/')}/{file.name}" if base else file.url
        say(file.name)
        left = deadline - time.monotonic()
        if left <= 0:
            raise MachineError(f"{file.name}: not in time")
        reply = get(url, seconds=left, limit=MAX_FILE, headers=_conditions(known.get(url, {})))
        if reply.changed:
            batches.append(_checked(file, url, reply))
    return batches


def _conditions(had: Mapping[str, str]) -> dict[str, str]:
    pairs = {"If-None-Match": had.get("etag", ""), "If-Modified-Since": had.get("last_modified", "")}
    return {name: value for name, value in pairs.items() if value}


def _checked(file: PublicFile, url: str, reply: Reply) -> Batch:
    """The batch of a file that is of the kind expected and holds as much as a whole one does."""
    source = Source(
        name=file.name,
        location=url,
        date=_day(reply.last_modified),
        sha256=hashlib.sha256(reply.content).hexdigest(),
        size=len(reply.content),
        etag=reply.etag,
        last_modified=reply.last_modified,
    )
    try:
        batch = recognise(reply.content, source, congress=0)
    except PleaError as error:
        raise MachineError(error.message) from error
    if batch is None or batch.kind != file.kind:
        raise MachineError(f"{file.name}: what came is something else")
    tables = (batch.offices, batch.committees, batch.seats, batch.holders, batch.zips, batch.centres)
    count = sum(len(table) for table in tables)
    if count < file.least:
        raise MachineError(f"{file.name}: holds {count} entries, and a whole one at least {file.least}")
    return batch


def _day(last_modified: str) -> str:
    try:
        return parsedate_to_datetime(last_modified).date().isoformat() if last_modified else ""
    except ValueError:
        return ""


def known_files(path: Path) -> Known:
    """The conditions under which the directory's own copies are still good; none for a directory that is damaged."""
    try:
        with open_directory(path) as directory:
            sources = directory.status()["sources"]
    except MachineError:
        return {}
    return {one["location"]: one for one in sources if one["etag"] or one["last_modified"]}
