"""What stands in the way: counts first, then row by row, mended in place or in a list that goes out and comes back."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from itertools import islice
from pathlib import Path

from flask import Response, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from plea.campaigns.checking.dry_run import DryRun
from plea.campaigns.checking.problem_rows import ProblemRow, held_in_making, problem_row, problem_rows
from plea.campaigns.ledger.ledger import open_ledger
from plea.campaigns.ledger.records import REJECTS, rejects_csv
from plea.campaigns.ledger.schema import FILE as LEDGER
from plea.campaigns.ledger.schema import Lock
from plea.campaigns.planning.corrections import mend_by_file, mend_rows
from plea.errors import PleaError
from plea.problems import Problem
from plea.system.files import write_atomic
from plea.web.app_state import app_state
from plea.web.language import Said, Trouble, in_sentences, language_of, words
from plea.web.organizer.jobs import Looked, check_of
from plea.web.organizer.rejected_forms import refused, sent, values
from plea.web.organizer.signers import pieces
from plea.web.organizer.view_context import (
    blueprint,
    folder_of,
    in_tongue,
    number_in,
    our_words,
    shelf,
    show,
    trouble_of_error,
    trouble_of_words,
)

PATIENCE = 2.0
"""Seconds that a page waits for a check before it says that it is going on."""
ROWS, FIELDS = 10, 1500
"""Rows on a page; fewer where they have so many columns that a form could not hold them."""


@blueprint.get("/<key>/check")
def check(key: str) -> ResponseReturnValue:
    """What a run would do, and the rows that need somebody."""
    return _check(key, folder_of(key), sent().troubles)


@blueprint.post("/<key>/check")
def check_again(key: str) -> ResponseReturnValue:
    """Read everything once more: officials may have changed, or a file beside the campaign."""
    check_of(app_state(), shelf(), folder_of(key), again=True)
    return redirect(url_for("campaign.check", key=key), HTTPStatus.SEE_OTHER)


@blueprint.post("/<key>/check/rows")
def mend(key: str) -> ResponseReturnValue:
    """Take in the rows of one page as they were mended."""
    folder, columns = folder_of(key), request.form.getlist("columns")
    rows = {
        int(typed): {name: _as_typed(request.form.get(f"r{typed}-c{place}", "")) for place, name in enumerate(columns)}
        for typed in request.form.getlist("rows")
        if typed.isascii() and typed.isdigit()
    }
    try:
        mended = mend_rows(folder, rows) if rows else False
    except PleaError as error:
        return refused("check", key, [trouble_of_error(error)])
    after = request.form.get("after", "")
    return redirect(
        url_for("campaign.check", key=key, after=after or None, mended="rows" if mended else "none"),
        HTTPStatus.SEE_OTHER,
    )


@blueprint.get("/<key>/check/rejects.csv")
def rejects(key: str) -> ResponseReturnValue:
    """The rows that need somebody, for a spreadsheet; with the mark of UTF-8 that Excel looks for."""
    work = check_of(app_state(), shelf(), folder_of(key))
    work.ended.wait()
    result = work.result
    if result is None:
        abort(HTTPStatus.NOT_FOUND)
    return _attached(_rejects(result), REJECTS)


@blueprint.post("/<key>/mended/upload")
def mended_file(key: str) -> ResponseReturnValue:
    """Take a list in that went out and was mended."""
    folder = folder_of(key)
    table = request.files.get("mended")
    if table is None or not table.filename:
        return refused("check", key, [trouble_of_words(our_words().signers.no_file, "mended")])
    with tempfile.TemporaryDirectory(prefix=".plea-", dir=folder) as beside:
        path = Path(beside) / REJECTS
        try:
            write_atomic(path, pieces(table.stream))
            changed = mend_by_file(folder, path)
        except PleaError as error:
            said = trouble_of_error(type(error)(error.message.replace(str(path), REJECTS), error.hint), "mended")
            return refused("check", key, [said])
    done = "rows" if changed else "none"
    return redirect(url_for("campaign.check", key=key, mended=done), HTTPStatus.SEE_OTHER)


def _check(key: str, folder: Path, troubles: Sequence[Trouble]) -> ResponseReturnValue:
    try:
        work = check_of(app_state(), shelf(), folder)
    except PleaError as error:
        return show("failed", key, "check", troubles=[*troubles, trouble_of_error(error)])
    work.ended.wait(PATIENCE)
    if work.error:
        return show("failed", key, "check", troubles=[*troubles, trouble_of_error(work.error)])
    if work.result is None:
        return show("checking", key, "check", troubles=troubles, work=work)
    return _checked(key, folder, work.result, troubles)


def _checked(key: str, folder: Path, result: Looked, troubles: Sequence[Trouble]) -> ResponseReturnValue:
    first, one = (number_in(values().get(name, "")) for name in ("after", "row"))
    warnings = bool(values().get("warnings"))
    with result.reading() as trial:
        columns = [*columns_of(trial)]
        size = max(1, min(ROWS, FIELDS // max(1, len(columns))))
        found = problem_row(trial.ledger, one) if one else _problems(trial, first, size + 1, warnings=warnings)
        rows = [*found]
        stuck = [shown(row, columns) for row in _stuck(folder, trial)]
    names = [column.name for column in columns]
    typed = sent().form if sent().form.getlist("columns") == names else {}
    there = [shown(row, columns, typed) for row in rows[:size]]
    return show(
        "check", key, "check",
        troubles=troubles,
        found=result.found,
        expiring=[(in_tongue(fact.text, language_of(request)), fact.review_by) for fact in result.found.expiring],
        on=result.trial.context.on,
        rows=there,
        one=one,
        stuck=stuck,
        after=first,
        more=there[-1].number if len(rows) > size else 0,
        warnings=warnings,
        mended=request.args.get("mended", ""),
        holder=Lock(folder).holder(),
        made=_made(folder),
        columns=names,
        delivery=result.trial.context.settings.delivery,
    )  # fmt: skip


def _problems(trial: DryRun, after: int, most: int, *, warnings: bool) -> Iterator[ProblemRow]:
    return problem_rows(trial.ledger, after=after, limit=most, warnings=warnings)


def _stuck(folder: Path, trial: DryRun) -> Iterator[ProblemRow]:
    """The rows of letters that could not be printed at the last run, and have not been mended since."""
    if not (folder / LEDGER).exists():
        return
    with open_ledger(folder, write=False) as ledger:
        for row in islice(held_in_making(ledger), ROWS):
            yield from (row for now in problem_row(trial.ledger, row.row) if now.cells == row.cells)


def _made(folder: Path) -> int:
    """Letters that are made already and still wanted."""
    if not (folder / LEDGER).exists():
        return 0
    with open_ledger(folder, write=False) as ledger:
        return ledger.counts().made


def _as_typed(value: str) -> str:
    """A form sends line ends as CR LF; a table has them as it had them."""
    return value.replace("\r\n", "\n")


def _rejects(result: Looked) -> Iterator[bytes]:
    with result.reading() as trial:
        yield b"\xef\xbb\xbf"
        yield from rejects_csv(trial.ledger)


def _attached(content: Iterator[bytes], name: str) -> Response:
    return Response(content, mimetype="text/csv", headers={"Content-Disposition": f'attachment; filename="{name}"'})


COLUMNS_OF: Mapping[str, Sequence[str]] = {
    "name": ("name", "first_name", "last_name"),
    "street": ("street", "street2"),
    "zip": ("zip", "state"),
}
"""Where a problem with one of our fields may be mended."""
CONSENT = "consent"
DISTRICT = "district"
NAMES = frozenset({"name", "first_name", "middle_name", "last_name"})
PLACES = frozenset({"street", "city"})
STORIES = frozenset({"story", "story_en"})
LONG = 60  # characters from which a cell gets more than a line


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: its place among all, its name, and ours for it."""

    at: int
    name: str
    ours: str

    def of(self, row: ProblemRow) -> str:
        """The row's cell in it."""
        return row.cells[self.at] if self.at < len(row.cells) else ""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a row in the form: the name of its field and of its column, and the problem that is about it."""

    field: str
    column: str
    ours: str
    value: str
    problem: Problem | None

    @property
    def long(self) -> bool:
        """Whether it needs more than a line."""
        return len(self.value) > LONG or "\n" in self.value or self.ours in STORIES


@dataclass(frozen=True, slots=True)
class Shown:
    """A row in the form: what is wrong with it as a whole, the cells to mend, and the rest of them."""

    number: int
    name: str
    place: str
    outcomes: Sequence[str]
    problems: Sequence[Trouble]
    wrong: Sequence[tuple[Cell, Trouble]]
    rest: Sequence[Cell]


def columns_of(trial: DryRun) -> Iterator[Column]:
    """The columns of the form: nameless ones cannot be mended, a district always can."""
    for at, (name, ours) in enumerate(zip(trial.header, trial.ours, strict=True)):
        if name.strip():
            yield Column(at, name, ours)
    if DISTRICT not in trial.ours:
        yield Column(len(trial.header), DISTRICT, DISTRICT)


def shown(row: ProblemRow, columns: Sequence[Column], typed: Mapping[str, str] | None = None) -> Shown:
    """A row with its problems at their cells; those that are about no cell stand above them.

    `typed` are cells as they were mended, by their fields, when that could not be kept.
    """
    language = language_of(request)
    problems = [*dict.fromkeys(problem for fate in row.fates for problem in fate.problems)]
    at = {place: problem for problem in reversed(problems) if (place := _place(problem, columns)) is not None}
    cells = []
    for place, column in enumerate(columns):
        field = f"r{row.row}-c{place}"
        value = (typed or {}).get(field, column.of(row))
        cells.append(Cell(field, column.name, column.ours, value, at.get(place)))
    return Shown(
        row.row,
        " ".join(filter(None, (column.of(row).strip() for column in columns if column.ours in NAMES))),
        ", ".join(filter(None, (column.of(row).strip() for column in columns if column.ours in PLACES))),
        [*dict.fromkeys(fate.outcome for fate in row.fates)],
        [_trouble(problem, language) for problem in problems if problem not in at.values()],
        [(cell, _trouble(cell.problem, language, cell.field)) for cell in cells if cell.problem],
        [cell for cell in cells if not cell.problem],
    )


def _place(problem: Problem, columns: Sequence[Column]) -> int | None:
    """The column in which a problem is mended: the one it names, or the district for a seat that is not known."""
    ours = [column.ours for column in columns]
    wanted = (DISTRICT,) if DISTRICT in problem.hint else COLUMNS_OF.get(problem.where, (problem.where,))
    return next((ours.index(name) for name in wanted if name in ours), None)


def _trouble(problem: Problem, language: str, field: str = "") -> Trouble:
    """A problem in words. Without a field it says what it is about, and a consent's is mended for the whole table."""
    what = in_sentences(problem.what, language)
    if not field:
        what = replace(what, text=f"{_about(problem.where, what.language)}: {what.text}")
        field = CONSENT if problem.where.startswith(f"{CONSENT}_") else ""
    if DISTRICT in problem.hint:  # which speaks of the command line
        return Trouble(field, what, Said(our_words().check.district_hint, language))
    return Trouble(field, what, in_sentences(problem.hint, language) if problem.hint else None)


def _about(where: str, language: str) -> str:
    """What a problem is about, as the pages call it."""
    own = words(language).campaign
    if where.startswith(f"{CONSENT}_"):
        return str(own.signers.consent)
    named = [str(table[where]) for table in (own.signers.column, own.check.subject) if where in table]
    return named[0][0].upper() + named[0][1:] if named else where
