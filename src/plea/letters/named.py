"""An official whom the person names: `us-senator:Jane Doe`. No directory is asked."""

import re
from dataclasses import replace
from hashlib import sha256

from plea.machine.files import slug
from plea.model import Office, Official, Place, Problem
from plea.officials.roles import Role
from plea.officials.states import STATE_NAMES, state_division

SUFFIX = re.compile(r",?\s+(Jr\.?|Sr\.?|II|III|IV|MP|M\.P\.)$", re.IGNORECASE)
TWO_NAMES = re.compile(r"\S+(?:\s+\w\.?)*\s+(\S+)")  # initials between do not count

DIGEST = 8  # hexadecimal digits: a person names a handful of officials


def named_official(role: Role, name: str, place: Place, where: str) -> Official | Problem:
    """The holder of a role by name, at the role's own address; a problem when that is not enough to write to.

    `Jane Doe` and `Doe, Jane` are understood. Of more than two names none is taken for the family name, so that the
    salutation has the whole name; the second form tells it.
    """
    full, last = read_name(name)
    if not full:
        return Problem(where, "the name is missing", f'Write it after the colon: "{role.key}:Jane Doe".')
    office = _office(role, place)
    if office is None:
        return Problem(
            where,
            f"no postal address is known for a {role.name} by name alone",
            "Import the address with `plea officials import PATH` (a CSV of your own will do).",
        )
    return Official(
        id=role.key if role.scope == "post" else f"{role.key}-{_key(full)}",
        role=role.key,
        name=full,
        last_name=last,
        division=state_division(place.state) if role.scope == "state" and place.state else "",
        state=place.state,
        place=place.city if role.scope == "place" and place.city else STATE_NAMES.get(place.state, ""),
        offices=(office,),
        source="named by the person who writes",
    )


def read_name(typed: str) -> tuple[str, str]:
    """The whole name and the family name where it is certain, else an empty one."""
    family, comma, given = (part.strip() for part in " ".join(typed.split()).partition(","))
    if comma and given and not SUFFIX.fullmatch(f", {given}"):
        return f"{given} {family}", family
    full = " ".join(typed.split())
    two = TWO_NAMES.fullmatch(SUFFIX.sub("", full))
    return full, two[1] if two else ""


def _key(name: str) -> str:
    """The name as the end of an id; letters that have no ASCII form are told apart by a digest of the whole."""
    lost = any(letter.isalpha() and not slug(letter) for letter in name)
    digest = sha256(name.encode()).hexdigest()[:DIGEST] if lost else ""
    return "-".join(part for part in (slug(name), digest) if part) or "named"


def _office(role: Role, place: Place) -> Office | None:
    """The role's own address; a town hall is in the person's town."""
    if role.address is None:
        return None
    if role.address.city:
        return role.address
    if not place.city:
        return None
    return replace(role.address, city=place.city, state=place.state)
