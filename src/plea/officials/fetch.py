"""One file over HTTPS, whole, within a time, or an error that says why not."""

import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPException, HTTPResponse
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from plea import __version__
from plea.errors import MachineError, UsageError

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
