"""What a campaign is made of: destinations, letters and volumes to make, and what became of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from plea.model.officials import Office, Official
from plea.problems import Problem


class Outcome(StrEnum):
    """What became of a planned letter, or of a row. `planned` is not yet made."""

    PLANNED = "planned"
    MADE = "made"
    REJECTED = "rejected"
    HELD = "held"
    DUPLICATE = "duplicate"
    SUPPRESSED = "suppressed"


@dataclass(frozen=True, slots=True)
class Destination:
    """One official at one office: where volumes go."""

    official: Official
    office: Office


class LetterJob(NamedTuple):
    """One letter to make: everything about it that the rest of its volume does not share.

    `supporter` is JSON, as the ledger keeps it (`serialize.supporter_of` reads it): text travels to a worker quickest.
    """

    letter_id: str
    row: int
    ask: str
    supporter: str


@dataclass(frozen=True, slots=True)
class VolumeJob:
    """One volume to make: some hundred letters to one destination. Small enough to travel; opens nothing but the pack.

    `singles` are the formats that each letter is wanted in by itself. `broken` are letters that broke every worker that
    tried them, by id, with what happened.
    """

    file: str
    destination: Destination
    letters: tuple[LetterJob, ...]
    pack: Path | None
    on: date
    language: str
    params: Mapping[str, str]
    campaign: Mapping[str, str]
    profile: str
    large_print: bool
    font_paths: tuple[Path, ...]
    overlong: str
    singles: tuple[str, ...] = ()
    broken: Mapping[str, Problem] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LetterMade:
    """Where in its volume a letter stands (`page` counts from 1), or the problems that kept it out."""

    letter_id: str
    page: int = 0
    pages: int = 0
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class VolumeMade:
    """A finished volume: its bytes, and what became of each letter of the job. No bytes when no letter was good.

    `singles` are the files of letters by themselves: their names and their bytes.
    """

    file: str
    content: bytes
    letters: tuple[LetterMade, ...]
    singles: tuple[tuple[str, bytes], ...] = ()
