"""What `plea campaign check`, `run`, `status` and `preview` say, each for people and for programs."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

import click

from plea import language
from plea.campaigns.checking.approval import Approval, approvals
from plea.campaigns.checking.check import CASE, REAM, Checked
from plea.campaigns.checking.preview import Preview
from plea.campaigns.checking.problem_rows import RowsOfProblem
from plea.campaigns.context import CampaignContext
from plea.campaigns.ledger.ledger import Counts, Ledger
from plea.campaigns.model import Settings
from plea.campaigns.reporting.statistics import OfficeStatistics, ProblemStatistics
from plea.campaigns.running.runner import RunResult
from plea.cli.terminal import heading, problem_text
from plea.language import gettext as _
from plea.language import ngettext
from plea.problems import Problem

SHOWN = 15
ROWS_SHOWN = 3
VOLUMES_SHOWN = 5
WITHDRAWN_SHOWN = 20
HASH_SHOWN = 8


# --- check ----------------------------------------------------------------------------------------------------------


def check_json(checked: Checked, context: CampaignContext) -> Mapping[str, Any]:
    """Everything for programs."""
    figures = checked.figures
    return {
        "date": context.on.isoformat(),
        "counts": asdict(figures.counts),
        "offices": [_office_json(office) for office in figures.offices],
        "problems": [_problem_json(problem, checked) for problem in figures.problems],
        "states": [asdict(state) for state in figures.states],
        "paper": asdict(checked.paper),
        "fit": {
            "doubtful": checked.fit.doubtful,
            "tried": checked.fit.tried,
            "over": [{"row": row, "what": what} for row, what in checked.fit.over],
        },
        "by": checked.by.isoformat(),
        "expiring": [{"key": fact.key, "review_by": str(fact.review_by)} for fact in checked.expiring],
        "ending": [{"id": official.id, "name": official.name, "end": str(official.end)} for official in checked.ending],
        "notes": [*map(_note_json, checked.notes)],
    }


def _problem_json(problem: ProblemStatistics, checked: Checked) -> Mapping[str, Any]:
    """One kind of problem, with the first thousand of its rows and how many rows there are."""
    rows = checked.rows[problem.outcome, problem.subject]
    return {**asdict(problem), "rows": list(rows.rows), "row_count": rows.count}


def _office_json(office: OfficeStatistics) -> Mapping[str, Any]:
    likeness = office.likeness
    return {
        "official": office.official,
        "office": office.office,
        "letters": office.letters,
        "legislative": office.legislative,
        "executive": office.executive,
        "likeness": {"compared": likeness.compared, "median": likeness.median, "over": likeness.over_threshold}
        if likeness and likeness.letters > 1
        else None,
    }


def show_check(checked: Checked, context: CampaignContext) -> None:
    """Everything for people; what would be printed and what to do next at the end."""
    for note in checked.notes:
        click.echo(_note_text(note))
    figures = checked.figures
    heading(_("Where the letters go"))
    for office in figures.offices[:SHOWN]:
        click.echo(f"  {language.number(office.letters):>7}  {office.official}, {office.office}")
    more = len(figures.offices) - SHOWN
    if more > 0:
        click.echo(
            "  "
            + ngettext(
                "and %(count)s more office (--json has them all)",
                "and %(count)s more offices (--json has them all)",
                more,
            )
        )
    if figures.problems:
        heading(_("What stands in the way"))
    for problem in figures.problems:
        rows = _rows_text(checked.rows[problem.outcome, problem.subject])
        click.echo(
            f"  {language.number(problem.count):>7}  {_outcome_text(problem.outcome)}: {problem.subject} ({rows})"
        )
    _show_what_ends(checked, context)
    _show_fit(checked)
    _show_likeness(checked)
    _show_paper(checked)
    click.echo()
    click.echo(_("Look at some: %(command)s", command=f"plea campaign preview {context.settings.folder} --row 1"))
    click.echo(_("Print them: %(command)s", command=f"plea campaign run {context.settings.folder}"))


def _outcome_text(outcome: str) -> str:
    """What became of a row or a letter."""
    outcomes = {
        "rejected": _("rejected"),
        "suppressed": _("suppressed"),
        "unselected": _("not selected"),
        "held": _("held"),
        "duplicate": _("duplicate"),
        "warning": _("warning"),
    }
    return outcomes.get(outcome, outcome)


def _rows_text(rows: RowsOfProblem) -> str:
    """Some rows, as in `rows 17, 23, 40, and 112 more`."""
    shown = [*map(str, rows.rows[:ROWS_SHOWN])]
    more = rows.count - len(shown)
    if more > 0:
        shown.append(_("%(count)s more", count=more))
    return ngettext("row %(rows)s", "rows %(rows)s", rows.count, rows=tuple(shown))


def _show_what_ends(checked: Checked, context: CampaignContext) -> None:
    """Facts and terms that end by the day."""
    if not checked.expiring and not checked.ending:
        return
    heading(_("What ends by %(day)s (the letters are dated %(date)s)", day=checked.by, date=context.on))
    for fact in checked.expiring:
        click.echo("  " + _("the fact %(fact)s may be stated until %(day)s", fact=fact.key, day=fact.review_by))
    for official in checked.ending[:SHOWN]:
        click.echo(
            "  " + _("the term of %(official)s on %(day)s", official=official.name or official.id, day=official.end)
        )
    more = len(checked.ending) - SHOWN
    if more > 0:
        click.echo("  " + ngettext("and %(count)s more term", "and %(count)s more terms", more))


def _show_fit(checked: Checked) -> None:
    fit = checked.fit
    if not fit.doubtful:
        return
    heading(_("Letters that may not fit their page"))
    doubtful = ngettext("%(count)s letter may be too long", "%(count)s letters may be too long", fit.doubtful)
    tried = ngettext("%(count)s was typeset to see", "%(count)s were typeset to see", fit.tried)
    over = ngettext("%(count)s does not fit", "%(count)s do not fit", len(fit.over))
    click.echo(f"  {doubtful}; {tried}; {over}")
    for row, what in fit.over[:SHOWN]:
        click.echo("  " + _("row %(row)s: %(what)s", row=str(row), what=what))


def _show_likeness(checked: Checked) -> None:
    """How alike the letters to the largest offices are; not a reason to stop, a reason to ask for stories."""
    measured = [(office, office.likeness) for office in checked.figures.offices if office.likeness]
    several = [(office, likeness) for office, likeness in measured if likeness.letters > 1]
    if several:
        heading(_("How alike the letters are (0 nothing shared, 1 the same text)"))
    for office, likeness in several[:SHOWN]:
        line = f"  {likeness.median:.2f}  {office.official}, {office.office}"
        if likeness.over_threshold:
            over = _(
                "%(over)s of %(compared)s are more alike to another than %(threshold)s",
                over=likeness.over_threshold,
                compared=likeness.compared,
                threshold=likeness.threshold,
            )
            line += f"; {over}"
        click.echo(line)


def _show_paper(checked: Checked) -> None:
    paper = checked.paper
    heading(_("What would be printed"))
    click.echo(f"  {counts_line(checked.figures.counts)}")
    letters = ngettext("%(count)s letter", "%(count)s letters", paper.letters)
    volumes = ngettext("%(count)s volume", "%(count)s volumes", paper.volumes)
    reams = ngettext("%(count)s ream", "%(count)s reams", paper.reams)
    boxes = ngettext("%(count)s box", "%(count)s boxes", paper.cases)
    click.echo("  " + _("%(letters)s in %(volumes)s, each with a cover", letters=letters, volumes=volumes))
    click.echo(
        "  "
        + ngettext(
            "%(count)s sheet printed on one side: %(reams)s of %(ream)s, or %(boxes)s of %(box)s",
            "%(count)s sheets printed on one side: %(reams)s of %(ream)s, or %(boxes)s of %(box)s",
            paper.sheets,
            reams=reams,
            ream=REAM,
            boxes=boxes,
            box=CASE,
        )
    )
    click.echo("  " + ngettext("%(count)s envelope", "%(count)s envelopes", paper.envelopes))


# --- run ------------------------------------------------------------------------------------------------------------


def run_json(settings: Settings, result: RunResult) -> Mapping[str, Any]:
    """What was done, for programs."""
    return {
        "run": {**asdict(result.done), "planned_anew": result.anew},
        "counts": asdict(result.counts),
        "output": str(settings.output),
        "notes": [*map(_note_json, result.notes)],
    }


def show_run(settings: Settings, result: RunResult) -> None:
    """What was done, for people."""
    done, counts, withdrawn = result.done, result.counts, result.withdrawn
    for note in result.notes:
        click.echo(_note_text(note))
    if done.stopped:
        click.echo(
            ngettext(
                "Stopped with %(count)s letter left. Go on with the same command.",
                "Stopped with %(count)s letters left. Go on with the same command.",
                counts.left,
            )
        )
    elif not done.made and not done.held:
        click.echo(_("Nothing was left to make."))
    else:
        letters = ngettext("%(count)s letter", "%(count)s letters", done.made)
        volumes = ngettext("%(count)s volume", "%(count)s volumes", done.volumes)
        click.echo(
            _("Made %(letters)s in %(volumes)s, %(rate)s letters a second.", letters=letters, volumes=volumes,
              rate=round(done.made / done.seconds))
            if done.seconds
            else _("Made %(letters)s in %(volumes)s.", letters=letters, volumes=volumes)
        )  # fmt: skip
    click.echo(_("In all: %(counts)s.", counts=counts_line(counts)))
    if withdrawn:
        click.echo(
            ngettext(
                "Take out %(count)s letter whose row or official is gone:",
                "Take out %(count)s letters whose row or official is gone:",
                len(withdrawn),
            )
        )
        for letter, file, page in withdrawn[:WITHDRAWN_SHOWN]:
            click.echo("  " + _("%(file)s, page %(page)s (%(letter)s)", file=file, page=page, letter=letter))
    click.echo(_("Volumes and manifest.csv are in %(folder)s.", folder=str(settings.output)))
    if counts.rejected or counts.held:
        rejects = str(settings.output / "rejects.csv")
        click.echo(_("Correct the rows in %(file)s and feed them in again:", file=rejects))
        click.echo(f"  plea campaign run {settings.folder} --corrected {rejects}")


def counts_line(counts: Counts) -> str:
    """A campaign in one line: its letters, then the rows that have none."""
    parts = [
        ngettext("%(count)s letter made", "%(count)s letters made", counts.made),
        counts.left and ngettext("%(count)s left", "%(count)s left", counts.left),
        counts.held and ngettext("%(count)s held", "%(count)s held", counts.held),
        counts.duplicate and ngettext("%(count)s duplicate", "%(count)s duplicates", counts.duplicate),
        counts.rejected and ngettext("%(count)s row rejected", "%(count)s rows rejected", counts.rejected),
        counts.suppressed and ngettext("%(count)s row suppressed", "%(count)s rows suppressed", counts.suppressed),
        counts.unselected and ngettext("%(count)s row not selected", "%(count)s rows not selected", counts.unselected),
    ]
    return language.listed(filter(None, parts))


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
    counts = ledger.counts()
    lines: tuple[tuple[int, str, bool], ...] = (
        (counts.rows, _("rows of supporters"), True),
        (counts.rejected, _("rows with something to correct"), True),
        (counts.suppressed, _("rows of people who want no letters"), False),
        (counts.unselected, _("rows that the selection leaves out"), False),
        (counts.planned, _("letters planned"), True),
        (counts.made, _("made"), True),
        (counts.left, _("left to make"), True),
        (counts.held, _("held"), True),
        (counts.duplicate, _("duplicate"), False),
        (counts.superseded, _("made once, and made again since"), False),
        (counts.withdrawn, _("made, and to be taken out: row or official is gone"), False),
        (counts.volumes, _("volumes"), True),
    )
    for count, words, always in lines:
        if count or always:
            click.echo(f"{language.number(count):>12}  {words}")
    missing = ledger.missing_volumes(settings.output)
    purged = ledger.fact("purged")
    if purged:
        click.echo(_("Purged on %(day)s.", day=date.fromisoformat(purged)))
    elif missing:
        shown = ", ".join(missing[:VOLUMES_SHOWN]) + (", ..." if len(missing) > VOLUMES_SHOWN else "")
        click.echo(_("Not in %(folder)s: %(volumes)s", folder=str(settings.output), volumes=shown))
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
    for problem in preview.problems:
        click.echo(problem_text(problem, _("Please note")))


def _note_text(note: Problem | str) -> str:
    return problem_text(note, _("Please note")) if isinstance(note, Problem) else f"{_('Please note')}: {note}"


def _note_json(note: Problem | str) -> Any:
    return language.as_json(note) if isinstance(note, Problem) else note
