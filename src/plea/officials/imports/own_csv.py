"""A CSV of the user's own: mayors, members of other parliaments, a secretary's name, anybody the public files lack.

One row an official; a further row with the same `id` adds another office. The columns are in COLUMNS; `role` is needed,
and `name` except for posts that are written to without a name.
"""

import csv
import io
import re
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from plea.errors import MendableError
from plea.machine.files import slug
from plea.model import Office, Official, Problem
from plea.officials.imports.batch import OWN, Batch, Holder, Source
from plea.officials.imports.own_csv_rows import COLUMNS, HOUSE, STYLES, Row, row_faults
from plea.officials.roles import Role, roles
from plea.officials.seats import seat_division, seat_of
from plea.officials.states import STATE_NAMES, state_code, state_division

_SHOWN = 12
_YES = {"yes", "y", "true", "1", "x"}


def is_own(header: str) -> bool:
    """Whether a first line is that of such a CSV."""
    names = {name.strip().strip('"').lower() for name in re.split("[,;\t]", header)}
    return "role" in names and bool(names & {"name", "place", "last_name"})


def own_csv(text: str, source: Source, forms: Path | None = None) -> Batch:
    """Everybody in the file. Raises MendableError that names every row that is not good enough, with its line.

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
            problems += [Problem(where, fault) for fault in faults]
            continue
        if known[row["role"]].scope == "post":
            batch.holders.append(
                Holder(row["role"], row["name"], row["last_name"], _style(row), _day(row["start"]), _day(row["end"]))
            )
            continue
        official = _official(row, source)
        if people.setdefault(official.id, official) != official:
            problems.append(Problem(where, f"{official.id} is somebody else on an earlier line"))
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
            raise MendableError(f"{source.name}:1: no such column: {words}", f"There are: {', '.join(COLUMNS)}.")
        for fields in reader:
            if any(field.strip() for field in fields):
                given = {name: " ".join(field.split()) for name, field in zip(header, fields, strict=False)}
                rows.append((reader.line_num, {name: given.get(name, "") for name in COLUMNS}))
    except csv.Error as error:
        raise MendableError(f"{source.name}:{reader.line_num}: {error}", "Save it again as CSV.") from error
    return rows


def _official(row: Row, source: Source) -> Official:
    state, role = state_code(row["state"]), row["role"]
    district = seat_of(row["district"], state) if role in HOUSE else row["district"]
    state = district[:2] if role in HOUSE else state
    division = seat_division(district) if role in HOUSE else state_division(state) if state else ""
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


def _unusable(source: Source, problems: list[Problem]) -> MendableError:
    lines = [f"{problem.where}: {problem.what}" for problem in problems[:_SHOWN]]
    if len(problems) > _SHOWN:
        lines.append(f"and {len(problems) - _SHOWN} more")
    return MendableError("\n      ".join(lines), f"Mend {source.name} and import it again; nothing of it was taken.")
