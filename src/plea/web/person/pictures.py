"""What is fetched beside the pages: the picture of a letter, its text, the files."""

import json
from http import HTTPStatus
from urllib.parse import quote

from flask import Response, abort, send_file
from flask.typing import ResponseReturnValue

from plea.errors import PleaError
from plea.letters.formats import render
from plea.letters.print_run import UnprintableError
from plea.web.language import Trouble, in_sentences
from plea.web.person import live
from plea.web.person.checks import STEPS, troubles
from plea.web.person.desk import Desk, desk_of
from plea.web.person.showing import WRONG, blueprint, choose_shown, taken
from plea.web.person.telling import in_other_words, origin, told


@blueprint.post("/<key>/page")
def page(key: str) -> ResponseReturnValue:
    """The page of the letter with the words as they are being typed; nothing (204) for words no longer the newest."""
    desk = taken(key, "words")
    choose_shown(desk.sitting)
    try:
        with live.Turn(desk.sitting):
            return _drawn(desk)
    except live.Superseded:
        return "", HTTPStatus.NO_CONTENT


@blueprint.get("/<key>/page.png")
def picture(key: str) -> ResponseReturnValue:
    """The page of the letter with the words taken in last."""
    desk = desk_of(key)
    with desk.sitting.turn:
        return _drawn(desk)


def _drawn(desk: Desk) -> ResponseReturnValue:
    """The picture, with what its writer should know in a header; or what is wrong, as JSON."""
    letter = live.shown_letter(desk)
    if letter is None:
        return _refused([one for step in STEPS[:3] for one in troubles(step, desk)])
    try:
        drawn = live.draw(letter, desk)
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
    letter = live.shown_letter(desk)
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
