"""What is fetched beside the pages: the picture of a letter, its text, the files."""

import json
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import quote

from flask import Response, abort, send_file
from flask.typing import ResponseReturnValue

from plea.errors import PleaError
from plea.letters.formats import render
from plea.letters.paper.typeset import UnprintableError, print_letter
from plea.letters.paper.typeset import picture as picture_of
from plea.model.letters import Letter
from plea.problems import Problem
from plea.web.language import Trouble, in_sentences
from plea.web.person.checks import STEPS, troubles, typed_troubles
from plea.web.person.messages import in_other_words, origin, told
from plea.web.person.pages import WRONG, blueprint, choose_shown, taken
from plea.web.person.session import Sitting
from plea.web.person.view_context import Desk, desk_of
from plea.writing.draft import Draft


@blueprint.post("/<key>/page")
def page(key: str) -> ResponseReturnValue:
    """The page of the letter with the words as they are being typed; nothing (204) for words no longer the newest."""
    desk = taken(key, "words")
    choose_shown(desk.sitting)
    try:
        with Turn(desk.sitting):
            return _drawn(desk)
    except Superseded:
        return "", HTTPStatus.NO_CONTENT


@blueprint.get("/<key>/page.png")
def picture(key: str) -> ResponseReturnValue:
    """The page of the letter with the words taken in last."""
    desk = desk_of(key)
    with desk.sitting.turn:
        return _drawn(desk)


def _drawn(desk: Desk) -> ResponseReturnValue:
    """The picture, with what its writer should know in a header; or what is wrong, as JSON."""
    letter = shown_letter(desk)
    if letter is None:
        return _refused([one for step in STEPS[:3] for one in troubles(step, desk)])
    try:
        drawn = draw(letter, desk)
    except UnprintableError as error:
        return _refused([told(one, origin(one, desk.sitting)[1], desk.language) for one in error.problems])
    except PleaError as error:
        return _refused([Trouble("", in_sentences(error.message, desk.language))])
    notes = [one.text for one in in_other_words(desk)]
    notes += [_sentence(told(one, "", desk.language)) for one in drawn.notes]
    answer = Response(drawn.png, mimetype="image/png")
    answer.headers["X-Plea-Notes"] = quote(json.dumps(notes))
    return answer


def _refused(wrong: list[Trouble]) -> ResponseReturnValue:
    """Why there is no picture, in sentences."""
    return {"wrong": [_sentence(one) for one in wrong]}, WRONG


def _sentence(trouble: Trouble) -> str:
    return f"{trouble.what.text} {trouble.hint.text if trouble.hint else ''}".strip()


@blueprint.get("/<key>/text")
def text(key: str) -> ResponseReturnValue:
    """The letter shown, as plain text: for those who do not see the picture."""
    desk = desk_of(key)
    letter = shown_letter(desk)
    if letter is None:
        abort(404)
    return Response(render(letter, "txt", desk.wishes.printing).content, mimetype="text/plain")


@blueprint.get("/<key>/files/<name>")
def file(key: str, name: str) -> ResponseReturnValue:
    """One of the files that were made."""
    path = desk_of(key).sitting.files.get(name)
    if path is None or not path.is_file():
        abort(404)
    return send_file(path, as_attachment=True, download_name=name, max_age=0, etag=False)


@dataclass(frozen=True, slots=True)
class Drawn:
    """The first page as a PNG, how many pages the letter takes, and what its writer should know."""

    png: bytes
    pages: int
    notes: tuple[Problem, ...]


def letters_of(desk: Desk) -> Sequence[Letter]:
    """The letters as they would be made now; none while something is wrong."""
    if not isinstance(desk.draft, Draft) or any(True for _ in typed_troubles(desk)):
        return ()
    return (*desk.draft.letters, *desk.draft.copies)


def shown_letter(desk: Desk) -> Letter | None:
    """The letter whose page is shown."""
    letters = letters_of(desk)
    return letters[min(desk.sitting.shown, len(letters) - 1)] if letters else None


def draw(letter: Letter, desk: Desk) -> Drawn:
    """The page as it will be printed. Raises UnprintableError with what cannot be printed right."""
    printing = desk.wishes.printing
    printed = print_letter(letter, printing)
    return Drawn(picture_of(letter, printing), printed.pages, printed.warnings)


class Superseded(Exception):  # noqa: N818 (nothing went wrong)
    """A newer text has come in while this one waited."""


class Turn:
    """One text of a sitting is set at a time, and of those that wait only the newest."""

    def __init__(self, sitting: Sitting) -> None:
        self._sitting = sitting
        sitting.newest += 1
        self._number = sitting.newest

    def __enter__(self) -> None:
        self._sitting.turn.acquire()
        if self._number != self._sitting.newest:
            self._sitting.turn.release()
            raise Superseded

    def __exit__(self, *_: object) -> None:
        self._sitting.turn.release()


def warm(desk: Desk) -> None:
    """Set a page in a thread of its own, so that typesetter, fonts and templates are at hand when they are wanted."""
    letters = letters_of(desk)
    if letters:
        threading.Thread(target=_try_to_draw, args=(letters[0], desk), daemon=True).start()


def _try_to_draw(letter: Letter, desk: Desk) -> None:
    """Set a page for nobody to see; what is wrong with it is said when the person asks for it."""
    with suppress(PleaError):
        draw(letter, desk)
