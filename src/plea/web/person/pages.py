"""What each step's template shows beside the fields themselves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from plea.asks.check import show_reasons
from plea.letters.files import WrittenLetter
from plea.letters.formats.text import body_text
from plea.letters.paper.profiles import DEFAULT, profiles
from plea.letters.recipients import choose_office
from plea.model.asks import Ask
from plea.model.letters import Letter
from plea.problems import Problem
from plea.web.language import LANGUAGES, Said, Trouble, in_sentences, in_words
from plea.web.person import pictures
from plea.web.person.checks import STEPS
from plea.web.person.form import OUT, reasons_of
from plea.web.person.messages import in_language, in_other_words, noted
from plea.web.person.officials import Officials, look_up
from plea.web.person.session import Fields, Sitting
from plea.web.person.view_context import Desk, desk_of, furnish, without_district
from plea.writing.draft import Draft, nearest_to
from plea.writing.next_steps import ON_SCREEN, addressee, steps
from plea.writing.output import MERGED_PDF
from plea.writing.recipients import office_line
from plea.writing.request import ENGLISH, GOOD_LENGTH, MOST_REASONS


def ask_page(desk: Desk) -> Mapping[str, Any]:
    """The asks as cards."""
    return {"cards": [_card(ask, desk) for ask in desk.asks.values()], "ticked": desk.wishes.asks}


def begun_line(desk: Desk) -> Mapping[str, Any]:
    """Letters that were begun: what they ask for, whose they are and from where, and the step they have come to."""
    sitting = desk.sitting
    return {
        "key": sitting.id,
        "step": STEPS[sitting.reached],
        "asks": [in_language(ask.title, desk.language) for ask in desk.chosen],
        "who": ", ".join(filter(None, (sitting.one("place", name).strip() for name in ("name", "city")))),
    }


def _card(ask: Ask, desk: Desk) -> Mapping[str, Any]:
    title, summary = in_language(ask.title, desk.language), in_language(ask.summary, desk.language)
    return {"key": ask.key, "title": title, "summary": summary, "posts": desk.posts(ask), "language": title.language}


def place_page(desk: Desk) -> Mapping[str, Any]:
    """The officials, once the address is known and right."""
    return {"officials": _officials_found(desk) if desk.sitting.officials_for else None, "out": OUT}


def _officials_found(desk: Desk) -> Officials | None:
    """The officials for the place; where the district typed is wrong, those of the place without it."""
    found = look_up(desk)
    if not isinstance(found, Officials) and desk.sitting.one("place", "district"):
        found = look_up(without_district(desk))
    return found if isinstance(found, Officials) else None


@dataclass(frozen=True, slots=True)
class ReasonLine:
    """A reason that can be ticked: its name and its text in the letter, and its place among those chosen."""

    key: str
    name: Said
    text: str
    ticked: bool
    place: str


def words_page(desk: Desk) -> Mapping[str, Any]:
    """The reasons in full, and the letters there will be."""
    letters = pictures.letters_of(desk)
    draft = desk.draft
    warnings = draft.warnings if isinstance(draft, Draft) else ()
    languages = {key for key in LANGUAGES if all(key in ask.languages for ask in desk.chosen)}
    return {
        "asked": [(ask, in_language(ask.title, desk.language), _reasons(ask, desk)) for ask in desk.chosen],
        "params": {key: default for ask in desk.chosen for key, default in ask.params.items()},
        "languages": {key: name for key, name in LANGUAGES.items() if key in languages},
        "letters": [_tab(letter, desk) for letter in letters],
        "shown": min(desk.sitting.shown, max(0, len(letters) - 1)),
        "warnings": [*in_other_words(desk), *(noted(one, desk.words.words.note, desk.language) for one in warnings)],
        "care": "care" in request.args,
        "good_length": GOOD_LENGTH,
        "most": MOST_REASONS,
        "count": _count(desk),
        "version": desk.sitting.newest,
    }


def _count(desk: Desk) -> str:
    """The words of the story, in words."""
    count, names = len(desk.sitting.one("words", "story").split()), desk.words.words
    sentence = names.count_one if count == 1 else names.count_long if count > GOOD_LENGTH else names.count_many
    return str(sentence).replace("{n}", str(count))


def _reasons(ask: Ask, desk: Desk) -> Sequence[ReasonLine]:
    """The reasons of an ask with those chosen first, in their order."""
    language = desk.language if desk.language in ask.languages else ENGLISH
    chosen = list(reasons_of(desk.sitting, ask))
    shown = {one.key: one for one in show_reasons(desk.pack, ask, desk.on, language) if not one.fault}
    return [
        ReasonLine(
            key=key,
            name=Said(shown[key].name, language),
            text=shown[key].text,
            ticked=key in chosen,
            place=desk.sitting.one("words", f"order-{ask.key}-{key}") or _place(key, chosen),
        )
        for key in shown
    ]


def _place(key: str, chosen: Sequence[str]) -> str:
    return str(chosen.index(key) + 1) if key in chosen else ""


def words_defaults(desk: Desk) -> None:
    """What stands in step three before anything was typed there: the asks' own reasons, the reader's language."""
    sitting = desk.sitting
    if "words" not in sitting.forms:
        told_in = desk.language if all(desk.language in ask.languages for ask in desk.chosen) else ENGLISH
        sitting.forms["words"] = {"language": [told_in]}


def _tab(letter: Letter, desk: Desk) -> Mapping[str, Any]:
    """A letter among several: to whom, about what, and whether it is the signer's own copy."""
    title = in_language(desk.asks[letter.ask].title, desk.language) if len(desk.chosen) > 1 else None
    return {"to": _addressee(letter, desk), "title": title, "own": bool(letter.copy_of)}


