"""Whom to write to, and at which office: what a person names, as officials; and what cannot be named, as problems."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from difflib import get_close_matches
from hashlib import sha256
from typing import Protocol

from plea import language
from plea.asks.words import day_in_words
from plea.errors import UsageError
from plea.model.officials import Candidate, LookupAnswer, Office, Official, Residence, Status
from plea.model.states import STATE_NAMES, state_division
from plea.officials.roles import Role, posts
from plea.problems import Problem, old_problem
from plea.system.files import slug

CHAIR = "committee-chair"
CHAIR_ID = "us-chair-"


class Lookup(Protocol):
    """What a directory of officials must be able to answer."""

    def official(self, official_id: str, on: date | None = None) -> Official | None:
        """The official of that id; a post with its holder on that day."""

    def find(self, place: Residence, on: date, roles: Iterable[str] | None = None) -> LookupAnswer:
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


def resolve(
    to: Sequence[str], place: Residence, directory: Lookup | None, on: date, roles: Mapping[str, Role]
) -> Targets:
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
    target: str, place: Residence, directory: Lookup | None, on: date, roles: Mapping[str, Role]
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
        yield old_problem(
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
    return old_problem(
        official.id,
        f"no postal address of {official.name or official.role} is known",
        "Import one with `plea officials import PATH` (a CSV of your own will do).",
    )


def _of_role(role: str, place: Residence, directory: Lookup, on: date) -> Iterator[Found]:
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
    return old_problem(
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
            return old_problem(f"--to {target}", f"{names} chair it together", "Say which by id.")
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


SUFFIX = re.compile(r",?\s+(Jr\.?|Sr\.?|II|III|IV|MP|M\.P\.)$", re.IGNORECASE)
TWO_NAMES = re.compile(r"\S+(?:\s+\w\.?)*\s+(\S+)")  # initials between do not count

DIGEST = 8  # hexadecimal digits: a person names a handful of officials


def named_official(role: Role, name: str, place: Residence, where: str) -> Official | Problem:
    """The holder of a role by name, at the role's own address; a problem when that is not enough to write to.

    `Jane Doe` and `Doe, Jane` are understood. Of more than two names none is taken for the family name, so that the
    salutation has the whole name; the second form tells it.
    """
    full, last = read_name(name)
    if not full:
        return old_problem(where, "the name is missing", f'Write it after the colon: "{role.key}:Jane Doe".')
    office = _office(role, place)
    if office is None:
        return old_problem(
            where,
            f"no postal address is known for a {role.name} by name alone",
            "Import the address with `plea officials import PATH` (a CSV of your own will do).",
        )
    return Official(
        id=role.key if role.scope == "post" else f"{role.key}-{_key(full)}",
        role=role.key,
        name=full,
        last_name=last,
        division=state_division(place.state) if role.scope == "state" and place.state else "",
        state=place.state,
        place=place.city if role.scope == "place" and place.city else STATE_NAMES.get(place.state, ""),
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


def _key(name: str) -> str:
    """The name as the end of an id; letters that have no ASCII form are told apart by a digest of the whole."""
    lost = any(letter.isalpha() and not slug(letter) for letter in name)
    digest = sha256(name.encode()).hexdigest()[:DIGEST] if lost else ""
    return "-".join(part for part in (slug(name), digest) if part) or "named"


def _office(role: Role, place: Residence) -> Office | None:
    """The role's own address; a town hall is in the person's town."""
    if role.address is None:
        return None
    if role.address.city:
        return role.address
    if not place.city:
        return None
    return replace(role.address, city=place.city, state=place.state)


REPRESENTATIVES = ("us-representative", "us-delegate", "us-resident-commissioner")
SENATOR = "us-senator"
SHOWN = 6  # a state has a hundred legislators and more


def unnamed(role: str, answer: LookupAnswer, place: Residence, on: date) -> Iterator[Problem]:
    """A problem for each seat that is vacant or whose term is over, and one for those the place does not tell apart."""
    where = f"--to {role}"
    open_seats = among(role, answer.candidates)
    for seat in answer.candidates:
        if seat in open_seats:
            continue
        if seat.status is Status.VACANT:
            what = language.what(seat.note) if seat.note else "the seat is vacant"
            yield old_problem(where, f"{seat.seat}: {what}", "Leave it out until it is filled.")
        elif seat.status is Status.ENDED:
            over = seat.official and ended(seat.official, on, where)
            yield over or old_problem(
                where, f"{seat.seat}: {seat.note and language.what(seat.note)}", "Fetch who holds it now."
            )
    if len(open_seats) == 1 and open_seats[0].note:
        seat = open_seats[0]
        yield old_problem(
            where, f"{seat.seat}: {seat.note and language.what(seat.note)}", _what_to_give(role, place, open_seats)
        )
    elif open_seats:
        names = [_seat_in_words(seat, role) for seat in open_seats[:SHOWN]]
        more = len(open_seats) - len(names)
        listed = ", ".join(names) + (f" and {more} more" if more else "")
        yield old_problem(where, f"{_shared(role, place)}: {listed}", _what_to_give(role, place, open_seats))
    if not answer.candidates:
        hint = " ".join(map(language.sentences, answer.notes)) or _what_to_give(role, place, ())
        yield old_problem(where, f"no {role} was found for {_in_words(place)}", hint)


def among(role: str, seats: Sequence[Candidate]) -> Sequence[Candidate]:
    """The seats of which one answers for the place, and it is not known which.

    A place has one House seat: where several are possible, a vacant one is as possible as the others.
    """
    if role in REPRESENTATIVES and len(seats) > 1:
        return seats
    return [seat for seat in seats if seat.status in {Status.POSSIBLE, Status.UNKNOWN}]


def _shared(role: str, place: Residence) -> str:
    """Why the place does not settle it."""
    if role in REPRESENTATIVES:
        return f"several districts share {_in_words(place)}"
    if role == SENATOR:
        return f"more than one state shares {_in_words(place)}"
    return f"{_in_words(place)} does not tell which"


def _seat_in_words(seat: Candidate, role: str) -> str:
    """A seat with its holder; a seat that is no more than its role by the official's id."""
    name = seat.official.name if seat.official else "nobody is known to hold it"
    if seat.status is Status.VACANT:
        name = "vacant"
    key = seat.official.id if seat.official and role not in (*REPRESENTATIVES, SENATOR) else seat.seat
    return f"{key} ({name})"


