"""Who may come in, and what every answer says of itself.

The page listens on this machine only; that keeps out neither the other people on it nor the sites that the browser has
open. So: no Host but our own (a name that was made to lead here), a token, then a cookie; a form carries what no other
site can read, and comes from our own pages.
"""

import hmac
import os
from collections.abc import Mapping
from http import HTTPStatus

from flask import Request, Response
from werkzeug.http import parse_cookie

from plea.web.app_state import AppState
from plea.web.peer_uid import user_of

ROOT = 0
SAFE = frozenset({"GET", "HEAD"})
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


def refusal_by_head(state: AppState, path: str, headers: Mapping[str, str], *, length: int, chunked: bool) -> int:
    """The status to refuse with before a body is read; 0 to go on. Headers are named as in CGI: `CONTENT_TYPE`."""
    if headers.get("HOST", "").lower() not in state.hosts:
        return HTTPStatus.MISDIRECTED_REQUEST
    if chunked:  # no browser sends a form of unknown length
        return HTTPStatus.LENGTH_REQUIRED
    # The cookie alone is not enough for a large one: browsers send it along to every port of this machine.
    own = known(state, headers) and not _elsewhere(state, headers.get("SEC_FETCH_SITE"), headers.get("ORIGIN"))
    return HTTPStatus.REQUEST_ENTITY_TOO_LARGE if length > (UPLOAD if own and is_upload(path) else FORM) else 0


def known(state: AppState, headers: Mapping[str, str]) -> bool:
    """Whether a head brings the cookie."""
    return _holds_cookie(state, parse_cookie(headers.get("COOKIE", "")))


def invited(state: AppState, request: Request) -> bool:
    """Whether the request brings the cookie that the token was exchanged for."""
    return _holds_cookie(state, request.cookies)


def another_persons(state: AppState, request: Request) -> bool:
    """Whether a process of another user of this machine asks, as far as the machine tells; root may do as it likes."""
    address, port = request.environ["REMOTE_ADDR"], int(request.environ.get("REMOTE_PORT", 0))
    return user_of(address, port, state.port) not in {None, ROOT, os.getuid()}


def foreign(state: AppState, request: Request) -> bool:
    """Whether another site's page sent the request, as far as the browser says where it comes from."""
    if request.method in SAFE and request.headers.get("Sec-Fetch-Mode") == "navigate":
        return False  # a link somebody follows; what sent it can read nothing
    return _elsewhere(state, request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin"))


def forged(state: AppState, request: Request) -> bool:
    """Whether a form comes without what our own pages put in it."""
    if request.method in SAFE:
        return False
    carried = request.headers.get("X-CSRF-Token") or request.form.get("csrf", "")
    return not hmac.compare_digest(carried.encode(), state.csrf.encode())


def holds_token(state: AppState, request: Request) -> bool:
    """Whether another `plea web` of the same person asks, which has read the token from its own file."""
    kind, _, key = request.headers.get("Authorization", "").partition(" ")
    return kind == "Bearer" and hmac.compare_digest(key.encode(), state.token.encode())


def seal(response: Response) -> Response:
    """The answer with the headers every answer has; a view may have set a policy of its own."""
    response.headers.update({**HEADERS, POLICY: response.headers.get(POLICY, HEADERS[POLICY])})
    return response


def _holds_cookie(state: AppState, cookies: Mapping[str, str]) -> bool:
    return hmac.compare_digest(cookies.get(state.cookie_name, "").encode(), state.cookie.encode())


def _elsewhere(state: AppState, site: str | None, origin: str | None) -> bool:
    """Whether one of the two names another site. To a browser another port of this machine is the `same-site`."""
    ours = {f"http://{host}" for host in state.hosts}
    return site not in {None, "same-origin", "none"} or (origin is not None and origin not in ours)


FORM = 1024 * 1024
"""Bytes of a form: a letter is a page of text."""
UPLOAD = 100 * 1024 * 1024
"""Bytes of a table of supporters, for a path that ends in `/upload` and a browser that holds the cookie."""
HEADER_LIMIT = 32 * 1024
FIELDS = 2000
"""Parts of a form that carries a file."""


def is_upload(path: str) -> bool:
    """Whether a path takes files. Such a view's address ends in `/upload`; all others take forms."""
    return path.endswith("/upload")
