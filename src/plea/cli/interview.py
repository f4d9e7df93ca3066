"""`plea write` with a person at a terminal: asks for what is missing, shows the letter, and writes it when told to."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import click

from plea.asks.pack import load_pack
from plea.cli.terminal import (
    ask,
    choose,
    decide,
    heading,
    in_language,
    show_census_notice,
    show_problems,
    tick,
    type_text,
    wrapped,
)
from plea.errors import PleaError, UsageError
from plea.language import gettext as _
from plea.language import ngettext
from plea.letters.files import render
from plea.model.letters import Letter
from plea.model.officials import Candidate, Official
from plea.model.people import Supporter
from plea.model.states import STATE_NAMES
from plea.officials.recipients import Nearest
from plea.problems import Problem
from plea.supporters.check import check_supporter, country_code
from plea.supporters.text import story_warnings
from plea.writing.draft import Draft, make_draft, nearest_to
from plea.writing.output import addressee, unprintable
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
from plea.writing.request import (
    ENGLISH,
    GOOD_LENGTH,
    MOST_REASONS,
    LetterRequest,
    WritingContext,
    asks_to_offer,
    check_choices,
    check_person,
    open_context,
)

STORIES = ("story", "story_en")


def interview(
    request: LetterRequest, *, geocode: bool, ask_first: bool
) -> tuple[LetterRequest, WritingContext, Draft | None]:
    """The request with what was missing, and the draft to write; None when the person does not want it."""
    if not request.asks:
        request = ask_asks(request)
    context = open_context(request)
    check_choices(request, context.asks)
    request = ask_person(request, context)
    request, supporter = correct_person(request, context)
    if geocode:
        supporter = with_district(request, supporter)
        request = replace(request, person={**request.person, "district": supporter.district})
    if not request.to:
        request = ask_recipients(request, supporter, context)
        context = open_context(request)
    if not request.reasons:
        request = ask_reasons(request, context)
    if "story" not in request.person:
        request = ask_story(request, context)
    request = ask_english_story(request, context)
    while True:
        request, supporter = correct_person(request, context)
        draft = make_draft(request, supporter, context)
        answer = show_letters(draft, request, context, ask_first=ask_first)
        if answer != "change":
            return request, context, draft if answer == "yes" else None
        request = change(request, supporter, context, draft)
        context = open_context(request)


def show_letters(draft: Draft, request: LetterRequest, context: WritingContext, *, ask_first: bool) -> str:
    """Show the first letter, and the others when asked to; gives `yes`, `no` or `change`."""
    show_problems(draft.problems, _("Not possible"))
    first, others = draft.letters[:1], draft.letters[1:]
    _print(first, request, context)
    unfit = [problem for letter in draft.letters for problem in unprintable(letter, request)]
    show_problems(dict.fromkeys(unfit), _("The letter cannot be printed like this"))
    if not ask_first:
        return "yes"
    answers = {"yes": _("yes"), "no": _("no"), "change": _("change")}
    if others:
        answers["all"] = _("all")
        more = ngettext(
            "There is %(count)s more letter: type 'all' to read it too.",
            "There are %(count)s more letters: type 'all' to read them too.",
            len(others),
        )
        click.echo(wrapped(more))
    question = ngettext("Write it?", "Write these %(count)s letters?", len(draft.letters))
    default = "change" if unfit or not draft.letters else "yes"
    while (answer := decide(question, answers, default)) == "all":
        _print(others, request, context)
    return answer


def _print(letters: Sequence[Letter], request: LetterRequest, context: WritingContext) -> None:
    """Letters as text, set off from the conversation."""
    for letter in letters:
        heading(_("Your letter to %(official)s", official=addressee(letter.official, context.roles)))
        click.echo()
        for line in render(letter, "txt", request.printing).content.decode().splitlines():
            click.echo(f"    {line}".rstrip())
        click.echo()


def change(request: LetterRequest, supporter: Supporter, context: WritingContext, draft: Draft) -> LetterRequest:
    """The request with one thing asked again."""
    changes = {
        _("My name or address"): lambda: ask_person(request, context, again=True),
        _("Whom I write to"): lambda: ask_recipients(request, supporter, context),
        _("The office it goes to"): lambda: ask_offices(request, draft.officials, nearest_to(supporter, context)),
        _("My reasons"): lambda: ask_reasons(replace(request, reasons=()), context),
        _("My story"): lambda: ask_story(request, context),
        _("Nothing, show me the letter again"): lambda: request,
    }
    index = choose(_("What do you want to change?"), [*changes], default=len(changes) - 1)
    return [*changes.values()][index]()


def ask_asks(request: LetterRequest) -> LetterRequest:
    """What to ask for, out of the pack."""
    asks = asks_to_offer(load_pack(request.pack))
    if len(asks) == 1:
        return replace(request, asks=(asks[0].key,))
    heading(_("What do you want to ask for?"))
    chosen = tick(_("Which?"), [in_language(offered.title) for offered in asks])
    return replace(request, asks=tuple(asks[index].key for index in chosen))


def ask_person(request: LetterRequest, context: WritingContext, *, again: bool = False) -> LetterRequest:
    """Name and address: what is missing of them, or with `again` all of them, what was given as the default."""
    person = dict(request.person)
    if again:
        person = {key: value for key, value in person.items() if key not in {"state", "district"}}
    elif not {"name", "zip", "city"} <= person.keys():
        heading(_("Who is writing?"))
    in_us = country_code(person.get("country", "")) == "US"
    # A street may be left out, so it is asked for only together with the city.
    fields = [key for key in ("name", "street", "zip", "city") if again or key not in person]
    if not again and "city" in person:
        fields = [key for key in fields if key != "street"]
    for key in fields:
        person[key] = ask_field(key, person, context, optional=key == "street" or (key == "zip" and not in_us))
    if in_us and not person.get("state"):
        states = context.states_of(person["zip"])
        if len(states) != 1:
            person["state"] = ask_field("state", person, context)
        elif fields:
            state = STATE_NAMES.get(states[0], states[0])
            click.echo(_("That is %(city)s in %(state)s.", city=person["city"], state=state))
    return replace(request, person={key: value for key, value in person.items() if value})


def correct_person(request: LetterRequest, context: WritingContext) -> tuple[LetterRequest, Supporter]:
    """The same with every wrong field asked for again, with the reason."""
    while True:
        checked = check_person(request, context)
        if isinstance(checked, Supporter):
            return request, checked
        key = checked[0].where
        show_problems([checked[0].at(label(key))])
        person = {field: value for field, value in request.person.items() if field != key}
        if key in STORIES:
            person[key] = type_story(key, context)
        else:
            person[key] = ask_field(key, person, context, optional=key not in {"name", "zip", "city", "state"})
        request = replace(request, person={field: value for field, value in person.items() if value})


def ask_field(key: str, person: Mapping[str, str], context: WritingContext, *, optional: bool = False) -> str:
    """One field, checked together with those that are there already."""
    others = {field: value for field, value in person.items() if field not in {key, *STORIES}}
    question = _("%(field)s (Enter leaves it out)", field=label(key)) if optional else label(key)
    return ask(
        question, person.get(key, ""), lambda typed: field_problem(key, typed, others, context), optional=optional
    )


def field_problem(key: str, typed: str, others: Mapping[str, str], context: WritingContext) -> Problem | None:
    """What is wrong with one field. When the state is asked, a ZIP code it contradicts counts."""
    checked = check_supporter({"name": "-", **others, key: typed}, known_pair=context.known_pair)
    problems = () if isinstance(checked, Supporter) else checked
    blamed = {key, "zip"} if key == "state" else {key}
    return next((problem.at(label(problem.where)) for problem in problems if problem.where in blamed), None)


def label(key: str) -> str:
    """A field's name on the screen."""
    labels = {
        "name": _("Your name"),
        "name_latin": _("Your name in Latin letters"),
        "street": _("Street and number"),
        "zip": _("ZIP code"),
        "city": _("City"),
        "state": _("State"),
        "email": _("E-mail"),
        "phone": _("Phone"),
        "district": _("House district"),
        "country": _("Country"),
        "language": _("Language"),
        "story": _("Your story"),
        "story_en": _("Your story in English"),
        "translated_by": _("Who put it into English"),
    }
    return labels.get(key, key)


