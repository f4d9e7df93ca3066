"""Whom to write to, and at which office: what a person or a campaign names, as officials or as seats without a name."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from typing import Protocol

from plea.errors import UsageError
from plea.model.officials import Candidate, LookupAnswer, Office, Official, Residence, Status
from plea.model.states import HOUSE_ROLES, STATE_NAMES, state_division
from plea.officials.lookup import CLOSING, has_ended
from plea.officials.roles import Role, post
from plea.problems import Problem, Value
from plea.system.files import slug
from plea.system.similar import nearest

SENATOR = "us-senator"
CHAIR = "committee-chair"
CHAIR_ID = "us-chair-"
LISTED_SEATS = 6  # a state has a hundred legislators and more
LISTED_CHAIRS = 3


class Lookup(Protocol):
    """What a directory of officials must be able to answer."""

    def official(self, official_id: str, on: date | None = None) -> Official | None:
        """The official of that id; a post with its holder on that day."""

    def find(self, residence: Residence, on: date, roles: Iterable[str] | None = None) -> LookupAnswer:
        """The seats that answer for a residence."""

    def by_role(self, role: str) -> Sequence[Official]:
        """Every official of a role."""


@dataclass(frozen=True, slots=True)
class OpenSeat:
    """A seat without anyone to write to, or seats among which the residence does not decide, and why.

    `key` is unique among those of one residence (`us-senator OH`).
    """

    key: str
    role: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class Targets:
    """The officials to write to, each once; the seats that stay open; what to know about the officials."""

    chosen: tuple[Official, ...]
    open_seats: tuple[OpenSeat, ...] = ()
    warnings: tuple[Problem, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Why seats stay open, each once."""
        return tuple(dict.fromkeys(seat.problem for seat in self.open_seats))


def needs_directory(to: str, roles: Mapping[str, Role]) -> bool:
    """Whether a directory is needed to find `to`: not for a post, not for a role with a name."""
    role, colon, _ = to.partition(":")
    return not _is_post(to, roles) and not (colon and role in roles)


def resolve(
    to: Sequence[str], residence: Residence, directory: Lookup | None, on: date, roles: Mapping[str, Role]
) -> Targets:
    """The officials that roles, ids and `role:Name` mean for a residence on a day; UsageError for what means nothing.

    Seats that are vacant, split or unknown and terms that have ended stay open, and are never guessed.
    """
    chosen: dict[str, Official] = {}
    open_seats: list[OpenSeat] = []
    for target in to:
        for result in _resolve_one(target, residence, directory, on, roles):
            if isinstance(result, Problem):
                open_seats.append(OpenSeat(target, target.partition(":")[0], result))
            elif isinstance(result, OpenSeat):
                open_seats.append(result)
            elif result.offices:
                chosen.setdefault(result.id, result)
            else:
                name = result.name or result.role
                problem = Problem("official.no_address", result.id, official=name)
                open_seats.append(OpenSeat(result.id, result.role, problem))
    warnings = (ending_soon(official, on) for official in chosen.values())
    return Targets(tuple(chosen.values()), tuple(open_seats), tuple(warning for warning in warnings if warning))


def _is_post(key: str, roles: Mapping[str, Role]) -> bool:
    """Whether the key is a post, which is written to without knowing who holds it."""
    return key in roles and roles[key].scope == "post"


def _resolve_one(
    target: str, residence: Residence, directory: Lookup | None, on: date, roles: Mapping[str, Role]
) -> Iterator[Official | Problem | OpenSeat]:
    """What one `--to` means."""
    where = f"--to {target}"
    key, colon, name = target.partition(":")
    if colon and key in roles:
        yield named_official(roles[key], name, residence, where)
    elif _is_post(target, roles):
        address = roles[target].address
        without_holder = post(target) or Official(target, target, offices=(address,) if address else ())
        yield (directory and directory.official(target, on)) or without_holder
    elif colon or (directory is None and target not in roles and nearest(target, roles)):
        raise _unknown_target(target, roles)
    elif directory is None:
        yield Problem("target.no_directory", where, target=target, role=target if target in roles else SENATOR)
    else:
        yield from _in_directory(target, residence, directory, on, roles)


