"""The organizer's pages: rows corrected, a text approved, letters made, files downloaded; and what is refused."""

import io
import os
import re
import socket
import sqlite3
import time
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from urllib.parse import quote

import pytest
from pypdf import PdfReader

from campaign_folders import COLUMNS, SETTINGS, SPLIT, person, write_rows
from plea.campaigns.ledger.ledger import campaign_lock
from web_campaigns import campaign, checked, key_of, open_campaign_page, run_to_the_end, wait_for
from web_page import Browser, Page


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with open_campaign_page(tmp_path_factory.mktemp("home")) as page:
        yield page


@pytest.fixture
def browser(page: Page) -> Browser:
    return page.browser()


# --- rows -------------------------------------------------------------------------------------------------

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
HOSTILE = '<script>alert(1)</script> "{{7*7}}"'


def test_rows_are_corrected_on_the_page(page: Page, browser: Browser) -> None:
    rows = [person(f"Abe Number {number}", number) for number in range(1, 4)]
    folder = campaign(page, "correcting", [*rows, person("", 4, story=HOSTILE), person("Ann Split", 5, **SPLIT)])
    key = key_of(browser, folder)
    answer = checked(browser, key)
    assert "1 × to correct: Name: a name is missing (row: 4)" in answer.words
    assert "1 × on hold: House seat: " in answer.words
    assert HOSTILE in answer.words
    assert "<script>alert" not in answer.text
    form = answer.form("/check/rows")
    assert form.values["rows"] == ["4", "5"]
    columns = form.values["columns"]
    name, district = f"r4-c{columns.index('name')}", f"r5-c{columns.index('district')}"
    assert f'id="{name}-problem"' in answer.text
    assert f'id="{district}-problem"' in answer.text
    answer = browser.submit(form, {name: "=Dee Corrected", district: "NY-21"})
    answer = checked(browser, key)
    assert "15 letters would be printed. Your table has 5 rows." in answer.words
    assert "What needs your attention" not in answer.words
    assert [path.name for path in (folder / "corrections").iterdir()] == ["001.csv"]
    assert "Made15" in run_to_the_end(browser, key).words
    answer = browser.get(f"/campaign/{key}/letter?who=corrected")
    assert "=Dee Corrected" in answer.words
    assert HOSTILE in answer.words


def test_rows_that_could_not_be_saved_are_shown_as_they_were_typed(page: Page, browser: Browser) -> None:
    folder = campaign(page, "refused", [person("", 1), person("", 2)])
    key = key_of(browser, folder)
    form = checked(browser, key, "?row=2").form("/check/rows")
    name = f"r2-c{form.values['columns'].index('name')}"
    lock = campaign_lock(folder)
    lock.take()
    try:
        answer = browser.submit(form, {name: "Dee Corrected"})
    finally:
        lock.release()
    assert "/check?rejected=" in answer.path  # no answer to a form, which a browser does not go back to unasked
    assert answer.form("/check/rows").values["rows"] == ["2"]
    again = browser.get(answer.path)
    assert again.form("/check/rows").values[name] == ["Dee Corrected"]
    assert "has been working here since" in again.words
    saved = browser.submit(again.form("/check/rows"))
    assert 'role="status" tabindex="-1" autofocus>Saved.' in saved.text
    assert "Dee Corrected" not in checked(browser, key).form("/check/rows").values.get(name, [])


@pytest.mark.parametrize(
    ("language", "expected", "link"),
    [
        ("en", "Consent: no consent is on record.", "Say it once for the whole table"),
        ("es", "Consentimiento: no consta ningún consentimiento.", "Dígalo una sola vez para toda la tabla"),
    ],
)
def test_rows_without_consent_link_to_where_it_is_said_once(
    page: Page, browser: Browser, language: str, expected: str, link: str
) -> None:
    folder = campaign(page, f"no-consent-{language}", [])
    unsaid = [name for name in COLUMNS if not name.startswith("consent")]
    write_rows(folder, [person(f"Abe Number {number}", number) for number in (1, 2)], unsaid)
    key = key_of(browser, folder)
    browser.cookies["plea-language"] = language
    answer = checked(browser, key)
    assert expected in answer.words, answer.words
    assert "consent_at" not in answer.words
    assert answer.text.count(f'<a href="/campaign/{key}/signers#consent">{link}</a>') == 3
    signers = browser.get(f"/campaign/{key}/signers")
    assert 'id="consent"' in signers.text


