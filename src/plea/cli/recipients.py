"""Whom the person writes to, ticked from the officials who answer for the place: one letter is a fine answer."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import click

from plea import language
from plea.cli.terminal import ask, choose, heading, say, tick
from plea.errors import PleaError, UsageError
from plea.letters.recipients import Nearest
from plea.model.officials import Candidate, Official
from plea.model.people import Supporter
from plea.officials.geocode import NOTICE
from plea.writing.context import Rooms, open_context
from plea.writing.recipients import (
    Choice,
    Whom,
    district_of_street,
    district_problem,
    name_known,
    of_district,
    office_line,
    own_seat,
    roles_to_name,
    whom,
)
from plea.writing.request import Wishes
from plea.writing.wording import sentences


def ask_officials(wishes: Wishes, supporter: Supporter, rooms: Rooms) -> Wishes:
    """Whom to write to, among those the asks are for; anybody else may be named."""
    heading("Whom do you want to write to?")
    offered = whom(wishes, supporter, rooms)
    if offered.directory_missing and _fetch_now():
        rooms = open_context(wishes)
        offered = whom(wishes, supporter, rooms)
    choices = [*_seats(offered, wishes, supporter, rooms), *offered.others]
    labels = [choice.label for choice in choices]
    if not choices:
        return replace(wishes, to=(_typed_name(supporter, rooms),))
    places = tick("One letter is a fine answer.", [*labels, "Somebody else: let me type a name"], (0,))
    to = tuple(_typed_name(supporter, rooms) if place == len(choices) else choices[place].to for place in places)
    return replace(wishes, to=to)


def _seats(offered: Whom, wishes: Wishes, supporter: Supporter, rooms: Rooms) -> Iterator[Choice]:
    """The seats that answer for the place; what cannot be named is said, never guessed."""
    for note in offered.notes:
        say(note)
    yield from offered.seats
    own = ask_seat(offered, wishes, supporter, rooms) if offered.open_seats else None
    settled = own_seat(own, wishes, rooms) if own else None
    if isinstance(settled, Choice):
        yield settled
    elif settled:
        say(settled)
    for what in offered.unsettled:
        say(f"Which {what} is yours cannot be told from a ZIP; below, type the name.")


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
    keys = roles_to_name(rooms)
    role = keys[choose("What is their post?", [rooms.roles[key].name for key in keys])]
    name = ask("Their name, as in Jane Doe")
    found = name_known(role, name, supporter, rooms)
    if not found:
        return f"{role}:{name}"
    return found[choose("Which?", [choice.label for choice in found]) if len(found) > 1 else 0].to


def ask_office(wishes: Wishes, officials: Sequence[Official], nearest: Nearest) -> Wishes:
    """Which office each letter goes to, where an official has more than one."""
    chosen = dict(wishes.office_of)
    for official in officials:
        if len(official.offices) > 1:
            heading(f"To which office of {official.name}?")
            place = choose(
                "Which?", [office_line(one) for one in official.offices], official.offices.index(nearest(official))
            )
            chosen[official.id] = official.offices[place].id
    return replace(wishes, office_of=chosen)


CENSUS = "Ask the Census Bureau (your street leaves this machine)"
KNOWN = "I know the number of my district"
OTHERWISE = (CENSUS, KNOWN, "I do not know: leave the House out")


def ask_seat(whom: Whom, wishes: Wishes, supporter: Supporter, rooms: Rooms) -> Candidate | None:
    """The person's own seat among the open ones; None when it stays open."""
    named = [seat for seat in whom.open_seats if seat.official]
    for seat in whom.open_seats:
        if not seat.official and seat.note:
            say(language.sentences(seat.note))
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
    street = supporter.street or ask("Your street and number, for this question alone")
    try:
        seat = seat_by_street(supporter, street, wishes)
    except PleaError as error:
        say(sentences(f"  {error.message}", "The House is left out; --district settles it another time."), indent=2)
        return ""
    say(f"  The Census Bureau says {seat}.")
    return seat


def settle_district(wishes: Wishes, supporter: Supporter) -> Supporter:
    """The supporter with the district that the Census Bureau gives.

    Raises UsageError without a street, InputError for an address that is not found, MachineError when nobody
    answers.
    """
    if supporter.district:
        return supporter
    if not supporter.street:
        raise UsageError("--geocode: the Census needs your street", "Add --street, or give the district: --district.")
    return replace(supporter, district=seat_by_street(supporter, supporter.street, wishes))


def seat_by_street(supporter: Supporter, street: str, wishes: Wishes) -> str:
    """The seat of a street in the supporter's town; says that the street leaves this machine."""
    click.echo(f"plea: {NOTICE}", err=True)
    return district_of_street(street, supporter, wishes)
