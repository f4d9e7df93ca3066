"""What one person asks for, what their letters are made from, and what is missing or wrong before any is made."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from plea.asks.pack import Pack, load_pack
from plea.errors import MachineError, UsageError
from plea.model.asks import Ask
from plea.model.letters import Printing
from plea.model.people import Supporter
from plea.model.states import ZIP_DIGITS, states_of_zip
from plea.officials.directory import Directory, open_directory
from plea.officials.recipients import NEAREST, needs_directory
from plea.officials.roles import Role, roles
from plea.problems import Problem
from plea.supporters.check import check_supporter, country_code
from plea.supporters.text import text_problem, tidy_line
from plea.system.folders import directory_file
from plea.system.similar import nearest

ENGLISH = "en"
MOST_REASONS = 3
GOOD_LENGTH = 120
"""Words of a story; with more than that the letter may not fit its page."""

FIRST_ASKS = ("refugee-intake", "diplomacy")
"""Offered before the others: what most people come for."""


@dataclass(frozen=True, slots=True)
class LetterRequest:
    """Everything one person asks for.

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


@dataclass(frozen=True, slots=True)
class WritingContext:
    """What letters are made from: the pack, the asks that were chosen, the roles, the directory where there is one."""

    pack: Pack
    asks: tuple[Ask, ...]
    roles: Mapping[str, Role]
    directory: Directory | None

    def known_pair(self, zip5: str, state: str) -> bool:
        """Whether the ZIP table lists the pair."""
        return self.directory is not None and self.directory.known_pair(zip5, state)

    def states_of(self, zip_code: str) -> tuple[str, ...]:
        """The states in which a ZIP code may lie, by the ZIP table, or by the first digits where it has none."""
        listed = self.directory.states_of(zip_code[:ZIP_DIGITS]) if self.directory else ()
        return tuple(listed) or states_of_zip(zip_code)


def open_context(request: LetterRequest) -> WritingContext:
    """The pack, the asks, the roles and the directory that the request needs.

    Raises UsageError for an unknown ask, MachineError for a damaged directory that is needed.
    """
    pack = load_pack(request.pack)
    pack_roles = roles(request.pack)
    keys = request.asks or (tuple(pack.asks) if len(pack.asks) == 1 else ())  # a pack of one ask needs no choice
    directory = None
    if directory_file().is_file():
        try:
            directory = open_directory(directory_file())
        except MachineError:
            if not request.to or any(needs_directory(to, pack_roles) for to in request.to):
                raise
    return WritingContext(pack, tuple(pack.ask(key) for key in keys), pack_roles, directory)


def asks_to_offer(pack: Pack) -> tuple[Ask, ...]:
    """The asks to choose from, those most people come for first."""
    return tuple(pack.asks[key] for key in dict.fromkeys((*FIRST_ASKS, *pack.asks)) if key in pack.asks)


def check_choices(request: LetterRequest, asks: Sequence[Ask]) -> None:
    """Raises UsageError for a reason, parameter or language that none of the asks has, with those there are."""

    def check(code: str, option: str, chosen: Sequence[str] | Mapping[str, str], known: Sequence[str]) -> None:
        for key in chosen:
            if key not in known:
                similar = nearest(key, known)
                raise UsageError(code, option, key=key, known=(similar,) if similar else tuple(dict.fromkeys(known)))

    check("option.unknown_reason", "--reason", request.reasons, [reason.key for ask in asks for reason in ask.reasons])
    check("param.unknown", "--param", request.params, [key for ask in asks for key in ask.params])
    for ask in asks:
        check("language.unknown", "--language", (request.language,), ask.languages)


def check_person(request: LetterRequest, context: WritingContext) -> Supporter | tuple[Problem, ...]:
    """The supporter, or every problem with what was typed; a state that follows from the ZIP code is filled in."""
    raw = {"language": request.language, **request.person}
    if not raw.get("state") and raw.get("zip") and country_code(raw.get("country", "")) == "US":
        states = context.states_of(raw["zip"].strip())
        if len(states) == 1:
            raw["state"] = states[0]
    return check_supporter(raw, known_pair=context.known_pair)


def missing_fields(request: LetterRequest, context: WritingContext) -> tuple[str, ...]:
    """What a letter needs and was not given: `ask`, fields of the person, `to`.

    A street is not among them: the city is enough.
    """
    person = request.person
    in_us = country_code(person.get("country", "")) == "US"
    missing = [] if context.asks else ["ask"]
    missing += [key for key in ("name", "city") if not person.get(key)]
    if in_us and not person.get("zip"):
        missing.append("zip")
    elif in_us and not person.get("state") and len(context.states_of(person["zip"])) > 1:
        missing.append("state")
    if request.language != ENGLISH and person.get("story") and not person.get("story_en"):
        missing.append("story_en")
    if not request.to:
        missing.append("to")
    return tuple(missing)


def read_line(where: str, typed: str) -> str | Problem:
    """A line that is printed in letters (an official's name, a parameter, an enclosure), or why it cannot be."""
    line = tidy_line(re.sub(r"[\t\r\n]+", " ", typed))
    return text_problem(where, line) or line