def test_facts_that_expire_soon_are_shown_in_their_words(page: Page, browser: Browser) -> None:
    answer = checked(browser, key_of(browser, campaign(page, "expiring", [person("Abe First")])))
    assert "Until January 2, 2027 the letters may say: The GRACE Act would keep the yearly refugee" in answer.words
    assert "grace-act" not in answer.words


def test_rows_come_a_page_at_a_time(page: Page, browser: Browser) -> None:
    folder = campaign(page, "paging", [person("", number) for number in range(1, 24)])
    key = key_of(browser, folder)
    assert checked(browser, key).form("/check/rows").values["rows"] == [str(row) for row in range(1, 11)]
    last = checked(browser, key, "?after=20")
    assert last.form("/check/rows").values["rows"] == ["21", "22", "23"]
    assert "Next rows" not in last.words
    assert checked(browser, key, "?after=x").status == 200


def test_the_list_is_downloaded_and_uploaded(page: Page, browser: Browser) -> None:
    folder = campaign(page, "listing", [person("", 1), person("Bea Fine", 2)])
    key = key_of(browser, folder)
    checked(browser, key)
    content = browser.get(f"/campaign/{key}/check/rejects.csv").body
    assert content.startswith(b"\xef\xbb\xbfname,street,")  # the byte order mark that Excel looks for
    corrected = content.decode("utf-8-sig").replace("\n,1 Example", "\nAbe Corrected,1 Example").encode("utf-16")
    form = checked(browser, key).form("/corrections/upload")
    browser.submit(form, files={"corrections": ("what.csv", corrected)})
    assert "6 letters would be printed." in checked(browser, key).words
    refused = browser.submit(form, files={"corrections": ("w.csv", b"name,zip\nA,05401\n")})
    assert refused.status == 422
    assert "rejects.csv: is not a rejects.csv of a campaign" in refused.words


# --- locks, approval, settings -----------------------------------------------------------------


def test_a_run_elsewhere_is_seen_and_left_alone(page: Page, browser: Browser) -> None:
    folder = campaign(page, "held", [person("", 1), person("Bea Fine", 2)])
    key = key_of(browser, folder)
    form = browser.get(f"/campaign/{key}/print").form("/print/run")
    rows = checked(browser, key).form("/check/rows")
    lock = campaign_lock(folder)
    lock.take()
    try:
        answer = browser.get(f"/campaign/{key}/print")
        assert f"Process {os.getpid()} on" in answer.words
        assert not [form for form in answer.forms if form.action.endswith("/run")]
        answer = browser.submit(form)
        assert "has been working here since" in answer.words
        name = f"r1-c{rows.values['columns'].index('name')}"
        answer = browser.submit(rows, {name: "Abe Corrected"})
        assert answer.status == 422
        assert "has been working here since" in answer.words
    finally:
        lock.release()
    assert "has been working here since" not in browser.get(f"/campaign/{key}/print").words
    assert "Made3" in run_to_the_end(browser, key).words


def test_nothing_prints_that_nobody_approved(page: Page, browser: Browser) -> None:
    folder = campaign(page, "approving", [person("Abe First")], SETTINGS + 'approval = "required"\n')
    key = key_of(browser, folder)
    answer = browser.get(f"/campaign/{key}/print")
    assert "not approved yet" in answer.words
    assert not [form for form in answer.forms if form.action.endswith("/run")]
    assert "nobody approved the text" in browser.post(f"/campaign/{key}/print/run").words
    looked = browser.get(f"/campaign/{key}/letter")
    assert "To Ann Maple" in looked.words
    image = re.search(r'src="(/campaign/[^"]+\.png)"', looked.text)
    assert image
    assert browser.get(image[1]).body.startswith(b"\x89PNG")
    form = looked.form("/letter/approve")
    assert browser.submit(form, {"by": " "}).status == 422
    text = (folder / "campaign.toml").read_text()
    (folder / "campaign.toml").write_text(text + 'params = { crisis = "Sudan" }\n')
    answer = browser.submit(form, {"by": "Lee Lawyer"})
    assert "The text was changed since this page was shown" in answer.words
    assert not (folder / "approvals.csv").exists()
    answer = browser.submit(answer.form("/letter/approve"), {"by": "Lee Lawyer"})
    assert "Lee Lawyer, on November 22, 2026 (exactly this text)" in answer.words
    assert "Made3" in run_to_the_end(browser, key).words


