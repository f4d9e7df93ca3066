"""The web server (waitress), told to look at a request's head before it takes in the body.

waitress keeps a body before the application sees the request. Here the head decides: a foreign Host, a body without a
length or one that is too large is answered without being read.
"""

import logging
import os
import signal
import socket
import tempfile
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from waitress import create_server, wasyncore
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.task import ErrorTask
from waitress.utilities import Error

from plea.errors import MachineError
from plea.web import instance, site
from plea.web.access import HEADER_LIMIT, UPLOAD
from plea.web.app_state import AppState
from plea.web.instance import Place

THREADS = 4
CONNECTIONS = 100
SPARE = 20
"""Connections that stay free for whoever comes with the cookie."""
IDLE_CONNECTION = 60
TICK = 0.5
"""Seconds between two looks at whether it is time to close."""


class Gate(Protocol):
    """Who decides about a request by its head, and what a refusal looks like."""

    def refusal(self, path: str, headers: Mapping[str, str], *, length: int, chunked: bool) -> int:
        """The HTTP status to refuse with, 0 to go on. The headers' names are as in CGI: `HOST`, `CONTENT_TYPE`."""

    def knows(self, headers: Mapping[str, str]) -> bool:
        """Whether the request is that of a guest, for whom a connection is kept."""

    def explain(self, status: int, headers: Mapping[str, str]) -> tuple[str, list[tuple[str, str]], bytes]:
        """Status line, headers and body of a refusal."""


class _RefusedError(Error):  # type: ignore[misc]
    def __init__(self, status: int) -> None:
        super().__init__("")
        self.code = status


class _Parser(HTTPRequestParser):  # type: ignore[misc]
    content_length: int

    def __init__(self, adjustments: Any, channel: "_Channel") -> None:
        super().__init__(adjustments)
        self._channel = channel

    def parse_header(self, header_plus: bytes) -> None:
        try:
            super().parse_header(header_plus)
            if self.proxy_netloc not in {"", self.headers.get("HOST")}:
                raise ParsingError("The address and Host name two hosts")
        except ValueError as error:  # a length of thousands of digits
            raise ParsingError("Content-Length is invalid") from error
        finally:
            if "COOKIE" in self.headers:
                self.headers["COOKIE"] = _readable(self.headers["COOKIE"])
        gate = self._channel.gate
        self._channel.known = self._channel.known or gate.knows(self.headers)
        length: int = self.content_length
        status = gate.refusal(self.path, self.headers, length=length, chunked=self.chunked)
        if status:
            self.error = _RefusedError(status)
            # For waitress: the request is complete as it is, and nobody is asked to go on.
            self.body_rcv = None
            self.content_length = 0
            self.expect_continue = False


def _readable(cookies: str) -> str:
    """The cookies as UTF-8. Other programs of this machine have the same name to a browser, and theirs may be none."""
    return cookies.encode("latin-1").decode("utf-8", "replace").encode().decode("latin-1")


class _RefusedTask(ErrorTask):  # type: ignore[misc]
    def execute(self) -> None:
        self.status, headers, body = self.channel.gate.explain(self.request.error.code, self.request.headers)
        self.response_headers.extend(headers)
        self.set_close_on_finish()
        self.content_length = len(body)
        if getattr(self.request, "command", "") != "HEAD":
            self.write(body)


class _Channel(HTTPChannel):  # type: ignore[misc]
    error_task_class = _RefusedTask

    def __init__(self, *arguments: Any, gate: Gate, **options: Any) -> None:
        self.gate = gate
        self.known = False  # whether somebody with the cookie has asked on this line
        super().__init__(*arguments, **options)

    def parser_class(self, adjustments: Any) -> _Parser:
        return _Parser(adjustments, self)

    def handle_close(self) -> None:
        super().handle_close()
        if self.request:
            self.request.close()  # the file of a body that was broken off


