"""Governors and state legislators from openstates/people (CC0): a folder a state, a YAML file a person.

Of a person's roles the one that lasts is taken; where none does, the one that ended last, so that a look-up can say
so. Private homes among the addresses are left out.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from plea.errors import InputError
from plea.model.officials import Office, Official
from plea.model.states import STATE_NAMES, state_division
from plea.officials.imports.batch import Batch, source_of
from plea.problems import Problem

FOLDERS = ("executive", "legislature")
_ROLES = {
    "governor": "governor",
    "upper": "state-senator",
    "legislature": "state-senator",
    "lower": "state-representative",
}
_OFFICES = {"capitol": "capitol", "district": "district", "district-mail": "district"}
_DISTRICTS = {"upper": "sldu", "legislature": "sldu", "lower": "sldl"}

# What the lower chamber is called where it is not the House of Representatives (National Conference of State
# Legislatures, "Legislative chamber names").
_LOWER = {
    "CA": "State Assembly", "NV": "State Assembly", "NY": "State Assembly", "WI": "State Assembly",
    "NJ": "General Assembly", "MD": "House of Delegates", "VA": "House of Delegates", "WV": "House of Delegates",
}  # fmt: skip


def state_folder(folder: Path) -> Batch:
    """Everybody in a state's folder. Raises InputError for a file that is not one of theirs."""
    batch = Batch(f"openstates-{folder.name.lower()}", [])
    other_posts: Counter[str] = Counter()
    homes = unreadable = 0
    for path in sorted(path for name in FOLDERS for path in (folder / name).glob("*.yml")):
        try:
            content = path.read_bytes()
        except OSError as error:
            raise InputError("import.unreadable", str(path), reason=str(error.strerror)) from error
        batch.sources.append(source_of(path, content))
        person = _person(path, content)
        role = max(  # the one that lasts longest: one without an end before all others
            person["roles"],
            key=lambda role: (_day(role.get("end_date")) or date.max, _day(role.get("start_date")) or date.min),
        )
        if role["type"] not in _ROLES:
            other_posts[role["type"]] += 1
            continue
        official = _official(person, role, path)
        batch.officials.append(official)
        offices, of_homes, of_unreadable = _offices(official.id, person.get("offices") or ())
        batch.offices += [(official.id, office) for office in offices]
        homes, unreadable = homes + of_homes, unreadable + of_unreadable
    for official_role, count in sorted(Counter(official.role for official in batch.officials).items()):
        batch.counted("of_role", count, role=official_role)
    batch.counted("offices", len(batch.offices))
    if homes:
        batch.counted("homes", homes)
    if unreadable:
        batch.counted("unreadable", unreadable)
    if other_posts:
        posts = tuple(f"{count} {name}" for name, count in sorted(other_posts.items()))
        batch.counts.append(Problem("imported.other_posts", posts=posts))
    return batch


def _official(person: Mapping[str, Any], role: Mapping[str, Any], path: Path) -> Official:
    # `ocd-jurisdiction/country:us/state:vt/government` gives VT; districts and territories likewise
    state = role["jurisdiction"].partition("country:us/")[2].partition("/")[0].partition(":")[2].upper()
    if state not in STATE_NAMES:
        raise InputError("import.unknown_jurisdiction", str(path), jurisdiction=role["jurisdiction"])
    kind, district = role["type"], str(role.get("district", ""))
    division = state_division(state)
    if kind in _DISTRICTS and district:
        division += f"/{_DISTRICTS[kind]}:{'_'.join(district.lower().split())}"
    chambers = {"upper": "Senate", "lower": _LOWER.get(state, "House of Representatives"), "legislature": "Legislature"}
    chamber = chambers.get(kind, "")
    return Official(
        id=person["id"],
        role=_ROLES[kind],
        name=person["name"],
        last_name=person.get("family_name", ""),
        division=division,
        state=state,
        district=district,
        place=STATE_NAMES[state],
        body=f"{STATE_NAMES[state]} {chamber}" if chamber else "",
        start=_day(role.get("start_date")),
        end=_day(role.get("end_date")),
        source=f"openstates/{path.parent.parent.name}/{path.parent.name}/{path.name}",
    )


