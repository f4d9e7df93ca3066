"""The public files on Congress: its members, offices and committees, the executive, and which ZIP codes lie where.

The generated JSON files of unitedstates/congress-legislators (CC0,
https://github.com/unitedstates/congress-legislators) and tables of the Census Bureau. ZIP code tabulation areas (ZCTA)
are the Bureau's picture of ZIP codes; its tables give no shares.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from plea.errors import InputError
from plea.model.officials import Office, Official
from plea.model.states import AT_LARGE, FIPS, STATE_NAMES, house_role, state_division
from plea.officials.districts import congress_of, seat_division
from plea.officials.imports.batch import (
    COMMITTEE_MEMBERS,
    COMMITTEES,
    DISTRICT_OFFICES,
    EXECUTIVE,
    MEMBERS,
    ZIP_CENTERS,
    ZIP_TABLE,
    Batch,
    Holder,
    Seat,
    Source,
)

_POSTS = {"prez": "us-president", "viceprez": "us-vice-president"}
_RELATION = re.compile(r"GEOID_CD(?P<congress>\d{3})_20")
_ZIP = re.compile(r"\d{5}")
_CAPITOL = re.compile(r"(?P<street>.*?),?\s*Washington,?\s+DC\s+(?P<zip>\d{5}(?:-\d{4})?)", re.DOTALL)


def members(data: Any, source: Source) -> Batch:
    """`legislators-current.json`: who sits where, from when until when, and the office in Washington."""
    batch = Batch(MEMBERS, [source])
    terms = [person["terms"][-1] for person in data]
    newest = max(congress_of(date.fromisoformat(term["start"])) for term in terms if term["type"] == "rep")
    for person, term in zip(data, terms, strict=True):
        official = _member(person, term, newest, source)
        batch.officials.append(official)
        batch.offices.append((official.id, _capitol_office(official.id, term)))
    batch.counted("members", len(batch.officials), newest=max(term["start"] for term in terms))
    missing = sum(not term.get("address") for term in terms)
    if missing:
        batch.counted("without_address", missing)
    return batch


def district_offices(data: Any, source: Source) -> Batch:
    """`legislators-district-offices.json`: offices one can write to; the others are counted and passed over."""
    batch = Batch(DISTRICT_OFFICES, [source])
    unusable: list[str] = []
    repaired = 0
    for entry in data:
        bioguide = entry["id"]["bioguide"]
        for raw in entry["offices"]:
            office, was_repaired = _district_office(raw)
            if office:
                repaired += was_repaired
                batch.offices.append((f"us-{bioguide}", office))
            else:
                unusable.append(str(raw.get("id", bioguide)))
    batch.counted("district_offices", len(batch.offices) + len(unusable))
    batch.counted("repaired", repaired)
    if unusable:
        batch.counted("passed_over", len(unusable), ids=tuple(unusable))
    return batch


def committees(data: Any, source: Source) -> Batch:
    """`committees-current.json`: names of committees and subcommittees."""
    batch = Batch(COMMITTEES, [source])
    for committee in data:
        batch.committees.append((committee["thomas_id"], committee["name"]))
        batch.committees += [
            (committee["thomas_id"] + part["thomas_id"], part["name"]) for part in committee.get("subcommittees", [])
        ]
    batch.counted("committees", len(data))
    batch.counted("subcommittees", len(batch.committees) - len(data))
    return batch


def committee_members(data: Any, source: Source) -> Batch:
    """`committee-membership-current.json`: who sits on which committee, with the title there."""
    batch = Batch(COMMITTEE_MEMBERS, [source])
    for committee, people in data.items():
        batch.seats += [Seat(f"us-{seat['bioguide']}", committee, seat.get("title", "")) for seat in people]
    batch.counted("committee_seats", len(batch.seats))
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
    batch.counted("terms", len(batch.holders))
    return batch


def _member(person: Mapping[str, Any], term: Mapping[str, Any], newest: int, source: Source) -> Official:
    state = term["state"]
    if state not in STATE_NAMES:
        raise InputError("import.unknown_state", source.name, id=person["id"]["bioguide"], state=state)
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
    """The full name as the office gives it, else first (or nick) name, last name and suffix."""
    if name.get("official_full"):
        return name["official_full"]
    first = name.get("nickname") or name["first"]
    return " ".join(filter(None, (first, name["last"], name.get("suffix"))))


def _capitol_office(official: str, term: Mapping[str, Any]) -> Office:
    """The office in Washington; the chamber's own address (USPS unique ZIP codes 20510, 20515) when none is given."""
    match = _CAPITOL.fullmatch(str(term.get("address") or "").strip())
    return Office(
        id=f"{official}-capitol",
        kind="capitol",
        street=match["street"] if match else str(term.get("office") or ""),
        city="Washington",
        state="DC",
        zip=match["zip"] if match else "20510" if term["type"] == "sen" else "20515",
        phone=str(term.get("phone") or ""),
    )


