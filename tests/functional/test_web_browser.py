"""The page in a real browser: without a mouse, without scripts, on small screens, and beside other sites."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from pypdf import PdfReader

from web_page import Page, open_page
from web_screen import (
    ALEX,
    follow,
    know_officials,
    open_chromium,
    overflows,
    person_steps,
    violations,
    write_by_keys,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext
    from playwright.sync_api import Page as Screen

pytest.importorskip("flask", reason="the extra plea[web] is not installed")

VIEWS = {"light": (1280, "light"), "dark": (1280, "dark"), "320 px": (320, "light"), "200 %": (640, "dark")}
"""Width in CSS pixels and scheme; a screen of 1280 at 200 % is one of 640."""


@pytest.fixture(scope="module")
def chromium() -> "Iterator[Browser]":
    with open_chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    home = tmp_path_factory.mktemp("home")
    know_officials(home)
    with open_page(home, home / "papers", "--date", "2026-11-22") as page:
        yield page
        assert page.said() == ""


@pytest.fixture
def opened(chromium: "Browser", page: Page) -> "Iterator[Callable[..., Screen]]":
    """The page in a window of its own; whatever the window asks anybody else for, or complains of, fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def start(**options: Any) -> "Screen":
        context = chromium.new_context(reduced_motion="reduce", **options)
        contexts.append(context)
        context.on("request", lambda asked: _heed(asked.url))
        context.on("console", lambda said: complaints.append(said.text) if "Security Policy" in said.text else None)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        screen = context.new_page()
        screen.goto(page.address)
        return screen

    def _heed(url: str) -> None:
        own = (f"http://127.0.0.1:{page.port}/", f"blob:http://127.0.0.1:{page.port}/")
        if not url.startswith(own):
            complaints.append(url)

    yield start
    for context in contexts:
        context.close()
    assert not complaints


def base_url(screen: "Screen") -> str:
    """The address of the page, without a path."""
    return "/".join(screen.url.split("/")[:3])


def to_place(screen: "Screen") -> None:
    screen.goto(base_url(screen) + "/letter/")
    screen.check("#ask-refugee-intake")
    follow(screen, "main button[type=submit]")


def to_officials(screen: "Screen") -> None:
    to_place(screen)
    for name, value in ALEX.items():
        screen.fill(f"#{name}", value)
    follow(screen, "button[value=find]")


def to_words(screen: "Screen") -> None:
    to_officials(screen)
    follow(screen, "button[value=next]")


def to_problems(screen: "Screen") -> None:
    to_place(screen)
    screen.fill("#zip", "0540")
    screen.fill("#email", "nobody")
    follow(screen, "button[value=find]")


# --- without a mouse ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_from_nothing_to_a_pdf_by_keys_alone(opened: "Callable[..., Screen]", scripts: bool) -> None:
    begin = time.monotonic()
    pdf = PdfReader(BytesIO(write_by_keys(opened(java_script_enabled=scripts))))
    assert time.monotonic() - begin < 120
    assert len(pdf.pages) == 2
    for page, name in zip(pdf.pages, ("Sanders", "Welch"), strict=True):
        text = " ".join(page.extract_text().split())
        assert f"Dear Senator {name}:" in text
        assert "find boots for his son" in text
        assert "1 Example Street" in text


def test_the_first_key_skips_to_the_text(opened: "Callable[..., Screen]") -> None:
    screen = opened()
    screen.keyboard.press("Tab")
    assert screen.evaluate("document.activeElement.textContent") == "Skip to the text"
    assert screen.locator(".skip").bounding_box()["y"] >= 0  # type: ignore[index]
    screen.keyboard.press("Enter")
    screen.keyboard.press("Tab")
    assert screen.evaluate("document.querySelector('main').contains(document.activeElement)")


# --- for everybody ---------------------------------------------------------------------------------------------------


def wrong_in_any_view(screen: "Screen") -> list[str]:
    """What axe-core finds on the page as it stands, and whether it has to be scrolled sideways, view by view."""
    found = []
    for view, (width, scheme) in VIEWS.items():
        screen.set_viewport_size({"width": width, "height": 800})
        screen.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found += [f"{view}: {one}" for one in violations(screen)]
        found += [f"{view}: is wider than the screen"] if overflows(screen) else []
    screen.set_viewport_size({"width": 1280, "height": 800})
    return found


