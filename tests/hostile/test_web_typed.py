"""Hostile text typed into the page: it stands on the page and in the letter as typed, and is never obeyed."""

import re
from collections.abc import Iterator
from io import BytesIO
from unicodedata import normalize

import pytest
from docx import Document
from test_printed_as_typed import FOREIGN, LINES, MARKUP

from web_letters import ALEX, at_place, at_words, file, found, invented_home, key_of, made, problems
from web_page import Answer, Page, open_page

SCRIPT = "<script>alert(1)</script>"
TAGS = re.compile(r"<(script|img|iframe|style|b)\b[^>]*>")
OUR_TAGS = {'<script src="/static/live.js" defer>', '<img id="picture"'}
RIGHT_TO_LEFT = "\u062e\u0627\u0644\u062a\u064a \u0647\u0631\u0628\u062a \u0645\u0646 \u062d\u0645\u0635."


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page with invented officials, shared by the tests of this file."""
    pytest.importorskip("flask", reason="the extra plea[web] is not installed")
    folder = tmp_path_factory.mktemp("typed")
    home = invented_home(folder / "home")
    with open_page(home, folder / "papers", "--date", "2026-11-22") as running:
        yield running
        assert running.said() == ""


def foreign_tags(answer: Answer) -> list[str]:
    """The elements on a page that our templates do not put there."""
    found = [match[0] for match in TAGS.finditer(answer.text)]
    return [tag for tag in found if not any(tag.startswith(own) for own in OUR_TAGS)]


def test_a_script_in_every_field_stays_text_on_every_page(page: Page) -> None:
    browser = page.browser()
    typed = dict.fromkeys((*ALEX, "name_latin", "state", "country", "email", "phone", "remember"), SCRIPT)
    answer = browser.submit(at_place(browser).form("/place"), typed, button=("do", "find"))
    assert answer.status == 422
    assert not foreign_tags(answer)
    values = answer.form("/place").values
    assert {name: values[name] for name in typed if name != "remember"} == {
        name: [SCRIPT] for name in typed if name != "remember"
    }
    lines = {"name": SCRIPT, "street": SCRIPT, "city": SCRIPT, "named_role": "us-senator", "named_name": SCRIPT}
    answer = found(browser, **lines)
    assert answer.status == 200
    assert f"us-senator:{SCRIPT}" in answer.form("/place").values["to"]
    assert not foreign_tags(answer)
    words = browser.submit(answer.form("/place"), button=("do", "next"))
    assert words.path.endswith("/words"), problems(words)
    answer = made(browser, words, story=SCRIPT, **{"param-crisis": SCRIPT})
    assert answer.path.endswith("/letters"), problems(answer)
    for shown in (words, answer, browser.get(words.path), browser.get("/letter/")):
        assert not foreign_tags(shown)
    letter = file(browser, answer, "refugee-intake-ann-maple.txt").decode()
    assert letter.count(SCRIPT) >= 4  # name, street, town, story


@pytest.mark.parametrize("texts", [MARKUP, LINES], ids=["markup", "lines"])
def test_a_story_is_printed_as_it_was_typed(page: Page, texts: tuple[str, ...]) -> None:
    browser = page.browser()
    answer = made(browser, at_words(browser, to=["us-president"]), story="\n\n".join(texts))
    assert answer.path.endswith("/letters"), problems(answer)
    assert not foreign_tags(answer)
    document = Document(BytesIO(file(browser, answer, "refugee-intake-us-president.docx")))
    printed = [" ".join(paragraph.text.split()) for paragraph in document.paragraphs]
    assert [text for text in texts if normalize("NFC", " ".join(text.split())) not in printed] == []


@pytest.mark.parametrize("text", FOREIGN)
def test_other_scripts_are_printed_or_said_to_have_no_font(page: Page, text: str) -> None:
    browser = page.browser()
    answer = made(browser, at_words(browser, to=["us-president"]), story=text)
    if answer.status == 422:
        assert list(problems(answer)) == ["story"]
        assert "no font at hand shows" in problems(answer)["story"].lower()
    else:
        assert answer.path.endswith("/letters")
    assert browser.get(f"/letter/{key_of(answer)}/words").form("/words").values["story"] == [text]


def test_text_from_right_to_left_keeps_its_place(page: Page) -> None:
    browser = page.browser()
    answer = made(browser, at_words(browser, to=["us-president"]), story=f"{RIGHT_TO_LEFT} \u200f(x)")
    assert answer.status in {200, 422}
    assert set(problems(answer)) <= {"story"}
    refused = made(browser, browser.get(f"/letter/{key_of(answer)}/words"), story="a \u2067b\u2069 c")
    assert "U+2067 RIGHT-TO-LEFT ISOLATE" in problems(refused)["story"]


@pytest.mark.parametrize(
    "field", ["story", "param-crisis", "order-refugee-intake-conscience", "letter", "show", "asked"]
)
def test_what_no_browser_sends_is_no_error_of_the_program(page: Page, field: str) -> None:
    browser = page.browser()
    words = at_words(browser, to=["us-president"])
    for value in ("\0", "9" * 5000, "-1", "\u0661", "../../etc/passwd", "x" * 900_000):
        answer = browser.submit(words.form("/words"), {field: value})
        assert answer.status in {200, 422}, (field, value[:20], answer.status)
        live = browser.post(f"/letter/{key_of(words)}/page", {**words.form("/words").values, field: value})
        assert live.status in {200, 422}
    for place in ({"to": ["nobody", "us-senator:", ":", "us-senator"]}, {"seat": "x"}, {"named_role": "x"}):
        form = browser.get(f"/letter/{key_of(words)}/place").form("/place")
        assert browser.submit(form, place, button=("do", "next")).status in {200, 422}
