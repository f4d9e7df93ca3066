"""From what was asked for to the letters themselves, without a word to anybody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from plea.errors import UsageError
from plea.letters.compose import ComposeRequest, compose, is_for
from plea.letters.recipients import Nearest, Targets, choose_offices, resolve
from plea.model.asks import Ask
from plea.model.letters import Letter
from plea.model.officials import Office, Official, Residence
from plea.model.people import Supporter
from plea.model.states import HOUSE_ROLES
from plea.officials.lookup import nearest_office
from plea.problems import Problem, old_problem
from plea.supporters.privacy_warnings import story_warnings
from plea.writing.context import ZIP_DIGITS, Rooms
from plea.writing.request import ENGLISH, Wishes


@dataclass(frozen=True, slots=True)
class Draft:
    """The letters, the signer's copies of them, what keeps others from being made, what the person should know."""

    supporter: Supporter
    officials: tuple[Official, ...]
    letters: tuple[Letter, ...]
    copies: tuple[Letter, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def place_of(supporter: Supporter) -> Residence:
    """Where the supporter lives, for a look-up."""
    if supporter.country != "US":
        return Residence(city=supporter.city)
    return Residence(
        state=supporter.state, zip=supporter.zip[:ZIP_DIGITS], district=supporter.district, city=supporter.city
    )


def make_draft(wishes: Wishes, supporter: Supporter, rooms: Rooms) -> Draft:
    """Every letter that can be made, one for each ask and official it is for.

    Raises UsageError for an ask and officials that do not go together, InputError for a template or a fact.
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
    house = any(official.role in HOUSE_ROLES for official in officials)
    if rooms.directory is None or not (house and place.zip and place.district):
        return ()
    seats = [one.seat for one in rooms.directory.find(replace(place, district=""), on, HOUSE_ROLES).candidates]
    if not seats or place.district in seats or any("?" in seat for seat in seats):
        return ()
    listed = " or ".join(seats)
    return (
        old_problem(
            "--district", f"the ZIP table lists {place.zip} in {listed}, not in {place.district}", "Look again."
        ),
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
