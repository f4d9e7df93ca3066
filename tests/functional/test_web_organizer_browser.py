"""The organizer's pages in a real browser: nobody is shut out, nothing scrolls sideways, progress shows by itself."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from campaign_folders import SPLIT, person
from web_campaigns import campaign, checked, key_of, open_campaign_page, run_to_the_end
from web_page import Page
from web_screen import open_chromium, overflows, violations

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Screen

VIEWS: dict[str, dict[str, Any]] = {
    "light": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 768, "height": 800}, "color_scheme": "dark"},
    "320 px": {"viewport": {"width": 320, "height": 640}, "color_scheme": "light"},
    "200 %, Spanish": {"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2, "locale": "es-MX"},
}
ROWS = [
    person("Abe First", 1),
    person("", 2, zip="ABC", story="I am undocumented, and this is my home."),
    person("Ann Split", 3, **SPLIT),
    person("Abe First", 1),
]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with open_campaign_page(tmp_path_factory.mktemp("home")) as page:
        yield page


@pytest.fixture(scope="module")
def chromium() -> "Iterator[Browser]":
    with open_chromium() as browser:
        yield browser


def opened(chromium: "Browser", page: Page, **options: Any) -> "Screen":
    screen = chromium.new_context(reduced_motion="reduce", **options).new_page()
    screen.goto(page.address)
    return screen


@pytest.mark.parametrize("view", VIEWS)
def test_every_page_of_a_campaign_is_accessible(chromium: "Browser", page: Page, view: str) -> None:
    folder = campaign(page, f"view-{[*VIEWS].index(view)}", ROWS)
    browser = page.browser()
    key = key_of(browser, folder)
    checked(browser, key)
    run_to_the_end(browser, key)
    browser.submit(browser.get(f"/campaign/{key}/after").form("/after/report"))
    screen = opened(chromium, page, **VIEWS[view])
    own = screen.url.rstrip("/") + "/campaign"
    found: dict[str, list[str]] = {}

    def look(step: str) -> None:
        found[step] = violations(screen) + (["is wider than the screen"] if overflows(screen) else [])

    for step in ("", "signers", "check", "letter", "print", "after"):
        screen.goto(f"{own}/{key}/{step}")
        screen.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
        look(step or "about")
    screen.goto(f"{own}/{key}/signers")
    screen.click("form[action$='/upload'] button[type=submit]")
    look("no file")
    assert screen.evaluate("document.activeElement.id") == "problems"
    screen.goto(f"{own}/")
    screen.click("form[action$='/open'] button[type=submit]")
    look("begin")
    assert found == {step: [] for step in found}
    screen.context.close()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_progress_shows_and_ends_by_itself(chromium: "Browser", page: Page, scripts: bool) -> None:
    folder = campaign(page, f"going-{int(scripts)}", [person(f"Abe Number {n}", n) for n in range(1, 300)])
    key = key_of(page.browser(), folder)
    screen = opened(chromium, page, java_script_enabled=scripts)
    screen.goto(f"{screen.url.rstrip('/')}/campaign/{key}/print")
    screen.click("form[action$='/print/run'] button")
    assert screen.locator("progress, section.box").count()  # a fast machine has made them already
    screen.wait_for_selector("section.box", timeout=60_000)
    assert "Letters made: 897. Volumes: 3." in screen.locator("[role=status]").inner_text()
    assert screen.locator("[data-progress]").count() == 0
    screen.context.close()


def test_back_goes_back_and_what_was_kept_has_the_focus(chromium: "Browser", page: Page) -> None:
    folder = campaign(page, "going-back", [person("", 1), person("", 2)])
    key = key_of(page.browser(), folder)
    screen = opened(chromium, page)
    own = f"{screen.url.rstrip('/')}/campaign/{key}"
    screen.goto(f"{own}/signers")
    screen.click("form[action$='/upload'] button[type=submit]")
    refused = screen.url
    screen.goto(f"{own}/check?row=2")
    screen.fill("#r2-c0", "Dee Corrected")
    screen.click("form[action$='/check/rows'] button[type=submit]")
    screen.wait_for_selector("[role=status]")
    assert screen.evaluate("document.activeElement.getAttribute('role')") == "status"
    for _ in range(2):
        screen.go_back()
    assert screen.url == refused
    screen.reload()
    assert screen.locator("#problems").count() == 1
    screen.context.close()
