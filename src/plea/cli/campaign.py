"""`plea campaign`: a folder of supporters in, print-ready volumes out."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from plea.cli.terminal import person_present, print_json
from plea.system.clock import today
from plea.writing.wording import counted

if TYPE_CHECKING:
    from plea.campaigns.ledger.ledger import Ledger
    from plea.campaigns.settings import Settings

INCOMPLETE = 3
Command = Callable[..., None]

_FOLDER = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
_JSON = click.option("--json", "as_json", is_flag=True, help="For programs: JSON on standard output.")


def _day(_ctx: click.Context, _option: click.Parameter, value: str | None) -> date | None:
    """The day that an option names as 2026-11-22."""
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        raise click.BadParameter(f"{value!r} is no day; write it as 2026-11-22.") from None


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def command() -> None:
    """A folder of supporters in, print-ready letters out, every one accounted for."""


@command.command("new")
@_FOLDER
@click.option("--ask", "asks", multiple=True, required=True, metavar="KEY", help="What is asked; again for another.")
@click.option("--name", default="", metavar="TEXT", help="What the campaign is called. [the folder's name]")
@click.option("--organiser", default="", metavar="TEXT", help="Who runs it.")
@click.option("--contact", default="", metavar="TEXT", help="Where people reach you.")
@click.option("--delivery", type=click.Choice(["post", "hand"]), default="post", help="How the letters go. [post]")
@click.option("--date", "on", callback=_day, metavar="YYYY-MM-DD", help="The letters' date. [the day of the first run]")
@_JSON
def new(
    *,
    folder: Path,
    asks: tuple[str, ...],
    name: str,
    organiser: str,
    contact: str,
    delivery: str,
    on: date | None,
    as_json: bool,
) -> None:
    """Make a folder with settings, a table for the supporters, a form to print and the texts to edit."""
    from plea.campaigns.preparing.scaffold import NewCampaign, new_campaign

    files = new_campaign(folder, NewCampaign(asks, name, organiser, contact, delivery, on), today())
    if as_json:
        print_json({"folder": str(folder), "files": list(map(str, files))})
        return
    for file in files:
        click.echo(f"made {file}")
    click.echo("\nFill in campaign.toml and supporters.csv, print sign-up-sheet.pdf, then:")
    click.echo(f"  plea campaign check {folder}")


@command.command("check")
@_FOLDER
@click.option("--on", "by", callback=_day, metavar="YYYY-MM-DD", help="Say what ends by that day. [in 45 days]")
@_JSON
@click.pass_context
def check(ctx: click.Context, folder: Path, by: date | None, as_json: bool) -> None:
    """Read everything and make nothing: what would be printed, and what stands in the way.

    Exits 3 when rows or letters have problems.
    """
    from plea.campaigns.checking.check import check as check_campaign
    from plea.campaigns.ledger.ledger import open_campaign
    from plea.cli import campaign_views
    from plea.cli.campaign_run import counting

    context = open_campaign(folder, today())
    with counting("rows read") as progress:
        checked = check_campaign(context, by, progress)
    if as_json:
        print_json(campaign_views.as_json(checked, context))
    else:
        campaign_views.show(checked, context)
    counts = checked.figures.counts
    ctx.exit(INCOMPLETE if counts.rejected or counts.held else 0)


@command.command("preview")
@_FOLDER
@click.option("--row", type=click.IntRange(min=1), default=None, help="The data row, counted from 1.")
@click.option("--name", default="", help="Or a part of the supporter's name.")
@_JSON
@click.pass_context
def preview(ctx: click.Context, folder: Path, row: int | None, name: str, as_json: bool) -> None:
    """Show one supporter's letters, as text and as pictures."""
    from plea.campaigns.checking.preview import preview as preview_row
    from plea.campaigns.ledger.ledger import open_campaign
    from plea.cli import campaign_views
    from plea.errors import UsageError

    if bool(row) == bool(name):
        raise UsageError("preview: say whose letters, with --row or with --name", "As in: --row 17")
    found = preview_row(open_campaign(folder, today()), row=row or 0, name=name)
    if as_json:
        print_json(campaign_views.preview_json(found))
    else:
        campaign_views.show_preview(found)
    ctx.exit(0 if found.letters else 1)


