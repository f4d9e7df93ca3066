"""Bills of Congress: what letters say of them, and how an official stands to one whose status was fetched."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from plea.model.asks import Source
from plea.model.congress import Chamber

# Kinds of legislation as BILLSTATUS files name them, and as Congress writes their numbers.
_KINDS: Mapping[str, str] = {
    "hr": "H.R.",
    "hres": "H.Res.",
    "hjres": "H.J.Res.",
    "hconres": "H.Con.Res.",
    "s": "S.",
    "sres": "S.Res.",
    "sjres": "S.J.Res.",
    "sconres": "S.Con.Res.",
}
_NUMBER = re.compile(rf"(?P<kind>{'|'.join(_KINDS)})(?P<number>[1-9]\d{{0,4}})")


def is_number(text: str) -> bool:
    """Whether the text is the number of a bill or resolution as files name them: `hr6870`, `sjres54`."""
    return _NUMBER.fullmatch(text) is not None


def kind_of_number(number: str) -> str:
    """The kind of legislation in a number: `hr` of `hr6870`."""
    match = _NUMBER.fullmatch(number)
    assert match
    return match["kind"]


def number_in_words(number: str) -> str:
    """The number as Congress writes it: `H.R. 6870` for `hr6870`; empty for an empty one."""
    match = _NUMBER.fullmatch(number)
    return f"{_KINDS[match['kind']]} {match['number']}" if match else ""


def chamber_of_number(number: str) -> Chamber:
    """The chamber in which the bill of that number was introduced."""
    return Chamber.HOUSE if number.startswith("h") else Chamber.SENATE


def bill_id(congress: int, number: str) -> str:
    """What a bill is known by among those of all Congresses: `119hr6870`."""
    return f"{congress}{number}"


@dataclass(frozen=True, slots=True)
class Bill:
    """A bill that letters may speak of, as a pack names it.

    `number` is its own (`hr6870`), `companion` that of the same bill in the other chamber, empty if none is known.
    `name` and `does` (what it would do, a sentence) are keyed by language. `source` says where that was read.
    """

    key: str
    congress: int
    number: str
    name: Mapping[str, str]
    does: Mapping[str, str]
    source: Source
    companion: str = ""
    file: Path | None = None
    line: int = 0

    @property
    def numbers(self) -> Mapping[Chamber, str]:
        """Its number in each chamber that has it, its own first."""
        return {chamber_of_number(number): number for number in (self.number, self.companion) if number}


class Part(StrEnum):
    """What an official has to do with a bill of their own chamber, as far as its status was fetched."""

    SPONSOR = "sponsor"
    COSPONSOR = "cosponsor"
    NEITHER = "neither"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Standing:
    """A bill whose status was fetched, and how one official stands to it.

    `bill` is its id (`119hr6870`). `cosponsor_since` is the day on which the official joined it; None for whoever did
    not, or withdrew. `committees` are the ids of those it lies before, `companion` is the number of the same bill in
    the other chamber.
    """

    bill: str
    is_sponsor: bool = False
    cosponsor_since: date | None = None
    committees: tuple[str, ...] = ()
    companion: str = ""
    is_law: bool = False
