from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pytest

from plea import language
from plea.errors import UsageError
from plea.model.officials import Candidate, LookupAnswer, Office, Official, Residence, Status
from plea.officials.recipients import Targets, choose_office, choose_offices, needs_directory, read_name, resolve
from plea.officials.roles import roles
from plea.problems import Problem

DAY = date(2026, 11, 22)
VERMONT = Residence(state="VT", zip="05401")
OFFICE = Office(id="x-capitol", kind="capitol", city="Washington", state="DC", zip="20510")
WELCH = Official("us-W000800", "us-senator", "Peter Welch", "Welch", offices=(OFFICE,), end=date(2029, 1, 3))
SANDERS = Official("us-S000033", "us-senator", "Bernard Sanders", "Sanders", offices=(OFFICE,), end=date(2031, 1, 3))
BALINT = Official("us-B001318", "us-representative", "Becca Balint", "Balint", offices=(OFFICE,), end=date(2027, 1, 3))
GONE = Official("us-V000137", "us-senator", "J. D. Gone", "Gone", offices=(OFFICE,), end=date(2026, 11, 3))
RISCH = Official(
    "us-chair-SSFR-R000584", "committee-chair", "James E. Risch", "Risch", body="Committee on Foreign Relations",
    offices=(OFFICE,),
)  # fmt: skip
NOWHERE = Official("ocd-person/1", "state-senator", "Ann Nowhere", "Nowhere")


@dataclass
class WrittenDirectory:
    """A directory of a few officials, with the seats that answer for any place."""

    seats: Mapping[str, tuple[Candidate, ...]]
    notes: tuple[Problem, ...] = ()
    known: tuple[Official, ...] = (WELCH, SANDERS, BALINT, GONE, RISCH, NOWHERE)

    def official(self, official_id: str, on: date | None = None) -> Official | None:
        if official_id == "us-president" and on == DAY:
            return Official("us-president", "us-president", "A President", offices=(OFFICE,))
        return next((one for one in self.known if one.id == official_id), None)

    def find(self, place: Residence, on: date, roles: Iterable[str] | None = None) -> LookupAnswer:
        assert on == DAY
        assert place
        return LookupAnswer(tuple(seat for role in roles or () for seat in self.seats.get(role, ())), self.notes)

    def by_role(self, role: str) -> Sequence[Official]:
        return [one for one in self.known if one.role == role]


def seat(official: Official | None, role: str, name: str, status: Status, note: Problem | None = None) -> Candidate:
    return Candidate(official, role, name, "", status, 119, note)


BOTH = (seat(SANDERS, "us-senator", "VT", Status.CERTAIN), seat(WELCH, "us-senator", "VT", Status.CERTAIN))


def resolved(
    *to: str, place: Residence = VERMONT, notes: tuple[Problem, ...] = (), **seats: tuple[Candidate, ...]
) -> Targets:
    keyed = {key.replace("_", "-"): value for key, value in seats.items()}
    return resolve(to, place, WrittenDirectory(keyed, notes), DAY, roles())


def ids(targets: Targets) -> list[str]:
    return [official.id for official in targets.chosen]


def test_a_role_means_everybody_who_holds_it_for_the_place_each_once() -> None:
    targets = resolved("us-senator", "us-W000800", us_senator=BOTH)
    assert ids(targets) == ["us-S000033", "us-W000800"]
    assert targets.problems == ()


def test_a_post_needs_no_directory_and_takes_its_holder_from_one() -> None:
    alone = resolve(["us-president"], Residence(), None, DAY, roles())
    assert [(one.id, one.name) for one in alone.chosen] == [("us-president", "")]
    assert [one.name for one in resolved("us-president").chosen] == ["A President"]


