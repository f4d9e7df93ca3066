"""Before printing: what a run would do, the rows to correct, and the letter for whoever must approve it.

Rows are corrected on the page, or in a list that is downloaded and uploaded again.
"""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from http import HTTPStatus
from pathlib import Path

from flask import Response, abort, request, send_file
from flask.typing import ResponseReturnValue

from plea.campaigns.checking.approval import (
    PREVIEWS,
    REQUIRED,
    Preview,
    approvals,
    approve,
    is_approved,
    preview,
    text_hash,
)
from plea.campaigns.checking.check import DryRun
from plea.campaigns.ledger.ledger import FILE as LEDGER
from plea.campaigns.ledger.ledger import REJECTS, campaign_lock, open_campaign, open_ledger, rejects_csv
from plea.campaigns.planning.signers import correct_by_file, correct_rows
from plea.campaigns.reporting.statistics import ProblemRow, problem_row, problem_rows, rows_not_printed
from plea.campaigns.settings import load_settings
from plea.errors import PleaError
from plea.language import gettext as _
from plea.model.states import HOUSE_ROLES
from plea.system.files import write_atomic
from plea.web.app_state import app_state, shared
from plea.web.organizer.jobs import CampaignJobs, CheckResult
from plea.web.organizer.signers import chunks
from plea.web.organizer.view_context import (
    blueprint,
    error_problems,
    folder_of,
    form_problem,
    go_to,
    label,
    read_number,
    reject,
    rejected_form,
    show,
    shows_errors,
    typed_or_asked,
)
from plea.web.text import FieldProblem, in_reader_language

ROWS, FIELDS = 10, 1500
"""Rows on a page; fewer if they have so many columns that a form could not hold them."""


@blueprint.get("/<key>/check")
@shows_errors("check")
def check(key: str) -> ResponseReturnValue:
    """What a run would do, and the rows with problems."""
    folder = folder_of(key)
    job = shared(CampaignJobs).check(folder)
    job.ended.wait(2)  # seconds; a longer check has a page that shows how far it is
    if job.error:
        raise job.error
    if job.result is None:
        return show("checking", key, "check", problems=rejected_form().problems, job=job)
    return _checked(key, folder, job.result)


@blueprint.post("/<key>/check")
def check_again(key: str) -> ResponseReturnValue:
    """Read everything again: officials may have changed, or a file outside the campaign's folder."""
    shared(CampaignJobs).check(folder_of(key), again=True)
    return go_to("check", key)


@blueprint.post("/<key>/check/rows")
@shows_errors("check")
def save_rows(key: str) -> ResponseReturnValue:
    """Save the corrected rows of one page."""
    folder, columns = folder_of(key), request.form.getlist("columns")
    rows = {
        int(row): {
            name: request.form.get(f"r{row}-c{place}", "").replace("\r\n", "\n")  # a form has CR LF, a table LF
            for place, name in enumerate(columns)
        }
        for row in request.form.getlist("rows")
        if row.isascii() and row.isdigit()
    }
    changed = correct_rows(folder, rows) if rows else False
    return go_to("check", key, after=request.form.get("after") or None, corrected="rows" if changed else "none")


@blueprint.get("/<key>/check/rejects.csv")
def rejects(key: str) -> ResponseReturnValue:
    """The rows with problems, for a spreadsheet."""
    job = shared(CampaignJobs).check(folder_of(key))
    job.ended.wait()
    result = job.result or abort(HTTPStatus.NOT_FOUND)

    def content() -> Iterator[bytes]:
        with result.reading() as dry_run:
            yield b"\xef\xbb\xbf"  # Excel takes a CSV file for UTF-8 if it begins with this
            yield from rejects_csv(dry_run.ledger)

    headers = {"Content-Disposition": f'attachment; filename="{REJECTS}"'}
    return Response(content(), mimetype="text/csv", headers=headers)


