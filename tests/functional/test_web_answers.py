"""What the page answers, whatever is asked: nothing from outside its folders, always the same headers, plain words."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from web_page import Answer, Browser, Page, open_page
from web_raw import head, send_raw, status

HEADERS = {
    "content-security-policy": "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' blob: data:; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="module")
def shared_page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page that all tests of this file ask; none of them may end it."""
    pytest.importorskip("flask", reason="the extra plea[web] is not installed")
    folder = tmp_path_factory.mktemp("page")
    with open_page(folder, folder / "papers", "--date", "2026-11-22") as page:
        yield page
        assert page.process.poll() is None
        # Whatever was asked for, with whatever secrets in it: the log says nothing of it.
        assert page.said() == ""


def sealed(answer: Answer) -> bool:
    return HEADERS.items() <= answer.headers.items()


# --- what is asked for ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/static/../front.html.j2",
        "/static/%2e%2e/front.html.j2",
        "/static/..%2ffront.html.j2",
        "/static/..%5cfront.html.j2",
        "/static//etc/passwd",
        "/static/%2fetc%2fpasswd",
        "/static/plea.css%00.j2",
        "/../../etc/passwd",
        "//etc/passwd",
    ],
)
def test_no_path_leads_out_of_what_is_served(shared_page: Page, path: str) -> None:
    answer = send_raw(shared_page, head(shared_page, shared_page.browser(), f"GET {path} HTTP/1.1"))
    assert status(answer) in {404, 308}  # 308: to the same path without the doubled slash, which is not there either
    assert b"root:" not in answer
    assert b"{% extends" not in answer


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "CONNECT", "PROPFIND"])
def test_other_methods_do_nothing(shared_page: Page, method: str) -> None:
    assert shared_page.browser().once(method, "/stop").status in {403, 404, 405}


def test_every_answer_says_how_it_may_be_used(shared_page: Page) -> None:
    browser = shared_page.browser()
    answers = {
        200: browser.once("GET", "/"),
        303: browser.once("GET", f"/?token={shared_page.token}"),
        400: browser.once("POST", "/language", f"csrf={browser.csrf}".encode(), FORM),
        403: Browser(shared_page.port).once("GET", "/"),
        404: browser.once("GET", "/nothing"),
        405: browser.once("GET", "/language"),
        413: browser.once("POST", "/language", b"", {"Content-Length": "2000000"}),
        421: browser.once("GET", "/", headers={"Host": "evil.example"}),
    }
    for expected, answer in answers.items():
        assert answer.status == expected
        assert sealed(answer), (expected, answer.headers)
        assert "server" not in answer.headers
    for path in ("/static/plea.css", "/static/nothing.css"):
        assert sealed(browser.once("GET", path))
    assert sealed(browser.once("HEAD", "/"))


@pytest.mark.parametrize(
    "sent",
    [
        b"nonsense\r\n\r\n",
        b"GET / HTTP/1.1\r\nbroken\r\n\r\n",
        b"GET / HTTP/1.1\r\nA: " + b"x" * 70_000,
    ],
)
def test_what_is_not_a_request_is_refused(shared_page: Page, sent: bytes) -> None:
    assert status(send_raw(shared_page, sent)) in {400, 431}


@pytest.mark.parametrize("other", ["theme=\xe9", "\xff\xfe", "plea-language=\xe9"])
def test_a_cookie_of_another_program_that_is_no_text_keeps_nobody_out(shared_page: Page, other: str) -> None:
    browser = shared_page.browser()
    name, value = f"plea-{shared_page.port}", browser.cookies[f"plea-{shared_page.port}"]
    assert status(send_raw(shared_page, head(shared_page, browser, Cookie=f"{other}; {name}={value}"))) == 200
    assert status(send_raw(shared_page, head(shared_page, browser, Cookie=other))) == 403
    assert status(send_raw(shared_page, head(shared_page, browser, Cookie=other, Host="evil.example"))) == 421


def test_connections_that_say_nothing_do_not_keep_the_person_out(shared_page: Page) -> None:
    browser = shared_page.browser()
    with ExitStack() as held:
        for _ in range(150):
            line = held.enter_context(socket.create_connection(("127.0.0.1", shared_page.port), timeout=5))
            line.sendall(b"GET / HTTP/1.1\r\n")
        for _ in range(3):
            assert browser.get("/").status == 200


def test_no_page_carries_script_or_style_in_its_text(shared_page: Page) -> None:
    for answer in (
        shared_page.browser().get("/"),
        Browser(shared_page.port).get("/"),
        shared_page.browser().get("/nothing"),
    ):
        assert "<script" not in answer.text
        assert "<style" not in answer.text
        assert " style=" not in answer.text
        assert "http://" not in answer.text.replace("http://www.w3.org", "")


# --- people ----------------------------------------------------------------------------------------------------


def test_the_page_speaks_the_browser_s_language_until_another_is_chosen(shared_page: Page) -> None:
    browser = shared_page.browser()
    assert "Escriba a quienes" in browser.get("/", Accept_Language="es-MX,es;q=0.9,en;q=0.5").words
    assert "Write to the people" in browser.get("/", Accept_Language="fr,en;q=0.5").words
    assert "Write to the people" in browser.get("/").words
    browser.post("/language", {"language": "es"})
    assert '<html lang="es">' in browser.get("/", Accept_Language="en").text
    assert browser.post("/language", {"language": "../x"}).status == 400
    assert "No es" not in Browser(shared_page.port).get("/").words
    refused = browser.get("/", Host="evil.example")
    assert "Esta no es la dirección de la página" in refused.words


def test_whoever_is_remembered_is_greeted_by_name_and_can_be_forgotten(page: Page, home: Path) -> None:
    person = home / "person.toml"
    person.write_text('name = "<b>Alex</b> {{7*7}}"\n')
    browser = page.browser()
    answer = browser.get("/")
    assert "Hello, <b>Alex</b> {{7*7}}." in answer.words
    assert "<b>" not in answer.text
    assert "Hello" not in browser.submit(answer.form("/forget")).words
    assert not person.exists()
    person.write_text("name = \n")
    damaged = browser.get("/")
    assert damaged.status == 200
    assert "person.toml: is not valid TOML" in damaged.words
