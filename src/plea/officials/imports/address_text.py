"""A US address written on one line, taken apart."""

import re

from plea.model import Office

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
_POST_OFFICE = "P.O."  # "P.O. Box 10" looks like a building named P.O. Box otherwise


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
    street, suite, building = _sorted(parts)
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


def _sorted(parts: list[str]) -> tuple[str, str, str]:
    """Street, suite and building among the parts before the city."""
    street, suites, buildings = "", [], []
    for part in parts:
        within = None if part.upper().startswith(_POST_OFFICE) else _WITHIN.match(part)
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
