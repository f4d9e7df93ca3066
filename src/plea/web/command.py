"""`plea web`: open the page in this person's browser, and serve it until it is told to stop."""

import threading
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from plea.errors import MachineError
from plea.language import gettext as _
from plea.system.clock import read_day

if TYPE_CHECKING:
    from plea.web.instance import RunningPage

MINUTE = 60.0


def _day(_ctx: click.Context, _option: click.Parameter, value: str | None) -> date | None:
    """The day that an option names as 2026-11-22."""
    day = read_day(value) if value else None
    if value and not day:
        raise click.BadParameter(_("%(typed)s is not a date for a letter; write it as 2026-11-22.", typed=value))
    return day


def _minutes(_ctx: click.Context, _option: click.Parameter, value: float) -> float:
    """Minutes that a clock can reach."""
    if not value > 0:
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
    from plea.system.lock import LockedError

    try:
        from plea.web import instance, server
    except ModuleNotFoundError as error:
        raise MachineError("web.not_installed") from error

    if stop:
        page = instance.running()
        if page:
            instance.call(page, "/stop")
            instance.wait_until_gone()
        if as_json:
            _print_json({"stopped": bool(page)})
        else:
            click.echo(_("The page is closed.") if page else _("No page is open."))
        return

    def announced(page: "RunningPage", ticket: str) -> None:
        _print_address(page, new=True, as_json=as_json)
        if not no_browser:
            threading.Thread(target=_open_browser, args=(page.address(ticket),), daemon=True).start()

    lock = instance.lock()
    try:
        lock.take()
    except LockedError:
        page = instance.wait_for_running()
        _print_address(page, new=False, as_json=as_json)
        if not no_browser:
            _open_browser(page.address(instance.call(page, "/ticket")))
        return
    try:
        server.serve(server.make_folder(folder), on, port or 0, idle * MINUTE, announced)
    finally:
        lock.release()


def _print_address(page: "RunningPage", *, new: bool, as_json: bool) -> None:
    """Say in one line where the page is."""
    address = page.address(page.token)
    if as_json:
        _print_json({"address": address, "port": page.port, "process": page.pid, "folder": page.folder, "new": new})
    elif new:
        click.echo(_("The page is open: %(address)s", address=address))
    else:
        click.echo(_("The page is open already: %(address)s", address=address))


def _open_browser(address: str) -> None:
    """Open the browser; where there is none, the printed line is there to be copied."""
    import webbrowser

    if not webbrowser.open(address):
        click.echo(f"plea: {_('No browser could be opened here; copy the address above into one.')}", err=True)


def _print_json(value: dict[str, Any]) -> None:
    import json

    click.echo(json.dumps(value, ensure_ascii=False))
