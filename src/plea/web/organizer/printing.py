"""The run: started here, continued whoever looks, stopped in order; and the files that it has made."""

import io
import threading
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date
from http import HTTPStatus
from itertools import islice
from pathlib import Path

from flask import Response, abort, jsonify, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue

from plea.campaigns.checking.approval import REQUIRED, is_approved
from plea.campaigns.context import CampaignContext
from plea.campaigns.ledger.ledger import FILE as LEDGER
from plea.campaigns.ledger.ledger import Counts, campaign_lock, open_campaign, open_ledger
from plea.campaigns.running.covers import LISTS, files_of, made_offices
from plea.campaigns.settings import load_settings
from plea.errors import PleaError
from plea.web.organizer.view_context import blueprint, error_problems, folder_of, jobs, read_number, show, today

PATIENCE = 1.0
"""Seconds that a page waits for a run that may be short."""
OFFICES, WITHDRAWN = 40, 20
"""Shown on a page."""
DOWNLOADS = threading.BoundedSemaphore(2)
"""ZIP files sent at a time: one whose download is paused keeps a thread of the server waiting."""
CHUNK = 1 << 18
NOTHING: Mapping[str, object] = {
    "counts": Counts(), "planned": False, "offices": (), "first": 0, "more": 0,
    "missing": (), "withdrawn": (), "purged": None, "lists": (),
}  # fmt: skip
"""The state before the first run."""


@blueprint.get("/<key>/print")
def printing(key: str) -> ResponseReturnValue:
    """What is made, what is left, what is going on."""
    folder = folder_of(key)
    job = jobs().runs.get(folder)
    problems = []
    if job and job.ended.wait(PATIENCE):
        jobs().forget_run(folder, job)  # how it ended is shown once: the next run may be somebody else's
        problems = error_problems(job.error) if job.error else []
    going = job if job and not job.ended.is_set() else None
    try:
        context = open_campaign(folder, today())
        state = _state(context, read_number(request.args.get("after", "")))
    except PleaError as error:
        return show("failed", key, "printing", problems=[*problems, *error_problems(error)])
    return show(
        "printing", key, "printing",
        problems=problems,
        settings=context.settings,
        job=going,
        result=job.result if job and not going else None,
        holder=None if going else campaign_lock(folder).holder(),
        unapproved=context.settings.approval == REQUIRED and not is_approved(context),
        **state,
    )  # fmt: skip


@blueprint.post("/<key>/print/run")
def start_run(key: str) -> ResponseReturnValue:
    """Start a run, or continue."""
    jobs().run(folder_of(key), remake=bool(request.form.get("remake")))
    return redirect(url_for("campaign.printing", key=key), HTTPStatus.SEE_OTHER)


@blueprint.post("/<key>/print/stop")
def stop_run(key: str) -> ResponseReturnValue:
    """Stop in order: finished volumes stay, unfinished ones are dropped, and a later run continues."""
    job = jobs().runs.get(folder_of(key))
    if job:
        job.stop.set()
        job.ended.wait(PATIENCE)
    return redirect(url_for("campaign.printing", key=key), HTTPStatus.SEE_OTHER)


@blueprint.get("/<key>/progress")
def progress(key: str) -> Response:
    """How far the check or the run is, for a page that asks again and again."""
    folder = folder_of(key)
    job = jobs().runs.get(folder) if request.args.get("of") == "run" else jobs().checks.get(folder)
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


class _Written(io.RawIOBase):
    """A file that can only be written to; what was written is taken out of it as it comes."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, part: "bytes") -> int:  # type: ignore[override]
        self._parts.append(bytes(part))
        return len(part)

    def taken(self) -> bytes:
        """What was written since the last call."""
        parts, self._parts = self._parts, []
        return b"".join(parts)


def _zipped(output: Path) -> Iterator[bytes]:
    """The files of the output folder as a ZIP file, which does not compress: PDFs are compressed already."""
    written = _Written()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as archive:
        for path in files_of(output):
            with path.open("rb") as source, archive.open(path.relative_to(output).as_posix(), "w") as target:
                while part := source.read(CHUNK):
                    target.write(part)
                    yield written.taken()
    yield written.taken()
