"""The officials a person may write to: those who answer for the place, as choices; never a guess."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from plea.letters.compose import ASKED_AS, is_for
from plea.model.officials import Candidate, Office, Official, Status
from plea.model.people import Supporter
from plea.model.states import HOUSE_ROLES
from plea.officials.lookup import has_ended
from plea.officials.roles import posts
from plea.problems import Problem
from plea.supporters.check import check_supporter
from plea.writing.draft import residence_of
from plea.writing.request import LetterRequest, WritingContext

CHAIR = "committee-chair"
COMMITTEES = ("SSFR", "HSFA", "SSJU", "HSJU", "SSAP", "HSAP")
"""Whose chairs are offered: they decide on what the asks are about, and a list of forty chairs is no choice."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody who can be written to.

    `to` is what `--to` takes for them, `what` the post in words (`U.S. senator`), `where` the seat, place or
    committee; `name` is empty for a post whose holder is not known.
    """

    to: str
    role: str
    what: str
    name: str = ""
    where: str = ""
    official: Official | None = None

    @property
    def label(self) -> str:
        """The choice in one line: `Jane Doe (U.S. senator, VT)`."""
        about = ", ".join(filter(None, (self.what, self.where)))
        return f"{self.name} ({about})" if self.name else about


@dataclass(frozen=True, slots=True)
class Recipients:
    """Whom a person may write to.

    `seats` are the officials who certainly answer for the place, `others` the posts and chairs anybody may write to.
    `notes` say what cannot be offered and why (vacant, ended, districts redrawn). `open_seats` are House seats of
    which one is the person's own; `unsettled` are posts in words where only a typed name settles who is meant.
    `directory_missing`: there is no list of officials yet, and one is needed; `directory_old`: it names nobody for a
    seat that a newer one may name.
    """

    seats: tuple[Choice, ...] = ()
    others: tuple[Choice, ...] = ()
    notes: tuple[Problem, ...] = ()
    open_seats: tuple[Candidate, ...] = ()
    unsettled: tuple[str, ...] = ()
    directory_missing: bool = False
    directory_old: bool = False

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Everybody who can be chosen, those of the place first."""
        return (*self.seats, *self.others)


def find_recipients(request: LetterRequest, supporter: Supporter, context: WritingContext) -> Recipients:
    """Whom the supporter may write to with these asks.

    Raises InputError for an address that contradicts itself.
    """
    roles = roles_of(context)
    asked_roles = [role for role in roles if role not in posts()]
    others = [*_post_choices(request, context)]
    if context.directory and CHAIR in roles:
        chairs = [chair for chair in context.directory.by_role(CHAIR) if chair.id.split("-")[2] in COMMITTEES]
        others += (Choice(chair.id, CHAIR, "chair", chair.name, chair.body, chair) for chair in chairs)
    if context.directory is None:
        return Recipients(others=tuple(others), directory_missing=bool(asked_roles))
    looked_up = [role for role in asked_roles if role not in {CHAIR, *ASKED_AS}]
    if not looked_up:
        return Recipients(others=tuple(others))
    answer = context.directory.find(residence_of(supporter), request.on, looked_up)
    candidates = [seat for seat in answer.candidates if any(is_for(ask, seat.role) for ask in context.asks)]
    settled = [seat for seat in candidates if not is_open(seat)]
    choices = [choice_for_seat(seat, request, context) for seat in settled]
    unfilled = [choice for choice in choices if isinstance(choice, Problem)]
    possible = dict.fromkeys(seat.role for seat in settled if seat.status is Status.POSSIBLE)
    return Recipients(
        seats=tuple(choice for choice in choices if isinstance(choice, Choice)),
        others=tuple(others),
        notes=(*answer.notes, *unfilled),
        open_seats=tuple(seat for seat in candidates if is_open(seat)),
        unsettled=tuple(context.roles[role].name for role in possible),
        directory_old=bool(unfilled),
    )


