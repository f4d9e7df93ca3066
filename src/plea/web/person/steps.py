"""The four steps as they follow one another: what each form does, and what is fetched beside the pages."""

import json
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from http import HTTPStatus
from itertools import chain, count
from urllib.parse import quote

from flask import Response, abort, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue

from plea.errors import PleaError
from plea.letters.files import render
from plea.letters.paper.typeset import picture as picture_of
from plea.letters.paper.typeset import print_letter
from plea.model.letters import Letter, Printing
from plea.problems import Problem
from plea.supporters.person import remember, remembered
from plea.system.files import slug
from plea.web.app_state import app_state, shared
from plea.web.person.checks import CHECKS, first_undone, home_problems, language_warnings, letters_of, problems_of
from plea.web.person.officials import add_by_name, ask_census, check_recipients, fetch_officials, place_key
from plea.web.person.pages import in_progress, show
from plea.web.person.view_context import (
    STEPS,
    STORY,
    Session,
    Sessions,
    ViewContext,
    blueprint,
    form_sent,
    open_view,
    take_form,
    view_of,
)
from plea.web.text import FieldProblem, paragraph
from plea.writing.draft import Draft
from plea.writing.output import write_draft, write_merged_pdf


@blueprint.get("/")
def begin() -> ResponseReturnValue:
    """Step one of letters that are not begun yet, and the way back to those that are."""
    view = view_of(Session(""))
    newest = [session for session in shared(Sessions).newest_first() if session.forms][:3]
    problems = problems_of("ask", view) if "check" in request.args else ()
    return show("ask", view, problems, begun=[in_progress(view_of(session)) for session in newest])


@blueprint.post("/")
def begun() -> ResponseReturnValue:
    """Take in step one, and begin."""
    if problems_of("ask", view_of(Session("", {"ask": form_sent()}))):
        return redirect(url_for(".begin", check=1), HTTPStatus.SEE_OTHER)
    try:
        person = remembered()
    except PleaError:  # a damaged file, which the first page speaks of
        person = {}
    session = shared(Sessions).begin()
    session.forms |= {"ask": form_sent(), "place": {key: [value] for key, value in person.items()}}
    return _go_on(session, "place")


@blueprint.get("/<key>/<any(ask, place, words, letters):step>")
def step(key: str, step: str) -> ResponseReturnValue:
    """A step as it was left. What was wrong with its form when it was sent is shown until the form is right."""
    view = open_view(key)
    session = view.session
    if undone := first_undone(step, view):
        return _at_step(session, undone, check=1)
    if step == "letters" and not session.written:
        return _at_step(session, "words")
    if step == "words" and "words" not in session.forms:
        session.forms["words"] = {"language": [view.preferred_language]}
        view = open_view(key)
    if step == "place":
        _warm_up(view)
    problems: Sequence[FieldProblem] = ()
    if "check" in request.args:
        rejected_step, problems = session.rejected
        if rejected_step != step:
            problems = problems_of(step, view) if step in CHECKS else ()
    return show(step, view, problems)


@blueprint.post("/<key>/ask")
def ask(key: str) -> ResponseReturnValue:
    """Take in what is asked for."""
    view = take_form(key, "ask")
    problems = problems_of("ask", view)
    return _refuse("ask", view, problems) if problems else _go_on(view.session, "place")


@blueprint.post("/<key>/words")
def words(key: str) -> ResponseReturnValue:
    """Take in the person's words: show the page, or make the letters."""
    view = take_form(key, "words")
    session = view.session
    if undone := first_undone("words", view):
        return _at_step(session, undone, check=1)
    if problems := problems_of("words", view):
        return _refuse("words", view, problems)
    session.choose_letter()
    if request.form.get("show"):
        return _at_step(session, "words", _anchor="page")
    # A story that may hurt its writer, or is in the wrong language, is sent on when they have said that it stays.
    story = "\n".join(session.one("words", name) for name in ("story", "story_en"))
    if request.form.get("keep"):
        session.accepted_story = story
    warned = bool(language_warnings(view)) or (
        isinstance(view.draft, Draft) and any(warning.where in STORY for warning in view.draft.warnings)
    )
    if warned and session.accepted_story != story:
        return _at_step(session, "words", care=1, _anchor="care")
    return _write(view)