def test_a_named_senator_needs_nothing_else() -> None:
    (jane,) = resolve(["us-senator:Jane Doe"], Residence(state="VT"), None, DAY, roles()).chosen
    assert (jane.role, jane.name, jane.last_name, jane.state) == ("us-senator", "Jane Doe", "Doe", "VT")
    assert jane.division == "ocd-division/country:us/state:vt"
    assert [(office.city, office.state, office.zip) for office in jane.offices] == [("Washington", "DC", "20510")]


def test_names_that_have_no_latin_letters_stay_two_people() -> None:
    both = resolved("us-senator:李小龍", "us-senator:王小龍", "us-senator:Jane 李", "us-senator:Jane 王")
    assert len(set(ids(both))) == 4
    assert ids(resolved("us-senator:José Ruiz")) == ["us-senator-jose-ruiz"]
    assert all(one.isascii() for one in ids(both))


def test_a_named_mayor_sits_in_the_persons_town() -> None:
    place = Residence(state="VT", city="Burlington")
    (mayor,) = resolve(["mayor:Ann Lee"], place, None, DAY, roles()).chosen
    assert (mayor.place, mayor.offices[0].building, mayor.offices[0].city) == ("Burlington", "City Hall", "Burlington")


@pytest.mark.parametrize("to", ["governor:Ann Lee", "committee-chair:Ann Lee", "mayor:Ann Lee", "us-senator:  "])
def test_a_name_that_is_not_enough_to_write_to_is_a_problem(to: str) -> None:
    targets = resolve([to], Residence(state="VT"), None, DAY, roles())
    assert targets.chosen == ()
    assert [problem.where for problem in targets.problems] == [f"--to {to}"]


@pytest.mark.parametrize(
    ("typed", "full", "last"),
    [
        ("Jane Doe", "Jane Doe", "Doe"),
        ("  Jane   Q. Doe ", "Jane Q. Doe", "Doe"),
        ("Jane Doe Jr.", "Jane Doe Jr.", "Doe"),
        ("Jane Doe, Jr.", "Jane Doe, Jr.", "Doe"),
        ("Chris Van Hollen", "Chris Van Hollen", ""),
        ("Van Hollen, Chris", "Chris Van Hollen", "Van Hollen"),
        ("Cher", "Cher", ""),
    ],
)
def test_a_family_name_is_never_guessed(typed: str, full: str, last: str) -> None:
    assert read_name(typed) == (full, last)


def test_a_split_place_names_the_candidates_and_the_option() -> None:
    other = Official("us-U000040", "us-representative", "Lauren Underwood", "Underwood")
    split = (
        seat(BALINT, "us-representative", "IL-11", Status.POSSIBLE),
        seat(other, "us-representative", "IL-14", Status.POSSIBLE),
        seat(None, "us-representative", "IL-16", Status.UNKNOWN),
    )
    targets = resolved("us-representative", place=Residence(state="IL", zip="60098"), us_representative=split)
    (problem,) = targets.problems
    assert targets.chosen == ()
    assert problem.where == "--to us-representative"
    assert problem.code == "seats.several_districts"
    assert language.what(problem) == (
        "several districts share ZIP code 60098, IL: IL-11 (Becca Balint), IL-14 (Lauren Underwood), "
        "and IL-16 (nobody is known to hold it)"
    )
    assert "--district IL-11" in language.hint(problem)


def test_a_vacant_seat_is_named_and_the_other_letters_are_not_kept_back() -> None:
    vacant = seat(None, "us-representative", "CA-14", Status.VACANT, Problem("lookup.vacant", day=date(2025, 1, 3)))
    targets = resolved("us-senator", "us-representative", us_senator=BOTH, us_representative=(vacant,))
    assert ids(targets) == ["us-S000033", "us-W000800"]
    (problem,) = targets.problems
    assert language.line(problem).startswith("CA-14: the seat is vacant in the directory, whose newest term began on ")


