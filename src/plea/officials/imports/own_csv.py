"""The CSV of a user's own officials, and everything that can be wrong with one of its rows."""

import csv
import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from plea.errors import InputError
from plea.model.officials import Office, Official
from plea.model.states import HOUSE_ROLES, STATE_NAMES, state_code, state_division
from plea.officials.districts import seat_division, seat_of
from plea.officials.imports.batch import OWN, Batch, Holder, Source
from plea.officials.roles import Role, roles
from plea.problems import Problem
from plea.system.files import slug
from plea.system.similar import nearest

COLUMNS = (
    "id", "role", "name", "last_name", "state", "district", "place", "body", "style", "privy_counsellor",
    "kind", "building", "street", "suite", "city", "address_state", "zip", "country", "phone",
    "contact_form", "start", "end", "as_of", "source",
)  # fmt: skip
"""What each holds is in docs/reference/officials-csv.md."""

STYLES: Mapping[str, str] = {"mr": "Mr.", "madam": "Madam", "": ""}
Row = dict[str, str]

_OF_A_STATE = frozenset({"us-senator", "governor", "state-senator", "state-representative"})
_PUBLIC_ID = re.compile(r"us-[A-Z]\d{6}|us-chair-|ocd-person/")
_SHOWN = 12  # problems of one file


def is_own(header: str) -> bool:
    """Whether a first line is that of such a CSV."""
    names = {name.strip().strip('"').lower() for name in re.split("[,;\t]", header)}
    return "role" in names and bool(names & {"name", "place", "last_name"})


def own_csv(text: str, source: Source, forms: Path | None = None) -> Batch:
    """Everybody in the file. Raises InputError that names every row that is not good enough, with its line.

    `forms` is a pack with forms of address of its own. A file replaces what a file of the same name
    gave before.
    """
    batch = Batch(f"{OWN}{slug(source.name.rsplit('.', 1)[0]) or 'own'}", [source])
    by_key = roles(forms)
    problems: list[Problem] = []
    people: dict[str, Official] = {}
    for line, row in _rows(text, source):
        where = f"{source.name}:{line}"
        problems_of_row = list(row_problems(row, by_key, where))
        if problems_of_row:
            problems += problems_of_row
            continue
        role = by_key[row["role"]]
        if role.scope == "post":
            days = _day(row["start"]), _day(row["end"])
            batch.holders.append(Holder(role.key, row["name"], row["last_name"], _style(row), *days))
            continue
        official = _official(row, source)
        if people.setdefault(official.id, official) != official:
            problems.append(Problem("officials_csv.id_of_another", where, id=official.id))
        number = sum(official_id == official.id for official_id, _ in batch.offices) + 1
        batch.offices.append((official.id, _office(row, official, role, number)))
    if len(problems) > _SHOWN:
        problems[_SHOWN:] = [Problem("officials_csv.more", source.name, count=len(problems) - _SHOWN)]
    if problems:
        raise InputError(problems)
    batch.officials = list(people.values())
    batch.counted("officials", len(people) + len(batch.holders))
    batch.counted("offices", len(batch.offices))
    return batch


def _rows(text: str, source: Source) -> list[tuple[int, Row]]:
    """Each row that is not blank with its line. Raises InputError for unknown columns and broken quotes."""
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    rows: list[tuple[int, Row]] = []
    try:
        header = [name.strip().lower().replace(" ", "_") for name in next(reader, [])]
        unknown = [name for name in header if name and name not in COLUMNS]
        if unknown:
            where, columns = f"{source.name}:1", ", ".join(COLUMNS)
            raise InputError([_mistyped("column", name, COLUMNS, where, columns=columns) for name in unknown])
        for fields in reader:
            if any(field.strip() for field in fields):
                given = {name: " ".join(field.split()) for name, field in zip(header, fields, strict=False)}
                rows.append((reader.line_num, {name: given.get(name, "") for name in COLUMNS}))
    except csv.Error as error:
        raise InputError("officials_csv.broken", f"{source.name}:{reader.line_num}", reason=str(error)) from error
    return rows


