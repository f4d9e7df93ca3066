"""`plea officials find` on the public data: what a person in each kind of place is told."""

import csv
import json
import random
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from conftest import Plea
from plea.model.officials import Residence
from plea.officials.directory import open_directory
from plea.officials.lookup import nearest_office

pytestmark = pytest.mark.shared_data
DAY = "2026-11-22"
VACANT = ("CA-14", "FL-20", "GA-13", "TX-23")


@pytest.fixture
def find(plea: Plea, directory_home: Path) -> Any:
    def run(*arguments: str, on: str = DAY) -> Any:
        done = plea("officials", "find", *arguments, "--date", on, "--json", PLEA_HOME=str(directory_home))
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run


def notes(answer: Any) -> list[str]:
    """What the notes say, each after its seat."""
    return [f"{note['where']}: {note['what']} {note['hint']}" for note in answer["notes"]]


def short(answer: Any) -> list[tuple[str, str, str]]:
    """Seat, status and the last part of the id of each candidate."""
    return [
        (one["seat"], one["status"], one["official"]["id"].removeprefix("us-") if one["official"] else "")
        for one in answer["candidates"]
    ]


def test_a_split_zip_names_both_senators_for_certain_and_each_possible_representative(find: Any) -> None:
    answer = find("--zip", "60098")
    assert short(answer) == [
        ("IL", "certain", "D000563"),
        ("IL", "certain", "D000622"),
        ("IL-10", "possible", "S001190"),
        ("IL-11", "possible", "F000454"),
        ("IL-16", "possible", "L000585"),
    ]
    assert answer["candidates"][3] == {
        "official": {
            "id": "us-F000454",
            "name": "Bill Foster",
            "role": "us-representative",
            "division": "ocd-division/country:us/state:il/cd:11",
        },
        "seat": "IL-11",
        "status": "possible",
        "congress": 119,
    }
    assert any("House districts, of which one is yours" in note for note in notes(answer))
    assert any("January 3, 2027" in note and "Bill Foster" in note for note in notes(answer))


def test_a_district_settles_a_split_zip(find: Any) -> None:
    assert short(find("--zip", "60098", "--district", "il-11"))[2:] == [("IL-11", "certain", "F000454")]


@pytest.mark.parametrize(
    "arguments", [("--zip", "05401"), ("--zip", "05401-1234"), ("--state", "Vermont"), ("--district", "vt-al")]
)
def test_vermont_is_one_district(find: Any, arguments: tuple[str, ...]) -> None:
    assert short(find(*arguments)) == [
        ("VT", "certain", "S000033"),
        ("VT", "certain", "W000800"),
        ("VT-0", "certain", "B001318"),
    ]


@pytest.mark.parametrize("seat", VACANT)
def test_a_vacant_seat_is_said_to_be_vacant(find: Any, seat: str) -> None:
    answer = find("--district", seat)
    assert short(answer)[-1] == (seat, "vacant", "")
    note = next(note for note in notes(answer) if note.startswith(f"{seat}:"))
    assert "newest term began on June 10, 2026" in note


@pytest.mark.parametrize(("state", "gone"), [("OH", "H001104"), ("FL", "M001244")])
def test_a_term_that_ended_is_named_as_ended(find: Any, state: str, gone: str) -> None:
    answer = find("--state", state)
    senators = [one for one in short(answer) if one[0] == state]
    assert [one[1] for one in senators] == ["certain", "ended"]
    assert senators[1][2] == gone
    assert any("ended on November 3, 2026" in note and "not in the directory" in note for note in notes(answer))
    before = find("--state", state, on="2026-11-02")
    assert [one[1] for one in short(before)[:2]] == ["certain", "certain"]


def test_a_zip_outside_the_table_gives_senators_and_asks_for_the_district(find: Any) -> None:
    answer = find("--zip", "10118")
    assert short(answer) == [
        ("NY", "certain", "G000555"),
        ("NY", "certain", "S000148"),
        ("NY-?", "unknown", ""),
    ]
    assert any("not in the ZIP table" in note and "house.gov" in note for note in notes(answer))


