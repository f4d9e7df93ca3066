"""What `plea campaign check` found, for people and for programs."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import click

from plea import language
from plea.campaigns.checking.approval import approvals
from plea.campaigns.checking.check import CASE, REAM, Checked
from plea.campaigns.checking.preview import Preview
from plea.campaigns.context import CampaignContext
from plea.campaigns.ledger.ledger import Ledger
from plea.campaigns.reporting.statistics import OfficeStatistics, ProblemStatistics
from plea.campaigns.settings import Settings
from plea.cli.campaign_run import summary_line
from plea.cli.report import problem_json
from plea.cli.terminal import heading
from plea.writing.wording import counted, sentences

SHOWN = 15
ROWS_SHOWN = 3


def as_json(checked: Checked, context: CampaignContext) -> Mapping[str, Any]:
    """Everything for programs."""
    figures = checked.figures
    return {
        "date": context.on.isoformat(),
        "counts": asdict(figures.counts),
        "offices": [_office(office) for office in figures.offices],
        "problems": [asdict(problem) | {"what": problem.what} for problem in figures.problems],
        "states": [asdict(state) for state in figures.states],
        "paper": asdict(checked.paper),
        "fit": {
            "doubtful": checked.fit.doubtful,
            "tried": checked.fit.tried,
            "over": [{"row": row, **language.as_json(problem)} for row, problem in checked.fit.over],
        },
        "by": checked.by.isoformat(),
        "expiring": [{"key": fact.key, "review_by": str(fact.review_by)} for fact in checked.expiring],
        "ending": [{"id": one.id, "name": one.name, "end": str(one.end)} for one in checked.ending],
        "notes": [*map(language.as_json, checked.notes)],
    }


def show(checked: Checked, context: CampaignContext) -> None:
    """Everything for people, the most important last but one, what to do next at the end."""
    for note in checked.notes:
        click.echo(f"Please note: {language.line(note)}")
    _show_offices(checked)
    _show_problems(checked)
    _show_ends(checked, context)
    _show_fit(checked)
    _show_likeness(checked)
    paper = checked.paper
    heading("What would be printed")
    click.echo(f"  {summary_line(checked.figures.counts)}")
    click.echo(f"  {counted(paper.letters, 'letter')} in {counted(paper.volumes, 'volume')}, each with a cover")
    boxes = f"{paper.cases:,} box{'' if paper.cases == 1 else 'es'} of {CASE:,}"
    reams = f"{counted(paper.reams, 'ream')} of {REAM}"
    click.echo(f"  {counted(paper.sheets, 'sheet')} printed on one side: {reams}, or {boxes}")
    click.echo(f"  {counted(paper.envelopes, 'envelope')}")
    click.echo(f"\nLook at some: plea campaign preview {context.settings.folder} --row 1")
    click.echo(f"Print:        plea campaign run {context.settings.folder}")


def _show_offices(checked: Checked) -> None:
    heading("Where the letters go")
    offices = checked.figures.offices
    for office in offices[:SHOWN]:
        click.echo(f"  {office.letters:>7,}  {office.official}, {office.office}")
    if len(offices) > SHOWN:
        click.echo(f"           and {len(offices) - SHOWN:,} offices more (--json has them all)")


def _show_problems(checked: Checked) -> None:
    if checked.figures.problems:
        heading("What stands in the way")
    for problem in checked.figures.problems:
        kind = f"{problem.outcome}: {problem.about}: {problem.what}"
        click.echo(f"  {problem.count:>7,}  {kind} ({_rows_in_words(problem)})")


def _show_ends(checked: Checked, context: CampaignContext) -> None:
    """Facts and terms that end by the day."""
    if not checked.expiring and not checked.ending:
        return
    heading(f"What ends by {checked.by} (the letters are dated {context.on})")
    for fact in checked.expiring:
        click.echo(f"  the fact {fact.key} may be stated until {fact.review_by}")
    for official in checked.ending[:SHOWN]:
        click.echo(f"  the term of {official.name or official.id} on {official.end}")
    if len(checked.ending) > SHOWN:
        click.echo(f"  and {len(checked.ending) - SHOWN} terms more")


def _show_fit(checked: Checked) -> None:
    fit = checked.fit
    if not fit.doubtful:
        return
    heading("Letters that may not fit their page")
    click.echo(f"  {counted(fit.doubtful, 'letter')} by their length; {fit.tried} were set, {len(fit.over)} do not fit")
    for row, problem in fit.over[:SHOWN]:
        click.echo(f"  row {row}: {language.what(problem)}")


def _show_likeness(checked: Checked) -> None:
    """How alike the letters to the largest offices are; not a reason to stop, a reason to ask for stories."""
    measured = [(office, office.likeness) for office in checked.figures.offices if office.likeness]
    alike = [(office, likeness) for office, likeness in measured if likeness.letters > 1]
    if not alike:
        return
    heading("How alike the letters are (0 nothing shared, 1 the same text)")
    for office, likeness in alike[:SHOWN]:
        warn = f"; {likeness.over_threshold} of {likeness.compared} have one over {likeness.threshold}"
        over = warn if likeness.over_threshold else ""
        sample = f" (a sample of {likeness.compared} letters)" if likeness.sample else ""
        click.echo(f"  {likeness.median:.2f}  {office.official}, {office.office}{sample}{over}")


def _rows_in_words(problem: ProblemStatistics) -> str:
    """The rows with a problem, as in `rows 17, 23, 40 and 112 more`."""
    shown = problem.rows[:ROWS_SHOWN]
    if len(shown) == 1:
        return f"row {shown[0]}"
    if problem.row_count == len(shown):
        return f"rows {', '.join(map(str, shown[:-1]))} and {shown[-1]}"
    return f"rows {', '.join(map(str, shown))} and {problem.row_count - len(shown):,} more"


def _office(office: OfficeStatistics) -> Mapping[str, Any]:
    likeness = office.likeness
    return {
        "official": office.official,
        "office": office.office,
        "letters": office.letters,
        "legislative": office.legislative,
        "executive": office.executive,
        "likeness": {
            "compared": likeness.compared,
            "sample": likeness.sample,
            "median": likeness.median,
            "over": likeness.over_threshold,
        }
        if likeness and likeness.letters > 1
        else None,
    }


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
