from datetime import date

import pytest

from plea import language
from plea.model.people import Consent
from plea.problems import Problem
from plea.supporters.rows import read_consent, read_date

ON = date(2026, 11, 22)
PAPER = Consent(date(2026, 10, 3), "signed on paper, kept by Sam")


def consent(
    whole: Consent | None = None, *, required: bool = True, at: str = "", source: str = "", text: str = ""
) -> Consent | Problem | None:
    fields = {"consent_at": at, "consent_source": source, "consent_text": text}
    return read_consent(fields, whole, ON, required=required)


@pytest.mark.parametrize(
    "typed",
    [
        *("2026-10-03", "2026-10-03T14:05:11Z", "2026-10-03 14:05:11 UTC", "3 Oct 2026", "October 3, 2026"),
        *("Oct 3rd, 2026", "3-Oct-26", "3 October 2026 14:05", "46298", "46298.58"),
    ],
)
def test_one_day_in_many_ways(typed: str) -> None:
    assert read_date(typed) == date(2026, 10, 3)


@pytest.mark.parametrize(
    ("typed", "day"), [("10/13/2026", 13), ("13/10/2026", 13), ("10/10/26", 10), ("13.10.2026", 13)]
)
def test_figures_are_read_where_one_day_can_be_meant(typed: str, day: int) -> None:
    assert read_date(typed) == date(2026, 10, day)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("10/3/2026", "date.ambiguous"),
        ("yes", "date.not_a_date"),
        ("2026-13-01", "date.not_a_date"),
        ("2026-02-30", "date.not_a_date"),
        ("13/13/2026", "date.not_a_date"),
        ("3 Movember 2026", "date.not_a_date"),
        ("0206-10-03", "date.too_early"),
        ("10003", "date.too_early"),
    ],
)
def test_no_day_is_guessed(typed: str, code: str) -> None:
    found = read_date(typed)
    assert isinstance(found, Problem)
    assert (found.where, found.code) == ("consent_at", code)


@pytest.mark.parametrize(("order", "month"), [("mdy", 10), ("dmy", 3)])
def test_unless_the_table_is_said_to_write_them_so(order: str, month: int) -> None:
    assert read_date("10/3/2026", order) == date(2026, month, 13 - month)
    assert isinstance(read_date("13/13/2026", order), Problem)
    assert isinstance(read_date("31/31/2026", order), Problem)


def test_a_rows_own_consent_goes_before_the_campaigns() -> None:
    assert consent(PAPER, at="2026-10-04") == Consent(date(2026, 10, 4), PAPER.source)
    assert consent(PAPER, at="2026-10-04", source="web") == Consent(date(2026, 10, 4), "web")
    assert consent(PAPER) == PAPER
    assert consent(PAPER, text="the letter of May") == Consent(PAPER.at, PAPER.source, "the letter of May")


@pytest.mark.parametrize(
    ("fields", "where", "code"),
    [
        ({}, "consent_at", "consent.missing"),
        ({"source": "web"}, "consent_at", "consent.missing"),
        ({"at": "2026-10-03"}, "consent_source", "consent.no_source"),
        (
            {"at": "2026-11-23", "source": "web"},
            "consent_at",
            "consent.after_letters",
        ),
        ({"at": "2026-10-03", "source": "a\u202eb"}, "consent_source", "text.character_not_allowed"),
        ({"at": "2026-10-03", "source": "x", "text": "y" * 10_001}, "consent_text", "text.too_long"),
    ],
)
def test_what_is_wrong_with_a_consent(fields: dict[str, str], where: str, code: str) -> None:
    found = read_consent({f"consent_{key}": value for key, value in fields.items()}, None, ON, required=True)
    assert isinstance(found, Problem)
    assert (found.where, found.code) == (where, code)


def test_days_are_told_in_words() -> None:
    late = consent(at="2026-11-23", source="web")
    assert isinstance(late, Problem)
    assert language.what(late) == "November 23, 2026 is after the date of the letters, November 22, 2026"
    either = read_date("10/3/2026")
    assert isinstance(either, Problem)
    assert language.what(either) == "'10/3/2026' may be March 10, 2026 or October 3, 2026"


def test_the_day_of_the_letters_is_not_after_it_and_a_campaigns_may_be() -> None:
    assert consent(at="2026-11-22", source="web") == Consent(ON, "web")
    assert isinstance(consent(Consent(date(2026, 12, 1), "x")), Problem)


def test_where_none_is_required_none_is_none_and_a_wrong_one_is_wrong() -> None:
    assert consent(required=False) is None
    assert consent(required=False, at="2026-10-03") == Consent(date(2026, 10, 3), "")
    assert isinstance(consent(required=False, at="someday"), Problem)