def test_settings_are_changed_where_they_stand(page: Page, browser: Browser) -> None:
    folder = campaign(page, "settings", [person("Abe First")], f"# kept\n{SETTINGS}")
    key = key_of(browser, folder)
    form = browser.get(f"/campaign/{key}/").form(f"/{key}/")
    browser.submit(form)
    assert (folder / "campaign.toml").read_text() == f"# kept\n{SETTINGS}"
    answer = browser.submit(
        form, {"delivery": "hand", "contact": 'Ann "A"', "selection-per_office": "x", "date": "soon"}
    )
    assert answer.status == 422
    assert {"selection-per_office-problem", "date-problem"} <= {*re.findall(r'id="([\w-]+-problem)"', answer.text)}
    answer = browser.submit(form, {"targets-others": "us-senator\nnobody-knows", "delivery": "hand"})
    assert answer.status == 422
    assert "nobody-knows" in answer.words
    browser.submit(form, {"delivery": "hand", "contact": 'Ann "A"', "selection-per_office": "5"})
    text = (folder / "campaign.toml").read_text()
    assert text.startswith("# kept\n")
    assert 'contact = "Ann \\"A\\""' in text
    assert "[selection]\nper_office = 5" in text


def test_a_rejected_form_has_an_address_of_its_own(page: Page, browser: Browser) -> None:
    folder = campaign(page, "rejected", [person("Abe First")])
    key = key_of(browser, folder)
    own = f"/campaign/{key}"
    own_values = {"signers": ("consent", {"consent-at": "soon", "consent-source": "box 2"}), "": ("", {"date": "soon"})}
    addresses = []
    for view, (form, typed) in own_values.items():
        forms = browser.get(f"{own}/{view}").forms
        [found] = [one for one in forms if one.action.endswith(form or f"/{key}/")]
        answer = browser.submit(found, typed)
        assert answer.path.startswith(f"{own}/{view}?rejected=")
        assert answer.status == 422
        addresses.append((answer.path, typed))
    for path, typed in addresses:  # as Back does
        answer = browser.get(path)
        assert "“soon” is not a date." in answer.words
        assert all(f'value="{value}"' in answer.text for value in typed.values())
    for path in ("/upload", "/letter/approve", "/after/purge"):
        answer = browser.post(own + path)
        assert "?rejected=" in answer.path, path
    empty = browser.once("POST", "/campaign/open", f"csrf={browser.csrf}".encode(), FORM)
    assert empty.status == 303
    other = campaign(page, "another", [person("Abe First")])
    name = addresses[0][0].partition("?")[2]
    assert "box 2" not in browser.get(f"/campaign/{key_of(browser, other)}/signers?{name}").text
    run_to_the_end(browser, key)
    browser.submit(browser.get(f"{own}/after").form("/after/purge"), {"sure": "yes"})
    assert "box 2" not in browser.get(addresses[0][0]).text


@pytest.mark.parametrize("typed", ["", "/nowhere/at/all", "/etc", "a\0b", "~nobody-here/x", "x" * 5000, "<b>/etc</b>"])
def test_a_folder_that_is_no_campaign_is_refused_at_its_field(browser: Browser, typed: str) -> None:
    answer = browser.submit(browser.get("/campaign/").form("/campaign/open"), {"folder": typed})
    assert answer.status == 422
    assert 'id="folder-problem"' in answer.text
    assert "<b>" not in answer.text


