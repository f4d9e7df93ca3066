"""`plea campaign`: a folder of supporters in, print-ready volumes out."""

from dataclasses import asdict
from datetime import date
from pathlib import Path

import click

from plea.cli.terminal import (
    DAY,
    HELP,
    PATH,
    counting,
    decide,
    json_option,
    letters_made,
    person_present,
    print_json,
    show_files,
)
from plea.failures import INCOMPLETE, INTERRUPTED, TO_CORRECT
from plea.language import gettext as _
from plea.system.clock import today

FORMER_WORDS = {"organiser": "organizer", "mended": "corrected", "post": "mail"}
"""Options and values as they were called before; they still work."""

_folder = click.argument("folder", metavar="DIR", type=PATH)


@click.group(
    context_settings=HELP | {"token_normalize_func": lambda word: FORMER_WORDS.get(word, word)},
    help=_("A folder of supporters in, print-ready letters out, every one accounted for."),
)
def command() -> None:
    """The commands of a campaign."""


@command.command(
    "new",
    help=_("Make a folder with settings, a table for the supporters, a form to print and the texts to edit."),
)
@_folder
@click.option(
    "--ask", "asks", multiple=True, required=True, metavar="KEY", help=_("What is asked for; may be repeated.")
)
@click.option("--name", default="", metavar="TEXT", help=_("What the campaign is called. [the folder's name]"))
@click.option("--organizer", default="", metavar="TEXT", help=_("Who runs it."))
@click.option("--contact", default="", metavar="TEXT", help=_("Where people reach you."))
@click.option(
    "--delivery", type=click.Choice(["mail", "hand"]), default="mail", help=_("How the letters are delivered. [mail]")
)
@click.option("--date", "on", type=DAY, metavar="YYYY-MM-DD", help=_("The letters' date. [the day of the first run]"))
@json_option
def new(
    *,
    folder: Path,
    asks: tuple[str, ...],
    name: str,
    organizer: str,
    contact: str,
    delivery: str,
    on: date | None,
    as_json: bool,
) -> None:
    """Make the folder of a new campaign."""
    from plea.campaigns.preparing.scaffold import NewCampaign, new_campaign

    files = new_campaign(folder, NewCampaign(asks, name, organizer, contact, delivery, on), today())
    if as_json:
        print_json({"folder": str(folder), "files": list(map(str, files))})
        return
    show_files(files)
    click.echo("\n" + _("Fill in campaign.toml and supporters.csv, print sign-up-sheet.pdf, then:"))
    click.echo(f"  plea campaign check {folder}")


@command.command(
    "check",
    help=_(
        "Read everything and make nothing: what would be printed, and what stands in the way.\n\n"
        "Exits 3 when rows or letters have problems."
    ),
)
@_folder
@click.option("--on", "by", type=DAY, metavar="YYYY-MM-DD", help=_("Say what ends by that day. [in 45 days]"))
@json_option
@click.pass_context
def check(ctx: click.Context, folder: Path, by: date | None, as_json: bool) -> None:
    """Say what a run would print."""
    from plea.campaigns.checking.check import check as check_campaign
    from plea.campaigns.ledger.ledger import open_campaign
    from plea.cli import campaign_views

    context = open_campaign(folder, today())
    with counting(_("rows read")) as progress:
        checked = check_campaign(context, by, progress)
    if as_json:
        print_json(campaign_views.check_json(checked, context))
    else:
        campaign_views.show_check(checked, context)
    counts = checked.figures.counts
    ctx.exit(INCOMPLETE if counts.rejected or counts.held else 0)


@command.command("preview", help=_("Show one supporter's letters, as text and as pictures."))
@_folder
@click.option("--row", type=click.IntRange(min=1), default=None, help=_("The data row, counted from 1."))
@click.option("--name", default="", help=_("Or a part of the supporter's name."))
@json_option
@click.pass_context
def preview(ctx: click.Context, folder: Path, row: int | None, name: str, as_json: bool) -> None:
    """Show one supporter's letters."""
    from plea.campaigns.checking.approval import preview as preview_row
    from plea.campaigns.ledger.ledger import open_campaign
    from plea.cli import campaign_views
    from plea.errors import UsageError

    if bool(row) == bool(name):
        raise UsageError("preview.whose", "preview")
    rows = preview_row(open_campaign(folder, today()), row=row or 0, name=name)
    if as_json:
        print_json(campaign_views.preview_json(rows))
    else:
        campaign_views.show_preview(rows)
    ctx.exit(0 if rows.letters else TO_CORRECT)


