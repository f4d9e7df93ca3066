"""A campaign's state and previews, for people and for programs."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import click

from plea.campaigns.approval import approvals
from plea.campaigns.ledger import Ledger
from plea.campaigns.nouns import Settings
from plea.campaigns.preview import Preview
from plea.cli.report import problem_json
from plea.writing.wording import sentences

LINES = (
    ("rows", "rows of supporters"),
    ("rejected", "rows with something to mend"),
    ("suppressed", "rows of people not to be written for"),
    ("unselected", "rows that the selection leaves out"),
    ("planned", "letters planned"),
    ("made", "made"),
    ("left", "left to make"),
    ("held", "held"),
    ("duplicate", "duplicate"),
    ("superseded", "made once, and made anew since"),
    ("withdrawn", "made, and to be taken out: row or official is gone"),
    ("volumes", "volumes"),
)
SELDOM = {"suppressed", "unselected", "duplicate", "superseded", "withdrawn"}


def status_json(settings: Settings, ledger: Ledger) -> Mapping[str, Any]:
    """The state for programs."""
    return {
        "name": settings.name,
        "date": str(ledger.date or ""),
        "counts": asdict(ledger.counts()),
        "missing": ledger.missing_volumes(settings.output),
        "purged": ledger.fact("purged"),
        "approvals": [asdict(one) for one in approvals(settings)],
    }


def show_status(settings: Settings, ledger: Ledger) -> None:
    """The state for people."""
    counts = asdict(ledger.counts())
    click.echo(f"{settings.name}, letters dated {ledger.date}")
    for name, words in LINES:
        if counts[name] or name not in SELDOM:
            click.echo(f"{counts[name]:>12,}  {words}")
    missing = ledger.missing_volumes(settings.output)
    if ledger.fact("purged"):
        click.echo(f"Purged on {ledger.fact('purged')}.")
    elif missing:
        click.echo(f"Not in {settings.output}: {', '.join(missing[:5])}{', ...' if len(missing) > 5 else ''}")  # noqa: PLR2004
    for one in approvals(settings):
        click.echo(f"{one.by} approved the text of {one.asks} on {one.date} ({one.text[:8]}).")


def preview_json(found: Preview) -> Mapping[str, Any]:
    """A preview for programs."""
    return {
        "row": found.row,
        "letters": [{**asdict(letter), "picture": str(letter.picture)} for letter in found.letters],
        "problems": [problem_json(problem) for problem in found.problems],
    }


def show_preview(found: Preview) -> None:
    """A preview for people."""
    for letter in found.letters:
        click.echo(f"=== row {letter.row}: {letter.ask} to {letter.official}\n")
        click.echo(letter.text)
        click.echo(f"A picture of it: {letter.picture}\n")
    for problem in found.problems:
        click.echo(sentences(f"Please note: {problem.where}: {problem.what}", problem.hint))
