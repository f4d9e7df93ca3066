"""What spreadsheets do to what people typed: undone where only one reading is left, named where it is not."""

import re
from collections.abc import Mapping

from plea.problems import Problem, old_problem
from plea.supporters.address import KnownPair, country_code, country_rules, states_of_zip
from plea.supporters.text import plain_digits

SHORT_ZIP = re.compile(r"([0-9]{3,4})(?:[ -]([0-9]{4}))?")
LONG_ZIP = re.compile(r"([0-9]{3,5})([0-9]{4})")
DECIMAL = re.compile(r"([0-9]+)\.0+")
SCIENTIFIC = re.compile(r"[0-9](?:[.,][0-9]+)?E\+[0-9]{1,3}", re.IGNORECASE)
ERROR = re.compile(r"#(?:REF|N/A|VALUE|NAME\?|DIV/0|NUM|NULL|SPILL|CALC)[!?]?")
LOST = re.compile(r"\?{2,}|\ufffd|(?<=\w)\?(?=\w)")
LOST_WORD = re.compile(r"(?:^|\s)\?{2,}(?=[\s,.!]|$)")
HASHES = re.compile(r"#{3,}")
MARKS = ("?", "\ufffd", "#", "E+", "e+")  # without one of these nothing below can be found
# UTF-8 read as Windows-1252: a first byte (of accented letters, punctuation, Arabic, Cyrillic), then one that follows.
GARBLED = re.compile(f"[ÂÃâÐÑØÙÚÛ][\x80-\xbf{bytes(range(0x80, 0xA0)).decode('cp1252', 'ignore')}]")
CAPITAL = re.compile("[A-Z]")
UNDEFINED = {0x81, 0x8D, 0x8F, 0x90, 0x9D}  # bytes that Windows-1252 has no character for
PARTICLES = frozenset(["al", "da", "de", "del", "der", "di", "dos", "du", "el", "la", "le", "san", "st.", "van", "von"])
TITLES = frozenset(
    [
        "cpa",
        "dds",
        "esq",
        "esquire",
        "ii",
        "iii",
        "inc",
        "iv",
        "jd",
        "jr",
        "junior",
        "llc",
        "ltd",
        "m",
        "ma",
        "md",
        "mph",
        "mr",
        "mrs",
        "ms",
        "msw",
        "np",
        "ph",
        "phd",
        "rev",
        "rn",
        "senior",
        "sr",
    ]
)
LETTERS = re.compile(r"[^\W\d_]+")
ZIP_DIGITS = 5
SHOWN = 20  # characters of a cell that a message repeats

NAMES = ("name", "first_name", "middle_name", "last_name", "name_latin", "translated_by")
LINES = (*NAMES, "street", "street2", "city")
STORIES = ("story", "story_en")
NUMBERS = ("phone", "zip", "street", "district")


def damage(fields: Mapping[str, str]) -> tuple[Problem, ...]:
    """What was lost on the way through a spreadsheet or a wrong encoding and cannot be brought back."""
    problems: list[Problem] = []
    whole = "\n".join(fields.values())
    if not whole.isascii() and GARBLED.search(whole):
        problems += [_garbled(key) for key in (*LINES, *STORIES) if key in fields and _is_garbled(fields[key])]
    if not any(mark in whole for mark in MARKS):
        return tuple(problems)
    for key, value in fields.items():
        if _has_lost_letters(key, value):
            problems.append(_lost(key))
        cell = value.strip()[:SHOWN]
        if key in NUMBERS and SCIENTIFIC.fullmatch(cell):
            what = f"{cell!r} is a number that a spreadsheet has shortened"
            problems.append(old_problem(key, what, "Type it anew, as text."))
        if key in LINES + NUMBERS and (ERROR.fullmatch(cell) or HASHES.fullmatch(cell)):
            problems.append(old_problem(key, f"{cell!r} is a spreadsheet's sign for an error", "Type it anew."))
    return tuple(problems)


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
    state = _state(fields.get("state", ""))
    if state and (state in states_of_zip(digits) or known_pair(digits, state)):
        return whole, None
    lies = " or ".join(states_of_zip(digits)) or "no state"
    here = f"its state is {state}" if state else "its state is not known"
    return code, old_problem(
        "zip",
        f"{code!r} may be {whole} that lost its zero in a spreadsheet, but that lies in {lies} and {here}",
        "Give the ZIP with all its digits, and the state.",
    )


def _state(typed: str) -> str:
    rules = country_rules("US")
    assert rules
    return rules.state_code(typed.strip()) or ""


def _has_lost_letters(key: str, value: str) -> bool:
    """Whether question marks stand where letters were: any in a name, several or one within a word elsewhere."""
    if key in STORIES:
        return "\ufffd" in value or _mostly_lost(value)
    return key in LINES and bool(LOST.search(value) or (key in NAMES and "?" in value))


def _mostly_lost(story: str) -> bool:
    """Whether words of a story are nothing but question marks; `really???` is none."""
    words = story.split()
    lost = len(LOST_WORD.findall(story))
    return lost > 1 and lost * 3 > len(words)


def _is_garbled(value: str) -> bool:
    """Whether all that is not ASCII makes sense as UTF-8 that was read as Windows-1252; capitals alone may not be."""
    if not GARBLED.search(value) or (value.isupper() and CAPITAL.search(value)):
        return False
    try:
        read = b"".join(bytes([ord(one)]) if ord(one) in UNDEFINED else one.encode("cp1252") for one in value)
        return read.decode("utf-8") != value
    except UnicodeError:
        return False


def _garbled(key: str) -> Problem:
    return old_problem(
        key,
        "has letters of two signs each, as 'Ã©' for 'é': the file was opened in the wrong encoding before it was saved",
        "Open it anew as Unicode (UTF-8), or take the cell from the original.",
    )


def _lost(key: str) -> Problem:
    return old_problem(
        key,
        "holds '?' where letters were lost, Arabic or accented ones perhaps, when the table was saved",
        "Take it from the original, and save the table as XLSX or as 'CSV UTF-8'.",
    )
