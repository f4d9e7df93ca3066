"""A campaign whose letters speak of a bill: what the check and the report say, and which letters a change remakes."""

import csv
import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import public_files
import pytest
from public_files import Publisher, publishing

import bill_files
import campaign_folders
import paper_reading
from conftest import Plea
from own_packs import ASK, make_pack, with_detail

GRACE = (
    "{% set grace = bill('grace-act') %}"
    "{% if grace.sponsored_by(official) %}Thank you for writing {{ grace.number }}."
    "{% elif grace.cosponsored_by(official) %}Thank you for joining {{ grace.number }}."
    "{% elif grace.known %}Please join {{ grace.number }}.{% else %}Please look at the {{ grace.name }}.{% endif %}"
)
SETTINGS = f"""\
name = "Trees"
organizer = "Friends of Trees"
asks = ["{ASK}"]
targets = ["us-senator"]
date = 2026-11-28
pack = "pack"
"""
OF_BILL = re.compile(r"(?:Thank you for (?:writing|joining)|Please join) S\. 3535")
VERMONT = [campaign_folders.person(name, number) for number, name in enumerate(("Ann Ash", "Bo Elm", "Cy Fir"), 1)]
ILLINOIS = [campaign_folders.person("Di Oak", 4, city="Woodstock", state="IL", zip="60098")]


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with publishing(public_files.files()) as publisher:
        yield publisher


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    """Three people of Vermont and one of Illinois, each with a letter to both senators."""
    folder = campaign_folders.make_campaign(tmp_path / "trees", [*VERMONT, *ILLINOIS], SETTINGS)
    make_pack(folder, letter=with_detail(GRACE))
    return folder


def ran(plea: Plea, folder: Path) -> subprocess.CompletedProcess[str]:
    done = plea("campaign", "run", folder, "--workers", "2")
    assert done.returncode == 0, done.stderr
    return done


def sentences(folder: Path) -> dict[str, list[str]]:
    """What each official's newest volume says of the bill, letter by letter, by the volume's folder."""
    said: dict[str, list[str]] = {}
    for volume in sorted(folder.glob("out/*/volume-*.pdf")):
        text = " ".join(" ".join(line.text for line in paper_reading.lines(volume.read_bytes())).split())
        said[volume.parent.name] = OF_BILL.findall(text)
    return said


def test_the_check_says_who_of_the_readers_is_on_the_bill(plea: Plea, publisher: Publisher, campaign: Path) -> None:
    assert plea("update", "--source", publisher.url).returncode == 0
    checked = json.loads(plea("campaign", "check", campaign, "--json").stdout)
    assert checked["bills"] == [
        {
            "state": "alive_until",
            "fetched": True,
            "key": "grace-act",
            "numbers": "H.R. 6870, S. 3535",
            "name": "GRACE Act",
            "sponsor": 1,  # S000002 of Illinois
            "cosponsor": 3,  # S000000 of Vermont
            "neither": 4,  # S000001, who withdrew, and S000003
            "unknown": 0,
        }
    ]
    said = " ".join(plea("campaign", "check", campaign).stdout.split())
    assert "Bills that the letters speak of GRACE Act (H.R. 6870, S. 3535): can still become law:" in said
    assert "Letters to sponsors: 1, to cosponsors: 3, to others: 4" in said
    assert "Not known" not in said


def test_the_check_says_that_nothing_was_fetched(plea: Plea, publisher: Publisher, campaign: Path, home: Path) -> None:
    assert plea("update", "--source", publisher.url).returncode == 0
    (home / "bills.json").unlink()
    (bill,) = json.loads(plea("campaign", "check", campaign, "--json").stdout)["bills"]
    assert (bill["fetched"], bill["unknown"], bill["cosponsor"]) == (False, 8, 0)
    assert "Not known who is on it: 8. Fetch it: plea update" in plea("campaign", "check", campaign).stdout


def test_each_reader_gets_the_letter_for_what_they_did(plea: Plea, publisher: Publisher, campaign: Path) -> None:
    """All from one template, which the workers keep from letter to letter."""
    assert plea("update", "--source", publisher.url).returncode == 0
    ran(plea, campaign)
    assert sentences(campaign) == {
        "member-s000000-us-s000000-capitol": ["Thank you for joining S. 3535"] * 3,
        "member-s000001-us-s000001-capitol": ["Please join S. 3535"] * 3,
        "member-s000002-us-s000002-capitol": ["Thank you for writing S. 3535"],
        "member-s000003-us-s000003-capitol": ["Please join S. 3535"],
    }


def test_the_report_counts_letters_to_cosponsors_apart(plea: Plea, publisher: Publisher, campaign: Path) -> None:
    assert plea("update", "--source", publisher.url).returncode == 0
    ran(plea, campaign)
    assert plea("campaign", "report", campaign).returncode == 0
    with (campaign / "out" / "report" / "letters-by-bill.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["bill"], row["sponsor"], row["cosponsor"], row["neither"], row["letters"]) for row in rows] == [
        ("grace-act", "1", "3", "4", "8")
    ]
    page = (campaign / "out" / "report" / "report.html").read_text("utf-8")
    assert "Letters about a bill" in page


def test_a_new_cosponsor_gets_new_letters_and_nobody_else(plea: Plea, publisher: Publisher, campaign: Path) -> None:
    assert plea("update", "--source", publisher.url).returncode == 0
    ran(plea, campaign)
    publisher.content["BILLSTATUS-119s3535.xml"] = bill_files.bill_status(
        "s3535",
        "GRACE Act",
        sponsor="S000002",
        cosponsors=[("S000000", "2025-12-17", ""), ("S000003", "2026-11-20", "")],
        committees=[("ssju00", "Judiciary Committee", ["Referred to"])],
        related=[("HR", "6870", "Identical bill")],
    )
    assert plea("update", "--source", publisher.url).returncode == 0
    assert "Made 1 letter in 1 volume." in ran(plea, campaign).stdout
    assert sentences(campaign)["member-s000003-us-s000003-capitol"] == ["Thank you for joining S. 3535"]


def test_a_bill_that_no_letter_speaks_of_remakes_nothing(plea: Plea, publisher: Publisher, campaign: Path) -> None:
    assert plea("update", "--source", publisher.url).returncode == 0
    ran(plea, campaign)
    publisher.content["BILLSTATUS-119s398.xml"] = bill_files.bill_status(
        "s398", "NO BAN Act", sponsor="S000003", cosponsors=[("S000000", "2026-11-20", "")]
    )
    assert plea("update", "--source", publisher.url).returncode == 0
    assert "Nothing was left to make." in ran(plea, campaign).stdout
