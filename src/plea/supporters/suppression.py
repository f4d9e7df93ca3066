"""People who are not written for: named by e-mail or by name and place, or kept only as keyed hashes.

A hash is HMAC-SHA256 of what a person is known by, under a key that lies in the campaign's folder and nowhere else.
So a person can be erased and stay suppressed, and the list tells nobody who has no key whether somebody is on it.
Without a key a hash of an e-mail address could be found by trying addresses.

A list is wider than a comparison of two rows: an e-mail address alone, or a name with a ZIP, is enough.
"""

import csv
import hmac
import io
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from plea.errors import InputError
from plea.model.people import Signer, Supporter
from plea.supporters.address import country_rules
from plea.supporters.identity import folded, folded_email, folded_name, folded_zip, house
from plea.supporters.tables.table import Table, open_table
from plea.system.files import read_text, write_atomic

KEY_BYTES = 32
HASH = re.compile(r"[0-9a-f]{64}")
COLUMN = "hash"
EXTRA_HASH = f"extra.{COLUMN}"
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
        raise InputError(
            f"{path}: holds no key", "Bring it back from a copy; with a new one, people known by a hash are not known."
        )
    return key


def load_suppression(path: Path, key: bytes) -> Suppression:
    """The list in a table with columns email, name, street, city, state, zip or hash; empty where there is no file.

    Raises InputError for a row that names nobody: who asked to be left out is never left in by a slip of the pen.
    """
    if not path.exists():
        return Suppression(key, frozenset())
    found: set[str] = set()
    wrong: list[int] = []
    for number, fields in _entries(open_table(path, also=(COLUMN,))):
        hashes = _hashes_of_entry(fields, key)
        found |= hashes
        if not hashes:
            wrong.append(number)
    if wrong:
        rows = ", ".join(map(str, wrong[:LISTED])) + (", ..." if len(wrong) > LISTED else "")
        raise InputError(
            f"{path}: nobody can be known by row {rows}",
            "Each row needs an email, or a name with a zip or with city and state, or a hash.",
        )
    return Suppression(key, frozenset(found))


def hashes_of(supporter: Supporter, key: bytes) -> tuple[str, ...]:
    """Everything by which a list may know this person, as hashes."""
    return tuple(_hash(mark, key) for mark in _marks(supporter))


def write_hashes(path: Path, suppression: Suppression, more: Iterable[Supporter] = ()) -> None:
    """Replace a list by its hashes, and those of people to be added; nothing in it is personal data any more."""
    hashes = set(suppression.hashes)
    for supporter in more:
        hashes.update(hashes_of(supporter, suppression.key))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([COLUMN])
    writer.writerows([known] for known in sorted(hashes))
    write_atomic(path, text.getvalue().encode())


def _entries(table: Table) -> Iterator[tuple[int, Mapping[str, str]]]:
    for row in table.rows():
        yield row.number, {} if row.problems else row.fields


def _hashes_of_entry(fields: Mapping[str, str], key: bytes) -> set[str]:
    """What a row of the list stands for: with a street only that household, with a ZIP the name in that ZIP."""
    kept = fields.get(EXTRA_HASH, "").strip().lower()
    marks: list[str] = []
    email, zip5 = fields.get("email", ""), folded_zip(fields["zip"]) if fields.get("zip") else ""
    name = folded_name(_name(fields))
    if "@" in email:
        marks.append(f"mail|{folded_email(email)}")
    street = fields.get("street", "")
    if name and zip5 and street:
        marks.append(f"house|{name}|{house(Supporter(name='', street=street, zip=zip5))}")
    elif name and zip5:
        marks.append(f"zip|{name}|{zip5}")
    elif name and fields.get("city") and fields.get("state"):
        marks.append(f"city|{name}|{folded(fields['city'])}|{_state(fields['state'])}")
    return {_hash(mark, key) for mark in marks} | ({kept} if HASH.fullmatch(kept) else set())


def _marks(supporter: Supporter) -> Iterator[str]:
    if supporter.email:
        yield f"mail|{folded_email(supporter.email)}"
    for name in {folded_name(name) for name in (supporter.name, supporter.name_latin) if name}:
        if supporter.zip:
            yield f"zip|{name}|{folded_zip(supporter.zip)}"
            yield f"house|{name}|{house(supporter)}"
        if supporter.city and supporter.state:
            yield f"city|{name}|{folded(supporter.city)}|{supporter.state}"


def _name(fields: Mapping[str, str]) -> str:
    return fields.get("name") or f"{fields.get('first_name', '')} {fields.get('last_name', '')}".strip()


def _state(typed: str) -> str:
    rules = country_rules("US")
    assert rules
    return rules.state_code(typed.strip()) or typed.strip()


def _hash(mark: str, key: bytes) -> str:
    return hmac.digest(key, mark.encode(), "sha256").hex()
