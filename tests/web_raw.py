"""Requests to a page below what a browser would send: heads as they are, and the status that comes back."""

import socket
from contextlib import suppress

from web_page import Browser, Page


def send_raw(page: Page, request: bytes) -> bytes:
    """What comes back for bytes sent as they are; a line may be cut once it has said why."""
    parts = []
    with socket.create_connection(("127.0.0.1", page.port), timeout=20) as line:
        with suppress(OSError):
            line.sendall(request)
            line.shutdown(socket.SHUT_WR)
        with suppress(ConnectionError):
            while part := line.recv(65536):
                parts.append(part)
    return b"".join(parts)


def head(page: Page, browser: Browser, first: str = "GET / HTTP/1.1", **headers: str) -> bytes:
    """The head of a request that has the right cookie."""
    cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    named = {"Host": f"127.0.0.1:{page.port}", "Cookie": cookie, "Connection": "close"} | {
        name.replace("_", "-"): value for name, value in headers.items()
    }
    lines = [first, *(f"{name}: {value}" for name, value in named.items() if value)]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])
