"""The four steps as they follow one another."""

from collections.abc import Sequence
from http import HTTPStatus

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from plea.errors import PleaError
from plea.supporters.person import remembered
from plea.web.language import Said, Trouble, in_sentences
from plea.web.person import pictures
from plea.web.person.checks import CHECKS, first_undone, home_troubles, troubles
from plea.web.person.files import write_letters
from plea.web.person.messages import in_other_words, own, told
from plea.web.person.officials import (
    add_name,
    ask_census,
    default_ticks,
    fetch_officials,
    look_up,
    place_key,
    still_offered,
)
from plea.web.person.pages import (
    begun_line,
    blueprint,
    choose_shown,
    form_sent,
    go_on,
    refused,
    shown,
    taken,
    words_defaults,
)
from plea.web.person.session import Sitting
from plea.web.person.view_context import Desk, desk_for, desk_of, sittings
from plea.writing.draft import Draft
from plea.writing.wording import STORIES


@blueprint.get("/")
def begin() -> ResponseReturnValue:
    """Step one of letters that are not begun yet, and the way back to those that are."""
    desk = desk_for(Sitting(""))
    begun = [one for one in sittings().newest_first() if one.forms]
    wrong = troubles("ask", desk) if "check" in request.args else ()
    return shown("ask", desk, wrong, begun=[begun_line(desk_for(one)) for one in begun[:3]])


@blueprint.post("/")
def begun() -> ResponseReturnValue:
    """Take in step one, and begin."""
    sitting = Sitting("")
    sitting.forms["ask"] = form_sent()
    if troubles("ask", desk_for(sitting)):
        return redirect(url_for(".begin", check=1), HTTPStatus.SEE_OTHER)
    kept = sittings().begin()
    kept.forms["ask"] = form_sent()
    kept.forms["place"] = {key: [value] for key, value in _remembered().items()}
    return go_on(kept, "place")


@blueprint.get("/<key>/<any(ask, place, words, letters):step>")
def step(key: str, step: str) -> ResponseReturnValue:
    """A step as it was left."""
    desk = desk_of(key)
    undone = first_undone(step, desk)
    if undone:
        return redirect(url_for(".step", key=key, step=undone, check=1), HTTPStatus.SEE_OTHER)
    if step == "letters" and not desk.sitting.outcome:
        return redirect(url_for(".step", key=key, step="words"), HTTPStatus.SEE_OTHER)
    if step == "words":
        words_defaults(desk)
        desk = desk_of(key)
    if step == "place":
        pictures.warm(desk)
    return shown(step, desk, _checked(step, desk) if "check" in request.args else ())


def _checked(step: str, desk: Desk) -> Sequence[Trouble]:
    """What was wrong when the step's form was sent; else what is wrong with it now."""
    at, wrong = desk.sitting.wrong
    if at == step:
        return wrong
    return troubles(step, desk) if step in CHECKS else ()


@blueprint.post("/<key>/ask")
def ask(key: str) -> ResponseReturnValue:
    """Take in what is asked for."""
    desk = taken(key, "ask")
    wrong = troubles("ask", desk)
    return refused("ask", desk, wrong) if wrong else go_on(desk.sitting, "place")


@blueprint.post("/<key>/words")
def words(key: str) -> ResponseReturnValue:
    """Take in the person's words: show the page, or make the letters."""
    desk = taken(key, "words")
    sitting = desk.sitting
    if undone := first_undone("words", desk):
        return redirect(url_for(".step", key=key, step=undone, check=1), HTTPStatus.SEE_OTHER)
    wrong = troubles("words", desk)
    if wrong:
        return refused("words", desk, wrong)
    choose_shown(sitting)
    if request.form.get("show"):
        return redirect(url_for(".step", key=key, step="words", _anchor="page"), HTTPStatus.SEE_OTHER)
    if _needs_care(desk):
        return redirect(url_for(".step", key=key, step="words", care=1, _anchor="care"), HTTPStatus.SEE_OTHER)
    return _made(desk)


def _needs_care(desk: Desk) -> bool:
    """Whether the story holds what may hurt its writer, and they have not said yet that it stays."""
    story = "\n".join(desk.sitting.one("words", name) for name in ("story", "story_en"))
    if request.form.get("keep"):
        desk.sitting.kept = story
    warnings = desk.draft.warnings if isinstance(desk.draft, Draft) else ()
    careful = bool(in_other_words(desk)) or any(one.where in STORIES for one in warnings)
    return careful and desk.sitting.kept != story


