"""BILLSTATUS files: what is read from them, and what is refused."""

from datetime import date
from pathlib import Path

import pytest

from bill_files import bill_status
from plea.errors import InputError, MachineError
from plea.officials.bills import (
    BillStatus,
    Cosponsor,
    address,
    load_statuses,
    read_status,
    save_statuses,
    standings_of,
)

WHOLE = bill_status(
    "s3535",
    "GRACE Act",
    sponsor="M000133",
    cosponsors=[("W000817", "2025-12-17", ""), ("K000383", "2025-12-17", "2026-03-04")],
    committees=[("ssju00", "Judiciary Committee", ["Referred to"]), ("ssfr00", "Foreign Relations Committee", [])],
    related=[("HR", "6870", "Identical bill")],
)


def test_a_status_is_read_whole() -> None:
    assert read_status(WHOLE, "x.xml") == BillStatus(
        congress=119,
        number="s3535",
        title="GRACE Act",
        sponsors={"M000133": "Member M000133 [X-ZZ]"},
        introduced=date(2025, 12, 17),
        cosponsors=(
            Cosponsor("W000817", "Member W000817 [X-ZZ]", date(2025, 12, 17)),
            Cosponsor("K000383", "Member K000383 [X-ZZ]", date(2025, 12, 17), date(2026, 3, 4)),
        ),
        committees={"SSJU": "Judiciary Committee", "SSFR": "Foreign Relations Committee"},
        action="Referred to the Committee on the Judiciary.",
        action_day=date(2026, 2, 3),
        companion="hr6870",
    )


def test_the_files_are_where_the_publisher_has_them() -> None:
    bulk = "https://www.govinfo.gov/bulkdata/BILLSTATUS"
    assert address(119, "hr6870") == f"{bulk}/119/hr/BILLSTATUS-119hr6870.xml"
    assert address(119, "sjres54") == f"{bulk}/119/sjres/BILLSTATUS-119sjres54.xml"


@pytest.mark.parametrize(
    "activity", ["Discharged From", "Discharged from", "Reported By", "Reported by", "Reported Original Measure"]
)
def test_a_bill_that_left_its_committee_is_not_before_it(activity: str) -> None:
    left = [("ssju00", "Judiciary Committee", [activity, "Referred to"]), ("ssfr00", "Foreign", ["Markup by"])]
    assert read_status(bill_status("s1", "x", sponsor="M000133", committees=left), "x").committees == {
        "SSFR": "Foreign"
    }


def test_a_subcommittee_is_known_by_the_directorys_id() -> None:
    part = b"<subcommittees><item><systemCode>hsju01</systemCode><name>Immigration</name></item></subcommittees>"
    end = b"</item></committees>"
    content = bill_status("hr1", "x", sponsor="L000397").replace(end, part + end)
    assert list(read_status(content, "x").committees) == ["HSJU", "HSJU01"]


@pytest.mark.parametrize(
    ("related", "companion"),
    [
        ([("S", "12", "Identical bill")], "s12"),
        ([("S", "12", "Related bill")], ""),
        ([("HR", "12", "Identical bill")], ""),  # of the same chamber
        ([("S", "12", "Related bill"), ("S", "13", "Identical bill")], "s13"),
        ([("SAMDT", "12", "Identical bill")], ""),
    ],
)
def test_only_the_identical_bill_of_the_other_chamber_is_a_companion(
    related: list[tuple[str, str, str]], companion: str
) -> None:
    assert read_status(bill_status("hr1", "x", sponsor="L000397", related=related), "x").companion == companion


def test_who_withdrew_and_came_back_is_a_cosponsor() -> None:
    twice = [("W000817", "2025-02-01", "2025-03-01"), ("W000817", "2025-06-01", "")]
    status = read_status(bill_status("s1", "x", sponsor="M000133", cosponsors=twice), "x")
    (standing,) = standings_of("us-W000817", {status.id: status})
    assert standing.cosponsor_since == date(2025, 6, 1)
    gone = read_status(bill_status("s1", "x", sponsor="M000133", cosponsors=twice[:1]), "x")
    assert standings_of("us-W000817", {gone.id: gone})[0].cosponsor_since is None