def _in_directory(
    target: str, residence: Residence, directory: Lookup, on: date, roles: Mapping[str, Role]
) -> Iterator[Official | Problem | OpenSeat]:
    """What a role means for a residence, or an official's id, or that of a committee's chair (`us-chair-SSFR`)."""
    where = f"--to {target}"
    if target == CHAIR:
        bodies = {chair.id.rpartition("-")[0]: chair.body for chair in directory.by_role(CHAIR)}
        examples = sorted(bodies.items(), key=lambda item: item[1])[:LISTED_CHAIRS]
        listed = tuple(f"{committee} ({body})" for committee, body in examples)
        yield Problem("target.which_chair", where, examples=listed) if listed else Problem("target.no_chairs", where)
        return
    if target in roles:
        answer = directory.find(residence, on, (target,))
        yield from (seat.official for seat in answer.candidates if seat.status is Status.CERTAIN and seat.official)
        yield from _open_seats(target, answer, residence)
        return
    official = directory.official(target, on)
    if official is None and target.startswith(CHAIR_ID):
        chairs = [chair for chair in directory.by_role(CHAIR) if chair.id.startswith(f"{target}-")]
        if len(chairs) > 1:
            names = tuple(f"{chair.name} ({chair.id})" for chair in chairs)
            yield Problem("target.several_chairs", where, chairs=names)
            return
        official = next(iter(chairs), None)
    if official is None:
        raise _unknown_target(target, roles)
    over, name = has_ended(official, on), official.name or official.role
    yield Problem("official.term_ended", where, official=name, day=official.end) if over else official


def _unknown_target(target: str, roles: Mapping[str, Role]) -> UsageError:
    """The error of a `--to` that is neither role nor id, with what it may have meant."""
    near = nearest(target.partition(":")[0], roles)
    if near:
        return UsageError("target.unknown_but_like", f"--to {target}", nearest=near)
    return UsageError("target.unknown", f"--to {target}")


# --- a role with a name -------------------------------------------------------------------------------------

SUFFIX = re.compile(r",?\s+(Jr\.?|Sr\.?|II|III|IV|MP|M\.P\.)$", re.IGNORECASE)
TWO_NAMES = re.compile(r"\S+(?:\s+\w\.?)*\s+(\S+)")  # initials between do not count
DIGEST = 8  # hexadecimal digits: a person names a handful of officials


def named_official(role: Role, name: str, residence: Residence, where: str) -> Official | Problem:
    """The holder of a role by name, at the role's own address; a problem when that is not enough to write to.

    `Jane Doe` and `Doe, Jane` are understood. Of more than two names none is taken for the family name, so that the
    salutation has the whole name; the second form shows it. A town hall is in the person's town.
    """
    full, last = read_name(name)
    if not full:
        return Problem("target.no_name", where, role=role.key)
    office = role.address
    if office and not office.city:
        office = replace(office, city=residence.city, state=residence.state) if residence.city else None
    if office is None:
        return Problem("target.no_address_by_name", where, role=role.name)
    # Names whose letters have no ASCII form are made unique by a digest of the whole name.
    lost = any(letter.isalpha() and not slug(letter) for letter in full)
    digest = sha256(full.encode()).hexdigest()[:DIGEST] if lost else ""
    key = "-".join(part for part in (slug(full), digest) if part) or "named"
    town = residence.city if role.scope == "place" else ""
    return Official(
        id=role.key if role.scope == "post" else f"{role.key}-{key}",
        role=role.key,
        name=full,
        last_name=last,
        division=state_division(residence.state) if role.scope == "state" and residence.state else "",
        state=residence.state,
        place=town or STATE_NAMES.get(residence.state, ""),
        offices=(office,),
        source="named by the person who writes",
    )


def read_name(typed: str) -> tuple[str, str]:
    """The whole name and the family name where it is certain, else an empty one."""
    family, comma, given = (part.strip() for part in " ".join(typed.split()).partition(","))
    if comma and given and not SUFFIX.fullmatch(f", {given}"):
        return f"{given} {family}", family
    full = " ".join(typed.split())
    two = TWO_NAMES.fullmatch(SUFFIX.sub("", full))
    return full, two[1] if two else ""


# --- seats that stay open -----------------------------------------------------------------------------------


def _open_seats(role: str, answer: LookupAnswer, residence: Residence) -> Iterator[OpenSeat]:
    """Each seat that is vacant or whose term is over, and one for those among which the residence does not decide.

    A home has one House seat: where several are possible, a vacant one is as possible as the others.
    """
    seats, where = answer.candidates, f"--to {role}"
    split = [seat for seat in seats if seat.status in {Status.POSSIBLE, Status.UNKNOWN}]
    if role in HOUSE_ROLES and len(seats) > 1:
        split = list(seats)
    count: dict[str, int] = {}
    for seat in seats:
        if seat not in split and seat.status in {Status.VACANT, Status.ENDED}:
            count[seat.seat] = count.get(seat.seat, 0) + 1
            key = f"{role} {seat.seat}" + (f" ({count[seat.seat]})" if count[seat.seat] > 1 else "")
            yield OpenSeat(key, role, (seat.note or Problem("seat.vacant")).at(seat.seat))
    if split:
        yield OpenSeat(role, role, _not_settled(role, split, residence).at(where))
    elif not seats:
        none_found = Problem("seats.none_found", role=role, residence=_residence(residence))
        yield OpenSeat(role, role, (answer.notes[-1] if answer.notes else none_found).at(where))


