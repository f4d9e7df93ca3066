"""From what was asked for to the letters themselves, without a word to anybody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches

from plea.asks.pack import Pack, load_pack
from plea.cli.wishes import Wishes
from plea.errors import MachineError, UsageError
from plea.letters.compose import ComposeRequest, compose, is_for
from plea.letters.offices import Nearest, choose_offices
from plea.letters.targets import Targets, needs_directory, resolve
from plea.letters.unnamed import REPRESENTATIVES
from plea.machine.folders import directory_file
from plea.model import Ask, Letter, Office, Official, Place, Problem, Supporter
from plea.officials.directory import Directory, open_directory
from plea.officials.nearest import nearest_office
from plea.officials.roles import Role, roles
from plea.supporters.address import country_code, states_of_zip
from plea.supporters.care import story_warnings
from plea.supporters.check import check_supporter

ENGLISH = "en"
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


@dataclass(frozen=True, slots=True)
class Draft:
    """The letters, the signer's copies of them, what keeps others from being made, what the person should know."""

    supporter: Supporter
    officials: tuple[Official, ...]
    letters: tuple[Letter, ...]
    copies: tuple[Letter, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def open_rooms(wishes: Wishes) -> Rooms:
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


def missing_options(wishes: Wishes, rooms: Rooms) -> tuple[str, ...]:
    """The options a letter needs and that were not given; a street is not among them, since the town may stand in."""
    person = wishes.person
    american = country_code(person.get("country", "")) == "US"
    missing = [key for key in ("name", "city") if not person.get(key)]
    if american and not person.get("zip"):
        missing.append("zip")
    elif american and not person.get("state") and len(rooms.states_of(person["zip"])) > 1:
        missing.append("state")
    if wishes.language != ENGLISH and person.get("story") and not person.get("story_en"):
        missing.append("story-en")
    if not wishes.to:
        missing.append("to")
    return (*(("ASK",) if not rooms.asks else ()), *(f"--{key}" for key in missing))


def place_of(supporter: Supporter) -> Place:
    """Where the supporter lives, for a look-up."""
    if supporter.country != "US":
        return Place(city=supporter.city)
    return Place(
        state=supporter.state, zip=supporter.zip[:ZIP_DIGITS], district=supporter.district, city=supporter.city
    )


def make_draft(wishes: Wishes, supporter: Supporter, rooms: Rooms) -> Draft:
    """Every letter that can be made, one for each ask and official it is for.

    Raises UsageError for an ask and officials that do not go together, MendableError for a template or a fact.
    """
    _roles_fit(wishes, rooms)
    targets = resolve(wishes.to, place_of(supporter), rooms.directory, wishes.on, rooms.roles)
    _all_asked(rooms.asks, targets)
    offices = offices_of(wishes, supporter, rooms, targets.chosen)
    requests = [
        ComposeRequest(
            pack=rooms.pack,
            ask=ask,
            supporter=supporter,
            official=official,
            role=rooms.roles[official.role],
            office=offices[official.id],
            on=wishes.on,
            reasons=wishes.reasons_of.get(ask.key) or tuple(key for key in wishes.reasons if ask.reason(key)),
            params={key: value for key, value in wishes.params.items() if key in ask.params},
            enclosures=wishes.enclosures,
        )
        for ask in rooms.asks
        for official in targets.chosen
        if is_for(ask, official.role)
    ]
    own = [] if wishes.language == ENGLISH else requests
    return Draft(
        supporter=supporter,
        officials=targets.chosen,
        letters=tuple(compose(request) for request in requests),
        copies=tuple(compose(replace(request, language=wishes.language, signers_copy=True)) for request in own),
        problems=targets.problems,
        warnings=(
            *_doubts(supporter, rooms, targets.chosen, wishes.on),
            *story_warnings(supporter.story),
            *story_warnings(supporter.story_en, "story_en"),
        ),
    )


def _doubts(supporter: Supporter, rooms: Rooms, officials: Sequence[Official], on: date) -> tuple[Problem, ...]:
    """A word on a House district that the ZIP table does not list for the ZIP; the district given decides."""
    place = place_of(supporter)
    house = any(official.role in REPRESENTATIVES for official in officials)
    if rooms.directory is None or not (house and place.zip and place.district):
        return ()
    seats = [one.seat for one in rooms.directory.find(replace(place, district=""), on, REPRESENTATIVES).candidates]
    if not seats or place.district in seats or any("?" in seat for seat in seats):
        return ()
    listed = " or ".join(seats)
    return (
        Problem("--district", f"the ZIP table lists {place.zip} in {listed}, not in {place.district}", "Look again."),
    )


def offices_of(
    wishes: Wishes, supporter: Supporter, rooms: Rooms, officials: Sequence[Official]
) -> Mapping[str, Office]:
    """The office each official's letter goes to, by the official's id."""
    offices = dict(choose_offices(officials, wishes.office, nearest_to(supporter, rooms)))
    for official in officials:
        own = official.office(wishes.office_of.get(official.id, ""))
        if own:
            offices[official.id] = own
    return offices


def nearest_to(supporter: Supporter, rooms: Rooms) -> Nearest:
    """What gives the office nearest to the supporter."""
    zip5 = supporter.zip[:ZIP_DIGITS] if supporter.country == "US" else ""
    return lambda official: nearest_office(official, zip5, rooms.directory)


def _roles_fit(wishes: Wishes, rooms: Rooms) -> None:
    """UsageError for a `--to` whose role none of the asks is for; a seat that cannot be named is another matter."""
    for to in wishes.to:
        role = to.partition(":")[0]
        if role in rooms.roles and not any(is_for(ask, role) for ask in rooms.asks):
            raise _not_for(rooms.asks, role)


def _all_asked(asks: Sequence[Ask], targets: Targets) -> None:
    """UsageError when an official has no ask, or an ask nobody to go to though everybody could be named."""
    for official in targets.chosen:
        if not any(is_for(ask, official.role) for ask in asks):
            raise _not_for(asks, official.role)
    for ask in asks:
        if not targets.problems and not any(is_for(ask, official.role) for official in targets.chosen):
            raise _not_for((ask,), " or ".join(dict.fromkeys(official.role for official in targets.chosen)))


def _not_for(asks: Sequence[Ask], role: str) -> UsageError:
    """The error of an ask that is not for a role."""
    known = dict.fromkeys(role for ask in asks for role in ask.roles)
    names = " and ".join(ask.key for ask in asks)
    return UsageError(
        f"--to: {names} {'is' if len(asks) == 1 else 'are'} not for {role}", f"Write to {', '.join(known)}."
    )