def choice_for_seat(seat: Candidate, request: LetterRequest, context: WritingContext) -> Choice | Problem | None:
    """Who holds the seat; or why nobody can be named for it; None when the place does not settle whose it is."""
    official = seat.official
    if official is None or seat.status in {Status.VACANT, Status.ENDED} or has_ended(official, request.on):
        return seat.note.at(seat.seat) if seat.note else Problem("seat.nobody_known", seat.seat)
    return _choice(official, seat.seat, context) if seat.status is Status.CERTAIN else None


def choice_for_own_seat(seat: Candidate, request: LetterRequest, context: WritingContext) -> Choice | Problem | None:
    """The same for a seat that the person says is theirs."""
    return choice_for_seat(replace(seat, status=Status.CERTAIN) if seat.official else seat, request, context)


def is_open(seat: Candidate) -> bool:
    """Whether it is a House seat that may or may not be the one for the place."""
    nameless = seat.status is Status.UNKNOWN and seat.seat.endswith("?")
    return seat.role in HOUSE_ROLES and (seat.status is Status.POSSIBLE or nameless)


def roles_of(context: WritingContext) -> Sequence[str]:
    """The roles the asks are for, each once."""
    return list(dict.fromkeys(role for ask in context.asks for role in ask.roles))


def nameable_roles(context: WritingContext) -> Sequence[str]:
    """The roles whose holder a person may name; the posts only where there is nothing else."""
    roles = roles_of(context)
    return [role for role in roles if role not in posts() and role != CHAIR] or roles


def officials_named(role: str, name: str, supporter: Supporter, context: WritingContext) -> tuple[Choice, ...]:
    """The officials of a role, in the supporter's state, whose names contain what was typed.

    Where there are none, the name can still be written to as `role:Name`.
    """
    officials = context.directory.by_role(role, supporter.state) if context.directory else ()
    return tuple(
        _choice(official, official.district, context)
        for official in officials
        if name.casefold() in official.name.casefold()
    )


def office_line(office: Office) -> str:
    """An office in one line."""
    return f"{office.street}, {office.city}, {office.state}"


def district_problem(typed: str, supporter: Supporter) -> Problem | None:
    """What is wrong with a district that the supporter typed."""
    raw = {"name": supporter.name, "state": supporter.state, "district": typed}
    checked = check_supporter(raw, known_pair=lambda _zip, _state: True)
    return None if isinstance(checked, Supporter) else checked[0]


def seat_of_district(
    district: str, request: LetterRequest, supporter: Supporter, context: WritingContext
) -> Candidate | None:
    """The seat of that district as the directory knows it; None without a district or a directory.

    Raises InputError for a district that contradicts the supporter's state or ZIP code, or does not exist.
    """
    if not district or context.directory is None:
        return None
    residence = replace(residence_of(supporter), district=district)
    answer = context.directory.find(residence, request.on, HOUSE_ROLES[:1])
    return next(iter(answer.candidates), None)


def district_of_street(street: str, supporter: Supporter, request: LetterRequest) -> str:
    """The district (`VT-0`, `IL-11`) of a street in the supporter's city, by the Census Bureau's geocoder.

    Only for a person who agreed to it after `plea.officials.network.NOTICE` was shown: the street leaves this
    machine. Raises InputError for an address that is not found, MachineError when nobody answers.
    """
    from plea.officials.network import district_of  # noqa: PLC0415 (few ask, and it loads the network)

    seat, _ = district_of(street, city=supporter.city, state=supporter.state, zip_code=supporter.zip, on=request.on)
    return seat


def _choice(official: Official, seat: str, context: WritingContext) -> Choice:
    """The official as a choice; `seat` as in Candidate."""
    where = official.place if seat == official.role else seat
    return Choice(official.id, official.role, context.roles[official.role].name, official.name, where, official)


def _post_choices(request: LetterRequest, context: WritingContext) -> Iterator[Choice]:
    """The posts that anybody may write to, with their holder where the directory knows one."""
    for role in roles_of(context):
        if role in posts():
            official = (context.directory and context.directory.official(role, request.on)) or posts()[role]
            yield Choice(role, role, context.roles[role].name, official.name, official=official)
