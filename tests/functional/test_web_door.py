"""The door of the page: who may come in, what is refused, how it opens and how it closes."""

import pytest

from web_page import Browser, Page


def test_the_address_opens_the_page_and_leaves_no_token_behind(page: Page) -> None:
    browser = page.browser()
    assert browser.last_path == "/"
    assert "Write to the people who answer for you" in browser.get("/").words


@pytest.mark.parametrize("address", ["/", "/?token=", "/?token=wrong", "/letter/", "/campaign/", "/nothing"])
def test_without_the_cookie_or_with_a_wrong_token_nothing_opens(page: Page, address: str) -> None:
    answer = Browser(page.port).get(address)
    assert answer.status == 403
    assert "This page is not open to you yet" in answer.words
    assert not answer.forms
