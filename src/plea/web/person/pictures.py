"""What is fetched beside the pages: the picture of a letter as it is being written, its text, the files."""

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from http import HTTPStatus
from urllib.parse import quote

from flask import Response, abort, send_file
from flask.typing import ResponseReturnValue

from plea.errors import PleaError
from plea.letters.files import render
from plea.letters.paper.typeset import picture as picture_of
from plea.letters.paper.typeset import print_letter
from plea.model.letters import Letter, Printing
from plea.problems import Problem
from plea.web.person.checks import language_warnings, problems_of, typed_problems
from plea.web.person.session import Session
from plea.web.person.view_context import ViewContext, blueprint, open_view, take_form
from plea.web.text import paragraph
from plea.writing.draft import Draft


@blueprint.post("/<key>/page")
def page(key: str) -> ResponseReturnValue:
    """The page of the letter with the words as they are being typed; nothing (204) for words no longer the newest."""
    view = take_form(key, "words")
    view.session.choose_letter()
    with _turn(view.session) as newest:
        return _picture(view) if newest else ("", HTTPStatus.NO_CONTENT)


@blueprint.get("/<key>/page.png")
def picture(key: str) -> ResponseReturnValue:
    """The page of the letter with the words taken in last."""
    view = open_view(key)
    with view.session.lock:
        return _picture(view)


@contextmanager
def _turn(session: Session) -> Iterator[bool]:
    """One text of a session is typeset at a time; gives whether it is still the newest when its turn comes."""
    session.newest += 1
    number = session.newest
    with session.lock:
        yield number == session.newest


def _picture(view: ViewContext) -> ResponseReturnValue:
    """The picture, with what its writer should know in a header; or what is wrong, as JSON."""
    letter = _shown_letter(view)
    problems: Sequence[Problem] = ()
    if letter is None:
        problems = [found.problem for step in ("ask", "place", "words") for found in problems_of(step, view)]
    else:
        try:
            png, notes = _draw(letter, view.request.printing)
        except PleaError as error:
            problems = error.problems
    if letter is None or problems:
        return {"wrong": [*map(paragraph, problems)]}, HTTPStatus.UNPROCESSABLE_ENTITY
    answer = Response(png, mimetype="image/png")
    answer.headers["X-Plea-Notes"] = quote(json.dumps([*map(paragraph, (*language_warnings(view), *notes))]))
    return answer


@blueprint.get("/<key>/text")
def text(key: str) -> ResponseReturnValue:
    """The letter shown, as plain text: for those who do not see the picture."""
    view = open_view(key)
    letter = _shown_letter(view)
    if letter is None:
        abort(HTTPStatus.NOT_FOUND)
    return Response(render(letter, "txt", view.request.printing).content, mimetype="text/plain")


@blueprint.get("/<key>/files/<name>")
def file(key: str, name: str) -> ResponseReturnValue:
    """One of the files that were made."""
    path = open_view(key).session.files.get(name)
    if path is None or not path.is_file():
        abort(HTTPStatus.NOT_FOUND)
    return send_file(path, as_attachment=True, download_name=name, max_age=0, etag=False)


def letters_of(view: ViewContext) -> Sequence[Letter]:
    """The letters as they would be made now; none while something is wrong."""
    if not isinstance(view.draft, Draft) or any(True for _ in typed_problems(view)):
        return ()
    return (*view.draft.letters, *view.draft.copies)


def warm_up(view: ViewContext) -> None:
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
