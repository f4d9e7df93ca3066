"""What stands in the way: counts first, then row by row, mended in place or in a list that goes out and comes back."""

import tempfile
from collections.abc import Iterator, Sequence
from http import HTTPStatus
from itertools import islice
from pathlib import Path

from flask import Response, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from plea.campaigns.ledger import open_ledger
from plea.campaigns.ledger_schema import FILE as LEDGER
from plea.campaigns.ledger_schema import Lock
from plea.campaigns.mending import mend_by_file, mend_rows
from plea.campaigns.problem_rows import ProblemRow, held_in_making, problem_row, problem_rows
from plea.campaigns.records import REJECTS, rejects_csv
from plea.campaigns.trial import Trial
from plea.errors import PleaError
from plea.machine.files import write_atomic
from plea.web.front import door
from plea.web.language import Trouble, language_of
from plea.web.organiser.desk import (
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
from plea.web.organiser.refused import refused, sent, values
from plea.web.organiser.rows import columns_of, shown
from plea.web.organiser.signers import pieces
from plea.web.organiser.trials import Looked, check_of

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
    check_of(door(), shelf(), folder_of(key), again=True)
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
    work = check_of(door(), shelf(), folder_of(key))
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
        work = check_of(door(), shelf(), folder)
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
        on=result.trial.rooms.on,
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
        delivery=result.trial.rooms.settings.delivery,
    )  # fmt: skip


def _problems(trial: Trial, after: int, most: int, *, warnings: bool) -> Iterator[ProblemRow]:
    return problem_rows(trial.ledger, after=after, limit=most, warnings=warnings)


def _stuck(folder: Path, trial: Trial) -> Iterator[ProblemRow]:
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
