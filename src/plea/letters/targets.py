"""Whom to write to: what `--to` names, as officials; and what cannot be named, as problems."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Protocol

from plea.errors import UsageError
from plea.letters.named import named_official
from plea.letters.terms import ended, ending_soon
from plea.model import Answer, Candidate, Official, Place, Problem, Status
from plea.officials.posts import posts
from plea.officials.roles import Role

REPRESENTATIVES = ("us-representative", "us-delegate", "us-resident-commissioner")
CHAIR = "committee-chair"
CHAIR_ID = "us-chair-"


class Lookup(Protocol):
    """What a directory of officials must be able to answer."""

    def official(self, id: str) -> Official | None:  # noqa: A002 (the directory's own word)
        """The official of that id."""

    def find(self, place: Place, on: date, roles: Sequence[str] | None = None) -> Answer:
        """The seats that answer for a place."""

    def by_role(self, role: str) -> Sequence[Official]:
        """Every official of a role."""


@dataclass(frozen=True, slots=True)
class Targets:
    """The officials to write to, each once; every reason why one could not be named; what to know about the others.

    `candidates` are the seats that were looked up, for a person to choose among.
    """

    chosen: tuple[Official, ...]
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    candidates: tuple[Candidate, ...] = ()


def needs_directory(to: str, roles: Mapping[str, Role]) -> bool:
    """Whether a directory is needed to find `to`: not for a post, not for a role with a name."""
    role, colon, _ = to.partition(":")
    return to not in posts() and not (colon and role in roles)


def resolve(to: Sequence[str], place: Place, directory: Lookup | None, on: date, roles: Mapping[str, Role]) -> Targets:
    """The officials that roles, ids and `role:Name` mean for a place on a day; UsageError for what means nothing.

    Seats that are vacant, split or unknown and terms that have ended are problems, never guesses.
    """
    chosen: dict[str, Official] = {}
    problems: list[Problem] = []
    candidates: list[Candidate] = []
    for target in to:
        for found in _resolve_one(target, place, directory, on, roles):
            if isinstance(found, Problem):
                problems.append(found)
            elif isinstance(found, Candidate):
                candidates.append(found)
            else:
                chosen.setdefault(found.id, found)
    warnings = (ending_soon(official, on) for official in chosen.values())
    return Targets(
        tuple(chosen.values()),
        tuple(dict.fromkeys(problems)),
        tuple(warning for warning in warnings if warning),
        tuple(candidates),
    )


Found = Official | Problem | Candidate


def _resolve_one(
    target: str, place: Place, directory: Lookup | None, on: date, roles: Mapping[str, Role]
) -> Iterator[Found]:
    """What one `--to` means."""
    key, colon, name = target.partition(":")
    if colon and key in roles:
        yield named_official(roles[key], name, place, f"--to {target}")
    elif target in posts():
        yield (directory and directory.official(target)) or posts()[target]
    elif directory is None:
        yield Problem(
            f"--to {target}",
            f"who {target} is stands in the directory of officials, and there is none yet",
            "Fetch it with `plea officials update`, read it with `plea officials import PATH`, "
            f'or give the name yourself: --to "{target if target in roles else "us-senator"}:NAME".',
        )
    elif target == CHAIR:
        yield _which_chair(directory)
    elif target in roles:
        yield from _of_role(target, place, directory, on)
    else:
        yield from _by_id(target, directory, on, roles)


def _of_role(role: str, place: Place, directory: Lookup, on: date) -> Iterator[Found]:
    """The holders of a role for a place; one problem for each seat that nobody can be named for."""
    wanted = REPRESENTATIVES if role in REPRESENTATIVES else (role,)
    answer = directory.find(place, on, roles=wanted)
    yield from answer.candidates
    possible = [seat for seat in answer.candidates if seat.status in {Status.POSSIBLE, Status.UNKNOWN}]
    for seat in answer.candidates:
        if seat.status is Status.CERTAIN and seat.official:
            yield ended(seat.official, on) or seat.official
        elif seat.status is Status.VACANT:
            yield Problem(
                f"--to {role}", f"the seat {seat.seat} is vacant{_note(seat)}", "Leave it out until it is filled."
            )
        elif seat.status is Status.ENDED:
            yield _ended_seat(role, seat, on)
    if possible:
        yield _undecided(role, possible)
    if not answer.candidates:
        yield Problem(
            f"--to {role}", f"no {role} was found for {_in_words(place)}", _what_to_give(role, place, answer.notes)
        )


def _ended_seat(role: str, seat: Candidate, on: date) -> Problem:
    """The problem of a seat whose holder's term is over."""
    problem = seat.official and ended(seat.official, on)
    return problem or Problem(
        f"--to {role}", f"the term of the seat {seat.seat} has ended{_note(seat)}", "Fetch who holds it now."
    )


def _undecided(role: str, seats: Sequence[Candidate]) -> Problem:
    """The problem of a place that several districts share, with each of them named."""
    names = [f"{seat.seat} ({seat.official.name if seat.official else 'no name known'})" for seat in seats]
    if len(seats) == 1:
        return Problem(
            f"--to {role}",
            f"it is not certain that {names[0]} answers for this place{_note(seats[0])}",
            f"If it does, say so: --district {seats[0].seat}.",
        )
    return Problem(
        f"--to {role}",
        f"several districts share this place: {', '.join(names)}",
        f"Say which is yours: --district {seats[0].seat}, or ask the Census by street with --geocode.",
    )


def _which_chair(directory: Lookup) -> Problem:
    """The problem of a chair of no committee."""
    chairs = sorted(directory.by_role(CHAIR), key=lambda chair: chair.body)
    some = "; ".join(f"{chair.id.rpartition('-')[0]} ({chair.body})" for chair in chairs[:3])
    return Problem(
        f"--to {CHAIR}",
        "there are many committee chairs",
        f"Say which: {some}, ... `plea officials find --role {CHAIR}` lists them." if some else "Say which by id.",
    )


def _by_id(target: str, directory: Lookup, on: date, roles: Mapping[str, Role]) -> Iterator[Found]:
    """The official of an id, or the chair of a committee (`us-chair-SSFR`)."""
    official = directory.official(target)
    if official is None and target.startswith(CHAIR_ID):
        chairs = (chair for chair in directory.by_role(CHAIR) if chair.id.startswith(f"{target}-"))
        official = next(chairs, None)
    if official is None:
        raise unknown_target(target, roles)
    yield ended(official, on) or official


def unknown_target(target: str, roles: Mapping[str, Role]) -> UsageError:
    """The error of a `--to` that is neither role nor id, with what it may have meant."""
    near = get_close_matches(target, roles, n=1)
    meant = f"Did you mean {near[0]}? " if near else ""
    return UsageError(
        f"--to {target}: there is no role or official of that name",
        f"{meant}Give a role ({', '.join(list(roles)[:3])}, ...), an id from `plea officials find`, "
        'or a role with a name: "us-senator:Jane Doe".',
    )


def _what_to_give(role: str, place: Place, notes: Sequence[str]) -> str:
    """What would let a seat be found."""
    if notes:
        return " ".join(notes)
    if not place.state:
        return "Give --state, --zip or --district."
    if role in REPRESENTATIVES:
        return f"Give --district, such as {place.state}-1, or --zip."
    return f'Import who holds it with `plea officials import PATH`, or name the person: --to "{role}:NAME".'


def _in_words(place: Place) -> str:
    """The place as the person gave it."""
    given = (place.district, place.zip, place.state)
    return " ".join(part for part in given if part) or "an unknown place"


def _note(seat: Candidate) -> str:
    return f" ({seat.note})" if seat.note else ""
