"""`plea campaign run`: one run conducted, with its progress, and said."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from plea import language
from plea.campaigns.ledger.ledger import Counts
from plea.campaigns.running.run import RunResult, cluster, open_run, processes
from plea.campaigns.settings import Settings
from plea.cli.terminal import print_json
from plea.failures import INTERRUPTED
from plea.system.clock import today
from plea.writing.wording import counted

if TYPE_CHECKING:
    from plea.campaigns.running.run import Progress


INCOMPLETE = 3


def run_campaign(
    folder: Path, *, workers: int | None, dask: str, mended: Path | None, remake: bool, as_json: bool
) -> int:
    """Do it, and say it; gives the exit code: 0 all is made, 3 some rows or letters are not, 130 stopped by ^C."""
    with open_run(folder, today(), corrected=mended, remake=remake) as conduct:
        if conduct.notice:
            click.echo(f"plea: {conduct.notice}", err=True)
        executor = cluster(conduct.settings, dask) if dask else processes(workers)
        with counting("rows read") as progress:
            conduct.plan(progress, executor=executor)
        with making() as told:
            conduct.make(executor, told)
        result, settings = conduct.summary(), conduct.settings
    if as_json:
        print_json(_as_json(settings, result))
    else:
        _show(settings, result)
    if result.done.stopped:
        return INTERRUPTED
    return 0 if result.complete else INCOMPLETE


def _show(settings: Settings, result: RunResult) -> None:
    """What was done, for people."""
    done, counts, withdrawn = result.done, result.counts, result.withdrawn
    for note in result.notes:
        click.echo(f"Please note: {language.line(note)}")
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


def _as_json(settings: Settings, result: RunResult) -> Mapping[str, Any]:
    return {
        "run": {**asdict(result.done), "planned_anew": result.anew},
        "counts": asdict(result.counts),
        "output": str(settings.output),
        "notes": [*map(language.as_json, result.notes)],
    }


@contextmanager
def counting(what: str) -> Iterator[Callable[[int], None] | None]:
    """A count that grows, of things whose number nobody knows before; None off a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn

    with Progress(
        SpinnerColumn(), TextColumn("{task.completed:,.0f} {task.description}"), console=Console(stderr=True),
        transient=True,
    ) as bar:  # fmt: skip
        task = bar.add_task(what, total=None)
        yield lambda count: bar.update(task, completed=count)


@contextmanager
def making() -> Iterator["Callable[[Progress], None]"]:
    """Letters made, with rate and time left; silent off a terminal."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.completed:,.0f} of {task.total:,.0f} letters"), BarColumn(),
        TextColumn("{task.fields[rate]:,.0f} a second"), TimeRemainingColumn(),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("letters", total=0, rate=0.0)
        yield lambda now: bar.update(task, completed=now.done, total=now.total, rate=now.rate)
