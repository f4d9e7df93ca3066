"""A real `plea web` for a test: a process of its own, on a port, in a home and a folder of its own, ended by the test.

    with open_page(home, folder, "--date", "2026-11-22") as page:
        browser = page.browser()
        answer = browser.get("/letter/")
        answer = browser.submit(answer.form("/place"), {"city": "Burlington"})

`Browser` does what a browser without scripts does: keeps cookies, follows redirects, sends forms as they stand.
"""

import json
import os
import secrets
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode, urljoin, urlsplit

Values = Mapping[str, str | Sequence[str]]
Files = Mapping[str, tuple[str, bytes]]
"""Name of the field to file name and content."""


@dataclass
class Form:
    """A form as it stands on a page: where it goes, what it would send, its buttons."""

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)
    """Name, value, and an address of its own if it has one."""


class _Reading(HTMLParser):
    """Reads the forms of a page, and its words."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.words: list[str] = []
        self.parents: list[str] = []
        self._open: tuple[str, list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(Form(own.get("action", ""), own.get("method", "get").upper()))
        elif self.forms and tag in {"input", "textarea", "select", "option", "button"}:
            self._control(tag, own)

    def _control(self, tag: str, own: dict[str, str]) -> None:
        form, name = self.forms[-1], own.get("name", "")
        ticked = own.get("type") not in {"checkbox", "radio"} or "checked" in own
        if tag == "button":
            form.buttons.append((name, own.get("value", ""), own.get("formaction", "")))
        elif tag == "input" and name and ticked and own.get("type") != "file":
            form.values.setdefault(name, []).append(own.get("value", "on" if "checked" in own else ""))
        elif tag == "textarea":
            form.values.setdefault(name, []).append("")
            self._open = (name, [])
        elif tag == "select":
            self._open = (name, [])
        elif tag == "option" and self._open and "selected" in own:
            form.values[self._open[0]] = [own.get("value", "")]

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._open:
            name, parts = self._open
            self.forms[-1].values[name][-1] = "".join(parts).removeprefix("\n")
        if tag in {"textarea", "select"}:
            self._open = None

    def handle_data(self, data: str) -> None:
        if self._open:
            self._open[1].append(data)
        self.words.append(data)


@dataclass(frozen=True)
class Answer:
    """What came back, after redirects. `path` is where it came from."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    path: str

    @property
    def text(self) -> str:
        """The page as it was sent."""
        return self.body.decode()

    @property
    def words(self) -> str:
        """What is read on the page, with runs of white space as one space."""
        return " ".join("".join(self._read().words).split())

    @property
    def forms(self) -> list[Form]:
        """Every form on the page."""
        return self._read().forms

    def form(self, action: str) -> Form:
        """The one form whose address ends so."""
        found = [form for form in self.forms if urljoin(self.path, form.action).endswith(action)]
        assert len(found) == 1, f"{len(found)} forms to {action} on {self.path}\n{self.text}"
        return found[0]

    def _read(self) -> _Reading:
        reading = _Reading()
        reading.feed(self.text)
        return reading


