"""What all pages share: where they write, what day it is, the keys to them, and when it is time to close."""

import hmac
import secrets
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from flask import current_app

from plea.system import clock

Shared = TypeVar("Shared")
TICKET_SECONDS = 120.0
"""How long the address given to a browser opens the page. Others on the machine can read what a browser is started
with, so what it is started with is good once and for a short time."""


def prove(token: str, asked: str) -> str:
    """What only a holder of the token can answer to a question."""
    return hmac.new(token.encode(), f"here {asked}".encode(), "sha256").hexdigest()


@dataclass
class AppState:
    """One running page. `folder` is where letters and campaigns go; `on` pins the date, None is today each time.

    `token` opens the page, `cookie` is what the browser has got for it.
    """

    folder: Path
    port: int
    on: date | None = None
    token: str = field(default_factory=secrets.token_urlsafe, repr=False)
    cookie: str = field(default_factory=secrets.token_urlsafe, repr=False)
    closing: threading.Event = field(default_factory=threading.Event)
    _tickets: dict[str, float] = field(default_factory=dict, repr=False)
    _last_use: float = field(default_factory=time.monotonic)
    _busy: int = 0
    _changed: threading.Condition = field(default_factory=threading.Condition, repr=False)

    @property
    def letters(self) -> Path:
        """The folder of one person's letters."""
        return self.folder / "letters"

    @property
    def campaigns(self) -> Path:
        """The folder of the campaigns."""
        return self.folder / "campaigns"

    @property
    def hosts(self) -> frozenset[str]:
        """The host names by which a browser may ask for the page; any other belongs to somebody else's site."""
        return frozenset({f"127.0.0.1:{self.port}", f"localhost:{self.port}"})

    @property
    def cookie_name(self) -> str:
        """Cookies know no ports: the name tells two pages on one machine apart."""
        return f"plea-{self.port}"

    def today(self) -> date:
        """The day the letters are dated."""
        return self.on or clock.today()

    def new_ticket(self) -> str:
        """A token that is good once, for the address a browser is started with."""
        ticket = secrets.token_urlsafe()
        with self._changed:
            self._tickets[ticket] = time.monotonic() + TICKET_SECONDS
        return ticket

    def accepts(self, key: str) -> bool:
        """Whether the key is the token, or a ticket; a ticket is used up."""
        with self._changed:
            until = self._tickets.pop(key, 0.0)
        return until > time.monotonic() or hmac.compare_digest(key.encode(), self.token.encode())

    def has_cookie(self, value: str) -> bool:
        """Whether this is the cookie that the token was exchanged for."""
        return hmac.compare_digest(value.encode(), self.cookie.encode())

    def note_use(self) -> None:
        """Note that somebody who may use the page has asked for something."""
        self._last_use = time.monotonic()

    def idle_seconds(self) -> float:
        """Seconds since somebody who may use the page asked for something; 0 while work goes on."""
        return 0.0 if self._busy else time.monotonic() - self._last_use

    @contextmanager
    def background_work(self) -> Iterator[None]:
        """Work in the background, such as a campaign's run: the page does not close under it.

        The work looks at `closing` and stops where it safely can.
        """
        with self._changed:
            self._busy += 1
        try:
            yield
        finally:
            with self._changed:
                self._busy -= 1
                self._last_use = time.monotonic()
                self._changed.notify_all()

    def wait_for_background_work(self) -> None:
        """Wait until all work in the background has ended."""
        with self._changed:
            self._changed.wait_for(lambda: not self._busy)


def raised_at(trace: TracebackType | None) -> str:
    """Where an error was raised, innermost call first, for a log that says nothing about the person."""
    frames = traceback.extract_tb(trace)[-6:]
    return " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames))


def app_state() -> AppState:
    """The state of the page that is running."""
    state = current_app.extensions["AppState"]
    assert isinstance(state, AppState)
    return state


def shared(kind: type[Shared]) -> Shared:
    """The one object of this class that all requests to the running page share."""
    instance = current_app.extensions.setdefault(kind.__name__, kind())
    assert isinstance(instance, kind)
    return instance
