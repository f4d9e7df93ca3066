"""Asks, their reasons, and the facts that letters state."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Fact:
    """A dated statement with its source.

    `text` is keyed by language, `parts` by part and then language (`parts["bill"]["en"]`). `review_by` is the last day
    on which the statement may be made in the present tense; None when the sentence carries its own date.
    `crisis` is the crisis it is about; empty when it holds for any.
    """

    key: str
    text: Mapping[str, str]
    source: str
    as_of: date
    review_by: date | None = None
    crisis: str = ""
    parts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    file: Path | None = None
    line: int = 0

    def has_expired(self, on: date) -> bool:
        """Whether the day is past the last one on which the fact may be stated."""
        return self.review_by is not None and on > self.review_by


@dataclass(frozen=True, slots=True)
class Reason:
    """A paragraph that supports an ask, chosen by its one-line `name`; both keyed by language.

    `text` is template source. `line` is where it starts in the ask's `ask.toml`.
    """

    key: str
    name: Mapping[str, str]
    text: Mapping[str, str]
    line: int = 0


class Act(StrEnum):
    """What kind of act a letter asks for; lobbying rules count the two apart."""

    LEGISLATIVE = "legislative"
    EXECUTIVE = "executive"


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing an official is asked to do, and the folder of the letter that asks it.

    `roles` maps each role the letter is for to the kind of act it asks; `acts` says the act in one line per role
    (for lists on screen). `params` are the parameters with their defaults.
    """

    key: str
    title: Mapping[str, str]
    summary: Mapping[str, str]
    roles: Mapping[str, Act]
    acts: Mapping[str, Mapping[str, str]]
    reasons: tuple[Reason, ...]
    default_reasons: tuple[str, ...]
    params: Mapping[str, str]
    languages: tuple[str, ...]
    folder: Path

    def reason(self, key: str) -> Reason | None:
        """The reason of that key, or None."""
        return next((reason for reason in self.reasons if reason.key == key), None)