@command.command(
    "run", help=_("Plan what is new or changed, and print what is left. Started again after a crash, it goes on.")
)
@_folder
@click.option(
    "--workers", type=click.IntRange(min=1), default=None, metavar="N", help=_("How many processes. [all cores]")
)
@click.option("--dask", default="", metavar="tcp://HOST:PORT", help=_("A dask scheduler whose workers do the work."))
@click.option("--corrected", type=PATH, metavar="FILE", help=_("A rejects.csv whose rows you have corrected."))
@click.option("--remake", is_flag=True, help=_("Make volumes again that are no longer in the output folder."))
@json_option
@click.pass_context
def run(
    ctx: click.Context,
    *,
    folder: Path,
    workers: int | None,
    dask: str,
    corrected: Path | None,
    remake: bool,
    as_json: bool,
) -> None:
    """Plan and print; exits 0 when all is made, 3 when some rows or letters are not, 130 when stopped by ^C."""
    from plea.campaigns.running.run import cluster, open_run, processes
    from plea.cli import campaign_views

    with open_run(folder, today(), corrected=corrected, remake=remake) as campaign_run:
        if campaign_run.notice:
            click.echo(f"plea: {campaign_run.notice}", err=True)
        executor = cluster(campaign_run.settings, dask) if dask else processes(workers)
        with counting(_("rows read")) as progress:
            campaign_run.plan(progress)
        with letters_made() as made:
            campaign_run.make(executor, made)
        result, settings = campaign_run.summary(), campaign_run.settings
    if as_json:
        print_json(campaign_views.run_json(settings, result))
    else:
        campaign_views.show_run(settings, result)
    ctx.exit(INTERRUPTED if result.done.stopped else 0 if result.complete else INCOMPLETE)


@command.command("status", help=_("Say how many letters are planned, made, held and left."))
@_folder
@json_option
def status(folder: Path, as_json: bool) -> None:
    """Say how far the campaign is."""
    from plea.campaigns.ledger.ledger import open_ledger
    from plea.campaigns.settings import load_settings
    from plea.cli import campaign_views

    settings = load_settings(folder)
    with open_ledger(settings.folder, write=False) as ledger:
        if as_json:
            print_json(campaign_views.status_json(settings, ledger))
        else:
            campaign_views.show_status(settings, ledger)


@command.command("report", help=_("Write the report: one page for a browser, and its numbers as CSV."))
@_folder
@json_option
def report(folder: Path, as_json: bool) -> None:
    """Write the report."""
    from plea.campaigns.ledger.ledger import open_campaign, open_ledger
    from plea.campaigns.reporting.report import report as write_report

    context = open_campaign(folder, today())
    with open_ledger(context.settings.folder, write=False) as ledger:
        files = write_report(context, ledger)
    if as_json:
        print_json({"files": list(map(str, files))})
        return
    show_files(files)


@command.command("approve", help=_("Record who approved the text as it now stands."))
@_folder
@click.option("--by", required=True, metavar="NAME", help=_("Who approves the text."))
@json_option
def approve(folder: Path, by: str, as_json: bool) -> None:
    """Record an approval."""
    from plea.campaigns.checking.approval import approve as approve_text
    from plea.campaigns.ledger.ledger import open_campaign
    from plea.cli import campaign_views

    approval = approve_text(open_campaign(folder, today()), by, today())
    if as_json:
        print_json(asdict(approval))
    else:
        click.echo(campaign_views.approval_line(approval))


@command.command("purge", help=_("Remove personal data; counts stay, and the hashes that keep people suppressed."))
@_folder
@click.option("--yes", is_flag=True, help=_("Do not ask."))
@json_option
def purge(folder: Path, yes: bool, as_json: bool) -> None:
    """Remove personal data."""
    from plea.campaigns.ledger.ledger import open_ledger
    from plea.campaigns.purge import left_alone, to_remove
    from plea.campaigns.purge import purge as purge_campaign
    from plea.campaigns.settings import load_settings
    from plea.errors import UsageError

    settings = load_settings(folder)
    if not yes and not person_present():
        raise UsageError("purge.not_confirmed", "purge")
    with open_ledger(settings.folder, write=True) as ledger:
        if not yes:
            for path in to_remove(settings, ledger):
                click.echo(f"  {path}")
            question = _("Delete these for good, and every name in the ledger?")
            if decide(question, {"yes": _("yes"), "no": _("no")}, "no") == "no":
                raise click.Abort
        removed = purge_campaign(settings, ledger, today())
        made = ledger.counts().made
    left = left_alone(settings)
    if as_json:
        print_json({"removed": list(map(str, removed)), "made": made, "left": list(map(str, left))})
        return
    summary = _("Removed all names. Files and folders removed: %(files)s. Letters still counted: %(letters)s.",
                files=len(removed), letters=made)  # fmt: skip
    click.echo(summary)
    if left:
        click.echo(_("These were not made by plea and stay. Delete by hand those that have names in them:"))
    for path in left:
        click.echo(f"  {path}")
