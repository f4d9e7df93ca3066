"""Asks, their reasons, and the facts that letters state."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Protocol, TypeVar

from plea.messages.message import N_

TOPICS = ("people", "aid", "crimes", "talks", "refugees")
"""What a fact about a crisis may be about: who is uprooted, aid, crimes and justice, talks, who must be resettled."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact was read: only the title is always there. `day` is the day of the source."""

    title: str
    publisher: str = ""
    url: str = ""
    day: date | None = None

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.title, self.publisher, self.url, str(self.day or ""))))


@dataclass(frozen=True, slots=True)
class Fact:
    """A dated statement with where it was read.

    `text` is keyed by language, `parts` by part and then language (`parts["bill"]["en"]`). `review_by` is the last day
    on which the statement may be made in the present tense; None when the sentence carries its own date.
    `crisis` is the crisis it is about; empty when it holds for any. `topics` are those of TOPICS that it is about.
    """

    key: str
    text: Mapping[str, str]
    sources: tuple[Source, ...]
    as_of: date
    review_by: date | None = None
    crisis: str = ""
    topics: tuple[str, ...] = ()
    parts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    file: Path | None = None
    line: int = 0

    @property
    def source(self) -> str:
        """Where it was read, in one line."""
        return "; ".join(map(str, self.sources))

    def has_expired(self, on: date) -> bool:
        """Whether the day is past the last one on which the fact may be stated."""
        return self.review_by is not None and on > self.review_by


FRAMINGS: Mapping[str, str] = {
    "faith": N_("Faith"),
    "conscience": N_("Conscience"),
    "security": N_("Security"),
    "economy": N_("The economy"),
    "law": N_("The law"),
    "neighbors": N_("Neighbors"),
    "veterans": N_("Veterans"),
    "peace": N_("Peace"),
}
"""What a reason may argue from, with its name, in the order in which they are shown."""
OTHER_REASONS = N_("Other reasons")


@dataclass(frozen=True, slots=True)
class Reason:
    """A paragraph that supports an ask, chosen by its one-line `name`; both keyed by language.

    `text` is template source. `framing` is what it argues from, one of FRAMINGS, or empty where the pack does not say.
    `line` is where it starts in the ask's `ask.toml`.
    """

    key: str
    name: Mapping[str, str]
    text: Mapping[str, str]
    framing: str = ""
    line: int = 0


class Framed(Protocol):
    """A reason, or what a screen shows of one."""

    @property
    def framing(self) -> str:
        """One of FRAMINGS, or empty."""


AnyReason = TypeVar("AnyReason", bound=Framed)


def by_framing(reasons: Iterable[AnyReason]) -> Sequence[tuple[str, Sequence[AnyReason]]]:
    """Reasons in groups, each with its name (to be translated), those without a framing last.

    One group without a name when none has a framing.
    """
    groups: dict[str, list[AnyReason]] = {framing: [] for framing in (*FRAMINGS, "")}
    for reason in reasons:
        groups[reason.framing].append(reason)
    if groups[""] and not any(groups[framing] for framing in FRAMINGS):
        return [("", groups[""])]
    return [(FRAMINGS.get(framing, OTHER_REASONS), group) for framing, group in groups.items() if group]


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