def _what_to_give(role: str, place: Residence, seats: Sequence[Candidate]) -> str:
    """What would settle it."""
    if not (place.state or place.zip or place.district):
        return "Give --state, --zip or --district."
    if role in REPRESENTATIVES:
        example = next((seat.seat for seat in seats if "?" not in seat.seat), f"{place.state or 'VT'}-1")
        return f"Say which is yours with --district, such as --district {example}."
    if role == SENATOR:
        return "Say in which state you live: --state."
    example = next((seat.official.id for seat in seats if seat.official), "")
    if example:
        return f"Name the one by id: --to {example}. `plea officials find --role {role}` lists them."
    return f'Import who holds it with `plea officials import PATH`, or name the person: --to "{role}:NAME".'


def _in_words(place: Residence) -> str:
    """The place as the person gave it."""
    given = (place.district, place.zip and f"ZIP {place.zip}", place.state)
    return ", ".join(part for part in given if part) or "an unknown place"


CLOSING = timedelta(days=45)  # an office that ends packs up weeks before


def has_ended(official: Official, on: date) -> bool:
    """Whether the term has ended by that day. Successors take over on the day a term ends."""
    return official.end is not None and official.end <= on


def ended(official: Official, on: date, where: str) -> Problem | None:
    """Why nobody writes to this official any more; None while the term lasts. `where` names them in the command."""
    if not has_ended(official, on):
        return None
    assert official.end
    return old_problem(
        where,
        f"the term of {official.name or official.role} ended on {day_in_words(official.end, 'en')}",
        "Fetch who holds the seat now with `plea officials update`, or write to somebody else.",
    )


def ending_soon(official: Official, on: date) -> Problem | None:
    """A word of warning within 45 days of the end of a term."""
    if official.end is None or has_ended(official, on) or official.end - on > CLOSING:
        return None
    return old_problem(
        official.id,
        f"the term of {official.name or official.role} ends on {day_in_words(official.end, 'en')}; "
        "unless it is renewed, the office may be closing",
        "Post it soon.",
    )


CAPITOL = "capitol"
NEAREST = "nearest"

Nearest = Callable[[Official], Office]
"""The office nearest to the person, as the directory knows it."""


def choose_office(official: Official, choice: str, nearest: Nearest | None = None) -> Office:
    """The office that `choice` names: `nearest`, `capitol` or an office's id.

    Without `nearest` (no directory, no ZIP) an official's only office is meant, then the capitol. UsageError when the
    official has no such office.
    """
    if not official.offices:
        raise UsageError(
            f"{official.id} has no postal address",
            "Import one with `plea officials import PATH`, or write to another official.",
        )
    if choice == NEAREST and len(official.offices) > 1 and nearest:
        return nearest(official)
    if choice == NEAREST:
        return _capitol(official) or official.offices[0]
    office = _capitol(official) if choice == CAPITOL else official.office(choice)
    if office is None:
        raise UsageError(
            f"--office {choice}: {official.name or official.id} has no such office",
            f"There are: {', '.join(office.id for office in official.offices)}; or nearest, capitol.",
        )
    return office


def choose_offices(officials: Sequence[Official], choice: str, nearest: Nearest | None = None) -> Mapping[str, Office]:
    """The office of each official, by the official's id.

    An office's id settles it for the one official whose it is; the others get the nearest. UsageError for an id that
    is none of theirs.
    """
    if choice in {CAPITOL, NEAREST}:
        return {official.id: choose_office(official, choice, nearest) for official in officials}
    owners = [official for official in officials if official.office(choice)]
    if officials and not owners:
        known = [office.id for official in officials for office in official.offices]
        raise UsageError(f"--office {choice}: there is no such office", f"There are: {', '.join(known)}.")
    return {
        official.id: choose_office(official, choice if official in owners else NEAREST, nearest)
        for official in officials
    }


def _capitol(official: Official) -> Office | None:
    """The office at the seat of the body the official sits in."""
    return next((office for office in official.offices if office.kind == CAPITOL), None)
