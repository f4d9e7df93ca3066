"""`plea web`: open the page in this person's browser, and serve it until it is told to stop."""

import threading
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from plea.errors import MachineError
from plea.system.clock import read_day

if TYPE_CHECKING:
    from plea.web.instance import Place

MINUTE = 60.0


def _day(_ctx: click.Context, _option: click.Parameter, value: str | None) -> date | None:
    """The day that an option names as 2026-11-22."""
    day = read_day(value) if value else None
    if value and not day:
        raise click.BadParameter(f"{value!r} is no day that a letter can have; write it as 2026-11-22.")
    return day


def _minutes(_ctx: click.Context, _option: click.Parameter, value: float) -> float:
    """Minutes that a clock can reach."""
    if not value > 0:
        raise click.BadParameter("must be more than 0 minutes.")
    return value


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--folder", type=click.Path(path_type=Path), help="Where letters and campaigns go. [plea, in your documents]"
)
@click.option("--date", "on", callback=_day, metavar="YYYY-MM-DD", help="The letters' date. [today]")
@click.option("--port", type=click.IntRange(1024, 65535), metavar="N", help="The port to listen on. [any free one]")
@click.option(
    "--idle", type=float, callback=_minutes, default=60.0, metavar="MINUTES", help="Stop after so long alone. [60]"
)
@click.option("--no-browser", is_flag=True, help="Print the address and open nothing.")
@click.option("--stop", is_flag=True, help="Stop the page that is open.")
@click.option("--json", "as_json", is_flag=True, help="For programs: JSON on standard output.")
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
    """Open a page in your browser that makes the same letters.

    It is heard on this machine alone, and what you type stays here. It stops when you say so, at Control-C, and after
    an hour in which nobody came.
    """
    _require_extra()
    from plea.web import instance, server

    if stop:
        _stop(as_json=as_json)
        return

    def announced(place: "Place", ticket: str) -> None:
        _say(place, anew=True, as_json=as_json)
        if not no_browser:
            threading.Thread(target=_open, args=(place.address(ticket),), daemon=True).start()

    lock = instance.Lock()
    if not lock.take():
        place = instance.wait_for_running()
        _say(place, anew=False, as_json=as_json)
        if not no_browser:
            _open(place.address(instance.call(place, "/ticket")))
        return
    try:
        server.serve(server.made(folder), on, port or 0, idle * MINUTE, announced)
    finally:
        lock.release()


def _require_extra() -> None:
    """Raise MachineError that names what to install."""
    try:
        import flask  # noqa: F401 (an extra)
        import waitress  # noqa: F401
    except ModuleNotFoundError as error:
        raise MachineError(
            "The page needs Flask and waitress, which are not installed", "Install them with: pip install 'plea[web]'"
        ) from error


def _say(place: "Place", *, anew: bool, as_json: bool) -> None:
    """Say in one line where the page is."""
    address = place.address(place.token)
    if as_json:
        said = {"address": address, "port": place.port, "process": place.pid, "folder": place.folder, "new": anew}
        _print_json(said)
    else:
        click.echo(f"The page is {'open' if anew else 'open already'}: {address}")


def _open(address: str) -> None:
    """Open the browser; where there is none, the printed line is there to be copied."""
    import webbrowser

    if not webbrowser.open(address):
        click.echo("plea: No browser could be opened here; copy the address above into one.", err=True)


def _stop(*, as_json: bool) -> None:
    """Stop the page that is open, and wait until it is gone."""
    from plea.web import instance

    place = instance.running()
    if place:
        instance.call(place, "/stop")
        instance.wait_until_gone()
    if as_json:
        _print_json({"stopped": bool(place)})
    else:
        click.echo("The page is closed." if place else "No page is open.")


def _print_json(value: dict[str, Any]) -> None:
    import json

    click.echo(json.dumps(value, ensure_ascii=False))