def _offices(official: str, raw: Iterable[Mapping[str, Any]]) -> tuple[list[Office], int, int]:
    """The offices one can write to, how many were homes, how many could not be read."""
    offices: list[Office] = []
    homes = unreadable = 0
    for entry in raw:
        kind = _OFFICES.get(entry.get("classification", ""))
        if kind is None:
            homes += 1
            continue
        number = sum(office.kind == kind for office in offices) + 1
        office_id = f"{official}-{kind}" + (f"-{number}" if number > 1 else "")
        office = office_of_text(str(entry.get("address") or ""), office_id, kind, str(entry.get("voice") or ""))
        if office is None:
            unreadable += 1
        else:
            offices.append(office)
    return offices, homes, unreadable


def _person(path: Path, content: bytes) -> Mapping[str, Any]:
    try:
        person = yaml.load(content, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 (safe loaders both)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise InputError("import.broken_yaml", str(path), reason=" ".join(str(error).split())) from error
    whole = isinstance(person, dict) and all(person.get(key) for key in ("id", "name", "roles"))
    if not whole or not all(
        isinstance(role, dict) and {"type", "jurisdiction"} <= role.keys() for role in person["roles"]
    ):
        raise InputError("import.not_a_person", str(path))
    return dict(person)


def _day(value: Any) -> date | None:
    """Days are dates or texts in the data; a year or a year and month alone is its first day."""
    if value is None or value == "":
        return None
    if isinstance(value, date):
        return value
    text = str(value)
    try:
        return date.fromisoformat(text + "0001-01-01"[len(text) :] if len(text) < len("2025-01-09") else text)
    except ValueError:
        return None


_LAST = re.compile(r"(?P<city>[^,;]+?),?\s+(?P<state>[A-Z]{2})\s+(?P<zip>\d{5}(?:-\d{4})?)-?\s*$")
_SUITE = re.compile(
    r"(?:Suites?|Ste\.?|Rooms?|Rm\.?|Unit|Office|Floor|Apt\.?|#)\s*(?:[A-Z]?-?\d\S*|[A-Z])(?:[\s,].*)?"
    r"|(?:\d+\w\w|First|Second|Third|Ground) Floor.*",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"^(?P<street>\S.*?\S)\s+(?P<suite>(?:Suite|Ste\.?|Unit|Room|Rm\.?|#)\s*\S+(?:\s+\S+)?)$", re.IGNORECASE
)
_STREET = re.compile(r"(?:\d|One\s|P\.?\s?O\.?\s+Box)", re.IGNORECASE)
_WITHIN = re.compile(r"^(?P<building>\D+?)\s+(?P<street>\d+\S*\s+\D.*)$")


def office_of_text(text: str, office_id: str, kind: str, phone: str = "") -> Office | None:
    """The office of "109 State Street; Pavilion Office Building; Montpelier, VT 05609"; None without a street or ZIP.

    Parts stand between semicolons or commas; the last holds the state and the ZIP code. Of the others the first that
    begins with a number is the street, "Suite ..." and its like the suite, the rest the building.
    """
    flat = " ".join(text.split())
    last = _LAST.search(flat)
    if not last:
        return None
    parts = [part.strip() for part in re.split(r"[;,]", flat[: last.start()]) if part.strip()]
    street, suite, building = _street_suite_building(parts)
    if not (street or building):
        return None
    return Office(
        id=office_id,
        kind=kind,
        street=street,
        suite=suite,
        building=building,
        city=last["city"].strip(),
        state=last["state"],
        zip=last["zip"],
        phone=phone,
    )


def _street_suite_building(parts: list[str]) -> tuple[str, str, str]:
    """What each part before the city is."""
    street, suites, buildings = "", [], []
    for part in parts:
        # "P.O. Box 10" is not number 10 in a building named P.O. Box
        within = None if part.upper().startswith("P.O.") else _WITHIN.match(part)
        if _SUITE.fullmatch(part):
            suites.append(part)
        elif not street and _STREET.match(part):
            street = part
        elif not street and within and not _SUITE.match(part):
            buildings.append(within["building"])
            street = within["street"]
        elif street and _STREET.match(part):
            suites.append(part)
        else:
            buildings.append(part)
    tail = _TAIL.match(street)
    if tail:
        street, suites = tail["street"], [tail["suite"], *suites]
    return street, ", ".join(suites), ", ".join(buildings)
