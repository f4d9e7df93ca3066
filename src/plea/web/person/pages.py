"""The pages of the four steps: what their templates show beside the fields themselves."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from http import HTTPStatus
from typing import Any, NamedTuple

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from plea.asks.check import show_reasons
from plea.language import LANGUAGES, current
from plea.language import gettext as _
from plea.letters.files import WrittenLetter
from plea.letters.paper.profiles import DEFAULT, profiles
from plea.letters.plain_text import body_text
from plea.messages.message import N_
from plea.model.asks import Ask
from plea.model.letters import Letter
from plea.officials.recipients import choose_office
from plea.problems import Problem
from plea.web.person.checks import MISSING, language_warnings, letters_of
from plea.web.person.officials import officials_of
from plea.web.person.view_context import NO_SEAT, STEPS, STORY, ViewContext
from plea.web.text import FieldProblem, Text, in_reader_language, upper_first
from plea.writing.draft import Draft, nearest_to
from plea.writing.output import MERGED_PDF, ON_SCREEN, addressee, steps
from plea.writing.recipients import office_line
from plea.writing.request import ENGLISH, GOOD_LENGTH, MOST_REASONS

STEP_NAMES = {
    "ask": N_("What you ask for"),
    "place": N_("Who you write to"),
    "words": N_("Your words"),
    "letters": N_("Your letters"),
}
LABELS = {
    "name": N_("Your name, as you sign it"),
    "name_latin": N_("Your name in Latin letters"),
    "street": N_("Street and number"),
    "zip": N_("ZIP code"),
    "city": N_("City or town"),
    "state": N_("State"),
    "country": N_("Country"),
    "email": N_("Email"),
    "phone": N_("Phone"),
    "district": N_("Your House district"),
    "named_role": N_("What is their office?"),
    "named_name": N_("Their name"),
}
"""The fields of step two."""
NAMES_ITS_FIELD = {*MISSING.values(), "street.missing_for_census"}
PARAMETERS = {
    "crisis": (
        N_("Which crisis do you have in mind?"),
        N_("A country or place. Facts about Syria alone are left out if you write about another."),
    )
}
"""Label and hint of what an ask lets its writer fill in, where the key does not say it."""


def show(step: str, view: ViewContext, problems: Sequence[FieldProblem] = (), **context: object) -> ResponseReturnValue:
    """A step's page, with what is wrong; 422 when something is."""
    session = view.session
    links = [
        {
            "label": _(STEP_NAMES[name]),
            "url": url_for(".step", key=session.id, step=name) if session.id and number <= session.reached else "",
            "here": name == step,
        }
        for number, name in enumerate(STEPS)
    ]
    at_fields = {problem.field: problem.problem for problem in reversed(problems)}
    # At the top, away from its field, a problem begins with the field's name, unless its own words name it.
    labeled = [
        problem._replace(place=_(LABELS[problem.field]))
        if problem.field in LABELS and problem.problem.code not in NAMES_ITS_FIELD
        else problem
        for problem in problems
    ]
    html = render_template(
        f"person/{step}.html.j2",
        session=session,
        steps=links,
        form_problems=labeled,
        problem=at_fields.get,
        notes=session.take_notes(),
        labels={name: _(label) for name, label in LABELS.items()},
        **PAGES[step](view),
        **context,
    )
    return html, HTTPStatus.UNPROCESSABLE_ENTITY if problems else HTTPStatus.OK


def in_progress(view: ViewContext) -> Mapping[str, Any]:
    """Letters in progress: what they ask for, whose they are and from where, and the step they have come to."""
    session = view.session
    return {
        "key": session.id,
        "step": STEPS[session.reached],
        "asks": [in_reader_language(ask.title) for ask in view.chosen],
        "who": ", ".join(filter(None, (session.one("place", name).strip() for name in ("name", "city")))),
    }


def _ask_page(view: ViewContext) -> Mapping[str, Any]:
    return {
        "cards": [
            {
                "key": ask.key,
                "title": in_reader_language(ask.title),
                "summary": in_reader_language(ask.summary),
                "roles": ", ".join(view.role_names(ask)),
            }
            for ask in view.asks.values()
        ],
        "checked": view.request.asks,
    }


def _place_page(view: ViewContext) -> Mapping[str, Any]:
    """The officials, once the address is known and right; for a district that is wrong, those of the place without."""
    officials = officials_of(view) if view.session.officials_for else None
    if view.session.officials_for and officials is None and view.session.one("place", "district"):
        officials = officials_of(view.without_district())
    return {"officials": officials, "no_seat": NO_SEAT}


class _Reason(NamedTuple):
    """A reason that can be checked: its name and its text in the letter, and its number among those chosen."""

    key: str
    name: Text
    text: str
    checked: bool
    number: str


