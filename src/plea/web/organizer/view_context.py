"""What all pages of a campaign share: which folder an address means, the steps, and problems at their fields."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from hashlib import blake2b
from http import HTTPStatus
from pathlib import Path
from typing import Any

from flask import Blueprint, abort, current_app, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from plea.campaigns.reporting.statistics import ABOUT
from plea.campaigns.settings import FILE, SettingsError
from plea.errors import PleaError
from plea.language import gettext as _
from plea.messages.message import N_
from plea.model.states import HOUSE_ROLES
from plea.problems import Problem
from plea.system.clock import read_day
from plea.system.files import slug
from plea.web.app_state import app_state
from plea.web.organizer.jobs import CampaignJobs
from plea.web.organizer.rejected_forms import EXTENSION as REJECTED_FORMS
from plea.web.organizer.rejected_forms import RejectedForms, rejected_form, rejected_forms
from plea.web.text import FieldProblem, upper_first

STEPS: Mapping[str, str] = {
    "about": N_("The campaign"),
    "signers": N_("Signers"),
    "check": N_("Check"),
    "letter": N_("The letter"),
    "printing": N_("Print"),
    "after": N_("Afterwards"),
}
"""The views of a campaign, in the order in which an organizer needs them, and what their pages are called."""
LABELS: Mapping[str, str] = {
    **ABOUT,
    "first_name": N_("first name"),
    "middle_name": N_("middle name"),
    "last_name": N_("last name"),
    "suffix": N_("name suffix"),
    "street2": N_("second line of the street"),
    "zip4": N_("ZIP+4"),
    **dict.fromkeys(HOUSE_ROLES, N_("House seat")),
}
"""The columns of a table of signers, and what else a problem of a row may be about."""
FOLDERS, JOBS = "plea.campaigns.folders", "plea.campaigns.jobs"
KEY_BYTES = 4

blueprint = Blueprint("campaign", __name__)


@blueprint.record_once
def _set_up(state: BlueprintSetupState) -> None:
    state.app.extensions |= {FOLDERS: {}, JOBS: CampaignJobs(), REJECTED_FORMS: RejectedForms()}


# --- campaigns and their folders --------------------------------------------------------------------------


def key_of(folder: Path) -> str:
    """The name of a campaign in addresses: its folder's name, and a hash of its path."""
    path_hash = blake2b(str(folder).encode("utf-8", "surrogateescape"), digest_size=KEY_BYTES).hexdigest()
    return f"{slug(folder.name, 40) or 'campaign'}-{path_hash}"


def open_folder(folder: Path) -> str:
    """Remember a folder as one of the campaigns; returns its key."""
    key = key_of(folder)
    current_app.extensions[FOLDERS][key] = folder
    return key


def folders() -> Iterator[Path]:
    """The campaigns in the program's own folder, then those that were opened from elsewhere."""
    own = app_state().campaigns
    found = sorted(path.parent for path in own.glob(f"*/{FILE}")) if own.is_dir() else []
    yield from found
    yield from (folder for folder in current_app.extensions[FOLDERS].values() if folder not in found)


def folder_of(key: str) -> Path:
    """The folder of a campaign; answers 404 when there is none with this key."""
    return next((folder for folder in folders() if key_of(folder) == key), None) or abort(HTTPStatus.NOT_FOUND)


def jobs() -> CampaignJobs:
    """The checks and runs of the program."""
    found = current_app.extensions[JOBS]
    assert isinstance(found, CampaignJobs)
    return found


def forget(folder: Path) -> None:
    """Forget what was read, done and typed for a campaign."""
    jobs().forget(folder)
    rejected_forms().forget(key_of(folder))


def today() -> date:
    """The day that letters are dated if the campaign names none."""
    return app_state().today()


# --- pages ------------------------------------------------------------------------------------------------


def show(
    template: str, key: str, view: str, *, problems: Sequence[FieldProblem] = (), **context: Any
) -> ResponseReturnValue:
    """A page of a campaign, with its steps; 422 when it shows a rejected form."""
    steps = [
        {"label": _(label), "url": url_for(f"campaign.{step}", key=key), "here": step == view}
        for step, label in STEPS.items()
    ]
    return page(template, problems, key=key, steps=steps, **context)


def page(template: str, problems: Sequence[FieldProblem], **context: Any) -> ResponseReturnValue:
    """A page with `form_problems`; `at` gives the first problem of a field, none for a field that is right."""
    html = render_template(f"organizer/{template}.html.j2", form_problems=problems, at=_AtFields(problems), **context)
    return html, HTTPStatus.UNPROCESSABLE_ENTITY if rejected_form().problems else HTTPStatus.OK


class _AtFields(dict[str, FieldProblem]):
    def __init__(self, problems: Sequence[FieldProblem]) -> None:
        super().__init__((problem.field, problem) for problem in reversed(problems) if problem.field)

    def __missing__(self, field: str) -> None:
        return None


# --- problems and forms -----------------------------------------------------------------------------------


def label(name: str) -> str:
    """What the pages call a column, or what a problem of a row is about, by our name for it; else that name."""
    return upper_first(_(LABELS[name])) if name in LABELS else name


def form_problem(code: str, field: str = "", **values: Any) -> FieldProblem:
    """A problem of a form, at its field."""
    return FieldProblem(field, Problem(f"campaign_form.{code}", **values))


def error_problems(error: PleaError, field: str = "") -> list[FieldProblem]:
    """The problems of an error at one field. Settings that are wrong are at the field of their name: `consent-at`."""
    if isinstance(error, SettingsError):
        return [FieldProblem("-".join(keys), problem) for keys, problem in error.faults]
    return [  # where the command line has an option, the page has the field
        FieldProblem(field, problem, "" if problem.where.startswith("--") else problem.where)
        for problem in error.problems
    ]


def read_date(field: str) -> tuple[date | None, list[FieldProblem]]:
    """The date in a field of the form, None for an empty one, and what is wrong with it."""
    typed = request.form.get(field, "").strip()
    day = read_day(typed)
    return day, [form_problem("not_a_date", field, typed=typed)] if typed and not day else []


def read_number(typed: str) -> int:
    """The number that stands in an address; 0 for anything else."""
    return int(typed[:9]) if typed.isascii() and typed.isdigit() else 0
