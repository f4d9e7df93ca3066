"""One page from its first breath to its last: a socket, a folder, a door, and the turns of the server."""

import os
import signal
import socket
import tempfile
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from plea.errors import MachineError
from plea.web import instance, site
from plea.web.door import Door
from plea.web.instance import Place
from plea.web.wire import Server

FLUSH_TURNS = 10

Announced = Callable[[Place, str], None]
"""Told where the page is, with a ticket for the browser, once it listens."""


def serve(folder: Path, on: date | None, port: int, idle: float, announced: Announced) -> None:
    """Open the page on a port (0: any free one) and serve it until it is told to stop or alone for `idle` seconds.

    Raises MachineError when the port is taken.
    """
    with _listen(port) as listening:
        door = Door(folder, listening.getsockname()[1], on)
        app = site.create_app(door)
        server = Server(app, listening, site.Gatekeeper(app, door))
        site.log_to_stderr()
        signal.signal(signal.SIGTERM, partial(_close, door, server))
        place = Place(door.port, door.token, os.getpid(), str(folder))
        instance.announce(place)
        try:
            announced(place, door.new_ticket())
            _run(server, door, idle)
        finally:
            instance.withdraw()
            door.closing.set()
            server.close()
            door.wait_for_company()


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


def _run(server: Server, door: Door, idle: float) -> None:
    """Serve until somebody says stop or nobody has come for so many seconds; answers under way are still sent."""
    while not door.closing.is_set() and door.alone() < idle:
        server.turn()
    for _ in range(FLUSH_TURNS):
        if not server.pending():
            return
        server.turn()


def _close(door: Door, server: Server, *_signal: object) -> None:
    door.closing.set()
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
