"""Where an organiser comes in: the campaigns there are, a new one, one that lies elsewhere, the officials."""

from collections.abc import Sequence
from http import HTTPStatus
from itertools import count
from pathlib import Path

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from plea.asks.pack import load_pack
from plea.campaigns.preparing.scaffold import Wanted, new_campaign
from plea.campaigns.settings.settings import load_settings
from plea.errors import PleaError
from plea.officials.update import update
from plea.system.files import make_folder, slug
from plea.system.folders import directory_file
from plea.web.front import door
from plea.web.language import Trouble, language_of
from plea.web.organizer.rejected_forms import refused, sent
from plea.web.organizer.view_context import (
    WRONG,
    AtFields,
    blueprint,
    day_typed,
    folders,
    in_tongue,
    key_of,
    open_folder,
    our_words,
    today,
    trouble_of_error,
    trouble_of_words,
)
from plea.writing.request import asks_to_offer

NAME_LIMIT = 60


@blueprint.get("/")
def front() -> ResponseReturnValue:
    """Every campaign, and the ways to begin one."""
    return _front(sent().troubles)


@blueprint.post("/new")
def new() -> ResponseReturnValue:
    """Make a campaign's folder."""
    form, own = request.form, our_words().begin
    name, asks = form.get("name", "").strip(), tuple(form.getlist("asks"))
    troubles = [] if name else [trouble_of_words(own.name_missing, "name")]
    troubles += [] if asks else [trouble_of_words(own.asks_missing, "asks")]
    on, no_day = day_typed("date")
    troubles += no_day
    if troubles:
        return refused("front", "", troubles)
    wanted = Wanted(
        asks,
        name,
        form.get("organiser", "").strip(),
        form.get("contact", "").strip(),
        "hand" if form.get("delivery") == "hand" else "post",
        on,
    )
    try:
        folder = _free(name)
        make_folder(folder.parent)
        new_campaign(folder, wanted, today())
    except PleaError as error:
        return refused("front", "", [trouble_of_error(error)])
    return redirect(url_for("campaign.about", key=key_of(folder)), HTTPStatus.SEE_OTHER)


@blueprint.post("/open")
def open_other() -> ResponseReturnValue:
    """Open a campaign that lies elsewhere on this machine."""
    typed = request.form.get("folder", "").strip()
    if not typed or "\0" in typed:
        return refused("front", "", [trouble_of_words(our_words().begin.folder_missing, "folder")])
    try:
        folder = Path(typed).expanduser().absolute()
        load_settings(folder)
    except PleaError as error:
        return refused("front", "", [trouble_of_error(error, "folder")])
    except (OSError, RuntimeError):  # no such home, a name no disk has
        return refused("front", "", [trouble_of_words(our_words().begin.folder_unreadable, "folder")])
    return redirect(url_for("campaign.about", key=open_folder(folder)), HTTPStatus.SEE_OTHER)


@blueprint.post("/officials")
def fetch_officials() -> ResponseReturnValue:
    """Fetch the public list of officials."""
    try:
        update(directory_file())
    except PleaError as error:
        return refused("front", "", [trouble_of_error(error)])
    return redirect(url_for("campaign.front"), HTTPStatus.SEE_OTHER)


def _front(troubles: Sequence[Trouble]) -> ResponseReturnValue:
    language, asks, typed = language_of(request), asks_to_offer(load_pack(None)), sent().form
    page = render_template(
        "organiser/front.html.j2",
        campaigns=[(key_of(folder), _name(folder), folder) for folder in folders()],
        asks=[(ask.key, in_tongue(ask.title, language), in_tongue(ask.summary, language)) for ask in asks],
        typed=typed,
        ticked=typed.getlist("asks"),
        directory=directory_file().is_file(),
        home=door().campaigns,
        troubles=troubles,
        at=AtFields(troubles),
    )
    return page, WRONG if troubles else HTTPStatus.OK


def _name(folder: Path) -> str:
    """What a campaign is called; its folder's name where its settings cannot be read."""
    try:
        return load_settings(folder).name
    except PleaError:
        return folder.name


def _free(name: str) -> Path:
    """A folder for a campaign of that name that nobody has yet."""
    stem = slug(name, NAME_LIMIT) or "campaign"
    names = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(folder for one in names if not (folder := door().campaigns / one).exists())