def test_no_step_of_one_person_shuts_anybody_out(opened: "Callable[..., Screen]") -> None:
    screen = opened()
    found = {step: wrong_in_any_view(screen) for step in person_steps(screen)}
    to_problems(screen)
    found["problems"] = wrong_in_any_view(screen)
    screen.goto(base_url(screen) + "/nothing")
    found["nothing"] = wrong_in_any_view(screen)
    screen.context.clear_cookies()
    screen.reload()
    found["shut"] = wrong_in_any_view(screen)
    assert len(found) == 8
    assert not {step: wrong for step, wrong in found.items() if wrong}


def test_what_shuts_somebody_out_is_found(opened: "Callable[..., Screen]") -> None:
    screen = opened()
    assert violations(screen) == []
    screen.evaluate("document.querySelector('h1').style.color = '#ccc'")
    screen.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<input><img src=x>')")
    found = "".join(violations(screen))
    assert "color-contrast" in found
    assert "label" in found
    assert "image-alt" in found


@pytest.mark.parametrize("language", ["en-US", "es-MX"])
def test_the_page_is_in_the_browser_s_language(opened: "Callable[..., Screen]", language: str) -> None:
    screen = opened(locale=language)
    assert screen.locator("html").get_attribute("lang") == language[:2]
    follow(screen, "a[href='/letter/']")
    assert screen.locator("html").get_attribute("lang") == language[:2]
    assert violations(screen) == []


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_problems_are_announced_and_lead_to_their_fields(opened: "Callable[..., Screen]", scripts: bool) -> None:
    screen = opened(java_script_enabled=scripts)
    to_problems(screen)
    assert screen.title().startswith("Please fix: ")
    assert screen.locator("#problems").get_attribute("role") == "alert"
    assert screen.evaluate("document.activeElement.id") == "problems"
    for field in ("name", "zip", "city", "email"):
        own = screen.locator(f"#{field}")
        assert own.get_attribute("aria-invalid") == "true"
        described = (own.get_attribute("aria-describedby") or "").split()
        assert f"{field}-problem" in described
        assert screen.locator(f"#{field}-problem").inner_text()
        assert screen.locator(f"#problems a[href='#{field}']").count() == 1
    assert screen.locator("#street").get_attribute("aria-invalid") is None
    assert screen.input_value("#email") == "nobody"  # what was typed is not lost
    screen.click("#problems a[href='#zip']")
    assert screen.evaluate("document.activeElement.id") == "zip"


def test_the_page_is_set_anew_while_one_types(opened: "Callable[..., Screen]") -> None:
    screen = opened()
    to_words(screen)
    before = screen.locator("#picture").get_attribute("src")
    screen.focus("#story")
    screen.keyboard.type("My neighbor waits for her sister.")
    screen.wait_for_function("before => document.getElementById('picture').getAttribute('src') !== before", arg=before)
    assert (screen.locator("#picture").get_attribute("src") or "").startswith("blob:")
    assert screen.locator("#count").inner_text() == "6 words."


# --- beside other sites -----------------------------------------------------------------------------------------------


@contextmanager
def another_site(html: str) -> Iterator[str]:
    """A site on another port of this machine, for a browser as close to ours as any other can be."""

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, format: str, *arguments: Any) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_a_page_of_another_site_can_neither_act_nor_read_nor_frame(chromium: "Browser", page: Page) -> None:
    ours = f"http://127.0.0.1:{page.port}"
    html = f"""<form method=post action="{ours}/stop"><button>Win a prize</button></form>
        <iframe src="{ours}/"></iframe><img src="{ours}/static/plea.svg">"""
    context = chromium.new_context()
    ours_open = context.new_page()
    ours_open.goto(page.address)
    with another_site(html) as address:
        screen = context.new_page()
        screen.goto(address)
        assert screen.evaluate("document.images[0].naturalWidth") == 0
        assert "represent you" not in screen.frames[1].content()
        read = "address => fetch(address, {credentials: 'include'}).then(() => 'read', () => 'refused')"
        assert screen.evaluate(read, f"{ours}/") == "refused"
        follow(screen, "button")
        assert "This came from somewhere else" in screen.content()
    ours_open.reload()
    assert "Write to the people who represent you" in ours_open.content()
    assert page.process.poll() is None
    context.close()


def test_nothing_stays_in_the_browser(chromium: "Browser", page: Page) -> None:
    """No copies on disk: every answer forbids them; and the token is in no history."""
    context = chromium.new_context()
    screen = context.new_page()
    seen: list[str] = []
    context.on("response", lambda answer: seen.append(answer.headers.get("cache-control", "")))
    screen.goto(page.address)
    assert screen.url == f"http://127.0.0.1:{page.port}/"
    follow(screen, "text=Write my letters")
    assert set(seen) == {"no-store"}
    assert screen.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    context.close()
