"""The people who sign: what they gave, and what became of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from plea.problems import Problem


@dataclass(frozen=True, slots=True)
class Supporter:
    """The person whose letter it is; checked, except that a letter may need a field the person left empty."""

    name: str
    street: str = ""
    city: str = ""
    state: str = ""
    zip: str = ""
    country: str = "US"
    email: str = ""
    phone: str = ""
    story: str = ""
    story_en: str = ""
    translated_by: str = ""
    name_latin: str = ""
    language: str = "en"
    reasons: tuple[str, ...] = ()
    district: str = ""
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Row:
    """A data row of a table, counted from 1: its fields under our own column names, and its cells as they stood."""

    number: int
    fields: Mapping[str, str]
    cells: tuple[str, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Consent:
    """When, where and to what text a person agreed that a letter is sent in their name."""

    at: date
    source: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Signer:
    """A row that can sign: the supporter, their consent, an id from person and place, and warnings.

    `identity_keys` are every key by which the same person may be recognised again (e-mail; name and place).
    """

    row: int
    id: str
    supporter: Supporter
    consent: Consent | None
    identity_keys: tuple[str, ...]
    warnings: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that cannot sign, with all its problems."""

    row: int
    problems: tuple[Problem, ...]
