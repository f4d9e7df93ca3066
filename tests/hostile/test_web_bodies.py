"""More than a page should be sent: refused by its head, with nothing of it kept in memory or on disk."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from web_page import Browser, Page, open_page

MEGABYTE = 1024 * 1024
GIGABYTE = 1024 * MEGABYTE
SENT_AT_MOST = 16 * MEGABYTE  # what two sockets hold between them, and then some


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page whose temporary files would lie where the tests look."""
    pytest.importorskip("flask", reason="the extra plea[web] is not installed")
    folder = tmp_path_factory.mktemp("page")
    (folder / "tmp").mkdir()
    with open_page(folder, folder / "papers", TMPDIR=str(folder / "tmp")) as page:
        yield page
        assert page.process.poll() is None
        assert page.said() == ""


def memory(page: Page) -> int:
    """Bytes the program held at its highest, which never falls."""
    status = Path(f"/proc/{page.process.pid}/status")
    if not status.is_file():
        pytest.skip("no /proc here to read the memory of a process from")
    [line] = [line for line in status.read_text().splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) * 1024


def kept_on_disk(page: Page) -> int:
    """Bytes in temporary files the program holds open, deleted ones included."""
    held = 0
    for handle in Path(f"/proc/{page.process.pid}/fd").iterdir():
        with suppress(OSError):
            if str(page.home) in str(handle.readlink()):
                held += handle.stat().st_size
    return held


def head(page: Page, browser: Browser, path: str, *more: str) -> bytes:
    cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    lines = [f"POST {path} HTTP/1.1", f"Host: 127.0.0.1:{page.port}", f"Cookie: {cookie}", *more]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


def pour(page: Page, first: bytes, piece: bytes, amount: int) -> tuple[bytes, int]:
    """What comes back for a head and as many pieces as the other end takes; and how many bytes it took."""
    sent, answer = 0, b""
    with socket.create_connection(("127.0.0.1", page.port), timeout=20) as line:
        with suppress(ConnectionError):
            line.sendall(first)
            while sent < amount:
                sent += line.send(piece)
        with suppress(ConnectionError):
            answer = line.recv(65536)
    return answer, sent


@pytest.mark.parametrize("path", ["/campaign/bees/upload", "/upload", "/language"])
@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (f"Content-Length: {GIGABYTE}", b"413"),
        ("Transfer-Encoding: chunked", b"411"),
        (f"Content-Length: {GIGABYTE}\r\nExpect: 100-continue", b"413"),
        ("Transfer-Encoding: chunked\r\nExpect: 100-continue", b"411"),
    ],
)
def test_a_gigabyte_is_refused_by_its_head(page: Page, path: str, said: str, expected: bytes) -> None:
    browser = page.browser()
    before = memory(page)
    piece = b"%x\r\n" % 65536 + b"x" * 65536 + b"\r\n" if "chunked" in said else b"x" * 65536
    answer, sent = pour(page, head(page, browser, path, said), piece, GIGABYTE)
    assert answer.startswith(b"HTTP/1.1 " + expected)
    assert sent < SENT_AT_MOST
    assert memory(page) - before < 8 * MEGABYTE
    assert kept_on_disk(page) < MEGABYTE
    assert browser.get("/").status == 200


def test_a_table_may_be_large_where_tables_are_taken_and_nowhere_else(page: Page) -> None:
    browser = page.browser()
    files = {"table": ("signers.csv", b"x" * (2 * MEGABYTE))}
    assert browser.post("/campaign/bees/upload", files=files).status == 404  # taken; there is no such campaign
    assert browser.post("/language", {"language": "es"}, files=files).status == 413
    other = f"http://127.0.0.1:{page.port + 1}"  # whose pages send our cookie along
    assert browser.post("/campaign/bees/upload", files=files, Origin=other).status == 403
    assert browser.post("/campaign/bees/upload", files=files, Sec_Fetch_Site="same-site").status == 403


@pytest.mark.parametrize("cookies", ["", "plea-{port}=wrong", "plea-{port}=", "x=plea-{port}"])
def test_nothing_is_kept_of_a_table_from_somebody_without_the_cookie(page: Page, cookies: str) -> None:
    stranger = Browser(page.port)
    stranger.cookies = dict([cookies.format(port=page.port).split("=")]) if cookies else {}
    first = head(page, stranger, "/campaign/bees/upload", f"Content-Length: {90 * MEGABYTE}")
    answer, sent = pour(page, first, b"x" * 65536, 90 * MEGABYTE)
    assert answer.startswith(b"HTTP/1.1 403")
    assert sent < SENT_AT_MOST
    assert kept_on_disk(page) < MEGABYTE


def test_a_form_may_hold_a_megabyte_and_no_thousands_of_parts(page: Page) -> None:
    browser = page.browser()
    assert browser.post("/language", {"language": "es", "more": "x" * 900_000}).status == 200
    assert browser.post("/language", {"language": "es", "more": "x" * 1_100_000}).status == 413
    many = {f"f{number}": "x" for number in range(3000)}
    assert browser.post("/language", {"language": "es", **many}, files={"file": ("a", b"b")}).status == 413


def test_the_fields_of_a_form_with_a_file_are_limited_too(page: Page) -> None:
    browser, file = page.browser(), {"file": ("a", b"b")}
    assert browser.post("/language", {"language": "es", "more": "x" * 900_000}, files=file).status == 200
    assert (
        browser.post("/language", {"language": "es", **{f"f{n}": "x" for n in range(1500)}}, files=file).status == 200
    )
    assert browser.post("/campaign/bees/upload", {"more": "x" * 1_100_000}, files=file).status == 413


def test_a_body_that_was_refused_is_not_taken_for_requests(page: Page) -> None:
    browser = page.browser()
    inner = head(page, browser, "/nothing").replace(b"POST", b"GET")
    with socket.create_connection(("127.0.0.1", page.port), timeout=20) as line, suppress(ConnectionError):
        line.sendall(head(page, browser, "/language", f"Content-Length: {GIGABYTE}") + inner * 3)
        answer = b""
        while part := line.recv(65536):
            answer += part
    assert answer.count(b"HTTP/1.1 ") == 1


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (b"GET / HTTP/1.1\r\nA: " + b"x" * MEGABYTE, b"431"),
        (b"GET / HTTP/1.1\r\n" + b"A: b\r\n" * 100_000, b"431"),
        (b"GET /" + b"x" * MEGABYTE, b"431"),
        (b"POST / HTTP/1.1\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n", b""),
        (b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", b"400"),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n", b"501"),
        (b"\0" * 100_000, b"431"),
    ],
)
def test_heads_that_never_end_end_the_line_and_nothing_else(page: Page, sent: bytes, expected: bytes) -> None:
    before = memory(page)
    answer, _ = pour(page, sent, b"", 0)
    assert expected in answer[:16]
    assert memory(page) - before < 8 * MEGABYTE
    assert page.browser().get("/").status == 200


@pytest.mark.parametrize(
    "first",
    [
        b"",
        b"GET / HTTP/1.1\r\n",
        b"POST /language HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 10\r\n\r\n1",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",  # answered, and then held
    ],
)
def test_whoever_holds_all_connections_does_not_keep_the_person_out(page: Page, first: bytes) -> None:
    browser = page.browser()
    with ExitStack() as held:
        for _ in range(400):
            connection = held.enter_context(socket.create_connection(("127.0.0.1", page.port), timeout=20))
            with suppress(ConnectionError):
                connection.sendall(first)
        begin = time.monotonic()
        for _ in range(3):
            assert browser.get("/").status == 200
        assert time.monotonic() - begin < 10
