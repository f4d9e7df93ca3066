"""The officials on the page of step two: who can be ticked, what cannot be offered, and the ways to find out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plea import language
from plea.errors import MachineError, PleaError, UsageError
from plea.letters.recipients import choose_office, read_name
from plea.model.officials import Official
from plea.model.people import Supporter
from plea.problems import Problem
from plea.supporters.address import state_name
from plea.system.folders import directory_file
from plea.web.language import Said, in_sentences, in_words
from plea.web.person.form import to_of
from plea.web.person.view_context import Desk
from plea.writing.draft import nearest_to
from plea.writing.recipients import (
    Choice,
    Recipients,
    district_of_street,
    find_recipients,
    nameable_roles,
    office_line,
    officials_named,
)
from plea.writing.request import read_line

SETTLED = "House districts, of which one is yours."
"""What the directory notes of a ZIP code in several districts, where the page itself says so and lists them."""

UNREACHED = {
    "the public files could not be fetched": "not_fetched",
    "the Census geocoder gave no district": "no_census",
}
"""How an error begins that means no internet, and the page's words for it: the names of servers help nobody here."""


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody who can be ticked: the value of the box, the name, the post, the office."""

    value: str
    name: str
    what: Said
    where: str
    office: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class Officials:
    """What step two shows under the address."""

    lines: Sequence[Line]
    open_lines: Sequence[Line]
    open_notes: Sequence[Said]
    is_open: bool
    notes: Sequence[Said]
    unsettled: Sequence[Said]
    found: Sequence[Line]
    roles: Sequence[tuple[str, str]]
    missing: bool
    old: bool
    home: str


def place_key(supporter: Supporter, desk: Desk) -> tuple[str, ...]:
    """What decides who answers for somebody: where they live, and what they ask for."""
    live = (supporter.state, supporter.zip[:5], supporter.district, supporter.city, supporter.country)
    return (*live, *desk.wishes.asks)


def look_up(desk: Desk) -> Officials | PleaError | None:
    """The officials for the place typed; None while it is wrong, the error where it contradicts itself."""
    supporter = desk.resident
    if supporter is None:
        return None
    try:
        offered = find_recipients(desk.place_wishes, supporter, desk.rooms)
    except PleaError as error:
        return error
    return _shown(offered, supporter, desk)


def _shown(offered: Recipients, supporter: Supporter, desk: Desk) -> Officials:
    ticked = frozenset(to_of(desk.sitting))
    choices = _each_once(*offered.choices, *(_named(to, desk) for to in desk.sitting.named))
    listed = {choice.to for choice in choices}
    seats = [Choice(s.official.id, s.role, _post(s.role, desk), s.official.name, s.seat, s.official)
             for s in offered.open_seats if s.official]  # fmt: skip
    town = f"{supporter.city}, {state_name(supporter.state)}" if supporter.country == "US" else supporter.city
    return Officials(
        lines=[*_lines(choices, ticked, supporter, desk)],
        open_lines=[*_lines(seats, ticked, supporter, desk)],
        open_notes=[
            in_sentences(language.sentences(s.note), desk.language)
            for s in offered.open_seats
            if not s.official and s.note
        ],
        is_open=bool(offered.open_seats),
        # The page itself says how to find the district, and links to it, above the seats it may be.
        notes=[
            in_sentences(language.line(one), desk.language)
            for one in offered.notes
            if not (seats and SETTLED in language.what(one))
        ],
        unsettled=[in_words(name, desk.language) for name in offered.unsettled],
        found=[*_lines([one for one in desk.sitting.found if one.to not in listed], ticked, supporter, desk)],
        roles=[(key, in_words(_post(key, desk), desk.language).text) for key in nameable_roles(desk.rooms)],
        missing=offered.directory_missing,
        old=offered.directory_old,
        home=town,
    )


def _each_once(*choices: Choice) -> Sequence[Choice]:
    """The choices, each person once: the first line of them stays."""
    first: dict[str, Choice] = {}
    for choice in choices:
        first.setdefault(choice.to, choice)
    return [*first.values()]


def _lines(choices: Iterable[Choice], ticked: frozenset[str], supporter: Supporter, desk: Desk) -> Iterable[Line]:
    for choice in choices:
        what = in_words(choice.what, desk.language)
        what = what if choice.name else Said(what.text[:1].upper() + what.text[1:], what.language)
        office = _office(choice.official, supporter, desk)
        yield Line(choice.to, choice.name, what, choice.where, office, choice.to in ticked)


def _office(official: Official | None, supporter: Supporter, desk: Desk) -> str:
    """The office the letter goes to, in one line."""
    if official is None or not official.offices:
        return ""
    try:
        office = choose_office(official, "nearest", nearest_to(supporter, desk.rooms))
    except UsageError:
        return ""
    return office_line(office) if office.street else ", ".join(part for part in (office.city, office.state) if part)


def _post(role: str, desk: Desk) -> str:
    """A post in words."""
    return desk.rooms.roles[role].name if role in desk.rooms.roles else role


def _named(to: str, desk: Desk) -> Choice:
    """Somebody whom the person named, as a choice."""
    role, colon, name = to.partition(":")
    official = desk.rooms.directory.official(to, desk.on) if desk.rooms.directory and not colon else None
    if official:
        return Choice(to, official.role, _post(official.role, desk), official.name, official.district, official)
    return Choice(to, role, _post(role, desk), read_name(name)[0])


def default_ticks(desk: Desk) -> Sequence[str]:
    """Who is ticked before the person has ticked anybody: those who certainly answer for the place, else the first."""
    supporter = desk.resident
    if supporter is None:
        return ()
    offered = find_recipients(desk.place_wishes, supporter, desk.rooms)
    if not offered.seats and (offered.open_seats or offered.directory_missing):
        return ()
    return [choice.to for choice in offered.seats or offered.others[:1]]


def still_offered(desk: Desk, values: Iterable[str]) -> Sequence[str]:
    """Of those ticked the ones who are still on the page after the place or the asks were changed."""
    supporter = desk.resident
    if supporter is None:
        return [*values]
    offered = find_recipients(desk.place_wishes, supporter, desk.rooms)
    known = {one.to for one in offered.choices} | {s.official.id for s in offered.open_seats if s.official}
    return [value for value in values if value in known or value in desk.sitting.named]


def add_name(desk: Desk) -> Problem | None:
    """Add the official whose post and name were typed; several of that name are there to choose from."""
    sitting, supporter = desk.sitting, desk.resident
    role, typed = sitting.one("place", "named_role"), sitting.one("place", "named_name")
    name = read_line("named_name", typed)
    if isinstance(name, Problem):
        return name
    if not name or supporter is None or role not in desk.rooms.roles:
        return None
    found = officials_named(role, name, supporter, desk.rooms)
    new = [f"{role}:{name}"] if not found else [found[0].to] if len(found) == 1 else []
    sitting.found = found if len(found) > 1 else ()
    sitting.named = tuple(dict.fromkeys((*sitting.named, *new)))
    sitting.forms["place"] = {
        **sitting.forms["place"], "to": [*dict.fromkeys((*sitting.many("place", "to"), *new))], "named_name": [""]
    }  # fmt: skip
    return None


def ask_census(desk: Desk) -> None:
    """Fill in the district of the person's street, which the Census Bureau is sent; or say why it gave none."""
    sitting, supporter = desk.sitting, desk.resident
    assert supporter
    try:
        district = district_of_street(supporter.street, supporter, desk.place_wishes)
    except PleaError as error:
        sitting.told += _why_not(error, desk)
        return
    sitting.told.append(Said(desk.words.place.census_says.format(district=district), desk.language))
    sitting.forms["place"] = {**sitting.forms["place"], "district": [district], "seat": []}


def fetch_officials(desk: Desk) -> None:
    """Fetch the public list of officials; or say why it could not be had."""
    from plea.officials.update import update

    try:
        update(directory_file())
    except MachineError as error:
        desk.sitting.told += _why_not(error, desk)
    else:
        desk.sitting.officials_for = ()  # there are others to tick now


def _why_not(error: PleaError, desk: Desk) -> Sequence[Said]:
    """Why something could not be had, and what to do."""
    for beginning, words in UNREACHED.items():
        if error.message.startswith(beginning):
            return [Said(desk.words.place[words], desk.language)]
    return [in_sentences(part, desk.language) for part in (error.message, error.hint) if part]
