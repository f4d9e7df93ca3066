"""`plea officials import`, `show` and `status`: files in, a directory out, whole or not at all."""

import json
import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from conftest import Plea

MAYORS = """role,name,last_name,state,place,street,city,zip
mayor,Jane Doe,Doe,VT,Barre,1 Main St.,Barre,05641
"""


def csv_file(folder: Path, name: str = "mayors.csv", text: str = MAYORS) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.shared_data
def test_the_public_data_is_read_and_counted(plea: Plea, shared_data: Path) -> None:
    done = plea("officials", "import", shared_data / "places", shared_data / "congress")
    assert (done.returncode, done.stderr) == (0, "")
    assert "537 members of Congress" in done.stdout
    assert "1,312 district offices read" in done.stdout
    assert "8 passed over" in done.stdout
    assert "A000369-elko" in done.stdout
    assert "42,033 pairs with districts of Congress 119" in done.stdout
    assert "not used:" in done.stdout


@pytest.mark.shared_data
def test_offices_and_committees_are_shown(plea: Plea, directory_home: Path) -> None:
    done = plea("officials", "show", "W000800", "--date", "2026-11-22", "--json", PLEA_HOME=str(directory_home))
    official = json.loads(done.stdout)
    assert (official["id"], official["role"], official["state"]) == ("us-W000800", "us-senator", "VT")
    assert official["style"] == ""
    offices = {office["id"]: office for office in official["offices"]}
    assert offices["us-W000800-capitol"]["street"] == "115 Russell Senate Office Building"
    assert offices["W000800-burlington"]["zip"].startswith("05401")
    assert {"SSJU", "SSFI"} <= {seat["committee"] for seat in official["memberships"]}


@pytest.mark.shared_data
def test_a_member_without_an_address_at_the_capitol_has_the_chambers(plea: Plea, directory_home: Path) -> None:
    done = plea("officials", "show", "us-G000607", "--json", PLEA_HOME=str(directory_home))
    capitol = next(one for one in json.loads(done.stdout)["offices"] if one["kind"] == "capitol")
    assert (capitol["street"], capitol["city"], capitol["zip"]) == ("", "Washington", "20515")


@pytest.mark.shared_data
def test_chairs_are_officials_with_the_style_their_title_says(plea: Plea, directory_home: Path) -> None:
    def chair(key: str) -> "dict[str, str]":
        done = plea("officials", "show", f"us-chair-{key}", "--json", PLEA_HOME=str(directory_home))
        assert done.returncode == 0, done.stderr
        found: dict[str, str] = json.loads(done.stdout)
        return found

    risch = chair("SSFR-R000584")
    assert (risch["role"], risch["style"], risch["body"], risch["place"]) == (
        "committee-chair",
        "Mr.",
        "Committee on Foreign Relations",
        "United States Senate",
    )
    cole = chair("HSAP-C001053")
    assert (cole["style"], cole["body"], cole["place"]) == (
        "",
        "Committee on Appropriations",
        "U.S. House of Representatives",
    )
    ranking = plea("officials", "show", "us-chair-SSFR-S001181", PLEA_HOME=str(directory_home))  # the ranking member
    assert ranking.returncode == 2


@pytest.mark.shared_data
def test_only_whole_committees_have_chairs_here(plea: Plea, directory_home: Path) -> None:
    every = ("--role", "committee-chair", "--date", "2026-11-22", "--json")
    found = json.loads(plea("officials", "find", *every, PLEA_HOME=str(directory_home)).stdout)
    ids = [one["official"]["id"] for one in found["candidates"]]
    assert len(ids) == len(set(ids)) == 49
    assert all(re.fullmatch(r"us-chair-[A-Z]{4}-[A-Z]\d{6}", key) for key in ids)
    assert "us-chair-JSEC-S001227" not in ids  # a vice chairman


@pytest.mark.shared_data
def test_committee_seats_end_with_the_congress_that_filled_them(plea: Plea, directory_home: Path) -> None:
    def shown(key: str, on: str) -> "dict[str, Any]":
        done = plea("officials", "show", key, "--date", on, "--json", PLEA_HOME=str(directory_home))
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    grassley = "us-chair-SSJU-G000386"  # a senator until 2029, a chair in the 119th Congress
    assert shown(grassley, "2027-01-02")["end"] == "2027-01-03"
    assert shown("us-G000386", "2027-01-02")["memberships"]
    assert shown("us-G000386", "2027-01-03")["memberships"] == []
    assert shown("us-G000386", "2027-01-03")["end"] == "2029-01-03"
    chairs = plea(
        "officials", "find", "--role", "committee-chair", "--date", "2027-01-03", PLEA_HOME=str(directory_home)
    )
    assert "possible" not in chairs.stdout


