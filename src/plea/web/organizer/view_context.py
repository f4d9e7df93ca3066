"""What all pages of a campaign share: the folder an address means, the steps, problems at their fields, rejected forms.

A form with something wrong is shown again at an address of its own: browsers hesitate to repeat a POST.
"""

import secrets
import threading
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import wraps
from hashlib import blake2b
from http import HTTPStatus
from pathlib import Path
from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import CombinedMultiDict, MultiDict

from plea.campaigns.reporting.statistics import ABOUT
from plea.campaigns.settings import FILE, SettingsError
from plea.errors import PleaError
from plea.language import gettext as _
from plea.messages.message import N_
from plea.model.states import HOUSE_ROLES
from plea.problems import Problem
from plea.system.clock import read_day
from plea.system.files import slug
from plea.web.app_state import app_state, shared
from plea.web.organizer.jobs import CampaignJobs
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
MOST_REJECTED_FORMS = 20
"""Kept at a time; the oldest is dropped first."""

View = Callable[..., ResponseReturnValue]

blueprint = Blueprint("campaign", __name__)


# --- campaigns and their folders --------------------------------------------------------------------------


def key_of(folder: Path) -> str:
    """The name of a campaign in addresses: its folder's name, and a hash of its path."""
    path_hash = blake2b(str(folder).encode("utf-8", "surrogateescape"), digest_size=4).hexdigest()
    return f"{slug(folder.name, 40) or 'campaign'}-{path_hash}"


class OtherFolders(dict[Path, None]):
    """Folders of campaigns that were opened from elsewhere, in their order."""


def folders() -> Sequence[Path]:
    """The campaigns in the program's own folder, then those that were opened from elsewhere."""
    own = app_state().campaigns
    return [*dict.fromkeys([*sorted(path.parent for path in own.glob(f"*/{FILE}")), *shared(OtherFolders)])]


def folder_of(key: str) -> Path:
    """The folder of a campaign; answers 404 when there is none with this key."""
    return next((folder for folder in folders() if key_of(folder) == key), None) or abort(HTTPStatus.NOT_FOUND)


def forget(folder: Path) -> None:
    """Forget what was read, done and typed for a campaign."""
    shared(CampaignJobs).forget(folder)
    shared(RejectedForms).forget(key_of(folder))


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


def go_to(view: str, key: str = "", **query: object) -> ResponseReturnValue:
    """Redirect to a view of a campaign, or of all campaigns, once a form was taken."""
    return redirect(url_for(f"campaign.{view}", key=key or None, **query), HTTPStatus.SEE_OTHER)  # type: ignore[arg-type]


def shows_errors(view: str, field: str = "") -> Callable[[View], View]:
    """A decorator for views: an error is shown by `view`, at a field of its form or, if it cannot be shown, alone."""

    def decorate(function: View) -> View:
        @wraps(function)
        def with_errors(**address: str) -> ResponseReturnValue:
            try:
                return function(**address)
            except PleaError as error:
                problems, key = error_problems(error, field), address.get("key", "")
                if request.method == "POST":
                    return reject(view, key, problems)
                problems = [*dict.fromkeys((*rejected_form().problems, *problems))]
                return show("failed", key, view, problems=problems)

        return with_errors

    return decorate


def page(template: str, problems: Sequence[FieldProblem], **context: Any) -> ResponseReturnValue:
    """A page with `form_problems`; `at` gives the first problem of a field, None for a field that is right."""
    at_fields: defaultdict[str, FieldProblem | None] = defaultdict(lambda: None)
    at_fields |= {problem.field: problem for problem in reversed(problems) if problem.field}
    html = render_template(f"organizer/{template}.html.j2", form_problems=problems, at=at_fields, **context)
    return html, HTTPStatus.UNPROCESSABLE_ENTITY if rejected_form().problems else HTTPStatus.OK


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


# --- forms with something wrong, which are shown again ------------------------------------------------------


@dataclass(frozen=True)
class RejectedForm:
    """A form as it was sent, without its files, what is wrong with it, and the view (and campaign) that shows it.

    `context` is what else the view needs to show it.
    """

    view: str = ""
    key: str = ""
    problems: Sequence[FieldProblem] = ()
    values: "MultiDict[str, str]" = field(default_factory=MultiDict)
    context: Mapping[str, Any] = field(default_factory=dict)


class RejectedForms:
    """The forms that were rejected last, each by a random id."""

    def __init__(self) -> None:
        self._forms: dict[str, RejectedForm] = {}
        self._lock = threading.Lock()

    def keep(self, form: RejectedForm) -> str:
        """Keep a form; returns its id."""
        form_id = secrets.token_urlsafe(8)
        with self._lock:
            self._forms[form_id] = form
            while len(self._forms) > MOST_REJECTED_FORMS:
                del self._forms[next(iter(self._forms))]
        return form_id

    def get(self, form_id: str) -> RejectedForm:
        """A form by its id; an empty one when there is none."""
        return self._forms.get(form_id) or RejectedForm()

    def forget(self, key: str) -> None:
        """Forget what was typed for a campaign."""
        with self._lock:
            self._forms = {form_id: form for form_id, form in self._forms.items() if form.key != key}


def reject(view: str, key: str, problems: Sequence[FieldProblem], **context: Any) -> ResponseReturnValue:
    """Redirect to the view that shows the form with what is wrong. `key` is empty for the list of campaigns."""
    values = MultiDict((name, value) for name, value in request.form.items(multi=True) if name != "csrf")
    form_id = shared(RejectedForms).keep(RejectedForm(view, key, tuple(problems), values, context))
    return go_to(view, key, rejected=form_id)


def rejected_form() -> RejectedForm:
    """The form that this request shows again; an empty one where it shows none, or one of another view or campaign."""
    form = shared(RejectedForms).get(request.args.get("rejected", ""))
    shown_by = (request.endpoint, (request.view_args or {}).get("key", ""))
    return form if shown_by == (f"campaign.{form.view}", form.key) else RejectedForm()


def typed_or_asked() -> "CombinedMultiDict[str, str]":
    """The values of the form that is shown again, then those of the address."""
    return CombinedMultiDict([rejected_form().values, request.args])
