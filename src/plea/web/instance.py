"""One page a person: a second start finds the first. `web.json` in the home says where it is, `web.lock` that it is."""

import json
import secrets
import time
from dataclasses import asdict, dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from plea.errors import MachineError
from plea.system.files import write_atomic
from plea.system.folders import home
from plea.system.lock import FileLock
from plea.web.app_state import prove

PATIENCE = 5.0
"""Seconds in which a page that is starting or stopping must have done so."""
CALL = 2.0


@dataclass(frozen=True, slots=True)
class RunningPage:
    """Where a page that is running can be asked."""

    port: int
    token: str
    pid: int
    folder: str

    def address(self, key: str) -> str:
        """The address that opens the page with a token or a ticket."""
        return f"http://127.0.0.1:{self.port}/?token={key}"


def lock() -> FileLock:
    """The right to be the one page of this home, held until the process ends or lets go."""
    return FileLock(home() / "web.lock")


def page_file() -> Path:
    """The file that says where the page is (0600: it holds the token)."""
    return home() / "web.json"


def announce(page: RunningPage) -> None:
    """Say where the page is."""
    write_atomic(page_file(), json.dumps(asdict(page)).encode())


def withdraw() -> None:
    """The page is gone."""
    page_file().unlink(missing_ok=True)


def running() -> RunningPage | None:
    """The page that is running, asked and found to be ours; None if the file is stale or there is none."""
    page = _read()
    return page if page and _answers(page) else None


def wait_for_running() -> RunningPage:
    """The page that holds the lock, which may only just be starting. Raises MachineError if it does not answer."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if found := running():
            return found
        time.sleep(0.1)
    page = _read()
    if page:
        raise MachineError("web.process_does_not_answer", process=str(page.pid))
    raise MachineError("web.other_page_does_not_answer")


def wait_until_gone() -> None:
    """Wait until no page holds the lock. Raises MachineError if one still does."""
    until = time.monotonic() + PATIENCE
    while lock().holder():
        if time.monotonic() > until:
            raise MachineError("web.still_working")
        time.sleep(0.05)


def call(page: RunningPage, path: str) -> str:
    """What the page answers to a second start of the same person. Raises MachineError."""
    try:
        status, text = _ask(page, "POST", path, {"Authorization": f"Bearer {page.token}"})
    except (OSError, HTTPException) as error:
        raise MachineError("web.page_does_not_answer", port=str(page.port)) from error
    if status != 200:  # noqa: PLR2004 (HTTP: OK)
        raise MachineError("web.page_refuses", port=str(page.port), status=str(status))
    return text


def _answers(page: RunningPage) -> bool:
    """Whether what listens there has the same token; it is not sent, since it may be another program."""
    asked = secrets.token_urlsafe(16)
    try:
        status, text = _ask(page, "GET", f"/here?ask={asked}", {})
    except (OSError, HTTPException):
        return False
    return status == 200 and secrets.compare_digest(text.encode(), prove(page.token, asked).encode())  # noqa: PLR2004


def _ask(page: RunningPage, method: str, path: str, headers: dict[str, str]) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", page.port, timeout=CALL)
    try:
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read(4096).decode("ascii", "replace")
    finally:
        connection.close()


def _read() -> RunningPage | None:
    try:
        written = json.loads(page_file().read_bytes())
        return RunningPage(int(written["port"]), str(written["token"]), int(written["pid"]), str(written["folder"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
