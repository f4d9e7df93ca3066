"""Seats that nobody can be named for: what is wrong, and what the person can give to settle it."""

from collections.abc import Iterator, Sequence
from datetime import date

from plea.letters.terms import ended
from plea.model import Answer, Candidate, Place, Problem, Status

REPRESENTATIVES = ("us-representative", "us-delegate", "us-resident-commissioner")
SENATOR = "us-senator"
SHOWN = 6  # a state has a hundred legislators and more


def unnamed(role: str, answer: Answer, place: Place, on: date) -> Iterator[Problem]:
    """A problem for each seat that is vacant or whose term is over, and one for those the place does not tell apart."""
    where = f"--to {role}"
    open_seats = among(role, answer.candidates)
    for seat in answer.candidates:
        if seat in open_seats:
            continue
        if seat.status is Status.VACANT:
            what = seat.note or "The seat is vacant."
            yield Problem(where, f"{seat.seat}: {_lowered(what)}", "Leave it out until it is filled.")
        elif seat.status is Status.ENDED:
            over = seat.official and ended(seat.official, on, where)
            yield over or Problem(where, f"{seat.seat}: {_lowered(seat.note)}", "Fetch who holds it now.")
    if len(open_seats) == 1 and open_seats[0].note:
        seat = open_seats[0]
        yield Problem(where, f"{seat.seat}: {_lowered(seat.note)}", _what_to_give(role, place, open_seats))
    elif open_seats:
        names = [_seat_in_words(seat, role) for seat in open_seats[:SHOWN]]
        more = len(open_seats) - len(names)
        listed = ", ".join(names) + (f" and {more} more" if more else "")
        yield Problem(where, f"{_shared(role, place)}: {listed}", _what_to_give(role, place, open_seats))
    if not answer.candidates:
        hint = " ".join(answer.notes) or _what_to_give(role, place, ())
        yield Problem(where, f"no {role} was found for {_in_words(place)}", hint)


def among(role: str, seats: Sequence[Candidate]) -> Sequence[Candidate]:
    """The seats of which one answers for the place, and it is not known which.

    A place has one House seat: where several are possible, a vacant one is as possible as the others.
    """
    if role in REPRESENTATIVES and len(seats) > 1:
        return seats
    return [seat for seat in seats if seat.status in {Status.POSSIBLE, Status.UNKNOWN}]


def _shared(role: str, place: Place) -> str:
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


def _what_to_give(role: str, place: Place, seats: Sequence[Candidate]) -> str:
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


def _in_words(place: Place) -> str:
    """The place as the person gave it."""
    given = (place.district, place.zip and f"ZIP {place.zip}", place.state)
    return ", ".join(part for part in given if part) or "an unknown place"


def _lowered(sentence: str) -> str:
    """A sentence as the end of another."""
    first = sentence[:1] if sentence[1:2].isupper() else sentence[:1].lower()
    return (first + sentence[1:]).rstrip(".")
