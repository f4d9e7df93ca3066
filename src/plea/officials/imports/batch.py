"""What one file, or one folder of files of a kind, gives to the directory."""

import hashlib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from plea.model import Office, Official

MEMBERS = "members"
DISTRICT_OFFICES = "district-offices"
COMMITTEES = "committees"
COMMITTEE_MEMBERS = "committee-members"
EXECUTIVE = "executive"
ZIP_TABLE = "zip-table"
ZIP_CENTRES = "zip-centres"
OWN = "csv-"
"""How the kind of a table of one's own begins; its name follows."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where something was read. `date` is the file's own date where it is known; `etag` and `last_modified` as sent."""

    name: str
    location: str
    date: str
    sha256: str
    size: int
    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds a post, from `start` until the day `end` where those are known."""

    post: str
    name: str
    last_name: str
    style: str = ""
    start: date | None = None
    end: date | None = None


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat on a committee, as the data has it."""

    official: str
    committee: str
    title: str


@dataclass(slots=True)
class Batch:
    """Everything of one kind; it replaces what the directory had of that kind.

    `says` are the counts for the person, such as "537 members of Congress".
    """

    kind: str
    sources: list[Source]
    officials: list[Official] = field(default_factory=list)
    offices: list[tuple[str, Office]] = field(default_factory=list)
    committees: list[tuple[str, str]] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)
    holders: list[Holder] = field(default_factory=list)
    zips: list[tuple[str, str, int]] = field(default_factory=list)
    congress: int = 0
    centres: list[tuple[str, float, float]] = field(default_factory=list)
    says: list[str] = field(default_factory=list)


def source_of(path: Path, content: bytes) -> Source:
    """The source of a file on this machine; its date is the day it was last changed."""
    changed = date.fromtimestamp(path.stat().st_mtime)  # noqa: DTZ012 (the day on this machine's calendar)
    return Source(
        name=path.name,
        location=str(path.absolute()),
        date=changed.isoformat(),
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
    )
