"""Who signs: the table that is handed over, what its columns are, and the consent."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path
from typing import IO

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from plea.campaigns.ledger.ledger import open_campaign
from plea.campaigns.preparing.tables import (
    MatchedColumn,
    has_supporters,
    matched_columns,
    our_columns,
    save_table,
    saved_tables,
    use_table,
)
from plea.campaigns.settings import Changes, Settings, change_settings, load_settings, match_columns
from plea.errors import PleaError
from plea.supporters.columns import EXTRA, plain
from plea.web.language import Trouble
from plea.web.organizer.rejected_forms import refused, sent
from plea.web.organizer.view_context import (
    blueprint,
    day_typed,
    folder_of,
    number_in,
    our_words,
    show,
    today,
    trouble_of_error,
    trouble_of_words,
    troubles_of_settings,
)

PIECE = 1024 * 1024
ENCODINGS = ("", "windows-1252")
MOST_COLUMNS = 400
"""Shown for correction; nobody looks through more."""


@blueprint.get("/<key>/signers")
def signers(key: str) -> ResponseReturnValue:
    """The table at hand, and the way to hand over another."""
    return _signers(key, folder_of(key), sent().troubles, **sent().more)


@blueprint.post("/<key>/upload")
def upload(key: str) -> ResponseReturnValue:
    """Take a table in; it becomes the campaign's at once where there is none yet."""
    folder = folder_of(key)
    table = request.files.get("table")
    encoding = request.form.get("encoding", "")
    if table is None or not table.filename:
        return refused("signers", key, [trouble_of_words(our_words().signers.no_file, "table")])
    if encoding not in ENCODINGS:
        encoding = ""
    try:
        settings = load_settings(folder)
        taken = save_table(folder, table.filename, pieces(table.stream), encoding)
        if not has_supporters(settings):
            use_table(folder, taken.path, encoding)
            return redirect(url_for("campaign.signers", key=key, taken=taken.rows), HTTPStatus.SEE_OTHER)
    except PleaError as error:
        return refused("signers", key, [trouble_of_error(error, "table")])
    return refused("signers", key, [], waiting=(taken.path.name, taken.rows, encoding))


@blueprint.post("/<key>/signers/use")
def use(key: str) -> ResponseReturnValue:
    """Use the table that was handed over, or take it away again; the one before it stays in the folder."""
    folder, name = folder_of(key), request.form.get("table", "")
    tables = saved_tables(folder)
    if name in tables and request.form.get("use") == "new":
        encoding = request.form.get("encoding", "")
        use_table(folder, tables[name], encoding if encoding in ENCODINGS else "")
    elif name in tables and tables[name] != load_settings(folder).supporters:
        tables[name].unlink()
    return redirect(url_for("campaign.signers", key=key), HTTPStatus.SEE_OTHER)


@blueprint.post("/<key>/signers/columns")
def columns(key: str) -> ResponseReturnValue:
    """Say which of their columns is which of ours."""
    folder = folder_of(key)
    settings = load_settings(folder)
    try:
        found = matched_columns(replace(settings, columns={}))
        names = {column.theirs: request.form.get(f"column-{place}", "") for place, column in enumerate(found)}
        twice = [ours for ours, count in Counter(names.values()).items() if ours and count > 1]
        if twice:
            fields = [f"column-{place}" for place, one in enumerate(found) if names[one.theirs] in twice]
            said = our_words().signers.twice
            return refused("signers", key, [trouble_of_words(said, name) for name in fields[1:2]], chosen=names)
        match_columns(folder, dict(_own(found, names)))
    except PleaError as error:
        return refused("signers", key, [trouble_of_error(error, "columns")])
    return redirect(url_for("campaign.signers", key=key), HTTPStatus.SEE_OTHER)


@blueprint.post("/<key>/signers/consent")
def consent(key: str) -> ResponseReturnValue:
    """Say once for the whole table when and where people agreed; empty: each row says it."""
    folder = folder_of(key)
    at, troubles = day_typed("consent-at")
    source, text = (request.form.get(f"consent-{name}", "").strip() for name in ("source", "text"))
    if troubles:
        return refused("signers", key, troubles)
    changes: Changes = {("consent", "at"): at, ("consent", "source"): source or None, ("consent", "text"): text or None}
    try:
        change_settings(folder, changes)
        open_campaign(folder, today())
    except PleaError as error:
        return refused("signers", key, troubles_of_settings(error))
    return redirect(url_for("campaign.check", key=key), HTTPStatus.SEE_OTHER)


def _own(found: tuple[MatchedColumn, ...], names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What `[columns]` must say: only what the names of the columns do not say by themselves."""
    known = {*our_columns()}
    for column in found:
        ours = names[column.theirs]
        if ours in known and ours != column.ours:
            yield ours, column.theirs
        elif not ours and column.ours:
            yield f"{EXTRA}{plain(column.theirs)}", column.theirs


def _signers(
    key: str,
    folder: Path,
    troubles: Sequence[Trouble],
    *,
    waiting: tuple[str, int, str] | None = None,
    chosen: Mapping[str, str] | None = None,
) -> ResponseReturnValue:
    settings = load_settings(folder)
    found: tuple[MatchedColumn, ...] = ()
    present = settings.supporters.is_file()
    if present:
        try:
            found = matched_columns(settings)
        except PleaError as error:
            troubles = [*troubles, trouble_of_error(error, "table")]
    return show(
        "signers", key, "signers",
        troubles=troubles,
        settings=settings,
        present=present,
        example=present and not has_supporters(settings),
        columns=[(one, (chosen or {}).get(one.theirs, one.ours)) for one in found[:MOST_COLUMNS]],
        ours=our_columns(),
        waiting=waiting if waiting and _undecided(folder, settings, waiting[0]) else None,
        taken=number_in(request.args.get("taken", "")),
        typed=sent().form,
        encodings=ENCODINGS,
    )  # fmt: skip


def _undecided(folder: Path, settings: Settings, name: str) -> bool:
    """Whether a table that was handed over still waits to be used or taken away."""
    table = saved_tables(folder).get(name)
    return table is not None and table != settings.supporters


def pieces(stream: IO[bytes]) -> Iterator[bytes]:
    """What was sent, a part at a time."""
    while piece := stream.read(PIECE):
        yield piece
