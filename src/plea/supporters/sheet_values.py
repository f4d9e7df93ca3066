"""The numbers of a sheet as a person sees them: dates, leading zeros, all digits."""

import re
import zipfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from plea.supporters.sheet_xml import elements

ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
ZEROS = re.compile(r'(0+)(?:[;_].*)?|(0+)"?\\?-"?(0+)')
EXACT = 10**15  # a double holds no more digits
REFERENCE = re.compile(r"([A-Z]{1,3})[0-9]{1,7}")
# Built-in formats that show a date (ECMA-376, part 1, 18.8.30), those of East Asian workbooks with them.
DATE_FORMATS = frozenset({*range(14, 18), 22, *range(27, 32), 36, *range(50, 55), 57, 58})
NO_DATE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]|General|AM/PM|A/P', re.IGNORECASE)
FIRST_DAY = datetime(1899, 12, 30)  # noqa: DTZ001 (a day of a sheet has no zone)
FIRST_DAY_1904 = datetime(1904, 1, 1)  # noqa: DTZ001
SECONDS_OF_DAY = 86_400
DATE = "yyyy-mm-dd"


@dataclass(frozen=True, slots=True)
class Looks:
    """The number format of each cell style, and the day from which the workbook counts."""

    formats: tuple[str, ...] = ()
    since_1904: bool = False

    def of(self, style: str) -> str:
        """The format of a style."""
        place = int(style) if style.isdigit() else 0
        return self.formats[place] if place < len(self.formats) else "General"


def looks(archive: zipfile.ZipFile) -> Looks:
    """The number formats of a workbook."""
    own: dict[str, str] = {}
    formats: list[str] = []
    if "xl/styles.xml" in archive.namelist():
        for element in elements(archive, "xl/styles.xml", "numFmt", "cellXfs"):
            if element.tag == "numFmt":
                own[element.get("numFmtId", "")] = element.get("formatCode", "")
            else:
                formats += [_format(style.get("numFmtId", "0"), own) for style in element]
    flags = [element.get("date1904", "") for element in elements(archive, "xl/workbook.xml", "workbookPr")]
    return Looks(tuple(formats), any(flag in {"1", "true"} for flag in flags))


def _format(number: str, own: dict[str, str]) -> str:
    if number in own:
        return own[number]
    return DATE if number.isdigit() and int(number) in DATE_FORMATS else "General"


def column_place(reference: str, after: int) -> int:
    """The place of a cell in its row, from 0; where the cell does not say it, it stands after the last one."""
    match = REFERENCE.fullmatch(reference)
    if not match:
        return after
    place = 0
    for letter in match[1]:
        place = place * 26 + ord(letter) - ord("A") + 1
    return place - 1


@cache
def shows_date(look: str) -> bool:
    """Whether a number format shows a day (and not only a time)."""
    return bool(re.search("[dy]", NO_DATE.sub("", look.partition(";")[0]), re.IGNORECASE))


def number_text(raw: str, look: str, *, since_1904: bool) -> str:
    """A number as its format shows it: a date as ISO 8601, `00000` with its zeros, else every digit it has."""
    try:
        value = float(raw)
    except ValueError:
        return raw
    if shows_date(look):
        return _date(value, since_1904=since_1904) or raw
    if value.is_integer() and abs(value) < EXACT:
        zeros = ZEROS.fullmatch(look)
        digits = str(int(value))
        if zeros and zeros[1]:
            return digits.zfill(len(zeros[1]))
        if zeros:
            digits = digits.zfill(len(zeros[2] + zeros[3]))
            return f"{digits[: -len(zeros[3])]}-{digits[-len(zeros[3]) :]}"
        return digits
    return raw


def unescaped(text: str) -> str:
    """The text of a cell; `_x000D_` is how the format writes what XML cannot hold."""
    if "_x" not in text:
        return text
    return ESCAPE.sub(lambda match: chr(int(match[1], 16)), text).replace("\r\n", "\n")


def _date(days: float, *, since_1904: bool) -> str:
    try:
        moment = (FIRST_DAY_1904 if since_1904 else FIRST_DAY) + timedelta(seconds=round(days * SECONDS_OF_DAY))
    except (ValueError, OverflowError):
        return ""
    return str(moment.isoformat(sep=" ")).removesuffix(" 00:00:00")
