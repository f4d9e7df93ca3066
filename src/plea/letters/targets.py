"""Whom to write to: what `--to` names, as officials; and what cannot be named, as problems."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Protocol

from plea.errors import UsageError
from plea.letters.named import named_official
from plea.letters.terms import ended, ending_soon
from plea.letters.unnamed import unnamed
from plea.model import Answer, Candidate, Official, Place, Problem, Status
from plea.officials.posts import posts
from plea.officials.roles import Role

CHAIR = "committee-chair"
CHAIR_ID = "us-chair-"


class Lookup(Protocol):
    """What a directory of officials must be able to answer."""

    def official(self, official_id: str, on: date | None = None) -> Official | None:
        """The official of that id; a post with its holder on that day."""

    def find(self, place: Place, on: date, roles: Iterable[str] | None = None) -> Answer:
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
    return not is_post(to, roles) and not (colon and role in roles)


def is_post(key: str, roles: Mapping[str, Role]) -> bool:
    """Whether the key is a post, which is written to without knowing who holds it."""
    return key in roles and roles[key].scope == "post"


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
            elif not found.offices:
                problems.append(_no_address(found))
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
    elif is_post(target, roles):
        yield (directory and directory.official(target, on)) or _post(roles[target])
    elif colon or (directory is None and get_close_matches(target, roles) and target not in roles):
        raise unknown_target(target, roles)
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
        yield _by_id(target, directory, on, roles)


def _post(role: Role) -> Official:
    """A post as the roles describe it, a pack's own included."""
    return posts().get(role.key) or Official(role.key, role.key, offices=(role.address,) if role.address else ())


def _no_address(official: Official) -> Problem:
    """The problem of an official whom the post would not find."""
    return Problem(
        official.id,
        f"no postal address of {official.name or official.role} is known",
        "Import one with `plea officials import PATH` (a CSV of your own will do).",
    )


def _of_role(role: str, place: Place, directory: Lookup, on: date) -> Iterator[Found]:
    """The holders of a role for a place, and the seats that nobody can be named for."""
    answer = directory.find(place, on, (role,))
    yield from answer.candidates
    for seat in answer.candidates:
        if seat.status is Status.CERTAIN and seat.official:
            yield seat.official
    yield from unnamed(role, answer, place, on)


def _which_chair(directory: Lookup) -> Problem:
    """The problem of a chair of no committee."""
    chairs = sorted(directory.by_role(CHAIR), key=lambda chair: chair.body)
    bodies = {chair.id.rpartition("-")[0]: chair.body for chair in chairs}
    some = "; ".join(f"{key} ({body})" for key, body in list(bodies.items())[:3])
    return Problem(
        f"--to {CHAIR}",
        "there are many committee chairs",
        f"Say which: {some}, ... `plea officials find --role {CHAIR}` lists them." if some else "Say which by id.",
    )


def _by_id(target: str, directory: Lookup, on: date, roles: Mapping[str, Role]) -> Official | Problem:
    """The official of an id, or the chair of a committee (`us-chair-SSFR`)."""
    official = directory.official(target, on)
    if official is None and target.startswith(CHAIR_ID):
        chairs = [chair for chair in directory.by_role(CHAIR) if chair.id.startswith(f"{target}-")]
        if len(chairs) > 1:
            names = " and ".join(f"{chair.name} ({chair.id})" for chair in chairs)
            return Problem(f"--to {target}", f"{names} chair it together", "Say which by id.")
        official = chairs[0] if chairs else None
    if official is None:
        raise unknown_target(target, roles)
    return ended(official, on, f"--to {target}") or official


def unknown_target(target: str, roles: Mapping[str, Role]) -> UsageError:
    """The error of a `--to` that is neither role nor id, with what it may have meant."""
    near = get_close_matches(target.partition(":")[0], roles, n=1)
    meant = f"Did you mean {near[0]}? " if near else ""
    return UsageError(
        f"--to {target}: there is no role or official of that name",
        f"{meant}Give a role ({', '.join(list(roles)[:3])}, ...), an id from `plea officials find`, "
        'or a role with a name: "us-senator:Jane Doe".',
    )
