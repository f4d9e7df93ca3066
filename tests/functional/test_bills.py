"""Bills as a person meets them: `plea bills`, what `plea update` fetches of them, and letters that know of them."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import public_files
import pytest
from public_files import Publisher, publishing

import bill_files
from conftest import Plea
from own_packs import ASK, make_pack, with_detail

DAY = ("--date", "2026-11-28")
OWN_BILLS = """\
[trees]
congress = 119
number = "s77"
name.en = "Street Trees Act"
does.en = "It would plant a tree on every street."
source = { title = "S. 77 as introduced", publisher = "GPO", url = "https://example.org/s77", day = 2025-02-03 }
"""
PERSON = ("--name", "Sam Rivers", "--city", "Burlington", "--zip", "05401", "--format", "txt")


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with publishing(public_files.files()) as publisher:
        yield publisher


@pytest.fixture(scope="module")
def updated_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home after `plea update`, once for all tests that only read it."""
    home = tmp_path_factory.mktemp("updated-home")
    with publishing(public_files.files()) as publisher:
        done = subprocess.run(
            [sys.executable, "-m", "plea", "update", "--source", publisher.url],
            env={**os.environ, "PLEA_HOME": str(home)},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    return home


def own_pack(folder: Path, detail: str) -> Path:
    pack = make_pack(folder, letter=with_detail(detail))
    (pack / "bills.toml").write_text(OWN_BILLS, "utf-8")
    return pack


# --- list and show ------------------------------------------------------------------------------------------------


def test_the_bills_are_listed_without_anything_fetched(plea: Plea, home: Path) -> None:
    done = plea("bills", "list", *DAY)
    assert done.returncode == 0
    said = " ".join(done.stdout.split())
    assert "grace-act: GRACE Act (H.R. 6870, S. 3535, Congress 119)" in said
    assert (
        "Can still become law: the House is to meet until December 17, 2026, the Senate until December 18, 2026."
        in said
    )
    assert "S. 3535: its status was not fetched" in said
    assert "Fetch who is on them: plea update" in said
    assert plea("bills").stdout.startswith("grace-act: ")
    assert list(home.iterdir()) == []


def test_the_list_says_who_introduced_a_bill_and_how_many_joined(plea: Plea, updated_home: Path) -> None:
    said = plea("bills", "list", *DAY, PLEA_HOME=str(updated_home)).stdout
    assert "S. 3535: introduced by Member S000002 [X-ZZ], 1 cosponsor\n" in said
    assert "H.R. 670: introduced by Member I000002 [X-ZZ], 0 cosponsors\n" in said
    assert "afghan-adjustment: Afghan Adjustment Act (H.R. 4895, S. 4444, Congress 119)" in said
    assert "not fetched" not in said


def test_a_bill_is_shown_with_what_ones_own_members_have_to_do_with_it(plea: Plea, updated_home: Path) -> None:
    done = plea("bills", "show", "grace-act", "--zip", "05401", *DAY, PLEA_HOME=str(updated_home))
    assert done.returncode == 0
    lines = [line.strip() for line in done.stdout.splitlines()]
    assert "Withdrawn: Member S000001 [X-ZZ] on March 4, 2026" in lines
    assert "Before: Judiciary Committee" in lines
    assert "Latest: Referred to the Committee on the Judiciary (February 3, 2026)" in lines
    members = lines[lines.index("Your members") + 1 :]
    assert members[:3] == [
        "Member S000000 (VT): cosponsor of S. 3535 (GRACE Act) since December 17, 2025",
        "Member S000001 (VT): not on S. 3535 (GRACE Act)",
        "Member R000000 (VT-0): cosponsor of H.R. 6870 (GRACE Act) since January 27, 2026",
    ]


def test_a_seat_that_the_place_does_not_settle_is_said(plea: Plea, updated_home: Path) -> None:
    said = plea("bills", "show", "grace-act", "--state", "IL", *DAY, PLEA_HOME=str(updated_home)).stdout
    assert "Member S000002 (IL): introduced S. 3535 (GRACE Act)" in said
    assert "IL-?: the House seat depends on the district" in said


def test_the_remembered_persons_members_are_shown(plea: Plea, updated_home: Path, tmp_path: Path) -> None:
    home = shutil.copytree(updated_home, tmp_path / "own-home")
    (home / "person.toml").write_text('name = "Sam"\nstate = "VT"\nzip = "05401-1234"\n', "utf-8")
    said = plea("bills", "show", "no-ban-act", *DAY, PLEA_HOME=str(home)).stdout
    assert "Member S000000 (VT): not on S. 398 (NO BAN Act)" in said
    assert "Your members" in said
    nobody = plea("bills", "show", "no-ban-act", *DAY, PLEA_HOME=str(updated_home)).stdout
    assert "Your members" not in nobody
    assert "plea bills show no-ban-act --zip ZIP" in nobody


def test_members_without_the_bill_in_their_chamber_are_left_out(plea: Plea, updated_home: Path) -> None:
    shown = plea("bills", "show", "afghan-allies", "--zip", "05401", "--json", *DAY, PLEA_HOME=str(updated_home))
    members = json.loads(shown.stdout)["members"]
    assert [(member["official"]["id"], member["part"]) for member in members] == [
        ("us-S000000", "neither"),
        ("us-S000001", "sponsor"),
    ]


@pytest.mark.parametrize(
    ("on", "state", "sentence"),
    [
        ("2026-12-15", "alive_until", "Can still become law:"),
        ("2026-12-16", "too_late", "Can hardly become law any more:"),
        ("2027-01-03", "ended", "Ended with Congress 119"),
    ],
)
def test_a_bill_ends_with_its_congress(plea: Plea, on: str, state: str, sentence: str) -> None:
    shown = plea("bills", "show", "grace-act", "--date", on)
    assert sentence in shown.stdout
    assert json.loads(plea("bills", "show", "grace-act", "--date", on, "--json").stdout)["state"] == state


def test_a_bill_that_became_law_is_shown_as_one(plea: Plea, publisher: Publisher) -> None:
    publisher.content["BILLSTATUS-119s3535.xml"] = bill_files.bill_status(
        "s3535", "GRACE Act", sponsor="S000002", law="119-99"
    )
    assert plea("update", "--source", publisher.url).returncode == 0
    assert "Has become law (Public Law 119-99)." in plea("bills", "show", "grace-act", *DAY).stdout


def test_a_bill_that_is_not_there_is_wrong_usage(plea: Plea) -> None:
    done = plea("bills", "show", "grace")
    assert (done.returncode, done.stderr) == (2, "plea: there is no bill grace\n      Did you mean grace-act?\n")
    done = plea("bills", "show", "x")
    assert done.returncode == 2
    assert "There are: grace-act, lady-liberty," in done.stderr


def test_damaged_bills_say_what_to_do(plea: Plea, updated_home: Path, tmp_path: Path) -> None:
    home = shutil.copytree(updated_home, tmp_path / "own-home")
    (home / "bills.json").write_text("{", "utf-8")
    done = plea("bills", "show", "grace-act", PLEA_HOME=str(home))
    assert done.returncode == 4
    assert len(done.stderr.splitlines()) == 2
    assert "bills.json: the file with the status of bills is damaged" in done.stderr
    assert "plea update" in done.stderr


# --- update ---------------------------------------------------------------------------------------------------------


def test_a_bill_that_changed_is_fetched_alone(plea: Plea, publisher: Publisher) -> None:
    plea("update", "--source", publisher.url)
    publisher.content["BILLSTATUS-119s3535.xml"] = bill_files.bill_status(
        "s3535", "GRACE Act", sponsor="S000002", cosponsors=[("S000001", "2026-06-02", "")]
    )
    done = plea("update", "--source", publisher.url)
    assert done.stdout.splitlines()[0] == "bills: status of 1 bill (S. 3535)"
    shown = json.loads(plea("bills", "show", "grace-act", "--zip", "05401", "--json", *DAY).stdout)
    assert [(member["part"], member["since"]) for member in shown["members"][:2]] == [
        ("neither", None),
        ("cosponsor", "2026-06-02"),
    ]


def test_the_bills_of_a_pack_are_fetched_and_kept_up_to_date(plea: Plea, publisher: Publisher, tmp_path: Path) -> None:
    pack = own_pack(tmp_path, "x")
    publisher.content["BILLSTATUS-119s77.xml"] = bill_files.bill_status("s77", "Street Trees Act", sponsor="S000000")
    assert "S. 77" in plea("update", "--source", publisher.url, "--pack", pack).stdout
    assert "S. 77: introduced by Member S000000" in plea("bills", "list", "--pack", pack, *DAY).stdout
    publisher.content["BILLSTATUS-119s77.xml"] = bill_files.bill_status("s77", "Street Trees Act", sponsor="S000001")
    assert "bills: status of 1 bill (S. 77)" in plea("update", "--source", publisher.url).stdout  # without the pack


def test_a_bill_without_a_status_stops_nothing(plea: Plea, publisher: Publisher, tmp_path: Path) -> None:
    pack = own_pack(tmp_path, "x")
    done = plea("update", "--source", publisher.url, "--pack", pack)
    assert done.returncode == 3
    assert done.stderr.splitlines()[0] == "plea: BILLSTATUS-119s77.xml: the publisher has no status of this bill"
    assert "bills: status of 8 bills" in done.stdout
    assert "not fetched" in plea("bills", "show", "trees", "--pack", pack, *DAY).stdout


# --- letters --------------------------------------------------------------------------------------------------------

ASKED = (
    "{% set grace = bill('grace-act') %}"
    "{% if grace.cosponsored_by(official) %}Thank you for joining {{ grace.number }}."
    "{% elif grace.sponsored_by(official) %}Thank you for {{ grace.number }}."
    "{% elif grace.known %}Please join {{ grace.number }}.{% else %}{{ grace.name }}.{% endif %}"
)


def written(plea: Plea, pack: Path, home: Path, *more: str) -> dict[str, str]:
    """The detail of each letter by the official's name."""
    done = plea(
        "write", ASK, *PERSON, "--to", "us-senator", "--pack", pack, "--out", "out", *DAY, *more, PLEA_HOME=str(home)
    )
    assert done.returncode == 0, done.stderr
    texts = [file.read_text("utf-8") for file in sorted(pack.parent.glob("out/*.txt"))]
    marks = ("Thank you for joining S. 3535.", "Thank you for S. 3535.", "Please join S. 3535.", "GRACE Act.")
    return {
        next(line for line in text.splitlines() if line.startswith("The Honorable")): mark
        for text in texts
        for mark in marks
        if mark in text
    }


def test_a_letter_knows_who_is_on_the_bill(plea: Plea, updated_home: Path, tmp_path: Path) -> None:
    """In one run and one cache: of Vermont's senators one joined the bill, the other left it."""
    assert written(plea, own_pack(tmp_path, ASKED), updated_home) == {
        "The Honorable Member S000000": "Thank you for joining S. 3535.",
        "The Honorable Member S000001": "Please join S. 3535.",
    }


def test_without_fetched_bills_a_letter_says_nothing_of_them(plea: Plea, updated_home: Path, tmp_path: Path) -> None:
    home = shutil.copytree(updated_home, tmp_path / "own-home")
    (home / "bills.json").unlink()
    assert set(written(plea, own_pack(tmp_path, ASKED), home).values()) == {"GRACE Act."}


def test_an_ask_is_shown_with_the_bills_it_speaks_of(plea: Plea, tmp_path: Path) -> None:
    pack = own_pack(tmp_path, "{{ bill('trees').name }}")
    shown = plea("asks", "show", ASK, "--pack", pack, *DAY).stdout
    assert "Bills it may speak of\n  trees: Street Trees Act (S. 77)\n    It would plant a tree" in shown
    (bill,) = json.loads(plea("asks", "show", ASK, "--pack", pack, "--json", *DAY).stdout)["bills"]
    assert (bill["key"], bill["number"], bill["sources"][0]["url"]) == ("trees", "s77", "https://example.org/s77")


@pytest.mark.parametrize(
    ("detail", "bills", "found"),
    [
        ("{{ bill('tree').name }}", OWN_BILLS, ("asks/street-trees/letter.md.j2", 10, "bill.unknown")),
        ("x", OWN_BILLS.replace('"s77"', '"77"'), ("bills.toml", 3, "bill.no_number")),
    ],
)
def test_a_pack_is_checked_for_its_bills(
    plea: Plea, tmp_path: Path, detail: str, bills: str, found: tuple[str, int, str]
) -> None:
    pack = make_pack(tmp_path, letter=with_detail(detail))
    (pack / "bills.toml").write_text(bills, "utf-8")
    done = plea("asks", "check", pack, "--json")
    assert done.returncode == 1
    file, line, code = found
    assert (str(pack / file), line, code) in {
        (finding["file"], finding["line"], finding["code"]) for finding in json.loads(done.stdout)["findings"]
    }
