"""Officials and offices as rows of the directory, and back."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from plea.model import Membership, Office, Official

OFFICIAL_COLUMNS = (
    'id, role, name, last_name, division, state, district, place, body, style, privy_counsellor, start, "end", '
    "congress, contact_form, as_of, source"
)
OFFICE_COLUMNS = "id, kind, street, suite, building, city, state, zip, country, phone, latitude, longitude"


def official_row(one: Official) -> tuple[object, ...]:
    """The official as OFFICIAL_COLUMNS; offices and memberships have tables of their own."""
    return (
        one.id,
        one.role,
        one.name,
        one.last_name,
        one.division,
        one.state,
        one.district,
        one.place,
        one.body,
        one.style,
        one.privy_counsellor,
        day_text(one.start),
        day_text(one.end),
        one.congress,
        one.contact_form,
        day_text(one.as_of),
        one.source,
    )


def office_row(one: Office) -> tuple[object, ...]:
    """The office as OFFICE_COLUMNS."""
    return (
        one.id,
        one.kind,
        one.street,
        one.suite,
        one.building,
        one.city,
        one.state,
        one.zip,
        one.country,
        one.phone,
        one.latitude,
        one.longitude,
    )


def official_of(row: Sequence[Any], offices: tuple[Office, ...], memberships: tuple[Membership, ...]) -> Official:
    """The official of a row of OFFICIAL_COLUMNS."""
    (
        key,
        role,
        name,
        last_name,
        division,
        state,
        district,
        place,
        body,
        style,
        privy,
        start,
        end,
        congress,
        form,
        as_of,
        source,
    ) = row
    return Official(
        id=key,
        role=role,
        name=name,
        last_name=last_name,
        division=division,
        state=state,
        district=district,
        place=place,
        body=body,
        style=style,
        privy_counsellor=bool(privy),
        start=day_of(start),
        end=day_of(end),
        congress=congress,
        memberships=memberships,
        offices=offices,
        contact_form=form,
        as_of=day_of(as_of),
        source=source,
    )


def office_of(row: Sequence[Any]) -> Office:
    """The office of a row of OFFICE_COLUMNS."""
    return Office(*row)


def day_text(day: date | None) -> str | None:
    """The day as the directory keeps it."""
    return day.isoformat() if day else None


def day_of(text: str | None) -> date | None:
    """The day of what the directory keeps."""
    return date.fromisoformat(text) if text else None