@pytest.mark.shared_data
def test_openstates_folders_come_singly_or_together_and_each_replaces_only_itself(
    plea: Plea, shared_data: Path
) -> None:
    states = shared_data / "openstates"
    together = plea("officials", "import", states)
    assert "openstates-il: 1 governor" in together.stdout
    assert "openstates-vt: 1 governor" in together.stdout
    assert plea("officials", "import", states / "vt").returncode == 0
    governors = plea("officials", "find", "--role", "governor", "--state", "IL", "--date", "2026-11-22").stdout
    assert "J. B. Pritzker" in governors
    vermont = plea("officials", "find", "--role", "governor", "--state", "VT", "--date", "2026-11-22").stdout
    assert "ended" in vermont
    assert "January 9, 2025" in vermont
    senators = plea("officials", "find", "--role", "state-senator", "--state", "VT", "--date", "2026-11-22", "--json")
    assert len(json.loads(senators.stdout)["candidates"]) == 30


@pytest.mark.shared_data
def test_state_legislators_are_not_named_by_zip(plea: Plea, shared_data: Path) -> None:
    data = (shared_data / "openstates" / "vt", shared_data / "congress", shared_data / "places" / "zccd.csv")
    plea("officials", "import", *data)
    found = json.loads(plea("officials", "find", "--zip", "05401", "--date", "2026-11-22", "--json").stdout)
    roles = [one["official"]["role"] for one in found["candidates"]]
    assert roles == ["us-senator", "us-senator", "us-representative", "governor"]
    assert "lookup.state_legislators" in [note["code"] for note in found["notes"]]


def test_a_csv_of_ones_own_is_kept_beside_others_and_replaced_by_its_name(plea: Plea, tmp_path: Path) -> None:
    plea("officials", "import", csv_file(tmp_path))
    plea("officials", "import", csv_file(tmp_path, "more.csv", MAYORS.replace("Barre", "Burlington")))
    both = plea("officials", "find", "--role", "mayor", "--state", "VT", "--json")
    assert len(json.loads(both.stdout)["candidates"]) == 2
    plea("officials", "import", csv_file(tmp_path, text=MAYORS.replace("Jane Doe", "Ann Roe")))
    names = {one["official"]["name"] for one in json.loads(both.stdout)["candidates"]}
    assert names == {"Jane Doe"}
    after = plea("officials", "find", "--role", "mayor", "--state", "VT", "--json")
    assert {one["official"]["name"] for one in json.loads(after.stdout)["candidates"]} == {"Ann Roe", "Jane Doe"}
    barre = json.loads(
        plea("officials", "find", "--role", "mayor", "--state", "VT", "--city", "barre", "--json").stdout
    )
    assert [(one["official"]["name"], one["status"]) for one in barre["candidates"]] == [("Ann Roe", "certain")]


