"""A step's page shown, and its form taken in."""

from collections.abc import Sequence
from dataclasses import replace
from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from plea.web.language import Trouble
from plea.web.person.checks import STEPS
from plea.web.person.desk import Desk, desk_of, furnish
from plea.web.person.pages import ask_page, letters_page, place_page, words_page
from plea.web.person.sitting import Fields, Sitting

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