class Browser:
    """A browser without scripts, with cookies of its own."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self.csrf = ""
        self.last_path = "/"

    def get(self, path: str, **headers: str) -> Answer:
        """Go to an address; headers as keywords, `Accept_Language="es"`."""
        return self._go("GET", path, b"", _named(headers))

    def post(
        self, path: str, values: Values | None = None, *, files: Files | None = None, csrf: bool = True, **headers: str
    ) -> Answer:
        """Send a form of these values, with the secret the last page's forms carried."""
        pairs = _pairs({**({"csrf": self.csrf} if csrf else {}), **(values or {})})
        body, kind = _multipart(pairs, files) if files else (urlencode(pairs).encode(), "")
        kind = kind or "application/x-www-form-urlencoded"
        return self._go("POST", path, body, {"Content-Type": kind, **_named(headers)})

    def submit(
        self,
        form: Form,
        values: Values | None = None,
        *,
        button: tuple[str, str] | None = None,
        files: Files | None = None,
    ) -> Answer:
        """Send a form as it stands, but for these values (an empty sequence unticks); `button`: its name and value."""
        address = form.action
        filled: dict[str, Sequence[str] | str] = {**form.values, **(values or {})}
        if button:
            [own] = [own for name, value, own in form.buttons if (name, value) == button]
            address = own or address
            filled[button[0]] = button[1]
        return self.post(urljoin(self.last_path, address), filled, files=files, csrf=False)

    def _go(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        answer = self.once(method, path, body, headers)
        for _ in range(5):
            if answer.status not in {301, 302, 303, 307, 308}:
                break
            place = urlsplit(urljoin(path, answer.headers["location"]))
            path = place.path + (f"?{place.query}" if place.query else "")
            if answer.status not in {307, 308}:
                method, body = "GET", b""
            answer = self.once(method, path, body, {} if not body else headers)
        self.last_path = answer.path
        if "text/html" in answer.headers.get("content-type", ""):
            secret = [form.values["csrf"][0] for form in answer.forms if "csrf" in form.values]
            self.csrf = secret[0] if secret else self.csrf
        return answer

    def once(self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Answer:
        """One request as it is, without following where it leads."""
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()), **(headers or {})}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.connect()
            with suppress(BrokenPipeError, ConnectionResetError):  # who refuses early has answered already
                connection.request(method, path, body or None, sent)
            answer = connection.getresponse()
            content = answer.read()
            for header in answer.headers.get_all("Set-Cookie", []):
                self.cookies |= {name: part.value for name, part in SimpleCookie(header).items()}
            heads = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, heads, content, path)
        finally:
            connection.close()


@dataclass
class Page:
    """A `plea web` that runs."""

    address: str
    port: int
    folder: Path
    home: Path
    process: subprocess.Popen[str]
    log: Path

    @property
    def token(self) -> str:
        """What opens it."""
        return self.address.partition("token=")[2]

    def browser(self) -> Browser:
        """A browser that has opened the page."""
        browser = Browser(self.port)
        answer = browser.get(self.address.partition(str(self.port))[2])
        assert answer.status == 200, answer.text
        return browser

    def said(self) -> str:
        """What the program has printed on stderr so far."""
        return self.log.read_text()


@contextmanager
def open_page(home: Path, folder: Path, *options: str, browser: bool = False, **env: str) -> Iterator[Page]:
    """Start `plea web` and give the page; it is ended at the end, however it went."""
    log = home / f"stderr-{secrets.token_hex(4)}.txt"
    quiet = [] if browser else ["--no-browser"]
    with log.open("w") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "plea", "web", *quiet, "--json", "--folder", str(folder), *options],
            env={**os.environ, "PLEA_HOME": str(home), "PYTHONWARNINGS": "default", **env},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
            preexec_fn=heed_control_c,  # noqa: PLW1509 (the parent has no threads)
        )
    try:
        assert process.stdout
        line = process.stdout.readline()
        assert line, log.read_text()
        said = json.loads(line)
        yield Page(said["address"], said["port"], folder, home, process, log)
    finally:
        process.terminate()
        try:
            process.communicate(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


def heed_control_c() -> None:
    """A job in the background of a script has Control-C turned off, and its children with it: turn it on again."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _named(headers: Mapping[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def _pairs(values: Values) -> list[tuple[str, str]]:
    return [(name, value) for name, held in values.items() for value in ([held] if isinstance(held, str) else held)]


def _multipart(pairs: Sequence[tuple[str, str]], files: Files) -> tuple[bytes, str]:
    mark = secrets.token_hex(16)
    head = f"--{mark}\r\nContent-Disposition: form-data; name="
    parts = [f'{head}"{name}"\r\n\r\n{value}\r\n'.encode() for name, value in pairs]
    for name, (file, content) in files.items():
        kind = "Content-Type: application/octet-stream"
        parts.append(f'{head}"{name}"; filename="{file}"\r\n{kind}\r\n\r\n'.encode() + content + b"\r\n")
    return b"".join(parts) + f"--{mark}--\r\n".encode(), f"multipart/form-data; boundary={mark}"
