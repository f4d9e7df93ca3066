"""After the printing: the report, and the end of the names."""

from collections.abc import Sequence
from http import HTTPStatus
from pathlib import Path

from flask import Response, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue

from plea.campaigns.ledger.ledger import open_campaign, open_ledger
from plea.campaigns.ledger.schema import FILE as LEDGER
from plea.campaigns.purge import REPORT, left_alone, purge, to_remove
from plea.campaigns.reporting.report import FILE as PAGE
from plea.campaigns.reporting.report import report
from plea.campaigns.settings import load_settings
from plea.errors import PleaError
from plea.web.language import Trouble
from plea.web.organizer.rejected_forms import refused, sent
from plea.web.organizer.view_context import (
    blueprint,
    folder_of,
    our_words,
    shelf,
    show,
    today,
    trouble_of_error,
    trouble_of_words,
)

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'; sandbox"
)
"""Of the report, which has its style in itself: it may look like something and do nothing."""


@blueprint.get("/<key>/after")
def after(key: str) -> ResponseReturnValue:
    """The report, and what a purge would remove."""
    return _after(key, folder_of(key), sent().troubles)


@blueprint.post("/<key>/after/report")
def make_report(key: str) -> ResponseReturnValue:
    """Write the report."""
    folder = folder_of(key)
    try:
        rooms = open_campaign(folder, today())
        with open_ledger(folder, write=False) as ledger:
            report(rooms, ledger)
    except PleaError as error:
        return refused("after", key, [trouble_of_error(error)])
    return redirect(url_for("campaign.after", key=key), HTTPStatus.SEE_OTHER)


@blueprint.get("/<key>/report.html")
def report_page(key: str) -> ResponseReturnValue:
    """The report itself."""
    path = load_settings(folder_of(key)).output / REPORT / PAGE
    if path.is_symlink() or path.parent.is_symlink() or not path.is_file():
        abort(HTTPStatus.NOT_FOUND)
    return Response(path.read_bytes(), mimetype="text/html", headers={"Content-Security-Policy": POLICY})


@blueprint.post("/<key>/after/purge")
def end(key: str) -> ResponseReturnValue:
    """Remove the names for good."""
    folder = folder_of(key)
    if not request.form.get("sure"):
        return refused("after", key, [trouble_of_words(our_words().after.not_sure, "sure")])
    try:
        settings = load_settings(folder)
        with open_ledger(folder, write=True) as ledger:
            purge(settings, ledger, today())
    except PleaError as error:
        return refused("after", key, [trouble_of_error(error)])
    shelf().forget(folder)
    return redirect(url_for("campaign.after", key=key), HTTPStatus.SEE_OTHER)


def _after(key: str, folder: Path, troubles: Sequence[Trouble]) -> ResponseReturnValue:
    try:
        settings = load_settings(folder)
        removed: tuple[Path, ...] = ()
        purged, planned = "", (folder / LEDGER).exists()
        if planned:
            with open_ledger(folder, write=False) as ledger:
                purged, planned = ledger.fact("purged"), bool(ledger.date)
                removed = to_remove(settings, ledger)
        left = left_alone(settings)
    except PleaError as error:
        return show("failed", key, "after", troubles=[*troubles, trouble_of_error(error)])
    return show(
        "after", key, "after",
        troubles=troubles,
        settings=settings,
        planned=planned,
        purged=purged,
        report=(settings.output / REPORT / PAGE).is_file(),
        removed=[_within(path, folder) for path in removed],
        left=[_within(path, folder) for path in left],
    )  # fmt: skip


def _within(path: Path, folder: Path) -> str:
    return str(path.relative_to(folder)) if path.is_relative_to(folder) else str(path)