def _district_office(raw: Mapping[str, Any]) -> tuple[Office | None, bool]:
    """The office, and whether it had to be repaired; None when no letter could reach it."""
    text = {key: _text(raw.get(key)) for key in ("address", "suite", "building", "city", "state", "zip", "phone")}
    street = text["address"]
    if text["city"]:  # some repeat city, state and ZIP code at the end of the street
        ending = rf",?\s*{re.escape(text['city'])},?\s+{re.escape(text['state'])}(?:\s+\d{{5}}(?:-\d{{4}})?)?$"
        street = re.sub(ending, "", street, flags=re.IGNORECASE).strip(" ,")
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


def _text(value: Any) -> str:
    return " ".join(str(value).split()) if value is not None else ""


# --- tables of the Census Bureau ---------------------------------------------------------------------------


def zip_table(text: str, source: Source, congress: int) -> Batch:
    """A CSV `state_fips,state_abbr,zcta,cd`, one row a pair (OpenSourceActivismTech/us-zipcodes-congress).

    The file does not say of which Congress its lines are: `congress` does.
    """
    batch = Batch(ZIP_TABLE, [source], congress=congress)
    for line, row in _table_rows(text, ","):
        state, zcta, district = row["state_abbr"].upper(), row["zcta"].zfill(5), row["cd"]
        if state not in STATE_NAMES or not _ZIP.fullmatch(zcta) or not district.isdigit():
            raise _bad_row(source, line)
        batch.zips.append((zcta, state, 0 if district in AT_LARGE else int(district)))
    return _sorted(batch)


def relationship(text: str, source: Source) -> Batch:
    """The Census Bureau's file of districts and ZCTAs (`tab20_cd11920_zcta520_natl.txt`), fields separated by `|`.

    Layout: census.gov, "2020 Congressional District and State Legislative District Relationship File Layouts". Rows
    without a ZCTA, of no district (`ZZ`) and of water only are left out; a column's name says of which Congress it is.
    """
    column = _RELATION.search(text.partition("\n")[0])
    if not column:
        raise InputError("import.no_district_column", f"{source.name}:1")
    batch = Batch(ZIP_TABLE, [source], congress=int(column["congress"]))
    for line, row in _table_rows(text, "|"):
        district, zcta = row[column[0]], row["GEOID_ZCTA5_20"]
        if not zcta or district.endswith("ZZ") or row.get("AREALAND_PART") == "0":
            continue
        state, number = FIPS.get(district[:2]), district[2:]
        if state is None or not number.isdigit() or not _ZIP.fullmatch(zcta):
            raise _bad_row(source, line)
        batch.zips.append((zcta, state, 0 if number in AT_LARGE else int(number)))
    return _sorted(batch)


def gazetteer(text: str, source: Source) -> Batch:
    """The Census Bureau's gazetteer of ZCTAs: an inner point of each. Fields separated by tabs, since 2025 by `|`."""
    batch = Batch(ZIP_CENTERS, [source])
    header = text.partition("\n")[0]
    for line, row in _table_rows(text, "|" if "|" in header else "\t"):
        try:
            batch.centers.append((row["GEOID"].zfill(5), float(row["INTPTLAT"]), float(row["INTPTLONG"])))
        except (KeyError, ValueError):
            raise _bad_row(source, line) from None
    batch.counted("zip_centers", len(batch.centers))
    return batch


def _table_rows(text: str, delimiter: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row with its line and its fields by name, blanks cut off (the gazetteer's last column name has many)."""
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=delimiter, quoting=csv.QUOTE_NONE)
    header = [name.strip() for name in next(reader, [])]
    for row in reader:
        if row:
            fields = [field.strip() for field in row] + [""] * (len(header) - len(row))
            yield reader.line_num, dict(zip(header, fields, strict=False))


def _sorted(batch: Batch) -> Batch:
    batch.zips = sorted(set(batch.zips))
    zips = {zcta for zcta, _, _ in batch.zips}
    batch.counted("zip_codes", len(zips), pairs=len(batch.zips), congress=str(batch.congress))
    return batch


def _bad_row(source: Source, line: int) -> InputError:
    return InputError("import.bad_row", f"{source.name}:{line}")
