"""Supporters, officials and problems as the ledger keeps them: JSON without what is empty."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date
from typing import Any

from plea.campaigns.model import Destination
from plea.model.officials import Membership, Office, Official
from plea.model.people import Supporter
from plea.problems import Problem, unpacked

_OF_SUPPORTER = tuple(field.name for field in fields(Supporter))
_DAYS = ("start", "end", "as_of")
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def supporter_text(supporter: Supporter) -> str:
    """The supporter as one line of JSON, the same for the same supporter."""
    return _encode({name: value for name in _OF_SUPPORTER if (value := getattr(supporter, name))})


def supporter_of(text: str) -> Supporter:
    """The supporter of that JSON."""
    values = json.loads(text)
    if "reasons" in values:
        values["reasons"] = tuple(values["reasons"])
    return Supporter(**{"country": "", "language": "", **values})  # empty ones are left out too


def problems_text(problems: Iterable[Problem]) -> str:
    """Problems as JSON; empty for none."""
    listed = [problem.packed() for problem in problems]
    return _encode(listed) if listed else ""


def problems_of(text: str) -> tuple[Problem, ...]:
    """The problems of that JSON."""
    return tuple(map(unpacked, json.loads(text))) if text else ()


def in_words(problems: Iterable[Problem]) -> str:
    """Problems as one cell of a table: where and what, then what to do."""
    said = (
        f"{problem.where}: {problem.what}" + (f" ({problem.hint.rstrip('.')})" if problem.hint else "")
        for problem in problems
    )
    return "; ".join(said)


def cells_text(cells: Iterable[str]) -> str:
    """The cells of a row as JSON."""
    return _encode(list(cells))


def cells_of(text: str) -> tuple[str, ...]:
    """The cells of that JSON."""
    return tuple(json.loads(text)) if text else ()


def destination_text(destination: Destination) -> str:
    """A destination as JSON; of the official's offices only this one."""
    office = _plain(destination.office)
    seats = [_plain(seat) for seat in destination.official.memberships]
    return _encode(
        {"official": _plain(destination.official) | {"offices": [office], "memberships": seats}, "office": office}
    )


def destination_of(text: str) -> Destination:
    """The destination of that JSON."""
    values = json.loads(text)
    return Destination(official_of(values["official"]), Office(**values["office"]))


def official_of(values: Mapping[str, Any]) -> Official:
    """An official of plain values."""
    days = {name: date.fromisoformat(values[name]) for name in _DAYS if values.get(name)}
    return Official(
        **{
            **values,
            **days,
            "memberships": tuple(Membership(**seat) for seat in values["memberships"]),
            "offices": tuple(Office(**office) for office in values["offices"]),
        }
    )


def _plain(noun: Office | Official | Membership) -> dict[str, Any]:
    """Its fields, days as text; `asdict` takes ten times as long."""
    values = ((field.name, getattr(noun, field.name)) for field in fields(noun))
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values}
