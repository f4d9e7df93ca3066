"""Walks through the four steps of one person's letters, for the tests of that page."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from campaign_folders import OFFICIALS, ZIPS, make_home
from plea.app import run
from web_page import Answer, Browser, Page

MORE = """\
oh-a,us-senator,Hal Hazel,Hazel,OH,,district,8 Broad Street,Columbus,43215,2025-01-03,2031-01-03
oh-b,us-senator,Ida Iris,Iris,OH,,district,9 Broad Street,Columbus,43215,2025-01-03,2026-11-03
nh-a,us-senator,Joe Juniper,Juniper,NH,,district,1 Elm Street,Concord,03301,2025-01-03,2031-01-03
ma-a,us-senator,Lea Larch,Larch,MA,,district,2 Elm Street,Boston,02108,2025-01-03,2031-01-03
ma-b,us-senator,Lea Linden,Linden,MA,,district,3 Elm Street,Boston,02108,2025-01-03,2031-01-03
"""
ALEX = {"name": "Alex Example", "street": "1 Example Street", "zip": "05401", "city": "Burlington"}


def invented_home(folder: Path) -> Path:
    """A home with invented officials."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLEA_HOME", str(folder))
        home = make_home(folder, OFFICIALS + MORE)
        (folder / "zccd.csv").write_text(ZIPS + "25,MA,02861,4\n44,RI,02861,1\n")
        assert run(["officials", "import", str(folder / "zccd.csv")]) == 0
        return home


def at_place(browser: Browser, *asks: str) -> Answer:
    """Step two, of letters that ask for this."""
    answer = browser.get("/letter/")
    answer = browser.submit(answer.form("/letter/"), {"ask": asks or ["refugee-intake"]})
    assert answer.path.endswith("/place"), answer.text
    return answer


def found(browser: Browser, *asks: str, **place: str) -> Answer:
    """Step two with the officials for the place, Alex's unless told otherwise."""
    return browser.submit(at_place(browser, *asks).form("/place"), {**ALEX, **place}, button=("do", "find"))


def at_words(browser: Browser, *asks: str, to: Sequence[str] | None = None, **place: str) -> Answer:
    """Step three, with those who are ticked by themselves or with `to`."""
    form = found(browser, *asks, **place).form("/place")
    answer = browser.submit(form, {} if to is None else {"to": to}, button=("do", "next"))
    assert answer.path.endswith("/words"), answer.words
    return answer


def made(browser: Browser, words: Answer, **typed: str | Sequence[str]) -> Answer:
    """What comes of pressing the button of step three; `reasons_x` is the field `reasons-x`."""
    named = {name.replace("reasons_", "reasons-").replace("order_", "order-"): value for name, value in typed.items()}
    return browser.submit(words.form("/words"), named)


def key_of(answer: Answer) -> str:
    """The key in the address of a step."""
    return answer.path.split("/")[2]


def file(browser: Browser, answer: Answer, name: str) -> bytes:
    """A file of step four, downloaded."""
    got = browser.get(f"/letter/{key_of(answer)}/files/{name}")
    assert got.status == 200, (name, got.status)
    assert got.headers["content-disposition"].startswith("attachment")
    return got.body


def folder_of(page: Page, answer: Answer) -> Path:
    """The folder that step four names."""
    folder = Path(answer.text.partition('<span class="path">')[2].partition("</span>")[0])
    assert folder.parent == page.folder / "letters"
    return folder


def problems(answer: Answer) -> dict[str, str]:
    """The text of each problem on a page by the id of its field."""
    found: dict[str, str] = {}
    for part in answer.text.split('<p class="problem" id="')[1:]:
        name, _, rest = part.partition('-problem">')
        found[name] = " ".join(rest.partition("</p>")[0].split())
    return found