@blueprint.post("/<key>/letters")
def letters(key: str) -> ResponseReturnValue:
    """Make the letters again, for another envelope or with another size of type."""
    view = take_form(key, "letters")
    if undone := first_undone("letters", view):
        return _at_step(view.session, undone, check=1)
    return _write(view)


def _write(view: ViewContext) -> ResponseReturnValue:
    """Make all files, remove those of an earlier try that are not made again, and show what to do with the letters."""
    draft, session = view.draft, view.session
    assert isinstance(draft, Draft)
    if session.folder is None:  # one of this day and ask that does not exist yet
        name = f"{view.on.isoformat()}-{slug(view.request.asks[0], 60)}"
        names = chain([name], (f"{name}-{number}" for number in count(2)))
        session.folder = next(folder for name in names if not (folder := app_state().letters / name).exists())
    folder = session.folder
    try:
        written = write_draft(replace(view.request, out=folder), draft)
        several = len(written.letters) + len(written.copies) > 1
        merged = write_merged_pdf(written, folder) if several else None
    except PleaError as error:
        step = "letters" if session.written else "words"
        return _refuse(step, view, [FieldProblem("", problem, problem.where) for problem in error.problems])
    paths = [path for letter in (*written.letters, *written.copies) for path in letter.files.values()]
    paths += [path for files in written.extra_files.values() for path in files.values()]
    paths += [*written.pages.values(), *([merged] if merged else [])]
    stale = [path for path in session.files.values() if path not in paths]
    session.written, session.files = written, {path.name: path for path in paths}
    for path in stale:
        path.unlink(missing_ok=True)
    if session.one("place", "remember"):
        remember(draft.supporter)
    return _go_on(session, "letters")


# --- step two, with its buttons -----------------------------------------------------------------------------


@blueprint.post("/<key>/place")
def place(key: str) -> ResponseReturnValue:
    """Take in name, address and officials, and do what the button says: the form has several."""
    added = open_view(key).session.added
    view = take_form(key, "place")
    view.session.added = tuple(to for to in added if to in view.session.many("place", "to"))
    if problems := home_problems(view):
        return _refuse("place", view, problems)
    button, problem, anchor = request.form.get("do", ""), None, "officials"
    if button == "next":
        return _leave_place(key, view)
    if button == "fetch":
        fetch_officials(view)
    elif button == "census":
        if view.resident and view.resident.street:
            ask_census(view)
        else:
            problem = FieldProblem("street", Problem("street.missing_for_census"))
    elif button == "name" or view.session.one("place", "named_name").strip():
        problem = add_by_name(view)
        anchor = "several" if view.session.namesakes else "to"
    return _refuse("place", view, [problem]) if problem else _show_officials(key, anchor)


def _leave_place(key: str, view: ViewContext) -> ResponseReturnValue:
    """Go on, unless the place has changed under those who are checked, or a name is typed that several have."""
    if place_key(view) != view.session.officials_for:
        view.session.notes.append(Problem("place.changed"))
        return _show_officials(key)
    if view.session.one("place", "named_name").strip():
        if problem := add_by_name(view):
            return _refuse("place", view, [problem])
        if view.session.namesakes:
            return _show_officials(key, "several")
    view = open_view(key)
    problems = problems_of("place", view)
    return _refuse("place", view, problems) if problems else _go_on(view.session, "words")


def _show_officials(key: str, anchor: str = "officials") -> ResponseReturnValue:
    """Show who answers for the place as it is now."""
    view = open_view(key)
    if isinstance(view.recipients, PleaError):
        problems = view.recipients.problems
        return _refuse("place", view, [FieldProblem(problem.where or "zip", problem) for problem in problems])
    check_recipients(view)
    return _at_step(view.session, "place", _anchor=anchor)


