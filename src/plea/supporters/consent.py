"""When, where and to what text somebody agreed; without that no letter is made in bulk."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from plea.model.people import Consent
from plea.problems import Problem, old_problem
from plea.supporters.text import refused_character

ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ].*)?")
SLASHES = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4}|[0-9]{2})(?:[ ,].*)?")
DAY_FIRST = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3,9})\.?,?[ -]([0-9]{4}|[0-9]{2})(?: .*)?")
MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})(?: .*)?")
SERIAL = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
FIRST_DAY = date(1899, 12, 30)  # day 0 of Excel's 1900 calendar, from March 1900 on
TEXT_LIMIT = 10_000  # characters
EARLIEST = date(2000, 1, 1)
HOW = "Write it as 2026-10-03."


def read_consent(
    fields: Mapping[str, str], whole: Consent | None, on: date, *, required: bool, order: str = ""
) -> Consent | Problem | None:
    """The consent of a row, or the campaign's for the whole file, or what is wrong with it.

    None where there is none and none is required. `on` is the letter's date: nobody agrees after it.
    `order` as in `read_date`.
    """
    at, source, text = (fields.get(key, "").strip() for key in ("consent_at", "consent_source", "consent_text"))
    day = read_date(at, order) if at else (whole.at if whole else None)
    if day is None:
        return old_problem("consent_at", "no consent is on record", "Say when the person agreed.") if required else None
    source = source or (whole.source if whole else "")
    text = text or (whole.text if whole else "")
    if isinstance(day, Problem):
        return day
    if day > on:
        return old_problem("consent_at", f"{day} is after the date of the letters, {on}", "Mend the date.")
    return _kept(Consent(day, source, text), required=required)


def _kept(consent: Consent, *, required: bool) -> Consent | Problem:
    """A consent whose record can be found again and printed."""
    for key, value in (("consent_source", consent.source), ("consent_text", consent.text)):
        refused = refused_character(value.replace("\r\n", "\n"), lines=True)
        if refused:
            return old_problem(key, f"holds {refused}", "Take that character out; the rest may stay as it is.")
        if len(value) > TEXT_LIMIT:
            return old_problem(key, f"is {len(value):,} characters long; {TEXT_LIMIT:,} is the most", "Shorten it.")
    if required and not consent.source:
        return old_problem("consent_source", "is missing", "Say where the consent is kept: 'paper form, box 2'.")
    return consent


def read_date(typed: str, order: str = "") -> date | Problem:
    """The day of a consent: ISO 8601, with a month's name, or an Excel day number; 10/3/2026 may be two days.

    A day and a month in figures are only read where no other day can be meant (10/13/2026, 5/5/2026), unless `order`
    says how the whole table writes them: `mdy` or `dmy`.
    """
    readings = {day for day in _readings(typed, order) if day}
    if not readings:
        return old_problem("consent_at", f"{typed[:30]!r} is not a date", HOW)
    if len(readings) > 1:
        first, second = sorted(day.isoformat() for day in readings)
        return old_problem(
            "consent_at",
            f"{typed[:30]!r} may be {first} or {second}",
            f"{HOW.rstrip('.')}, or say date_order in campaign.toml.",
        )
    (day,) = readings
    if day < EARLIEST:
        return old_problem("consent_at", f"{typed[:30]!r} is before {EARLIEST.year}", HOW)
    return day


def _readings(typed: str, order: str) -> list[date | None]:
    """Every day that the text may mean."""
    if match := ISO.fullmatch(typed):
        return [_day(int(match[1]), int(match[2]), int(match[3]))]
    if match := SLASHES.fullmatch(typed):
        first, second, year = int(match[1]), int(match[2]), _year(match[3])
        month_first, day_first = _day(year, first, second), _day(year, second, first)
        return {"mdy": [month_first], "dmy": [day_first]}.get(order, [month_first, day_first])
    if match := DAY_FIRST.fullmatch(typed):
        return [_day(_year(match[3]), _month(match[2]), int(match[1]))]
    if match := MONTH_FIRST.fullmatch(typed):
        return [_day(_year(match[3]), _month(match[1]), int(match[2]))]
    if match := SERIAL.fullmatch(typed):
        return [FIRST_DAY + timedelta(days=int(match[1]))]
    return []


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year(typed: str) -> int:
    return int(typed) if len(typed) > len("26") else 2000 + int(typed)


def _month(name: str) -> int:
    """The number of an English month; 0 for no month."""
    short = name.casefold()[:3]
    return MONTHS.index(short) + 1 if short in MONTHS else 0