def _made(desk: Desk) -> ResponseReturnValue:
    """Make the letters, and show what to do with them."""
    step = "letters" if desk.sitting.outcome else "words"
    try:
        write_letters(desk)
    except PleaError as error:
        hint = in_sentences(error.hint, desk.language) if error.hint else None
        return refused(step, desk, [Trouble("", in_sentences(error.message, desk.language), hint)])
    return go_on(desk.sitting, "letters")


@blueprint.post("/<key>/letters")
def letters(key: str) -> ResponseReturnValue:
    """Make the letters again, for another envelope or with another size of type."""
    desk = taken(key, "letters")
    if undone := first_undone("letters", desk):
        return redirect(url_for(".step", key=key, step=undone, check=1), HTTPStatus.SEE_OTHER)
    return _made(desk)


def _remembered() -> dict[str, str]:
    """What is remembered of the person; nothing where the file is damaged, which the first page says."""
    try:
        return dict(remembered())
    except PleaError:
        return {}


HOME = 5  # of a place's key, the parts that are the home; the rest is what is asked for


@blueprint.post("/<key>/place")
def place(key: str) -> ResponseReturnValue:
    """Take in name, address and officials; or do what one of the buttons beside them says."""
    named = desk_of(key).sitting.named
    desk = taken(key, "place")
    desk.sitting.named = tuple(one for one in named if one in desk.sitting.many("place", "to"))
    if wrong := [*home_troubles(desk)]:
        return refused("place", desk, wrong)
    return BUTTONS.get(request.form.get("do", ""), _find)(key, desk)


def _fetch(key: str, desk: Desk) -> ResponseReturnValue:
    """Fetch the list of officials."""
    fetch_officials(desk)
    return _looked_up(key)


def _name(key: str, desk: Desk) -> ResponseReturnValue:
    """Add somebody by name."""
    problem = add_name(desk)
    if problem:
        return refused("place", desk, [told(problem, "named_name", desk.language)])
    return _looked_up(key, "several" if desk.sitting.found else "to")


def _find(key: str, desk: Desk) -> ResponseReturnValue:
    """Look up who answers for the place."""
    if desk.sitting.one("place", "named_name").strip():
        return _name(key, desk)
    return _looked_up(key)


def _next(key: str, desk: Desk) -> ResponseReturnValue:
    """Go on, unless the place has changed under those who are ticked, or a name is typed and not yet added."""
    assert desk.resident
    if place_key(desk.resident, desk) != desk.sitting.officials_for:
        desk.sitting.told.append(Said(desk.words.place.moved, desk.language))
        return _looked_up(key)
    if desk.sitting.one("place", "named_name").strip():
        problem = add_name(desk)
        if problem or desk.sitting.found:
            wrong = [told(problem, "named_name", desk.language)] if problem else []
            return refused("place", desk_of(key), wrong) if wrong else _looked_up(key, "several")
    desk = desk_of(key)
    wrong = [*troubles("place", desk)]
    return refused("place", desk, wrong) if wrong else go_on(desk.sitting, "words")


def _ask_census(key: str, desk: Desk) -> ResponseReturnValue:
    """Ask for the district, if there is a street to ask with."""
    assert desk.resident
    if not desk.resident.street:
        return refused("place", desk, [own(desk.words.place.census_street, "street", desk.language)])
    ask_census(desk)
    return _looked_up(key)


def _looked_up(key: str, anchor: str = "officials") -> ResponseReturnValue:
    """Show who answers for the place. Those who do so for certain are ticked when it is a new one."""
    desk = desk_of(key)
    sitting = desk.sitting
    found = look_up(desk)
    if isinstance(found, PleaError):
        field = "district" if found.message.startswith("district") else "zip"
        hint = in_sentences(found.hint, desk.language) if found.hint else None
        return refused("place", desk, [Trouble(field, in_sentences(found.message, desk.language), hint)])
    assert desk.resident
    place = place_key(desk.resident, desk)
    if place != sitting.officials_for:
        kept = still_offered(desk, sitting.many("place", "to"))
        own_seat = still_offered(desk, sitting.many("place", "seat"))
        to = (
            kept if kept and place[:5] == sitting.officials_for[:5] else [*dict.fromkeys((*default_ticks(desk), *kept))]
        )
        sitting.forms["place"] = {**sitting.forms["place"], "to": to, "seat": own_seat}
        sitting.officials_for = place
    return redirect(url_for(".step", key=key, step="place", _anchor=anchor), HTTPStatus.SEE_OTHER)


BUTTONS = {"fetch": _fetch, "census": _ask_census, "name": _name, "next": _next}
"""What a button of step two does, by its value; every other one looks up."""
