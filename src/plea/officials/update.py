"""The directory brought up to date: public files fetched, checked, and swapped in whole."""

import hashlib
import os
import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from email.message import Message
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import IO, NamedTuple
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from plea import __version__
from plea.errors import MachineError, PleaError, UsageError
from plea.officials.directory import open_directory
from plea.officials.imports import batch as kinds
from plea.officials.imports.batch import Batch, Source, apply
from plea.officials.imports.read import MAX_FILE, recognise
from plea.officials.store import DamagedDirectoryError, empty_copy, swap_in, working_copy
from plea.system import clock

_CHUNK = 64 * 1024
_NOT_MODIFIED = 304
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server sent. `changed` is False when the copy one has is still good, and then `content` is empty."""

    content: bytes
    changed: bool
    etag: str = ""
    last_modified: str = ""


def check_url(url: str) -> None:
    """UsageError for an address that is not HTTPS; plain HTTP is for a server on this machine only."""
    if not _is_allowed(url):
        raise UsageError(f"{url}: is not an https address", "Plain http is accepted for 127.0.0.1 and localhost alone.")


def get(url: str, *, seconds: float, limit: int, headers: Mapping[str, str] | None = None) -> Reply:
    """The file at the address. `limit` is in bytes, `headers` are those of a conditional request (RFC 9110, 13.1).

    Raises MachineError for no network, no answer in time, any status but 200 and 304, a body that is cut short or too
    large; UsageError for an address that is not HTTPS.
    """
    check_url(url)
    name = urlsplit(url).path.rsplit("/", 1)[-1] or url
    deadline = time.monotonic() + seconds
    request = Request(url, headers={"User-Agent": f"plea/{__version__}", **(headers or {})})  # noqa: S310 (checked above)
    try:
        with build_opener(_SafeRedirects).open(request, timeout=seconds) as response:
            return Reply(
                _body(response, name, deadline, limit),
                changed=True,
                etag=response.headers.get("ETag", ""),
                last_modified=response.headers.get("Last-Modified", ""),
            )
    except HTTPError as error:
        with error:
            if error.code == _NOT_MODIFIED:
                return Reply(b"", changed=False)
            raise MachineError(f"{name}: the server answered {error.code} {error.reason}") from error
    except (URLError, HTTPException, ssl.SSLError, OSError) as error:
        raise MachineError(f"{name}: {_why(error)}") from error


def _is_allowed(url: str) -> bool:
    parts = urlsplit(url)
    return (parts.scheme == "https" and bool(parts.hostname)) or (
        parts.scheme == "http" and parts.hostname in _LOOPBACK
    )


class _SafeRedirects(HTTPRedirectHandler):
    """Follows a redirect only to where the first request could have gone as well."""

    def redirect_request(  # noqa: PLR0917 (urllib's signature)
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> Request | None:
        if not _is_allowed(newurl):
            raise MachineError(f"{urlsplit(req.full_url).path.rsplit('/', 1)[-1]}: the server sends one to {newurl}")
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type] # typeshed has HTTPMessage


def _body(response: HTTPResponse, name: str, deadline: float, limit: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    while chunk := response.read1(_CHUNK):
        parts.append(chunk)
        size += len(chunk)
        if size > limit:
            raise MachineError(f"{name}: is larger than {limit // 1024 // 1024} MiB, and was not read further")
        if time.monotonic() > deadline:
            raise MachineError(f"{name}: did not arrive in time")
    expected = response.headers.get("Content-Length")
    if expected and expected.isdigit() and int(expected) != size:
        raise MachineError(f"{name}: was cut short after {size} of {expected} bytes")
    return b"".join(parts)


def _why(error: Exception) -> str:
    reason = error.reason if isinstance(error, URLError) else error
    if isinstance(reason, TimeoutError):
        return "no answer in time"
    if isinstance(reason, socket.gaierror):
        return "the server's name was not found"
    if isinstance(reason, OSError) and reason.strerror:
        return reason.strerror.lower()
    return str(reason) or type(reason).__name__


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


def rebuild(path: Path, batches: Iterable[Batch], on: date) -> str:
    """Put the batches into the directory at the path; each kind replaces its own, the other kinds stay.

    A damaged or older directory is built anew from the batches alone; the answer then says so, and is empty otherwise.
    Raises MachineError, with the old file whole, for a directory of a newer program and for a full disk.
    """
    lost = ""
    try:
        memory = working_copy(path)
    except DamagedDirectoryError as error:
        lost = f"{error.message}; it was built anew, without what else was in it"
        memory = empty_copy()
    with closing(memory):
        apply(memory, batches, on)
        swap_in(path, memory)
    return lost


SECONDS = 120.0


class Updated(NamedTuple):
    """What was fetched because it had changed, and what was lost in it (in words; mostly empty)."""

    batches: Sequence[Batch]
    lost: str


def update(
    path: Path, *, source: str = "", seconds: float = SECONDS, say: Callable[[str], None] = lambda _: None
) -> Updated:
    """Fetch what has changed and put it into the directory at the path, which stays as it is unless all came whole.

    `source` is a mirror (else `$PLEA_OFFICIALS_SOURCE`); `seconds` bounds the whole. Raises MachineError.
    """
    base = source or os.environ.get("PLEA_OFFICIALS_SOURCE", "")
    batches = fetch_all(known_files(path), seconds=seconds, base=base, say=say)
    return Updated(batches, rebuild(path, batches, clock.today()) if batches else "")