def test_a_ledger_of_a_newer_version_is_left_alone(page: Page, browser: Browser) -> None:
    folder = campaign(page, "newer", [person("Abe First")])
    key = key_of(browser, folder)
    run_to_the_end(browser, key)
    with sqlite3.connect(folder / "ledger.sqlite") as connection:
        connection.execute("PRAGMA user_version = 99")
    before = (folder / "ledger.sqlite").read_bytes()
    for path in ("", "check", "letter", "print", "after"):
        answer = browser.get(f"/campaign/{key}/{path}")
        assert answer.status < 500, path
        assert "newer plea" in answer.words, path
    assert "newer plea" in browser.post(f"/campaign/{key}/print/run").words
    assert (folder / "ledger.sqlite").read_bytes() == before


def test_volumes_that_are_gone_are_made_again_when_asked(page: Page, browser: Browser) -> None:
    folder = campaign(page, "missing", [person("Abe First")])
    key = key_of(browser, folder)
    run_to_the_end(browser, key)
    volume = next((folder / "out").glob("*/volume-001.pdf"))
    before = volume.read_bytes()
    volume.unlink()
    answer = browser.get(f"/campaign/{key}/print")
    assert "1 volume that was made is no longer in" in answer.words
    browser.submit(answer.form("/print/run"), button=("remake", "1"))
    wait_for(volume.parent, volume.name)
    assert volume.read_bytes() == before


# --- files and the end -----------------------------------------------------------------------------


def test_only_what_was_made_is_handed_out(page: Page, browser: Browser) -> None:
    folder = campaign(page, "files", [person("Abe First")])
    key = key_of(browser, folder)
    answer = run_to_the_end(browser, key)
    links = re.findall(r'href="(/campaign/[^"]+/file/[^"]+)"', answer.text)
    assert len(links) == 3 * 2 + 4
    assert all(browser.get(link).headers["content-disposition"].startswith("attachment") for link in links)
    (folder / "out" / "trap.csv").symlink_to("/etc/passwd")
    (folder / "out" / "deep").symlink_to("/etc")
    (folder / "out" / os.fsdecode(b"no text \xff.csv")).touch()
    for name in (
        "../campaign.toml",
        quote("../campaign.toml", safe=""),
        "trap.csv",
        "deep/passwd",
        "/etc/passwd",
        ".bundles.json",
    ):
        assert browser.get(f"/campaign/{key}/file/{name}").status in {404, 400}, name
    with zipfile.ZipFile(io.BytesIO(browser.get(f"/campaign/{key}/all.zip").body)) as archive:
        assert not {name for name in archive.namelist() if "trap" in name or "passwd" in name}
    assert browser.get("/campaign/no-such-00000000/").status == 404


def test_downloads_that_are_paused_do_not_hold_the_page(page: Page, browser: Browser) -> None:
    folder = campaign(page, "paused", [])
    key = key_of(browser, folder)
    (folder / "out").mkdir()
    (folder / "out" / "large.pdf").write_bytes(bytes(40 * 1024 * 1024))  # more than the server holds ready
    cookie = "; ".join(f"{name}={value}" for name, value in browser.cookies.items())
    head = {"Host": f"127.0.0.1:{page.port}", "Cookie": cookie}
    lines = [f"GET /campaign/{key}/all.zip HTTP/1.1", *(f"{name}: {value}" for name, value in head.items()), "", ""]
    with ExitStack() as paused:
        answers = []
        for _ in range(5):
            line = paused.enter_context(socket.create_connection(("127.0.0.1", page.port), timeout=20))
            line.sendall("\r\n".join(lines).encode())
            answers.append(line.recv(12))
        assert answers == [b"HTTP/1.1 200"] * 2 + [b"HTTP/1.1 503"] * 3
        assert browser.get(f"/campaign/{key}/print").status == 200
    for _ in range(100):
        if (answer := browser.get(f"/campaign/{key}/all.zip")).status == 200:
            break
        time.sleep(0.05)
    assert len(answer.body) > 40 * 1024 * 1024


