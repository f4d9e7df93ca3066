"""What every view of one person's letters works with: the session, the asks, the day, and what follows from them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from flask import Blueprint, abort, current_app, g, request
from flask.blueprints import BlueprintSetupState

from plea.asks.pack import Pack, load_pack
from plea.errors import PleaError
from plea.language import current
from plea.language import gettext as _
from plea.letters.compose import ASKED_AS
from plea.model.asks import Ask
from plea.model.people import Supporter
from plea.web.app_state import app_state
from plea.web.person.session import Fields, Session, Sessions
from plea.writing.draft import Draft, make_draft
from plea.writing.recipients import Recipients, find_recipients
from plea.writing.request import ENGLISH, LetterRequest, WritingContext, asks_to_offer, check_person, open_context

SESSIONS = "plea.letters"
OPENED = "plea_view_contexts"

blueprint = Blueprint("letter", __name__)


@dataclass
class ViewContext:
    """One request's view of a session. What follows from what was typed is worked out once."""

    session: Session
    pack: Pack
    on: date

    @property
    def asks(self) -> Mapping[str, Ask]:
        """Every ask there is, by its key, in the order people look for them."""
        return {ask.key: ask for ask in asks_to_offer(self.pack)}

    @property
    def chosen(self) -> Sequence[Ask]:
        """The asks that were checked."""
        return [self.asks[key] for key in self.request.asks]

    @property
    def preferred_language(self) -> str:
        """The language in which a story is told at first: the reader's, where every ask is written in it."""
        return current() if all(current() in ask.languages for ask in self.chosen) else ENGLISH

    def role_names(self, ask: Ask) -> Sequence[str]:
        """The posts an ask is for; those who are asked as representatives are not named by themselves."""
        roles = self.writing.roles
        return [_(roles[key].name) for key in ask.roles if key in roles and key not in ASKED_AS]

    @cached_property
    def request(self) -> LetterRequest:
        """All that was typed so far."""
        return self.session.request(self.asks, self.on)

    @cached_property
    def place_request(self) -> LetterRequest:
        """The same without the person's own words, which may be wrong while the place is right."""
        return self.session.request(self.asks, self.on, story=False)

    @cached_property
    def writing(self) -> WritingContext:
        """What letters are made from."""
        return open_context(self.place_request)

    @cached_property
    def resident(self) -> Supporter | None:
        """The person, where name and address are in order."""
        checked = check_person(self.place_request, self.writing)
        return checked if isinstance(checked, Supporter) else None

    @cached_property
    def recipients(self) -> Recipients | PleaError | None:
        """Whom the person may write to; None while name and address are wrong, the error where they contradict."""
        if self.resident is None:
            return None
        try:
            return find_recipients(self.place_request, self.resident, self.writing)
        except PleaError as error:
            return error

    @cached_property
    def draft(self) -> Draft | PleaError | None:
        """The letters; None while something typed is wrong or nobody is written to, the error where none can be."""
        supporter = check_person(self.request, self.writing)
        if not isinstance(supporter, Supporter) or not self.request.to or not self.request.asks:
            return None
        try:
            return make_draft(self.request, supporter, self.writing)
        except PleaError as error:
            return error

    def without_district(self) -> "ViewContext":
        """The same as if no House district had been typed."""
        forms: dict[str, Fields] = {step: {**fields, "district": ()} for step, fields in self.session.forms.items()}
        return view_of(replace(self.session, forms=forms))


def open_view(key: str) -> ViewContext:
    """The view of the session with this key; 404 for one that was forgotten."""
    session = sessions().find(key)
    return view_of(session) if session else abort(404)


def view_of(session: Session) -> ViewContext:
    """A session at this request, at whose end its directory of officials is closed."""
    context = ViewContext(session, load_pack(None), app_state().today())
    g.setdefault(OPENED, []).append(context)
    return context


def take_form(key: str, step: str) -> ViewContext:
    """The view of a session with a step's form as it was sent: kept whatever is wrong with it."""
    session = open_view(key).session
    session.forms[step] = form_sent()
    session.rejected = ("", ())
    return open_view(key)


def form_sent() -> Fields:
    """The form as it was sent."""
    return {name: values for name, values in request.form.to_dict(flat=False).items() if name != "csrf"}


def sessions() -> Sessions:
    """All letters in progress on this page."""
    found = current_app.extensions[SESSIONS]
    assert isinstance(found, Sessions)
    return found


@blueprint.record_once
def _set_up(state: BlueprintSetupState) -> None:
    state.app.extensions[SESSIONS] = Sessions()


@blueprint.teardown_request
def _close_directories(_error: BaseException | None) -> None:
    for context in g.pop(OPENED, ()):
        writing = vars(context).get("writing")
        if writing and writing.directory:
            writing.directory.close()
