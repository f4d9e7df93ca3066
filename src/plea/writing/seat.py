"""Which House seat is the person's own, where the ZIP does not tell: by its number, or by asking the Census."""

from dataclasses import replace

from plea.letters.compose import ASKED_AS
from plea.model import Candidate, Problem, Status, Supporter
from plea.supporters.check import check_supporter
from plea.writing.draft import place_of
from plea.writing.shelves import Rooms
from plea.writing.wishes import Wishes

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

    Raises MendableError for a district that contradicts the supporter's state or ZIP, or does not exist.
    """
    if not district or rooms.directory is None:
        return None
    found = rooms.directory.find(replace(place_of(supporter), district=district), wishes.on, HOUSE[:1])
    return next(iter(found.candidates), None)


def district_of_street(street: str, supporter: Supporter, wishes: Wishes) -> str:
    """The district (`VT-0`, `IL-11`) of a street in the supporter's town, which the Census Bureau is sent.

    To be asked only when the person says so, after `plea.officials.geocode.NOTICE` was shown. Raises MendableError
    for an address that is not found, MachineError when nobody answers.
    """
    from plea.officials.geocode import district_of  # noqa: PLC0415 (few ask, and it loads the network)

    seat, _ = district_of(street, city=supporter.city, state=supporter.state, zip_code=supporter.zip, on=wishes.on)
    return seat
