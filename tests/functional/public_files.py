"""Public files as the publishers have them, made up: large enough to pass for whole ones. And a server for them."""

import io
import json
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SEATS = {"VT": 1, "IL": 17, "TX": 38}


def members() -> list[dict[str, Any]]:
    """520 members: enough of them for a file to count as whole."""
    made = [_member(f"S{number:06}", "sen", state) for number, state in enumerate(("VT", "VT", "IL", "IL"))]
    made.append(_member("R000000", "rep", "VT", 0))
    made += [_member(f"I{number:06}", "rep", "IL", number) for number in range(1, 18)]
    return made + [_member(f"T{number:06}", "rep", "TX", number % 38 + 1) for number in range(500)]


def _member(key: str, kind: str, state: str, district: int | None = None) -> dict[str, Any]:
    term: dict[str, Any] = {
        "type": kind,
        "start": "2025-01-03",
        "end": "2027-01-03" if kind == "rep" else "2031-01-03",
        "state": state,
    }
    if district is not None:
        term["district"] = district
    return {"id": {"bioguide": key}, "name": {"first": "Member", "last": key}, "terms": [term]}


def files() -> dict[str, bytes]:
    """Every public file by its name."""
    offices = [
        {"id": {"bioguide": f"T{n:06}"}, "offices": [_office(f"T{n:06}-town", n), _office(f"T{n:06}-city", n)]}
        for n in range(500)
    ]
    committees = [{"thomas_id": f"SS{n:02}", "name": f"Committee {n}", "type": "senate"} for n in range(100)]
    seats = {f"SS{n:02}": [{"bioguide": f"T{one:06}"} for one in range(25)] for n in range(100)}
    term = {"type": "prez", "start": "2025-01-20", "end": "2029-01-20"}
    executive = [{"id": {}, "name": {"first": "Jane", "last": "Doe"}, "terms": [term] * 100}]
    return {
        "legislators-current.json": _json(members()),
        "legislators-district-offices.json": _json(offices),
        "committees-current.json": _json(committees),
        "committee-membership-current.json": _json(seats),
        "executive.json": _json(executive),
        "tab20_cd11920_zcta520_natl.txt": relationship().encode("utf-8-sig"),
        "2024_Gaz_zcta_national.zip": gazetteer(),
    }


def _json(value: Any) -> bytes:
    return json.dumps(value).encode()


def _office(key: str, number: int) -> dict[str, Any]:
    return {"id": key, "address": f"{number} Main St.", "city": "Dallas", "state": "TX", "zip": "75001"}


def relationship() -> str:
    """Burlington in Vermont's one district, Woodstock, Illinois, in three, and 36,000 more ZIP codes in Texas."""
    rows = ["5000|05401|9|0", "1710|60098|9|0", "1711|60098|9|0", "1716|60098|9|0"]
    rows += [f"48{number % 38 + 1:02}|{number:05}|9|0" for number in range(75000, 79000)]
    rows += [f"48{number % 38 + 1:02}|{number:05}|9|0" for number in range(10000, 43000)]
    return "\n".join(["GEOID_CD119_20|GEOID_ZCTA5_20|AREALAND_PART|AREAWATER_PART", *rows]) + "\n"


def gazetteer() -> bytes:
    """A center for Burlington, and 31,000 more."""
    rows = ["05401\t44.48\t-73.22", *(f"{number:05}\t40.0\t-90.0" for number in range(10000, 41000))]
    text = "\n".join(["GEOID\tINTPTLAT\tINTPTLONG                 ", *rows])
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("2024_Gaz_zcta_national.txt", text)
    return packed.getvalue()


@dataclass
class Publisher:
    """A server on this machine. `asked` are the requests; `faults` say what goes wrong with a file."""

    content: dict[str, bytes]
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    faults: dict[str, Callable[["Handler", bytes], None]] = field(default_factory=dict)
    url: str = ""

    def names(self) -> list[str]:
        """The files asked for, in order."""
        return [path.rsplit("/", 1)[-1] for path, _ in self.asked]


class Handler(BaseHTTPRequestHandler):
    """Answers with the file, 304 when the copy is good, or the fault."""

    publisher: Publisher

    def do_GET(self) -> None:
        self.publisher.asked.append((self.path, dict(self.headers)))
        name = self.path.partition("?")[0].rsplit("/", 1)[-1]
        content = self.publisher.content.get(name)
        if name in self.publisher.faults:
            self.publisher.faults[name](self, content or b"")
        elif content is None:
            self.send_error(404)
        elif self.headers.get("If-None-Match") == etag(content):
            self.send_response(304)
            self.end_headers()
        else:
            self.send_whole(content)

    def send_whole(self, content: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("ETag", etag(content))
        self.send_header("Last-Modified", "Mon, 15 Jun 2026 10:00:00 GMT")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Stay quiet."""


def etag(content: bytes) -> str:
    return f'"{len(content)}-{sum(content[:1000])}"'


def status(code: int) -> Callable[[Handler, bytes], None]:
    return lambda handler, _content: handler.send_error(code)


def cut_short(handler: Handler, content: bytes) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content[: len(content) // 2])


def slow(handler: Handler, content: bytes) -> None:
    """A few bytes at a time, for ever."""
    handler.send_response(200)
    handler.end_headers()
    for start in range(0, len(content), 10):
        try:
            handler.wfile.write(content[start : start + 10])
            handler.wfile.flush()
        except OSError:
            return
        time.sleep(0.05)


def redirect(target: str) -> Callable[[Handler, bytes], None]:
    def answer(handler: Handler, _content: bytes) -> None:
        handler.send_response(302)
        handler.send_header("Location", target)
        handler.end_headers()

    return answer


def instead(content: bytes) -> Callable[[Handler, bytes], None]:
    return lambda handler, _content: handler.send_whole(content)


@contextmanager
def publishing(content: dict[str, bytes]) -> Iterator[Publisher]:
    """The server, for as long as it is needed."""
    publisher = Publisher(content)
    handler = type("Volume", (Handler,), {"publisher": publisher})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    publisher.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield publisher
    finally:
        server.shutdown()
        server.server_close()
