"""Whom a person may write to: the officials who answer for the place, as lines to tick; never a guess."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from plea import language
from plea.letters.compose import ASKED_AS, is_for
from plea.model.officials import Candidate, Office, Official, Status
from plea.model.people import Supporter
from plea.officials.lookup import has_ended
from plea.officials.roles import posts
from plea.problems import Problem
from plea.supporters.check import check_supporter
from plea.writing.context import Rooms
from plea.writing.draft import place_of
from plea.writing.request import Wishes
from plea.writing.wording import sentences

# A list of forty chairs is no choice: these committees decide on what the asks are about.
COMMITTEES = ("SSFR", "HSFA", "SSJU", "HSJU", "SSAP", "HSAP")
CHAIR = "committee-chair"


@dataclass(frozen=True, slots=True)
class Choice:
    """Somebody who can be written to: the `to` they are meant by, role, name (empty for a post nobody is named for).

    `what` is the post in words (`U.S. senator`), `where` the seat, the place or the committee, `official` who it is.
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
        about = ", ".join(part for part in (self.what, self.where) if part)
        return f"{self.name} ({about})" if self.name else about


@dataclass(frozen=True, slots=True)
class Whom:
    """Whom a person may write to.

    `seats` are the officials who certainly answer for the place, `others` the posts and chairs anybody may write to.
    `notes` say in words what cannot be offered and why (vacant, ended, lines redrawn). `open_seats` are House seats of
    which one is the person's own, `unsettled` the posts in words of whom only a typed name tells which is meant.
    `directory_missing`: there is no list of officials yet, and one is needed; `directory_old`: it names nobody for a
    seat that a newer one may name.
    """

    seats: tuple[Choice, ...] = ()
    others: tuple[Choice, ...] = ()
    notes: tuple[str, ...] = ()
    open_seats: tuple[Candidate, ...] = ()
    unsettled: tuple[str, ...] = ()
    directory_missing: bool = False
    directory_old: bool = False

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Everybody who can be ticked, those of the place first."""
        return (*self.seats, *self.others)


def whom(wishes: Wishes, supporter: Supporter, rooms: Rooms) -> Whom:
    """Whom the supporter may write to with these asks.

    Raises InputError for a place that contradicts itself.
    """
    others = (*_posts(wishes, rooms), *_chairs(rooms))
    asked = [role for role in roles_of(rooms) if not _is_post(role)]
    if rooms.directory is None:
        return Whom(others=others, directory_missing=bool(asked))
    looked_up = [role for role in asked if role not in {CHAIR, *ASKED_AS}]
    if not looked_up:
        return Whom(others=others)
    answer = rooms.directory.find(place_of(supporter), wishes.on, looked_up)
    candidates = [seat for seat in answer.candidates if any(is_for(one, seat.role) for one in rooms.asks)]
    settled = [seat for seat in candidates if not is_open(seat)]
    read = [of_seat(seat, wishes, rooms) for seat in settled]
    possible = dict.fromkeys(seat.role for seat in settled if seat.status is Status.POSSIBLE)
    return Whom(
        seats=tuple(one for one in read if isinstance(one, Choice)),
        others=others,
        notes=(*map(language.sentences, answer.notes), *(one for one in read if isinstance(one, str))),
        open_seats=tuple(seat for seat in candidates if is_open(seat)),
        unsettled=tuple(rooms.roles[role].name for role in possible),
        directory_old=any(isinstance(one, str) for one in read),
    )


def of_seat(seat: Candidate, wishes: Wishes, rooms: Rooms) -> Choice | str | None:
    """Who holds the seat; or, in words, why nobody can be named for it; None when the place leaves it open."""
    official = seat.official
    if official is None or seat.status in {Status.VACANT, Status.ENDED} or has_ended(official, wishes.on):
        if seat.note:
            return language.sentences(seat.note.at(seat.seat))
        return sentences(f"{seat.seat}: nobody can be named for this seat")
    return in_seat(official, seat.seat, rooms) if seat.status is Status.CERTAIN else None


def own_seat(seat: Candidate, wishes: Wishes, rooms: Rooms) -> Choice | str | None:
    """The same for a seat that the person says is theirs."""
    return of_seat(replace(seat, status=Status.CERTAIN) if seat.official else seat, wishes, rooms)


def in_seat(official: Official, seat: str, rooms: Rooms) -> Choice:
    """The official as a choice; `seat` as in Candidate."""
    where = official.place if seat == official.role else seat
    return Choice(official.id, official.role, rooms.roles[official.role].name, official.name, where, official)


def roles_of(rooms: Rooms) -> Sequence[str]:
    """The roles the asks are for, each once."""
    return list(dict.fromkeys(role for one in rooms.asks for role in one.roles))


def roles_to_name(rooms: Rooms) -> Sequence[str]:
    """The roles whose holder a person may name; the posts only where there is nothing else."""
    return [role for role in roles_of(rooms) if not _is_post(role) and role != CHAIR] or roles_of(rooms)


def name_known(role: str, name: str, supporter: Supporter, rooms: Rooms) -> tuple[Choice, ...]:
    """The officials of a role, in the supporter's state, whose names hold the name that was typed.

    None of them: the name stands for itself, `role:Name`.
    """
    known = rooms.directory.by_role(role, supporter.state) if rooms.directory else ()
    found = (official for official in known if name.casefold() in official.name.casefold())
    return tuple(in_seat(official, official.district, rooms) for official in found)


def office_line(office: Office) -> str:
    """An office in one line."""
    return f"{office.street}, {office.city}, {office.state}"


def _is_post(role: str) -> bool:
    return role in posts()


def _posts(wishes: Wishes, rooms: Rooms) -> Iterator[Choice]:
    """The posts that can be written to by anybody, with their holder where the directory knows one."""
    for role in roles_of(rooms):
        if _is_post(role):
            official = (rooms.directory and rooms.directory.official(role, wishes.on)) or posts()[role]
            yield Choice(role, role, rooms.roles[role].name, official.name, official=official)


def _chairs(rooms: Rooms) -> Iterator[Choice]:
    """The chairs of the committees that matter."""
    if rooms.directory and CHAIR in roles_of(rooms):
        for chair in rooms.directory.by_role(CHAIR):
            if chair.id.split("-")[2] in COMMITTEES:
                yield Choice(chair.id, CHAIR, "chair", chair.name, chair.body, chair)


HOUSE = ("us-representative", *ASKED_AS)


def is_open(seat: Candidate) -> bool:
    """Whether it is a House seat of which it is not certain that it answers for the place."""
    nameless = seat.status is Status.UNKNOWN and seat.seat.endswith("?")
    return seat.role in HOUSE and (seat.status is Status.POSSIBLE or nameless)


def district_problem(typed: str, supporter: Supporter) -> Problem | None:
    """What is wrong with a district that the supporter typed."""
    known = {"name": supporter.name, "state": supporter.state, "district": typed}
    checked = check_supporter(known, known_pair=lambda _zip, _state: True)
    return None if isinstance(checked, Supporter) else checked[0]


def of_district(district: str, wishes: Wishes, supporter: Supporter, rooms: Rooms) -> Candidate | None:
    """The seat of that district as the directory knows it; None without a district or a directory.

    Raises InputError for a district that contradicts the supporter's state or ZIP, or does not exist.
    """
    if not district or rooms.directory is None:
        return None
    found = rooms.directory.find(replace(place_of(supporter), district=district), wishes.on, HOUSE[:1])
    return next(iter(found.candidates), None)


def district_of_street(street: str, supporter: Supporter, wishes: Wishes) -> str:
    """The district (`VT-0`, `IL-11`) of a street in the supporter's town, which the Census Bureau is sent.

    To be asked only when the person says so, after `plea.officials.geocode.NOTICE` was shown. Raises InputError
    for an address that is not found, MachineError when nobody answers.
    """
    from plea.officials.geocode import district_of  # noqa: PLC0415 (few ask, and it loads the network)

    seat, _ = district_of(street, city=supporter.city, state=supporter.state, zip_code=supporter.zip, on=wishes.on)
    return seat