@blueprint.post("/<key>/corrections/upload")
def upload_corrections(key: str) -> ResponseReturnValue:
    """Apply a list of rows that was downloaded and corrected."""
    folder = folder_of(key)
    table = request.files.get("corrections")
    if table is None or not table.filename:
        return reject("check", key, [form_problem("no_file", "corrections")])
    with tempfile.TemporaryDirectory(prefix=".plea-", dir=folder) as temporary:
        path = Path(temporary) / REJECTS
        try:
            write_atomic(path, chunks(table.stream))
            changed = correct_by_file(folder, path)
        except PleaError as error:
            problems = [problem.at(problem.where.replace(str(path), REJECTS)) for problem in error.problems]
            return reject("check", key, [FieldProblem("corrections", problem, problem.where) for problem in problems])
    return go_to("check", key, corrected="rows" if changed else "none")


def _checked(key: str, folder: Path, result: CheckResult) -> ResponseReturnValue:
    """The page of a check that has ended, from the row after `after`, or with one `row` alone."""
    asked = typed_or_asked()
    after, one_row = (read_number(asked.get(name, "")) for name in ("after", "row"))
    warnings, made = "warnings" in asked, 0
    with result.reading() as dry_run:
        columns = _columns(dry_run)
        names = [column.name for column in columns]
        size = max(1, min(ROWS, FIELDS // max(1, len(columns))))
        if one_row:
            rows = [*problem_row(dry_run.ledger, one_row)]
        else:
            rows = [*problem_rows(dry_run.ledger, after=after, limit=size + 1, warnings=warnings)]
        failed = []  # rows of letters that the last run could not print, unless the rows were corrected since
        if (folder / LEDGER).exists():
            with open_ledger(folder, write=False) as ledger:
                made = ledger.counts().made
                for row in rows_not_printed(ledger, ROWS):
                    failed += [same for same in problem_row(dry_run.ledger, row.row) if same.cells == row.cells]
    form = rejected_form()
    typed = form.values if form.values.getlist("columns") == names else {}
    row_forms = [_row_form(row, columns, typed) for row in rows[:size]]
    return show(
        "check", key, "check",
        problems=form.problems,
        summary=result.summary,
        expiring=[(in_reader_language(fact.text), fact.review_by) for fact in result.summary.expiring],
        on=result.dry_run.context.on,
        rows=row_forms,
        one_row=one_row,
        failed=[_row_form(row, columns, {}) for row in failed],
        after=after,
        more=row_forms[-1].number if len(rows) > size else 0,
        warnings=warnings,
        corrected=request.args.get("corrected", ""),
        holder=campaign_lock(folder).holder(),
        made=made,
        columns=names,
        delivery=result.dry_run.context.settings.delivery,
        subject=_subject,
    )  # fmt: skip


# --- rows as forms ----------------------------------------------------------------------------------------

DISTRICT = "district"
FIXED_IN: Mapping[str, Sequence[str]] = {
    "name": ("name", "first_name", "last_name"),
    "street": ("street", "street2"),
    "zip": ("zip", "state"),
    **dict.fromkeys(HOUSE_ROLES, (DISTRICT,)),
}
"""The columns in which a problem may be corrected, the first that the table has; else the one it names."""
LONG = 60
"""Characters from which a cell gets more than a line."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: its place, its name, and ours for it."""

    place: int
    name: str
    ours: str

    def cell(self, row: ProblemRow) -> str:
        """The row's cell in this column."""
        return row.cells[self.place] if self.place < len(row.cells) else ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a row: the id of its field, the name of its column, and the problem that is corrected in it."""

    field: str
    column: str
    value: str
    long: bool
    problem: FieldProblem | None


@dataclass(frozen=True, slots=True)
class RowForm:
    """A row to correct: what is wrong with it as a whole, the cells with a problem, and the others."""

    number: int
    name: str
    address: str
    outcomes: Sequence[str]
    problems: Sequence[FieldProblem]
    wrong_cells: Sequence[Cell]
    other_cells: Sequence[Cell]


def _columns(dry_run: DryRun) -> Sequence[Column]:
    """The columns of the form: those without a name cannot be corrected, the district always can."""
    columns = [
        Column(place, name, ours)
        for place, (name, ours) in enumerate(zip(dry_run.header, dry_run.ours, strict=True))
        if name.strip()
    ]
    district = [] if DISTRICT in dry_run.ours else [Column(len(dry_run.header), DISTRICT, DISTRICT)]
    return columns + district


def _row_form(row: ProblemRow, columns: Sequence[Column], typed: Mapping[str, str]) -> RowForm:
    """A row with each problem at its cell; those that are about no cell are above them all.

    `typed` are cells by their fields, as they were typed when they could not be saved.
    """
    problems = [*dict.fromkeys(problem for outcome in row.outcomes for problem in outcome.problems)]
    ours = [column.ours for column in columns]
    at_cells: dict[int, FieldProblem] = {}  # the first problem of each cell, by its place
    for problem in problems:
        names = FIXED_IN.get(problem.where, (problem.where,))
        place = next((ours.index(name) for name in names if name in ours), None)
        if place is not None:
            at_cells.setdefault(place, FieldProblem(f"r{row.row}-c{place}", problem, _subject(problem.where)))
    cells = []
    for place, column in enumerate(columns):
        field = f"r{row.row}-c{place}"
        value = typed.get(field, column.cell(row))
        long = len(value) > LONG or "\n" in value or column.ours in {"story", "story_en"}
        cells.append(Cell(field, column.name, value, long, at_cells.get(place)))
    at_no_cell = [problem for problem in problems if all(problem != at_cell.problem for at_cell in at_cells.values())]

    def joined(separator: str, *names: str) -> str:
        values = (column.cell(row).strip() for column in columns if column.ours in names)
        return separator.join(filter(None, values))

    return RowForm(
        row.row,
        joined(" ", "name", "first_name", "middle_name", "last_name"),
        joined(", ", "street", "city"),
        [*dict.fromkeys(outcome.outcome for outcome in row.outcomes)],
        [
            FieldProblem("consent" if problem.where.startswith("consent_") else "", problem, _subject(problem.where))
            for problem in at_no_cell
        ],
        [cell for cell in cells if cell.problem],
        [cell for cell in cells if not cell.problem],
    )


def _subject(where: str) -> str:
    """What a problem is about, in words."""
    return _("Consent") if where.startswith("consent_") else label(where)


# --- the letter -------------------------------------------------------------------------------------------


@blueprint.get("/<key>/letter")
@shows_errors("letter")
def letter(key: str) -> ResponseReturnValue:
    """The letters of one signer, by row number or by name; of the first row if nobody is named."""
    context = open_campaign(folder_of(key), app_state().today())
    problems, who = [*rejected_form().problems], typed_or_asked().get("who", "").strip() or "1"
    row = read_number(who)
    try:
        result = preview(context, row=row) if row else preview(context, name=who)
    except PleaError as error:
        problems += error_problems(error, "who")
        result = Preview(0, (), ())
    return show(
        "letter", key, "letter",
        problems=problems,
        who=who,
        typed=rejected_form().values,
        row=result.row,
        letters=result.letters,
        notes=result.problems,
        approved=is_approved(context),
        required=context.settings.approval == REQUIRED,
        approvals=[
            (approval.by, date.fromisoformat(approval.date), approval.text) for approval in approvals(context.settings)
        ],
        text=text_hash(context),
        pack=context.settings.pack,
        done=bool(request.args.get("done")),
    )  # fmt: skip


@blueprint.post("/<key>/letter/approve")
@shows_errors("letter", "by")
def approve_text(key: str) -> ResponseReturnValue:
    """Record that somebody approved the text as it was shown, unless it was changed since."""
    today = app_state().today()
    context = open_campaign(folder_of(key), today)
    if text_hash(context) != request.form.get("text", ""):
        return reject("letter", key, [form_problem("text_changed")])
    approve(context, request.form.get("by", ""), today)
    return go_to("letter", key, done=1)


@blueprint.get("/<key>/letter/<name>")
def picture(key: str, name: str) -> ResponseReturnValue:
    """The picture of a letter that was looked at."""
    folder = load_settings(folder_of(key)).output / PREVIEWS
    pictures = {path.name: path for path in folder.glob("*.png") if not path.is_symlink()}
    return send_file(pictures.get(name) or abort(HTTPStatus.NOT_FOUND), mimetype="image/png")
