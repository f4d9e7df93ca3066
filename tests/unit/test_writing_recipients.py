"""Whom a person may write to, decided without a terminal: certain seats are lines to tick, all others are words."""

from datetime import date
from pathlib import Path

import pytest

from campaign_folders import OFFICIALS, make_home
from plea import language
from plea.letters.paper.profiles import DEFAULT, profile
from plea.model.letters import Printing
from plea.model.officials import Candidate
from plea.model.people import Supporter
from plea.writing.recipients import (
    Choice,
    Recipients,
    choice_for_own_seat,
    district_problem,
    find_recipients,
    nameable_roles,
    officials_named,
    seat_of_district,
)
from plea.writing.request import LetterRequest, WritingContext, check_person, open_context

DAY = date(2026, 11, 22)
MORE = """\
oh-a,us-senator,Hal Hazel,Hazel,OH,,district,8 Broad Street,Columbus,43215,2025-01-03,2031-01-03
oh-b,us-senator,Ida Iris,Iris,OH,,district,9 Broad Street,Columbus,43215,2025-01-03,2026-11-03
nh-a,us-senator,Joe Juniper,Juniper,NH,,district,1 Elm Street,Concord,03301,2025-01-03,2031-01-03
pr-0,us-resident-commissioner,Kim Kapok,Kapok,PR,PR-0,district,1 Calle Luna,San Juan,00901,2025-01-03,2029-01-03
"""
BURLINGTON = {"city": "Burlington", "zip": "05401"}
WATERTOWN = {"city": "Watertown", "zip": "13602", "street": "2 Example Street"}


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with invented officials; PLEA_HOME names it while it is made."""
    folder = tmp_path_factory.mktemp("whom") / "home"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLEA_HOME", str(folder))
        return make_home(folder, OFFICIALS + MORE)


@pytest.fixture
def known(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLEA_HOME", str(directory))


def opened(
    person: dict[str, str], ask: str = "refugee-intake", on: date = DAY
) -> tuple[LetterRequest, Supporter, WritingContext]:
    request = LetterRequest((ask,), {"name": "Alex Example", **person}, on, Path("letters"), Printing(profile(DEFAULT)))
    context = open_context(request)
    supporter = check_person(request, context)
    assert isinstance(supporter, Supporter), supporter
    return request, supporter, context


def offered(person: dict[str, str], ask: str = "refugee-intake", on: date = DAY) -> Recipients:
    return find_recipients(*opened(person, ask, on))


def tos(recipients: Recipients) -> list[str]:
    return [choice.to for choice in recipients.choices]


@pytest.mark.usefixtures("known")
def test_a_place_with_one_seat_gives_lines_to_tick() -> None:
    recipients = offered(BURLINGTON)
    assert [choice.label for choice in recipients.seats] == [
        "Ann Maple (U.S. senator, VT)",
        "Bob Birch (U.S. senator, VT)",
        "Cleo Cedar (U.S. representative, VT-0)",
    ]
    assert tos(recipients) == ["vt-a", "vt-b", "vt-0", "us-president"]
    assert not recipients.open_seats
    assert not recipients.directory_missing
    assert not recipients.directory_old


@pytest.mark.usefixtures("known")
def test_of_a_split_zip_no_representative_is_a_choice_until_the_person_says_which() -> None:
    request, supporter, context = opened(WATERTOWN)
    recipients = find_recipients(request, supporter, context)
    assert tos(recipients) == ["ny-a", "ny-b", "us-president"]
    assert recipients.unsettled == ()  # the person is asked which; no name need be typed
    assert [(seat.seat, seat.official and seat.official.name) for seat in recipients.open_seats] == [
        ("NY-21", "Flo Pine"),
        ("NY-24", "Gil Fir"),
    ]
    by_name = choice_for_own_seat(recipients.open_seats[1], request, context)
    assert isinstance(by_name, Choice)
    assert (by_name.to, by_name.label) == ("ny-24", "Gil Fir (U.S. representative, NY-24)")
    by_number = seat_of_district("NY-21", request, supporter, context)
    assert isinstance(by_number, Candidate)
    assert choice_for_own_seat(by_number, request, context) == Choice(
        "ny-21", "us-representative", "U.S. representative", "Flo Pine", "NY-21", by_number.official
    )


@pytest.mark.usefixtures("known")
def test_a_zip_that_the_table_does_not_list_leaves_the_house_seat_open_and_says_why() -> None:
    recipients = offered({"city": "New York", "zip": "10118"})
    assert tos(recipients) == ["ny-a", "ny-b", "us-president"]
    (seat,) = recipients.open_seats
    assert seat.official is None
    assert seat.note
    assert seat.note.code == "lookup.zip_not_in_table"


@pytest.mark.usefixtures("known")
def test_a_seat_nobody_is_known_to_hold_is_said_and_no_choice() -> None:
    recipients = offered({"city": "Concord", "zip": "03301"})
    assert tos(recipients) == ["nh-a", "us-president"]
    assert [(note.code, note.where) for note in recipients.notes] == [("lookup.no_members", "NH")]


@pytest.mark.usefixtures("known")
def test_a_term_that_has_ended_is_said_and_no_choice() -> None:
    person = {"city": "Columbus", "zip": "43215"}
    recipients = offered(person)
    assert tos(recipients) == ["oh-a", "us-president"]
    (note,) = (note for note in recipients.notes if note.code == "lookup.congress_term_ended")
    assert note.where == "OH"
    assert "the term of Ida Iris ended on November 3, 2026;" in language.what(note)
    assert recipients.directory_old
    assert tos(offered(person, on=date(2026, 11, 2))) == ["oh-a", "oh-b", "us-president"]


@pytest.mark.usefixtures("known")
def test_a_territory_has_one_voice_in_the_house_and_no_senators() -> None:
    recipients = offered({"city": "San Juan", "zip": "00901", "state": "PR"})
    assert [choice.label for choice in recipients.seats] == ["Kim Kapok (resident commissioner of Puerto Rico, PR-0)"]
    assert "lookup.only_a_resident_commissioner" in {note.code for note in recipients.notes}


def test_without_a_directory_only_posts_are_offered_and_that_it_is_missing_is_said(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLEA_HOME", str(home))
    request, supporter, context = opened(BURLINGTON)
    recipients = find_recipients(request, supporter, context)
    assert recipients.directory_missing
    assert tos(recipients) == ["us-president"]
    assert officials_named("us-senator", "Welch", supporter, context) == ()
    assert seat_of_district("VT-0", request, supporter, context) is None


def test_an_ask_for_posts_alone_needs_no_directory(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLEA_HOME", str(home))
    recipients = offered(BURLINGTON, ask="ceasefire")
    assert not recipients.directory_missing
    assert tos(recipients) == ["us-secretary-of-state", "us-un-ambassador", "un-secretary-general"]


@pytest.mark.usefixtures("known")
def test_a_name_that_the_directory_knows_is_known_by_any_part_of_it() -> None:
    _, supporter, context = opened(BURLINGTON)
    assert nameable_roles(context)[0] == "us-senator"
    assert [choice.to for choice in officials_named("us-senator", "BIRCH", supporter, context)] == ["vt-b"]
    assert officials_named("us-senator", "Elm", supporter, context) == ()  # of another state


@pytest.mark.parametrize(
    ("typed", "what"),
    [("NY-24", ""), ("ny 24", ""), ("twenty-four", "'twenty-four' is not a district"), ("VT-0", "VT-0 is not in NY")],
)
def test_a_district_is_checked_against_the_state(typed: str, what: str) -> None:
    problem = district_problem(typed, Supporter("Alex Example", state="NY"))
    assert (language.what(problem) if problem else "") == what
