"""What letters are made from, opened for one person's wishes; and whether the wishes go together with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from plea.asks.pack import Pack, load_pack
from plea.errors import MachineError, UsageError
from plea.letters.recipients import needs_directory
from plea.model.asks import Ask
from plea.model.people import Supporter
from plea.model.states import states_of_zip
from plea.officials.directory import Directory, open_directory
from plea.officials.roles import Role, roles
from plea.problems import Problem
from plea.supporters.address import country_code
from plea.supporters.check import check_supporter
from plea.system.folders import directory_file
from plea.writing.request import ENGLISH, Wishes

FIRST = ("refugee-intake", "diplomacy")  # what most people come for
ZIP_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Rooms:
    """What is on the shelves: the pack, its asks that were named, the roles, the directory where there is one."""

    pack: Pack
    asks: tuple[Ask, ...]
    roles: Mapping[str, Role]
    directory: Directory | None

    def known_pair(self, zip5: str, state: str) -> bool:
        """Whether the ZIP table lists the pair."""
        return self.directory is not None and self.directory.known_pair(zip5, state)

    def states_of(self, zip_code: str) -> tuple[str, ...]:
        """The states in which a ZIP may lie, by the ZIP table and, where it is silent, by the first digits."""
        listed = self.directory.states_of(zip_code[:ZIP_DIGITS]) if self.directory else ()
        return tuple(listed) or states_of_zip(zip_code)


def open_context(wishes: Wishes) -> Rooms:
    """The pack, the asks, the roles and the directory that the wishes need.

    Raises UsageError for an unknown ask, MachineError for a damaged directory that is needed.
    """
    pack = load_pack(wishes.pack)
    known_roles = roles(wishes.pack)
    keys = wishes.asks or (tuple(pack.asks) if len(pack.asks) == 1 else ())  # a pack of one ask needs no choice
    asks = tuple(pack.ask(key) for key in keys)
    needed = [not wishes.to, *(needs_directory(to, known_roles) for to in wishes.to)]
    return Rooms(pack, asks, known_roles, _directory(needed=any(needed)))


def _directory(*, needed: bool) -> Directory | None:
    """The directory, or None where there is none; a damaged one matters only where it is needed."""
    if not directory_file().is_file():
        return None
    try:
        return open_directory(directory_file())
    except MachineError:
        if needed:
            raise
        return None


def offered(pack: Pack) -> tuple[Ask, ...]:
    """The asks to choose among, in the order people look for them."""
    return tuple(pack.asks[key] for key in dict.fromkeys((*FIRST, *pack.asks)) if key in pack.asks)


def check_words(wishes: Wishes, asks: Sequence[Ask]) -> None:
    """That every reason, parameter and language exists in the asks; UsageError with what does."""
    reasons = [reason.key for ask in asks for reason in ask.reasons]
    _all_known("--reason", wishes.reasons, reasons, "`plea asks show` gives them in full.")
    _all_known("--param", wishes.params, [key for ask in asks for key in ask.params], "")
    for ask in asks:
        _all_known("--language", (wishes.language,), ask.languages, f"Those are what {ask.key} is written in.")


def _all_known(option: str, given: Sequence[str] | Mapping[str, str], known: Sequence[str], more: str) -> None:
    """UsageError for the first value that is unknown, with near ones or all."""
    for value in given:
        if value not in known:
            near = get_close_matches(value, known, n=2)
            start = f"Did you mean {' or '.join(near)}?" if near else f"There are {', '.join(dict.fromkeys(known))}."
            raise UsageError(f"{option}: there is no {value!r}", f"{start} {more}".strip())


def check_person(wishes: Wishes, rooms: Rooms) -> Supporter | tuple[Problem, ...]:
    """The supporter, or every problem with what was typed; a state that the ZIP settles is filled in."""
    raw = {"language": wishes.language, **wishes.person}
    if not raw.get("state") and raw.get("zip") and country_code(raw.get("country", "")) == "US":
        states = rooms.states_of(raw["zip"].strip())
        if len(states) == 1:
            raw["state"] = states[0]
    return check_supporter(raw, known_pair=rooms.known_pair)


def missing(wishes: Wishes, rooms: Rooms) -> tuple[str, ...]:
    """What a letter needs and that was not given: `ask`, fields of the person, `to`.

    A street is not among them, since the town may stand in.
    """
    person = wishes.person
    american = country_code(person.get("country", "")) == "US"
    absent = [] if rooms.asks else ["ask"]
    absent += [key for key in ("name", "city") if not person.get(key)]
    if american and not person.get("zip"):
        absent.append("zip")
    elif american and not person.get("state") and len(rooms.states_of(person["zip"])) > 1:
        absent.append("state")
    if wishes.language != ENGLISH and person.get("story") and not person.get("story_en"):
        absent.append("story_en")
    if not wishes.to:
        absent.append("to")
    return tuple(absent)
