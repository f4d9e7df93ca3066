"""The columns of a CSV of the user's own, and everything that can be wrong with one of its rows."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from difflib import get_close_matches

from plea.errors import MendableError
from plea.officials.roles import Role
from plea.officials.seats import seat_of
from plea.officials.states import STATE_NAMES, state_code

COLUMNS: Mapping[str, str] = {
    "id": "a name of your own for the official, such as mayor-burlington; made from the rest when left out",
    "role": "the role, such as mayor, uk-mp, governor, us-senator (needed)",
    "name": "the full name as it stands on an envelope",
    "last_name": "what follows the title in the salutation",
    "state": "the state, as VT or Vermont",
    "district": "the House seat (IL-11, VT-0), or the district of a state legislator",
    "place": "the town of a mayor, the constituency of an MP",
    "body": "the chamber of a state legislator, the committee of a chair",
    "style": "Mr. or Madam, only where it is known",
    "privy_counsellor": "yes for The Rt Hon",
    "kind": "capitol or district: which office the address is (capitol when left out)",
    "building": "the building's name",
    "street": "street and number, or post box",
    "suite": "suite, room or floor",
    "city": "town of the address",
    "address_state": "state or province of the address where it is not `state`",
    "zip": "ZIP code or postcode",
    "country": "two letters, US when left out",
    "phone": "telephone",
    "contact_form": "address of the official's web form (https)",
    "start": "first day of the term, 2025-01-03",
    "end": "the day the term ends; from that day on nobody is written to",
    "as_of": "the day of the source",
    "source": "where it stands",
}
STYLES: Mapping[str, str] = {"mr": "Mr.", "madam": "Madam", "": ""}
HOUSE = ("us-representative", "us-delegate", "us-resident-commissioner")
Row = dict[str, str]

_OF_A_STATE = frozenset({"us-senator", "governor", "state-senator", "state-representative"})
_TAKEN = re.compile(r"us-[A-Z]\d{6}|us-chair-|ocd-person/")


def row_faults(row: Row, known: Mapping[str, Role]) -> list[str]:
    """Everything that keeps the row from being used; empty when it is good."""
    faults = [f"{name} holds a character that does not print" for name, value in row.items() if not _prints(value)]
    role = known.get(row["role"])
    if role is None:
        near = get_close_matches(row["role"], known, 1)
        hint = f" (did you mean {near[0]}?)" if near else ""
        return [*faults, f"role {row['role']}: no such role{hint}" if row["role"] else "role is empty"]
    return faults + _person_faults(row, role, known) + _value_faults(row) + _address_faults(row, role)


def _person_faults(row: Row, role: Role, known: Mapping[str, Role]) -> list[str]:
    """What is wrong with who it is and which place it answers for."""
    faults = []
    if _TAKEN.match(row["id"]) or row["id"] in known:
        faults.append(f"id {row['id']}: the public data names its officials like that; choose another")
    if not row["name"] and role.lead_unnamed == role.lead and role.scope != "post":
        faults.append("name is empty")
    state = state_code(row["state"])
    if row["state"] and state not in STATE_NAMES:
        faults.append(f"state {row['state']}: no such state")
    if role.key in _OF_A_STATE and not row["state"]:
        faults.append("state is empty")
    if role.key in HOUSE:
        faults += _seat_faults(row["district"], state)
    return faults


def _value_faults(row: Row) -> list[str]:
    """Values that are not what their columns hold."""
    faults = []
    if row["style"].rstrip(".").lower() not in STYLES:
        faults.append(f"style {row['style']}: is Mr. or Madam, or empty")
    if row["kind"] not in {"", "capitol", "district"}:
        faults.append(f"kind {row['kind']}: is capitol or district")
    if row["contact_form"] and not re.fullmatch(r"https?://\S+", row["contact_form"]):
        faults.append("contact_form is no web address")
    if not re.fullmatch("[A-Z]{2}|", row["country"].upper()):
        faults.append(f"country {row['country']}: is two letters")
    days = [name for name in ("start", "end", "as_of") if not _is_day(row[name])]
    return faults + [f"{name} {row[name]}: is no day like 2026-11-22" for name in days]


def _address_faults(row: Row, role: Role) -> list[str]:
    """An address needs a city and a ZIP code; without any address the role must have one of its own."""
    given = any(row[name] for name in ("street", "building", "suite", "city", "zip"))
    if not given:
        whole = role.address is not None and role.address.city
        return [] if whole else ["the address is empty: street (or building), city and zip are needed"]
    faults = [f"{name} is empty" for name in ("city", "zip") if not row[name]]
    if row["country"].upper() in {"", "US"} and row["zip"] and not re.fullmatch(r"\d{5}(-\d{4})?", row["zip"]):
        faults.append(f"zip {row['zip']}: is not five digits, or five and four")
    return faults


def _seat_faults(district: str, state: str) -> list[str]:
    try:
        seat_of(district, state if state in STATE_NAMES else "")
    except MendableError as error:
        return [error.message]
    return []


def _prints(value: str) -> bool:
    """Whether every character may stand in a letter: no controls, private use, overrides or isolates."""
    return not any(
        unicodedata.category(one) in {"Cc", "Co", "Cs", "Cn"}
        or "\u202a" <= one <= "\u202e"
        or "\u2066" <= one <= "\u2069"
        for one in value
    )


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text or "2026-11-22")
    except ValueError:
        return False
    return True