def test_the_report_is_shown_and_can_do_nothing(page: Page, browser: Browser) -> None:
    folder = campaign(page, "reporting", [person("Abe First")])
    key = key_of(browser, folder)
    run_to_the_end(browser, key)
    answer = browser.submit(browser.get(f"/campaign/{key}/after").form("/after/report"))
    assert "Read the report" in answer.words
    shown = browser.get(f"/campaign/{key}/report.html")
    assert "letters made" in shown.words
    policy = shown.headers["content-security-policy"]
    assert "script-src" not in policy
    assert policy.startswith("default-src 'none'")
    assert policy.endswith("sandbox")


def test_an_error_of_the_disk_names_the_file(page: Page, browser: Browser) -> None:
    folder = campaign(page, "in-the-way", [person("Abe First")])
    key = key_of(browser, folder)
    run_to_the_end(browser, key)
    (folder / "out" / "report").write_text("no folder")
    answer = browser.submit(browser.get(f"/campaign/{key}/after").form("/after/report"))
    assert answer.status == 500
    assert f"{folder}/out/report: File exists. Check the disk" in answer.words


def test_names_are_deleted_when_somebody_confirms(page: Page, browser: Browser) -> None:
    folder = campaign(page, "purging", [person("Zebulon Quagmire", 1), person("", 2)])
    key = key_of(browser, folder)
    checked(browser, key)
    run_to_the_end(browser, key)
    (folder / "my copy.csv").write_text("a copy of the organizer's own")
    form = browser.get(f"/campaign/{key}/after").form("/after/purge")
    assert browser.submit(form).status == 422
    assert (folder / "supporters.csv").exists()
    answer = browser.submit(form, {"sure": "yes"})
    assert "The names were removed on November 22, 2026" in answer.words
    assert "my copy.csv" in answer.words
    assert not [path for path in folder.rglob("*") if path.is_file() and b"Quagmire" in path.read_bytes()]
    answer = browser.get(f"/campaign/{key}/print")
    assert not [form for form in answer.forms if form.action.endswith("/run")]


def test_every_page_is_in_spanish_too(page: Page, browser: Browser) -> None:
    folder = campaign(page, "en-espanol", [person("Abe First"), person("", 2)])
    key = key_of(browser, folder)
    browser.cookies["plea-language"] = "es"
    assert "Antes de imprimir" in checked(browser, key).words
    for path in ("", "signers", "letter", "print", "after"):
        answer = browser.get(f"/campaign/{key}/{path}")
        assert answer.status == 200
        assert '<html lang="es">' in answer.text


def test_a_letter_that_could_not_be_printed_is_corrected_in_its_row(page: Page, browser: Browser) -> None:
    long = " ".join(["We opened our door and it was the best year of our lives."] * 60)
    folder = campaign(page, "overlong", [person("Abe First", 1), person("Long Story", 2, story=long)])
    key = key_of(browser, folder)
    answer = checked(browser, key)
    assert "Letters that may not fit on their page" in answer.words
    assert "Row 2: The letter to Ann Maple cannot be printed: " in answer.words
    assert "Made3Left to make0Letters on hold3" in run_to_the_end(browser, key).words
    answer = checked(browser, key)
    assert "Could not be printed" in answer.words
    assert f'href="/campaign/{key}/check?row=2#rows"' in answer.text
    form = checked(browser, key, "?row=2").form("/check/rows")
    assert form.values["rows"] == ["2"]
    story = f"r2-c{form.values['columns'].index('story')}"
    assert form.values[story] == [long]
    browser.submit(form, {story: "We opened our door."})
    assert "Could not be printed" not in checked(browser, key).words
    assert "Made6" in run_to_the_end(browser, key).words


def test_the_form_that_people_sign_is_of_the_text_as_it_stands(page: Page, browser: Browser) -> None:
    folder = campaign(page, "signing", [person("Abe First")])
    answer = browser.get(f"/campaign/{key_of(browser, folder)}/")
    sheets = re.findall(r'href="([^"]+sign-up-sheet\.pdf[^"]*)"', answer.text)
    texts = [PdfReader(io.BytesIO(browser.get(sheet).body)).pages[0].extract_text() for sheet in sheets]
    assert len(texts) == 2
    assert "refugee" in texts[0]
    assert "refugiad" in texts[1]
