"""Whom the person writes to, ticked from the officials who answer for the place: one letter is a fine answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from plea.cli.draft import Rooms, open_rooms, place_of
from plea.cli.house import ask_seat, is_open
from plea.cli.output import sentences
from plea.cli.terminal import ask, choose, heading, say, tick
from plea.cli.wishes import Wishes
from plea.errors import PleaError
from plea.letters.compose import ASKED_AS, is_for
from plea.letters.offices import Nearest
from plea.letters.terms import has_ended
from plea.model import Candidate, Official, Status, Supporter
from plea.officials.posts import posts

# A list of forty chairs is no choice: these committees decide on what the asks are about.
COMMITTEES = ("SSFR", "HSFA", "SSJU", "HSJU", "SSAP", "HSAP")
CHAIR = "committee-chair"


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of the list: what it says, and the `--to` it stands for."""

    label: str
    to: str


def ask_officials(wishes: Wishes, supporter: Supporter, rooms: Rooms) -> Wishes:
    """Whom to write to, among those the asks are for; anybody else may be named."""
    heading("Whom do you want to write to?")
    if rooms.directory is None and any(not _is_post(role) for role in _roles(rooms)) and _fetch_now():
        rooms = open_rooms(wishes)
    choices = [*_seats(wishes, supporter, rooms), *_posts(wishes, rooms), *_chairs(rooms)]
    labels = [choice.label for choice in choices]
    if not choices:
        return replace(wishes, to=(_typed_name(supporter, rooms),))
    places = tick("One letter is a fine answer.", [*labels, "Somebody else: let me type a name"], (0,))
    to = tuple(_typed_name(supporter, rooms) if place == len(choices) else choices[place].to for place in places)
    return replace(wishes, to=to)


def _roles(rooms: Rooms) -> Sequence[str]:
    """The roles the asks are for, each once."""
    return list(dict.fromkeys(role for one in rooms.asks for role in one.roles))


def _is_post(role: str) -> bool:
    return role in posts()


def _posts(wishes: Wishes, rooms: Rooms) -> Iterator[Choice]:
    """The posts that can be written to by anybody, with their holder where the directory knows one."""
    for role in _roles(rooms):
        if _is_post(role):
            official = (rooms.directory and rooms.directory.official(role, wishes.on)) or posts()[role]
            name = rooms.roles[role].name
            yield Choice(f"{official.name} ({name})" if official.name else name, role)


def _chairs(rooms: Rooms) -> Iterator[Choice]:
    """The chairs of the committees that matter."""
    if rooms.directory and CHAIR in _roles(rooms):
        for chair in rooms.directory.by_role(CHAIR):
            if chair.id.split("-")[2] in COMMITTEES:
                yield Choice(f"{chair.name} (chair, {chair.body})", chair.id)


def _seats(wishes: Wishes, supporter: Supporter, rooms: Rooms) -> Iterator[Choice]:
    """The seats that answer for the place; what cannot be named is said, never guessed."""
    if rooms.directory is None:
        return
    roles = [role for role in _roles(rooms) if not _is_post(role) and role not in {CHAIR, *ASKED_AS}]
    if not roles:
        return
    answer = rooms.directory.find(place_of(supporter), wishes.on, roles)
    for note in answer.notes:
        say(note)
    seats = [seat for seat in answer.candidates if any(is_for(one, seat.role) for one in rooms.asks)]
    undecided = [seat for seat in seats if is_open(seat)]
    for seat in seats:
        if seat not in undecided:
            yield from _seat(seat, rooms, wishes)
    own = ask_seat(undecided, wishes, supporter, rooms) if undecided else None
    if own and own.official:
        yield from _seat(replace(own, status=Status.CERTAIN), rooms, wishes)
    elif own:
        yield from _seat(own, rooms, wishes)
    for role in dict.fromkeys(seat.role for seat in seats if seat.status is Status.POSSIBLE and not is_open(seat)):
        say(f"Which {rooms.roles[role].name} is yours cannot be told from a ZIP; below, type the name.")


def _seat(seat: Candidate, rooms: Rooms, wishes: Wishes) -> Iterator[Choice]:
    """The line of a seat; one that nobody can be named for is said."""
    official = seat.official
    if official is None or seat.status in {Status.VACANT, Status.ENDED} or has_ended(official, wishes.on):
        say(sentences(f"{seat.seat}: {seat.note or 'nobody can be named for this seat'}"))
    elif seat.status is Status.CERTAIN:
        yield Choice(_line(official, seat.seat, rooms), official.id)


def _line(official: Official, seat: str, rooms: Rooms) -> str:
    where = official.place if seat == official.role else seat
    return f"{official.name} ({', '.join(part for part in (rooms.roles[official.role].name, where) if part)})"


def _fetch_now() -> bool:
    """Whether the list of officials was fetched, as the person chose."""
    say("Who your own officials are stands in a public list, and it is not on this machine yet.")
    choices = ["Fetch it now (plea officials update)", "Go on without it; I can type a name"]
    tried = 0
    while choose("What shall I do?", choices, default=min(tried, 1)) == 0:
        if _fetched():
            return True
        tried += 1
    return False


def _fetched() -> bool:
    """Whether the list could be fetched."""
    from plea.cli.officials import command

    try:
        command.main(["update"], prog_name="plea officials", standalone_mode=False)
    except PleaError as error:
        say(sentences(f"  {error.message}", error.hint), indent=2)
        return False
    return True


def _typed_name(supporter: Supporter, rooms: Rooms) -> str:
    """An official whom the person names, as `--to` takes it: by id when the directory knows the name."""
    keys = [role for role in _roles(rooms) if not _is_post(role) and role != CHAIR] or _roles(rooms)
    role = keys[choose("What is their post?", [rooms.roles[key].name for key in keys])]
    name = ask("Their name, as in Jane Doe")
    known = rooms.directory.by_role(role, supporter.state) if rooms.directory else ()
    found = [official for official in known if name.casefold() in official.name.casefold()]
    if not found:
        return f"{role}:{name}"
    lines = [_line(official, official.district, rooms) for official in found]
    return found[choose("Which?", lines) if len(found) > 1 else 0].id


def ask_office(wishes: Wishes, officials: Sequence[Official], nearest: Nearest) -> Wishes:
    """Which office each letter goes to, where an official has more than one."""
    chosen = dict(wishes.office_of)
    for official in officials:
        if len(official.offices) > 1:
            heading(f"To which office of {official.name}?")
            lines = [f"{one.street}, {one.city}, {one.state}" for one in official.offices]
            place = choose("Which?", lines, official.offices.index(nearest(official)))
            chosen[official.id] = official.offices[place].id
    return replace(wishes, office_of=chosen)
