"""People who are not written for: named by e-mail or by name and place, or kept only as keyed hashes.

A hash is HMAC-SHA256 of what a person is known by, under a key that lies in the campaign's folder and nowhere else.
So a person can be erased and stay suppressed, and the list tells nobody who has no key whether somebody is on it.
Without a key a hash of an e-mail address could be found by trying addresses.

A list is wider than a comparison of two rows: an e-mail address alone, or a name with a ZIP, is enough.
"""

import hmac
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from plea.errors import InputError
from plea.model.people import Signer, Supporter
from plea.supporters.check import american_state
from plea.supporters.identity import folded, folded_email, folded_name, folded_zip, household
from plea.supporters.tables.table import open_table
from plea.system.files import read_text, write_atomic

KEY_BYTES = 32
HASH = re.compile(r"[0-9a-f]{64}")
COLUMN = "hash"
LISTED = 5  # rows that one message names


@dataclass(frozen=True, slots=True)
class Suppression:
    """Who is suppressed, as keyed hashes."""

    key: bytes
    hashes: frozenset[str]

    def names(self, signer: Signer) -> bool:
        """Whether this person is on the list."""
        return bool(self.hashes) and not self.hashes.isdisjoint(hashes_of(signer.supporter, self.key))


def load_key(path: Path) -> bytes:
    """The campaign's key, made (mode 0600) when there is none. Raises InputError when the file holds none."""
    if not path.exists():
        key = secrets.token_bytes(KEY_BYTES)
        write_atomic(path, key.hex().encode() + b"\n")
        return key
    try:
        key = bytes.fromhex(read_text(path).strip())
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise InputError("suppression.no_key", str(path))
    return key


def load_suppression(path: Path, key: bytes) -> Suppression:
    """The list in a table with columns email, name, street, city, state, zip or hash; empty where there is no file.

    Raises InputError for a row that names nobody: a typing error must not bring back a person who asked to be left out.
    """
    if not path.exists():
        return Suppression(key, frozenset())
    hashes: set[str] = set()
    nameless: list[str] = []
    for row in open_table(path, also=(COLUMN,)).rows():
        hashes_of_row = set() if row.problems else _hashes_of_row(row.fields, key)
        hashes |= hashes_of_row
        if not hashes_of_row:
            nameless.append(str(row.number))
    if nameless:
        code = "suppression.names_nobody" if len(nameless) <= LISTED else "suppression.names_nobody_often"
        raise InputError(code, str(path), rows=tuple(nameless[:LISTED]), count=len(nameless))
    return Suppression(key, frozenset(hashes))


def write_hashes(path: Path, suppression: Suppression, more: Iterable[Supporter] = ()) -> None:
    """Replace a list by its hashes, and those of people to be added; nothing in it is personal data any more."""
    hashes = set(suppression.hashes)
    for supporter in more:
        hashes.update(hashes_of(supporter, suppression.key))
    write_atomic(path, "".join(f"{line}\n" for line in (COLUMN, *sorted(hashes))).encode())


def hashes_of(supporter: Supporter, key: bytes) -> tuple[str, ...]:
    """Everything by which a list may know this person, as hashes."""
    return tuple(_hash(text, key) for text in _known_by(supporter))


def _known_by(supporter: Supporter) -> Iterator[str]:
    if supporter.email:
        yield f"mail|{folded_email(supporter.email)}"
    for name in {folded_name(name) for name in (supporter.name, supporter.name_latin) if name}:
        if supporter.zip:
            yield f"zip|{name}|{folded_zip(supporter.zip)}"
            yield f"house|{name}|{household(supporter)}"
        if supporter.city and supporter.state:
            yield f"city|{name}|{folded(supporter.city)}|{supporter.state}"


def _hashes_of_row(fields: Mapping[str, str], key: bytes) -> set[str]:
    """What a row of the list stands for: with a street only that household, with a ZIP the name in that ZIP."""
    hashes: set[str] = set()
    given_hash = fields.get(f"extra.{COLUMN}", "").strip().lower()
    if HASH.fullmatch(given_hash):
        hashes.add(given_hash)
    if "@" in fields.get("email", ""):
        hashes.add(_hash(f"mail|{folded_email(fields['email'])}", key))
    name = folded_name(fields.get("name") or f"{fields.get('first_name', '')} {fields.get('last_name', '')}".strip())
    street, city, state = (fields.get(column, "") for column in ("street", "city", "state"))
    zip_code = folded_zip(fields.get("zip", ""))
    if name and zip_code and street:
        hashes.add(_hash(f"house|{name}|{household(Supporter(name='', street=street, zip=zip_code))}", key))
    elif name and zip_code:
        hashes.add(_hash(f"zip|{name}|{zip_code}", key))
    elif name and city and state:
        hashes.add(_hash(f"city|{name}|{folded(city)}|{american_state(state) or state.strip()}", key))
    return hashes


def _hash(text: str, key: bytes) -> str:
    return hmac.digest(key, text.encode(), "sha256").hex()
