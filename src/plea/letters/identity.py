"""Who wrote what to whom: the identity of a letter, which outlives every correction of its text."""

import unicodedata
from hashlib import sha256

from plea.model import Supporter

LENGTH = 24  # hexadecimal digits: 96 bits, no two alike among all the letters ever written


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
        where = f"{local.partition('+')[0] or local}@{domain}"
    else:
        where = f"{supporter.street}\n{supporter.zip.partition('-')[0]}"
    return "\n".join(_folded(line) for line in (supporter.name, *where.split("\n")))


def _folded(text: str) -> str:
    """The text without what does not tell people apart: case, compatibility forms, runs of spaces."""
    if text.isascii():  # has one form only
        return " ".join(text.casefold().split())
    return " ".join(unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).split())
