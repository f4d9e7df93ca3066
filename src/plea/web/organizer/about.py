"""What a campaign is: its name, whom it writes to, how the letters go. A page over `campaign.toml`."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from http import HTTPStatus
from pathlib import Path

from flask import redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue

from plea.asks.pack import load_pack
from plea.campaigns.ledger.ledger import open_campaign, open_ledger
from plea.campaigns.ledger.schema import FILE as LEDGER
from plea.campaigns.preparing.scaffold import SHEET, roles_for
from plea.campaigns.preparing.sign_up_sheet import sign_up_sheet
from plea.campaigns.settings import Changes, Settings, SettingsError, change_settings, load_settings
from plea.errors import PleaError
from plea.letters.paper.profiles import profiles
from plea.model.letters import Printing
from plea.officials.roles import roles
from plea.system.toml import Value
from plea.web.language import LANGUAGES, Trouble, in_words, language_of
from plea.web.organizer.rejected_forms import refused, sent
from plea.web.organizer.view_context import (
    blueprint,
    day_typed,
    folder_of,
    in_tongue,
    our_words,
    show,
    today,
    trouble_of_error,
    trouble_of_words,
    troubles_of_settings,
)

TEXTS = ("name", "organiser", "contact", "envelope")


@blueprint.get("/<key>/")
def about(key: str) -> ResponseReturnValue:
    """The settings, and what of them does not hold."""
    folder = folder_of(key)
    if sent().troubles:
        return _about(key, folder, sent().troubles)
    try:
        open_campaign(folder, today())
    except SettingsError as error:
        return _about(key, folder, troubles_of_settings(error))
    except PleaError as error:
        return show("failed", key, "about", troubles=[trouble_of_error(error)])
    return _about(key, folder, [])


@blueprint.post("/<key>/")
def change(key: str) -> ResponseReturnValue:
    """Write the settings into `campaign.toml`."""
    folder = folder_of(key)
    settings = load_settings(folder)
    wanted, troubles = _wanted(settings, frozen=bool(_frozen(folder)))
    if troubles:
        return refused("about", key, troubles)
    try:
        change_settings(folder, _changes(settings, wanted))
        open_campaign(folder, today())
    except PleaError as error:
        return refused("about", key, troubles_of_settings(error))
    return redirect(url_for("campaign.signers", key=key), HTTPStatus.SEE_OTHER)


@blueprint.get("/<key>/sign-up-sheet.pdf")
def sheet(key: str) -> ResponseReturnValue:
    """The form that people sign, of the texts as they now stand, in a language that they are written in."""
    language = request.args.get("language", "")
    rooms = replace(open_campaign(folder_of(key), today()), printing=Printing(profiles()["none"]))
    if not all(language in ask.languages for ask in rooms.asks):
        language = ""
    return send_file(
        io.BytesIO(sign_up_sheet(rooms, language=language)), as_attachment=True, download_name=SHEET,
        mimetype="application/pdf",
    )  # fmt: skip


def _wanted(settings: Settings, *, frozen: bool) -> tuple[Mapping[tuple[str, ...], Value], list[Trouble]]:
    """What the form says, by the names of the settings, and what it cannot say."""
    form, troubles = request.form, []
    per_office = form.get("selection-per_office", "").strip() or "0"
    if not per_office.isascii() or not per_office.isdigit():
        troubles.append(trouble_of_words(our_words().about.no_number, "selection-per_office"))
        per_office = "0"
    others = [line.strip() for line in form.get("targets-others", "").splitlines() if line.strip()]
    targets = [*form.getlist("targets"), *others]
    if not targets:
        troubles.append(trouble_of_words(our_words().about.nobody, "targets"))
    wanted: dict[tuple[str, ...], Value] = {(name,): form.get(name, getattr(settings, name)).strip() for name in TEXTS}
    wanted |= {
        ("targets",): tuple(dict.fromkeys(targets)),
        ("delivery",): form.get("delivery", settings.delivery),
        ("approval",): "required" if form.get("approval") else "optional",
        ("selection", "where"): "story" if form.get("selection-where") else "",
        ("selection", "per_office"): int(per_office[:9]),
    }
    if not frozen:
        on, no_day = day_typed("date")
        troubles += no_day
        wanted["date",] = on
    return wanted, troubles


def _changes(settings: Settings, wanted: Mapping[tuple[str, ...], Value]) -> Changes:
    """What is to be written: only what is another than it was, so that what nobody set stays unset."""
    return {keys: value for keys, value in wanted.items() if value != getattr(settings, keys[-1])}


def _about(key: str, folder: Path, troubles: Sequence[Trouble]) -> ResponseReturnValue:
    settings, typed = load_settings(folder), sent().form
    pack = load_pack(settings.pack)
    asks = [pack.asks[name] for name in settings.asks if name in pack.asks]
    known = roles(settings.pack)
    offered = roles_for(asks)
    language = language_of(request)
    targets = typed.getlist("targets") if typed else settings.targets
    others = "\n".join(target for target in settings.targets if target not in offered)
    return show(
        "about", key, "about",
        troubles=troubles,
        settings=settings,
        asks=[in_tongue(ask.title, language) for ask in asks],
        offered=[(name, in_words(known[name].name, language), name in targets) for name in offered],
        others=typed.get("targets-others", others),
        typed=typed,
        envelopes=[(name, one.name) for name, one in profiles().items()],
        frozen=_frozen(folder),
        sheets=[name for name in LANGUAGES if all(name in ask.languages for ask in asks)],
        languages=LANGUAGES,
    )  # fmt: skip


def _frozen(folder: Path) -> str:
    """The day that the letters are dated for good, once they are planned."""
    if not (folder / LEDGER).exists():
        return ""
    with open_ledger(folder, write=False) as ledger:
        return str(ledger.date or "")
