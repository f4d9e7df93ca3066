"""The letter as it will be printed, for whoever must approve it, and the record of who did."""

from datetime import date
from http import HTTPStatus

from flask import abort, redirect, request, send_file, url_for
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
from plea.campaigns.ledger.ledger import open_campaign
from plea.campaigns.settings import load_settings
from plea.errors import PleaError
from plea.web.organizer.rejected_forms import reject, rejected_form, typed_or_asked
from plea.web.organizer.view_context import (
    blueprint,
    error_problems,
    folder_of,
    form_problem,
    read_number,
    show,
    today,
)


@blueprint.get("/<key>/letter")
def letter(key: str) -> ResponseReturnValue:
    """The letters of one signer, by row number or by name; of the first row if nobody is named."""
    folder, problems = folder_of(key), [*rejected_form().problems]
    who = typed_or_asked().get("who", "").strip() or "1"
    try:
        context = open_campaign(folder, today())
    except PleaError as error:
        return show("failed", key, "letter", problems=[*problems, *error_problems(error)])
    row = read_number(who)
    try:
        shown = preview(context, row=row) if row else preview(context, name=who)
    except PleaError as error:
        problems += error_problems(error, "who")
        shown = Preview(0, (), ())
    return show(
        "letter", key, "letter",
        problems=problems,
        who=who,
        typed=rejected_form().values,
        row=shown.row,
        letters=shown.letters,
        notes=shown.problems,
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
def approve_text(key: str) -> ResponseReturnValue:
    """Record that somebody approved the text as it was shown, unless it was changed since."""
    folder = folder_of(key)
    try:
        context = open_campaign(folder, today())
        if text_hash(context) != request.form.get("text", ""):
            return reject("letter", key, [form_problem("text_changed")])
        approve(context, request.form.get("by", ""), today())
    except PleaError as error:
        return reject("letter", key, error_problems(error, "by"))
    return redirect(url_for("campaign.letter", key=key, done=1), HTTPStatus.SEE_OTHER)


@blueprint.get("/<key>/letter/<name>")
def picture(key: str, name: str) -> ResponseReturnValue:
    """The picture of a letter that was looked at."""
    folder = load_settings(folder_of(key)).output / PREVIEWS
    pictures = {path.name: path for path in folder.glob("*.png") if not path.is_symlink()}
    return send_file(pictures.get(name) or abort(HTTPStatus.NOT_FOUND), mimetype="image/png")
