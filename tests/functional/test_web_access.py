"""Who may open the page and who may not, whatever they send."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator

import pytest

from web_page import Browser, Page, open_page
from web_raw import head, send_raw, status

NOBODY = 65534
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page that all tests of this file ask; none of them may end it."""
    pytest.importorskip("flask", reason="the extra plea[web] is not installed")
    folder = tmp_path_factory.mktemp("page")
    with open_page(folder, folder / "papers", "--date", "2026-11-22") as page:
        yield page
        assert page.process.poll() is None
        # Whatever was asked for, with whatever secrets in it: the log says nothing of it.
        assert page.said() == ""


# --- the address ------------------------------------------------------------------------------------------


def test_the_address_opens_the_page_and_the_token_does_not_stay_in_it(page: Page) -> None:
    browser = Browser(page.port)
    answer = browser.once("GET", f"/?token={page.token}")
    assert (answer.status, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith(f"plea-{page.port}=")
    assert page.token not in cookie
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert "Write to the people who represent you" in browser.get("/").words


@pytest.mark.parametrize("address", ["/", "/?token=", "/?token=wrong", "/?token=%ff", "/letter/", "/campaign/", "/x"])
def test_without_the_cookie_or_with_a_wrong_token_nothing_opens(page: Page, address: str) -> None:
    stranger = Browser(page.port)
    for cookies in ({}, {f"plea-{page.port}": "wrong"}, {f"plea-{page.port}": page.token}, {"plea-1": "x"}):
        stranger.cookies = cookies
        answer = stranger.once("GET", address)
        assert answer.status == 403
        assert "This page does not know you yet" in answer.words
        assert not answer.forms
        assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("address", ["/stop", "/language", "/forget", "/ticket"])
def test_a_stranger_s_form_does_nothing(page: Page, address: str) -> None:
    own = page.browser()
    stranger = Browser(page.port)
    assert stranger.post(address, {"csrf": own.csrf, "language": "es"}).status == 403
    assert stranger.post(address, {"csrf": own.csrf}, Authorization="Bearer wrong").status == 403


@pytest.mark.skipif(sys.platform != "linux" or os.getuid() != 0, reason="only root can be somebody else, on Linux")
@pytest.mark.parametrize("address", ["/", "/?token={token}", "/static/plea.css", "/here?ask=1"])
def test_another_user_of_the_machine_gets_nothing_even_with_the_right_cookie(page: Page, address: str) -> None:
    own = page.browser()
    path = address.format(token=page.token)
    assert own.once("GET", path).status in {200, 303}
    cookie = "; ".join(f"{name}={value}" for name, value in own.cookies.items())
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{page.port}\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n"
    asked = "import socket, sys; s = socket.create_connection(('127.0.0.1', int(sys.argv[1])))\n"
    asked += "s.sendall(sys.argv[2].encode()); print(s.makefile('rb').readline().decode())"
    python = shutil.which("python3", path="/usr/bin:/usr/local/bin")
    if not python:
        pytest.skip("no python3 that everybody may run")
    done = subprocess.run(
        [python, "-c", asked, str(page.port), request],
        cwd="/",
        user=NOBODY,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split()[1] == "403"


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
def test_another_host_is_refused_whatever_it_brings(page: Page, host: str) -> None:
    """A name that was made to lead to this machine would let a site read what is its own by the browser's reckoning."""
    browser = page.browser()
    named = host.format(port=page.port, other=page.port + 1)
    for first in ("GET / HTTP/1.1", f"GET /?token={page.token} HTTP/1.1", "GET /static/plea.css HTTP/1.1"):
        answer = send_raw(page, head(page, browser, first, Host=named))
        assert status(answer) == 421
        assert b"This is not the address of the page" in answer
        assert browser.csrf.encode() not in answer
        assert b"set-cookie" not in answer.lower()


def test_two_hosts_are_refused_and_the_two_names_of_this_machine_are_not(page: Page) -> None:
    browser = page.browser()
    twice = head(page, browser).replace(b"Cookie:", b"Host: evil.example\r\nCookie:")
    assert status(send_raw(page, twice)) == 421
    assert status(send_raw(page, head(page, browser, Host=f"localhost:{page.port}"))) == 200
    assert status(send_raw(page, head(page, browser, Host=f"LOCALHOST:{page.port}"))) == 200


def test_an_address_that_names_another_host_than_the_header_is_refused(page: Page) -> None:
    browser, here = page.browser(), f"127.0.0.1:{page.port}"
    assert status(send_raw(page, head(page, browser, f"GET http://{here}/ HTTP/1.1"))) == 200
    assert status(send_raw(page, head(page, browser, f"GET http://{here}/ HTTP/1.1", Host="evil.example"))) == 421
    assert status(send_raw(page, head(page, browser, "GET http://evil.example/ HTTP/1.1", Host="evil.example"))) == 421


def test_it_is_heard_on_this_machine_alone(page: Page) -> None:
    others = {"127.0.0.2"}  # leads here too, for whoever listens on every address
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # sends nothing; says which address of this machine would
            others.add(probe.getsockname()[0])
        except OSError:
            pass
    for address in others - {"127.0.0.1"}:
        with pytest.raises(OSError, match=r"refused|timed out|unreachable"):
            socket.create_connection((address, page.port), timeout=5)


# --- forms ---------------------------------------------------------------------------------------------------


def test_a_form_without_the_secret_of_this_page_is_forged(page: Page) -> None:
    browser = page.browser()
    for secret in ("", "wrong", "\xe9", page.token, browser.csrf[:-1], browser.csrf.upper()):
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
def test_a_form_from_elsewhere_is_forged_even_with_the_secret(page: Page, sent: dict[str, str]) -> None:
    browser = page.browser()
    headers = {name: value.format(port=page.port, other=page.port + 1) for name, value in sent.items()}
    answer = browser.once("POST", "/language", f"language=es&csrf={browser.csrf}".encode(), {**FORM, **headers})
    assert answer.status == 403
    assert "This came from somewhere else" in answer.words
    assert "plea-language" not in browser.cookies


def test_a_form_of_our_own_is_taken(page: Page) -> None:
    browser = page.browser()
    answer = browser.post(
        "/language", {"language": "es"}, Origin=f"http://127.0.0.1:{page.port}", Sec_Fetch_Site="same-origin"
    )
    assert answer.status == 200
    assert "Escriba a quienes responden por usted" in answer.words
    by_script = browser.once("POST", "/language", b"language=en", {"X-CSRF-Token": browser.csrf, **FORM})
    assert by_script.status == 303
    assert {"HttpOnly", "SameSite=Strict"} <= {part.strip() for part in by_script.headers["set-cookie"].split(";")}


def test_another_site_s_page_gets_no_picture_and_no_script_from_here_while_a_link_still_leads_here(page: Page) -> None:
    browser = page.browser()
    for mode in ("no-cors", "cors"):
        for site in ("cross-site", "same-site"):
            assert browser.get("/", Sec_Fetch_Site=site, Sec_Fetch_Mode=mode).status == 403
            assert browser.get("/static/plea.css", Sec_Fetch_Site=site, Sec_Fetch_Mode=mode).status == 403
    assert browser.get("/", Sec_Fetch_Site="cross-site", Sec_Fetch_Mode="navigate").status == 200
