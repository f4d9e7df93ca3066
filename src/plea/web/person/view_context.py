"""One person's letters in progress: what was typed, step by step, and what a request can tell from it.

It is held in memory alone and forgotten when the page stops.
"""

import secrets
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from flask import Blueprint, abort, g, request

from plea.asks.pack import Pack, load_pack
from plea.errors import PleaError
from plea.language import current
from plea.language import gettext as _
from plea.letters.compose import ASKED_AS
from plea.letters.paper.profiles import DEFAULT, profile, profiles
from plea.model.asks import Ask
from plea.model.letters import Printing
from plea.model.people import Supporter
from plea.model.states import states_of_zip
from plea.problems import Problem
from plea.web.app_state import app_state, shared
from plea.web.text import FieldProblem
from plea.writing.draft import Draft, make_draft
from plea.writing.output import WritingResult
from plea.writing.recipients import Choice, Recipients, find_recipients
from plea.writing.request import (
    ENGLISH,
    LetterRequest,
    WritingContext,
    asks_to_offer,
    check_person,
    open_context,
    read_line,
)

MOST_SESSIONS = 50
"""Letters begun and not forgotten: many tabs of one person, and no way to fill the memory."""
STEPS = ("ask", "place", "words", "letters")
PERSON = ("name", "name_latin", "street", "zip", "city", "state", "country", "email", "phone", "district")
STORY = ("story", "story_en", "translated_by")
FORMATS = ("pdf", "docx", "eml", "form", "txt")
NO_SEAT = "out"
"""The value of the question for one's House seat that means: I do not know."""
LAST = 99
"""The number of a reason for which none, or something else, was typed."""

OPENED = "plea_view_contexts"

blueprint = Blueprint("letter", __name__)

Fields = Mapping[str, Sequence[str]]
"""A form as it was sent: every value of each field by its name."""


