"""A form with something wrong is shown again at an address of its own: browsers hesitate to repeat a POST."""

import secrets
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from flask import current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import CombinedMultiDict, MultiDict

from plea.web.text import FieldProblem

EXTENSION = "plea.campaigns.rejected_forms"
KEPT = 20
"""Forms kept at a time; the oldest is dropped first."""


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
            while len(self._forms) > KEPT:
                del self._forms[next(iter(self._forms))]
        return form_id

    def get(self, form_id: str) -> RejectedForm:
        """A form by its id; an empty one when there is none."""
        return self._forms.get(form_id) or RejectedForm()

    def forget(self, key: str) -> None:
        """Forget what was typed for a campaign."""
        with self._lock:
            self._forms = {form_id: form for form_id, form in self._forms.items() if form.key != key}


def rejected_forms() -> RejectedForms:
    """The rejected forms of the program that is running."""
    forms = current_app.extensions[EXTENSION]
    assert isinstance(forms, RejectedForms)
    return forms


def reject(view: str, key: str, problems: Sequence[FieldProblem], **context: Any) -> ResponseReturnValue:
    """Redirect to the view that shows the form with what is wrong. `key` is empty for the list of campaigns."""
    values = MultiDict((name, value) for name, value in request.form.items(multi=True) if name != "csrf")
    form_id = rejected_forms().keep(RejectedForm(view, key, tuple(problems), values, context))
    return redirect(url_for(f"campaign.{view}", key=key or None, rejected=form_id), HTTPStatus.SEE_OTHER)


def rejected_form() -> RejectedForm:
    """The form that this request shows again; an empty one where it shows none, or one of another view or campaign."""
    form = rejected_forms().get(request.args.get("rejected", ""))
    shown_by = (request.endpoint, (request.view_args or {}).get("key", ""))
    return form if shown_by == (f"campaign.{form.view}", form.key) else RejectedForm()


def typed_or_asked() -> "CombinedMultiDict[str, str]":
    """The values of the form that is shown again, then those of the address."""
    return CombinedMultiDict([rejected_form().values, request.args])
