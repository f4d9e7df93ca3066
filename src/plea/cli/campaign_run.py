"""`plea campaign run`: plan, print, report, and say what became of everything."""

import os
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from plea.campaigns.approval import refuse_unapproved
from plea.campaigns.geocoder import NOTICE
from plea.campaigns.ledger import Counts, Ledger, open_ledger
from plea.campaigns.mended import feed_in
from plea.campaigns.nouns import Settings
from plea.campaigns.plan import PlanSummary, letters_date, plan
from plea.campaigns.purge import refuse_purged
from plea.campaigns.rooms import open_rooms
from plea.campaigns.run import RunSummary
from plea.campaigns.run import run as make_volumes
from plea.campaigns.settings import load_settings
from plea.campaigns.workers import local_workers
from plea.cli.campaign_progress import counting, making
from plea.cli.failures import INTERRUPTED
from plea.cli.output import counted, print_json
from plea.errors import MendableError
from plea.machine.clock import today

INCOMPLETE = 3


def run_campaign(
    folder: Path, *, workers: int | None, dask: str, mended: Path | None, remake: bool, as_json: bool
) -> int:
    """Do it, and say it; gives the exit code: 0 all is made, 3 some rows or letters are not, 130 stopped by ^C."""
    settings = load_settings(folder)
    with open_ledger(settings.folder, write=True) as ledger:
        refuse_purged(ledger)
        rooms = open_rooms(settings, letters_date(settings, ledger, today()))
        refuse_unapproved(rooms)
        if not remake:
            _refuse_missing(settings, ledger)
        fed = feed_in(settings, mended) if mended else None
        if settings.split_zips == "geocode":
            click.echo(f"plea: {NOTICE}", err=True)
        with counting("rows read") as progress:
            planned = plan(ledger, rooms, progress)
        hands = _cluster(settings, dask) if dask else _processes(workers)
        with making() as told:
            done = make_volumes(settings, ledger, progress=told, **hands)
        counts = ledger.counts()
        withdrawn = [*ledger.withdrawn()]
    notes = [*planned.notes, *([f"{mended}: nothing in it was changed."] if mended and not fed else [])]
    if as_json:
        print_json(_as_json(settings, planned, done, counts, notes))
    else:
        _show(settings, done, counts, notes, withdrawn)
    if done.stopped:
        return INTERRUPTED
    return INCOMPLETE if counts.rejected or counts.held or counts.left else 0


def _processes(workers: int | None) -> dict[str, Any]:
    """Processes of this machine, as a run wants its workers."""
    count = workers or os.cpu_count() or 1
    return {"make_executor": local_workers(count), "workers": count}


def _cluster(settings: Settings, address: str) -> dict[str, Any]:
    """The workers of a cluster, as a run wants them."""
    from plea.campaigns.cluster import cluster_workers, far

    sent = far(settings)
    make_executor, count = cluster_workers(address)
    return {"make_executor": make_executor, "workers": count, "sent": sent}


def _refuse_missing(settings: Settings, ledger: Ledger) -> None:
    """Volumes that were made are in the output folder, or somebody says that they shall be made again."""
    missing = ledger.missing_volumes(settings.output)
    if missing:
        raise MendableError(
            f"{settings.output}: {counted(len(missing), 'volume')} that {'was' if len(missing) == 1 else 'were'} made "
            f"{'is' if len(missing) == 1 else 'are'} not there, such as {missing[0]}",
            "Put the folder back, or make them again with --remake.",
        )


def _show(
    settings: Settings, done: RunSummary, counts: Counts, notes: list[str], withdrawn: list[tuple[str, ...]]
) -> None:
    """What was done, for people."""
    for note in notes:
        click.echo(f"Please note: {note}")
    if done.stopped:
        click.echo(f"Stopped with {counted(counts.left, 'letter')} left. Go on with the same command.")
    elif not done.made and not done.held:
        click.echo("Nothing was left to make.")
    else:
        rate = f", {done.made / done.seconds:,.0f} a second" if done.seconds else ""
        click.echo(f"Made {counted(done.made, 'letter')} in {counted(done.volumes, 'volume')}{rate}.")
    click.echo(f"In all: {summary_line(counts)}.")
    if withdrawn:
        click.echo(f"Take out {counted(len(withdrawn), 'letter')} whose row or official is gone:")
        for letter, file, page in withdrawn[:20]:
            click.echo(f"  {file}, page {page} ({letter})")
    click.echo(f"Volumes and manifest.csv are in {settings.output}.")
    if counts.rejected or counts.held:
        click.echo(
            f"Mend the rows in {settings.output / 'rejects.csv'} and feed them in again:\n"
            f"  plea campaign run {settings.folder} --mended {settings.output / 'rejects.csv'}"
        )


def summary_line(counts: Counts) -> str:
    """A campaign in one line: its letters, then the rows that have none."""
    letters = (("made", counts.made), ("left", counts.left), ("held", counts.held), ("duplicate", counts.duplicate))
    rows = (("rejected", counts.rejected), ("suppressed", counts.suppressed), ("not selected", counts.unselected))
    said = [f"{count:,} {name}" for name, count in letters if count or name == "made"]
    return ", ".join([*said, *(f"{counted(count, 'row')} {name}" for name, count in rows if count)])


def _as_json(
    settings: Settings, planned: PlanSummary, done: RunSummary, counts: Counts, notes: list[str]
) -> Mapping[str, Any]:
    return {
        "run": {**asdict(done), "planned_anew": planned.anew},
        "counts": asdict(counts),
        "output": str(settings.output),
        "notes": notes,
    }
