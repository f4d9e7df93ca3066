"""What spreadsheets do to what people typed.

In a table that comes in, it is undone where only one reading is possible, and is a problem otherwise. In a list of ours
that somebody corrected and gave back, it must not be taken for a correction.
"""

import re
from collections.abc import Mapping
from datetime import timedelta

from plea.model.states import ZIP_DIGITS, states_of_zip
from plea.problems import Problem
from plea.supporters.check import KnownPair, american_state, country_code
from plea.supporters.text import plain_digits
from plea.system.clock import EXCEL_DAY_0

SHORT_ZIP = re.compile(r"([0-9]{3,4})(?:[ -]([0-9]{4}))?")
LONG_ZIP = re.compile(r"([0-9]{3,5})([0-9]{4})")
DECIMAL = re.compile(r"([0-9]+)\.0+")
SCIENTIFIC = re.compile(r"([0-9])(?:[.,]([0-9]+))?E\+([0-9]{1,3})", re.IGNORECASE)
ERROR = re.compile(r"#(?:REF|N/A|VALUE|NAME\?|DIV/0|NUM|NULL|SPILL|CALC)[!?]?|#{3,}")
LOST = re.compile(r"\?{2,}|\ufffd|(?<=\w)\?(?=\w)")
LOST_WORD = re.compile(r"(?:^|\s)\?{2,}(?=[\s,.!]|$)")
SIGNS_OF_DAMAGE = ("?", "\ufffd", "#", "E+", "e+")  # without one of these nothing of the above can be found
# UTF-8 read as Windows-1252: a first byte (of accented letters, punctuation, Arabic, Cyrillic), then one that follows.
GARBLED = re.compile(f"[ÂÃâÐÑØÙÚÛ][\x80-\xbf{bytes(range(0x80, 0xA0)).decode('cp1252', 'ignore')}]")
UNDEFINED = frozenset({0x81, 0x8D, 0x8F, 0x90, 0x9D})  # bytes that Windows-1252 has no character for
PARTICLES = frozenset(["al", "da", "de", "del", "der", "di", "dos", "du", "el", "la", "le", "san", "st.", "van", "von"])
# What stands after a name and a comma without being a forename.
TITLES = frozenset((
    "cpa", "dds", "esq", "esquire", "ii", "iii", "inc", "iv", "jd", "jr", "junior", "llc", "ltd", "m", "ma", "md",
    "mph", "mr", "mrs", "ms", "msw", "np", "ph", "phd", "rev", "rn", "senior", "sr",
))  # fmt: skip
LETTERS = re.compile(r"[^\W\d_]+")
SHOWN = 20  # characters of a cell that a message repeats

ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ]00:00(?::00)?)?")
FIGURES = re.compile(r"(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})")
SERIAL_DAY = re.compile(r"\d{5}")

NAMES = ("name", "first_name", "middle_name", "last_name", "name_latin", "translated_by")
LINES = (*NAMES, "street", "street2", "city")
STORIES = ("story", "story_en")
NUMBERS = ("phone", "zip", "street", "district")


def damage(fields: Mapping[str, str]) -> tuple[Problem, ...]:
    """A problem for each field in which a spreadsheet or a wrong encoding lost what cannot be brought back."""
    problems: list[Problem] = []
    all_text = "\n".join(fields.values())
    if not all_text.isascii() and GARBLED.search(all_text):
        keys = (key for key in (*LINES, *STORIES) if key in fields and _is_garbled(fields[key]))
        problems += [Problem("cell.wrong_encoding", key) for key in keys]
    if not any(sign in all_text for sign in SIGNS_OF_DAMAGE):
        return tuple(problems)
    for key, value in fields.items():
        if key in STORIES:
            # Words that are nothing but question marks, and many of them; `really???` is none.
            lost_words = len(LOST_WORD.findall(value))
            lost = "\ufffd" in value or (lost_words > 1 and lost_words * 3 > len(value.split()))
        else:
            lost = key in LINES and bool(LOST.search(value) or (key in NAMES and "?" in value))
        if lost:
            problems.append(Problem("cell.letters_lost", key))
        cell = value.strip()[:SHOWN]
        if key in NUMBERS and SCIENTIFIC.fullmatch(cell):
            problems.append(Problem("cell.shortened_number", key, cell=repr(cell)))
        if key in LINES + NUMBERS and ERROR.fullmatch(cell):
            problems.append(Problem("cell.spreadsheet_error", key, cell=repr(cell)))
    return tuple(problems)


