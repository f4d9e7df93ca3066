"""From a request to the letters themselves; nothing is written or printed here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from plea.errors import UsageError
from plea.letters.compose import ComposeRequest, compose, is_for, params_for, reasons_for
from plea.model.asks import Ask
from plea.model.letters import Letter
from plea.model.officials import Office, Official, Residence
from plea.model.people import Supporter
from plea.model.states import HOUSE_ROLES, ZIP_DIGITS
from plea.officials.lookup import nearest_office
from plea.officials.recipients import Nearest, choose_offices, resolve
from plea.problems import Problem
from plea.supporters.text import story_warnings
from plea.writing.request import ENGLISH, LetterRequest, WritingContext


@dataclass(frozen=True, slots=True)
class Draft:
    """The letters, the signer's copies of them, what keeps others from being made, what the person should know."""

    supporter: Supporter
    officials: tuple[Official, ...]
    letters: tuple[Letter, ...]
    copies: tuple[Letter, ...]
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def residence_of(supporter: Supporter) -> Residence:
    """Where the supporter lives, for a look-up."""
    if supporter.country != "US":
        return Residence(city=supporter.city)
    return Residence(
        state=supporter.state, zip=supporter.zip[:ZIP_DIGITS], district=supporter.district, city=supporter.city
    )


def make_draft(request: LetterRequest, supporter: Supporter, context: WritingContext) -> Draft:
    """Every letter that can be made: one for each ask and each official it is for.

    Raises UsageError for an ask and officials that do not go together, InputError for a template or a fact.
    """
    for to in request.to:  # a seat that nobody can be named for is a problem of the draft, a wrong role is not
        role = to.partition(":")[0]
        if role in context.roles and not any(is_for(ask, role) for ask in context.asks):
            raise _not_for(context.asks, role)
    targets = resolve(request.to, residence_of(supporter), context.directory, request.on, context.roles)
    for official in targets.chosen:
        if not any(is_for(ask, official.role) for ask in context.asks):
            raise _not_for(context.asks, official.role)
    for ask in context.asks:
        if not targets.problems and not any(is_for(ask, official.role) for official in targets.chosen):
            raise _not_for((ask,), *dict.fromkeys(official.role for official in targets.chosen))
    offices = offices_of(request, supporter, context, targets.chosen)
    compose_requests = [
        ComposeRequest(
            pack=context.pack,
            ask=ask,
            supporter=supporter,
            official=official,
            role=context.roles[official.role],
            office=offices[official.id],
            on=request.on,
            reasons=request.reasons_of.get(ask.key) or reasons_for(ask, request.reasons),
            params=params_for(ask, request.params),
            enclosures=request.enclosures,
        )
        for ask in context.asks
        for official in targets.chosen
        if is_for(ask, official.role)
    ]
    to_copy = [] if request.language == ENGLISH else compose_requests
    return Draft(
        supporter=supporter,
        officials=targets.chosen,
        letters=tuple(map(compose, compose_requests)),
        copies=tuple(compose(replace(letter, language=request.language, signers_copy=True)) for letter in to_copy),
        problems=targets.problems,
        warnings=(
            *_district_warnings(request, supporter, context, targets.chosen),
            *story_warnings(supporter.story),
            *story_warnings(supporter.story_en, "story_en"),
        ),
    )


def offices_of(
    request: LetterRequest, supporter: Supporter, context: WritingContext, officials: Sequence[Official]
) -> Mapping[str, Office]:
    """The office each official's letter goes to, by the official's id."""
    offices = dict(choose_offices(officials, request.office, nearest_to(supporter, context)))
    for official in officials:
        chosen = official.office(request.office_of.get(official.id, ""))
        if chosen:
            offices[official.id] = chosen
    return offices


def nearest_to(supporter: Supporter, context: WritingContext) -> Nearest:
    """A function that gives an official's office nearest to the supporter."""
    zip5 = supporter.zip[:ZIP_DIGITS] if supporter.country == "US" else ""
    return lambda official: nearest_office(official, zip5, context.directory)


def _not_for(asks: Sequence[Ask], *roles: str) -> UsageError:
    """The error of asks that are for none of these roles."""
    return UsageError(
        "to.not_for_role",
        "--to",
        count=len(asks),
        asks=tuple(ask.key for ask in asks),
        roles=roles,
        known=tuple(dict.fromkeys(role for ask in asks for role in ask.roles)),
    )


def _district_warnings(
    request: LetterRequest, supporter: Supporter, context: WritingContext, officials: Sequence[Official]
) -> tuple[Problem, ...]:
    """A warning where the ZIP table does not list the House district for the ZIP code; the district given decides."""
    residence = residence_of(supporter)
    to_house = any(official.role in HOUSE_ROLES for official in officials)
    if context.directory is None or not (to_house and residence.zip and residence.district):
        return ()
    by_zip = context.directory.find(replace(residence, district=""), request.on, HOUSE_ROLES).candidates
    seats = tuple(candidate.seat for candidate in by_zip)
    if not seats or residence.district in seats or any("?" in seat for seat in seats):
        return ()
    return (
        Problem("district.not_in_zip", "--district", zip=residence.zip, districts=seats, district=residence.district),
    )
