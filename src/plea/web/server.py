"""The web server (waitress) on a port of this machine, from its start until somebody stops it or nobody comes."""

import logging
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Any

from waitress import create_server
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.utilities import Error

from plea.errors import MachineError
from plea.web import site
from plea.web.app_state import AppState

CONNECTIONS = 150
"""Open at a time before idle ones are closed. Fewer than the files that a process may have open (256 on macOS)."""
SETTINGS = {
    "threads": 4,
    "connection_limit": CONNECTIONS + 50,
    "channel_timeout": 60,
    "max_request_header_size": 64 * 1024,
    "max_request_body_size": site.UPLOAD_BYTES,
    "ident": "",
    "log_socket_errors": False,
}
LOOK_AGAIN = 0.25
"""Seconds between two looks at whether it is time to close."""
LAST_ANSWERS = 5.0
"""Seconds that answers under way may take when the page closes."""


def serve(
    folder: Path,
    on: date | None,
    port: int,
    idle: float,
    announced: Callable[[AppState], AbstractContextManager[None]],
) -> None:
    """Open the page on a port (0: any free one) and serve it until it is told to stop or unused for `idle` seconds.

    `announced` is entered when the page listens, and left when it is about to close. Raises MachineError when the port
    is taken.
    """
    with _listen(port) as listening:
        state = AppState(folder, listening.getsockname()[1], on)
        # It would log addresses and tracebacks; what goes wrong in the application is logged there.
        logging.getLogger("waitress").setLevel(logging.CRITICAL + 1)
        server: Any = create_server(site.create_app(state), sockets=[listening], **SETTINGS)
        server.channel_class = _channel_class(state)
        site.log_to_stderr()
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        threading.Thread(target=server.run, daemon=True).start()
        try:
            with announced(state):
                while not state.closing.wait(LOOK_AGAIN) and state.idle_seconds() < idle:
                    pass
        finally:
            state.closing.set()
            until = time.monotonic() + LAST_ANSWERS
            while time.monotonic() < until and any(
                channel.requests or channel.total_outbufs_len for channel in [*server.active_channels.values()]
            ):
                time.sleep(0.05)
            server.task_dispatcher.shutdown()
            server.close()
            state.wait_for_background_work()


class _LengthRequiredError(Error):  # type: ignore[misc]
    code, reason = 411, "Length Required"


def _channel_class(state: AppState) -> type[HTTPChannel]:
    """Connections that refuse a body by the head of its request, and make room for new ones when there are many.

    By waitress' settings alone every site that is open in the browser could make it write bodies of 100 MiB to the disk
    before the application sees who asks (tests/hostile/test_web_bodies.py), and another program could keep the person
    out by holding all connections. A request without the body that is too large goes to the application, which answers
    as its own rules say; what comes after the head is never taken for another request.
    """

    class Parser(HTTPRequestParser):  # type: ignore[misc]
        chunked: bool
        content_length: int

        def parse_header(self, header_plus: bytes) -> None:
            super().parse_header(header_plus)
            limit = site.body_limit(state, self.path, self.headers.get("COOKIE", ""))
            if self.chunked:  # no browser sends a form of unknown length
                self.error = _LengthRequiredError("A form says how long it is.")
            if self.chunked or self.content_length > limit:
                self.body_rcv, self.chunked, self.content_length, self.expect_continue = None, False, 0, False
                self.headers["CONNECTION"] = "close"

    class Channel(HTTPChannel):  # type: ignore[misc]
        parser_class = Parser

        def __init__(self, server: Any, *arguments: Any, **options: Any) -> None:
            open_channels = [channel for channel in server.active_channels.values() if not channel.will_close]
            idle = [channel for channel in open_channels if not channel.requests]
            if len(open_channels) >= CONNECTIONS and idle:
                min(idle, key=lambda channel: (channel.total_outbufs_len > 0, channel.last_activity)).will_close = True
            super().__init__(server, *arguments, **options)

        def handle_close(self) -> None:
            if self.request is not None:
                self.request.close()  # the file on the disk of an upload that was broken off
            super().handle_close()

    return Channel


def make_folder(folder: Path | None) -> Path:
    """The folder to write in (None: `plea` among the person's documents), made 0700 if it is not there.

    Raises MachineError when nothing can be written in it.
    """
    if folder is None:
        from platformdirs import user_documents_path

        folder = user_documents_path() / "plea"
    folder = folder.expanduser().absolute()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError as error:
        raise MachineError("web.folder_not_writable", str(folder), reason=error.strerror) from error


def _listen(port: int) -> socket.socket:
    """A socket that this machine alone can reach. Raises MachineError when the port is taken."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.bind(("127.0.0.1", port))
        listening.listen()
    except OSError as error:
        listening.close()
        raise MachineError("web.port_taken", port=str(port), reason=error.strerror) from error
    return listening
