"""The kinds of officials, and how each is addressed: read from `forms-of-address.toml`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any

from plea.errors import InputError, UsageError
from plea.model.officials import Office, Official
from plea.system import folders, toml

FILE = "forms-of-address.toml"
FIELDS = frozenset({"name", "last_name", "place", "body", "state_name"})
SCOPES = frozenset({"post", "state", "district", "place", "committee"})
_FIELD = re.compile(r"\{([^{}]*)\}")
_ADDRESS = frozenset({"building", "street", "suite", "city", "state", "zip", "country"})
_KEYS = frozenset(
    {
        "name",
        "plural",
        "scope",
        "lead",
        "lead_unnamed",
        "lead_privy_counsellor",
        "salutation",
        "styled",
        "close",
        "address",
    }
)


@dataclass(frozen=True, slots=True)
class Role:
    """A kind of official and its forms of address.

    `lead` are the lines above the street, `salutations` by language the forms in the order of preference, `styled` the
    forms by language and style, `closes` by language. `address` is where a letter goes when no office is known.
    """

    key: str
    name: str
    plural: str
    scope: str
    lead: tuple[str, ...]
    lead_unnamed: tuple[str, ...]
    lead_privy_counsellor: tuple[str, ...]
    salutations: Mapping[str, tuple[str, ...]]
    styled: Mapping[str, Mapping[str, str]]
    closes: Mapping[str, str]
    address: Office | None


def roles(extra: Path | None = None) -> Mapping[str, Role]:
    """Every role by its key: the built-in ones and, over them, those of a pack's own `forms-of-address.toml`.

    `extra` is that file or the folder it lies in; a folder without one adds nothing. Raises InputError
    `file:line: what` for a file that cannot be used.
    """
    built_in = _read(folders.templates() / FILE)
    if extra is None:
        return built_in
    own = extra / FILE if extra.is_dir() else extra
    return {**built_in, **_read(own)} if own.is_file() else built_in


def role(key: str, extra: Path | None = None) -> Role:
    """The role of that key. Raises UsageError naming the nearest ones."""
    known = roles(extra)
    if key in known:
        return known[key]
    near = get_close_matches(key, known, n=3, cutoff=0.4)
    names = ", ".join(near) if near else ", ".join(known)
    raise UsageError(f"no role is named {key}", f"{'Did you mean' if near else 'There are'}: {names}?")


@cache
def _read(path: Path) -> Mapping[str, Role]:
    return {key: _role(key, table, path) for key, table in toml.load(path).items()}


def _role(key: str, table: Any, path: Path) -> Role:
    if not isinstance(table, dict):
        raise _fault(path, key, "", what="a role is a table")
    for unknown in table.keys() - _KEYS:
        raise _fault(path, key, unknown, what=f"a role has no {unknown}")
    for needed in ("name", "scope", "lead", "salutation", "close"):
        if not table.get(needed):
            raise _fault(path, key, needed, what=f"a role needs {needed}")
    if table["scope"] not in SCOPES:
        raise _fault(path, key, "scope", what=f"scope is one of {', '.join(sorted(SCOPES))}")
    lead = _lines(table, "lead", path, key)
    return Role(
        key=key,
        name=str(table["name"]),
        plural=str(table.get("plural", table["name"])),
        scope=table["scope"],
        lead=lead,
        lead_unnamed=_lines(table, "lead_unnamed", path, key) or lead,
        lead_privy_counsellor=_lines(table, "lead_privy_counsellor", path, key) or lead,
        salutations={
            language: _lines(forms, language, path, key, "salutation")
            for forms in (_table(table, "salutation", path, key),)
            for language in forms
        },
        styled={
            name: {str(style): str(form) for style, form in forms.items()}
            for name, forms in _table(table, "styled", path, key).items()
        },
        closes={name: str(text) for name, text in _table(table, "close", path, key).items()},
        address=_address(key, _table(table, "address", path, key), path),
    )


def _table(table: Mapping[str, Any], name: str, path: Path, key: str) -> Mapping[str, Any]:
    value = table.get(name, {})
    if not isinstance(value, dict):
        raise _fault(path, key, name, what=f"{name} is a table")
    return value


def _lines(table: Mapping[str, Any], name: str, path: Path, *steps: str) -> tuple[str, ...]:
    value = table.get(name, [])
    if not isinstance(value, list) or not all(isinstance(line, str) for line in value):
        raise _fault(path, *steps, name, what=f"{name} is a list of lines")
    for line in value:
        for unknown in set(_FIELD.findall(line)) - FIELDS:
            raise _fault(path, *steps, name, what=f"no field {{{unknown}}}; there are {', '.join(sorted(FIELDS))}")
    return tuple(value)


def _address(key: str, table: Mapping[str, Any], path: Path) -> Office | None:
    for unknown in table.keys() - _ADDRESS:
        raise _fault(path, key, "address", what=f"an address has no {unknown}")
    if not table:
        return None
    parts = {name: str(table.get(name, "")) for name in _ADDRESS}
    return Office(
        id=f"{key}-capitol",
        kind="capitol",
        street=parts["street"],
        suite=parts["suite"],
        building=parts["building"],
        city=parts["city"],
        state=parts["state"],
        zip=parts["zip"],
        country=parts["country"] or "US",
    )


def _fault(path: Path, *steps: str, what: str) -> InputError:
    line = toml.line_of(path, *filter(None, steps))
    return InputError(f"{path}:{line}: {steps[0]}: {what}", f"Compare with {folders.templates() / FILE}.")


def posts() -> Mapping[str, Official]:
    """The built-in posts by id, which is the key of their role; each has the one office of its role."""
    return {key: _post(role) for key, role in roles().items() if role.scope == "post"}


def post(key: str) -> Official | None:
    """The post of that id without its holder, or None."""
    found = roles().get(key)
    return _post(found) if found is not None and found.scope == "post" else None


def _post(role: Role) -> Official:
    division = "ocd-division/country:us" if role.key.startswith("us-") else ""
    return Official(
        id=role.key,
        role=role.key,
        division=division,
        offices=(role.address,) if role.address else (),
        source="built in",
    )
