"""The columns of a CSV of the user's own, and everything that can be wrong with one of its rows."""

import csv
import io
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from plea.errors import InputError
from plea.model.officials import Office, Official
from plea.model.states import HOUSE_ROLES, STATE_NAMES, state_code, state_division
from plea.officials.districts import seat_division, seat_of
from plea.officials.imports.batch import OWN, Batch, Holder, Source
from plea.officials.roles import Role, roles
from plea.problems import Problem, old_problem
from plea.system.files import slug

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
    if role.key in HOUSE_ROLES:
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
    except InputError as error:
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


_SHOWN = 12
_YES = {"yes", "y", "true", "1", "x"}


def is_own(header: str) -> bool:
    """Whether a first line is that of such a CSV."""
    names = {name.strip().strip('"').lower() for name in re.split("[,;\t]", header)}
    return "role" in names and bool(names & {"name", "place", "last_name"})


def own_csv(text: str, source: Source, forms: Path | None = None) -> Batch:
    """Everybody in the file. Raises InputError that names every row that is not good enough, with its line.

    `forms` is a pack with forms of address of its own. Files are told apart by their names: a file of the same name
    replaces what it gave before.
    """
    batch = Batch(f"{OWN}{slug(source.name.rsplit('.', 1)[0]) or 'own'}", [source])
    known = roles(forms)
    problems: list[Problem] = []
    people: dict[str, Official] = {}
    for line, row in _rows(text, source):
        where = f"{source.name}:{line}"
        faults = row_faults(row, known)
        if faults:
            problems += [old_problem(where, fault) for fault in faults]
            continue
        if known[row["role"]].scope == "post":
            batch.holders.append(
                Holder(row["role"], row["name"], row["last_name"], _style(row), _day(row["start"]), _day(row["end"]))
            )
            continue
        official = _official(row, source)
        if people.setdefault(official.id, official) != official:
            problems.append(old_problem(where, f"{official.id} is somebody else on an earlier line"))
        number = sum(owner == official.id for owner, _ in batch.offices) + 1
        batch.offices.append((official.id, _office(row, official, known[official.role], number)))
    if problems:
        raise _unusable(source, problems)
    batch.officials = list(people.values())
    batch.says.append(f"{len(people) + len(batch.holders)} officials, {len(batch.offices)} offices")
    return batch


def _rows(text: str, source: Source) -> list[tuple[int, Row]]:
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[tuple[int, Row]] = []
    try:
        header = [name.strip().lower().replace(" ", "_") for name in next(reader, [])]
        unknown = [name for name in header if name and name not in COLUMNS]
        if unknown:
            near = {name: get_close_matches(name, COLUMNS, 1) for name in unknown}
            words = ", ".join(f"{name} (did you mean {hit[0]}?)" if hit else name for name, hit in near.items())
            raise InputError(f"{source.name}:1: no such column: {words}", f"There are: {', '.join(COLUMNS)}.")
        for fields in reader:
            if any(field.strip() for field in fields):
                given = {name: " ".join(field.split()) for name, field in zip(header, fields, strict=False)}
                rows.append((reader.line_num, {name: given.get(name, "") for name in COLUMNS}))
    except csv.Error as error:
        raise InputError(f"{source.name}:{reader.line_num}: {error}", "Save it again as CSV.") from error
    return rows


def _official(row: Row, source: Source) -> Official:
    state, role = state_code(row["state"]), row["role"]
    district = seat_of(row["district"], state) if role in HOUSE_ROLES else row["district"]
    state = district[:2] if role in HOUSE_ROLES else state
    division = seat_division(district) if role in HOUSE_ROLES else state_division(state) if state else ""
    made = slug(" ".join(filter(None, (role, state, row["place"] or row["district"], row["name"]))))
    return Official(
        id=row["id"] or made,
        role=role,
        name=row["name"],
        last_name=row["last_name"],
        division=division,
        state=state,
        district=district,
        place=row["place"] or STATE_NAMES.get(state, ""),
        body=row["body"],
        style=_style(row),
        privy_counsellor=row["privy_counsellor"].lower() in _YES,
        start=_day(row["start"]),
        end=_day(row["end"]),
        contact_form=row["contact_form"],
        as_of=_day(row["as_of"]),
        source=row["source"] or source.name,
    )


def _office(row: Row, official: Official, role: Role, number: int) -> Office:
    """The office of the row; the role's own address where the row has none."""
    kind = row["kind"] or "capitol"
    office_id = f"{official.id}-{kind}" + (f"-{number}" if number > 1 else "")
    if not row["city"] and role.address:
        return replace(role.address, id=office_id)
    return Office(
        id=office_id,
        kind=kind,
        street=row["street"],
        suite=row["suite"],
        building=row["building"],
        city=row["city"],
        state=row["address_state"] or (official.state if row["country"].upper() in {"", "US"} else ""),
        zip=row["zip"],
        country=row["country"].upper() or "US",
        phone=row["phone"],
    )


def _style(row: Row) -> str:
    return STYLES[row["style"].rstrip(".").lower()]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _unusable(source: Source, problems: list[Problem]) -> InputError:
    lines = [f"{problem.where}: {problem.what}" for problem in problems[:_SHOWN]]
    if len(problems) > _SHOWN:
        lines.append(f"and {len(problems) - _SHOWN} more")
    return InputError("\n      ".join(lines), f"Mend {source.name} and import it again; nothing of it was taken.")
