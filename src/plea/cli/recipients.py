"""Asks a person at a terminal whom they write to: one letter is a fine answer."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import click

from plea.cli.terminal import ask, choose, heading, show_problems, tick, wrapped
from plea.errors import PleaError, UsageError
from plea.language import gettext as _
from plea.model.officials import Candidate, Official
from plea.model.people import Supporter
from plea.officials.recipients import Nearest
from plea.writing.recipients import (
    Choice,
    Recipients,
    choice_for_own_seat,
    district_of_street,
    district_problem,
    find_recipients,
    nameable_roles,
    office_line,
    officials_named,
    seat_of_district,
)
from plea.writing.request import LetterRequest, WritingContext, open_context


def ask_recipients(request: LetterRequest, supporter: Supporter, context: WritingContext) -> LetterRequest:
    """Whom to write to, among those the asks are for; anybody else may be named."""
    heading(_("Whom do you want to write to?"))
    offered = find_recipients(request, supporter, context)
    if offered.directory_missing and _fetch_officials():
        context = open_context(request)
        offered = find_recipients(request, supporter, context)
    show_problems(offered.notes)
    choices = [*offered.seats, *_own_seat(offered, request, supporter, context)]
    for post in offered.unsettled:
        click.echo(
            wrapped(_("A ZIP code does not tell which %(post)s is yours; below you can type the name.", post=post))
        )
    choices += offered.others
    if not choices:
        return replace(request, to=(_ask_name(supporter, context),))
    labels = [*(choice.label for choice in choices), _("Somebody else: let me type a name")]
    indexes = tick(_("One letter is a fine answer."), labels, (0,))
    to = tuple(_ask_name(supporter, context) if index == len(choices) else choices[index].to for index in indexes)
    return replace(request, to=to)


def _fetch_officials() -> bool:
    """Whether the list of officials was fetched, as the person chose."""
    from plea.cli.officials import command

    click.echo(wrapped(_("Your own officials are in a public list that is not on this machine yet.")))
    choices = [_("Fetch it now (plea officials update)"), _("Go on without it; I can type a name")]
    default = 0
    while choose(_("What do you want to do?"), choices, default) == 0:
        try:
            command.main(["update"], prog_name="plea officials", standalone_mode=False)
        except PleaError as error:
            show_problems(error.problems)
            default = 1
        else:
            return True
    return False


def _own_seat(
    offered: Recipients, request: LetterRequest, supporter: Supporter, context: WritingContext
) -> Iterator[Choice]:
    """The representative among those who may be the person's, as the person settles it."""
    if not offered.open_seats:
        return
    named = [seat for seat in offered.open_seats if seat.official]
    for unnamed in offered.open_seats:
        if not unnamed.official and unnamed.note:
            show_problems([unnamed.note])
    lines = [f"{seat.official.name} ({seat.seat})" for seat in named if seat.official]
    lines += [
        _("Ask the Census Bureau (your street leaves this machine)"),
        _("I know the number of my district"),
        _("I do not know: leave the House out"),
    ]
    index = choose(_("Who is your representative?"), lines, default=len(lines) - 1)
    own: Candidate | None = None
    if index < len(named):
        own = named[index]
    elif index < len(lines) - 1:
        district = (
            _district_by_census(request, supporter)
            if index == len(named)
            else ask(_("Your district, such as IL-11"), check=lambda typed: district_problem(typed, supporter))
        )
        own = seat_of_district(district, request, supporter, context)
    choice = choice_for_own_seat(own, request, context) if own else None
    if isinstance(choice, Choice):
        yield choice
    elif choice:
        show_problems([choice])


def _district_by_census(request: LetterRequest, supporter: Supporter) -> str:
    """The district of the person's street, which the Census Bureau is sent; empty when it gives none."""
    street = supporter.street or ask(_("Your street and number, for this question alone"))
    try:
        district = _geocoded_district(request, supporter, street)
    except PleaError as error:
        show_problems(error.problems)
        click.echo(wrapped(_("The House is left out for now; --district settles it another time.")))
        return ""
    click.echo(_("The Census Bureau says %(district)s.", district=district))
    return district


def with_district(request: LetterRequest, supporter: Supporter) -> Supporter:
    """The supporter with the district that the Census Bureau gives.

    Raises UsageError without a street, InputError for an address that is not found, MachineError when nobody
    answers.
    """
    if supporter.district:
        return supporter
    if not supporter.street:
        raise UsageError("geocode.no_street", "--geocode")
    return replace(supporter, district=_geocoded_district(request, supporter, supporter.street))


def _geocoded_district(request: LetterRequest, supporter: Supporter, street: str) -> str:
    show_census_notice()
    return district_of_street(street, supporter, request)


def show_census_notice() -> None:
    """Say on stderr what the Census Bureau is sent."""
    from plea.officials.network import NOTICE

    click.echo(f"plea: {_(NOTICE)}", err=True)


def _ask_name(supporter: Supporter, context: WritingContext) -> str:
    """An official whom the person names, as `--to` takes it: by id where the directory knows the name."""
    roles = nameable_roles(context)
    role = roles[choose(_("What is their post?"), [context.roles[key].name for key in roles])]
    name = ask(_("Their name, as in Jane Doe"))
    matches = officials_named(role, name, supporter, context)
    if not matches:
        return f"{role}:{name}"
    return matches[choose(_("Which?"), [match.label for match in matches]) if len(matches) > 1 else 0].to


def ask_offices(request: LetterRequest, officials: Sequence[Official], nearest: Nearest) -> LetterRequest:
    """Which office each letter goes to, where an official has more than one."""
    office_of = dict(request.office_of)
    for official in officials:
        if len(official.offices) > 1:
            heading(_("To which office of %(official)s?", official=official.name))
            lines = [office_line(office) for office in official.offices]
            index = choose(_("Which?"), lines, official.offices.index(nearest(official)))
            office_of[official.id] = official.offices[index].id
    return replace(request, office_of=office_of)