class Server:
    """Serves the application on a listening socket, one turn after the other."""

    def __init__(self, application: Any, listening: socket.socket, gate: Gate) -> None:
        # It would log addresses and tracebacks; what goes wrong in the application is logged there.
        logging.getLogger("waitress").setLevel(logging.CRITICAL + 1)
        self._map: dict[int, Any] = {}
        self._server = create_server(
            application,
            map=self._map,
            sockets=[listening],
            threads=THREADS,
            connection_limit=CONNECTIONS,
            channel_timeout=IDLE_CONNECTION,
            max_request_header_size=HEADER_LIMIT,
            max_request_body_size=UPLOAD,
            ident="",
            log_socket_errors=False,
        )
        self._server.channel_class = partial(_Channel, gate=gate)

    def turn(self) -> None:
        """Serve what there is, or wait a moment for it."""
        self._make_room()
        wasyncore.loop(timeout=TICK, map=self._map, count=1)

    def _make_room(self) -> None:
        """Where lines grow few, strangers who ask for nothing on theirs are cut off, who has held one longest first."""
        crowd = len(self._map) - (CONNECTIONS - SPARE)
        if crowd > 0:
            channels = [*self._server.active_channels.values()]
            for channel in [one for one in channels if not (one.known or one.requests)][:crowd]:
                channel.handle_close()

    def wake(self) -> None:
        """End the wait of this turn; for signal handlers and other threads."""
        self._server.pull_trigger()

    def pending(self) -> bool:
        """Whether an answer is still under way."""
        return any(channel.requests or channel.total_outbufs_len for channel in self._server.active_channels.values())

    def close(self) -> None:
        """End it; a request that is being worked on gets a few seconds."""
        self._server.task_dispatcher.shutdown()
        wasyncore.close_all(self._map)


FLUSH_TURNS = 10

Announced = Callable[[Place, str], None]
"""Told where the page is, with a ticket for the browser, once it listens."""


def serve(folder: Path, on: date | None, port: int, idle: float, announced: Announced) -> None:
    """Open the page on a port (0: any free one) and serve it until it is told to stop or alone for `idle` seconds.

    Raises MachineError when the port is taken.
    """
    with _listen(port) as listening:
        state = AppState(folder, listening.getsockname()[1], on)
        app = site.create_app(state)
        server = Server(app, listening, site.Gatekeeper(app, state))
        site.log_to_stderr()
        signal.signal(signal.SIGTERM, partial(_close, state, server))
        place = Place(state.port, state.token, os.getpid(), str(folder))
        instance.announce(place)
        try:
            announced(place, state.new_ticket())
            _run(server, state, idle)
        finally:
            instance.withdraw()
            state.closing.set()
            server.close()
            state.wait_for_background_work()


def made(folder: Path | None) -> Path:
    """The folder to write in (None: `plea` among the person's documents), made 0700 if it is not there.

    Raises MachineError when nothing can be written in it.
    """
    folder = (folder or _documents()).expanduser().absolute()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError as error:
        raise MachineError(
            f"{folder}: cannot be written in: {error.strerror}", "Name another folder with --folder."
        ) from error


def _documents() -> Path:
    from platformdirs import user_documents_path

    return user_documents_path() / "plea"


def _run(server: Server, state: AppState, idle: float) -> None:
    """Serve until somebody says stop or nobody has come for so many seconds; answers under way are still sent."""
    while not state.closing.is_set() and state.idle_seconds() < idle:
        server.turn()
    for _ in range(FLUSH_TURNS):
        if not server.pending():
            return
        server.turn()


def _close(state: AppState, server: Server, *_signal: object) -> None:
    state.closing.set()
    server.wake()


def _listen(port: int) -> socket.socket:
    """A socket that hears this machine alone. Raises MachineError when the port is taken."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.bind(("127.0.0.1", port))
        listening.listen()
    except OSError as error:
        listening.close()
        raise MachineError(
            f"Port {port} cannot be had: {error.strerror}", "Leave --port out: any free one will do."
        ) from error
    return listening