@dataclass
class Session:
    """One person's letters in progress. Each step's form is kept as typed, right or wrong.

    `added` are recipients whom the person added by name (as `--to` takes them), `namesakes` the officials whom a typed
    name may mean. `officials_for` is the place for which officials were looked up last; `notes` are shown once, on the
    next page. `rejected` is the step whose form was sent last with something wrong, and what was wrong.
    `accepted_story` is the story that stays as it is in spite of a warning; `files` are those that may be downloaded.
    `lock` is held while a page is drawn for this session, and `newest` counts the texts to draw.
    """

    id: str
    forms: dict[str, Fields] = field(default_factory=dict)
    added: tuple[str, ...] = ()
    namesakes: tuple[Choice, ...] = ()
    officials_for: tuple[Sequence[str], ...] = ()
    notes: list[Problem] = field(default_factory=list)
    rejected: tuple[str, Sequence[FieldProblem]] = ("", ())
    accepted_story: str = ""
    shown_letter: int = 0
    reached: int = 0
    written: WritingResult | None = None
    folder: Path | None = None
    files: dict[str, Path] = field(default_factory=dict)
    newest: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def one(self, step: str, name: str, default: str = "") -> str:
        """The value of a field; the default where the form has not been sent or has no such field."""
        return next(iter(self.many(step, name)), default)

    def many(self, step: str, name: str) -> Sequence[str]:
        """All values of a field."""
        return self.forms.get(step, {}).get(name, ())

    def update_place(self, **fields: Sequence[str]) -> None:
        """Change fields of step two as if the person had typed this."""
        self.forms["place"] = {**self.forms["place"], **fields}

    def choose_letter(self) -> None:
        """Note which letter's page the person wants to see."""
        number = self.one("words", "letter")
        if number.isascii() and number.isdecimal():
            self.shown_letter = int(number[:2])

    def take_notes(self) -> Sequence[Problem]:
        """What is to be shown on this page, and then not again."""
        notes, self.notes = self.notes, []
        return notes

    # --- as a request for letters -----------------------------------------------------------------------------

    def request(self, asks: Mapping[str, Ask], on: date, *, story: bool = True) -> LetterRequest:
        """The letters asked for, as far as the person has come; without their own words where `story` is false."""
        keys = tuple(key for key in dict.fromkeys(self.many("ask", "ask")) if key in asks)
        chosen = [asks[key] for key in keys]
        person = {name: self.one("place", name) for name in PERSON} | {"district": self._district()}
        if story:
            person |= {name: self.one("words", name) for name in STORY}
        lines = {key: read_line(key, self.one("words", f"param-{key}")) for ask in chosen for key in ask.params}
        language = self.one("words", "language", ENGLISH)
        profile_key = self.one("letters", "profile")
        layout = profile(profile_key if profile_key in profiles() else DEFAULT)
        return LetterRequest(
            asks=keys,
            person={name: value for name, value in person.items() if value.strip()},
            on=on,
            out=self.folder or Path(),
            printing=Printing(layout, large_print=bool(self.one("letters", "large_print"))),
            to=self.recipients(),
            params={key: line for key, line in lines.items() if not isinstance(line, Problem) and line},
            language=language if chosen and all(language in ask.languages for ask in chosen) else ENGLISH,
            formats=FORMATS,
            envelope_page=bool(self.one("letters", "envelope_page")),
            test_page=bool(self.one("letters", "test_page")),
            reasons_of={ask.key: self.reasons(ask) for ask in chosen},
            office_of={
                name.removeprefix("office-"): values[0]
                for name, values in self.forms.get("letters", {}).items()
                if name.startswith("office-")
            },
        )

    def recipients(self) -> tuple[str, ...]:
        """Whom the person checked, and the representative they said is theirs; as `--to` takes them."""
        seat = self.one("place", "seat")
        return tuple(dict.fromkeys((*self.many("place", "to"), *([seat] if seat and seat != NO_SEAT else []))))

    def reasons(self, ask: Ask) -> tuple[str, ...]:
        """The reasons checked for an ask in the order of their numbers; the ask's own where it was not shown yet."""
        if ask.key not in self.many("words", "asked"):
            return ask.default_reasons
        checked = [reason.key for reason in ask.reasons if reason.key in self.many("words", f"reasons-{ask.key}")]

        def number(key: str) -> int:
            typed = self.one("words", f"order-{ask.key}-{key}")
            return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= len(str(LAST)) else LAST

        return tuple(sorted(checked, key=number))

    def _district(self) -> str:
        """The district as typed; a number alone becomes one of the ZIP code's state, or else of the state typed."""
        typed, state = self.one("place", "district").strip(), self.one("place", "state").strip()
        if not (typed.isascii() and typed.isdecimal()):
            return typed
        states = states_of_zip(self.one("place", "zip").strip())
        state = states[0] if len(states) == 1 else state
        return f"{state.upper()}-{typed}" if len(state) == len("VT") else typed


class Sessions:
    """The letters in progress, by a key nobody can guess; the one used longest ago is forgotten first."""

    def __init__(self) -> None:
        self._sessions: OrderedDict[str, Session] = OrderedDict()
        self._lock = threading.Lock()

    def begin(self) -> Session:
        """A new one."""
        session = Session(secrets.token_urlsafe(12))
        with self._lock:
            self._sessions[session.id] = session
            while len(self._sessions) > MOST_SESSIONS:
                self._sessions.popitem(last=False)
        return session

    def find(self, key: str) -> Session | None:
        """The one of that key, if it has not been forgotten."""
        with self._lock:
            if key in self._sessions:
                self._sessions.move_to_end(key)
            return self._sessions.get(key)

    def newest_first(self) -> Sequence[Session]:
        """All of them, those used last first."""
        with self._lock:
            return [*reversed(self._sessions.values())]


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
        """The roles an ask is for; those who are asked as representatives are not named by themselves."""
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
    session = shared(Sessions).find(key)
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


@blueprint.teardown_request
def _close_directories(_error: BaseException | None) -> None:
    for context in g.pop(OPENED, ()):
        writing = vars(context).get("writing")
        if writing and writing.directory:
            writing.directory.close()
