"""The run, the files that it has made, and what comes afterwards: the report, and the removal of the names."""

import io
import threading
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from http import HTTPStatus
from itertools import islice
from pathlib import Path

from flask import Response, abort, jsonify, request, send_file
from flask.typing import ResponseReturnValue

from plea.campaigns.checking.approval import REQUIRED, is_approved
from plea.campaigns.context import CampaignContext
from plea.campaigns.ledger.ledger import FILE as LEDGER
from plea.campaigns.ledger.ledger import Counts, campaign_lock, open_campaign, open_ledger
from plea.campaigns.purge import left_alone, purge, to_remove
from plea.campaigns.reporting.report import FILE as PAGE
from plea.campaigns.reporting.report import FOLDER as REPORT
from plea.campaigns.reporting.report import report
from plea.campaigns.running.covers import LISTS, files_of, made_offices
from plea.campaigns.settings import load_settings
from plea.web.app_state import app_state, shared
from plea.web.organizer.jobs import CampaignJobs
from plea.web.organizer.view_context import (
    blueprint,
    error_problems,
    folder_of,
    forget,
    form_problem,
    go_to,
    read_number,
    reject,
    rejected_form,
    show,
    shows_errors,
)

PATIENCE = 1.0
"""Seconds that a page waits for a run to end."""
OFFICES, WITHDRAWN = 40, 20
"""Shown on a page."""
DOWNLOADS = threading.BoundedSemaphore(2)
"""ZIP files sent at a time: one whose download is paused keeps a thread of the server waiting."""
NOTHING: Mapping[str, object] = {
    "counts": Counts(), "planned": False, "offices": (), "first": 0, "more": 0,
    "missing": (), "withdrawn": (), "purged": None, "lists": (),
}  # fmt: skip
"""The state before the first run."""


@blueprint.get("/<key>/print")
@shows_errors("printing")
def printing(key: str) -> ResponseReturnValue:
    """What is made, what is left, what is going on."""
    folder = folder_of(key)
    job = shared(CampaignJobs).runs.get(folder)
    ended = job if job and job.ended.wait(PATIENCE) else None
    context = open_campaign(folder, app_state().today())
    state = _state(context, read_number(request.args.get("after", "")))
    if ended:
        shared(CampaignJobs).forget_run(
            folder, ended
        )  # how it ended is shown once: the next run may be somebody else's
    return show(
        "printing", key, "printing",
        problems=error_problems(ended.error) if ended and ended.error else [],
        settings=context.settings,
        job=None if ended else job,
        result=ended.result if ended else None,
        holder=campaign_lock(folder).holder() if ended or not job else None,
        unapproved=context.settings.approval == REQUIRED and not is_approved(context),
        **state,
    )  # fmt: skip


@blueprint.post("/<key>/print/run")
def start_run(key: str) -> ResponseReturnValue:
    """Start a run, or continue."""
    shared(CampaignJobs).run(folder_of(key), remake=bool(request.form.get("remake")))
    return go_to("printing", key)


@blueprint.post("/<key>/print/stop")
def stop_run(key: str) -> ResponseReturnValue:
    """Stop in order: finished volumes stay, unfinished ones are dropped, and a later run continues."""
    job = shared(CampaignJobs).runs.get(folder_of(key))
    if job:
        job.stop.set()
        job.ended.wait(PATIENCE)
    return go_to("printing", key)


@blueprint.get("/<key>/progress")
def progress(key: str) -> Response:
    """How far the check or the run is, for a page that asks again and again."""
    folder = folder_of(key)
    job = (
        shared(CampaignJobs).runs.get(folder)
        if request.args.get("of") == "run"
        else shared(CampaignJobs).checks.get(folder)
    )
    if job is None:
        return jsonify(ended=True)
    letters = job.letters
    share = letters.done / letters.total if letters and letters.total else None
    return jsonify(ended=job.ended.is_set(), text=job.how_far(), share=share)


def _state(context: CampaignContext, first: int) -> Mapping[str, object]:
    """What the ledger tells of the campaign, with the offices from the first-th on."""
    settings = context.settings
    if not (settings.folder / LEDGER).exists():
        return NOTHING
    with open_ledger(settings.folder, write=False) as ledger:
        if not ledger.date:
            return NOTHING
        offices = made_offices(context, ledger, first, OFFICES + 1)
        purged = ledger.fact("purged")
        return {
            "counts": ledger.counts(),
            "planned": True,
            "offices": offices[:OFFICES],
            "first": first,
            "more": first + OFFICES if len(offices) > OFFICES else 0,
            "missing": ledger.missing_volumes(settings.output),
            "withdrawn": [*islice(ledger.withdrawn(), WITHDRAWN)],
            "purged": date.fromisoformat(purged) if purged else None,
            "lists": [name for name in LISTS if (settings.output / name).is_file()],
        }


