"""How long a person waits on the page, and what it weighs, in Debian's Chromium without a head.

    script/bench web [--rounds 15] [--write]

First paint below 0.2 s, all that is loaded before the first letter below 100 kB, the letter set anew within 0.5 s of
the last key, and from nothing to a PDF by keys alone in under two minutes.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from report import machine, versions, write_section
from web_page import Page, open_page
from web_screen import ALEX, STORY, follow, know_officials, loaded, open_chromium, write_by_keys

if TYPE_CHECKING:
    from playwright.sync_api import Browser
    from playwright.sync_api import Page as Screen

PAINT_MS, WEIGHT_KB, LIVE_MS, WALK_S = 200, 100, 500, 120
WATCH = """() => {
    window.pressed = window.shown = 0;
    document.getElementById('story').addEventListener('input', () => { window.pressed = performance.now(); });
    document.getElementById('picture').addEventListener('load', () => { window.shown = performance.now(); });
}"""
PAINTED = "performance.getEntriesByName('first-contentful-paint')[0].startTime"


def main() -> None:
    """Measure, print, and with --write put the table into docs/benchmarks.md."""
    parser = argparse.ArgumentParser(prog="script/bench web", description="How long a person waits on the page.")
    parser.add_argument("--rounds", type=int, default=15, help="of each measurement [15]")
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    options = parser.parse_args()
    with served() as (page, starting), open_chromium() as browser:
        rows = [("`plea web`, from its start to its address", starting, "ms", "")]
        weights: dict[str, int] = {}
        for name, paints in painted(page, browser, options.rounds, weights).items():
            rows.append((f"first paint: {name}", paints, "ms", str(PAINT_MS)))
        rows.append(
            ("the letter set anew, after the last key", live(page, browser, options.rounds), "ms", str(LIVE_MS))
        )
        rows.append(("from the front page to the PDF, by keys alone", walked(page, browser), "s", str(WALK_S)))
    table = "\n".join(
        [
            "| what | median | slowest | aim: below |",
            "|---|---:|---:|---:|",
            *(f"| {name} | {statistics.median(t):,.0f} {u} | {max(t):,.0f} {u} | {aim} |" for name, t, u, aim in rows),
        ]
    )
    heavy = ", ".join(f"{name} {size / 1000:.0f} kB" for name, size in weights.items())
    whole = f"{sum(weights.values()) / 1000:.0f} kB (aim: below {WEIGHT_KB})"
    text = f"{table}\n\nLoaded before the first letter: {whole}: {heavy}."
    print(text)
    if options.write:
        write_section("web", f"{machine()}\n{versions('flask', 'waitress', 'typst')}\n\n{text}")


@contextmanager
def served() -> Iterator[tuple[Page, list[float]]]:
    """A page, and the milliseconds it took to open, three times."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        know_officials(home)
        starting = []
        for _ in range(3):
            begin = time.perf_counter()
            with open_page(home, home / "papers"):
                starting.append((time.perf_counter() - begin) * 1000)
        with open_page(home, home / "papers", "--date", "2026-11-22") as page:
            yield page, starting


def painted(page: Page, browser: "Browser", rounds: int, weights: dict[str, int]) -> dict[str, list[float]]:
    """Milliseconds to the first paint of each page on the way, and what each page weighs."""
    paints: dict[str, list[float]] = {}

    def arrived(name: str, screen: "Screen") -> None:
        screen.wait_for_load_state("networkidle")
        paints.setdefault(name, []).append(float(screen.evaluate(PAINTED)))
        weights[name] = loaded(screen)

    for _ in range(rounds):
        context = browser.new_context()
        screen = context.new_page()
        screen.goto(page.address)
        arrived("the front page", screen)
        follow(screen, "a[href='/letter/']")
        arrived("what you ask for", screen)
        screen.check("#ask-refugee-intake")
        follow(screen, "main button[type=submit]")
        arrived("where you live", screen)
        for name, value in ALEX.items():
            screen.fill(f"#{name}", value)
        follow(screen, "button[value=find]")
        arrived("who you write to", screen)
        follow(screen, "button[value=next]")
        arrived("your words", screen)
        context.close()
    return paints


def live(page: Page, browser: "Browser", rounds: int) -> list[float]:
    """Milliseconds from the last key of a sentence to the picture of the letter with it."""
    context = browser.new_context()
    screen = context.new_page()
    screen.goto(page.address)
    _to_words(screen)
    screen.evaluate(WATCH)
    screen.focus("#story")
    spent: list[float] = []
    for sentence in _sentences(rounds):
        screen.keyboard.type(sentence, delay=40)
        screen.wait_for_function("() => window.shown > window.pressed")
        screen.wait_for_timeout(300)
        spent.append(float(screen.evaluate("window.shown - window.pressed")))
    context.close()
    return spent


def walked(page: Page, browser: "Browser") -> list[float]:
    """Seconds from the front page to the PDF of all letters, by keys alone, three times."""
    spent = []
    for _ in range(3):
        context = browser.new_context()
        screen = context.new_page()
        screen.goto(page.address)
        begin = time.perf_counter()
        assert write_by_keys(screen).startswith(b"%PDF")
        spent.append(time.perf_counter() - begin)
        context.close()
    return spent


def _to_words(screen: "Screen") -> None:
    follow(screen, "a[href='/letter/']")
    screen.check("#ask-refugee-intake")
    follow(screen, "main button[type=submit]")
    for name, value in ALEX.items():
        screen.fill(f"#{name}", value)
    follow(screen, "button[value=find]")
    follow(screen, "button[value=next]")


def _sentences(rounds: int) -> Sequence[str]:
    """So many short sentences, each other than the last; together they stay a story of one page."""
    words: Any = STORY.split()
    return [f"{words[number % len(words)]} {number}. " for number in range(rounds)]


if __name__ == "__main__":
    main()
