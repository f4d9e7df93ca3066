"""The printing: begun here, going on whoever looks, stopped in order; and what it has made, to be carried away."""

import io
import threading
import zipfile
from collections.abc import Iterator, Mapping
from http import HTTPStatus
from itertools import islice
from pathlib import Path

from flask import Response, abort, jsonify, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue

from plea.campaigns.checking.approval import REQUIRED, is_approved
from plea.campaigns.context import CampaignContext
from plea.campaigns.ledger.ledger import Counts, open_ledger
from plea.campaigns.ledger.schema import FILE as LEDGER
from plea.campaigns.ledger.schema import Lock
from plea.campaigns.opening import open_campaign
from plea.campaigns.running.delivered import LISTS, files_of, made_offices
from plea.campaigns.running.runner import RunResult, open_run, processes
from plea.campaigns.settings.settings import load_settings
from plea.errors import PleaError
from plea.web.app_state import app_state
from plea.web.language import Trouble
from plea.web.organizer.jobs import Looked, Work, begin, stopping
from plea.web.organizer.view_context import (
    blueprint,
    folder_of,
    number_in,
    our_words,
    shelf,
    show,
    today,
    trouble_of_error,
)

PATIENCE = 1.0
"""Seconds that a page waits for a run that may be short."""
MINUTE = 60
OFFICES, TO_TAKE_OUT = 40, 20
"""Shown on a page."""
ARCHIVES = threading.BoundedSemaphore(2)
"""Archives sent at a time: one whose download is paused keeps a thread of the server waiting."""
NOTHING: Mapping[str, object] = {
    "counts": Counts(), "planned": False, "offices": (), "first": 0, "more": 0,
    "missing": (), "withdrawn": (), "purged": "", "lists": (),
}  # fmt: skip
"""What is known before the first run."""


@blueprint.get("/<key>/print")
def printing(key: str) -> ResponseReturnValue:
    """What is made, what is left, what is going on."""
    folder = folder_of(key)
    work = shelf().runs.get(folder)
    if work and work.ended.wait(PATIENCE):
        shelf().forget_run(folder, work)  # how it ended is said once: the next run may be somebody else's
    return _printing(key, folder, work, [trouble_of_error(work.error)] if work and work.error else [])


@blueprint.post("/<key>/print/run")
def start(key: str) -> ResponseReturnValue:
    """Begin, or go on."""
    folder, remake, on = folder_of(key), bool(request.form.get("remake")), today()
    with shelf().turn:
        work = shelf().runs.get(folder)
        if work is None or work.ended.is_set():
            work = shelf().runs[folder] = Work()
            stop = stopping(app_state(), work)

            def task(own: Work[RunResult]) -> RunResult:
                with open_run(folder, on, remake=remake) as conduct:
                    conduct.plan(own.rows_read, stop)
                    conduct.make(processes(), own.letters_made, stop)
                    return conduct.summary()

            begin(app_state(), work, task)
    return redirect(url_for("campaign.printing", key=key), HTTPStatus.SEE_OTHER)


@blueprint.post("/<key>/print/stop")
def stop(key: str) -> ResponseReturnValue:
    """Stop in order: what is finished stays, what is begun is dropped, and a later run goes on."""
    work = shelf().runs.get(folder_of(key))
    if work:
        work.stop.set()
        work.ended.wait(PATIENCE)
    return redirect(url_for("campaign.printing", key=key), HTTPStatus.SEE_OTHER)


@blueprint.get("/<key>/progress")
def progress(key: str) -> Response:
    """How far the check and the run are, for a page that asks again and again."""
    folder = folder_of(key)
    run, check = shelf().runs.get(folder), shelf().checks.get(folder)
    work = run if request.args.get("of") == "run" else check
    if work is None:
        return jsonify(ended=True)
    now = work.letters
    share = now.done / now.total if now and now.total else None
    return jsonify(ended=work.ended.is_set(), said=in_progress(work), share=share)


