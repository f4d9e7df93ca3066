"""Supporters, officials and problems as the ledger keeps them: JSON without what is empty."""

import json
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from typing import Any

from plea.campaigns.model import Destination
from plea.model.officials import Membership, Office, Official
from plea.model.people import Supporter
from plea.problems import Problem, unpacked

_SUPPORTER_FIELDS = tuple(field.name for field in fields(Supporter))
_DAYS = ("start", "end", "as_of")
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def supporter_text(supporter: Supporter) -> str:
    """The supporter as one line of JSON, the same for the same supporter."""
    return _encode({name: value for name in _SUPPORTER_FIELDS if (value := getattr(supporter, name))})


def supporter_of(text: str) -> Supporter:
    """The supporter of that JSON."""
    values = json.loads(text)
    if "reasons" in values:
        values["reasons"] = tuple(values["reasons"])
    return Supporter(**{"country": "", "language": "", **values})  # empty ones are left out too


def problems_text(problems: Iterable[Problem]) -> str:
    """Problems as JSON; empty for none."""
    packed = [problem.packed() for problem in problems]
    return _encode(packed) if packed else ""


def problems_of(text: str) -> tuple[Problem, ...]:
    """The problems of that JSON."""
    return tuple(map(unpacked, json.loads(text))) if text else ()


def cells_text(cells: Iterable[str]) -> str:
    """The cells of a row as JSON."""
    return _encode(list(cells))


def cells_of(text: str) -> tuple[str, ...]:
    """The cells of that JSON."""
    return tuple(json.loads(text)) if text else ()


def destination_text(destination: Destination) -> str:
    """A destination as JSON; of the official's offices only this one."""
    office = _plain(destination.office)
    memberships = [_plain(membership) for membership in destination.official.memberships]
    official = _plain(destination.official) | {"offices": [office], "memberships": memberships}
    return _encode({"official": official, "office": office})


def destination_of(text: str) -> Destination:
    """The destination of that JSON."""
    values = json.loads(text)
    official = values["official"]
    official |= {name: date.fromisoformat(official[name]) for name in _DAYS if official.get(name)}
    official["memberships"] = tuple(Membership(**membership) for membership in official["memberships"])
    official["offices"] = tuple(Office(**office) for office in official["offices"])
    return Destination(Official(**official), Office(**values["office"]))


def _plain(value: Office | Official | Membership) -> dict[str, Any]:
    """Its fields, days as text; `asdict` takes ten times as long."""
    values = ((field.name, getattr(value, field.name)) for field in fields(value))
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values}
