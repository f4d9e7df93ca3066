"""The campaigns there are, a new one, and the settings of one: whom it writes to, how the letters are delivered."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path

from flask import request, send_file
from flask.typing import ResponseReturnValue

from plea.asks.pack import load_pack
from plea.campaigns.ledger.ledger import FILE as LEDGER
from plea.campaigns.ledger.ledger import open_campaign, open_ledger
from plea.campaigns.preparing.scaffold import SHEET, NewCampaign, new_campaign, roles_for
from plea.campaigns.preparing.sign_up_sheet import sign_up_sheet
from plea.campaigns.settings import Settings, change_settings, load_settings
from plea.errors import PleaError
from plea.language import LANGUAGES
from plea.letters.paper.profiles import profiles
from plea.model.letters import Printing
from plea.officials.network import update
from plea.officials.roles import roles
from plea.system.files import make_folder, slug
from plea.system.folders import directory_file
from plea.system.toml import Value
from plea.web.app_state import app_state, shared
from plea.web.organizer.view_context import (
    OtherFolders,
    blueprint,
    error_problems,
    folder_of,
    folders,
    form_problem,
    go_to,
    key_of,
    page,
    read_date,
    reject,
    rejected_form,
    show,
    shows_errors,
)
from plea.web.text import FieldProblem, in_reader_language
from plea.writing.request import asks_to_offer

# --- all campaigns ----------------------------------------------------------------------------------------


@blueprint.get("/")
def front() -> ResponseReturnValue:
    """Every campaign, and the ways to start one."""
    campaigns = []
    for folder in folders():
        try:
            name = load_settings(folder).name
        except PleaError:  # the campaign's own page says what is wrong
            name = folder.name
        campaigns.append((key_of(folder), name, folder))
    return page(
        "front",
        rejected_form().problems,
        campaigns=campaigns,
        asks=[
            (ask.key, in_reader_language(ask.title), in_reader_language(ask.summary))
            for ask in asks_to_offer(load_pack(None))
        ],
        typed=rejected_form().values,
        directory=directory_file().is_file(),
    )


@blueprint.post("/new")
@shows_errors("front")
def create() -> ResponseReturnValue:
    """Create a campaign's folder, beside those of the other campaigns."""
    form = request.form
    name, asks = form.get("name", "").strip(), tuple(form.getlist("asks"))
    day, problems = read_date("date")
    problems[:0] = [] if asks else [form_problem("no_asks", "asks")]
    problems[:0] = [] if name else [form_problem("no_name", "name")]
    if problems:
        return reject("front", "", problems)
    organizer, contact = (form.get(field, "").strip() for field in ("organizer", "contact"))
    delivery = "hand" if form.get("delivery") == "hand" else "mail"
    stem = slug(name, 60) or "campaign"
    names = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    folder = next(folder for name in names if not (folder := app_state().campaigns / name).exists())
    make_folder(folder.parent)
    new_campaign(folder, NewCampaign(asks, name, organizer, contact, delivery, day), app_state().today())
    return go_to("about", key_of(folder))


@blueprint.post("/open")
def open_other() -> ResponseReturnValue:
    """Open a campaign in another folder of this computer."""
    typed = request.form.get("folder", "").strip()
    if not typed or "\0" in typed:
        return reject("front", "", [form_problem("no_folder", "folder")])
    try:
        folder = Path(typed).expanduser().absolute()
        load_settings(folder)
    except PleaError as error:
        return reject("front", "", [FieldProblem("folder", problem) for problem in error.problems])
    except (OSError, RuntimeError):  # no such home, a name no disk has
        return reject("front", "", [form_problem("folder_not_readable", "folder")])
    shared(OtherFolders)[folder] = None
    return go_to("about", key_of(folder))


@blueprint.post("/officials")
@shows_errors("front")
def download_officials() -> ResponseReturnValue:
    """Download the public list of officials."""
    update(directory_file())
    return go_to("front")


# --- one campaign -----------------------------------------------------------------------------------------