def row_problems(row: Row, by_key: Mapping[str, Role], where: str) -> Iterator[Problem]:
    """Everything that keeps the row from being used; none when it is good."""

    def problem(what: str, **values: Any) -> Problem:
        return Problem(f"officials_csv.{what}", where, **values)

    yield from (problem("not_printable", column=name) for name, value in row.items() if not _prints(value))
    role = by_key.get(row["role"])
    if role is None:
        yield _mistyped("role", row["role"], by_key, where) if row["role"] else problem("no_role")
        return
    if _PUBLIC_ID.match(row["id"]) or row["id"] in by_key:
        yield problem("id_taken", id=row["id"])
    if not row["name"] and role.lead_unnamed == role.lead and role.scope != "post":
        yield problem("empty", column="name")
    state = state_code(row["state"])
    if row["state"] and state not in STATE_NAMES:
        yield problem("unknown_state", state=row["state"])
    if role.key in _OF_A_STATE and not row["state"]:
        yield problem("empty", column="state")
    if role.key in HOUSE_ROLES:
        try:
            seat_of(row["district"], state if state in STATE_NAMES else "")
        except InputError as error:
            yield problem("bad_district", reason=error.problem)
    yield from _value_problems(row, role, problem)


def _value_problems(row: Row, role: Role, problem: Callable[..., Problem]) -> Iterator[Problem]:
    """Values that are not what their columns hold.

    An address needs a city and a ZIP code; without any address the role must have one of its own.
    """
    if row["style"].rstrip(".").lower() not in STYLES:
        yield problem("bad_style", style=row["style"])
    if row["kind"] not in {"", "capitol", "district"}:
        yield problem("bad_kind", kind=row["kind"])
    if row["contact_form"] and not re.fullmatch(r"https?://\S+", row["contact_form"]):
        yield problem("bad_contact_form")
    if not re.fullmatch("[A-Z]{2}|", row["country"].upper()):
        yield problem("bad_country", country=row["country"])
    for column in ("start", "end", "as_of"):
        try:
            _day(row[column])
        except ValueError:
            yield problem("bad_day", column=column, day=row[column])
    if not any(row[name] for name in ("street", "building", "suite", "city", "zip")):
        if role.address is None or not role.address.city:
            yield problem("no_address")
        return
    yield from (problem("empty", column=name) for name in ("city", "zip") if not row[name])
    if row["country"].upper() in {"", "US"} and row["zip"] and not re.fullmatch(r"\d{5}(-\d{4})?", row["zip"]):
        yield problem("bad_zip", zip=row["zip"])


def _mistyped(thing: str, word: str, known: Iterable[str], where: str, **values: str) -> Problem:
    """The problem of an unknown role or column, with the known one that it is most like."""
    similar = nearest(word, known)
    if similar:
        return Problem(f"officials_csv.mistyped_{thing}", where, **{thing: word}, nearest=similar, **values)
    return Problem(f"officials_csv.unknown_{thing}", where, **{thing: word}, **values)


def _prints(value: str) -> bool:
    """Whether every character may stand in a letter: no controls, private use, overrides or isolates."""
    return not any(
        unicodedata.category(character) in {"Cc", "Co", "Cs", "Cn"}
        or "\u202a" <= character <= "\u202e"
        or "\u2066" <= character <= "\u2069"
        for character in value
    )


def _official(row: Row, source: Source) -> Official:
    state, role = state_code(row["state"]), row["role"]
    district = seat_of(row["district"], state) if role in HOUSE_ROLES else row["district"]
    state = district[:2] if role in HOUSE_ROLES else state
    division = seat_division(district) if role in HOUSE_ROLES else state_division(state) if state else ""
    words = (role, state, row["place"] or row["district"], row["name"])
    return Official(
        id=row["id"] or slug(" ".join(filter(None, words))),
        role=role,
        name=row["name"],
        last_name=row["last_name"],
        division=division,
        state=state,
        district=district,
        place=row["place"] or STATE_NAMES.get(state, ""),
        body=row["body"],
        style=_style(row),
        privy_counsellor=row["privy_counsellor"].lower() in {"yes", "y", "true", "1", "x"},
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