def test_two_tables_of_one_name_at_once_are_named(plea: Plea, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    other = csv_file(tmp_path / "other", text=MAYORS.replace("Jane Doe", "Ann Roe"))
    done = plea("officials", "import", csv_file(tmp_path), other)
    assert done.returncode == 1
    assert "another table has this name" in done.stderr
    assert str(other) in done.stderr
    assert plea("officials", "import", other, other).returncode == 0


def test_a_pack_brings_roles_of_its_own(plea: Plea, tmp_path: Path) -> None:
    pack = tmp_path / "pack"
    pack.mkdir()
    (pack / "forms-of-address.toml").write_text(
        '[sheriff]\nname = "sheriff"\nscope = "place"\nlead = ["Sheriff {name}"]\n'
        'salutation.en = ["Dear Sheriff {last_name}:"]\nclose.en = "Sincerely,"\n',
        encoding="utf-8",
    )
    source = csv_file(tmp_path, "sheriffs.csv", MAYORS.replace("mayor", "sheriff"))
    refused = plea("officials", "import", source)
    assert refused.returncode == 1
    assert "sheriffs.csv:2: there is no role sheriff" in refused.stderr
    assert plea("officials", "import", source, "--pack", pack).returncode == 0
    found = json.loads(plea("officials", "find", "--state", "VT", "--role", "sheriff", "--json").stdout)
    assert [one["official"]["name"] for one in found["candidates"]] == ["Jane Doe"]


def test_the_same_id_in_two_files_is_named(plea: Plea, tmp_path: Path) -> None:
    done = plea("officials", "import", csv_file(tmp_path), csv_file(tmp_path, "again.csv"))
    assert done.returncode == 1
    assert "mayor-vt-barre-jane-doe is in csv-mayors already" in done.stderr


@pytest.mark.shared_data
def test_a_new_senator_of_ones_own_takes_the_seat_of_the_one_who_left(
    plea: Plea, tmp_path: Path, shared_data: Path
) -> None:
    row = "role,name,last_name,state,start\nus-senator,Ann Roe,Roe,OH,2026-11-04\n"
    assert plea("officials", "import", shared_data / "congress", csv_file(tmp_path, "new.csv", row)).returncode == 0
    found = json.loads(
        plea("officials", "find", "--state", "OH", "--role", "us-senator", "--date", "2026-11-22", "--json").stdout
    )
    assert [(one["official"]["name"], one["status"]) for one in found["candidates"]] == [
        ("Bernie Moreno", "certain"),
        ("Ann Roe", "certain"),
    ]
    third = csv_file(tmp_path, "third.csv", row.replace("Ann Roe,Roe", "Jo Poe,Poe"))
    plea("officials", "import", third)
    found = json.loads(
        plea("officials", "find", "--state", "OH", "--role", "us-senator", "--date", "2026-11-22", "--json").stdout
    )
    assert {one["status"] for one in found["candidates"]} == {"possible"}
    assert "lookup.too_many_holders" in [note["code"] for note in found["notes"]]


def test_bad_rows_leave_the_directory_as_it_was(plea: Plea, home: Path, tmp_path: Path) -> None:
    plea("officials", "import", csv_file(tmp_path))
    before = (home / "officials.sqlite").read_bytes()
    done = plea("officials", "import", csv_file(tmp_path, text=MAYORS.replace("05641", "5641")))
    assert done.returncode == 1
    assert "mayors.csv:2: zip must be five digits, or five and four, not 5641" in done.stderr
    assert (home / "officials.sqlite").read_bytes() == before
    assert [path.name for path in home.iterdir()] == ["officials.sqlite"]
    assert (home / "officials.sqlite").stat().st_mode & 0o777 == 0o600


def test_the_same_files_give_the_same_directory(plea: Plea, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    source = csv_file(tmp_path)
    for home in (one, two):
        assert plea("officials", "import", source, PLEA_HOME=str(home)).returncode == 0
    assert (one / "officials.sqlite").read_bytes() == (two / "officials.sqlite").read_bytes()


def test_a_missing_directory_names_both_ways_to_get_one(plea: Plea) -> None:
    for arguments in (("find", "--zip", "05401"), ("show", "us-W000800"), ("status",)):
        done = plea("officials", *arguments)
        assert done.returncode == 4
        assert "there is no directory of officials yet" in done.stderr
        assert "plea officials update" in done.stderr
        assert "plea officials import" in done.stderr


@pytest.mark.parametrize("damage", ["text", "empty", "cut", "zeroed", "other"])
def test_a_damaged_directory_is_an_error_of_the_machine_and_an_import_fixes_it(
    plea: Plea, home: Path, tmp_path: Path, damage: str
) -> None:
    source = csv_file(tmp_path)
    plea("officials", "import", source)
    directory = home / "officials.sqlite"
    whole = directory.read_bytes()
    if damage == "other":
        directory.unlink()
        other = sqlite3.connect(directory)
        other.execute("CREATE TABLE t (a)")
        other.commit()
        other.close()
    else:
        made = {
            "text": b"hello",
            "empty": b"",
            "cut": whole[: len(whole) // 2],
            "zeroed": whole[:4096] + bytes(len(whole) - 4096),
        }
        directory.write_bytes(made[damage])
    done = plea("officials", "find", "--role", "mayor", "--state", "VT")
    assert done.returncode == 4
    assert str(directory) in done.stderr
    assert "plea officials update" in done.stderr
    assert "Traceback" not in done.stderr
    again = plea("officials", "import", source)
    assert again.returncode == 0
    assert "built again" in again.stderr
    assert directory.read_bytes() == whole


def test_a_directory_of_a_newer_plea_is_neither_read_nor_overwritten(plea: Plea, home: Path, tmp_path: Path) -> None:
    source = csv_file(tmp_path)
    plea("officials", "import", source)
    newer = sqlite3.connect(home / "officials.sqlite")
    newer.execute("PRAGMA user_version = 99")
    newer.commit()
    newer.close()
    before = (home / "officials.sqlite").read_bytes()
    for arguments in (("status",), ("import", source)):
        done = plea("officials", *arguments)
        assert done.returncode == 4
        assert "newer plea" in done.stderr
    assert (home / "officials.sqlite").read_bytes() == before


def test_status_says_where_everything_came_from(plea: Plea, tmp_path: Path) -> None:
    source = csv_file(tmp_path)
    plea("officials", "import", source)
    status = json.loads(plea("officials", "status", "--json").stdout)
    (only,) = status["sources"]
    assert (only["kind"], only["name"], only["location"], only["size"]) == (
        "csv-mayors",
        "mayors.csv",
        str(source),
        len(MAYORS),
    )
    assert len(only["sha256"]) == 64
    assert status["officials"] == {"mayor": 1}


def test_an_unwritable_home_is_an_error_of_the_machine(plea: Plea, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("", encoding="utf-8")
    done = plea("officials", "import", csv_file(tmp_path), PLEA_HOME=str(blocked / "home"))
    assert done.returncode == 4
    assert "Traceback" not in done.stderr
