"""Who answers for a place on a day, and how sure that is."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from plea.model import Answer, Candidate, Official, Place, Status
from plea.officials.candidates import HOUSE, has_ended, house, in_words, seated, senators
from plea.officials.locate import Located, locate
from plea.officials.roles import roles as known_roles
from plea.officials.states import STATE_NAMES, has_senators, house_role

if TYPE_CHECKING:
    from plea.officials.directory import Directory

CLOSING = timedelta(days=45)
"""An office that ends packs up weeks before."""

_BY_PLACE = ("us-senator", *HOUSE, "governor")
_LEGISLATORS = ("state-senator", "state-representative")


def find(directory: "Directory", place: Place, on: date, roles: Iterable[str] | None = None) -> Answer:
    """The seats that answer for the place: both senators, the House seat or seats, the governor where one is known.

    With roles, those alone; `us-representative` stands for whoever sits in the House for the place. Other roles (posts,
    chairs, mayors, state legislators) come only when asked for. Raises MendableError for a place that contradicts
    itself. A role that is none of the built-in ones is looked for among the officials that were imported.
    """
    wanted = tuple(dict.fromkeys(roles)) if roles is not None else _BY_PLACE
    located = locate(directory, place, on)
    candidates: list[Candidate] = []
    notes = list(located.notes)
    for key in wanted:
        found = tuple(_of_role(directory, key, place, located, on))
        candidates += [one for one in found if one not in candidates]
        notes += _absent(key, place, located) if not found and roles is not None else ()
    notes += _about(directory, located, candidates, on, asked=roles is not None)
    return Answer(tuple(candidates), tuple(dict.fromkeys(notes)))


def _of_role(directory: "Directory", key: str, place: Place, located: Located, on: date) -> Iterator[Candidate]:
    if key == "us-senator":
        for state in filter(has_senators, located.states):
            yield from senators(directory, state, on, certain=len(located.states) == 1)
    elif key in HOUSE:
        yield from (one for one in house(directory, located, on) if key in {HOUSE[0], one.role})
    elif key == "governor":
        for state in located.states:
            yield from _settled(directory.by_role(key, state), key, on, certain=len(located.states) == 1)
    else:
        yield from _others(directory, key, place, located, on)


def _settled(officials: Iterable[Official], key: str, on: date, *, certain: bool) -> Iterator[Candidate]:
    known = sorted(officials, key=lambda one: (has_ended(one, on), one.id))
    still = [one for one in known if not has_ended(one, on)]
    for official in still or known[:1]:
        yield seated(official, key, key, official.division, on, certain=certain)


def _others(directory: "Directory", key: str, place: Place, located: Located, on: date) -> Iterator[Candidate]:
    """Posts are certain. Of other roles the place does not settle who it is, except a mayor's town."""
    scope = _scope(key)
    if scope == "post":
        yield from _settled(directory.by_role(key, on=on), key, on, certain=True)
        return
    for official in directory.by_role(key):
        elsewhere = official.state and located.states and official.state not in located.states
        other_town = place.city and scope == "place" and official.place.casefold() != place.city.casefold()
        if (elsewhere and scope != "committee") or other_town:
            continue
        certain = bool(place.city) and scope == "place" and official.state in located.states
        yield seated(official, key, key, official.division, on, certain=certain)


def _absent(key: str, place: Place, located: Located) -> Iterator[str]:
    """Why a role that was asked for gave nobody."""
    name = _role_name(key)
    if key in _BY_PLACE and not located.states:
        if not (place.zip or place.state or place.district):
            yield f"Whose {name} it is depends on the place: give --zip, --state or --district."
    elif key not in {"us-senator", *HOUSE}:
        yield f"The directory has no {name} for this place; `plea officials import` reads openstates and CSV files."


def _about(
    directory: "Directory", located: Located, candidates: list[Candidate], on: date, *, asked: bool
) -> Iterator[str]:
    for state in located.states:
        if not has_senators(state):
            name = STATE_NAMES[state]
            yield f"{name[:1].upper()}{name[1:]} has no senators, and one {_role_name(house_role(state))} in the House."
        if not asked and any(directory.has_role(key, state) for key in _LEGISLATORS):
            yield (
                f"State legislators of {STATE_NAMES[state]} are in the directory, but a ZIP code does not tell their "
                f"districts: `plea officials find --state {state} --role state-representative` lists them."
            )
    yield from _ending(candidates, on)


def _ending(candidates: list[Candidate], on: date) -> Iterator[str]:
    """Whose offices may be closing."""
    ends: dict[date, list[str]] = {}
    for one in candidates:
        end = one.official.end if one.official and one.status in {Status.CERTAIN, Status.POSSIBLE} else None
        if one.official and end and end - on <= CLOSING:
            ends.setdefault(end, []).append(one.official.name)
    for end, names in sorted(ends.items()):
        terms = "the term of" if len(names) == 1 else "the terms of"
        listed = ", ".join(names).removesuffix(".")  # the sentence has a full stop, as `Jr.` has
        yield f"Ending on {in_words(end)}: {terms} {listed}. Unless it is renewed, an office may be closing by then."


def _scope(key: str) -> str:
    known = known_roles().get(key)
    return known.scope if known else "place"


def _role_name(key: str) -> str:
    known = known_roles().get(key)
    return known.name if known else key
