"""The officials on the page of step two: who can be checked, what cannot be offered, and the ways to find out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plea.errors import MachineError, PleaError, UsageError
from plea.language import gettext as _
from plea.model.officials import Official
from plea.model.people import Supporter
from plea.model.states import STATE_NAMES
from plea.officials.recipients import choose_office, read_name
from plea.problems import Problem
from plea.system.folders import directory_file
from plea.web.person.view_context import ViewContext
from plea.web.text import FieldProblem, upper_first
from plea.writing.draft import nearest_to
from plea.writing.recipients import (
    Choice,
    Recipients,
    district_of_street,
    nameable_roles,
    office_line,
    officials_named,
)
from plea.writing.request import read_line


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody who can be checked: the value of the box, the name, the role, the seat, the office."""

    value: str
    name: str
    what: str
    where: str
    office: str
    checked: bool


@dataclass(frozen=True, slots=True)
class Officials:
    """What step two shows under the address."""

    lines: Sequence[Line]
    namesakes: Sequence[Line]
    seats: Sequence[Line]
    seat_notes: Sequence[Problem]
    seat_is_open: bool
    notes: Sequence[Problem]
    unsettled: Sequence[str]
    roles: Sequence[tuple[str, str]]
    directory_missing: bool
    directory_old: bool
    place: str


def officials_of(view: ViewContext) -> Officials | None:
    """The officials for the place typed; None while it is wrong or contradicts itself."""
    supporter, session, recipients = view.resident, view.session, view.recipients
    if supporter is None or not isinstance(recipients, Recipients):
        return None

    def lines(choices: Iterable[Choice]) -> Sequence[Line]:
        return [
            Line(
                choice.to,
                choice.name,
                _(choice.what) if choice.name else upper_first(_(choice.what)),
                choice.where,
                _office(choice.official, supporter, view),
                choice.to in session.recipients(),
            )
            for choice in choices
        ]

    choices: dict[str, Choice] = {}
    for choice in (*recipients.choices, *(_added(to, view) for to in session.added)):
        choices.setdefault(choice.to, choice)  # somebody added by name may answer for the place as well
    seats = [
        Choice(seat.official.id, seat.role, _role_name(seat.role, view), seat.official.name, seat.seat, seat.official)
        for seat in recipients.open_seats
        if seat.official
    ]
    return Officials(
        lines=lines(choices.values()),
        namesakes=lines(choice for choice in session.namesakes if choice.to not in choices),
        seats=lines(seats),
        seat_notes=[seat.note for seat in recipients.open_seats if not seat.official and seat.note],
        seat_is_open=bool(recipients.open_seats),
        # The page asks instead which of the seats is theirs, and names the ways to find out.
        notes=[note for note in recipients.notes if not (seats and note.code == "lookup.zip_in_several_districts")],
        unsettled=[_(name) for name in recipients.unsettled],
        roles=[(role, _(_role_name(role, view))) for role in nameable_roles(view.writing)],
        directory_missing=recipients.directory_missing,
        directory_old=recipients.directory_old,
        place=f"{supporter.city}, {STATE_NAMES.get(supporter.state, supporter.state)}"
        if supporter.country == "US"
        else supporter.city,
    )


def _office(official: Official | None, supporter: Supporter, view: ViewContext) -> str:
    """The office the letter goes to, in one line."""
    if official is None or not official.offices:
        return ""
    try:
        office = choose_office(official, "nearest", nearest_to(supporter, view.writing))
    except UsageError:
        return ""
    return office_line(office) if office.street else ", ".join(part for part in (office.city, office.state) if part)


def _role_name(role: str, view: ViewContext) -> str:
    return view.writing.roles[role].name if role in view.writing.roles else role


def _added(to: str, view: ViewContext) -> Choice:
    """Somebody whom the person added by name, as a choice."""
    role, colon, name = to.partition(":")
    official = view.writing.directory.official(to, view.on) if view.writing.directory and not colon else None
    if official:
        return Choice(to, official.role, _role_name(official.role, view), official.name, official.district, official)
    return Choice(to, role, _role_name(role, view), read_name(name)[0])


# --- what the buttons of step two do ---------------------------------------------------------------------------


def place_key(view: ViewContext) -> tuple[Sequence[str], Sequence[str]]:
    """What decides who answers for somebody: where they live, and what they ask for."""
    supporter = view.resident
    assert supporter
    home = (supporter.state, supporter.zip[:5], supporter.district, supporter.city, supporter.country)
    return home, tuple(view.request.asks)


def check_recipients(view: ViewContext) -> None:
    """Check those who certainly answer for the place (else the first of those anybody may write to), if it is new.

    Whom the person has checked stays, if they are still on the page; if only the asks have changed, nobody is added.
    """
    session, recipients = view.session, view.recipients
    assert isinstance(recipients, Recipients)
    place = place_key(view)
    if place == session.officials_for:
        return
    offered = {choice.to for choice in recipients.choices} | {*session.added}
    offered |= {seat.official.id for seat in recipients.open_seats if seat.official}
    checked = [to for to in session.many("place", "to") if to in offered]
    certain: Sequence[Choice] = recipients.seats or recipients.others[:1]
    if not recipients.seats and (recipients.open_seats or recipients.directory_missing):
        certain = ()
    if not (checked and session.officials_for[:1] == place[:1]):
        checked = [*dict.fromkeys((*(choice.to for choice in certain), *checked))]
    session.update_place(to=checked, seat=[seat for seat in session.many("place", "seat") if seat in offered])
    session.officials_for = place


def add_by_name(view: ViewContext) -> FieldProblem | None:
    """Add the official whose role and name were typed; several of that name are there to choose from."""
    session, supporter = view.session, view.resident
    role, name = session.one("place", "named_role"), read_line("named_name", session.one("place", "named_name"))
    if isinstance(name, Problem):
        return FieldProblem("named_name", name)
    if not name or supporter is None or role not in view.writing.roles:
        return None
    namesakes = officials_named(role, name, supporter, view.writing)
    new = [f"{role}:{name}"] if not namesakes else [namesakes[0].to] if len(namesakes) == 1 else []
    session.namesakes = namesakes if len(namesakes) > 1 else ()
    session.added = tuple(dict.fromkeys((*session.added, *new)))
    session.update_place(to=[*dict.fromkeys((*session.many("place", "to"), *new))], named_name=[""])
    return None


def ask_census(view: ViewContext) -> None:
    """Fill in the district of the person's street, which the Census Bureau is sent; or say why it gave none."""
    session, supporter = view.session, view.resident
    assert supporter
    try:
        district = district_of_street(supporter.street, supporter, view.place_request)
    except PleaError as error:
        session.notes += error.problems
        return
    session.notes.append(Problem("census.says", district=district))
    session.update_place(district=[district], seat=[])


def fetch_officials(view: ViewContext) -> None:
    """Fetch the public list of officials; or say why it could not be had."""
    from plea.officials.network import update

    try:
        update(directory_file())
    except MachineError as error:
        view.session.notes += error.problems
    else:
        view.session.officials_for = ()  # there are others to check now