@pytest.mark.parametrize(
    ("to", "line"),
    [
        ("us-senator", "OH: the term of J. D. Gone ended on November 3, 2026"),
        ("us-V000137", "--to us-V000137: the term of J. D. Gone ended on November 3, 2026"),
    ],
)
def test_a_term_that_has_ended_is_not_written_to_and_the_day_is_named(to: str, line: str) -> None:
    note = Problem("lookup.congress_term_ended", name=GONE.name, day=date(2026, 11, 3))
    targets = resolved(to, us_senator=(seat(GONE, "us-senator", "OH", Status.ENDED, note),))
    assert targets.chosen == ()
    (problem,) = targets.problems
    assert language.line(problem).startswith(line)


def test_a_place_in_no_table_is_said_in_the_directorys_own_words() -> None:
    unknown = seat(None, "us-representative", "NY-?", Status.UNKNOWN, Problem("lookup.zip_not_in_table", zip="10118"))
    (problem,) = resolved("us-representative", place=Residence("NY", "10118"), us_representative=(unknown,)).problems
    what = "--to us-representative: ZIP code 10118 is not in the ZIP table, and the House seat depends on the district"
    assert language.line(problem) == what
    assert language.hint(problem) == "Say which is yours with --district, such as --district NY-1."


def test_a_zip_of_two_states_asks_for_the_state() -> None:
    four = (
        *(seat(one, "us-senator", "MA", Status.POSSIBLE) for one in (WELCH, SANDERS)),
        *(seat(one, "us-senator", "RI", Status.POSSIBLE) for one in (BALINT, RISCH)),
    )
    (problem,) = resolved("us-senator", place=Residence(zip="02861"), us_senator=four).problems
    assert language.what(problem).startswith("more than one state shares ZIP code 02861: MA (Peter Welch)")
    assert "--state" in language.hint(problem)


def test_on_the_day_a_term_ends_the_successor_is_there() -> None:
    leaving = replace(WELCH, end=DAY)
    targets = resolve([leaving.id], VERMONT, WrittenDirectory({}, known=(leaving,)), DAY, roles())
    assert targets.chosen == ()
    assert [problem.code for problem in targets.problems] == ["official.term_ended"]


def test_within_45_days_of_the_end_there_is_a_warning() -> None:
    targets = resolved("us-B001318", "us-W000800")
    assert ids(targets) == ["us-B001318", "us-W000800"]
    (warning,) = targets.warnings
    assert language.line(warning).startswith("us-B001318: the term of Becca Balint ends on January 3, 2027; ")


def test_an_unknown_place_says_what_to_give() -> None:
    (problem,) = resolved("us-senator", place=Residence()).problems
    assert language.what(problem) == "no us-senator was found for an unknown place"
    assert language.hint(problem).startswith("Give --state, --zip or --district")
    (noted,) = resolved("governor", notes=(Problem("lookup.role_not_in_directory", role="governor"),)).problems
    assert noted == Problem("lookup.role_not_in_directory", "--to governor", role="governor")


def test_a_long_list_of_legislators_is_cut_and_asks_for_an_id() -> None:
    many = tuple(
        seat(Official(f"ocd-person/{n}", "state-representative", f"Name {n}"), "state-representative",
             "state-representative", Status.POSSIBLE)
        for n in range(150)
    )  # fmt: skip
    (problem,) = resolved("state-representative", state_representative=many).problems
    assert language.what(problem).endswith(", and 144 more")
    assert "--to ocd-person/0" in language.hint(problem)


def test_a_chair_is_found_by_committee_and_the_bare_role_asks_which() -> None:
    assert ids(resolved("us-chair-SSFR")) == ["us-chair-SSFR-R000584"]
    (problem,) = resolved("committee-chair").problems
    assert "such as us-chair-SSFR (Committee on Foreign Relations)" in language.what(problem)


