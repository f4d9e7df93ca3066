"""Who may use the page, and the headers of every answer.

The page listens on this machine only, but other users of the machine and every site that is open in the browser can
reach it. So it answers only to its own host names (another name could have been made to lead here), the address with a
token is exchanged for a cookie, and a form comes from our own pages and carries what no other site can read (CSRF).
"""

import hmac
import os
import socket
import sys
from pathlib import Path

from flask import Request, Response

from plea.web.app_state import AppState

FORM_BYTES = 1024 * 1024
"""The most that a form may send: a letter is a page of text."""
UPLOAD_BYTES = 100 * 1024 * 1024
"""The most that a table of supporters may have: sent to an address that ends in `/upload`, with the cookie."""
ROOT = 0
SAFE_METHODS = frozenset({"GET", "HEAD"})
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
CONNECTIONS = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))
LOCAL, REMOTE, USER = 1, 2, 7
"""Columns of the kernel's table of connections (Linux, proc_net_tcp)."""


def has_cookie(state: AppState, value: str | None) -> bool:
    """Whether this is the cookie that the token was exchanged for."""
    return hmac.compare_digest((value or "").encode(), state.cookie.encode())


def has_token(state: AppState, request: Request) -> bool:
    """Whether another `plea web` of the same person asks, which has read the token from its own file."""
    kind, _, key = request.headers.get("Authorization", "").partition(" ")
    return kind == "Bearer" and hmac.compare_digest(key.encode(), state.token.encode())


def is_from_another_user(state: AppState, request: Request) -> bool:
    """Whether a process of another user of this machine asks; root may do anything, and not every machine can tell.

    A browser sends a cookie to every port of 127.0.0.1, so whoever opens the page of somebody else on this machine
    shows them ours; it must not serve them.
    """
    address = int.from_bytes(socket.inet_aton(request.environ["REMOTE_ADDR"]), sys.byteorder)
    here, there = f"{address:08X}:{int(request.environ.get('REMOTE_PORT', 0)):04X}", f":{state.port:04X}"
    for table in CONNECTIONS:
        if not table.is_file():  # not Linux
            continue
        for row in map(str.split, table.read_text("ascii").splitlines()[1:]):
            if row[LOCAL].endswith(here) and row[REMOTE].endswith(there):
                return int(row[USER]) not in {ROOT, os.getuid()}
    return False


def is_from_another_site(state: AppState, request: Request) -> bool:
    """Whether another site's page sent the request, as far as the browser says where it comes from.

    To a browser another port of this machine is the `same-site`, not the `same-origin`.
    """
    if request.method in SAFE_METHODS and request.headers.get("Sec-Fetch-Mode") == "navigate":
        return False  # somebody follows a link; the page that has it cannot read the answer
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    own = {f"http://{host}" for host in state.hosts}
    return site not in {None, "same-origin", "none"} or (origin is not None and origin not in own)


def body_limit(state: AppState, path: str, cookies: str) -> int:
    """The most bytes that a request may bring, by its path and its cookie header."""
    invited = any(
        has_cookie(state, value)
        for name, _, value in (cookie.strip().partition("=") for cookie in cookies.split(";"))
        if name == state.cookie_name
    )
    return UPLOAD_BYTES if invited and path.endswith("/upload") else FORM_BYTES


def add_headers(response: Response) -> Response:
    """The answer with the headers that every answer has; a view may have set a policy of its own."""
    response.headers.update({**HEADERS, POLICY: response.headers.get(POLICY, HEADERS[POLICY])})
    return response
