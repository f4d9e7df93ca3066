"""What one person asks for, in values."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from plea.letters.recipients import NEAREST
from plea.model.letters import Printing
from plea.problems import Problem
from plea.supporters.text import text_problem, tidy_line

ENGLISH = "en"
MOST_REASONS = 3
GOOD_LENGTH = 120  # words of a story; more than that and the page runs over


@dataclass(frozen=True, slots=True)
class Wishes:
    """Everything one person's letters are asked for with.

    `person` holds only the fields that were given, as typed; `reasons_of` are reasons chosen for one ask by its key,
    `office_of` an office by the official's id.
    """

    asks: tuple[str, ...]
    person: Mapping[str, str]
    on: date
    out: Path
    printing: Printing
    to: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    params: Mapping[str, str] = field(default_factory=dict)
    language: str = ENGLISH
    formats: tuple[str, ...] = ("pdf",)
    office: str = NEAREST
    pack: Path | None = None
    enclosures: tuple[str, ...] = ()
    envelope_page: bool = False
    test_page: bool = False
    reasons_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    office_of: Mapping[str, str] = field(default_factory=dict)


def read_line(where: str, typed: str) -> str | Problem:
    """A line that is printed in letters and is no field of the person: an official's name, a parameter, an enclosure.

    A Problem for what may not stand there.
    """
    line = tidy_line(re.sub(r"[\t\r\n]+", " ", typed))
    return text_problem(where, line) or line
