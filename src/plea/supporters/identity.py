"""Who is the same person, and which letter is the same letter.

Two questions, two answers. A letter's id is written into manifests and must never change, so it folds spellings as
little as it needs to. Two rows of a table are compared widely: in doubt, one letter of a person is enough.
"""

import re
import unicodedata
from functools import lru_cache
from hashlib import sha256

from plea.model.people import Supporter
from plea.model.states import ZIP_DIGITS

LENGTH = 24  # hexadecimal digits of a letter's id: 96 bits, no two alike among all the letters ever written
SUPPORTER_ID_LENGTH = 16  # 64 bits, no two alike among millions
NUMBER = re.compile(r"\d+")
APOSTROPHES = re.compile("['\u2019\u2018\u02bc`\u00b4.\u0640]")
WORDS = re.compile(r"[^\W_]+")
# Letters whose stroke or ligature is no accent that could be taken off.
STROKES = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "\u0131": "i", "ħ": "h"}
)
GMAIL = frozenset({"gmail.com", "googlemail.com"})


# --- the same letter --------------------------------------------------------------------------------------


def letter_id(campaign: str, supporter: Supporter, official_id: str, ask: str) -> str:
    """The identity of a letter: 24 hexadecimal digits from campaign, person, official and ask.

    The text, the date, the office and the format are no part of it, so that a corrected letter is the same letter.
    """
    return sha256("\0".join((campaign, person_key(supporter), official_id, ask)).encode()).hexdigest()[:LENGTH]


def person_key(supporter: Supporter) -> str:
    """The person as one string: the name with the e-mail address or, without one, with street and five-digit ZIP.

    Capitals, accents' encoding, spaces and a `+tag` in the e-mail address make no other person; a second person of the
    household who shares the address does.
    """
    if supporter.email:
        local, _, domain = supporter.email.rpartition("@")
        place = [f"{local.partition('+')[0] or local}@{domain}"]
    else:
        place = [supporter.street, supporter.zip.partition("-")[0]]
    lines = []
    for text in (supporter.name, *place):
        plain = text.casefold()
        if not text.isascii():  # which has one form only
            plain = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
        lines.append(" ".join(plain.split()))
    return "\n".join(lines)


# --- the same person --------------------------------------------------------------------------------------


def identity_keys(supporter: Supporter) -> tuple[str, ...]:
    """Every key by which this person may be met again; none of them is fit to be shown or kept in the open."""
    names = sorted({folded_name(name) for name in (supporter.name, supporter.name_latin) if name})
    keys = []
    if supporter.email:
        email = folded_email(supporter.email)
        keys += [f"mail|{name}|{email}" for name in names]
    place = household(supporter)
    if place:
        keys += [f"house|{name}|{place}" for name in names]
    if not keys:
        town = f"{folded_zip(supporter.zip) or folded(supporter.city)}|{supporter.state}"
        keys = [f"town|{name}|{town}" for name in names]
    return tuple(keys)


def supporter_id(keys: tuple[str, ...]) -> str:
    """An id of person and place from their identity keys, stable under spelling."""
    return sha256(keys[0].encode()).hexdigest()[:SUPPORTER_ID_LENGTH]


def household(supporter: Supporter) -> str:
    """The ZIP with the first number of the street line, or with the street itself; empty without a street."""
    street = supporter.street
    if not street:
        return ""
    number = NUMBER.search(street)
    return f"{folded_zip(supporter.zip)}|{number[0] if number else folded(street)}"


def folded_zip(code: str) -> str:
    """A postal code as it is compared: five digits of a ZIP, or all of another."""
    plain = code.strip().partition("-")[0].replace(" ", "").casefold()
    return plain.zfill(ZIP_DIGITS) if plain.isdigit() else plain


@lru_cache(maxsize=1 << 14)
def folded_name(name: str) -> str:
    """A name as it is compared: its words in alphabetical order, without initials."""
    words = folded(name).split()
    return " ".join(sorted([word for word in words if len(word) > 1] or words))


def folded(text: str) -> str:
    """Text without case, accents and punctuation."""
    if text.isascii():
        plain = text.lower()
    else:
        decomposed = unicodedata.normalize("NFKD", text.casefold()).translate(STROKES)
        plain = "".join(character for character in decomposed if unicodedata.category(character) != "Mn")
    return " ".join(WORDS.findall(APOSTROPHES.sub("", plain)))


def folded_email(email: str) -> str:
    """An e-mail address as it is compared: without case and `+tag`, and for Gmail without periods."""
    local, _, domain = email.strip().casefold().rpartition("@")
    local = local.partition("+")[0] or local
    if domain in GMAIL:
        return f"{local.replace('.', '') or local}@gmail.com"
    return f"{local}@{domain}"
