"""Members of Congress, their district offices, committees and the executive, from unitedstates/congress-legislators.

The generated JSON files, CC0: https://github.com/unitedstates/congress-legislators.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from plea.errors import InputError
from plea.model.officials import Office, Official
from plea.model.states import STATE_NAMES, house_role, state_division
from plea.officials.districts import congress_of, seat_division
from plea.officials.imports.batch import (
    COMMITTEE_MEMBERS,
    COMMITTEES,
    DISTRICT_OFFICES,
    EXECUTIVE,
    MEMBERS,
    Batch,
    Holder,
    Seat,
    Source,
)

_POSTS = {"prez": "us-president", "viceprez": "us-vice-president"}
_CAPITOL = re.compile(r"(?P<street>.*?),?\s*Washington,?\s+DC\s+(?P<zip>\d{5}(?:-\d{4})?)", re.DOTALL)


def members(data: Any, source: Source) -> Batch:
    """`legislators-current.json`: who sits where, from when until when, and the office in Washington."""
    batch = Batch(MEMBERS, [source])
    terms = [person["terms"][-1] for person in data]
    newest = max(congress_of(date.fromisoformat(term["start"])) for term in terms if term["type"] == "rep")
    for person, term in zip(data, terms, strict=True):
        official = _member(person, term, newest, source)
        batch.officials.append(official)
        batch.offices.append((official.id, _capitol(official.id, term)))
    batch.says.append(f"{len(batch.officials)} members of Congress (newest term {max(t['start'] for t in terms)})")
    missing = sum(not term.get("address") for term in terms)
    if missing:
        batch.says.append(f"{missing} without an address at the Capitol: their chamber's is used")
    return batch


def district_offices(data: Any, source: Source) -> Batch:
    """`legislators-district-offices.json`: offices one can write to; the others are counted and passed over."""
    batch = Batch(DISTRICT_OFFICES, [source])
    passed: list[str] = []
    repaired = 0
    for entry in data:
        for raw in entry["offices"]:
            office, mended = _district_office(raw)
            if office is None:
                passed.append(str(raw.get("id", entry["id"]["bioguide"])))
                continue
            repaired += mended
            batch.offices.append((f"us-{entry['id']['bioguide']}", office))
    batch.says.append(
        f"{len(batch.offices) + len(passed)} district offices read, {repaired} of them repaired, "
        f"{len(passed)} passed over for want of a street or a ZIP code"
    )
    if passed:
        batch.says.append(f"passed over: {', '.join(passed)}")
    return batch


def committees(data: Any, source: Source) -> Batch:
    """`committees-current.json`: names of committees and subcommittees."""
    batch = Batch(COMMITTEES, [source])
    for committee in data:
        batch.committees.append((committee["thomas_id"], committee["name"]))
        batch.committees += [
            (committee["thomas_id"] + part["thomas_id"], part["name"]) for part in committee.get("subcommittees", [])
        ]
    batch.says.append(f"{len(data)} committees, {len(batch.committees) - len(data)} subcommittees")
    return batch


def committee_members(data: Any, source: Source) -> Batch:
    """`committee-membership-current.json`: who sits on which committee, with the title there."""
    batch = Batch(COMMITTEE_MEMBERS, [source])
    for committee, people in data.items():
        batch.seats += [Seat(f"us-{one['bioguide']}", committee, one.get("title", "")) for one in people]
    batch.says.append(f"{len(batch.seats)} seats on committees")
    return batch


def executive(data: Any, source: Source) -> Batch:
    """`executive.json`: who is President and Vice President, from when until when."""
    batch = Batch(EXECUTIVE, [source])
    for person in data:
        for term in person["terms"]:
            if term["type"] in _POSTS:
                start, end = date.fromisoformat(term["start"]), date.fromisoformat(term["end"])
                post = _POSTS[term["type"]]
                batch.holders.append(Holder(post, _name(person["name"]), person["name"]["last"], start=start, end=end))
    batch.says.append(f"{len(batch.holders)} terms of presidents and vice presidents")
    return batch


def _member(person: Mapping[str, Any], term: Mapping[str, Any], newest: int, source: Source) -> Official:
    state = term["state"]
    if state not in STATE_NAMES:
        raise InputError(f"{source.name}: {person['id']['bioguide']}: {state} is no state", "Fetch the file anew.")
    senator = term["type"] == "sen"
    seat = "" if senator else f"{state}-{int(term['district'])}"
    start = date.fromisoformat(term["start"])
    return Official(
        id=f"us-{person['id']['bioguide']}",
        role="us-senator" if senator else house_role(state),
        name=_name(person["name"]),
        last_name=person["name"]["last"],
        division=state_division(state) if senator else seat_division(seat),
        state=state,
        district=seat,
        start=start,
        end=date.fromisoformat(term["end"]),
        congress=newest if senator else congress_of(start),
        contact_form=term.get("contact_form", ""),
        source=source.name,
    )


def _name(name: Mapping[str, str]) -> str:
    if name.get("official_full"):
        return name["official_full"]
    first = name.get("nickname") or name["first"]
    return " ".join(filter(None, (first, name["last"], name.get("suffix"))))


def _capitol(official: str, term: Mapping[str, Any]) -> Office:
    """The office in Washington; the chamber's own address (USPS unique ZIP codes 20510, 20515) when none is given."""
    found = _CAPITOL.fullmatch(str(term.get("address") or "").strip())
    return Office(
        id=f"{official}-capitol",
        kind="capitol",
        street=found["street"] if found else str(term.get("office") or ""),
        city="Washington",
        state="DC",
        zip=found["zip"] if found else "20510" if term["type"] == "sen" else "20515",
        phone=str(term.get("phone") or ""),
    )


def _district_office(raw: Mapping[str, Any]) -> tuple[Office | None, bool]:
    """The office, and whether it had to be repaired; None when no letter could reach it."""
    text = {key: _text(raw.get(key)) for key in ("address", "suite", "building", "city", "state", "zip", "phone")}
    street = _without_place(text["address"], text)
    usable = street and street.casefold() != text["city"].casefold() and text["city"] and text["state"]
    if not usable or not re.fullmatch(r"\d{5}(-\d{4})?", text["zip"]):
        return None, False
    repaired = street != text["address"] or isinstance(raw.get("suite"), int)
    office = Office(
        id=str(raw["id"]),
        kind="district",
        street=street,
        suite=text["suite"],
        building=text["building"],
        city=text["city"],
        state=text["state"],
        zip=text["zip"],
        phone=text["phone"],
        latitude=raw.get("latitude"),
        longitude=raw.get("longitude"),
    )
    return office, repaired


def _without_place(address: str, text: Mapping[str, str]) -> str:
    """The address without a city, state and ZIP code that it repeats at its end."""
    place = rf",?\s*{re.escape(text['city'])},?\s+{re.escape(text['state'])}(?:\s+\d{{5}}(?:-\d{{4}})?)?$"
    return re.sub(place, "", address, flags=re.IGNORECASE).strip(" ,") if text["city"] else address


def _text(value: Any) -> str:
    return " ".join(str(value).split()) if value is not None else ""
