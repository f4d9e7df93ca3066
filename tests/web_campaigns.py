"""Campaigns through the page, for tests: a page with invented officials, and what an organizer does with it."""

import json
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from campaign_folders import SETTINGS, make_campaign, make_home
from web_page import Answer, Browser, Page, open_page

DAY = "2026-11-22"


@contextmanager
def open_campaign_page(home: Path) -> Iterator[Page]:
    """A page for several tests, none of which ends it; it must have nothing to say at its end."""
    pytest.importorskip("flask", reason="the extra plea[web] is not installed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLEA_HOME", str(home))
        make_home(home)
    with open_page(home, home / "papers", "--date", DAY) as page:
        (home / "papers" / "campaigns").mkdir(parents=True)
        yield page
        log = page.said()
        assert not log, log  # no error, and nothing of anybody


def campaign(page: Page, name: str, rows: Sequence[Mapping[str, str]], settings: str = SETTINGS) -> Path:
    """A campaign's folder among those of the page."""
    return make_campaign(page.folder / "campaigns" / name, rows, settings)


def key_of(browser: Browser, folder: Path) -> str:
    """The key of a campaign, as the list of campaigns links it."""
    found: list[str] = re.findall(r'href="/campaign/([^/"]+)/"', browser.get("/campaign/").text)
    return next(key for key in found if key.rpartition("-")[0] == folder.name)


def checked(browser: Browser, key: str, query: str = "") -> Answer:
    """The page of the check, once it is there."""
    for _ in range(120):
        answer = browser.get(f"/campaign/{key}/check{query}")
        if 'data-progress="' not in answer.text:
            return answer
        time.sleep(0.5)
    raise AssertionError(answer.text)


def upload(browser: Browser, key: str, name: str, content: bytes) -> Answer:
    """Hand a table over."""
    form = browser.get(f"/campaign/{key}/signers").form("/upload")
    return browser.submit(form, files={"table": (name, content)})


def run_to_the_end(browser: Browser, key: str) -> Answer:
    """Make the letters, and wait."""
    browser.submit(browser.get(f"/campaign/{key}/print").form("/print/run"))
    for _ in range(240):
        if json.loads(browser.get(f"/campaign/{key}/progress?of=run").text)["ended"]:
            break
        time.sleep(0.5)
    return browser.get(f"/campaign/{key}/print")


def wait_for(folder: Path, pattern: str) -> None:
    """Wait until a file is there."""
    for _ in range(2400):
        if next(folder.glob(pattern), None):
            return
        time.sleep(0.05)
    raise AssertionError(f"no {pattern} in {folder}")