@pytest.mark.parametrize("zip_code", ["09012", "96201", "34002"])
def test_military_mail_names_nobody_and_says_where_one_votes(find: Any, zip_code: str) -> None:
    answer = find("--zip", zip_code)
    assert answer["candidates"] == []
    assert "where they last lived" in notes(answer)[0]
    assert [one[0] for one in short(find("--zip", zip_code, "--state", "VT"))] == ["VT", "VT", "VT-0"]


@pytest.mark.parametrize(
    ("zip_code", "seat", "role", "words"),
    [
        ("20001", "DC-0", "us-delegate", "has no senators"),
        ("00901", "PR-0", "us-resident-commissioner", "resident commissioner"),
        ("96910", "GU-0", "us-delegate", "Guam has no senators"),
        ("00802", "VI-0", "us-delegate", "the U.S. Virgin Islands has no senators"),
        ("96799", "AS-0", "us-delegate", "American Samoa has no senators"),
        ("96950", "MP-0", "us-delegate", "has no senators"),
    ],
)
def test_territories_have_one_voice_in_the_house(find: Any, zip_code: str, seat: str, role: str, words: str) -> None:
    answer = find("--zip", zip_code)
    assert [(one["seat"], one["status"], one["official"]["role"]) for one in answer["candidates"]] == [
        (seat, "certain", role)
    ]
    assert any(words in note for note in notes(answer))


def test_a_zip_in_two_states_leaves_all_four_senators_possible_until_the_state_is_given(find: Any) -> None:
    open_answer = find("--zip", "02861")
    assert [one[:2] for one in short(open_answer)] == [
        ("MA", "possible"),
        ("MA", "possible"),
        ("RI", "possible"),
        ("RI", "possible"),
        ("MA-4", "possible"),
        ("RI-1", "possible"),
    ]
    assert any("MA and RI" in note for note in notes(open_answer))
    assert [one[:2] for one in short(find("--zip", "02861", "--state", "MA"))] == [
        ("MA", "certain"),
        ("MA", "certain"),
        ("MA-4", "certain"),
    ]


def test_after_the_congress_ends_the_seat_stays_and_its_holder_has_ended(find: Any) -> None:
    assert [one[:2] for one in short(find("--zip", "05401", on="2027-01-02"))][-1] == ("VT-0", "certain")
    later = find("--zip", "05401", on="2027-01-03")
    assert short(later) == [("VT", "certain", "S000033"), ("VT", "certain", "W000800"), ("VT-0", "ended", "B001318")]
    assert later["candidates"][2]["congress"] == 119


def test_after_the_lines_change_a_zip_no_longer_tells_the_district(find: Any) -> None:
    answer = find("--zip", "75001", on="2027-03-01")
    assert short(answer)[-1] == ("TX-?", "unknown", "")
    assert any("press reports" in note for note in notes(answer))


@pytest.mark.parametrize(
    ("arguments", "code", "what"),
    [
        (("--zip", "00000"), 1, "no state has the ZIP code 00000"),
        (("--zip", "five"), 1, "is not five digits"),
        (("--zip", "05401", "--state", "NY"), 1, "ZIP code 05401 is in Vermont, and the state given is New York"),
        (("--district", "IL-99"), 1, "Illinois has districts 1 to 17"),
        (("--state", "Atlantis"), 1, "there is no state ATLANTIS"),
        (("--role", "us-senater"), 2, "no role is named us-senater"),
        ((), 2, "find needs a place"),
        (("--zip", "05401", "--geocode"), 2, "--geocode: needs the street"),
    ],
)
def test_what_cannot_be_looked_up_is_said_in_two_lines(
    plea: Plea, directory_home: Path, arguments: tuple[str, ...], code: int, what: str
) -> None:
    done = plea("officials", "find", *arguments, "--date", DAY, PLEA_HOME=str(directory_home))
    assert done.returncode == code
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 2
    assert what in done.stderr.splitlines()[0]


