"""The application: who may use it, the reader's language, the front page, and a page in plain words for each error.

The page listens on this machine only, but other users of the machine and every site that is open in the browser can
reach it. So it answers only to its own host names (another name could have been made to lead here), the address with a
token is exchanged for a cookie, and a form comes from our own pages and carries what no other site can read (CSRF).
"""

import hmac
import logging
import os
import secrets
import socket
import sys
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from importlib import import_module
from pathlib import Path
from typing import Any

import jinja2
from flask import Blueprint, Flask, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_wtf import CSRFProtect
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from plea import language
from plea.errors import MachineError, PleaError
from plea.language import gettext as _
from plea.messages.message import N_
from plea.supporters.person import forget, remembered
from plea.system.folders import templates
from plea.web import text
from plea.web.app_state import AppState, app_state, prove, raised_at

PARTS = {"letter": "plea.web.person", "campaign": "plea.web.organizer"}
"""Each part's name and its package, whose `blueprint` has that name and begins at `/` (so `/letter/`)."""
FORM_BYTES = 1024 * 1024
"""The most that a form may send: a letter is a page of text."""
UPLOAD_BYTES = 100 * 1024 * 1024
"""The most that a table of supporters may have: sent to an address that ends in `/upload`, with the cookie."""
FORM_FIELDS = 2000
"""The most parts that a form with a file may have."""
LANGUAGE_COOKIE = "plea-language"
YEAR = 365 * 24 * 3600
POLICY = "Content-Security-Policy"
HEADERS = {
    POLICY: "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' blob: data:; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not no-referrer: under it browsers send the forms of our own pages with `Origin: null`.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""Of every answer; a view may set a policy of its own."""
FIRST_PAGE = N_("Go to the first page and start from there.")
ERRORS: Mapping[int, tuple[str, str, str]] = {
    HTTPStatus.BAD_REQUEST: (
        N_("The page did not understand that"),
        N_("It could not read the form."),
        N_("Go back and try again."),
    ),
    HTTPStatus.FORBIDDEN: (
        N_("This came from somewhere else"),
        N_("The form was not sent by this page, or it was open for too long."),
        FIRST_PAGE,
    ),
    HTTPStatus.NOT_FOUND: (
        N_("There is nothing here"),
        N_("There is no page at this address, or the letter was forgotten when the program stopped."),
        FIRST_PAGE,
    ),
    HTTPStatus.METHOD_NOT_ALLOWED: (
        N_("There is nothing here"),
        N_("This address takes what a form sends, and no form sent it."),
        FIRST_PAGE,
    ),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: (
        N_("That is too much"),
        N_("A form may hold one megabyte, a table a hundred."),
        N_("Go back and send less, or split the table."),
    ),
    HTTPStatus.MISDIRECTED_REQUEST: (
        N_("This is not the address of the page"),
        N_("The page answers only to its own address on this computer."),
        N_("Open it with the address that was printed when it was started."),
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: (
        N_("Something went wrong in the program"),
        N_("This should not happen. What you typed is kept as long as the program runs."),
        N_("Go back and try again. The terminal shows where it happened."),
    ),
    HTTPStatus.SERVICE_UNAVAILABLE: (
        N_("One at a time"),
        N_("Two downloads of everything are under way already, or were paused."),
        N_("Let one of them end, or stop it, and try again."),
    ),
}
OTHER_ERROR = (N_("That did not work"), N_("The page could not answer this."), N_("Go back and try again."))
"""Title, explanation and advice for each HTTP status, and for all others."""

log = logging.getLogger("plea.web")
blueprint = Blueprint("front", __name__)
csrf = CSRFProtect()


class Site(Flask):
    """Flask with templates that always escape, and a log that says nothing about the person."""

    def select_jinja_autoescape(self, filename: str | None) -> bool:  # noqa: ARG002 (Flask's signature)
        """Always: our templates end in .html.j2, which Flask would take for plain text."""
        return True

    def log_exception(self, exc_info: Any) -> None:
        """The kind of error and where it was raised, without its message, its values or the address asked for."""
        kind, _error, trace = exc_info
        log.error("%s at %s (%s)", kind.__name__, raised_at(trace), request.endpoint)

    def wsgi_app(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        """Serve a request. Cookies of other programs of this machine come along, and may not be UTF-8."""
        cookies = environ.get("HTTP_COOKIE", "").encode("latin-1").decode("utf-8", "replace")
        return super().wsgi_app(environ | {"HTTP_COOKIE": cookies.encode().decode("latin-1")}, start_response)


def create_app(state: AppState) -> Flask:
    """All pages, for one running program."""
    folder = templates() / "web"
    app = Site("plea.web", template_folder=str(folder), static_folder=str(folder / "static"), root_path=str(folder))
    app.config.update(
        MAX_CONTENT_LENGTH=FORM_BYTES,
        MAX_FORM_MEMORY_SIZE=FORM_BYTES,
        MAX_FORM_PARTS=FORM_FIELDS,
        PROVIDE_AUTOMATIC_OPTIONS=False,
        SECRET_KEY=secrets.token_bytes(),
        SESSION_COOKIE_NAME=f"plea-{state.port}-session",  # cookies know no ports
        SESSION_COOKIE_SAMESITE="Strict",
        WTF_CSRF_FIELD_NAME="csrf",
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_CHECK_DEFAULT=False,  # _admit asks for it, after it has looked at who asks
    )
    csrf.init_app(app)
    app.jinja_env.undefined = jinja2.StrictUndefined
    app.jinja_env.add_extension("jinja2.ext.i18n")
    language.install(app.jinja_env)
    app.jinja_env.globals |= {"what": text.what, "hint": text.hint, "paragraph": text.paragraph}
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.extensions["AppState"] = state
    app.register_blueprint(blueprint)
    for name, module in PARTS.items():
        app.register_blueprint(import_module(module).blueprint, url_prefix=f"/{name}")
    app.before_request(_admit)
    app.after_request(_add_headers)
    app.context_processor(lambda: {"language": language.current()})
    app.register_error_handler(PleaError, _show_problems)
    app.register_error_handler(OSError, lambda error: _show_problems(MachineError.from_system(error)))
    app.register_error_handler(HTTPException, _show_http_error)
    return app


def log_to_stderr() -> None:
    """One line on stderr for an error of the program itself."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("plea: %(message)s"))
    log.addHandler(handler)
    log.propagate = False


def _add_headers(response: Response) -> Response:
    response.headers.update({**HEADERS, POLICY: response.headers.get(POLICY, HEADERS[POLICY])})
    return response


# --- who may use the page -----------------------------------------------------------------------------------


def _admit() -> ResponseReturnValue | None:
    """The answer for whoever may not use the page; None lets the request through."""
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    accepted = request.accept_languages.best_match(language.LANGUAGES, default="en")
    language.use(chosen if chosen in language.LANGUAGES else accepted)
    state = app_state()
    if request.host.lower() not in state.hosts:
        abort(HTTPStatus.MISDIRECTED_REQUEST)
    if _is_from_another_user(state) or _is_from_another_site(state):
        abort(HTTPStatus.FORBIDDEN)
    if request.endpoint in {"front.here", "static"}:  # nothing about the person
        return None
    if request.endpoint in {"front.stop", "front.ticket"}:  # a second `plea web` has read the token from its own file
        kind, _space, key = request.headers.get("Authorization", "").partition(" ")
        if kind == "Bearer" and hmac.compare_digest(key.encode(), state.token.encode()):
            return None
    invited = state.has_cookie(request.cookies.get(state.cookie_name, ""))
    if request.endpoint == "front.front" and "token" in request.args:
        invited = state.accepts(request.args["token"]) or invited
        if invited:  # an address without the token, and the cookie instead
            state.note_use()
            answer = redirect(url_for("front.front"), HTTPStatus.SEE_OTHER)
            answer.set_cookie(state.cookie_name, state.cookie, httponly=True, samesite="Strict")
            return answer
    if not invited:
        return render_template("not_invited.html.j2"), HTTPStatus.FORBIDDEN
    state.note_use()
    if request.path.endswith("/upload"):
        request.max_content_length = UPLOAD_BYTES
    csrf.protect()
    return None


def _is_from_another_user(state: AppState) -> bool:
    """Whether a process of another user of this machine asks; root may do anything, and not every machine can tell.

    A browser sends a cookie to every port of 127.0.0.1, so whoever opens the page of somebody else on this machine
    shows them ours; it must not serve them.
    """
    address = int.from_bytes(socket.inet_aton(request.environ["REMOTE_ADDR"]), sys.byteorder)
    client, server = f"{address:08X}:{int(request.environ.get('REMOTE_PORT', 0)):04X}", f":{state.port:04X}"
    for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
        if not table.is_file():  # not Linux
            continue
        for row in table.read_text("ascii").splitlines()[1:]:
            local, remote, *_other_columns, user = row.split()[1:8]
            if local.endswith(client) and remote.endswith(server):
                return int(user) not in {0, os.getuid()}
    return False


def _is_from_another_site(state: AppState) -> bool:
    """Whether another site's page sent the request, as far as the browser says where it comes from.

    To a browser another port of this machine is the `same-site`, not the `same-origin`.
    """
    if request.method in {"GET", "HEAD"} and request.headers.get("Sec-Fetch-Mode") == "navigate":
        return False  # somebody follows a link; the page that has it cannot read the answer
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    own = {f"http://{host}" for host in state.hosts}
    return site not in {None, "same-origin", "none"} or (origin is not None and origin not in own)


def body_limit(state: AppState, path: str, cookies: str) -> int:
    """The most bytes that a request may bring, by its path and its cookie header."""
    named = (cookie.strip().partition("=") for cookie in cookies.split(";"))
    invited = any(state.has_cookie(value) for name, _equals, value in named if name == state.cookie_name)
    return UPLOAD_BYTES if invited and path.endswith("/upload") else FORM_BYTES


# --- errors -----------------------------------------------------------------------------------------------


def _show_problems(error: PleaError) -> ResponseReturnValue:
    """An error that no view has shown at a field."""
    status = HTTPStatus.INTERNAL_SERVER_ERROR if isinstance(error, MachineError) else HTTPStatus.BAD_REQUEST
    return render_template("error.html.j2", title=_("That did not work"), problems=error.problems), status


def _show_http_error(error: HTTPException) -> ResponseReturnValue:
    """An error of HTTP in words; a redirect is none."""
    if error.response is not None or error.code is None or error.code < HTTPStatus.BAD_REQUEST:
        return error
    status = HTTPStatus.FORBIDDEN if isinstance(error, CSRFError) else error.code
    title, explanation, advice = map(_, ERRORS.get(status, OTHER_ERROR))
    page = render_template("error.html.j2", title=title, problems=(), explanation=explanation, advice=advice)
    return page, status


# --- the front page, and what belongs to no step ------------------------------------------------------------


@blueprint.get("/")
def front() -> str:
    """One person's letters, or a campaign."""
    name, damaged = "", None
    try:
        name = remembered().get("name", "")
    except PleaError as error:  # no reason to keep the person out
        damaged = error.problem
    return render_template(
        "front.html.j2", name=name, damaged=damaged, languages=language.LANGUAGES, folder=app_state().folder
    )


@blueprint.post("/language")
def choose_language() -> ResponseReturnValue:
    """Keep the language that the reader chose."""
    chosen = request.form.get("language", "")
    if chosen not in language.LANGUAGES:
        abort(HTTPStatus.BAD_REQUEST)
    answer = redirect(url_for("front.front"), HTTPStatus.SEE_OTHER)
    answer.set_cookie(LANGUAGE_COOKIE, chosen, max_age=YEAR, httponly=True, samesite="Strict")
    return answer


@blueprint.post("/forget")
def forget_person() -> ResponseReturnValue:
    """Delete what is remembered of the person."""
    forget()
    return redirect(url_for("front.front"), HTTPStatus.SEE_OTHER)


@blueprint.post("/stop")
def stop() -> str:
    """Say good-bye and close."""
    app_state().closing.set()
    return render_template("stopped.html.j2")


@blueprint.get("/here")
def here() -> Response:
    """Prove to a second start that this is the page whose token it has read, without the token being sent."""
    return Response(prove(app_state().token, request.args.get("ask", "")), mimetype="text/plain")


@blueprint.post("/ticket")
def ticket() -> Response:
    """A new address for a second start's browser."""
    return Response(app_state().new_ticket(), mimetype="text/plain")