def _is_garbled(value: str) -> bool:
    """Whether the text makes sense as UTF-8 that was read as Windows-1252; text in capitals is left in doubt."""
    if not GARBLED.search(value) or (value.isupper() and re.search("[A-Z]", value)):
        return False
    try:
        raw = b"".join(
            bytes([ord(character)]) if ord(character) in UNDEFINED else character.encode("cp1252")
            for character in value
        )
        return raw.decode("utf-8") != value
    except UnicodeError:
        return False


def forename_first(name: str) -> str:
    """A name as it is signed: `Sample, Hazel` gives `Hazel Sample`.

    Only where what stands before the comma is one word (or one after `de`, `van` and the like) and what follows is no
    title: `Alex Example, Jr.`, `Alex Example, Treasurer` and `Example, Inc.` stay.
    """
    last, comma, first = name.partition(",")
    words, after = last.casefold().split(), LETTERS.findall(first.casefold())
    if not comma or "," in first or not after or not words or {*words[:-1]} - PARTICLES or after[0] in TITLES:
        return name
    return f"{first.strip()} {last.strip()}"


def whole_zip(fields: Mapping[str, str], known_pair: KnownPair) -> tuple[str, Problem | None]:
    """The ZIP with the zeros it lost as a number (`5401` gives `05401`), where the state agrees; else a problem."""
    typed = plain_digits(fields.get("zip", "").strip())
    if country_code(fields.get("country", "")) != "US":
        return typed, None
    decimal = DECIMAL.fullmatch(typed)
    code = decimal[1] if decimal else typed
    plus = plain_digits(fields.get("zip4", "").strip())
    plus = (DECIMAL.fullmatch(plus) or [plus, plus])[1]
    match = SHORT_ZIP.fullmatch(code) or LONG_ZIP.fullmatch(code)
    if not match:
        return (f"{code}-{plus.zfill(4)}" if plus.isdigit() and len(code) == ZIP_DIGITS else code), None
    digits, four = match[1].zfill(ZIP_DIGITS), match[2] or plus
    whole = f"{digits}-{four.zfill(4)}" if four.isdigit() else digits
    if len(match[1]) == ZIP_DIGITS:
        return whole, None
    state, possible = american_state(fields.get("state", "")), states_of_zip(digits)
    if state and (state in possible or known_pair(digits, state)):
        return whole, None
    problem_code = "zip.zero_lost_wrong_state"
    if not possible or not state:
        problem_code = "zip.zero_lost_no_state" if possible else "zip.zero_lost_nowhere"
    return code, Problem(problem_code, "zip", zip=repr(code), whole=whole, others=possible, state=state or "")


def same_to_a_spreadsheet(was: str, now: str) -> bool:
    """Whether a cell is what a spreadsheet alone makes of what it was, when a table is opened and saved again.

    `05401` comes back as `5401`, the day 2026-10-03 as 10/3/2026, a phone number as 6.17555E+09, `José` as `JosÃ©`.
    None of that is a correction.
    """
    if was == now:
        return True
    was, now = was.strip(), now.strip()
    if was.replace("\r\n", "\n") == now.replace("\r\n", "\n"):
        return True
    if was.isascii() and was.isdigit() and now.removesuffix(".0") == (was.lstrip("0") or "0"):
        return True
    if _same_day(was, now) or _shortened(was, now):
        return True
    raw = was.encode("utf-8", "replace")
    return now == "".join(chr(byte) if byte in UNDEFINED else bytes([byte]).decode("cp1252") for byte in raw)


def _same_day(was: str, now: str) -> bool:
    """Whether a day that was written year first is now written as people of some country write it."""
    match = ISO_DAY.fullmatch(was)
    if not match:
        return False
    if SERIAL_DAY.fullmatch(now):
        return f"{EXCEL_DAY_0 + timedelta(int(now)):%Y-%m-%d}" == was[:10]
    figures = FIGURES.fullmatch(now)
    if not figures:
        return False
    year, month, day = map(int, match.groups())
    return tuple(map(int, figures.groups())) in {
        order
        for year_figures in (year, year % 100)
        for order in ((year_figures, month, day), (month, day, year_figures), (day, month, year_figures))
    }


def _shortened(was: str, now: str) -> bool:
    """Whether a long number is now in scientific notation, with as many of its digits as the spreadsheet kept."""
    match = SCIENTIFIC.fullmatch(now)
    if not match or not was.isascii() or not was.isdigit():
        return False
    digits = was.lstrip("0")
    first_digits = match[1] + (match[2] or "")
    if len(digits) != int(match[3]) + 1 or len(first_digits) > len(digits):
        return False
    unit: int = 10 ** (len(digits) - len(first_digits))
    return abs(int(digits) - int(first_digits) * unit) * 2 <= unit