@command.command("run")
@_FOLDER
@click.option("--workers", type=click.IntRange(min=1), default=None, metavar="N", help="Processes. [all cores]")
@click.option("--dask", default="", metavar="tcp://HOST:PORT", help="A dask scheduler whose workers do the work.")
@click.option("--mended", type=click.Path(path_type=Path), metavar="FILE", help="A rejects.csv with rows mended.")
@click.option("--remake", is_flag=True, help="Make volumes anew that are no longer in the output folder.")
@_JSON
@click.pass_context
def run(
    ctx: click.Context,
    *,
    folder: Path,
    workers: int | None,
    dask: str,
    mended: Path | None,
    remake: bool,
    as_json: bool,
) -> None:
    """Plan what is new or changed, and print what is left. Started again after a crash it goes on."""
    from plea.cli.campaign_run import run_campaign

    ctx.exit(run_campaign(folder, workers=workers, dask=dask, mended=mended, remake=remake, as_json=as_json))


@command.command("status")
@_FOLDER
@_JSON
def status(folder: Path, as_json: bool) -> None:
    """Say how many letters are planned, made, held and left."""
    from plea.campaigns.settings import load_settings
    from plea.cli import campaign_views

    settings = load_settings(folder)
    with _ledger(settings, write=False) as ledger:
        if as_json:
            print_json(campaign_views.status_json(settings, ledger))
        else:
            campaign_views.show_status(settings, ledger)


@command.command("report")
@_FOLDER
@_JSON
def report(folder: Path, as_json: bool) -> None:
    """Write the report: one page for a browser, and its numbers as CSV."""
    from plea.campaigns.ledger.ledger import open_campaign
    from plea.campaigns.reporting.report import report as write_report

    context = open_campaign(folder, today())
    with _ledger(context.settings, write=False) as ledger:
        files = write_report(context, ledger)
    if as_json:
        print_json({"files": list(map(str, files))})
        return
    for file in files:
        click.echo(f"made {file}")


@command.command("approve")
@_FOLDER
@click.option("--by", required=True, metavar="NAME", help="Who approves the text.")
@_JSON
def approve(folder: Path, by: str, as_json: bool) -> None:
    """Record who approved the text as it now stands."""
    from plea.campaigns.checking.approval import approve as approve_text
    from plea.campaigns.checking.approval import as_json as approval_json
    from plea.campaigns.ledger.ledger import open_campaign

    given = approve_text(open_campaign(folder, today()), by, today())
    if as_json:
        print_json(approval_json(given))
    else:
        click.echo(f"{given.by} approved the text of {given.asks} on {given.date} ({given.text[:8]}).")


@command.command("purge")
@_FOLDER
@click.option("--yes", is_flag=True, help="Do not ask.")
@_JSON
def purge(folder: Path, yes: bool, as_json: bool) -> None:
    """Remove personal data; counts stay, and the hashes that keep the suppressed suppressed."""
    from plea.campaigns.purge import left_alone, to_remove
    from plea.campaigns.purge import purge as purge_campaign
    from plea.campaigns.settings import load_settings
    from plea.errors import UsageError

    settings = load_settings(folder)
    if not yes and not person_present():
        raise UsageError("purge: deletes files for good and was not told --yes", "Add --yes.")
    with _ledger(settings, write=True) as ledger:
        if not yes:
            for path in to_remove(settings, ledger):
                click.echo(f"  {path}")
            click.confirm("Delete these for good, and every name in the ledger?", abort=True)
        removed = purge_campaign(settings, ledger, today())
        made = ledger.counts().made
    left = left_alone(settings)
    if as_json:
        print_json({"removed": list(map(str, removed)), "made": made, "left": list(map(str, left))})
        return
    click.echo(f"Removed all names, and {len(removed)} files or folders; {counted(made, 'letter')} stay counted.")
    if left:
        click.echo("These are not the program's and stay. Delete by hand what has names in it:")
    for path in left:
        click.echo(f"  {path}")


def _ledger(settings: "Settings", *, write: bool) -> "Ledger":
    from plea.campaigns.ledger.ledger import open_ledger

    return open_ledger(settings.folder, write=write)