def _addressee(letter: Letter, desk: Desk) -> str:
    """Whom a letter is to: the name, or else the post in the reader's language."""
    return _begun(in_words(addressee(letter.official, desk.rooms.roles), desk.language).text)


def letters_page(desk: Desk) -> Mapping[str, Any]:
    """The files, what to do with them, and what could be printed otherwise."""
    outcome = desk.sitting.outcome
    assert outcome
    printing, roles = desk.wishes.printing, desk.rooms.roles
    return {
        "made": [_made(one, desk) for one in outcome.letters],
        "copies": [_made(one, desk) for one in outcome.copies],
        "pages": [path.name for path in outcome.pages.values()],
        "together": MERGED_PDF if MERGED_PDF in desk.sitting.files else "",
        "count": sum(one.pages for one in (*outcome.letters, *outcome.copies)),
        "card": [in_sentences(step, desk.language) for step in steps(outcome, printing, roles, ("pdf",))],
        "paste": in_sentences(ON_SCREEN["form"], desk.language),
        "mail": in_sentences(ON_SCREEN["eml"], desk.language),
        "notes": [noted(one, desk.words.words.note, desk.language) for one in dict.fromkeys(outcome.warnings)],
        "unmade": [_unmade(one, desk) for one in outcome.problems],
        "profiles": [(key, _begun(in_words(one.name, desk.language).text)) for key, one in profiles().items()],
        "profile": desk.sitting.one("letters", "profile", DEFAULT),
        "offices": _offices(desk),
        "folder": desk.sitting.folder,
    }


def _unmade(problem: Problem, desk: Desk) -> Said:
    """Why a letter could not be made."""
    return noted(problem, f"{desk.words.letters.unmade} ({problem.where})", desk.language)


def _begun(text: str) -> str:
    """The text as a line of its own begins."""
    return text[:1].upper() + text[1:]


def _made(made: WrittenLetter, desk: Desk) -> Mapping[str, Any]:
    """A letter with its files."""
    letter = made.letter
    outcome = desk.sitting.outcome
    beside = outcome.extra_files.get(letter.id, {}) if outcome else {}
    return {
        "id": letter.id,
        "to": _addressee(letter, desk),
        "office": office_line(letter.office) if letter.office.street else "",
        "title": in_language(desk.asks[letter.ask].title, desk.language),
        "files": _names(made) | {name: path.name for name, path in beside.items()},
        "form": body_text(letter),
        "notes": [noted(one, desk.words.words.note, desk.language) for one in made.warnings],
        "contact": letter.contact_form,
    }