def test_a_standing_says_what_the_official_has_to_do_with_the_bill() -> None:
    statuses = {"119s3535": read_status(WHOLE, "x")}
    (sponsor,), (chair,), (post,) = (
        standings_of(official, statuses) for official in ("us-M000133", "us-chair-SSJU-W000817", "us-president")
    )
    assert (sponsor.is_sponsor, sponsor.cosponsor_since) == (True, None)
    assert (chair.is_sponsor, chair.cosponsor_since) == (False, date(2025, 12, 17))
    assert (post.is_sponsor, post.cosponsor_since) == (False, None)
    assert post.committees == ("SSJU", "SSFR")
    law = read_status(bill_status("s3535", "x", sponsor="M000133", law="119-99"), "x")
    assert standings_of("us-president", {law.id: law})[0].is_law


BOMB = b"""<?xml version="1.0"?><!DOCTYPE billStatus [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
<billStatus><bill><title>&b;</title></bill></billStatus>"""
OUTSIDE = b"""<?xml version="1.0"?><!DOCTYPE billStatus [<!ENTITY a SYSTEM "file:///etc/passwd">]>
<billStatus><bill><title>&a;</title></bill></billStatus>"""


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "bill_status.unreadable"),
        (WHOLE[:-20], "bill_status.unreadable"),
        (b"<html><body>Sign in</body></html>", "bill_status.another_file"),
        (b"<billStatus/>", "bill_status.another_file"),
        (BOMB, "bill_status.unreadable"),
        (OUTSIDE, "bill_status.unreadable"),
        (WHOLE.replace(b"<billStatus>", b"<!DOCTYPE billStatus><billStatus>"), "bill_status.unreadable"),
        (b"<billStatus>" + b"<bill>" * 100_000, "bill_status.unreadable"),
        (b"<billStatus>" + b"<bill>" * 100_000 + b"</bill>" * 100_000 + b"</billStatus>", "bill_status.unreadable"),
        (WHOLE.replace(b"<number>3535<", b"<number>?<"), "bill_status.unreadable"),
        (WHOLE.replace(b"<congress>119<", b"<congress>x<"), "bill_status.unreadable"),
        (WHOLE.replace(b"<bioguideId>M000133<", b"<bioguideId>x<"), "bill_status.unreadable"),
        (WHOLE.replace(b"<sponsorshipDate>2025-12-17<", b"<sponsorshipDate>soon<"), "bill_status.unreadable"),
        (WHOLE.replace(b"<sponsorshipDate>2025-12-17<", b"<sponsorshipDate><"), "bill_status.unreadable"),
        (b"\xff\xfe\x00", "bill_status.unreadable"),
    ],
)
def test_what_is_no_status_of_a_bill_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(InputError) as refused:
        read_status(content, "BILLSTATUS-119s3535.xml")
    assert (refused.value.problem.code, refused.value.problem.where) == (code, "BILLSTATUS-119s3535.xml")


def test_text_that_does_not_print_is_left_out_and_long_text_cut() -> None:
    strange = WHOLE.replace(
        b"GRACE Act</title>\n    <amend", "A\u202eB\nC".encode() + b"x" * 9000 + b"</title>\n    <amend"
    )
    title = read_status(strange, "x").title
    assert title.startswith("AB C")
    assert len(title) == 500


def test_what_was_kept_is_read_again(tmp_path: Path) -> None:
    status = read_status(WHOLE, "x")
    path = tmp_path / "bills.json"
    assert load_statuses(path) == {}
    save_statuses(path, {status.id: status})
    assert load_statuses(path) == {"119s3535": status}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "bills.damaged"),
        ("[]", "bills.damaged"),
        ('{"format": 1}', "bills.damaged"),
        ('{"format": 1, "bills": [{"congress": 119}]}', "bills.damaged"),
        ('{"format": 2, "bills": []}', "bills.newer"),
    ],
)
def test_a_file_of_bills_that_cannot_be_read_is_said(tmp_path: Path, content: str, code: str) -> None:
    path = tmp_path / "bills.json"
    path.write_text(content, "utf-8")
    with pytest.raises(MachineError) as damaged:
        load_statuses(path)
    assert damaged.value.problem.code == code