def _not_settled(role: str, seats: Sequence[Candidate], residence: Residence) -> Problem:
    """Why the residence does not settle which of the seats it is, and what would."""
    example = next((seat.seat for seat in seats if "?" not in seat.seat), f"{residence.state or 'VT'}-1")
    if len(seats) == 1 and seats[0].note:
        if role in HOUSE_ROLES:
            return Problem("seats.district_unknown", reason=seats[0].note, example=example)
        code = "seats.state_unknown" if role == SENATOR else "seats.holder_unknown"
        return Problem(code, reason=seats[0].note, role=role)
    listed: tuple[Value, ...] = tuple(_seat_and_holder(seat, role) for seat in seats[:LISTED_SEATS])
    if len(seats) > LISTED_SEATS:
        listed += (Problem("seats.more", count=len(seats) - LISTED_SEATS),)
    values: dict[str, Value] = {"residence": _residence(residence), "seats": listed}
    if role in HOUSE_ROLES:
        return Problem("seats.several_districts", **values, example=example)
    if role == SENATOR:
        return Problem("seats.several_states", **values)
    ids = [seat.official.id for seat in seats if seat.official]
    if ids:
        return Problem("seats.several_officials", **values, example=ids[0], role=role)
    return Problem("seats.nobody_known", **values, role=role)


def _seat_and_holder(seat: Candidate, role: str) -> Value:
    """A seat with its holder; a seat that is no more than its role by the official's id."""
    if seat.status is Status.VACANT or not seat.official:
        return Problem("seats.one_vacant" if seat.status is Status.VACANT else "seats.one_unknown", seat=seat.seat)
    name = seat.seat if role in (*HOUSE_ROLES, SENATOR) else seat.official.id
    return f"{name} ({seat.official.name})"


def _residence(residence: Residence) -> Value:
    """The residence as the person gave it."""
    if residence.district or not residence.zip:
        return residence.district or residence.state or Problem("seats.residence_unknown")
    if residence.state:
        return Problem("seats.residence_zip_in_state", zip=residence.zip, state=residence.state)
    return Problem("seats.residence_zip", zip=residence.zip)


def ending_soon(official: Official, on: date) -> Problem | None:
    """A warning within 45 days of the end of a term."""
    if official.end is None or has_ended(official, on) or official.end - on > CLOSING:
        return None
    name = official.name or official.role
    return Problem("official.term_ends_soon", official.id, official=name, day=official.end)


# --- offices ------------------------------------------------------------------------------------------------

CAPITOL = "capitol"
NEAREST = "nearest"

Nearest = Callable[[Official], Office]
"""The office nearest to the person, as the directory knows it."""


def choose_office(official: Official, choice: str, nearest_to: Nearest | None = None) -> Office:
    """The office that `choice` names: `nearest`, `capitol` or an office's id.

    Without `nearest_to` (no directory, no ZIP code) an official's only office is meant, then the capitol. UsageError
    when the official has no such office.
    """
    if not official.offices:
        raise UsageError("official.no_address", official.id, official=official.name or official.id)
    if choice == NEAREST and len(official.offices) > 1 and nearest_to:
        return nearest_to(official)
    if choice == NEAREST:
        return _capitol(official) or official.offices[0]
    office = _capitol(official) if choice == CAPITOL else official.office(choice)
    if office is None:
        offices = tuple(office.id for office in official.offices)
        name = official.name or official.id
        raise UsageError("office.not_of_official", f"--office {choice}", official=name, offices=offices)
    return office


def choose_offices(
    officials: Sequence[Official], choice: str, nearest_to: Nearest | None = None
) -> Mapping[str, Office]:
    """The office of each official, by the official's id.

    An office's id settles it for the one official whose it is; the others get the nearest. UsageError for an id that
    is none of theirs.
    """
    if choice in {CAPITOL, NEAREST}:
        return {official.id: choose_office(official, choice, nearest_to) for official in officials}
    owners = [official for official in officials if official.office(choice)]
    if officials and not owners:
        office_ids = tuple(office.id for official in officials for office in official.offices)
        raise UsageError("office.unknown", f"--office {choice}", offices=office_ids)
    return {
        official.id: choose_office(official, choice if official in owners else NEAREST, nearest_to)
        for official in officials
    }


def _capitol(official: Official) -> Office | None:
    """The office at the seat of the body the official sits in."""
    return next((office for office in official.offices if office.kind == CAPITOL), None)
