"""Who signs: the uploaded table, what its columns mean, and the consent."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import IO

from flask import request
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
from plea.campaigns.settings import Changes, change_settings, load_settings, match_columns
from plea.errors import PleaError
from plea.supporters.columns import EXTRA, plain
from plea.web.app_state import app_state
from plea.web.organizer.view_context import (
    blueprint,
    error_problems,
    folder_of,
    form_problem,
    go_to,
    label,
    read_date,
    read_number,
    reject,
    rejected_form,
    show,
    shows_errors,
)

CHUNK = 1024 * 1024
MOST_COLUMNS = 400
"""Shown for correction; nobody looks through more."""


@blueprint.get("/<key>/signers")
def signers(key: str) -> ResponseReturnValue:
    """The table in use, and the form to upload another one."""
    folder, form = folder_of(key), rejected_form()
    settings = load_settings(folder)
    problems = [*form.problems]
    columns: tuple[MatchedColumn, ...] = ()
    present = settings.supporters.is_file()
    if present:
        try:
            columns = matched_columns(settings)
        except PleaError as error:
            problems += error_problems(error, "table")
    chosen = form.context.get("chosen", {})
    uploaded = form.context.get("uploaded")  # its name, its rows, its encoding
    if uploaded:  # unless it was used or removed since
        table = saved_tables(folder).get(uploaded[0])
        uploaded = uploaded if table and table != settings.supporters else None
    return show(
        "signers", key, "signers",
        problems=problems,
        settings=settings,
        present=present,
        example=present and not has_supporters(settings),
        columns=[(column, chosen.get(column.theirs, column.ours)) for column in columns[:MOST_COLUMNS]],
        choices=[(name, label(name)) for name in our_columns()],
        uploaded=uploaded,
        taken=read_number(request.args.get("taken", "")),
        typed=form.values,
    )  # fmt: skip


@blueprint.post("/<key>/upload")
@shows_errors("signers", "table")
def upload(key: str) -> ResponseReturnValue:
    """Keep a table; the campaign uses it at once if it has none yet, else somebody is asked."""
    folder = folder_of(key)
    table, encoding = request.files.get("table"), _encoding()
    if table is None or not table.filename:
        return reject("signers", key, [form_problem("no_file", "table")])
    settings = load_settings(folder)
    taken = save_table(folder, table.filename, chunks(table.stream), encoding)
    if not has_supporters(settings):
        use_table(folder, taken.path, encoding)
        return go_to("signers", key, taken=taken.rows)
    return reject("signers", key, [], uploaded=(taken.path.name, taken.rows, encoding))


@blueprint.post("/<key>/signers/use")
def use_uploaded(key: str) -> ResponseReturnValue:
    """Use the table that was uploaded, or remove it; the one before it stays in the folder."""
    folder, name = folder_of(key), request.form.get("table", "")
    tables = saved_tables(folder)
    if name in tables and request.form.get("use") == "new":
        use_table(folder, tables[name], _encoding())
    elif name in tables and tables[name] != load_settings(folder).supporters:
        tables[name].unlink()
    return go_to("signers", key)


def _encoding() -> str:
    """The encoding that was chosen for a table; empty when the table shall tell it."""
    return "windows-1252" if request.form.get("encoding") == "windows-1252" else ""


@blueprint.post("/<key>/signers/columns")
@shows_errors("signers", "columns")
def save_columns(key: str) -> ResponseReturnValue:
    """Save which of their columns is which of ours."""
    folder = folder_of(key)
    columns = matched_columns(replace(load_settings(folder), columns={}))
    chosen = {column.theirs: request.form.get(f"column-{place}", "") for place, column in enumerate(columns)}
    counts = Counter(ours for ours in chosen.values() if ours)
    repeated = [f"column-{place}" for place, column in enumerate(columns) if counts[chosen[column.theirs]] > 1]
    if repeated:
        return reject("signers", key, [form_problem("column_repeated", repeated[1])], chosen=chosen)
    # Only what the names of the columns do not say by themselves.
    own = {}
    for column in columns:
        ours = chosen[column.theirs]
        if ours in our_columns() and ours != column.ours:
            own[ours] = column.theirs
        elif not ours and column.ours:
            own[f"{EXTRA}{plain(column.theirs)}"] = column.theirs
    match_columns(folder, own)
    return go_to("signers", key)


@blueprint.post("/<key>/signers/consent")
@shows_errors("signers")
def save_consent(key: str) -> ResponseReturnValue:
    """Save when and where everybody in the table agreed; empty: each row says it."""
    folder = folder_of(key)
    at, problems = read_date("consent-at")
    source, text = (request.form.get(f"consent-{name}", "").strip() for name in ("source", "text"))
    if problems:
        return reject("signers", key, problems)
    changes: Changes = {("consent", "at"): at, ("consent", "source"): source or None, ("consent", "text"): text or None}
    change_settings(folder, changes)
    open_campaign(folder, app_state().today())
    return go_to("check", key)


def chunks(stream: IO[bytes]) -> Iterator[bytes]:
    """The content of a file, a part at a time."""
    while chunk := stream.read(CHUNK):
        yield chunk
