"""From a home to its states and seats, with a ZIP table written by hand."""

from datetime import date

import pytest

from plea import language
from plea.errors import InputError
from plea.model.officials import Residence
from plea.model.states import FIPS, STATE_NAMES, state_code, state_division
from plea.officials.districts import congress_of, lines_changed, locate, seat_division, seat_of, seats_of, zip5_of

TODAY = date(2026, 11, 22)
NEXT = date(2027, 3, 1)


class Table:
    """A few ZIP codes of the 119th Congress."""

    ROWS = {  # noqa: RUF012 (a table to read)
        "05401": (("VT", 0, 119),),
        "60098": (("IL", 10, 119), ("IL", 11, 119), ("IL", 16, 119)),
        "02861": (("MA", 4, 119), ("RI", 1, 119)),
        "75001": (("TX", 24, 119), ("TX", 32, 119)),
    }

    def districts_of(self, zip5: str) -> tuple[tuple[str, int, int], ...]:
        return self.ROWS.get(zip5, ())

    def has_zip_table(self) -> bool:
        return True


TABLE = Table()


@pytest.mark.parametrize(
    ("written", "state", "seat"),
    [
        ("VT-0", "", "VT-0"),
        ("vt-0", "", "VT-0"),
        ("VT-00", "", "VT-0"),
        ("VT-AL", "", "VT-0"),
        ("vt at large", "", "VT-0"),
        ("IL-11", "", "IL-11"),
        ("il 11", "", "IL-11"),
        ("IL11", "", "IL-11"),
        ("IL-011", "", "IL-11"),
        ("11", "IL", "IL-11"),
        ("AL", "VT", "VT-0"),
        ("AL-7", "", "AL-7"),
        ("dc-0", "", "DC-0"),
        ("PR-AL", "", "PR-0"),
        ("CA-52", "", "CA-52"),
    ],
)
def test_a_seat_is_read_however_it_is_written(written: str, state: str, seat: str) -> None:
    assert seat_of(written, state, TODAY) == seat


@pytest.mark.parametrize(
    ("written", "state", "code"),
    [
        ("IL-18", "", "seat.no_such_number"),
        ("IL-0", "", "seat.no_such_number"),
        ("IL-AL", "", "seat.no_such_number"),
        ("VT-1", "", "seat.only_one"),
        ("GU-2", "", "seat.only_one"),
        ("ZZ-1", "", "seat.not_a_district"),
        ("eleven", "", "seat.not_a_district"),
        ("11", "", "seat.not_a_district"),
        ("IL-11", "VT", "seat.of_other_state"),
    ],
)
def test_a_seat_that_does_not_exist_is_refused_with_a_hint(written: str, state: str, code: str) -> None:
    with pytest.raises(InputError) as raised:
        seat_of(written, state, TODAY)
    assert raised.value.problem.code == code
    assert language.hint(raised.value.problem)


def test_the_apportionment_gives_435_seats() -> None:
    counts = {state: seats_of(state, TODAY) for state in STATE_NAMES}
    voting = {state: count for state, count in counts.items() if state not in {"DC", "AS", "GU", "MP", "PR", "VI"}}
    assert len(voting) == 50
    assert sum(count or 0 for count in voting.values()) == 435
    assert (counts["CA"], counts["TX"], counts["MT"], counts["WY"], counts["DC"]) == (52, 38, 2, 1, 1)
    assert seats_of("CA", date(2033, 1, 3)) is None
    assert seat_of("CA-60", "", date(2033, 1, 3)) == "CA-60"  # nobody knows yet


def test_congresses_begin_on_the_third_of_january_of_odd_years() -> None:
    assert congress_of(date(2025, 1, 2)) == 118
    assert congress_of(date(2025, 1, 3)) == 119
    assert congress_of(date(2026, 12, 31)) == 119
    assert congress_of(date(2027, 1, 2)) == 119
    assert congress_of(date(2027, 1, 3)) == 120
    assert congress_of(date(2031, 6, 1)) == 122


def test_divisions_are_those_of_open_civic_data() -> None:
    assert seat_division("VT-0") == "ocd-division/country:us/state:vt/cd:at-large"
    assert seat_division("IL-11") == "ocd-division/country:us/state:il/cd:11"
    assert seat_division("DC-0") == "ocd-division/country:us/district:dc/cd:at-large"
    assert seat_division("PR-0") == "ocd-division/country:us/territory:pr/cd:at-large"
    assert state_division("VT") == "ocd-division/country:us/state:vt"


def test_states_are_known_by_code_name_and_number() -> None:
    assert state_code(" vermont ") == "VT"
    assert state_code("vt") == "VT"
    assert state_code("district of columbia") == "DC"
    assert state_code("The U.S. Virgin Islands") == "VI"
    assert state_code("Ontario") == "ONTARIO"
    assert (FIPS["50"], FIPS["17"], FIPS["72"], FIPS["11"]) == ("VT", "IL", "PR", "DC")
    assert set(FIPS.values()) == set(STATE_NAMES)


@pytest.mark.parametrize(("written", "zip5"), [("05401", "05401"), ("05401-1234", "05401"), (" 054011234 ", "05401")])
def test_a_zip_is_five_digits_or_nine(written: str, zip5: str) -> None:
    assert zip5_of(written) == zip5


@pytest.mark.parametrize("written", ["5401", "O5401", "05401-12", "abc", "054011"])
def test_what_is_no_zip_is_refused(written: str) -> None:
    with pytest.raises(InputError, match=r"residence\.not_a_zip_code"):
        zip5_of(written)


