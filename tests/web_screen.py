"""A real browser on the page: Debian's Chromium, driven by Playwright, with no head and no downloads of its own.

What a person does there stands here once, for the tests, for the pictures in the docs and for the measurements.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = shutil.which("chromium")
AXE = Path(sys.prefix) / "axe-core" / "axe.min.js"
"""Put there by script/test."""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
STORY = "Last winter I helped a father from Aleppo find boots for his son. He waits for word from his sister."
ALEX = {"name": "Alex Example", "street": "1 Example Street", "zip": "05401", "city": "Burlington"}
COALITION = {
    "name": "Doors of Boston",
    "organizer": "the Example Coalition",
    "contact": "Juniper Example, 617-555-0100",
}
EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
OFFICIALS = (EXAMPLES / "first-letter" / "officials.csv", EXAMPLES / "coalition" / "officials.csv")
SIGNERS = EXAMPLES / "coalition" / "forms.xlsx"


@contextmanager
def open_chromium() -> Iterator["Browser"]:
    """Chromium, until the end of the block. A test skips where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("chromium is not here (Debian: apt-get install chromium)")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


def know_officials(home: Path) -> None:
    """Give a home its directory: the officials of the two examples, whose lists have the same name."""
    lists = [shutil.copy(source, home / f"{source.parent.name}.csv") for source in OFFICIALS]
    subprocess.run(
        [sys.executable, "-m", "plea", "officials", "import", *lists],
        env={**os.environ, "PLEA_HOME": str(home)},
        check=True,
        stdout=subprocess.DEVNULL,
    )


def tab_to(page: "Page", selector: str, *, most: int = 80) -> None:
    """Press Tab until what the selector names has the focus, as somebody without a mouse does."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            ring = page.evaluate(
                "(({outlineStyle: a, outlineWidth: b}) => [a, b])(getComputedStyle(document.activeElement))"
            )
            assert ring == ["solid", "3px"], f"{selector} has the focus and does not show it: {ring}"
            return
    raise AssertionError(f"{selector} is not reached by {most} presses of Tab on {page.url}")


def press(page: "Page", key: str = "Enter") -> None:
    """Press a key that leads to another page, and wait for it."""
    with page.expect_navigation():
        page.keyboard.press(key)


def follow(page: "Page", selector: str) -> None:
    """Click what leads to another page, and wait until that is there, its scripts listening."""
    with page.expect_navigation():
        page.click(selector)


def write_by_keys(page: "Page", story: str = STORY) -> bytes:
    """From the front page to the PDF of all letters, without a mouse; gives the PDF."""
    tab_to(page, "a[href='/letter/']")
    press(page)
    tab_to(page, "#ask-refugee-intake")
    page.keyboard.press("Space")
    tab_to(page, "main button[type=submit]")
    press(page)
    for field, typed in ALEX.items():
        tab_to(page, f"#{field}")
        page.keyboard.type(typed)
    tab_to(page, "button[value=find]")
    press(page)
    # The senators are certain and checked; the House seat of the example is not, and is left out.
    tab_to(page, "button[value=next]")
    press(page)
    tab_to(page, "#story")
    page.keyboard.type(story)
    tab_to(page, "form#words button[type=submit]:not([name])")
    press(page)
    tab_to(page, "a.button[download]")
    with page.expect_download() as under_way:
        page.keyboard.press("Enter")
    return Path(under_way.value.path()).read_bytes()


def person_steps(page: "Page") -> Iterator[str]:
    """One person's way from the front page to the letters; gives each page's name when it is there."""
    yield "front"
    follow(page, "a[href='/letter/']")
    yield "ask"
    page.check("#ask-refugee-intake")
    follow(page, "main button[type=submit]")
    for field, typed in ALEX.items():
        page.fill(f"#{field}", typed)
    follow(page, "button[value=find]")
    yield "place"
    follow(page, "button[value=next]")
    page.fill("#story", STORY)
    page.wait_for_function("() => document.getElementById('picture').src.startsWith('blob:')")
    yield "words"
    follow(page, "form#words button[type=submit]:not([name])")
    page.wait_for_selector("a.button[download]")
    yield "letters"


def organizer_steps(page: "Page") -> Iterator[str]:
    """The coalition's way from the front page to the report; gives each page's name when it is there."""
    page.goto("/".join(page.url.split("/")[:3]))
    follow(page, "a[href='/campaign/']")
    yield "campaigns"
    page.check("#asks-refugee-intake")
    for field, typed in COALITION.items():
        page.fill(f"#{field}", typed)
    page.check("#delivery-hand")
    follow(page, "form[action$='/new'] button[type=submit]")
    yield "campaign"
    follow(page, "main .buttons button")
    page.set_input_files("#table", SIGNERS)
    follow(page, "form[action$='/upload'] button[type=submit]")
    page.wait_for_selector("#columns")
    page.fill("#consent-at", "2026-10-03")
    page.fill("#consent-source", "signed on paper, kept by the Example Coalition")
    yield "signers"
    follow(page, "form[action$='/consent'] button")
    page.wait_for_selector("main table")
    yield "check"
    own = page.url.rpartition("/")[0]
    page.goto(f"{own}/letter")
    page.wait_for_load_state("networkidle")
    yield "letter"
    page.goto(f"{own}/print")
    follow(page, "form[action$='/print/run'] button")
    page.wait_for_selector("section.box", timeout=120_000)
    yield "print"
    page.goto(f"{own}/after")
    follow(page, "form[action$='/report'] button")
    page.wait_for_selector("a[href$='/report.html']")
    yield "after"


def violations(page: "Page") -> list[str]:
    """What axe-core finds wrong on the page, one line for each place."""
    if not AXE.is_file():
        pytest.skip("axe-core is not here (script/test fetches it with npm)")
    page.evaluate(AXE.read_text())
    found: list[dict[str, Any]] = page.evaluate("axe.run(document).then(found => found.violations)")
    return [f"{one['id']}: {node['target']} {node['failureSummary']}" for one in found for node in one["nodes"]]


def overflows(page: "Page") -> bool:
    """Whether the page is wider than the screen, so that one has to scroll sideways to read."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def loaded(page: "Page") -> int:
    """Bytes over the line of the page and all that it asks for, but for the picture of a letter."""
    script = (
        "[...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]"
        ".filter(one => one.initiatorType !== 'img').reduce((sum, one) => sum + one.transferSize, 0)"
    )
    return int(page.evaluate(script))