# --- from step to step --------------------------------------------------------------------------------------


def _at_step(session: Session, step: str, **address: object) -> ResponseReturnValue:
    return redirect(url_for(".step", key=session.id, step=step, **address), HTTPStatus.SEE_OTHER)  # type: ignore[arg-type]


def _go_on(session: Session, step: str) -> ResponseReturnValue:
    session.reached = max(session.reached, STEPS.index(step))
    return _at_step(session, step)


def _refuse(step: str, view: ViewContext, problems: Sequence[FieldProblem]) -> ResponseReturnValue:
    """Show a step again with what is wrong, at an address of its own: a browser asks before it goes back to a form."""
    view.session.rejected = (step, tuple(problems))
    return _at_step(view.session, step, check=1)


# --- beside the pages: a letter's picture, its text, the files ------------------------------------------------


@blueprint.post("/<key>/page")
def page(key: str) -> ResponseReturnValue:
    """The page of the letter with the words as they are being typed; nothing (204) for words no longer the newest."""
    view = take_form(key, "words")
    session = view.session
    session.choose_letter()
    session.newest += 1
    number = session.newest
    with session.lock:  # one text of a session is typeset at a time
        return _picture(view) if number == session.newest else ("", HTTPStatus.NO_CONTENT)


@blueprint.get("/<key>/page.png")
def picture(key: str) -> ResponseReturnValue:
    """The page of the letter with the words taken in last."""
    view = open_view(key)
    with view.session.lock:
        return _picture(view)


def _picture(view: ViewContext) -> ResponseReturnValue:
    """The picture, with what its writer should know in a header; or what is wrong, as JSON."""
    letter = _shown_letter(view)
    try:
        if letter:
            png, warnings = _draw(letter, view.request.printing)
            notes = quote(json.dumps([*map(paragraph, (*language_warnings(view), *warnings))]))
            return Response(png, mimetype="image/png", headers={"X-Plea-Notes": notes})
        problems: Sequence[Problem] = [wrong.problem for step in CHECKS for wrong in problems_of(step, view)]
    except PleaError as error:
        problems = error.problems
    return {"wrong": [*map(paragraph, problems)]}, HTTPStatus.UNPROCESSABLE_ENTITY


@blueprint.get("/<key>/text")
def text(key: str) -> ResponseReturnValue:
    """The letter shown, as plain text: for those who do not see the picture."""
    view = open_view(key)
    letter = _shown_letter(view) or abort(HTTPStatus.NOT_FOUND)
    return Response(render(letter, "txt", view.request.printing).content, mimetype="text/plain")


@blueprint.get("/<key>/files/<name>")
def file(key: str, name: str) -> ResponseReturnValue:
    """One of the files that were made."""
    path = open_view(key).session.files.get(name)
    if path is None or not path.is_file():
        abort(HTTPStatus.NOT_FOUND)
    return send_file(path, as_attachment=True, download_name=name, max_age=0, etag=False)


def _warm_up(view: ViewContext) -> None:
    """Typeset a page in a thread of its own, so that typesetter, fonts and templates are at hand when wanted."""

    def draw_first() -> None:
        with suppress(PleaError):  # what is wrong is said when the person asks for the page
            _draw(letters[0], printing)

    letters, printing = letters_of(view), view.request.printing
    if letters:
        threading.Thread(target=draw_first, daemon=True).start()


def _shown_letter(view: ViewContext) -> Letter | None:
    letters = letters_of(view)
    return letters[min(view.session.shown_letter, len(letters) - 1)] if letters else None


def _draw(letter: Letter, printing: Printing) -> tuple[bytes, Sequence[Problem]]:
    """The first page as a PNG, and what its writer should know. Raises InputError for what cannot be printed right."""
    printed = print_letter(letter, printing)
    return picture_of(letter, printing), printed.warnings
