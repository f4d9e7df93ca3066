"""The day by which an act is asked: what the office can still do, on a working day."""

from datetime import date

import pytest

from plea.asks.deadline import deadline, working_day
from plea.model.officials import Official

# 5 U.S.C. 6103; the days are those of the Office of Personnel Management's calendars for 2021, 2026 and 2027.
FEDERAL = {
    2021: "12-24 12-31",
    2026: "01-01 01-19 02-16 05-25 06-19 07-03 09-07 10-12 11-11 11-26 12-25",
    2027: "01-01 01-18 02-15 05-31 06-18 07-05 09-06 10-11 11-11 11-25 12-24 12-31",
}


@pytest.mark.parametrize("day", [f"{year}-{day}" for year, days in FEDERAL.items() for day in days.split()])
def test_federal_offices_are_closed_on_their_holidays(day: str) -> None:
    assert working_day(date.fromisoformat(day)) < date.fromisoformat(day)


def test_a_year_has_as_many_working_days_as_there_are() -> None:
    """365 days of 2026, less 104 on weekends, less 11 holidays, each of which is kept on a weekday."""
    days = [date.fromordinal(date(2026, 1, 1).toordinal() + number) for number in range(365)]
    assert sum(working_day(day) == day for day in days) == 250


def representative(end: date | None = None) -> Official:
    return Official("us-X", "us-representative", "Alex Morgan", "Morgan", end=end)


def senator(end: date | None = None) -> Official:
    return Official("us-Y", "us-senator", "Alex Morgan", "Morgan", end=end)


TERM_ENDS = date(2027, 1, 3)


@pytest.mark.parametrize(
    ("on", "official", "by"),
    [
        # the last scheduled days of 2026 are December 17 in the House and December 18 in the Senate
        ("2026-11-28", representative(TERM_ENDS), "2026-12-17"),
        ("2026-11-28", senator(date(2031, 1, 3)), "2026-12-18"),
        ("2026-12-14", representative(TERM_ENDS), "2026-12-17"),
        ("2026-12-15", representative(TERM_ENDS), "2026-12-31"),  # a Thursday, before a holiday and a weekend
        ("2026-12-15", senator(date(2031, 1, 3)), "2026-12-18"),
        ("2026-12-16", senator(date(2031, 1, 3)), "2027-01-29"),  # 45 days later is a Saturday
        ("2026-12-16", senator(TERM_ENDS), "2026-12-31"),
        ("2026-12-24", representative(TERM_ENDS), "2026-12-31"),
        ("2026-12-25", representative(TERM_ENDS), None),  # a letter on paper does not arrive in nine days for sure
        ("2026-12-29", representative(TERM_ENDS), None),
        ("2026-12-31", representative(TERM_ENDS), None),
        ("2027-01-01", representative(TERM_ENDS), None),
        ("2026-12-31", senator(), "2027-02-12"),  # 45 days later is a Sunday
        # a seat in the House ends with its Congress, whether the directory knows it or not
        ("2026-12-16", representative(), "2026-12-31"),
        ("2027-01-04", representative(), "2027-02-18"),
        ("2027-01-04", representative(TERM_ENDS), "2027-02-18"),  # an end that is past is somebody else's
        ("2027-03-15", representative(date(2029, 1, 3)), "2027-04-29"),
        ("2031-01-15", representative(date(2033, 1, 3)), "2031-02-28"),
        # 45 days later is a holiday: Memorial Day, Thanksgiving Day
        ("2027-04-16", senator(), "2027-05-28"),
        ("2027-10-11", senator(), "2027-11-24"),
        # no chamber, an end of the term or none
        ("2026-11-28", Official("g", "governor", "Pat Doe", end=date(2027, 1, 7)), "2027-01-06"),
        ("2026-11-28", Official("us-president", "us-president"), "2027-01-12"),
    ],
)
def test_an_act_is_asked_for_while_the_office_can_do_it(on: str, official: Official, by: str | None) -> None:
    assert deadline(official, date.fromisoformat(on)) == (by and date.fromisoformat(by))


def test_the_chair_of_a_committee_has_the_days_of_the_chamber() -> None:
    chair = Official("c", "committee-chair", "James E. Risch", "Risch", place="United States Senate")
    assert deadline(chair, date(2026, 11, 28)) == date(2026, 12, 18)
    house = Official("c", "committee-chair", "Tom Cole", "Cole", place="U.S. House of Representatives")
    assert deadline(house, date(2026, 11, 28)) == date(2026, 12, 17)
    assert deadline(chair, date(2026, 12, 20)) == date(2026, 12, 31)


def test_abroad_there_are_no_federal_holidays() -> None:
    member = Official("m", "uk-mp", "Keir Example")
    assert deadline(member, date(2026, 12, 4), "GB") == date(2027, 1, 18)  # a federal holiday in the United States
    assert deadline(member, date(2026, 11, 11), "GB") == date(2026, 12, 24)  # before Christmas and a weekend