def test_a_committee_with_two_chairs_is_no_choice_of_ours() -> None:
    other = replace(RISCH, id="us-chair-SSFR-S001181", name="Jeanne Shaheen")
    directory = WrittenDirectory({}, known=(RISCH, other))
    (problem,) = resolve(["us-chair-SSFR"], VERMONT, directory, DAY, roles()).problems
    assert "us-chair-SSFR-R000584" in language.what(problem)
    assert "us-chair-SSFR-S001181" in language.what(problem)
    (problem,) = resolve(["committee-chair"], VERMONT, directory, DAY, roles()).problems
    assert language.what(problem).count("us-chair-SSFR") == 1


def test_an_official_without_any_address_is_a_problem() -> None:
    (problem,) = resolved("ocd-person/1").problems
    assert problem == Problem("official.no_address", "ocd-person/1", official="Ann Nowhere")


@pytest.mark.parametrize("to", ["us-senatr", "us-senatr:Jane Doe", "us-X000000", "us-chair-SSXX"])
def test_what_means_nothing_is_wrong_usage(to: str) -> None:
    with pytest.raises(UsageError) as caught:
        resolved(to)
    assert caught.value.problem.where == f"--to {to}"
    meant = to.startswith("us-senatr")
    assert caught.value.problem.code == ("target.unknown_but_like" if meant else "target.unknown")
    assert ("did you mean us-senator?" in language.what(caught.value.problem)) is meant


def test_without_a_directory_a_role_says_how_to_get_one() -> None:
    (problem,) = resolve(["us-senator"], VERMONT, None, DAY, roles()).problems
    assert "plea officials update" in language.hint(problem)
    assert "us-senator:NAME" in language.hint(problem)
    with pytest.raises(UsageError, match=r"target\.unknown_but_like"):
        resolve(["us-senatr"], VERMONT, None, DAY, roles())


@pytest.mark.parametrize(
    ("to", "needed"),
    [("us-president", False), ("us-senator:Jane Doe", False), ("us-senator", True), ("us-W000800", True)],
)
def test_what_needs_a_directory(to: str, needed: bool) -> None:
    assert needs_directory(to, roles()) is needed


CAPITOL = Office("w-capitol", "capitol")
NEAR, FAR = Office("w-burlington", "district"), Office("w-rutland", "district")
SENATOR = Official("w", "us-senator", "Peter Welch", offices=(FAR, CAPITOL, NEAR))
SECOND = Official(
    "s", "us-senator", "Bernard Sanders", offices=(Office("s-capitol", "capitol"), Office("s-b", "district"))
)
POST = Official("us-president", "us-president", offices=(Office("us-president-capitol", "capitol"),))


def nearest(official: Official) -> Office:
    return next(office for office in reversed(official.offices) if office.kind == "district")


@pytest.mark.parametrize(
    ("choice", "office"), [("nearest", NEAR), ("capitol", CAPITOL), ("w-rutland", FAR), ("w-capitol", CAPITOL)]
)
def test_an_office_is_chosen_by_word_or_by_id(choice: str, office: Office) -> None:
    assert choose_office(SENATOR, choice, nearest) is office


def test_a_post_has_one_office_and_nobody_is_asked_where_it_is() -> None:
    assert choose_office(POST, "nearest", nearest).id == "us-president-capitol"


def test_an_id_settles_it_for_its_official_alone() -> None:
    chosen = choose_offices([SENATOR, SECOND, POST], "w-rutland", nearest)
    assert {key: office.id for key, office in chosen.items()} == {
        "w": "w-rutland",
        "s": "s-b",
        "us-president": "us-president-capitol",
    }


def test_an_unknown_office_is_wrong_usage_and_the_known_ones_are_named() -> None:
    with pytest.raises(UsageError, match=r"office\.unknown") as caught:
        choose_offices([SENATOR, SECOND], "w-montpelier", nearest)
    assert "w-rutland, w-capitol, w-burlington, s-capitol, and s-b" in language.hint(caught.value.problem)
    with pytest.raises(UsageError, match=r"office\.not_of_official"):
        choose_office(SENATOR, "s-b", nearest)
