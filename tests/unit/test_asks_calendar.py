"""The last scheduled days of Congress, against the page they were read from."""

from datetime import date

from plea.asks.calendar import last_day_for_bills, last_scheduled_day
from plea.model.congress import Chamber


def test_the_last_days_of_2026_are_those_of_the_published_calendars() -> None:
    assert last_scheduled_day(Chamber.HOUSE, 2026) == date(2026, 12, 17)
    assert last_scheduled_day(Chamber.SENATE, 2026) == date(2026, 12, 18)


def test_a_year_without_a_published_calendar_has_no_last_day() -> None:
    assert last_scheduled_day(Chamber.HOUSE, 2027) is None
    assert last_day_for_bills(Chamber.SENATE, 120) is None


def test_bills_of_a_congress_end_with_its_second_session() -> None:
    assert last_day_for_bills(Chamber.HOUSE, 119) == date(2026, 12, 17)