def _names(made: WrittenLetter) -> dict[str, str]:
    """The names of a letter's files by format."""
    return {name: path.name for name, path in made.files.items()}


def _offices(desk: Desk) -> Sequence[Mapping[str, Any]]:
    """The officials with more than one office, and which of them the letter goes to."""
    draft = desk.draft
    if not isinstance(draft, Draft):
        return []
    nearest = nearest_to(draft.supporter, desk.rooms)
    return [
        {
            "id": one.id,
            "name": one.name,
            "lines": [(office.id, office_line(office)) for office in one.offices],
            "chosen": desk.wishes.office_of.get(one.id) or choose_office(one, "nearest", nearest).id,
        }
        for one in draft.officials
        if len(one.offices) > 1
    ]


blueprint = Blueprint("letter", __name__)
furnish(blueprint)

WRONG = HTTPStatus.UNPROCESSABLE_ENTITY
MANY = frozenset(map(str, range(100)))
PAGES = {"ask": ask_page, "place": place_page, "words": words_page, "letters": letters_page}


def taken(key: str, step: str) -> Desk:
    """The desk with a step's form as it was sent: kept whatever is wrong with it."""
    sitting = desk_of(key).sitting
    sitting.forms[step] = form_sent()
    sitting.wrong = ("", ())
    return desk_of(key)


def form_sent() -> Fields:
    """The form as it was sent."""
    return {name: values for name, values in request.form.to_dict(flat=False).items() if name != "csrf"}


def go_on(sitting: Sitting, step: str) -> ResponseReturnValue:
    """Go on to a step."""
    sitting.reached = max(sitting.reached, STEPS.index(step))
    return redirect(url_for(".step", key=sitting.id, step=step), HTTPStatus.SEE_OTHER)


def refused(step: str, desk: Desk, wrong: Sequence[Trouble]) -> ResponseReturnValue:
    """Show a step again with what is wrong, at an address of its own: a browser asks before it goes back to a form."""
    desk.sitting.wrong = (step, tuple(wrong))
    return redirect(url_for(".step", key=desk.sitting.id, step=step, check=1), HTTPStatus.SEE_OTHER)


def shown(step: str, desk: Desk, wrong: Sequence[Trouble] = (), **more: object) -> ResponseReturnValue:
    """A step's page, with what is wrong."""
    sitting = desk.sitting
    reached = [
        {
            "label": desk.words.letter.steps[name],
            "url": url_for(".step", key=sitting.id, step=name) if sitting.id and place <= sitting.reached else "",
            "here": name == step,
        }
        for place, name in enumerate(STEPS)
    ]
    fields = {trouble.field: trouble for trouble in reversed(wrong)}
    page = render_template(
        f"person/{step}.html.j2",
        desk=desk,
        sitting=sitting,
        steps=reached,
        troubles=wrong,
        problem=fields.get,
        summary=[_labelled(trouble, desk) for trouble in wrong],
        told=sitting.tell_once(),
        **PAGES[step](desk),
        **more,
    )
    return page, WRONG if wrong else HTTPStatus.OK


def _labelled(trouble: Trouble, desk: Desk) -> Trouble:
    """The problem as it reads away from its field: with the field's name before what a room says of it."""
    labels = desk.words.place.fields
    if trouble.field not in labels or not trouble.hint:
        return trouble
    return replace(trouble, what=replace(trouble.what, text=f"{labels[trouble.field]}: {trouble.what.text}"))


def choose_shown(sitting: Sitting) -> None:
    """Note which letter's page the form wants to see."""
    wanted = sitting.one("words", "letter")
    sitting.shown = int(wanted) if wanted in MANY else sitting.shown
