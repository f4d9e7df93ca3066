"""Tables handed to the page: refused at their field, asked about, understood, and never in place of what is there."""

import io
import socket
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from campaign_folders import SETTINGS, person
from conftest import CHECKOUT
from web_campaigns import campaign, checked, key_of, open_campaign_page, upload
from web_page import Browser, Page

FORMS = CHECKOUT / "examples" / "coalition" / "forms.xlsx"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with open_campaign_page(tmp_path_factory.mktemp("home")) as page:
        yield page


@pytest.fixture
def browser(page: Page) -> Browser:
    return page.browser()


def _bomb() -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(FORMS) as old, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name.endswith("sheet1.xml"):
                with new.open(name, "w") as sheet:
                    sheet.write(
                        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
                    )
                    for _ in range(1000):
                        sheet.write(b"<row><c t='inlineStr'><is><t>name</t></is></c></row>" * 20_000)
            else:
                new.writestr(name, old.read(name))
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("notes.csv", b"Dear all,\nplease sign.\n", ""),
        ("setup.csv", b"MZ\x90\x00\x03" + bytes(range(256)) * 20, "setup.csv"),
        ("empty.csv", b"", "empty.csv: is empty"),
        ("header.csv", b"name,zip\n", "header.csv: has a header and no rows"),
        ("twins.csv", b"name,zip,name\na,05401,b\n", "two columns are named 'name'"),
        ("wide.csv", b",".join(b"c%d" % n for n in range(200_000)) + b"\n1\n", "longer than 100,000 characters"),
        ("../../<b>x</b>.csv", b"", "is empty"),
        ("bomb.xlsx", None, "bomb.xlsx"),
    ],
    ids=["no-table", "exe", "empty", "header", "twins", "wide", "path", "bomb"],
)
def test_what_is_no_table_is_refused_at_its_field_and_nothing_is_lost(
    page: Page, browser: Browser, name: str, content: bytes | None, expected: str
) -> None:
    folder = campaign(page, "refusing", [person("Abe First")])
    key = key_of(browser, folder)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    answer = upload(browser, key, name, _bomb() if content is None else content)
    if expected:
        assert answer.status == 422
        assert expected in answer.words
        assert 'id="table-problem"' in answer.text
        assert "<b>x" not in answer.text
    else:  # one column of prose is a table, of which nothing is known: the organizer is asked
        assert "Use the new table instead?" in answer.words
        answer = browser.submit(answer.form("/signers/use"), button=("use", "old"))
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    assert str(page.folder) not in answer.words.replace(str(folder), "")


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="asks Linux which files are open")
def test_of_an_upload_that_was_broken_off_nothing_stays(page: Page, browser: Browser) -> None:
    key = key_of(browser, campaign(page, "broken-off", [person("Abe First")]))
    files = Path(f"/proc/{page.process.pid}/fd")
    before = len([*files.iterdir()])
    head = {"Host": f"127.0.0.1:{page.port}", "Content-Length": "9000000"}
    head |= {"Cookie": "; ".join(f"{name}={value}" for name, value in browser.cookies.items())}
    lines = [f"POST /campaign/{key}/upload HTTP/1.1", *(f"{name}: {value}" for name, value in head.items())]
    for _ in range(5):
        with socket.create_connection(("127.0.0.1", page.port), timeout=20) as line:
            line.sendall("\r\n".join([*lines, "", ""]).encode() + b"x" * 3_000_000)
    for _ in range(100):
        if len([*files.iterdir()]) <= before:
            return
        time.sleep(0.05)
    raise AssertionError([path.readlink() for path in files.iterdir()])


def test_a_second_table_is_asked_for_and_the_first_is_kept(page: Page, browser: Browser) -> None:
    folder = campaign(page, "replacing", [person("Abe First")])
    key = key_of(browser, folder)
    old = (folder / "supporters.csv").read_bytes()
    answer = upload(browser, key, "more.csv", b"name;zip;city;state\nBea Second;05401;Burlington;VT\n")
    assert "This campaign already has a table: supporters.csv." in answer.words
    assert "001-more.csv, with 1 row." in answer.words
    assert 'supporters = "tables' not in (folder / "campaign.toml").read_text()
    browser.submit(answer.form("/signers/use"), button=("use", "new"))
    assert 'supporters = "tables/001-more.csv"' in (folder / "campaign.toml").read_text()
    assert (folder / "supporters.csv").read_bytes() == old
    assert (folder / "tables" / "001-more.csv").stat().st_mode & 0o777 == 0o600


def test_columns_are_shown_for_correction(page: Page, browser: Browser) -> None:
    folder = campaign(page, "columns", [person("Abe First")], f"# ours\n{SETTINGS}")
    key = key_of(browser, folder)
    answer = upload(browser, key, "f.csv", b"Wer;Name;PLZ\nAbe <b>First</b>;Friends;05401\n")
    answer = browser.submit(answer.form("/signers/use"), button=("use", "new"))
    assert "Abe <b>First</b>" in answer.words
    assert "<b>First" not in answer.text
    form = answer.form("/signers/columns")
    assert form.values == {"csrf": form.values["csrf"], "column-1": ["name"]}
    answer = browser.submit(form, {"column-0": "name", "column-1": "name", "column-2": "zip"})
    assert answer.status == 422
    assert "Each can be chosen once." in answer.words
    answer = browser.submit(form, {"column-0": "name", "column-1": "", "column-2": "zip"})
    text = (folder / "campaign.toml").read_text()
    assert text.startswith("# ours\n")
    assert text.endswith('[columns]\nname = "Wer"\n"extra.name" = "Name"\nzip = "PLZ"\n')
    assert answer.form("/signers/columns").values["column-0"] == ["name"]
    assert "0 letters" in checked(browser, key).words
