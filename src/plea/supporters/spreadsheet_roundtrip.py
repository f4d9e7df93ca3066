"""Cells that a spreadsheet alone has changed, between opening a table of ours and saving it again.

Somebody who mends one cell of a row gives the others back as their spreadsheet sees them: `05401` as `5401`, the day
2026-10-03 as 10/3/2026, a telephone number as 6.17555E+09, `José` as `JosÃ©`. None of that is a correction.
"""

import re
from datetime import date, timedelta

ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?")
FIGURES = re.compile(r"(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})")
SERIAL = re.compile(r"\d{5}")
SHORTENED = re.compile(r"(\d)(?:[.,](\d+))?E\+(\d{1,2})", re.IGNORECASE)
FIRST_DAY = date(1899, 12, 30)  # day 0 of Excel's calendar
UNDEFINED = frozenset({0x81, 0x8D, 0x8F, 0x90, 0x9D})  # bytes that Windows-1252 has no character for
CENTURY = 100


def same_to_a_spreadsheet(was: str, now: str) -> bool:
    """Whether a cell is what a spreadsheet makes of what it was."""
    if was == now:
        return True
    was, now = was.strip(), now.strip()
    line_ends = was.replace("\r\n", "\n") == now.replace("\r\n", "\n")
    return line_ends or _zeros_lost(was, now) or _same_day(was, now) or _shortened(was, now) or _misread(was) == now


def _zeros_lost(was: str, now: str) -> bool:
    """`05401` and `5401`, or `5401.0`."""
    return was.isascii() and was.isdigit() and now.removesuffix(".0") == (was.lstrip("0") or "0")


def _same_day(was: str, now: str) -> bool:
    """A day that was written year first, and is now written as people of some country write it."""
    match = ISO.fullmatch(was)
    if not match:
        return False
    year, month, day = map(int, match.groups())
    if SERIAL.fullmatch(now):
        return f"{FIRST_DAY + timedelta(int(now)):%Y-%m-%d}" == was[:10]
    figures = FIGURES.fullmatch(now)
    if not figures:
        return False
    found = tuple(map(int, figures.groups()))
    short = year % CENTURY
    return found in {(y, month, day) for y in (year, short)} | {
        (*order, y) for order in ((month, day), (day, month)) for y in (year, short)
    }


def _shortened(was: str, now: str) -> bool:
    """A long number in the notation that spreadsheets fall into, with as many of its digits as they kept."""
    match = SHORTENED.fullmatch(now)
    if not match or not was.isascii() or not was.isdigit():
        return False
    digits = was.lstrip("0")
    kept = match[1] + (match[2] or "")
    if len(digits) != int(match[3]) + 1 or len(kept) > len(digits):
        return False
    unit: int = 10 ** (len(digits) - len(kept))
    return abs(int(digits) - int(kept) * unit) * 2 <= unit


def _misread(was: str) -> str:
    """The text with its UTF-8 bytes read as Windows-1252; ASCII stays as it is."""
    raw = was.encode("utf-8", "replace")
    return "".join(chr(byte) if byte in UNDEFINED else bytes([byte]).decode("cp1252") for byte in raw)
