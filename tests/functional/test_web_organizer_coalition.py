"""The coalition's workbook through the page: the same bytes as by command, whoever begins and whoever finishes."""

import csv
import io
import re
import shutil
import zipfile
from pathlib import Path

import pytest

from conftest import CHECKOUT, Plea
from web_campaigns import DAY, checked, key_of, run_to_the_end, upload, wait_for
from web_page import Answer, Browser, open_page

COALITION = CHECKOUT / "examples" / "coalition"
CORRECTED = COALITION / "corrected.csv"
NEW = {
    "asks": "refugee-intake",
    "name": "Doors of Boston",
    "organizer": "the Example Coalition",
    "contact": "Juniper Example, 617-555-0100",
    "delivery": "hand",
    "date": DAY,
}
CONSENT = {"consent-at": "2026-10-03", "consent-source": "signed on paper, kept by the Example Coalition"}


def by_command(plea: Plea, folder: Path) -> Path:
    """The campaign after its first run from the command line, as its tutorial has it."""
    assert plea("officials", "import", COALITION / "officials.csv").returncode == 0
    options = [f"--{name}={NEW[name]}" for name in ("name", "organizer", "contact", "delivery", "date")]
    assert plea("campaign", "new", folder, "--ask", "refugee-intake", *options).returncode == 0
    shutil.copy(COALITION / "forms.xlsx", folder)
    text = (folder / "campaign.toml").read_text()
    settings = {"supporters": '"forms.xlsx"', "at": "2026-10-03", "source": f'"{CONSENT["consent-source"]}"'}
    for name, value in settings.items():
        text = re.sub(f"^# {name} = .*", f"{name} = {value}", text, flags=re.MULTILINE)
    (folder / "campaign.toml").write_text(text)
    assert plea("campaign", "run", folder).returncode == 3
    return folder


def made(folder: Path) -> dict[str, bytes]:
    """All that a run writes, by name."""
    files = (path for path in (folder / "out").rglob("*") if path.is_file() and "preview" not in path.parts)
    return {str(path.relative_to(folder / "out")): path.read_bytes() for path in files}


def test_by_the_page_or_by_command_or_by_both_it_becomes_the_same_bytes(home: Path, plea: Plea, tmp_path: Path) -> None:
    pytest.importorskip("flask", reason="the extra plea[web] is not installed")
    commanded = by_command(plea, tmp_path / "boston")
    papers, other = tmp_path / "papers", tmp_path / "begun-by-command"
    folder = papers / "campaigns" / "doors-of-boston"
    with open_page(home, papers, "--date", DAY) as page:
        begun_and_left(page.browser(), folder)
        # The program is ended on the way: what is finished stays, and the command line goes on.
        assert page.process.wait(60) == 0
        assert page.said() == ""
    assert plea("campaign", "run", folder).returncode == 3
    assert made(folder) == made(commanded)

    shutil.copytree(commanded, other)
    assert plea("campaign", "run", commanded, "--corrected", CORRECTED).returncode == 0
    with open_page(home, papers, "--date", DAY) as page:
        browser = page.browser()
        # The page's own campaign: ten rows are corrected on the page, the rest by the list.
        key = key_of(browser, folder)
        answer = checked(browser, key)
        browser.submit(answer.form("/check/rows"), typed_into(answer))
        bring_back(browser, key)
        assert "Made1,017" in run_to_the_end(browser, key).words
        # What the command line began: opened by its folder, corrected by the list, finished here.
        answer = browser.submit(browser.get("/campaign/").form("/campaign/open"), {"folder": str(other)})
        key = answer.path.split("/")[2]
        bring_back(browser, key)
        assert "Made1,017" in run_to_the_end(browser, key).words
        with zipfile.ZipFile(io.BytesIO(browser.get(f"/campaign/{key}/all.zip").body)) as archive:
            assert archive.testzip() is None
            assert archive.read("manifest.csv") == (commanded / "out" / "manifest.csv").read_bytes()
        assert "supporters.csv" not in browser.get(f"/campaign/{key_of(browser, folder)}/after").words
        assert page.said() == ""
    assert made(folder) == made(commanded)
    assert made(other) == made(commanded)


def begun_and_left(browser: Browser, folder: Path) -> None:
    """From nothing to a run that is going on, and the button that closes the page."""
    key = browser.submit(browser.get("/campaign/").form("/campaign/new"), NEW).path.split("/")[2]
    answer = upload(browser, key, "forms.xlsx", (COALITION / "forms.xlsx").read_bytes())
    assert "001-forms.xlsx" in answer.words
    browser.submit(answer.form("/consent"), CONSENT)
    answer = checked(browser, key)
    assert "963 letters would be printed. Your table has 340 rows." in answer.words
    assert "36 × on hold: House seat: " in answer.words, answer.words
    assert "(rows: 27, 42, 53 and 33 more)" in answer.words, answer.words
    browser.submit(browser.get(f"/campaign/{key}/print").form("/print/run"))
    wait_for(folder / "out", "*/volume-*.pdf")
    browser.post("/stop")


def typed_into(answer: Answer) -> dict[str, str]:
    """What is typed into the rows of a page, as the corrected list has them."""
    with CORRECTED.open(newline="", encoding="utf-8") as file:
        corrected = {line["plea_row"]: line for line in csv.DictReader(file)}
    values = answer.form("/check/rows").values
    assert len(values["rows"]) == 10
    return {
        f"r{row}-c{place}": corrected[row].get(column, "")
        for row in values["rows"]
        for place, column in enumerate(values["columns"])
    }


def bring_back(browser: Browser, key: str) -> None:
    """Upload the corrected list, without looking at what is left."""
    answer = browser.post(
        f"/campaign/{key}/corrections/upload", files={"corrections": ("corrected.csv", CORRECTED.read_bytes())}
    )
    assert answer.status == 200, answer.words
