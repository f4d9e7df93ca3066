"""What one person sees and hears of the page in a browser: the letter beside the words, and where the focus goes."""

from typing import TYPE_CHECKING

import pytest

from web_page import open_page
from web_screen import ALEX, know_officials, open_chromium

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page as Screen

LETTER_WIDTH = 816  # CSS pixels of 8.5 inches
SMALLEST_TYPE = 12.0
"""CSS pixels in which the letter's 12 points (16 CSS pixels on paper) can be read on a screen."""


@pytest.fixture(scope="module")
def screen(tmp_path_factory: pytest.TempPathFactory) -> "Iterator[Screen]":
    pytest.importorskip("flask", reason="the extra plea[web] is not installed")
    home = tmp_path_factory.mktemp("home")
    know_officials(home)
    with open_page(home, home / "papers", "--date", "2026-11-22") as page, open_chromium() as chromium:
        one = chromium.new_page()
        one.goto(page.address)
        yield one


def to_officials(screen: "Screen") -> None:
    """As far as step two with somebody's address."""
    screen.goto(f"{screen.url.split('/letter')[0].rstrip('/')}/letter/")
    screen.check("#ask-refugee-intake")
    screen.locator("button").last.click()
    for field, value in ALEX.items():
        screen.fill(f"#{field}", value)
    screen.keyboard.press("Enter")
    screen.wait_for_url("**/place#officials")


def test_whoever_looked_up_their_officials_is_led_to_them(screen: "Screen") -> None:
    to_officials(screen)
    assert screen.evaluate("document.activeElement.textContent") == "Who do you want to write to?"


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1440, 900), (1920, 1080)])
def test_the_letter_beside_the_words_can_be_read(screen: "Screen", width: int, height: int) -> None:
    screen.set_viewport_size({"width": width, "height": height})
    to_officials(screen)
    screen.get_by_role("button", name="Continue").click()
    screen.wait_for_url("**/words")
    picture = screen.locator("#picture").bounding_box()
    assert picture is not None
    assert 16 * picture["width"] / LETTER_WIDTH >= SMALLEST_TYPE
    beside = screen.locator(".beside").bounding_box()
    assert beside is not None
    assert beside["height"] < height  # and all of it can be come to while one types