def test_a_person_reads_a_table_without_parties(plea: Plea, directory_home: Path) -> None:
    done = plea("officials", "find", "--zip", "05401", "--date", DAY, PLEA_HOME=str(directory_home))
    lines = done.stdout.splitlines()
    assert lines[0].split() == ["SEAT", "WHO", "WHAT", "NEAREST", "OFFICE"]
    assert (
        lines[1] == "VT    certain  Bernard Sanders  U.S. senator         1 Church St., 3rd Floor, Burlington, VT 05401"
    )
    assert not {"Democrat", "Republican", "Independent"} & set(done.stdout.split())


def test_a_role_alone_gives_the_post_with_its_holder_of_that_day(find: Any) -> None:
    today = find("--role", "us-president")["candidates"]
    assert [(one["official"]["id"], one["status"]) for one in today] == [("us-president", "certain")]
    assert today[0]["official"]["name"]
    later = find("--role", "us-president", on="2029-02-01")["candidates"]
    assert [(one["official"]["id"], one["official"]["name"]) for one in later] == [("us-president", "")]
    assert [one["seat"] for one in find("--zip", "05401", "--role", "us-senator")["candidates"]] == ["VT", "VT"]


def test_twenty_zips_give_what_the_data_gives(shared_data: Path, directory_home: Path) -> None:
    """An independent reading of the two files, ten whole ZIP codes and ten split ones."""
    pairs: dict[str, set[str]] = {}
    with (shared_data / "places" / "zccd.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            pairs.setdefault(row["zcta"], set()).add(f"{row['state_abbr']}-{int(row['cd'])}")
    people = json.loads((shared_data / "congress" / "legislators-current.json").read_text("utf-8"))
    seated: dict[str, set[str]] = {}
    for person in people:
        term = person["terms"][-1]
        if term["end"] > DAY:
            seat = term["state"] if term["type"] == "sen" else f"{term['state']}-{term['district']}"
            seated.setdefault(seat, set()).add(f"us-{person['id']['bioguide']}")

    choose = random.Random(119)
    states = {zcta: {seat[:2] for seat in seats} for zcta, seats in pairs.items()}
    whole = sorted(zcta for zcta, seats in pairs.items() if len(seats) == 1)
    split = sorted(zcta for zcta, seats in pairs.items() if len(seats) > 1 and len(states[zcta]) == 1)
    with open_directory(directory_home / "officials.sqlite") as directory:
        for zcta in [*choose.sample(whole, 10), *choose.sample(split, 10)]:
            candidates = directory.find(Residence(zip=zcta), date.fromisoformat(DAY)).candidates
            (state,) = states[zcta]
            got = {
                (one.seat, one.status.value, one.official.id)
                for one in candidates
                if one.official and one.status != "ended"
            }
            sure = "certain" if len(pairs[zcta]) == 1 else "possible"
            expected = {(state, "certain", key) for key in seated.get(state, ())}
            expected |= {(seat, sure, key) for seat in pairs[zcta] for key in seated.get(seat, ())}
            assert got == expected, zcta
            empty = {one.seat for one in candidates if one.official is None}
            assert empty == {seat for seat in pairs[zcta] if seat not in seated}, zcta


def test_every_zip_of_the_table_can_be_looked_up(directory_home: Path, shared_data: Path) -> None:
    with (shared_data / "places" / "zccd.csv").open(newline="", encoding="utf-8") as file:
        zips = sorted({row["zcta"] for row in csv.DictReader(file)})
    with open_directory(directory_home / "officials.sqlite") as directory:
        for zcta in zips[::97]:
            answer = directory.find(Residence(zip=zcta), date(2026, 11, 22))
            for one in answer.candidates:
                assert one.official is None or nearest_office(one.official, zcta, directory).zip


def test_a_look_up_takes_less_than_two_milliseconds(directory_home: Path) -> None:
    """Processor time, the best of many, since the machine does other things too."""
    zips = ["05401", "60098", "10118", "75001", "94110", "02861", "33101", "99501"]
    best = dict.fromkeys(zips, 1.0)
    with open_directory(directory_home / "officials.sqlite") as directory:
        for _ in range(20):
            for zcta in zips:
                began = time.process_time()
                directory.find(Residence(zip=zcta), date(2026, 11, 22))
                best[zcta] = min(best[zcta], time.process_time() - began)
    assert max(best.values()) < 0.002, best
