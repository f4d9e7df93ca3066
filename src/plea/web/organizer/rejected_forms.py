"""A form with something wrong in it, shown at an address of its own: a browser asks before it goes back to a POST."""

import secrets
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from flask import current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import CombinedMultiDict, MultiDict

from plea.web.language import Trouble

KEPT = 20
"""Forms kept at a time; the oldest is forgotten first."""


@dataclass(frozen=True)
class Sent:
    """A form as it was sent, what is wrong with it, and the page that shows it; `more` is the page's own.

    A file that came with it is not kept.
    """

    page: str = ""
    key: str = ""
    troubles: Sequence[Trouble] = ()
    form: "MultiDict[str, str]" = field(default_factory=MultiDict)
    more: Mapping[str, Any] = field(default_factory=dict)


class Forms:
    """The forms that were sent back last."""

    def __init__(self) -> None:
        self._kept: dict[str, Sent] = {}
        self._turn = threading.Lock()

    def keep(self, sent: Sent) -> str:
        """Keep a form; gives its name in the address."""
        name = secrets.token_urlsafe(8)
        with self._turn:
            self._kept[name] = sent
            while len(self._kept) > KEPT:
                del self._kept[next(iter(self._kept))]
        return name

    def get(self, name: str) -> Sent:
        """A form by its name; an empty one when it is forgotten."""
        return self._kept.get(name) or Sent()

    def forget(self, key: str) -> None:
        """Forget what was typed for a campaign."""
        with self._turn:
            self._kept = {name: sent for name, sent in self._kept.items() if sent.key != key}


def forms() -> Forms:
    """The forms of the page that is running."""
    found = current_app.extensions["plea.campaigns.forms"]
    assert isinstance(found, Forms)
    return found


def refused(page: str, key: str, troubles: Sequence[Trouble], **more: Any) -> ResponseReturnValue:
    """Send a form back to its page, with what is wrong. `key` is empty for the page before all campaigns."""
    form = MultiDict((name, value) for name, value in request.form.items(multi=True) if name != "csrf")
    name = forms().keep(Sent(page, key, tuple(troubles), form, more))
    return redirect(url_for(f"campaign.{page}", key=key or None, sent=name), HTTPStatus.SEE_OTHER)


def sent() -> Sent:
    """The form that the page asked for shows again; an empty one where it shows none."""
    found = forms().get(request.args.get("sent", ""))
    here = (request.endpoint, (request.view_args or {}).get("key", ""))
    return found if here == (f"campaign.{found.page}", found.key) else Sent()


def values() -> "CombinedMultiDict[str, str]":
    """What the form says, and the address where it says nothing."""
    return CombinedMultiDict([sent().form, request.args])
