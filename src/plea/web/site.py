"""The application: every page behind one state, every answer with the same headers, every error in plain words."""

import logging
import sys
import traceback
from collections.abc import Mapping
from functools import partial
from http import HTTPStatus
from importlib import import_module
from pathlib import Path
from typing import Any

import jinja2
from flask import Flask, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException
from werkzeug.http import parse_cookie

from plea import language
from plea.errors import MachineError, PleaError
from plea.system.folders import templates
from plea.web import access, front, text
from plea.web.access import FIELDS, FORM, UPLOAD, is_upload
from plea.web.app_state import AppState, app_state
from plea.web.language import COOKIE, LANGUAGES, in_sentences, words

PARTS = {"letter": "plea.web.person", "campaign": "plea.web.organizer"}
"""Each part's name and its module, whose `blueprint` has that name and begins at `/` (so `/letter/`)."""
REFUSED = "plea.refused"

log = logging.getLogger("plea.web")


class Site(Flask):
    """Flask, told that every template escapes and that an error's text may hold what somebody typed."""

    def select_jinja_autoescape(self, filename: str | None) -> bool:  # noqa: ARG002 (Flask's signature)
        """Always: our templates end in .html.j2, which Flask would take for plain text."""
        return True

    def log_exception(self, exc_info: Any) -> None:
        """The kind of error and where it rose, without its message, its values or the address asked for."""
        kind, _, trace = exc_info
        frames = traceback.extract_tb(trace)
        where = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames[-6:]))
        log.error("%s at %s (%s)", kind.__name__, where, request.endpoint)


def create_app(state: AppState) -> Flask:
    """The pages of one state."""
    folder = templates() / "web"
    app = Site("plea.web", template_folder=str(folder), static_folder=str(folder / "static"), root_path=str(folder))
    app.config.update(
        MAX_CONTENT_LENGTH=FORM, MAX_FORM_MEMORY_SIZE=FORM, MAX_FORM_PARTS=FIELDS, PROVIDE_AUTOMATIC_OPTIONS=False
    )
    app.jinja_env.undefined = jinja2.StrictUndefined
    app.jinja_env.add_extension("jinja2.ext.i18n")
    language.install(app.jinja_env)
    app.jinja_env.globals |= {"what": text.what, "hint": text.hint, "paragraph": text.paragraph}
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions["plea"] = state
    app.register_blueprint(front.blueprint)
    for name, module in PARTS.items():
        app.register_blueprint(import_module(module).blueprint, url_prefix=f"/{name}")
    app.before_request(_admit)
    app.after_request(access.seal)
    app.context_processor(_shared)
    app.register_error_handler(PleaError, _told)
    app.register_error_handler(OSError, _not_done)
    app.register_error_handler(HTTPException, _wrong)
    return app


class Gatekeeper:
    """Looks at heads for the server (`plea.web.server.Gate`), and answers those it refuses as the pages would."""

    def __init__(self, app: Flask, state: AppState) -> None:
        self._app, self._door = app, state

    def refusal(self, path: str, headers: Mapping[str, str], *, length: int, chunked: bool) -> int:
        """The status to refuse with; 0 to go on."""
        return access.refusal_by_head(self._door, path, headers, length=length, chunked=chunked)

    def knows(self, headers: Mapping[str, str]) -> bool:
        """Whether the request brings the cookie."""
        return access.known(self._door, headers)

    def explain(self, status: int, headers: Mapping[str, str]) -> tuple[str, list[tuple[str, str]], bytes]:
        """Status line, headers and body of the answer."""
        # Of the cookies the language alone: who is refused is told nothing that only the invited may know.
        chosen = parse_cookie(headers.get("COOKIE", "")).get(COOKIE, "")
        kept = {"Accept-Language": headers.get("ACCEPT_LANGUAGE", "")}
        kept |= {"Cookie": f"{COOKIE}={chosen}"} if chosen in LANGUAGES else {}
        home = f"http://127.0.0.1:{self._door.port}"
        with self._app.test_request_context("/", base_url=home, headers=kept, environ_overrides={REFUSED: status}):
            answer = self._app.full_dispatch_request()
            return answer.status, [*answer.headers], answer.get_data()


def _admit() -> ResponseReturnValue | None:
    """Who may not come in gets an answer here; None lets the request through."""
    language.use(text.language_of(request))
    state = app_state()
    if status := request.environ.get(REFUSED):
        return _page(status)
    if access.another_persons(state, request) or access.foreign(state, request):
        return _page(HTTPStatus.FORBIDDEN)
    if request.endpoint in front.WITHOUT_COOKIE:
        return None
    if request.endpoint in front.WITH_TOKEN and access.holds_token(state, request):
        return None
    if request.endpoint == "front.front" and "token" in request.args:
        return _exchange(state)
    return _admit_guest(state)


def _admit_guest(state: AppState) -> ResponseReturnValue | None:
    """Whoever asks for the pages themselves brings the cookie, and with a form what our pages put in it."""
    if not access.invited(state, request):
        return render_template("shut.html.j2"), HTTPStatus.FORBIDDEN
    state.seen()
    if is_upload(request.path):
        request.max_content_length = UPLOAD
    if access.forged(state, request):
        return _page(HTTPStatus.FORBIDDEN)
    return None


def _exchange(state: AppState) -> ResponseReturnValue:
    """The cookie for the token, and an address without it."""
    if not state.accepts(request.args["token"]) and not access.invited(state, request):
        return render_template("shut.html.j2"), HTTPStatus.FORBIDDEN
    state.seen()
    answer = redirect(url_for("front.front"), HTTPStatus.SEE_OTHER)
    answer.set_cookie(state.cookie_name, state.cookie, httponly=True, samesite="Strict")
    return answer


def _shared() -> dict[str, Any]:
    """What every template may use. The form's secret is for those who are in."""
    state = app_state()
    return {
        "words": words(language.current()),
        "language": language.current(),
        "csrf": state.csrf if access.invited(state, request) else "",
        "said": partial(in_sentences, language=language.current()),
    }


def _told(error: PleaError) -> ResponseReturnValue:
    """An error of the rooms: what and where, and what to do."""
    status = HTTPStatus.INTERNAL_SERVER_ERROR if isinstance(error, MachineError) else HTTPStatus.BAD_REQUEST
    return render_template("wrong.html.j2", status=status, message=error.message, hint=error.hint), status


def _not_done(error: OSError) -> ResponseReturnValue:
    """A disk that is full, a folder that is gone: no fault of the program."""
    return _told(MachineError.from_system(error))


def _wrong(error: HTTPException) -> ResponseReturnValue:
    """An error of HTTP, in words; a redirect is none."""
    if error.response is not None or error.code is None or error.code < HTTPStatus.BAD_REQUEST:
        return error
    return _page(error.code)


def _page(status: int) -> ResponseReturnValue:
    return render_template("wrong.html.j2", status=status, message="", hint=""), status


def log_to_stderr() -> None:
    """One line for what should not happen, on stderr."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("plea: %(message)s"))
    log.addHandler(handler)
    log.propagate = False
