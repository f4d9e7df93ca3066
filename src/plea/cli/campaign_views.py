"""What `plea campaign check`, `run`, `status` and `preview` say, each for people and for programs."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

import click

from plea import language
from plea.campaigns.checking.approval import Approval, Preview, approvals
from plea.campaigns.checking.check import CASE, REAM, Checked
from plea.campaigns.context import CampaignContext
from plea.campaigns.ledger.ledger import Counts, Ledger
from plea.campaigns.reporting.statistics import OfficeStatistics, ProblemStatistics
from plea.campaigns.running.run import RunResult
from plea.campaigns.settings import Settings
from plea.cli.terminal import heading, show_problems
from plea.language import gettext as _
from plea.language import ngettext
from plea.messages.message import N_, NN_

SHOWN = 15
ROWS_SHOWN = 3
VOLUMES_SHOWN = 5
WITHDRAWN_SHOWN = 20
HASH_SHOWN = 8
OUTCOMES = {"rejected": N_("rejected"), "held": N_("held"), "warning": N_("warning")}
COUNTS = {
    "rows": NN_("%(count)s row of supporters", "%(count)s rows of supporters"),
    "planned": NN_("%(count)s letter planned", "%(count)s letters planned"),
    "made": NN_("%(count)s letter made", "%(count)s letters made"),
    "volumes": NN_("%(count)s volume made", "%(count)s volumes made"),
    "left": NN_("%(count)s letter left to make", "%(count)s letters left to make"),
    "held": NN_("%(count)s letter held", "%(count)s letters held"),
    "duplicate": NN_("%(count)s duplicate letter", "%(count)s duplicate letters"),
    "superseded": NN_("%(count)s letter made again since", "%(count)s letters made again since"),
    "withdrawn": NN_(
        "%(count)s letter to be taken out: its row or official is gone",
        "%(count)s letters to be taken out: their row or official is gone",
    ),
    "rejected": NN_("%(count)s row to correct", "%(count)s rows to correct"),
    "suppressed": NN_("%(count)s row of somebody who wants no letters", "%(count)s rows of people who want no letters"),
    "unselected": NN_("%(count)s row not selected", "%(count)s rows not selected"),
}
"""The fields of Counts in words."""

ALWAYS = ("rows", "planned", "made", "left", "volumes")
IN_ONE_LINE = ("made", "left", "held", "duplicate", "rejected", "suppressed", "unselected")


def _in_words(counts: Counts, names: Collection[str], always: Collection[str]) -> Iterator[str]:
    """These counts in words; those that are 0 only if they are in `always`."""
    for name in names:
        count = getattr(counts, name)
        if count or name in always:
            yield ngettext(*COUNTS[name], count)


# --- check ----------------------------------------------------------------------------------------------------------


def check_json(checked: Checked, context: CampaignContext) -> Mapping[str, Any]:
    """Everything for programs."""
    figures, fit = checked.figures, checked.fit
    return {
        "date": context.on.isoformat(),
        "counts": asdict(figures.counts),
        "offices": [_office_json(office) for office in figures.offices],
        "problems": [asdict(problem) | {"what": problem.what} for problem in figures.problems],
        "states": [asdict(state) for state in figures.states],
        "paper": asdict(checked.paper),
        "fit": {
            "doubtful": fit.doubtful,
            "tried": fit.tried,
            "over": [{"row": row, **language.as_json(problem)} for row, problem in fit.over],
        },
        "by": checked.by.isoformat(),
        "expiring": [{"key": fact.key, "review_by": str(fact.review_by)} for fact in checked.expiring],
        "ending": [{"id": official.id, "name": official.name, "end": str(official.end)} for official in checked.ending],
        "notes": [*map(language.as_json, checked.notes)],
    }


def _office_json(office: OfficeStatistics) -> Mapping[str, Any]:
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


def show_check(checked: Checked, context: CampaignContext) -> None:
    """Everything for people; what would be printed and what to do next at the end."""
    figures, folder = checked.figures, context.settings.folder
    show_problems(checked.notes, _("Please note"))
    heading(_("Where the letters go"))
    for office in figures.offices[:SHOWN]:
        click.echo(f"  {language.number(office.letters):>7}  {office.official}, {office.office}")
    if len(figures.offices) > SHOWN:
        click.echo("  " + _("and %(count)s more (--json has them all)", count=len(figures.offices) - SHOWN))
    if figures.problems:
        heading(_("What stands in the way"))
    for problem in figures.problems:
        kind = f"{_(OUTCOMES[problem.outcome])}: {problem.about}: {problem.what}"
        click.echo(f"  {language.number(problem.count):>7}  {kind} ({_rows_text(problem)})")
    if checked.expiring or checked.ending:
        heading(_("What ends by %(day)s (the letters are dated %(date)s)", day=checked.by, date=context.on))
    for fact in checked.expiring:
        click.echo("  " + _("the fact %(fact)s may be stated until %(day)s", fact=fact.key, day=fact.review_by))
    for official in checked.ending[:SHOWN]:
        name = official.name or official.id
        click.echo("  " + _("the term of %(official)s ends on %(day)s", official=name, day=official.end))
    if len(checked.ending) > SHOWN:
        click.echo("  " + _("and %(count)s more (--json has them all)", count=len(checked.ending) - SHOWN))
    _show_fit_and_likeness(checked)
    paper = checked.paper
    heading(_("What would be printed"))
    click.echo(f"  {language.listed(_in_words(figures.counts, IN_ONE_LINE, {'made'}))}")
    letters = ngettext("%(count)s letter", "%(count)s letters", paper.letters)
    volumes = ngettext("%(count)s volume", "%(count)s volumes", paper.volumes)
    click.echo("  " + _("%(letters)s in %(volumes)s, each with a cover", letters=letters, volumes=volumes))
    click.echo(
        "  " + ngettext("%(count)s sheet, printed on one side", "%(count)s sheets, printed on one side", paper.sheets)
    )
    click.echo("  " + _("reams of %(sheets)s: %(reams)s", sheets=REAM, reams=paper.reams))
    click.echo("  " + _("boxes of %(sheets)s: %(boxes)s", sheets=CASE, boxes=paper.cases))
    click.echo("  " + ngettext("%(count)s envelope", "%(count)s envelopes", paper.envelopes))
    click.echo("\n" + _("Look at some: %(command)s", command=f"plea campaign preview {folder} --row 1"))
    click.echo(_("Print them: %(command)s", command=f"plea campaign run {folder}"))


def _rows_text(problem: ProblemStatistics) -> str:
    """The rows with a problem, as in `rows 17, 23, 40, and 112 more`."""
    rows = [*map(str, problem.rows[:ROWS_SHOWN])]
    if problem.row_count > len(rows):
        rows.append(_("%(count)s more", count=problem.row_count - len(rows)))
    return ngettext("row %(rows)s", "rows %(rows)s", problem.row_count, rows=tuple(rows))


def _show_fit_and_likeness(checked: Checked) -> None:
    """Letters that may not fit their page; how alike those to the largest offices are, a reason to ask for stories."""
    fit = checked.fit
    if fit.doubtful:
        heading(_("Letters that may not fit their page"))
        doubtful = _("Doubtful by their length: %(count)s.", count=fit.doubtful)
        tried = _("Typeset to see: %(tried)s; too long: %(over)s.", tried=fit.tried, over=len(fit.over))
        click.echo(f"  {doubtful} {tried}")
    for row, problem in fit.over[:SHOWN]:
        click.echo("  " + _("row %(row)s: %(what)s", row=str(row), what=problem))
    measured = [(office, office.likeness) for office in checked.figures.offices if office.likeness]
    several = [(office, likeness) for office, likeness in measured if likeness.letters > 1]
    if several:
        heading(_("How alike the letters are (0 nothing shared, 1 the same text)"))
    for office, likeness in several[:SHOWN]:
        notes = []
        if likeness.sample:
            notes.append(_("a sample of %(count)s letters", count=likeness.compared))
        if likeness.over_threshold:
            over, threshold = likeness.over_threshold, likeness.threshold
            notes.append(_("letters that have another over %(threshold)s: %(count)s", threshold=threshold, count=over))
        click.echo(f"  {likeness.median:.2f}  {'; '.join((f'{office.official}, {office.office}', *notes))}")


# --- run ------------------------------------------------------------------------------------------------------------


def run_json(settings: Settings, result: RunResult) -> Mapping[str, Any]:
    """What was done, for programs."""
    return {
        "run": {**asdict(result.done), "planned_anew": result.anew},
        "counts": asdict(result.counts),
        "output": str(settings.output),
        "notes": [*map(language.as_json, result.notes)],
    }


def show_run(settings: Settings, result: RunResult) -> None:
    """What was done, for people."""
    done, counts, withdrawn = result.done, result.counts, result.withdrawn
    show_problems(result.notes, _("Please note"))
    letters = ngettext("%(count)s letter", "%(count)s letters", done.made)
    volumes = ngettext("%(count)s volume", "%(count)s volumes", done.volumes)
    if done.stopped:
        click.echo(_("Stopped. Letters left: %(count)s. Go on with the same command.", count=counts.left))
    elif not done.made and not done.held:
        click.echo(_("Nothing was left to make."))
    else:
        click.echo(_("Made %(letters)s in %(volumes)s.", letters=letters, volumes=volumes))
        if done.seconds:
            click.echo(_("Letters a second: %(rate)s.", rate=round(done.made / done.seconds)))
    click.echo(_("In all: %(counts)s.", counts=tuple(_in_words(counts, IN_ONE_LINE, {"made"}))))
    if withdrawn:
        click.echo(_("Take out the letters whose row or official is gone (%(count)s):", count=len(withdrawn)))
    for letter, file, page in withdrawn[:WITHDRAWN_SHOWN]:
        click.echo("  " + _("%(file)s, page %(page)s (%(letter)s)", file=file, page=page, letter=letter))
    click.echo(_("Volumes and manifest.csv are in %(folder)s.", folder=str(settings.output)))
    if counts.rejected or counts.held:
        rejects = str(settings.output / "rejects.csv")
        click.echo(_("Correct the rows in %(file)s and read them in again:", file=rejects))
        click.echo(f"  plea campaign run {settings.folder} --corrected {rejects}")


# --- status and preview ---------------------------------------------------------------------------------------------


def status_json(settings: Settings, ledger: Ledger) -> Mapping[str, Any]:
    """The state for programs."""
    return {
        "name": settings.name,
        "date": str(ledger.date or ""),
        "counts": asdict(ledger.counts()),
        "missing": ledger.missing_volumes(settings.output),
        "purged": ledger.fact("purged"),
        "approvals": [asdict(approval) for approval in approvals(settings)],
    }


def show_status(settings: Settings, ledger: Ledger) -> None:
    """The state for people."""
    click.echo(_("%(campaign)s, letters dated %(date)s", campaign=settings.name, date=ledger.date or "-"))
    for line in _in_words(ledger.counts(), COUNTS, ALWAYS):
        click.echo(f"  {line}")
    missing = ledger.missing_volumes(settings.output)
    purged = ledger.fact("purged")
    if purged:
        click.echo(_("Purged on %(day)s.", day=date.fromisoformat(purged)))
    elif missing:
        volumes = ", ".join(missing[:VOLUMES_SHOWN]) + (", ..." if len(missing) > VOLUMES_SHOWN else "")
        click.echo(_("Not in %(folder)s: %(volumes)s", folder=str(settings.output), volumes=volumes))
    for approval in approvals(settings):
        click.echo(approval_line(approval))


def approval_line(approval: Approval) -> str:
    """Who approved what, with the beginning of the text's hash."""
    return _(
        "%(person)s approved the text of %(asks)s on %(day)s (%(hash)s).",
        person=approval.by,
        asks=approval.asks,
        day=date.fromisoformat(approval.date),
        hash=approval.text[:HASH_SHOWN],
    )


def preview_json(preview: Preview) -> Mapping[str, Any]:
    """A preview for programs."""
    return {
        "row": preview.row,
        "letters": [{**asdict(letter), "picture": str(letter.picture)} for letter in preview.letters],
        "problems": [*map(language.as_json, preview.problems)],
    }


def show_preview(preview: Preview) -> None:
    """A preview for people."""
    for letter in preview.letters:
        title = _("row %(row)s: %(ask)s to %(official)s", row=str(letter.row), ask=letter.ask, official=letter.official)
        click.echo(f"=== {title}\n")
        click.echo(letter.text)
        click.echo(_("A picture of it: %(path)s", path=str(letter.picture)) + "\n")
    show_problems(preview.problems, _("Please note"))