@blueprint.get("/<key>/")
@shows_errors("about")
def about(key: str) -> ResponseReturnValue:
    """The settings, and what is wrong with them."""
    folder = folder_of(key)
    problems, typed = rejected_form().problems, rejected_form().values
    settings = load_settings(folder)
    pack, role_table = load_pack(settings.pack), roles(settings.pack)
    if not problems:
        try:
            open_campaign(folder, app_state().today())
        except PleaError as error:
            problems = error_problems(error)
    asks = [pack.asks[name] for name in settings.asks if name in pack.asks]
    target_roles = roles_for(asks)
    chosen = typed.getlist("targets") if typed else settings.targets
    return show(
        "about", key, "about",
        problems=problems,
        settings=settings,
        asks=[in_reader_language(ask.title) for ask in asks],
        offered=[(role, role_table[role].name, role in chosen) for role in target_roles],
        others=typed.get("targets-others", "\n".join(to for to in settings.targets if to not in target_roles)),
        typed=typed,
        envelopes=[(name, profile.name) for name, profile in profiles().items()],
        frozen=_frozen_date(folder),
        sheets=[name for name in LANGUAGES if all(name in ask.languages for ask in asks)],
        languages=LANGUAGES,
    )  # fmt: skip


@blueprint.post("/<key>/")
@shows_errors("about")
def save_settings(key: str) -> ResponseReturnValue:
    """Write the settings into `campaign.toml`: only those that were changed, so that what nobody set stays unset."""
    folder = folder_of(key)
    settings = load_settings(folder)
    form_settings, problems = _form_settings(settings, frozen=bool(_frozen_date(folder)))
    if problems:
        return reject("about", key, problems)
    changed = {keys: value for keys, value in form_settings.items() if value != getattr(settings, keys[-1])}
    change_settings(folder, changed)
    open_campaign(folder, app_state().today())
    return go_to("signers", key)


@blueprint.get("/<key>/sign-up-sheet.pdf")
def sign_up_sheet_pdf(key: str) -> ResponseReturnValue:
    """The form that people sign, with the texts as they now are, in one of the languages they are written in."""
    language = request.args.get("language", "")
    context = replace(open_campaign(folder_of(key), app_state().today()), printing=Printing(profiles()["none"]))
    if not all(language in ask.languages for ask in context.asks):
        language = ""
    sheet = io.BytesIO(sign_up_sheet(context, language=language))
    return send_file(sheet, as_attachment=True, download_name=SHEET, mimetype="application/pdf")


def _form_settings(
    settings: Settings, *, frozen: bool
) -> tuple[Mapping[tuple[str, ...], Value], Sequence[FieldProblem]]:
    """The settings that the form gives, by their keys in `campaign.toml`, and what is wrong with them."""
    form, problems = request.form, []
    per_office = form.get("selection-per_office", "").strip() or "0"
    if not per_office.isascii() or not per_office.isdigit():
        problems.append(form_problem("not_a_number", "selection-per_office", typed=per_office))
        per_office = "0"
    others = [line.strip() for line in form.get("targets-others", "").splitlines() if line.strip()]
    targets = [*form.getlist("targets"), *others]
    if not targets:
        problems.append(form_problem("no_targets", "targets"))
    values: dict[tuple[str, ...], Value] = {
        (name,): form.get(name, getattr(settings, name)).strip()
        for name in ("name", "organizer", "contact", "envelope")
    }
    values |= {
        ("targets",): tuple(dict.fromkeys(targets)),
        ("delivery",): form.get("delivery", settings.delivery),
        ("approval",): "required" if form.get("approval") else "optional",
        ("selection", "where"): "story" if form.get("selection-where") else "",
        ("selection", "per_office"): int(per_office[:9]),
    }
    if not frozen:
        values["date",], date_problems = read_date("date")
        problems += date_problems
    return values, problems


def _frozen_date(folder: Path) -> date | None:
    """The date that all letters have, once they are planned."""
    if not (folder / LEDGER).exists():
        return None
    with open_ledger(folder, write=False) as ledger:
        return ledger.date
