"""What is asked of the network: the public files of the directory, and the House district of one address.

The directory stays as it is unless all its files came whole. A street address is sent to the Census Bureau only for a
person who agreed to it. The live geocoder was not reached when this was written; its answers are taken from its
documentation (geocoding.geo.census.gov, "Geocoding Services Web API") and tested against a server on the same machine.
"""

import hashlib
import json
import os
import queue
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import date
from email.message import Message
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import IO, Any, NamedTuple
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from plea import __version__
from plea.errors import InputError, MachineError, PleaError, UsageError
from plea.messages.message import N_
from plea.model.states import AT_LARGE, FIPS
from plea.officials.directory import DamagedDirectoryError, empty_copy, open_directory, swap_in, working_copy
from plea.officials.districts import congress_of, vintage_of
from plea.officials.imports import batch as kinds
from plea.officials.imports.batch import Batch, Source, apply
from plea.officials.imports.read import MAX_FILE, recognize
from plea.problems import Problem
from plea.system import clock

_NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True)
class Reply:
    """What the server sent. `changed` is False when the copy at hand is still good; then `content` is empty."""

    content: bytes
    changed: bool
    etag: str = ""
    last_modified: str = ""


def get(url: str, *, seconds: float, limit: int, headers: Mapping[str, str] | None = None) -> Reply:
    """The file at the address. `limit` is in bytes, `headers` are those of a conditional request (RFC 9110, 13.1).

    Raises MachineError for no network, no answer in time, any status but 200 and 304, a body that is cut short or too
    large; UsageError for an address that is not HTTPS.
    """
    _check_url(url)
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
            raise MachineError("download.refused", name, status=str(error.code), reason=str(error.reason)) from error
    except (URLError, HTTPException, ssl.SSLError, OSError) as error:
        raise MachineError(_failure(error, name)) from error


def _is_allowed(url: str) -> bool:
    """HTTPS; plain HTTP is for a server on this machine only."""
    parts = urlsplit(url)
    local = parts.scheme == "http" and parts.hostname in {"127.0.0.1", "::1", "localhost"}
    return local or (parts.scheme == "https" and bool(parts.hostname))


def _check_url(url: str) -> None:
    if not _is_allowed(url):
        raise UsageError("download.not_https", url)


