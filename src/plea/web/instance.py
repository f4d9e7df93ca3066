"""One page a person: a second start finds the first. `web.json` in the home says where it is, `web.lock` that it is."""

import json
import os
import secrets
import time
from dataclasses import asdict, dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import IO

from plea.errors import MachineError
from plea.system.files import write_atomic
from plea.system.folders import home
from plea.web.app_state import prove

PATIENCE = 5.0
"""Seconds in which a page that is starting or stopping must have done so."""
CALL = 2.0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page that is running can be asked."""

    port: int
    token: str
    pid: int
    folder: str

    def address(self, key: str) -> str:
        """The address that opens the page with a token or a ticket."""
        return f"http://127.0.0.1:{self.port}/?token={key}"


class Lock:
    """The right to be the one page of this home, held until the process ends or lets go."""

    def __init__(self) -> None:
        self._path = home() / "web.lock"
        self._file: IO[bytes] | None = None

    def take(self) -> bool:
        """Take it; False if another process has it."""
        import fcntl

        try:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        except OSError as error:
            raise MachineError(f"{self._path}: {error.strerror}", "Check that you may write there.") from error
        file = os.fdopen(handle, "r+b")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            return False
        self._file = file
        return True

    def release(self) -> None:
        """Let go of it; the file stays."""
        if self._file:
            self._file.close()
            self._file = None


def place_file() -> Path:
    """The file that says where the page is (0600: it holds the token)."""
    return home() / "web.json"


def announce(place: Place) -> None:
    """Say where the page is."""
    write_atomic(place_file(), json.dumps(asdict(place)).encode())


def withdraw() -> None:
    """The page is gone."""
    place_file().unlink(missing_ok=True)


def running() -> Place | None:
    """The page that is running, asked and found to be ours; None if the file is stale or there is none."""
    place = _read()
    return place if place and _answers(place) else None


def wait_for_running() -> Place:
    """The page that holds the lock, which may only just be starting. Raises MachineError if it does not answer."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if found := running():
            return found
        time.sleep(0.1)
    place = _read()
    who = f" (process {place.pid})" if place else ""
    raise MachineError(f"Another 'plea web'{who} is running and does not answer", "End it, and start again.")


def wait_until_gone() -> None:
    """Wait until no page holds the lock. Raises MachineError if one still does."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        lock = Lock()
        if lock.take():
            lock.release()
            return
        time.sleep(0.05)
    raise MachineError("The page is told to stop and still finishes its work", "It will stop when the work is done.")


def call(place: Place, path: str) -> str:
    """What the page answers to a second start of the same person. Raises MachineError."""
    try:
        status, text = _ask(place, "POST", path, {"Authorization": f"Bearer {place.token}"})
    except (OSError, HTTPException) as error:
        raise MachineError(f"The page on port {place.port} does not answer", "Start it again.") from error
    if status != 200:  # noqa: PLR2004 (HTTP: OK)
        raise MachineError(f"The page on port {place.port} refuses: {status}", "End it, and start again.")
    return text


def _answers(place: Place) -> bool:
    """Whether what listens there has the same token; it is not sent, since it may be another program."""
    asked = secrets.token_urlsafe(16)
    try:
        status, text = _ask(place, "GET", f"/here?ask={asked}", {})
    except (OSError, HTTPException):
        return False
    return status == 200 and secrets.compare_digest(text.encode(), prove(place.token, asked).encode())  # noqa: PLR2004


def _ask(place: Place, method: str, path: str, headers: dict[str, str]) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", place.port, timeout=CALL)
    try:
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read(4096).decode("ascii", "replace")
    finally:
        connection.close()


def _read() -> Place | None:
    try:
        said = json.loads(place_file().read_bytes())
        return Place(int(said["port"]), str(said["token"]), int(said["pid"]), str(said["folder"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