@blueprint.get("/<key>/file/<path:name>")
def file(key: str, name: str) -> ResponseReturnValue:
    """One file of the output folder."""
    output = load_settings(folder_of(key)).output
    found = next((path for path in files_of(output) if path.relative_to(output).as_posix() == name), None)
    return send_file(found or abort(HTTPStatus.NOT_FOUND), as_attachment=True, download_name=name.replace("/", "-"))


@blueprint.get("/<key>/all.zip")
def all_files(key: str) -> Response:
    """Everything that was made, in one file that is written as it is sent."""
    output = load_settings(folder_of(key)).output
    headers = {"Content-Disposition": f'attachment; filename="{key}.zip"'}
    if not ARCHIVES.acquire(blocking=False):
        abort(HTTPStatus.SERVICE_UNAVAILABLE)
    answer = Response(_zipped(output), mimetype="application/zip", headers=headers)
    answer.call_on_close(ARCHIVES.release)
    return answer


def in_progress(work: Work[RunResult] | Work[Looked]) -> str:
    """How far work is, in a sentence."""
    own, now = our_words().printing, work.letters
    if now is None:
        return str(own.reading.format(rows=f"{work.rows:,}") if work.rows else own.beginning)
    said = str(own.making.format(done=f"{now.done:,}", total=f"{now.total:,}"))
    left = now.seconds_left
    if left is None or now.done == now.total:
        return said
    return f"{said} {own.minutes.format(minutes=round(left / MINUTE)) if left > MINUTE else own.under_a_minute}"


def _printing(key: str, folder: Path, work: Work[RunResult] | None, troubles: list[Trouble]) -> ResponseReturnValue:
    going = work is not None and not work.ended.is_set()
    try:
        rooms = open_campaign(folder, today())
        state = _state(rooms, number_in(request.args.get("after", "")))
    except PleaError as error:
        return show("failed", key, "printing", troubles=[*troubles, trouble_of_error(error)])
    result = work.result if work and not going else None
    return show(
        "printing", key, "printing",
        troubles=troubles,
        settings=rooms.settings,
        work=work if going else None,
        so_far=in_progress(work) if work and going else "",
        result=result,
        holder="" if going else Lock(folder).holder(),
        unapproved=rooms.settings.approval == REQUIRED and not is_approved(rooms),
        **state,
    )  # fmt: skip


def _state(rooms: CampaignContext, first: int) -> dict[str, object]:
    """What the ledger knows, if there is one."""
    settings = rooms.settings
    if not (settings.folder / LEDGER).exists():
        return {**NOTHING}
    with open_ledger(settings.folder, write=False) as ledger:
        if not ledger.date:
            return {**NOTHING}
        offices = made_offices(rooms, ledger, first, OFFICES + 1)
        return {
            "counts": ledger.counts(),
            "planned": True,
            "offices": offices[:OFFICES],
            "first": first,
            "more": first + OFFICES if len(offices) > OFFICES else 0,
            "missing": ledger.missing_volumes(settings.output),
            "withdrawn": [*islice(ledger.withdrawn(), TO_TAKE_OUT)],
            "purged": ledger.fact("purged"),
            "lists": [name for name in LISTS if (settings.output / name).is_file()],
        }


class _Pieces(io.RawIOBase):
    """A file that is only written to, whose content is taken away as it comes."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, part: "bytes") -> int:  # type: ignore[override]
        self._parts.append(bytes(part))
        return len(part)

    def taken(self) -> bytes:
        """What has come since it was last asked."""
        parts, self._parts = self._parts, []
        return b"".join(parts)


def _zipped(output: Path) -> Iterator[bytes]:
    """The files of the output folder as a ZIP; PDFs are not pressed again."""
    sink = _Pieces()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:
        for path in files_of(output):
            with path.open("rb") as source, archive.open(path.relative_to(output).as_posix(), "w") as target:
                while part := source.read(1 << 18):
                    target.write(part)
                    yield sink.taken()
    yield sink.taken()