class _SafeRedirects(HTTPRedirectHandler):
    """Follows a redirect only to where the first request could have gone as well."""

    def redirect_request(  # noqa: PLR0917 (urllib's signature)
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> Request | None:
        if not _is_allowed(newurl):
            raise MachineError("download.redirected", urlsplit(req.full_url).path.rsplit("/", 1)[-1], url=newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type] # typeshed has HTTPMessage


def _body(response: HTTPResponse, name: str, deadline: float, limit: int) -> bytes:
    parts: list[bytes] = []
    size = 0
    while chunk := response.read1(64 * 1024):
        parts.append(chunk)
        size += len(chunk)
        if size > limit:
            raise MachineError("download.too_large", name, mebibytes=limit // 1024 // 1024)
        if time.monotonic() > deadline:
            raise MachineError("download.too_slow", name)
    expected = response.headers.get("Content-Length")
    if expected and expected.isdigit() and int(expected) != size:
        raise MachineError("download.cut_short", name, received=size, expected=int(expected))
    return b"".join(parts)


def _failure(error: Exception, name: str) -> Problem:
    reason = error.reason if isinstance(error, URLError) else error
    if isinstance(reason, TimeoutError):
        return Problem("download.no_answer", name)
    if isinstance(reason, socket.gaierror):
        return Problem("download.server_not_found", name)
    if isinstance(reason, OSError) and reason.strerror:
        return Problem("download.failed", name, reason=reason.strerror.lower())
    return Problem("download.failed", name, reason=str(reason) or type(reason).__name__)


_LEGISLATORS = "https://unitedstates.github.io/congress-legislators"
_CENSUS = "https://www2.census.gov/geo/docs/maps-data/data"


@dataclass(frozen=True, slots=True)
class PublicFile:
    """A file of the directory: what kind it is, where it is, and how many entries a whole one has at least."""

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
    PublicFile(kinds.ZIP_CENTERS, f"{_CENSUS}/gazetteer/2024_Gazetteer/2024_Gaz_zcta_national.zip", 30000),
)


def _fetch_all(
    sources: Mapping[str, Mapping[str, str]], seconds: float, base: str, progress: Callable[[str], None]
) -> list[Batch]:
    """What has changed at the publishers since the directory was built; everything, or an error and nothing.

    `sources` has, by address, the `etag` and `last_modified` of what the directory was built from. `seconds` bounds
    the whole, name look-ups included: as looking up a name cannot be given a time limit, a thread of its own does the
    work, and dies with the program.
    """
    if base:
        _check_url(base)
    current = ""
    deadline = time.monotonic() + seconds
    results: queue.SimpleQueue[list[Batch] | PleaError] = queue.SimpleQueue()

    def fetch_each() -> list[Batch]:
        nonlocal current
        batches = []
        for file in FILES:
            current = file.name
            progress(current)
            url = f"{base.rstrip('/')}/{file.name}" if base else file.url
            left = max(0.1, deadline - time.monotonic())
            had = sources.get(url, {})
            conditions = {"If-None-Match": had.get("etag"), "If-Modified-Since": had.get("last_modified")}
            headers = {name: value for name, value in conditions.items() if value}
            reply = get(url, seconds=left, limit=MAX_FILE, headers=headers)
            if reply.changed:
                batches.append(_checked(file, url, reply))
        return batches

    def work() -> None:
        try:
            results.put(fetch_each())
        except PleaError as error:
            results.put(error)

    threading.Thread(target=work, daemon=True).start()
    try:
        result = results.get(timeout=seconds)
    except queue.Empty:
        result = MachineError("download.too_slow", current)
    if isinstance(result, MachineError):
        problem = result.problem
        raise MachineError("directory.not_updated", file=problem.where, reason=problem) from result
    if isinstance(result, PleaError):
        raise result
    return result


def _checked(file: PublicFile, url: str, reply: Reply) -> Batch:
    """The batch of a file that is of the kind expected and holds as much as a whole one does."""
    try:
        day = parsedate_to_datetime(reply.last_modified).date().isoformat() if reply.last_modified else ""
    except ValueError:
        day = ""
    digest = hashlib.sha256(reply.content).hexdigest()
    source = Source(file.name, url, day, digest, len(reply.content), reply.etag, reply.last_modified)
    try:
        batch = recognize(reply.content, source, congress=0)
    except PleaError as error:
        raise MachineError(error.problems) from error
    if batch is None or batch.kind != file.kind:
        raise MachineError("download.another_file", file.name)
    tables = (batch.offices, batch.committees, batch.seats, batch.holders, batch.zips, batch.centers)
    entries = sum(len(table) for table in tables)
    if entries < file.least:
        raise MachineError("download.too_few", file.name, entries=entries, least=file.least)
    return batch


def rebuild(path: Path, batches: Iterable[Batch], on: date) -> Problem | None:
    """Put the batches into the directory at the path; each kind replaces its own, the other kinds stay.

    A damaged or older directory is built again from the batches alone, and the problem says so. Raises MachineError,
    with the old file whole, for a directory of a newer program and for a full disk.
    """
    lost = None
    try:
        memory = working_copy(path)
    except DamagedDirectoryError as error:
        lost = Problem("directory.rebuilt", str(path), reason=error.problem)
        memory = empty_copy()
    with closing(memory):
        apply(memory, batches, on)
        swap_in(path, memory)
    return lost


SECONDS = 120.0


class Updated(NamedTuple):
    """What was fetched because it had changed, and what was lost in it (mostly None)."""

    batches: Sequence[Batch]
    lost: Problem | None


def update(
    path: Path, *, source: str = "", seconds: float = SECONDS, progress: Callable[[str], None] = lambda _name: None
) -> Updated:
    """Fetch what has changed and put it into the directory at the path, which stays as it is unless all came whole.

    `source` is a mirror (else `$PLEA_OFFICIALS_SOURCE`); `seconds` bounds the whole; `progress` is called with
    each file's name. Raises MachineError.
    """
    base = source or os.environ.get("PLEA_OFFICIALS_SOURCE", "")
    sources: Mapping[str, Mapping[str, str]] = {}
    with suppress(MachineError), open_directory(path) as directory:  # all is fetched for one that is damaged
        sources = {source["location"]: source for source in directory.status()["sources"]}
    batches = _fetch_all(sources, seconds, base, progress)
    return Updated(batches, rebuild(path, batches, clock.today()) if batches else None)


# --- the district of one address --------------------------------------------------------------------------

NOTICE = N_("your street leaves this machine: it goes to the geocoder of the U.S. Census Bureau")
_GEOCODER = "https://geocoding.geo.census.gov/geocoder/geographies/address"
_LAYER = re.compile(r"(?P<congress>\d{3})(?:st|nd|rd|th) Congressional Districts")


def district_of(
    street: str, *, city: str = "", state: str = "", zip_code: str = "", on: date, seconds: float = 20
) -> tuple[str, int]:
    """The seat (`VT-0`, `IL-11`) of the address and its Congress, which is the one that sits on that day.

    Raises InputError for an address that is not found, MachineError when the geocoder cannot be asked or answers
    for another Congress. `PLEA_GEOCODER` names another server, for tests.
    """
    congress = congress_of(on)
    vintage = vintage_of(congress)
    if not vintage:
        raise MachineError("geocoder.congress_unknown", congress=congress)
    address = {"street": street, "city": city, "state": state, "zip": zip_code[:5]}
    options = {"benchmark": "Public_AR_Current", "vintage": vintage, "layers": "all", "format": "json"}
    fields = {name: value for name, value in (address | options).items() if value}
    try:
        reply = get(
            f"{os.environ.get('PLEA_GEOCODER') or _GEOCODER}?{urlencode(fields)}",
            seconds=seconds,
            limit=4 * 1024 * 1024,
        )
    except MachineError as error:
        raise MachineError("geocoder.no_answer", reason=error.problem) from error
    try:
        matches = json.loads(reply.content)["result"]["addressMatches"]
        seats = {_seat(match["geographies"], congress) for match in matches}
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise MachineError("geocoder.undocumented") from error
    if len(seats) > 1:
        raise InputError("geocoder.several", seats=tuple(sorted(seats)))
    if not seats:
        raise InputError("geocoder.not_found")
    return seats.pop(), congress


def _seat(geographies: Mapping[str, Any], congress: int) -> str:
    """The seat in the layer of that Congress. Raises MachineError where there is none."""
    layers = {int(match["congress"]): name for name in geographies if (match := _LAYER.fullmatch(name))}
    if congress not in layers:
        raise MachineError("geocoder.another_congress", congress=congress, others=tuple(sorted(layers)))
    area = geographies[layers[congress]][0]
    state, number = FIPS[area["GEOID"][:2]], area["GEOID"][2:]
    return f"{state}-{0 if number in AT_LARGE else int(number)}"
