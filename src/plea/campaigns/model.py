"""The nouns of a campaign: what is planned, what became of it, what a worker is given and gives back."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from plea.model.officials import Office, Official
from plea.model.people import Consent
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
class Settings:
    """Everything `campaign.toml` says, with what it leaves out filled in. Paths are absolute."""

    folder: Path
    name: str
    organiser: str
    contact: str
    asks: tuple[str, ...]
    pack: Path | None
    targets: tuple[str, ...]
    date: dt.date | None = None
    language: str = "en"
    supporters: Path = Path("supporters.csv")
    encoding: str = ""
    date_order: str = ""
    delivery: str = "post"
    offices: Mapping[str, str] = field(default_factory=dict)
    envelope: str = "us-10-single"
    large_print: bool = False
    font_paths: tuple[Path, ...] = ()
    formats: tuple[str, ...] = ("pdf",)
    params: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    consent_required: bool = True
    consent: Consent | None = None
    split_zips: str = "hold"
    approval: str = "optional"
    where: str = ""
    per_office: int = 0
    sample: int = 0
    seed: int = 1
    likeness_threshold: float = 0.8
    overlong: str = "hold"
    output: Path = Path("out")


@dataclass(frozen=True, slots=True)
class Planned:
    """One row x one ask x one official (or one seat, where nobody can be named).

    `identity` is campaign, person, official and ask; `version` a hash of everything that is printed; `letter_id` is
    both. `office_key` names the folder of the volumes: one official at one office. `order` sorts letters in an office.
    """

    identity: str
    version: str
    row: int
    supporter_id: str
    ask: str
    target: str
    official_id: str = ""
    office_id: str = ""
    office_key: str = ""
    order: str = ""
    outcome: Outcome = Outcome.PLANNED
    problems: tuple[Problem, ...] = ()
    supersedes: str = ""

    @property
    def letter_id(self) -> str:
        """The name of this letter in manifest, volumes and reports."""
        return f"{self.identity}-{self.version[:8]}"


@dataclass(frozen=True, slots=True)
class Destination:
    """One official at one office: where a volume goes."""

    official: Official
    office: Office


class LetterJob(NamedTuple):
    """One letter to make: everything about it that the rest of its volume does not share.

    `supporter` is JSON, as the ledger keeps it (`stored.supporter_of` reads it): text travels to a worker quickest.
    """

    letter_id: str
    row: int
    ask: str
    supporter: str


@dataclass(frozen=True, slots=True)
class VolumeJob:
    """One volume to make, at most 500 letters to one destination. Small enough to travel; opens nothing but the pack.

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
    broken: Mapping[str, str] = field(default_factory=dict)


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