def _words_page(view: ViewContext) -> Mapping[str, Any]:
    """The reasons in full, and the letters there will be."""
    session, draft = view.session, view.draft
    letters = letters_of(view)
    several = len(view.chosen) > 1
    return {
        "asked": [(ask, in_reader_language(ask.title), _reasons(ask, view)) for ask in view.chosen],
        "parameters": [
            (key, default, *(_(text) for text in PARAMETERS.get(key, (key, ""))))
            for key, default in {key: value for ask in view.chosen for key, value in ask.params.items()}.items()
        ],
        "languages": {key: name for key, name in LANGUAGES.items() if all(key in ask.languages for ask in view.chosen)},
        "letters": [
            {
                "to": _addressee(letter, view),
                "title": in_reader_language(view.asks[letter.ask].title) if several else None,
                "own": bool(letter.copy_of),
            }
            for letter in letters
        ],
        "shown": min(session.shown_letter, max(0, len(letters) - 1)),
        "warnings": _with_places([*language_warnings(view), *(draft.warnings if isinstance(draft, Draft) else ())]),
        "care": "care" in request.args,
        "good_length": GOOD_LENGTH,
        "most": MOST_REASONS,
        "count": len(session.one("words", "story").split()),
        "version": session.newest,
    }


def _reasons(ask: Ask, view: ViewContext) -> Sequence[_Reason]:
    """The reasons of an ask with those chosen first, in their order."""
    language = current() if current() in ask.languages else ENGLISH
    chosen = list(view.session.reasons(ask))
    return [
        _Reason(
            key=reason.key,
            name=Text(reason.name, language),
            text=reason.text,
            checked=reason.key in chosen,
            number=view.session.one("words", f"order-{ask.key}-{reason.key}")
            or (str(chosen.index(reason.key) + 1) if reason.key in chosen else ""),
        )
        for reason in show_reasons(view.pack, ask, view.on, language)
        if not reason.fault
    ]


def _letters_page(view: ViewContext) -> Mapping[str, Any]:
    """The files, what to do with them, and how else they could be printed."""
    session, written = view.session, view.session.written
    assert written
    return {
        "made": [_files_of(letter, view) for letter in written.letters],
        "copies": [_files_of(letter, view) for letter in written.copies],
        "pages": [path.name for path in written.pages.values()],
        "together": MERGED_PDF if MERGED_PDF in session.files else "",
        "count": sum(letter.pages for letter in (*written.letters, *written.copies)),
        "next_steps": steps(written, view.request.printing, view.writing.roles, ("pdf",)),
        "send": _(ON_SCREEN["eml"]),
        "warnings": _with_places(dict.fromkeys(written.warnings)),
        "unmade": written.problems,
        "profiles": [(key, upper_first(_(profile.name))) for key, profile in profiles().items()],
        "profile": session.one("letters", "profile", DEFAULT),
        "offices": _offices(view),
        "folder": session.folder,
    }


def _offices(view: ViewContext) -> Sequence[Mapping[str, Any]]:
    """The officials with more than one office, and which of them the letter goes to."""
    draft = view.draft
    if not isinstance(draft, Draft):
        return []
    nearest = nearest_to(draft.supporter, view.writing)
    return [
        {
            "id": official.id,
            "name": official.name,
            "lines": [(office.id, office_line(office)) for office in official.offices],
            "chosen": view.request.office_of.get(official.id) or choose_office(official, "nearest", nearest).id,
        }
        for official in draft.officials
        if len(official.offices) > 1
    ]


def _files_of(written_letter: WrittenLetter, view: ViewContext) -> Mapping[str, Any]:
    """A letter with its files."""
    letter, written = written_letter.letter, view.session.written
    extra = written.extra_files.get(letter.id, {}) if written else {}
    return {
        "id": letter.id,
        "to": _addressee(letter, view),
        "office": office_line(letter.office) if letter.office.street else "",
        "title": in_reader_language(view.asks[letter.ask].title),
        "files": {name: path.name for name, path in {**written_letter.files, **extra}.items()},
        "form": body_text(letter),
        "warnings": _with_places(written_letter.warnings),
        "contact": letter.contact_form,
    }


def _with_places(warnings: Iterable[Problem]) -> Sequence[FieldProblem]:
    """Warnings with what they are about, where it is the story."""
    return [FieldProblem("", warning, _("Your story") if warning.where in STORY else "") for warning in warnings]


def _addressee(letter: Letter, view: ViewContext) -> str:
    """Whom a letter is to: the name, or else the role in the reader's language."""
    return letter.official.name or upper_first(_(addressee(letter.official, view.writing.roles)))


PAGES: Mapping[str, Callable[[ViewContext], Mapping[str, Any]]] = {
    "ask": _ask_page,
    "place": _place_page,
    "words": _words_page,
    "letters": _letters_page,
}
