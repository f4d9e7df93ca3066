"""What the page asks of others: the public list of officials, the Census; each only at the press of a button."""

from collections.abc import Iterator
from pathlib import Path

import public_files
import pytest
from public_files import Publisher, publishing
from test_write_geocode import Census, census

from web_letters import found
from web_page import Page, open_page

__all__ = ["census"]

pytest.importorskip("flask", reason="the extra plea[web] is not installed")


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with publishing(public_files.files()) as running:
        yield running


@pytest.fixture
def page(home: Path, tmp_path: Path, publisher: Publisher, census: type[Census]) -> Iterator[Page]:
    """A page on a machine without officials, with a publisher and a Census of its own."""
    where = {"PLEA_OFFICIALS_SOURCE": publisher.url, "PLEA_GEOCODER": census.address}
    with open_page(home, tmp_path / "papers", "--date", "2026-11-22", browser=False, **where) as running:
        yield running
        assert running.said() == ""


def test_one_button_fetches_the_officials_and_another_asks_for_the_district(
    page: Page, publisher: Publisher, census: type[Census]
) -> None:
    browser = page.browser()
    answer = found(browser, zip="60098", city="Woodstock")
    assert "The public list of officials is not on this computer yet." in answer.words
    assert publisher.asked == []
    answer = browser.submit(answer.form("/place"), button=("do", "fetch"))
    assert len(publisher.asked) == 7
    assert "Member S000002" in answer.words
    assert answer.form("/place").values["to"] == ["us-S000002", "us-S000003"]
    assert "Which of these is yours?" in answer.words
    assert census.asked == []
    answer = browser.submit(answer.form("/place"), button=("do", "census"))
    [asked] = census.asked
    assert asked["street"] == ["1 Example Street"]
    assert "Alex" not in str(asked)
    assert "The Census Bureau says IL-11." in answer.words
    assert "Member I000011" in answer.words
    assert answer.form("/place").values["to"] == ["us-S000002", "us-S000003", "us-I000011"]
    answer = browser.submit(answer.form("/place"), button=("do", "next"))
    assert answer.path.endswith("/words")
    assert len(census.asked) == 1