# --- whom to write to ---------------------------------------------------------------------------------------


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
        show_census_notice()
        district = district_of_street(street, supporter, request)
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
    show_census_notice()
    return replace(supporter, district=district_of_street(supporter.street, supporter, request))


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


# --- reasons and story --------------------------------------------------------------------------------------


def ask_reasons(request: LetterRequest, context: WritingContext) -> LetterRequest:
    """The reasons of each ask, by their names."""
    reasons_of = dict(request.reasons_of)
    for chosen_ask in context.asks:
        heading(_("Your reasons (%(ask)s)", ask=in_language(chosen_ask.title)))
        keys = [reason.key for reason in chosen_ask.reasons]
        default = [keys.index(key) for key in chosen_ask.default_reasons]
        names = [in_language(reason.name) for reason in chosen_ask.reasons]
        indexes = tick(_("Two or three, the most important first."), names, default, most=MOST_REASONS)
        reasons_of[chosen_ask.key] = tuple(keys[index] for index in indexes)
    return replace(request, reasons_of=reasons_of)


def ask_story(request: LetterRequest, context: WritingContext) -> LetterRequest:
    """The story, typed at the terminal; a story in another language is asked for in English too."""
    heading(_("Your story"))
    explanation = _(
        "Why does this matter to you? A few sentences are enough; about 60 words read best. Two empty lines, or a "
        "period alone on a line, end it. The letter is complete without a story too."
    )
    click.echo(wrapped(explanation))
    person = {key: value for key, value in request.person.items() if key not in {*STORIES, "translated_by"}}
    person["story"] = type_story("story", context)
    return ask_english_story(replace(request, person=person), context)


def ask_english_story(request: LetterRequest, context: WritingContext) -> LetterRequest:
    """The English form of a story told in another language, where it is missing."""
    if request.language == ENGLISH or not request.person.get("story") or request.person.get("story_en"):
        return request
    click.echo(_("The office reads English: please tell the same in English."))
    story = type_story("story_en", context)
    translator = ask(_("Who put it into English? (Enter: you did)"), optional=True)
    return replace(request, person={**request.person, "story_en": story, "translated_by": translator})


def type_story(key: str, context: WritingContext) -> str:
    """A story typed at the terminal, with its count of words, and a warning where it may harm the writer."""
    while True:
        text = type_text(lambda typed: field_problem(key, typed, {}, context))
        words = len(text.split())
        click.echo(ngettext("%(count)s word.", "%(count)s words.", words))
        if words > GOOD_LENGTH:
            click.echo(_("That is long for one page; you will be told if the letter does not fit."))
        warnings = story_warnings(text)
        show_problems((warning.at(label("story")) for warning in warnings), _("Please note"))
        answers = {"yes": _("yes"), "no": _("no (type it again)")}
        if not warnings or decide(_("Keep it as it is?"), answers, "yes") == "yes":
            return text
