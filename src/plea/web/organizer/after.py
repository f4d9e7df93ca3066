"""After the printing: the report, and the removal of the names."""

from collections.abc import Iterable
from datetime import date
from http import HTTPStatus
from pathlib import Path

from flask import Response, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from plea.campaigns.ledger.ledger import FILE as LEDGER
from plea.campaigns.ledger.ledger import open_campaign, open_ledger
from plea.campaigns.purge import left_alone, purge, to_remove
from plea.campaigns.reporting.report import FILE, FOLDER, report
from plea.campaigns.settings import load_settings
from plea.errors import PleaError
from plea.web.organizer.rejected_forms import reject, rejected_form
from plea.web.organizer.view_context import blueprint, error_problems, folder_of, forget, form_problem, show, today

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'; sandbox"
)
"""The Content-Security-Policy of the report, which holds its own style: it can be looked at and do nothing."""


@blueprint.get("/<key>/after")
def after(key: str) -> ResponseReturnValue:
    """The report, and what a purge would remove."""
    folder, problems = folder_of(key), rejected_form().problems
    planned, purged, removed = False, "", _below(folder, ())
    try:
        settings = load_settings(folder)
        if (folder / LEDGER).exists():
            with open_ledger(folder, write=False) as ledger:
                planned, purged = bool(ledger.date), ledger.fact("purged")
                removed = _below(folder, to_remove(settings, ledger))
        left = _below(folder, left_alone(settings))
    except PleaError as error:
        return show("failed", key, "after", problems=[*problems, *error_problems(error)])
    return show(
        "after", key, "after",
        problems=problems,
        settings=settings,
        planned=planned,
        purged=date.fromisoformat(purged) if purged else None,
        report=(settings.output / FOLDER / FILE).is_file(),
        removed=removed,
        left=left,
    )  # fmt: skip


@blueprint.post("/<key>/after/report")
def write_report(key: str) -> ResponseReturnValue:
    """Write the report."""
    folder = folder_of(key)
    try:
        context = open_campaign(folder, today())
        with open_ledger(folder, write=False) as ledger:
            report(context, ledger)
    except PleaError as error:
        return reject("after", key, error_problems(error))
    return redirect(url_for("campaign.after", key=key), HTTPStatus.SEE_OTHER)


@blueprint.get("/<key>/report.html")
def report_page(key: str) -> ResponseReturnValue:
    """The report itself."""
    path = load_settings(folder_of(key)).output / FOLDER / FILE
    if path.is_symlink() or path.parent.is_symlink() or not path.is_file():
        abort(HTTPStatus.NOT_FOUND)
    return Response(path.read_bytes(), mimetype="text/html", headers={"Content-Security-Policy": POLICY})


@blueprint.post("/<key>/after/purge")
def delete_names(key: str) -> ResponseReturnValue:
    """Delete the names for good."""
    folder = folder_of(key)
    if not request.form.get("sure"):
        return reject("after", key, [form_problem("not_confirmed", "sure")])
    try:
        settings = load_settings(folder)
        with open_ledger(folder, write=True) as ledger:
            purge(settings, ledger, today())
    except PleaError as error:
        return reject("after", key, error_problems(error))
    forget(folder)
    return redirect(url_for("campaign.after", key=key), HTTPStatus.SEE_OTHER)


def _below(folder: Path, paths: Iterable[Path]) -> list[Path]:
    """The paths as they are seen from the folder; those outside it as they are."""
    return [path.relative_to(folder) if path.is_relative_to(folder) else path for path in paths]
