"""One person's letters by the page, without a script: from an ask to files, and all that can go wrong between."""

import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from conftest import Plea
from web_letters import (
    ALEX,
    at_place,
    at_words,
    file,
    folder_of,
    found,
    invented_home,
    key_of,
    made,
    problems,
)
from web_page import Page, open_page

STORY = "My aunt keeps a bakery on North Street. She waits for her son, who is still in Homs."
NOBODY = "http://127.0.0.1:9/"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A page with invented officials that the tests of this file share; each begins letters of its own."""
    pytest.importorskip("flask", reason="the extra plea[web] is not installed")
    folder = tmp_path_factory.mktemp("person")
    home = invented_home(folder / "home")
    with open_page(
        home, folder / "papers", "--date", "2026-11-22", PLEA_GEOCODER=NOBODY, PLEA_OFFICIALS_SOURCE=NOBODY
    ) as running:
        yield running
        assert running.said() == ""  # nothing of anybody's in the log, and no error


def test_from_an_ask_to_the_files_of_the_command_line(page: Page, plea: Plea, tmp_path: Path) -> None:
    browser = page.browser()
    answer = found(browser)
    assert answer.form("/place").values["to"] == ["vt-a", "vt-b", "vt-0"]  # hers for certain; not the President
    for line in ("Ann Maple U.S. senator, VT", "1 Main Street, Burlington, VT", "President of the United States"):
        assert line in answer.words
    answer = browser.submit(answer.form("/place"), {"to": ["vt-0", "us-president"]}, button=("do", "next"))
    answer = made(browser, answer, story=STORY)
    assert answer.path.endswith("/letters"), answer.words
    assert "2 letters are ready for your printer." in answer.words
    assert '1. Print at 100 % (not "fit to page")' not in answer.words  # numbered by the list itself
    assert 'Print at 100 % (not "fit to page"): the address must meet its window.' in answer.words
    folder = folder_of(page, answer)
    assert folder.name == "2026-11-22-refugee-intake"
    assert folder.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    done = plea(
        "write", "refugee-intake", "--name", "Alex Example", "--street", "1 Example Street", "--city", "Burlington",
        "--zip", "05401", "--to", "vt-0", "--to", "us-president", "--story", STORY, "--date", "2026-11-22",
        "--format", "pdf,docx,eml,form,txt", "--out", tmp_path / "out", PLEA_HOME=str(page.home),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    by_command = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    assert len(by_command) == 10
    by_page = {name: file(browser, answer, name) for name in by_command}
    assert by_page == by_command
    assert {path.name for path in folder.iterdir()} == {*by_command, "all-letters.pdf"}
    together = PdfReader(BytesIO(file(browser, answer, "all-letters.pdf")))
    singles = [PdfReader(BytesIO(by_page[f"refugee-intake-{who}.pdf"])) for who in ("cleo-cedar", "us-president")]
    assert [one.extract_text() for one in together.pages] == [one.pages[0].extract_text() for one in singles]


def test_what_was_typed_stays_whatever_is_wrong_with_it_and_wherever_one_goes(page: Page) -> None:
    browser = page.browser()
    answer = at_place(browser)
    typed = {"name": "Alex", "street": '1 <b>Street</b> & "more"', "zip": "0540", "city": "Büdingen", "phone": "x"}
    answer = browser.submit(answer.form("/place"), {**typed, "remember": "1"}, button=("do", "find"))
    assert answer.status == 422
    for again in (answer, browser.get(answer.path)):
        values = again.form("/place").values
        assert {name: values[name] for name in typed} == {name: [value] for name, value in typed.items()}
        assert values["remember"] == ["1"]
    words = at_words(browser)
    answer = made(browser, words, story="A story\u0007 with a bell", **{"reasons_refugee-intake": ["our-word"]})
    assert answer.status == 422
    browser.get(f"/letter/{key_of(words)}/ask")
    values = browser.get(words.path).form("/words").values
    assert values["story"] == ["A story\u0007 with a bell"]
    assert values["reasons-refugee-intake"] == ["our-word"]


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name", "", "A name is missing. Give the name the letter is signed with."),
        ("name", "n" * 500, "Is 500 characters long; 200 is the most. Shorten it."),
        (
            "name",
            "Alex\u202eExample",
            (
                "Holds a character that overrides the direction of text, U+202E RIGHT-TO-LEFT OVERRIDE. "
                "Take that character out; the rest may stay as it is."
            ),
        ),
        ("zip", "", "Your ZIP code is missing: it says who represents you."),
        ("city", "  ", "Your city or town is missing: the letter begins with it."),
        ("email", "alex@", None),
        ("phone", "call me", "&#39;call me&#39; is not a phone number. One looks like 802-555-0123."),
        ("state", "NY", None),
        ("zip", "999", None),
    ],
)
def test_a_problem_stands_at_its_field_in_the_words_of_the_command_line(
    page: Page, plea: Plea, field: str, typed: str, said: str | None
) -> None:
    answer = found(page.browser(), **{field: typed})
    assert answer.status == 422
    shown = problems(answer)
    if said is not None:
        assert shown == {field: said}
        return
    options = {"--name": "Alex Example", "--city": "Burlington", "--zip": "05401", f"--{field}": typed}
    done = plea(
        "write", "refugee-intake", "--to", "us-president", *[part for pair in options.items() for part in pair],
        PLEA_HOME=str(page.home),
    )  # fmt: skip
    assert done.returncode == 1
    (where, what), (hint, _) = [line.removeprefix("plea: ").partition(": ")[::2] for line in done.stderr.splitlines()]
    [(place, text)] = shown.items()
    assert f"--{place}" == where
    assert re.sub(r"&#39;", "'", text).casefold().startswith((what.casefold(), f"it {what.casefold()}"))
    assert hint.strip().rstrip(".") in re.sub(r"&#39;", "'", text)


def test_of_a_split_zip_nobody_is_ticked_until_the_person_says_who_is_theirs(page: Page) -> None:
    split = {"zip": "13602", "city": "Watertown"}
    browser = page.browser()
    answer = found(browser, **split)
    values = answer.form("/place").values
    assert values["to"] == ["ny-a", "ny-b"]
    assert "seat" not in values
    for text in ("Which of these is yours?", "Flo Pine", "Gil Fir", "house.gov", "Your street is sent to the Census"):
        assert text in answer.words
    words = browser.submit(answer.form("/place"), {"to": [], "seat": "ny-24"}, button=("do", "next"))
    answer = made(browser, words)
    assert [path.name for path in folder_of(page, answer).glob("*.pdf")] == ["refugee-intake-gil-fir.pdf"]

    by_number = found(browser, **split)
    by_number = browser.submit(by_number.form("/place"), {"district": "ny 21"}, button=("do", "district"))
    assert by_number.form("/place").values["to"] == ["ny-a", "ny-b", "ny-21"]
    assert "Which of these is yours?" not in by_number.words

    left_out = browser.submit(found(browser, **split).form("/place"), {"seat": "out"}, button=("do", "next"))
    assert left_out.path.endswith("/words")
    assert "Gil Fir" not in left_out.words


def test_a_district_that_is_wrong_is_said_at_its_field(page: Page) -> None:
    browser = page.browser()
    for typed, said in (("VT-0", "VT-0 is not in NY."), ("NY-99", "New York has districts 1 to 26, not NY-99.")):
        answer = found(browser, zip="13602", city="Watertown")
        answer = browser.submit(answer.form("/place"), {"district": typed}, button=("do", "district"))
        assert answer.status == 422
        assert problems(answer)["district"].startswith(said)
        assert answer.form("/place").values["district"] == [typed]
        # What one chose from stays, so that a wrong number is no dead end.
        assert "Which of these is yours?" in answer.words
        assert "Gil Fir" in answer.words


def test_the_number_of_a_district_is_enough_where_the_zip_tells_the_state(page: Page) -> None:
    browser = page.browser()
    answer = found(browser, zip="13602", city="Watertown")
    assert "lies in 2 House districts" not in answer.words  # the page itself asks which is theirs
    answer = browser.submit(answer.form("/place"), {"district": " 24 "}, button=("do", "district"))
    assert answer.form("/place").values["to"] == ["ny-a", "ny-b", "ny-24"]


def test_letters_that_were_begun_say_whose_they_are_and_how_far_they_came(page: Page) -> None:
    browser = page.browser()
    words = at_words(browser, name="Sam Sample")
    begun = browser.get("/letter/")
    assert "Open our country to refugees (Sam Sample, Burlington)" in begun.words
    assert f'href="{words.path}"' in begun.text


def test_a_census_that_does_not_answer_is_said_and_one_goes_on(page: Page) -> None:
    browser = page.browser()
    answer = found(browser, zip="13602", city="Watertown")
    answer = browser.submit(answer.form("/place"), button=("do", "census"))
    assert answer.status == 200
    assert "The Census Bureau could not be asked" in answer.words
    answer = browser.submit(answer.form("/place"), {"street": ""}, button=("do", "census"))
    assert problems(answer) == {"street": "The Census Bureau needs your street and number."}
    answer = browser.submit(answer.form("/place"), button=("do", "next"))
    assert answer.path.endswith("/words")


def test_vacant_and_ended_seats_are_said_and_not_offered(page: Page) -> None:
    browser = page.browser()
    vacant = found(browser, zip="03301", city="Concord")
    assert "NH: the members of Congress are not in the directory." in vacant.words
    assert vacant.form("/place").values["to"] == ["nh-a"]
    ended = found(browser, zip="43215", city="Columbus")
    assert "OH: the term of Ida Iris ended on November 3, 2026;" in ended.words
    assert "“Fetch the list now” brings the newest." in ended.words  # and there is such a button
    asked = browser.submit(ended.form("/place"), button=("do", "fetch"))
    assert "The list could not be fetched; most likely this computer is not on the internet" in asked.words
    assert "plea officials" not in asked.words
    assert ended.form("/place").values["to"] == ["oh-a"]
    forged = browser.submit(ended.form("/place"), {"to": ["oh-b"]}, button=("do", "next"))
    assert forged.status == 422
    assert "the term of Ida Iris ended on November 3, 2026" in problems(forged)["to"].lower().replace(
        "ida iris", "Ida Iris"
    ).replace("november", "November")


def test_what_was_wrong_has_an_address_that_one_can_go_back_to(page: Page) -> None:
    # A browser that is to go back to the answer of a form shows a page of its own: "Confirm Form Resubmission".
    browser = page.browser()
    begun = browser.submit(browser.get("/letter/").form("/letter/"), {"ask": []})
    assert problems(browser.get(begun.path)) == problems(begun) == {"ask": "Please check at least one."}
    form = found(browser, zip="13602", city="Watertown").form("/place")
    census = browser.submit(form, {"street": ""}, button=("do", "census"))
    assert problems(browser.get(census.path)) == problems(census) != {}
    words = at_words(browser)
    wrong = browser.submit(words.form("/words"), {"reasons-refugee-intake": []})
    assert problems(browser.get(wrong.path)) == problems(wrong) != {}
    assert made(browser, words).status == 200
    assert problems(browser.get(wrong.path)) == {}


def test_an_ask_that_goes_to_nobody_ticked_says_whom_it_can_go_to(page: Page) -> None:
    browser = page.browser()
    form = found(browser, "ceasefire", "refugee-intake").form("/place")
    answer = browser.submit(form, {"to": ["vt-a"]}, button=("do", "next"))
    assert problems(answer) == {
        "to": "“A ceasefire that every side keeps” does not go to anyone you have checked. It can go to: Secretary of "
        "State, U.S. ambassador to the United Nations, Secretary-General of the United Nations."
    }
    answer = browser.submit(answer.form("/place"), {"to": []}, button=("do", "next"))
    assert problems(answer) == {"to": "Please check at least one of them."}
    answer = browser.submit(answer.form("/place"), {"to": ["us-president", "us-un-ambassador"]}, button=("do", "next"))
    assert answer.path.endswith("/words")


def test_asks_changed_afterwards_lead_back_to_whom_they_go_to(page: Page) -> None:
    browser = page.browser()
    words = at_words(browser, to=["vt-a"])
    ask = browser.get(f"/letter/{key_of(words)}/ask")
    browser.submit(ask.form("/ask"), {"ask": ["ceasefire"]})
    answer = browser.get(words.path)
    assert "/place?check=1" in answer.path
    assert "ask" not in problems(answer)
    assert "A ceasefire that every side keeps" in problems(answer)["to"]


def test_a_state_that_the_zip_leaves_open_is_asked_for(page: Page) -> None:
    browser = page.browser()
    answer = found(browser, zip="02861", city="Pawtucket")
    assert problems(answer) == {"state": "This ZIP code is in more than one state. Please say which is yours."}
    answer = browser.submit(answer.form("/place"), {"state": "ma"}, button=("do", "find"))
    assert answer.form("/place").values["to"] == ["ma-a", "ma-b"]


def test_an_address_changed_at_the_last_moment_shows_who_answers_for_it(page: Page) -> None:
    browser = page.browser()
    form = found(browser).form("/place")
    answer = browser.submit(form, {"zip": "13126", "city": "Oswego"}, button=("do", "next"))
    assert answer.path.endswith("/place")
    assert "You have changed the address" in answer.words
    assert answer.form("/place").values["to"] == ["ny-a", "ny-b", "ny-24"]
    assert "You have changed the address" not in browser.get(answer.path).words


def test_somebody_else_by_name(page: Page) -> None:
    browser = page.browser()
    form = found(browser).form("/place")
    one = {"named_role": "us-senator", "named_name": "  Jane   Doe "}
    answer = browser.submit(form, {**one, "to": []}, button=("do", "name"))
    assert answer.form("/place").values["to"] == ["us-senator:Jane Doe"]
    assert answer.form("/place").values["named_name"] == [""]
    known = browser.submit(answer.form("/place"), {"named_role": "us-senator", "named_name": "birch"},
                           button=("do", "name"))  # fmt: skip
    assert set(known.form("/place").values["to"]) == {"us-senator:Jane Doe", "vt-b"}
    wrong = browser.submit(known.form("/place"), {**one, "named_name": "Jane\u202eDoe"}, button=("do", "next"))
    assert "overrides the direction of text" in problems(wrong)["named_name"]
    words = browser.submit(wrong.form("/place"), {"named_name": "", "to": ["us-senator:Jane Doe"]},
                           button=("do", "next"))  # fmt: skip
    answer = made(browser, words)
    assert b"Dear Senator Doe:" in file(browser, answer, "refugee-intake-jane-doe.txt")


def test_a_name_that_several_have_is_asked_about(page: Page) -> None:
    browser = page.browser()
    form = found(browser, zip="02108", city="Boston").form("/place")
    typed = {"named_role": "us-senator", "named_name": "lea", "to": []}
    answer = browser.submit(form, typed, button=("do", "name"))
    assert "Several officials have that name. Check the one you mean." in answer.words
    assert answer.form("/place").values.get("to", []) == []
    assert answer.words.count("Lea Larch") == 1  # she answers for the place as well: one line for one person


@pytest.mark.parametrize(
    ("story", "said"),
    [
        ("Mi hermana vive en Alepo desde hace veinte años. No sé si está viva.", True),
        ("My sister lives on la Calle de la Luna. She calls me mi vida, and I do not know if she is well.", False),
        ("", False),
    ],
    ids=["Spanish", "English with Spanish in it", "none"],
)
def test_a_story_in_spanish_is_not_printed_in_an_english_letter_unasked(page: Page, story: str, said: bool) -> None:
    browser = page.browser()
    words = at_words(browser)
    asked = browser.submit(words.form("/words"), {"story": story})
    assert ("Your story seems to be in Spanish" in asked.words) == said
    assert asked.path.endswith("/words?care=1" if said else "/letters")
    if said:
        assert browser.submit(asked.form("/words"), button=("keep", "1")).path.endswith("/letters")


def test_where_a_letter_is_in_english_only_the_spanish_page_asks_for_a_story_in_english(page: Page) -> None:
    browser = page.browser()
    browser.cookies["plea-language"] = "es"
    words = at_words(browser, "ceasefire", to=["us-secretary-of-state"])
    assert "En inglés, por favor" in words.words
    assert "Secretaría de Estado" in made(browser, words).words
    assert "En inglés, por favor" not in at_words(browser).words


def test_without_a_list_of_officials_one_is_told_and_can_go_on(tmp_path: Path) -> None:
    pytest.importorskip("flask", reason="the extra plea[web] is not installed")
    home = tmp_path / "home"
    home.mkdir()
    with open_page(
        home, tmp_path / "papers", "--date", "2031-05-01", PLEA_GEOCODER=NOBODY, PLEA_OFFICIALS_SOURCE=NOBODY
    ) as page:
        browser = page.browser()
        answer = found(browser)
        assert "The public list of officials is not on this computer yet." in answer.words
        assert '<details id="named" open>' in answer.text  # the note says to type a name below
        answer = browser.submit(answer.form("/place"), button=("do", "fetch"))
        assert "The list could not be fetched; most likely this computer is not on the internet" in answer.words
        typed = {"named_role": "us-senator", "named_name": "Jane Doe", "to": ["us-president"]}
        words = browser.submit(answer.form("/place"), typed, button=("do", "next"))
        assert words.path.endswith("/words")
        # Facts that have expired by then are not stated: the bill died with its Congress.
        reasons = ["share-in-war", "safe-returns"]
        answer = made(browser, words, **{"reasons_refugee-intake": reasons})
        assert "2 letters are ready" in answer.words
        letter = file(browser, answer, "refugee-intake-jane-doe.txt").decode()
        assert "May 1, 2031" in letter
        assert "back a floor in law" in letter
        assert "GRACE" not in letter
        assert page.said() == ""


def test_reasons_stand_in_the_order_of_their_numbers(page: Page) -> None:
    browser = page.browser()
    words = at_words(browser, to=["us-president"])
    assert words.form("/words").values["reasons-refugee-intake"] == ["conscience", "ready-towns"]
    typed = {
        "reasons_refugee-intake": ["conscience", "our-word", "ready-towns"],
        "order_refugee-intake-conscience": "3",
        "order_refugee-intake-our-word": "1",
        "order_refugee-intake-ready-towns": "2",
    }
    letter = file(browser, made(browser, words, **typed), "refugee-intake-us-president.txt").decode()
    starts = ["When our country approves", "Welcome is work", "The great faiths agree"]
    assert sorted(starts, key=letter.index) == starts
    none = made(browser, browser.get(words.path), **{"reasons_refugee-intake": []})
    assert problems(none) == {"reasons-refugee-intake": "Please check at least one reason."}
    four = ["conscience", "our-word", "ready-towns", "safe-returns"]
    many = made(browser, none, **{"reasons_refugee-intake": four})
    assert problems(many) == {"reasons-refugee-intake": "Please check 3 reasons at most; nobody reads more."}


def test_a_story_that_may_hurt_its_writer_is_kept_only_when_they_say_so(page: Page) -> None:
    browser = page.browser()
    answer = made(browser, at_words(browser, to=["us-president"]), story="My number is A 123 456 789.")
    assert "/words?care=1" in answer.path
    assert "Your story: holds what looks like an A-number" in answer.words
    answer = browser.submit(answer.form("/words"), button=("keep", "1"))
    assert answer.path.endswith("/letters")
    assert b"A 123 456 789" in file(browser, answer, "refugee-intake-us-president.txt")


def test_a_story_in_spanish_is_asked_for_in_english_too_and_comes_back_as_a_copy(page: Page) -> None:
    browser = page.browser()
    browser.cookies["plea-language"] = "es"
    words = at_words(browser, to=["us-president"])
    assert words.form("/words").values["language"] == ["es"]
    answer = made(browser, words, story="Mi tía espera en Homs.")
    assert problems(answer) == {
        "story_en": "Cuenta su historia en otro idioma: la oficina la necesita también en inglés."
    }
    answer = made(browser, answer, story_en="My aunt waits in Homs.", translated_by="Rosa Álvarez")
    assert "Sus cartas" in answer.words
    office = file(browser, answer, "refugee-intake-us-president.txt").decode()
    own = file(browser, answer, "refugee-intake-us-president-es.txt").decode()
    assert "My aunt waits in Homs." in office
    assert "Mi tía espera en Homs." in own


def test_a_person_is_remembered_only_when_they_say_so_and_never_with_their_story(page: Page) -> None:
    browser = page.browser()
    kept = page.home / "person.toml"
    made(browser, at_words(browser, to=["us-president"]), story=STORY)
    assert not kept.exists()
    form = found(browser).form("/place")
    words = browser.submit(form, {"remember": "1", "to": ["us-president"]}, button=("do", "next"))
    assert not kept.exists()
    made(browser, words, story=STORY)
    try:
        assert kept.stat().st_mode & 0o777 == 0o600
        assert 'street = "1 Example Street"' in kept.read_text()
        assert "bakery" not in kept.read_text()
        again = at_place(browser).form("/place").values
        assert {name: again[name] for name in ALEX} == {name: [value] for name, value in ALEX.items()}
        assert "remember" not in again
    finally:
        kept.unlink()


def test_letters_can_be_made_again_for_another_envelope(page: Page) -> None:
    browser = page.browser()
    answer = made(browser, at_words(browser, to=["vt-a", "vt-b"]))
    folder = folder_of(page, answer)
    before = (folder / "refugee-intake-ann-maple.pdf").read_bytes()
    options = {"profile": "none", "envelope_page": "1", "test_page": "1"}
    answer = browser.submit(answer.form("/letters"), options)
    assert "Print the envelope page on the outside of a plain envelope." in answer.words
    assert (folder / "refugee-intake-ann-maple.pdf").read_bytes() != before
    assert file(browser, answer, "refugee-intake-ann-maple-envelope.pdf").startswith(b"%PDF")
    assert (folder / "test-page-none.pdf").exists()
    place = browser.get(f"/letter/{key_of(answer)}/place")
    words = browser.submit(place.form("/place"), {"to": ["vt-b"]}, button=("do", "next"))
    answer = made(browser, words)
    assert folder_of(page, answer) == folder
    assert {path.name for path in folder.glob("*.pdf")} == {
        "refugee-intake-bob-birch.pdf", "refugee-intake-bob-birch-envelope.pdf", "test-page-none.pdf"
    }  # fmt: skip


def test_letters_begun_in_two_tabs_do_not_mix(page: Page) -> None:
    browser = page.browser()
    one, two = at_words(browser, to=["vt-a"]), at_words(browser, to=["vt-b"], name="Blake Example")
    made(browser, one, story="One.")
    second = made(browser, two, story="Two.")
    first = browser.get(f"/letter/{key_of(one)}/letters")
    assert folder_of(page, first) != folder_of(page, second)
    assert b"One." in file(browser, first, "refugee-intake-ann-maple.txt")
    letter = file(browser, second, "refugee-intake-bob-birch.txt")
    assert b"Two." in letter
    assert b"Blake Example" in letter
    for path in ("refugee-intake-ann-maple.txt", "../../../home/officials.sqlite", "%2e%2e%2fx", "nothing.pdf"):
        assert browser.get(f"/letter/{key_of(two)}/files/{path}").status == 404
    assert browser.get("/letter/nobody/words").status == 404
    other = page.browser()
    other.cookies = {}
    assert other.get(f"/letter/{key_of(two)}/letters").status == 403


def test_a_step_cannot_be_jumped_over(page: Page) -> None:
    browser = page.browser()
    key = key_of(at_place(browser))
    for step in ("words", "letters"):
        answer = browser.get(f"/letter/{key}/{step}")
        assert "/place?check=1" in answer.path
        assert set(problems(answer)) == {"name", "zip", "city"}


def test_a_character_that_no_font_has_is_said_at_the_field_that_holds_it(page: Page) -> None:
    browser = page.browser()
    aleph = "\U00010f70"  # of Old Uyghur
    answer = browser.submit(found(browser, name=f"Alex {aleph}").form("/place"), button=("do", "next"))
    assert answer.status == 422
    assert "(U+10F70, OLD UYGHUR LETTER ALEPH)" in problems(answer)["name"]
    answer = made(browser, at_words(browser, to=["vt-a"]), story=f"A {aleph} on the wall.")
    assert list(problems(answer)) == ["story"]
    assert "install a font" in problems(answer)["story"].lower()
    live = browser.post(f"/letter/{key_of(answer)}/page", answer.form("/words").values)
    assert live.status == 422
    assert "U+10F70" in live.text


def test_the_page_is_set_while_it_is_typed_and_shows_the_newest_words(page: Page) -> None:
    browser = page.browser()
    words = at_words(browser, to=["vt-a", "vt-b"])
    address, form = f"/letter/{key_of(words)}/page", words.form("/words").values
    times = []
    for count in range(1, 8):
        start = time.perf_counter()
        answer = browser.post(address, {**form, "story": "My aunt waits. " * count})
        times.append(time.perf_counter() - start)
        assert answer.status == 200
        assert answer.headers["content-type"] == "image/png"
        assert answer.body.startswith(b"\x89PNG")
    assert min(times) < 0.3, times
    assert browser.get(words.path).form("/words").values["story"] == ["My aunt waits. " * 7]  # kept while it is typed
    with ThreadPoolExecutor(6) as threads:
        stories = [f"Text number {number}." for number in range(12)]
        answers = list(threads.map(lambda story: browser.post(address, {**form, "story": story}), stories))
    assert {answer.status for answer in answers} == {200, 204}  # of those that waited only the newest was set
    last = browser.post(address, {**form, "story": "The last word."})
    assert last.body == browser.get(f"/letter/{key_of(words)}/page.png").body
    assert "The last word." in browser.get(f"/letter/{key_of(words)}/text").text
    other = browser.post(address, {**form, "story": "The last word.", "letter": "1"})
    assert other.body != last.body
    assert "The Honorable Bob Birch" in browser.get(f"/letter/{key_of(words)}/text").text


def test_the_page_shows_without_a_script_what_a_button_asks_for(page: Page) -> None:
    browser = page.browser()
    words = at_words(browser, to=["vt-a", "vt-b"])
    assert 'src="/letter/' in words.text
    answer = browser.submit(words.form("/words"), {"story": STORY, "letter": "1"}, button=("show", "1"))
    text = browser.get(f"/letter/{key_of(words)}/text").text
    assert "The Honorable Bob Birch" in text
    assert "a bakery on North Street" in text
    [address] = re.findall(r'id="picture" src="([^"]+)"', answer.text)
    assert browser.get(address).body.startswith(b"\x89PNG")
    none = browser.submit(answer.form("/words"), {"reasons-refugee-intake": []}, button=("show", "1"))
    assert problems(none) == {"reasons-refugee-intake": "Please check at least one reason."}
    assert 'id="picture" src' not in none.text  # no page that says what the person did not choose
    live = browser.post(f"/letter/{key_of(words)}/page", none.form("/words").values)
    assert live.status == 422
    assert "Please check at least one reason." in live.text


def test_a_letter_too_long_for_its_page_says_so_while_it_is_written(page: Page) -> None:
    browser = page.browser()
    words = at_words(browser, to=["vt-a"])
    story = "A word and another. " * 120
    answer = browser.post(f"/letter/{key_of(words)}/page", {**words.form("/words").values, "story": story})
    assert "runs%20over" in answer.headers["x-plea-notes"].lower()
    answer = made(browser, words, story=story)
    assert "Runs over: 2 pages." in answer.words
    assert "Shorten the story or choose fewer reasons" in answer.words or "shorten the story" in answer.words


def test_what_was_begun_can_be_gone_on_with(page: Page) -> None:
    browser = page.browser()
    place = at_place(browser, "arms-sales")
    front = browser.get("/letter/")
    assert "No American arms for crimes against civilians" in front.words
    assert f'href="{place.path}"' in front.text


def test_dates_of_letters_follow_the_page(page: Page) -> None:
    browser = page.browser()
    answer = made(browser, at_words(browser, to=["vt-a"]))
    assert b"November 22, 2026" in file(browser, answer, "refugee-intake-ann-maple.txt")
    assert date(2026, 12, 13).strftime("%B %d, %Y") in answer.words
