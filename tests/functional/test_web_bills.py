"""Bills on the page: who of one's officials is on one, how far it is, and the button that fetches both."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from public_files import Publisher, files, publishing

from campaign_folders import person
from own_packs import ASK, make_pack, with_detail
from web_campaigns import campaign, checked, key_of
from web_letters import found
from web_page import Page, open_page

pytest.importorskip("flask", reason="the extra plea[web] is not installed")

SETTINGS = f"""\
name = "Trees"
organizer = "Friends of Trees"
asks = ["{ASK}"]
targets = ["us-senator"]
date = 2026-11-28
pack = "pack"
"""


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with publishing(files()) as running:
        yield running


@pytest.fixture
def page(home: Path, tmp_path: Path, publisher: Publisher) -> Iterator[Page]:
    """A page on a machine with nothing fetched, and a publisher of its own."""
    where = {"PLEA_OFFICIALS_SOURCE": publisher.url}
    with open_page(home, tmp_path / "papers", "--date", "2026-11-28", browser=False, **where) as running:
        (tmp_path / "papers" / "campaigns").mkdir(parents=True)
        yield running
        assert running.said() == ""


def test_the_officials_say_whether_they_are_on_the_bill(page: Page, publisher: Publisher, home: Path) -> None:
    browser = page.browser()
    answer = browser.submit(found(browser).form("/place"), button=("do", "fetch"))
    assert "Cosponsor of S. 3535 (GRACE Act) since December 17, 2025." in answer.words  # Member S000000
    assert "Not on S. 3535 (GRACE Act)." in answer.words  # Member S000001, who withdrew
    assert "Cosponsor of H.R. 6870 (GRACE Act) since January 27, 2026." in answer.words
    assert "GRACE Act: can still become law: the House is to meet until December 17, 2026" in answer.words
    assert "is not on this computer yet" not in answer.words
    (home / "bills.json").unlink()
    answer = found(browser)
    assert "S. 3535 (GRACE Act)" not in answer.words
    assert "Who has joined a bill that your letter speaks of is not on this computer yet." in answer.words
    publisher.asked.clear()
    answer = browser.submit(answer.form("/place"), button=("do", "fetch"))
    assert "BILLSTATUS-119s3535.xml" in publisher.names()
    assert "Cosponsor of S. 3535 (GRACE Act) since December 17, 2025." in answer.words


def test_letters_without_a_bill_show_none(page: Page) -> None:
    browser = page.browser()
    answer = browser.submit(found(browser, "local-welcome").form("/place"), button=("do", "fetch"))
    assert "GRACE Act" not in answer.words


def test_the_organizers_check_counts_letters_by_what_readers_have_to_do_with_the_bill(page: Page, home: Path) -> None:
    browser = page.browser()
    browser.submit(found(browser).form("/place"), button=("do", "fetch"))
    (home / "bills.json").unlink()
    folder = campaign(page, "trees", [person("Ann Ash", 1), person("Bo Elm", 2)], SETTINGS)
    make_pack(folder, letter=with_detail("{{ bill('grace-act').name }}"))
    key = key_of(browser, folder)
    answer = checked(browser, key)
    assert "Bills that the letters speak of GRACE Act: can still become law: the House" in answer.words
    assert "Sponsor0 Cosponsors0 Not on it0 Not known4" in answer.words
    answer = browser.submit(answer.form("/check/bills"))
    answer = checked(browser, key)
    assert "Sponsor0 Cosponsors2 Not on it2 Not known0" in answer.words
