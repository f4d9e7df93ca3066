"""`plea web`: open the page in this person's browser, and serve it until it is told to stop.

One page a person: a second start finds the first. In the home, `web.json` says where it is, `web.lock` that it runs.
"""

import os
import secrets
import threading
import time
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from plea.errors import MachineError
from plea.language import gettext as _
from plea.system.clock import read_day
from plea.system.files import write_atomic
from plea.system.folders import home
from plea.system.lock import FileLock, LockedError

if TYPE_CHECKING:
    from plea.web.app_state import AppState

MINUTE = 60.0
PATIENCE = 5.0
"""Seconds in which a page that is starting or stopping must have done so."""
CALL = 2.0
"""Seconds in which a page that runs must answer."""


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

    def call(self, path: str) -> str:
        """What the page answers to a second start of the same person. Raises MachineError."""
        try:
            status, text = self._ask("POST", path, {"Authorization": f"Bearer {self.token}"})
        except OSError as error:
            raise MachineError("web.page_does_not_answer", port=str(self.port)) from error
        if status != HTTPStatus.OK:
            raise MachineError("web.page_refuses", port=str(self.port), status=str(status))
        return text

    def answers(self) -> bool:
        """Whether what listens there has the same token; it is not sent, since it may be another program."""
        from plea.web.app_state import prove

        challenge = secrets.token_urlsafe(16)
        try:
            status, text = self._ask("GET", f"/here?ask={challenge}", {})
        except OSError:
            return False
        proof = prove(self.token, challenge)
        return status == HTTPStatus.OK and secrets.compare_digest(text.encode(), proof.encode())

    def _ask(self, method: str, path: str, headers: dict[str, str]) -> tuple[int, str]:
        """Status and beginning of the answer. Raises OSError when what listens there is no web server either."""
        from http.client import HTTPConnection, HTTPException

        connection = HTTPConnection("127.0.0.1", self.port, timeout=CALL)
        try:
            connection.request(method, path, headers=headers)
            answer = connection.getresponse()
            return answer.status, answer.read(4096).decode("ascii", "replace")
        except HTTPException as error:
            raise OSError(str(error)) from error
        finally:
            connection.close()


def _day(_ctx: click.Context, _option: click.Parameter, value: str | None) -> date | None:
    """The day that an option names as 2026-11-22."""
    day = read_day(value) if value else None
    if value and not day:
        raise click.BadParameter(_("%(typed)s is not a date for a letter; write it as 2026-11-22.", typed=value))
    return day


def _minutes(_ctx: click.Context, _option: click.Parameter, value: float) -> float:
    if not value > 0:  # nor nan
        raise click.BadParameter(_("must be more than 0 minutes."))
    return value


@click.command(
    context_settings={"help_option_names": ["-h", "--help"]},
    help=_(
        "Open a page in your browser that makes the same letters.\n\n"
        "Only this machine can reach it, and what you type stays here. It stops when you say so, at Control-C, and "
        "after an hour without use."
    ),
)
@click.option(
    "--folder", type=click.Path(path_type=Path), help=_("Where letters and campaigns go. [plea, in your documents]")
)
@click.option("--date", "on", callback=_day, metavar="YYYY-MM-DD", help=_("The letters' date. [today]"))
@click.option("--port", type=click.IntRange(1024, 65535), metavar="N", help=_("The port to listen on. [any free one]"))
@click.option(
    "--idle", type=float, callback=_minutes, default=60.0, metavar="MINUTES", help=_("Stop when unused so long. [60]")
)
@click.option("--no-browser", is_flag=True, help=_("Print the address and open nothing."))
@click.option("--stop", is_flag=True, help=_("Stop the page that is open."))
@click.option("--json", "as_json", is_flag=True, help=_("For programs: JSON on standard output."))
def command(
    *,
    folder: Path | None,
    on: date | None,
    port: int | None,
    idle: float,
    no_browser: bool,
    stop: bool,
    as_json: bool,
) -> None:
    """`plea web`. Raises MachineError when the page cannot be opened or stopped."""
    try:
        from plea.web import server
    except ModuleNotFoundError as error:
        raise MachineError("web.not_installed") from error

    lock = FileLock(home() / "web.lock")
    if stop:
        _stop(lock, as_json=as_json)
        return

    @contextmanager
    def announced(state: "AppState") -> Iterator[None]:
        """Say where the page is, to the person and to a second start, for as long as it is there."""
        import json

        page = RunningPage(state.port, state.token, os.getpid(), str(state.folder))
        write_atomic(_page_file(), json.dumps(asdict(page)).encode())
        try:
            _print_address(page, new=True, as_json=as_json)
            if not no_browser:
                address = page.address(state.new_ticket())
                threading.Thread(target=_open_browser, args=(address,), daemon=True).start()
            yield
        finally:
            _page_file().unlink(missing_ok=True)

    try:
        lock.take()
    except LockedError:
        page = _wait_for_running()
        _print_address(page, new=False, as_json=as_json)
        if not no_browser:
            _open_browser(page.address(page.call("/ticket")))
        return
    try:
        server.serve(server.make_folder(folder), on, port or 0, idle * MINUTE, announced)
    finally:
        lock.release()


def _stop(lock: FileLock, *, as_json: bool) -> None:
    """Stop the page that is open, if there is one. Raises MachineError if it goes on."""
    page = _running()
    if page:
        page.call("/stop")
        until = time.monotonic() + PATIENCE
        while lock.holder():
            if time.monotonic() > until:
                raise MachineError("web.still_working")
            time.sleep(0.05)
    if as_json:
        _print_json({"stopped": bool(page)})
    else:
        click.echo(_("The page is closed.") if page else _("No page is open."))


def _page_file() -> Path:
    """The file that says where the page is (0600: it holds the token)."""
    return home() / "web.json"


def _announced_page() -> RunningPage | None:
    """What the file says, which may be out of date."""
    import json

    try:
        page = json.loads(_page_file().read_bytes())
        return RunningPage(int(page["port"]), str(page["token"]), int(page["pid"]), str(page["folder"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _running() -> RunningPage | None:
    """The page that is running, asked and found to be ours."""
    page = _announced_page()
    return page if page and page.answers() else None


def _wait_for_running() -> RunningPage:
    """The page that holds the lock, which may only just be starting. Raises MachineError if it does not answer."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if page := _running():
            return page
        time.sleep(0.1)
    if page := _announced_page():
        raise MachineError("web.process_does_not_answer", process=str(page.pid))
    raise MachineError("web.other_page_does_not_answer")


def _print_address(page: RunningPage, *, new: bool, as_json: bool) -> None:
    address = page.address(page.token)
    if as_json:
        _print_json({"address": address, "port": page.port, "process": page.pid, "folder": page.folder, "new": new})
    elif new:
        click.echo(_("The page is open: %(address)s", address=address))
    else:
        click.echo(_("The page is open already: %(address)s", address=address))


def _open_browser(address: str) -> None:
    """Open the browser; where there is none, the printed line is there to be copied."""
    if not webbrowser.open(address):
        click.echo(f"plea: {_('No browser could be opened here; copy the address above into one.')}", err=True)


def _print_json(value: dict[str, Any]) -> None:
    import json

    click.echo(json.dumps(value, ensure_ascii=False))
