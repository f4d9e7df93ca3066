"""When, where and to what text somebody agreed; without that no letter is made in bulk."""

import re
from collections.abc import Mapping
from datetime import date, timedelta

from plea.model import Consent, Problem

ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ].*)?")
SLASHES = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4}|[0-9]{2})(?:[ ,].*)?")
DAY_FIRST = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3,9})\.?,?[ -]([0-9]{4}|[0-9]{2})(?: .*)?")
MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})(?: .*)?")
SERIAL = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
FIRST_DAY = date(1899, 12, 30)  # day 0 of Excel's 1900 calendar, from March 1900 on
EARLIEST = date(2000, 1, 1)
HOW = "Write it as 2026-10-03."


def read_consent(
    fields: Mapping[str, str], whole: Consent | None, on: date, *, required: bool
) -> Consent | Problem | None:
    """The consent of a row, or the campaign's for the whole file, or what is wrong with it.

    None where there is none and none is required. `on` is the letter's date: nobody agrees after it.
    """
    typed = fields.get("consent_at", "").strip()
    source = fields.get("consent_source", "").strip() or (whole.source if whole else "")
    text = fields.get("consent_text", "").strip() or (whole.text if whole else "")
    if not typed:
        if whole and whole.at <= on:
            return Consent(whole.at, source, text)
        if whole:
            return _future(whole.at, on)
        return Problem("consent_at", "no consent is on record", "Say when the person agreed.") if required else None
    at = read_date(typed)
    if isinstance(at, Problem):
        return at
    if at > on:
        return _future(at, on)
    if required and not source:
        return Problem("consent_source", "is missing", "Say where the consent is kept: 'paper form, box 2'.")
    return Consent(at, source, text)


def read_date(typed: str) -> date | Problem:
    """The day of a consent: ISO 8601, with a month's name, an Excel day number, or m/d/y where d/m/y cannot be meant."""
    readings = {day for day in _readings(typed) if day}
    if not readings:
        return Problem("consent_at", f"{typed[:30]!r} is not a date", HOW)
    if len(readings) > 1:
        first, second = sorted(day.isoformat() for day in readings)
        return Problem("consent_at", f"{typed[:30]!r} may be {first} or {second}", HOW)
    (day,) = readings
    if day < EARLIEST:
        return Problem("consent_at", f"{typed[:30]!r} is before {EARLIEST.year}", HOW)
    return day


def _readings(typed: str) -> list[date | None]:
    """Every day that the text may mean."""
    if match := ISO.fullmatch(typed):
        return [_day(int(match[1]), int(match[2]), int(match[3]))]
    if match := SLASHES.fullmatch(typed):
        first, second, year = int(match[1]), int(match[2]), _year(match[3])
        return [_day(year, first, second), _day(year, second, first)]
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


def _future(at: date, on: date) -> Problem:
    return Problem("consent_at", f"{at} is after the date of the letters, {on}", "Mend the date.")
