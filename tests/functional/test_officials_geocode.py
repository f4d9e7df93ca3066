"""`--geocode` against a server on this machine that answers as the Census Bureau documents."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import public_files
import pytest
from public_files import Publisher, publishing

from conftest import Plea

pytestmark = pytest.mark.shared_data
STREET = ("--street", "1200 N Seminary Ave", "--zip", "60098")


def reply(*geoids: str, congress: str = "119th") -> bytes:
    matches = [
        {
            "matchedAddress": "1200 N SEMINARY AVE, WOODSTOCK, IL, 60098",
            "geographies": {
                "States": [{"GEOID": geoid[:2]}],
                f"{congress} Congressional Districts": [
                    {"GEOID": geoid, "CDSESSN": congress[:3], "BASENAME": geoid[2:]}
                ],
            },
        }
        for geoid in geoids
    ]
    return json.dumps({"result": {"input": {}, "addressMatches": matches}}).encode()


@pytest.fixture
def census() -> Iterator[Publisher]:
    with publishing({"address": reply("1711")}) as publisher:
        yield publisher


@pytest.fixture
def find(plea: Plea, directory_home: Path, census: Publisher) -> Any:
    def run(*arguments: str, on: str = "2026-11-22") -> Any:
        where = {"PLEA_HOME": str(directory_home), "PLEA_GEOCODER": f"{census.url}/geocoder/geographies/address"}
        return plea("officials", "find", *arguments, "--geocode", "--date", on, "--json", **where)

    return run


def test_the_street_settles_a_split_zip_and_the_person_is_told_that_it_leaves(find: Any, census: Publisher) -> None:
    done = find(*STREET)
    assert done.returncode == 0
    assert "your street leaves this machine" in done.stderr
    seats = [(one["seat"], one["status"]) for one in json.loads(done.stdout)["candidates"]]
    assert seats == [("IL", "certain"), ("IL", "certain"), ("IL-11", "certain")]
    ((path, _),) = census.asked
    sent = {name: value for name, (value,) in parse_qs(urlsplit(path).query).items()}
    assert sent == {
        "street": "1200 N Seminary Ave",
        "zip": "60098",
        "benchmark": "Public_AR_Current",
        "vintage": "ACS2025_Current",
        "layers": "all",
        "format": "json",
    }


@pytest.mark.parametrize(("geoid", "seat"), [("5000", "VT-0"), ("1198", "DC-0"), ("7298", "PR-0"), ("0652", "CA-52")])
def test_at_large_seats_and_delegates_are_number_zero(
    plea: Plea, directory_home: Path, census: Publisher, geoid: str, seat: str
) -> None:
    census.content["address"] = reply(geoid)
    where = {"PLEA_HOME": str(directory_home), "PLEA_GEOCODER": f"{census.url}/address"}
    place = ("--street", "1 Main St", "--city", "Town", "--state", seat[:2], "--geocode", "--date", "2026-11-22")
    done = plea("officials", "find", *place, "--json", **where)
    assert json.loads(done.stdout)["candidates"][-1]["seat"] == seat


def test_nothing_leaves_without_the_flag(plea: Plea, directory_home: Path, census: Publisher) -> None:
    where = {"PLEA_HOME": str(directory_home), "PLEA_GEOCODER": f"{census.url}/address"}
    done = plea("officials", "find", *STREET, "--date", "2026-11-22", **where)
    assert done.returncode == 0
    assert census.asked == []
    assert "leaves" not in done.stderr


@pytest.mark.parametrize(
    ("content", "code", "what"),
    [
        (reply(), 1, "does not find the address"),
        (reply("1711", "1710"), 1, "IL-10 and IL-11"),
        (reply("1711", congress="120th"), 4, "of Congress 120, not of 119"),
        (b"<html>busy</html>", 4, "did not answer as it is documented"),
        (b'{"result": {}}', 4, "did not answer as it is documented"),
    ],
)
def test_an_answer_that_gives_no_district_is_said(
    find: Any, census: Publisher, content: bytes, code: int, what: str
) -> None:
    census.content["address"] = content
    done = find(*STREET)
    assert done.returncode == code
    assert what in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_a_server_that_fails_is_said(find: Any, census: Publisher) -> None:
    census.faults["address"] = public_files.status(503)
    done = find(*STREET)
    assert done.returncode == 4
    assert "503" in done.stderr
    assert "--district" in done.stderr


def test_after_the_congress_changes_the_other_vintage_is_asked(find: Any, census: Publisher) -> None:
    census.content["address"] = reply("1711", congress="120th")
    done = find(*STREET, on="2027-03-01")
    assert done.returncode == 0
    assert "vintage=Current_Current" in census.asked[0][0]
    assert json.loads(done.stdout)["candidates"][-1]["seat"] == "IL-11"


def test_a_congress_whose_map_is_not_known_is_not_guessed(find: Any, census: Publisher) -> None:
    done = find(*STREET, on="2031-03-01")
    assert done.returncode == 4
    assert "Congress 122" in done.stderr
    assert census.asked == []
