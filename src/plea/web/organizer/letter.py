"""The letter as it would be printed, for whoever must agree to it, and the record of who did."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

from flask import abort, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue

from plea.campaigns.checking.approval import approvals, approve, is_approved, text_hash
from plea.campaigns.checking.preview import FOLDER, Preview, preview
from plea.campaigns.context import CampaignContext
from plea.campaigns.ledger.ledger import open_campaign
from plea.campaigns.settings import load_settings
from plea.errors import PleaError
from plea.web.language import Said, Trouble, in_sentences, language_of
from plea.web.organizer.rejected_forms import refused, sent, values
from plea.web.organizer.view_context import (
    blueprint,
    folder_of,
    our_words,
    show,
    today,
    trouble_of_error,
    trouble_of_words,
)


@dataclass(frozen=True, slots=True)
class Page:
    """One letter to look at: to whom, its text, and the name of its picture."""

    official: str
    text: str
    picture: str


@blueprint.get("/<key>/letter")
def letter(key: str) -> ResponseReturnValue:
    """One signer's letters, by row or by name; the first row's where nobody is named."""
    return _letter(key, folder_of(key), sent().troubles)


@blueprint.post("/<key>/letter/approve")
def agree(key: str) -> ResponseReturnValue:
    """Record that somebody approved the text as it was shown; not when it was changed since."""
    folder = folder_of(key)
    try:
        rooms = open_campaign(folder, today())
        if text_hash(rooms) != request.form.get("text", ""):
            return refused("letter", key, [trouble_of_words(our_words().letter.changed)])
        if not " ".join(request.form.get("by", "").split()):
            return refused("letter", key, [trouble_of_words(our_words().letter.by_missing, "by")])
        approve(rooms, request.form["by"], today())
    except PleaError as error:
        return refused("letter", key, [trouble_of_error(error, "by")])
    return redirect(url_for("campaign.letter", key=key, done=1), HTTPStatus.SEE_OTHER)


@blueprint.get("/<key>/letter/<name>")
def picture(key: str, name: str) -> ResponseReturnValue:
    """The picture of a letter that was looked at."""
    folder = load_settings(folder_of(key)).output / FOLDER
    found = {path.name: path for path in folder.glob("*.png") if not path.is_symlink()}
    if name not in found:
        abort(HTTPStatus.NOT_FOUND)
    return send_file(found[name], mimetype="image/png")


def _letter(key: str, folder: Path, troubles: Sequence[Trouble]) -> ResponseReturnValue:
    who = values().get("who", "").strip() or "1"
    try:
        rooms = open_campaign(folder, today())
    except PleaError as error:
        return show("failed", key, "letter", troubles=[*troubles, trouble_of_error(error)])
    shown: Preview | None = None
    try:
        shown = _preview(rooms, who)
    except PleaError as error:
        troubles = [*troubles, trouble_of_error(error, "who")]
    return show(
        "letter", key, "letter",
        troubles=troubles,
        who=who,
        typed=sent().form,
        row=shown.row if shown else 0,
        pages=_pages(shown) if shown else (),
        problems=_problems(shown) if shown else (),
        approved=is_approved(rooms),
        required=rooms.settings.approval == "required",
        approvals=approvals(rooms.settings),
        text=text_hash(rooms),
        pack=rooms.settings.pack,
        done=bool(request.args.get("done")),
    )  # fmt: skip


def _preview(rooms: CampaignContext, who: str) -> Preview:
    """The letters of a row by its number, or of the one person of a name."""
    if who.isascii() and who.isdigit() and int(who[:9]):
        return preview(rooms, row=int(who[:9]))
    return preview(rooms, name=who)


def _pages(shown: Preview) -> Sequence[Page]:
    return [Page(one.official, one.text, one.picture.name) for one in shown.letters]


def _problems(shown: Preview) -> Sequence[tuple[Said, Said | None]]:
    language = language_of(request)
    return [
        (in_sentences(one.what, language), in_sentences(one.hint, language) if one.hint else None)
        for one in shown.problems
    ]
