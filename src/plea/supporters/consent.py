"""When, where and to what text somebody agreed; without that no letter is made in bulk."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from plea.model.people import Consent
from plea.problems import Problem
from plea.supporters.text import text_problem
from plea.system.clock import EXCEL_DAY_0

ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ].*)?")
SLASHES = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4}|[0-9]{2})(?:[ ,].*)?")
DAY_FIRST = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3,9})\.?,?[ -]([0-9]{4}|[0-9]{2})(?: .*)?")
MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})(?: .*)?")
SERIAL = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
TEXT_LIMIT = 10_000  # characters
EARLIEST = date(2000, 1, 1)
SHOWN = 30  # characters of a cell that a message repeats


def read_consent(
    fields: Mapping[str, str], of_campaign: Consent | None, on: date, *, required: bool, order: str = ""
) -> Consent | Problem | None:
    """The consent of a row, or the campaign's for the whole file, or what is wrong with it.

    None where there is none and none is required. `on` is the letter's date: nobody agrees after it.
    `order` as in `read_date`.
    """
    at, source, text = (fields.get(key, "").strip() for key in ("consent_at", "consent_source", "consent_text"))
    if of_campaign:
        source, text = source or of_campaign.source, text or of_campaign.text
    day = read_date(at, order) if at else (of_campaign.at if of_campaign else None)
    if day is None and required:
        return Problem("consent.missing", "consent_at")
    if day is None or isinstance(day, Problem):
        return day
    if day > on:
        return Problem("consent.after_letters", "consent_at", day=day, letters=on)
    for key, value in (("consent_source", source), ("consent_text", text)):
        if problem := text_problem(key, value.replace("\r\n", "\n"), TEXT_LIMIT, lines=True):
            return problem
    if required and not source:
        return Problem("consent.no_source", "consent_source")
    return Consent(day, source, text)


def read_date(typed: str, order: str = "") -> date | Problem:
    """The day of a consent: ISO 8601, with a month's name, or an Excel day number; 10/3/2026 may be two days.

    A day and a month in figures are only read where no other day can be meant (10/13/2026, 5/5/2026), unless `order`
    says how the whole table writes them: `mdy` or `dmy`.
    """
    shown = repr(typed[:SHOWN])
    days = sorted({day for day in _readings(typed, order) if day})
    if not days:
        return Problem("date.not_a_date", "consent_at", date=shown)
    if len(days) > 1:
        return Problem("date.ambiguous", "consent_at", date=shown, first=days[0], second=days[1])
    if days[0] < EARLIEST:
        return Problem("date.too_early", "consent_at", date=shown, year=str(EARLIEST.year))
    return days[0]


def _readings(typed: str, order: str) -> list[date | None]:
    """Every day that the text may mean; None for one that is not in the calendar."""
    if match := ISO.fullmatch(typed):
        return [_day(match[1], match[2], match[3])]
    if match := SLASHES.fullmatch(typed):
        month_first, day_first = _day(match[3], match[1], match[2]), _day(match[3], match[2], match[1])
        return {"mdy": [month_first], "dmy": [day_first]}.get(order, [month_first, day_first])
    if match := DAY_FIRST.fullmatch(typed):
        return [_day(match[3], match[2], match[1])]
    if match := MONTH_FIRST.fullmatch(typed):
        return [_day(match[3], match[1], match[2])]
    if match := SERIAL.fullmatch(typed):
        return [EXCEL_DAY_0 + timedelta(days=int(match[1]))]
    return []


def _day(year: str, month: str, day: str) -> date | None:
    """The day of these figures; the year may have two of them, the month may be an English name."""
    short = month.casefold()[:3]
    try:
        return date(
            int(year) if len(year) > len("26") else 2000 + int(year),
            int(month) if month.isdigit() else MONTHS.index(short) + 1,
            int(day),
        )
    except ValueError:
        return None
