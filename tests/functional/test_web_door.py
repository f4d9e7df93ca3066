"""The door of the page: who may come in and who may not, whatever they bring."""

import socket
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from web_page import Answer, Browser, Page, open_page

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
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page that all tests of this file knock at; none of them may end it."""
    pytest.importorskip("flask", reason="the extra plea[web] is not installed")
    folder = tmp_path_factory.mktemp("house")
    with open_page(folder, folder / "papers", "--date", "2026-11-22") as page:
        yield page
        assert page.process.poll() is None
        # Whatever was asked for, with whatever secrets in it: the log says nothing of it.
        assert page.said() == ""


def knock(page: Page, request: bytes) -> bytes:
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


def sealed(answer: Answer) -> bool:
    return HEADERS.items() <= answer.headers.items()


# --- the address ------------------------------------------------------------------------------------------


def test_the_address_opens_the_page_and_the_token_does_not_stay_in_it(house: Page) -> None:
    browser = Browser(house.port)
    answer = browser.once("GET", f"/?token={house.token}")
    assert (answer.status, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"plea-{house.port}=")
    assert house.token not in cookie
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert "Write to the people who answer for you" in browser.get("/").words


@pytest.mark.parametrize("address", ["/", "/?token=", "/?token=wrong", "/?token=%ff", "/letter/", "/campaign/", "/x"])
def test_without_the_cookie_or_with_a_wrong_token_nothing_opens(house: Page, address: str) -> None:
    stranger = Browser(house.port)
    for cookies in ({}, {f"plea-{house.port}": "wrong"}, {f"plea-{house.port}": house.token}, {"plea-1": "x"}):
        stranger.cookies = cookies
        answer = stranger.once("GET", address)
        assert answer.status == 403
        assert "This page is not open to you yet" in answer.words
        assert not answer.forms
        assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("address", ["/stop", "/language", "/forget", "/ticket"])
def test_a_stranger_s_form_does_nothing(house: Page, address: str) -> None:
    own = house.browser()
    stranger = Browser(house.port)
    assert stranger.post(address, {"csrf": own.csrf, "language": "es"}).status == 403
    assert stranger.post(address, {"csrf": own.csrf}, Authorization="Bearer wrong").status == 403


# --- the name it is asked for by ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:{port}",
        "127.0.0.1",
        "localhost",
        "127.0.0.1:{other}",
        "127.0.0.1:{port}.evil.example",
        "127.0.0.1:{port}, evil.example",
        "evil.example@127.0.0.1:{port}",
        "[::1]:{port}",
        "0.0.0.0:{port}",
        "2130706433:{port}",
        "",
    ],
)
def test_another_host_is_refused_whatever_it_brings(house: Page, host: str) -> None:
    """A name that was made to lead to this machine would let a site read what is its own by the browser's reckoning."""
    browser = house.browser()
    named = host.format(port=house.port, other=house.port + 1)
    for first in ("GET / HTTP/1.1", f"GET /?token={house.token} HTTP/1.1", "GET /static/plea.css HTTP/1.1"):
        answer = knock(house, head(house, browser, first, Host=named))
        assert status(answer) == 421
        assert b"This is not the address of the page" in answer
        assert browser.csrf.encode() not in answer
        assert b"set-cookie" not in answer.lower()


def test_two_hosts_are_refused_and_the_two_names_of_this_machine_are_not(house: Page) -> None:
    browser = house.browser()
    twice = head(house, browser).replace(b"Cookie:", b"Host: evil.example\r\nCookie:")
    assert status(knock(house, twice)) == 421
    assert status(knock(house, head(house, browser, Host=f"localhost:{house.port}"))) == 200
    assert status(knock(house, head(house, browser, Host=f"LOCALHOST:{house.port}"))) == 200


def test_it_is_heard_on_this_machine_alone(house: Page) -> None:
    others = {"127.0.0.2"}  # leads here too, for whoever listens on every address
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing; says which address of this machine would
            others.add(probe.getsockname()[0])
        except OSError:
            pass
    for address in others - {"127.0.0.1"}:
        with pytest.raises(OSError, match=r"refused|timed out|unreachable"):
            socket.create_connection((address, house.port), timeout=5)


# --- forms ---------------------------------------------------------------------------------------------------


def test_a_form_without_the_secret_of_this_page_is_forged(house: Page) -> None:
    browser = house.browser()
    for secret in ("", "wrong", "\xe9", house.token, browser.csrf[:-1], browser.csrf.upper()):
        assert browser.post("/language", {"language": "es", "csrf": secret}, csrf=False).status == 403
        by_script = browser.once("POST", "/language", b"language=es", {"X-CSRF-Token": secret, **FORM})
        assert by_script.status == 403
    assert browser.post("/language", {"language": "es"}, csrf=False).status == 403
    assert "plea-language" not in browser.cookies


@pytest.mark.parametrize(
    "sent",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:{other}"},
        {"Origin": "https://127.0.0.1:{port}"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},  # as a form of a page sends it
        {"Sec-Fetch-Site": "same-site"},  # another port of this machine
    ],
)
def test_a_form_from_elsewhere_is_forged_even_with_the_secret(house: Page, sent: dict[str, str]) -> None:
    browser = house.browser()
    headers = {name: value.format(port=house.port, other=house.port + 1) for name, value in sent.items()}
    answer = browser.once("POST", "/language", f"language=es&csrf={browser.csrf}".encode(), {**FORM, **headers})
    assert answer.status == 403
    assert "This came from elsewhere" in answer.words
    assert "plea-language" not in browser.cookies