# --- files ------------------------------------------------------------------------------------------------


@blueprint.get("/<key>/file/<path:name>")
def output_file(key: str, name: str) -> ResponseReturnValue:
    """One file of the output folder."""
    output = load_settings(folder_of(key)).output
    path = next((path for path in files_of(output) if path.relative_to(output).as_posix() == name), None)
    return send_file(path or abort(HTTPStatus.NOT_FOUND), as_attachment=True, download_name=name.replace("/", "-"))


@blueprint.get("/<key>/all.zip")
def all_files(key: str) -> Response:
    """Everything that was made, in one ZIP file that is written as it is sent."""
    output = load_settings(folder_of(key)).output
    headers = {"Content-Disposition": f'attachment; filename="{key}.zip"'}
    if not DOWNLOADS.acquire(blocking=False):
        abort(HTTPStatus.SERVICE_UNAVAILABLE)
    answer = Response(_zipped(output), mimetype="application/zip", headers=headers)
    answer.call_on_close(DOWNLOADS.release)
    return answer


class _Buffer(io.RawIOBase):
    """A file that can only be written to, and is emptied as it is sent."""

    def __init__(self) -> None:
        self._content = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, part: "bytes") -> int:  # type: ignore[override]
        self._content += part
        return len(part)

    def empty(self) -> bytes:
        """What was written since the last call."""
        content = bytes(self._content)
        self._content.clear()
        return content


def _zipped(output: Path) -> Iterator[bytes]:
    """The files of the output folder as a ZIP file, which does not compress: PDFs are compressed already."""
    buffer = _Buffer()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for path in files_of(output):
            with path.open("rb") as source, archive.open(path.relative_to(output).as_posix(), "w") as target:
                while part := source.read(1 << 18):
                    target.write(part)
                    yield buffer.empty()
    yield buffer.empty()


# --- afterwards -------------------------------------------------------------------------------------------

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'; sandbox"
)
"""The Content-Security-Policy of the report, which holds its own style: it can be looked at and do nothing."""


@blueprint.get("/<key>/after")
@shows_errors("after")
def after(key: str) -> ResponseReturnValue:
    """The report, and what a purge would remove."""
    folder = folder_of(key)
    settings = load_settings(folder)
    planned, purged, removed = False, "", _below(folder, ())
    if (folder / LEDGER).exists():
        with open_ledger(folder, write=False) as ledger:
            planned, purged = bool(ledger.date), ledger.fact("purged")
            removed = _below(folder, to_remove(settings, ledger))
    return show(
        "after", key, "after",
        problems=rejected_form().problems,
        settings=settings,
        planned=planned,
        purged=date.fromisoformat(purged) if purged else None,
        report=(settings.output / REPORT / PAGE).is_file(),
        removed=removed,
        left=_below(folder, left_alone(settings)),
    )  # fmt: skip


@blueprint.post("/<key>/after/report")
@shows_errors("after")
def write_report(key: str) -> ResponseReturnValue:
    """Write the report."""
    folder = folder_of(key)
    context = open_campaign(folder, app_state().today())
    with open_ledger(folder, write=False) as ledger:
        report(context, ledger)
    return go_to("after", key)


@blueprint.get("/<key>/report.html")
def report_page(key: str) -> ResponseReturnValue:
    """The report itself."""
    path = load_settings(folder_of(key)).output / REPORT / PAGE
    if path.is_symlink() or path.parent.is_symlink() or not path.is_file():
        abort(HTTPStatus.NOT_FOUND)
    return Response(path.read_bytes(), mimetype="text/html", headers={"Content-Security-Policy": POLICY})


@blueprint.post("/<key>/after/purge")
@shows_errors("after")
def delete_names(key: str) -> ResponseReturnValue:
    """Delete the names for good."""
    folder = folder_of(key)
    if not request.form.get("sure"):
        return reject("after", key, [form_problem("not_confirmed", "sure")])
    settings = load_settings(folder)
    with open_ledger(folder, write=True) as ledger:
        purge(settings, ledger, app_state().today())
    forget(folder)
    return go_to("after", key)


def _below(folder: Path, paths: Iterable[Path]) -> list[Path]:
    """The paths as they are seen from the folder; those outside it as they are."""
    return [path.relative_to(folder) if path.is_relative_to(folder) else path for path in paths]
