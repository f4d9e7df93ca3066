"""Which House seat is the person's own, asked at a terminal."""

from plea.cli.terminal import ask, choose, say
from plea.errors import PleaError
from plea.model import Candidate, Supporter
from plea.writing.seat import district_problem, of_district
from plea.writing.shelves import Rooms
from plea.writing.whom import Whom
from plea.writing.wishes import Wishes
from plea.writing.wording import sentences

CENSUS = "Ask the Census Bureau (your street leaves this machine)"
KNOWN = "I know the number of my district"
OTHERWISE = (CENSUS, KNOWN, "I do not know: leave the House out")


def ask_seat(whom: Whom, wishes: Wishes, supporter: Supporter, rooms: Rooms) -> Candidate | None:
    """The person's own seat among the open ones; None when it stays open."""
    named = [seat for seat in whom.open_seats if seat.official]
    for seat in whom.open_seats:
        if not seat.official and seat.note:
            say(sentences(seat.note))
    lines = [f"{seat.official.name} ({seat.seat})" for seat in named if seat.official]
    place = choose("Who is your representative?", [*lines, *OTHERWISE], default=len(lines) + len(OTHERWISE) - 1)
    if place < len(lines):
        return named[place]
    way = OTHERWISE[place - len(lines)]
    if way == CENSUS:
        return of_district(_by_census(wishes, supporter), wishes, supporter, rooms)
    if way == KNOWN:
        typed = ask("Your district, such as IL-11", check=lambda answer: _wrong(answer, supporter))
        return of_district(typed, wishes, supporter, rooms)
    return None


def _wrong(typed: str, supporter: Supporter) -> str:
    """What is wrong with a district, in words."""
    problem = district_problem(typed, supporter)
    return sentences(problem.what, problem.hint) if problem else ""


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