def test_a_form_of_our_own_is_taken(house: Page) -> None:
    browser = house.browser()
    answer = browser.post(
        "/language", {"language": "es"}, Origin=f"http://127.0.0.1:{house.port}", Sec_Fetch_Site="same-origin"
    )
    assert answer.status == 200
    assert "Escriba a quienes responden por usted" in answer.words
    by_script = browser.once("POST", "/language", b"language=en", {"X-CSRF-Token": browser.csrf, **FORM})
    assert by_script.status == 303
    assert {"HttpOnly", "SameSite=Strict"} <= {part.strip() for part in by_script.headers["set-cookie"].split(";")}


def test_another_site_s_page_gets_no_picture_and_no_script_from_here_while_a_link_still_leads_here(house: Page) -> None:
    browser = house.browser()
    for mode in ("no-cors", "cors"):
        for site in ("cross-site", "same-site"):
            assert browser.get("/", Sec_Fetch_Site=site, Sec_Fetch_Mode=mode).status == 403
            assert browser.get("/static/plea.css", Sec_Fetch_Site=site, Sec_Fetch_Mode=mode).status == 403
    assert browser.get("/", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate").status == 200


# --- what is asked for ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/static/../words.en.toml",
        "/static/%2e%2e/words.en.toml",
        "/static/..%2fwords.en.toml",
        "/static/..%5cwords.en.toml",
        "/static//etc/passwd",
        "/static/%2fetc%2fpasswd",
        "/static/plea.css%00.toml",
        "/../../etc/passwd",
        "//etc/passwd",
    ],
)
def test_no_path_leads_out_of_what_is_served(house: Page, path: str) -> None:
    answer = knock(house, head(house, house.browser(), f"GET {path} HTTP/1.1"))
    assert status(answer) in {404, 308}  # 308: to the same path without the doubled slash, which is not there either
    assert b"root:" not in answer
    assert b"[front]" not in answer


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "CONNECT", "PROPFIND"])
def test_other_methods_do_nothing(house: Page, method: str) -> None:
    assert house.browser().once(method, "/stop").status in {403, 404, 405}


def test_every_answer_says_how_it_may_be_used(house: Page) -> None:
    browser = house.browser()
    answers = {
        200: browser.once("GET", "/"),
        303: browser.once("GET", f"/?token={house.token}"),
        400: browser.once("POST", "/language", f"csrf={browser.csrf}".encode(), FORM),
        403: Browser(house.port).once("GET", "/"),
        404: browser.once("GET", "/nothing"),
        405: browser.once("GET", "/language"),
        411: browser.once("POST", "/language", b"", {"Transfer-Encoding": "chunked"}),
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
        b"POST / HTTP/1.1\r\nContent-Length: " + b"9" * 5_000 + b"\r\n\r\n",
    ],
)
def test_what_is_no_request_is_answered_like_one(house: Page, sent: bytes) -> None:
    answer = knock(house, sent)
    assert status(answer) in {400, 431}
    assert all(f"{name}: {value}".lower().encode() in answer.lower() for name, value in HEADERS.items())


@pytest.mark.parametrize("other", ["theme=\xe9", "\xff\xfe", "plea-language=\xe9"])
def test_a_cookie_of_another_program_that_is_no_text_keeps_nobody_out(house: Page, other: str) -> None:
    browser = house.browser()
    [(name, value)] = browser.cookies.items()
    assert status(knock(house, head(house, browser, Cookie=f"{other}; {name}={value}"))) == 200
    assert status(knock(house, head(house, browser, Cookie=other))) == 403
    assert status(knock(house, head(house, browser, Cookie=other, Host="evil.example"))) == 421


def test_strangers_who_hold_every_line_do_not_keep_the_person_out(house: Page) -> None:
    browser = house.browser()
    with ExitStack() as held:
        for _ in range(150):
            line = held.enter_context(socket.create_connection(("127.0.0.1", house.port), timeout=5))
            line.sendall(b"GET / HTTP/1.1\r\n")
        for _ in range(3):
            assert browser.get("/").status == 200


def test_no_page_carries_script_or_style_in_its_text(house: Page) -> None:
    for answer in (house.browser().get("/"), Browser(house.port).get("/"), house.browser().get("/nothing")):
        assert "<script" not in answer.text
        assert "<style" not in answer.text
        assert " style=" not in answer.text
        assert "http://" not in answer.text.replace("http://www.w3.org", "")


# --- people ----------------------------------------------------------------------------------------------------


def test_the_page_speaks_the_browser_s_language_until_another_is_chosen(house: Page) -> None:
    browser = house.browser()
    assert "Escriba a quienes" in browser.get("/", Accept_Language="es-MX,es;q=0.9,en;q=0.5").words
    assert "Write to the people" in browser.get("/", Accept_Language="fr,en;q=0.5").words
    assert "Write to the people" in browser.get("/").words
    browser.post("/language", {"language": "es"})
    assert '<html lang="es">' in browser.get("/", Accept_Language="en").text
    assert browser.post("/language", {"language": "../x"}).status == 400
    assert "No es" not in Browser(house.port).get("/").words
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
    assert "person.toml: not readable as TOML" in damaged.words
