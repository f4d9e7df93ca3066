"""The four steps as they follow one another."""

from collections.abc import Sequence
from http import HTTPStatus

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from plea.errors import PleaError
from plea.supporters.person import remembered
from plea.web.language import Trouble, in_sentences
from plea.web.person import live
from plea.web.person.checks import CHECKS, first_undone, troubles
from plea.web.person.desk import Desk, desk_for, desk_of, sittings
from plea.web.person.files import write_letters
from plea.web.person.pages import begun_line, words_defaults
from plea.web.person.showing import blueprint, choose_shown, form_sent, go_on, refused, shown, taken
from plea.web.person.sitting import Sitting
from plea.web.person.telling import in_other_words
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
        live.warm(desk)
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