def test_a_whole_zip_gives_one_seat_and_a_split_one_gives_each() -> None:
    assert locate(TABLE, Residence(zip="05401"), TODAY).seats == ("VT-0",)
    split = locate(TABLE, Residence(zip="60098"), TODAY)
    assert (split.states, split.seats) == (("IL",), ("IL-10", "IL-11", "IL-16"))
    assert "3 House districts" in language.what(split.notes[0])


def test_the_state_settles_a_zip_of_two_states() -> None:
    assert locate(TABLE, Residence(zip="02861"), TODAY).states == ("MA", "RI")
    settled = locate(TABLE, Residence(zip="02861", state="RI"), TODAY)
    assert (settled.states, settled.seats, settled.notes) == (("RI",), ("RI-1",), ())


def test_the_district_settles_a_split_zip() -> None:
    assert locate(TABLE, Residence(zip="60098", district="IL-11"), TODAY).seats == ("IL-11",)


def test_a_district_that_the_table_does_not_list_for_the_zip_is_taken_and_said() -> None:
    located = locate(TABLE, Residence(zip="60098", district="IL-5"), TODAY)
    assert located.seats == ("IL-5",)
    assert "lists 60098 in IL-10, IL-11, and IL-16, not in IL-5" in language.what(located.notes[0])


@pytest.mark.parametrize(
    ("residence", "line"),
    [
        (Residence(zip="05401", state="NY"), "zip: ZIP code 05401 is in Vermont, and the state given is New York"),
        (
            Residence(zip="05401", district="IL-11"),
            "zip: ZIP code 05401 is in Vermont, and the state given is Illinois",
        ),
        (Residence(zip="10118", state="VT"), "zip: ZIP code 10118 is in New York, and the state given is Vermont"),
        (Residence(zip="00000"), "zip: no state has the ZIP code 00000"),
        (Residence(zip="00000", state="VT"), "zip: no state has the ZIP code 00000"),
        (Residence(state="XX"), "state: there is no state XX"),
    ],
)
def test_what_contradicts_itself_names_both(residence: Residence, line: str) -> None:
    with pytest.raises(InputError) as raised:
        locate(TABLE, residence, TODAY)
    assert language.line(raised.value.problem) == line


def test_a_zip_outside_the_table_gives_the_state_and_asks_for_the_district() -> None:
    located = locate(TABLE, Residence(zip="10118"), TODAY)
    assert (located.states, located.seats) == (("NY",), ())
    ((_, reason),) = located.unknown
    assert reason.code == "lookup.zip_not_in_table"
    assert "house.gov" in language.hint(reason)
    assert locate(TABLE, Residence(zip="05799"), TODAY).seats == ("VT-0",)  # one seat: the state is enough


def test_military_mail_has_no_officials_unless_a_home_state_is_given() -> None:
    alone = locate(TABLE, Residence(zip="09012"), TODAY)
    assert (alone.states, alone.seats) == ((), ())
    assert "last lived in the United States" in language.hint(alone.notes[0])
    assert locate(TABLE, Residence(zip="09012", state="AE"), TODAY).states == ()
    assert locate(TABLE, Residence(state="AE"), TODAY).notes
    home = locate(TABLE, Residence(zip="09012", state="VT"), TODAY)
    assert (home.states, home.seats) == (("VT",), ("VT-0",))
    assert locate(TABLE, Residence(zip="09012", state="AE", district="IL-11"), TODAY).seats == ("IL-11",)


def test_a_freely_associated_country_has_nobody_in_congress() -> None:
    located = locate(TABLE, Residence(zip="96960"), TODAY)  # Majuro
    assert located.states == ()
    assert [note.code for note in located.notes] == ["lookup.free_association"]


def test_after_the_third_of_january_the_table_is_no_longer_good_for_states_with_other_lines() -> None:
    texas = locate(TABLE, Residence(zip="75001"), NEXT)
    assert texas.seats == ()
    ((_, reason),) = texas.unknown
    assert "other district lines since January 3, 2027" in language.what(reason)
    assert "press reports" in language.what(reason)
    assert locate(TABLE, Residence(zip="75001"), date(2027, 1, 2)).seats == ("TX-24", "TX-32")
    illinois = locate(TABLE, Residence(zip="60098"), NEXT)
    assert illinois.seats == ("IL-10", "IL-11", "IL-16")
    assert "of Congress 119" in language.what(illinois.notes[0])


def test_the_ten_states_and_no_others_change() -> None:
    changed = {state for state in STATE_NAMES if lines_changed(state, 119, date(2027, 1, 3))}
    assert changed == {"TX", "MO", "NC", "OH", "CA", "UT", "FL", "TN", "AL", "LA"}
    assert not lines_changed("TX", 119, date(2027, 1, 2))
    assert not lines_changed("TX", 120, NEXT)


def test_a_district_given_is_of_the_day_unless_its_congress_is_said() -> None:
    assert locate(TABLE, Residence(district="TX-3"), NEXT).seats == ("TX-3",)
    old = locate(TABLE, Residence(district="TX-3", district_congress=119), NEXT)
    assert old.seats == ()
    assert "those of Congress 119 no longer hold" in language.what(old.unknown[0][1])
    assert locate(TABLE, Residence(district="IL-3", district_congress=119), NEXT).seats == ("IL-3",)


def test_years_later_what_is_not_known_is_said() -> None:
    later = locate(TABLE, Residence(zip="60098"), date(2031, 3, 1))
    assert "lookup.later_lines_unknown" in [note.code for note in later.notes]
