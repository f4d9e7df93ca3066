"""Which House seat is the person's own, where the ZIP does not tell: by the names, or by asking the Census."""

from collections.abc import Sequence
from dataclasses import replace

from plea.cli.draft import Rooms, place_of
from plea.cli.output import sentences
from plea.cli.terminal import ask, choose, say
from plea.cli.wishes import Wishes
from plea.errors import PleaError
from plea.letters.compose import ASKED_AS
from plea.model import Candidate, Status, Supporter
from plea.supporters.check import check_supporter

HOUSE = ("us-representative", *ASKED_AS)
CENSUS = "Ask the Census Bureau (your street leaves this machine)"
KNOWN = "I know the number of my district"
OTHERWISE = (CENSUS, KNOWN, "I do not know: leave the House out")


def is_open(seat: Candidate) -> bool:
    """Whether it is a House seat of which it is not certain that it answers for the place."""
    nameless = seat.status is Status.UNKNOWN and seat.seat.endswith("?")
    return seat.role in HOUSE and (seat.status is Status.POSSIBLE or nameless)


def ask_seat(seats: Sequence[Candidate], wishes: Wishes, supporter: Supporter, rooms: Rooms) -> Candidate | None:
    """The person's own seat among the open ones; None when it stays open."""
    named = [seat for seat in seats if seat.official]
    for seat in seats:
        if not seat.official and seat.note:
            say(sentences(seat.note))
    lines = [f"{seat.official.name} ({seat.seat})" for seat in named if seat.official]
    place = choose("Who is your representative?", [*lines, *OTHERWISE], default=len(lines) + len(OTHERWISE) - 1)
    if place < len(lines):
        return named[place]
    way = OTHERWISE[place - len(lines)]
    if way == CENSUS:
        return _of_seat(_by_census(wishes, supporter), wishes, supporter, rooms)
    if way == KNOWN:
        typed = ask("Your district, such as IL-11", check=lambda answer: _wrong(answer, supporter))
        return _of_seat(typed, wishes, supporter, rooms)
    return None


def _wrong(typed: str, supporter: Supporter) -> str:
    """What is wrong with a district, in words."""
    known = {"name": supporter.name, "state": supporter.state, "district": typed}
    checked = check_supporter(known, known_pair=lambda _zip, _state: True)
    return "" if isinstance(checked, Supporter) else sentences(checked[0].what, checked[0].hint)


def _of_seat(seat: str, wishes: Wishes, supporter: Supporter, rooms: Rooms) -> Candidate | None:
    """The seat as the directory knows it."""
    if not seat or not rooms.directory:
        return None
    found = rooms.directory.find(replace(place_of(supporter), district=seat), wishes.on, HOUSE[:1])
    return next(iter(found.candidates), None)


def _by_census(wishes: Wishes, supporter: Supporter) -> str:
    """The seat of the person's street, which the Census Bureau is sent; empty when it does not say."""
    from plea.cli.district import seat_by_street

    street = supporter.street or ask("Your street and number, for this question alone")
    try:
        seat = seat_by_street(supporter, street, wishes)
    except PleaError as error:
        say(sentences(f"  {error.message}", "The House is left out; --district settles it another time."), indent=2)
        return ""
    say(f"  The Census Bureau says {seat}.")
    return seat
