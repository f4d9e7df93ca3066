"""The talk with a person at a terminal: ask what is missing, show the letter, write it when they say so."""

from dataclasses import replace

import click

from plea.cli import interview, recipients
from plea.cli.report import say_problem
from plea.cli.request import Call
from plea.cli.terminal import choose, decide, heading, say
from plea.letters.formats import render
from plea.model.letters import Letter
from plea.model.people import Supporter
from plea.writing.context import Rooms, check_words, open_context
from plea.writing.draft import Draft, make_draft, nearest_to
from plea.writing.next_steps import addressee
from plea.writing.output import faults
from plea.writing.request import Wishes
from plea.writing.wording import counted

CHANGES = (
    "My name or address",
    "Whom I write to",
    "The office it goes to",
    "My reasons",
    "My story",
    "Nothing, show me the letter again",
)


def talk(call: Call) -> tuple[Wishes, Rooms, Draft | None]:
    """The wishes with what was missing, and the draft to write; None when the person does not want it."""
    wishes = call.wishes
    if not wishes.asks:
        wishes = interview.ask_asks(wishes)
    rooms = open_context(wishes)
    check_words(wishes, rooms.asks)
    wishes = interview.ask_person(wishes, rooms)
    wishes, supporter = interview.mend_person(wishes, rooms)
    if call.geocode:
        from plea.cli.recipients import settle_district

        supporter = settle_district(wishes, supporter)
        wishes = replace(wishes, person={**wishes.person, "district": supporter.district})
    if not wishes.to:
        wishes = recipients.ask_officials(wishes, supporter, rooms)
        rooms = open_context(wishes)
    if not wishes.reasons:
        wishes = interview.ask_reasons(wishes, rooms)
    if "story" not in wishes.person:
        wishes = interview.ask_story(wishes, rooms)
    wishes = interview.ask_english_story(wishes, rooms)
    while True:
        wishes, supporter = interview.mend_person(wishes, rooms)
        draft = make_draft(wishes, supporter, rooms)
        answer = _shown(draft, wishes, rooms, settled=call.yes)
        if answer != "change":
            return wishes, rooms, draft if answer == "yes" else None
        wishes = _change(wishes, supporter, rooms, draft)
        rooms = open_context(wishes)


def _shown(draft: Draft, wishes: Wishes, rooms: Rooms, *, settled: bool) -> str:
    """Show the letters; gives `yes`, `no` or `change`; not asked where it is `settled`."""
    for problem in draft.problems:
        say_problem(problem, "Not possible")
    for letter in draft.letters[:1]:
        heading(f"Your letter to {addressee(letter.official, rooms.roles)}")
        _print(letter, wishes)
    wrong = [fault for letter in draft.letters for fault in faults(letter, wishes)]
    for fault in wrong:
        say_problem(fault, "It cannot be printed so")
    if settled:
        return "yes"
    answers = {"yes": "", "no": "", "change": ""}
    if len(draft.letters) > 1:
        say(f"The other {counted(len(draft.letters) - 1, 'letter')} of yours: type 'all' to read them too.")
        answers["all"] = ""
    what = "it" if len(draft.letters) == 1 else f"these {len(draft.letters)} letters"
    while True:
        answer = decide(f"Write {what}?", answers, "change" if wrong or not draft.letters else "yes")
        if answer != "all":
            return answer
        for letter in draft.letters[1:]:
            heading(f"Your letter to {addressee(letter.official, rooms.roles)}")
            _print(letter, wishes)


def _print(letter: Letter, wishes: Wishes) -> None:
    """The letter as text, set off from the talk."""
    click.echo()
    for line in render(letter, "txt", wishes.printing).content.decode().splitlines():
        click.echo(f"    {line}".rstrip())
    click.echo()


def _change(wishes: Wishes, supporter: Supporter, rooms: Rooms, draft: Draft) -> Wishes:
    """The wishes with one thing asked anew."""
    place = choose("What do you want to change?", CHANGES, default=len(CHANGES) - 1)
    if place == 0:
        return interview.ask_person(wishes, rooms, again=True)
    if place == 1:
        return recipients.ask_officials(wishes, supporter, rooms)
    if place == 2:  # noqa: PLR2004 (the third line of CHANGES)
        return recipients.ask_office(wishes, draft.officials, nearest_to(supporter, rooms))
    if place == 3:  # noqa: PLR2004 (the fourth)
        return interview.ask_reasons(replace(wishes, reasons=()), rooms)
    return interview.ask_story(wishes, rooms) if place == 4 else wishes  # noqa: PLR2004 (the fifth)
