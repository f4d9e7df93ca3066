"""`plea write`: one person's letters, from what was asked for to files and what to do with them."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from plea.cli.options import SECTIONS, SectionedCommand
from plea.cli.terminal import person_present, print_json
from plea.errors import UsageError
from plea.failures import say
from plea.model.people import Supporter
from plea.problems import Problem

if TYPE_CHECKING:
    from plea.cli.request import Call
    from plea.writing.context import Rooms
    from plea.writing.draft import Draft
    from plea.writing.output import Outcome

MENDABLE = 1


def write(asks: tuple[str, ...], **options: Any) -> int:
    """What the command does; gives the exit code."""
    from plea.cli.request import read_call

    call = read_call(asks, options)
    if options["forget"]:
        _forget(call)
        if not asks:
            return 0
    if call.wishes.test_page and not asks:
        return _test_page_alone(call)
    if call.send_to_printer:
        from plea.cli.report import find_printer

        find_printer()
    call = _with_remembered(call)
    return _with_questions(call) if person_present() and not call.json else _without_questions(call)


def _with_questions(call: "Call") -> int:
    """The letters, settled with the person at the terminal."""
    from plea.cli.conversation import talk

    wishes, rooms, draft = talk(call)
    if draft is None:
        click.echo("Nothing was written.")
        return 0
    return _finish(replace(call, wishes=wishes), rooms, draft)


def _without_questions(call: "Call") -> int:
    """The letters from the command line alone; what is missing is named, all of it at once."""
    from plea.officials.directory import open_directory
    from plea.system.folders import directory_file
    from plea.writing.context import check_person, check_words, missing, open_context
    from plea.writing.draft import make_draft

    wishes = call.wishes
    rooms = open_context(wishes)
    check_words(wishes, rooms.asks)
    absent = missing(wishes, rooms)
    if absent:
        roles = ", ".join(dict.fromkeys(role for ask in rooms.asks for role in ask.roles))
        whom = f"--to takes {roles}, an id, or a role with a name. " if "to" in absent and roles else ""
        raise UsageError(
            f"missing: {', '.join(map(_option, absent))}", f"{whom}On a terminal 'plea write' asks for what is missing."
        )
    checked = check_person(wishes, rooms)
    if not isinstance(checked, Supporter):
        return _refuse([replace(one, where=_option(one.where)) for one in checked], call)
    if call.geocode:
        from plea.cli.recipients import settle_district

        checked = settle_district(wishes, checked)
    draft = make_draft(wishes, checked, rooms)
    if rooms.directory is None and draft.problems and not draft.officials:
        open_directory(directory_file())  # nobody can be named without it: it says what is missing
    return _finish(call, rooms, draft)


def _option(key: str) -> str:
    """How the command line names what is missing or wrong."""
    return "ASK" if key == "ask" else f"--{key.replace('_', '-')}"


def _finish(call: "Call", rooms: "Rooms", draft: "Draft") -> int:
    """Write the letters, remember the person, say what was done, hand it to the printer."""
    from plea.cli.report import exit_code, print_files
    from plea.writing.output import make

    outcome = make(call.wishes, draft)
    if call.save:
        from plea.supporters.person import remember

        remember(draft.supporter)
    _tell(call, rooms, outcome)
    if call.send_to_printer:
        print_files([made.files["pdf"] for made in (*outcome.letters, *outcome.copies)])
    return exit_code(outcome)


def _tell(call: "Call", rooms: "Rooms", outcome: "Outcome") -> None:
    """What was written and what was not, for a program or for a person."""
    from plea.cli.report import as_json, show_card, show_outcome

    for problem in outcome.problems:
        say(f"{problem.where}: {problem.what}", problem.hint)
    if call.json:
        print_json(as_json(outcome))
        return
    show_outcome(outcome, rooms.roles)
    show_card(outcome, call.wishes.printing, rooms.roles)
    if call.save:
        click.echo("\nYour name and address are remembered on this machine; 'plea write --forget' deletes them.")


def _refuse(problems: list[Problem], call: "Call") -> int:
    """Every problem with what was typed; nothing is written."""
    from plea.cli.report import problem_json

    for problem in problems:
        say(f"{problem.where}: {problem.what}", problem.hint)
    if call.json:
        print_json({"letters": [], "problems": [problem_json(problem) for problem in problems]})
    return MENDABLE


def _with_remembered(call: "Call") -> "Call":
    """The call with what is remembered of the person, which is said on the screen; options go before it."""
    from plea.supporters.person import remembered

    kept = dict(remembered())
    person = call.wishes.person
    if person.get("zip", kept.get("zip")) != kept.get("zip"):
        kept.pop("state", None)  # it belongs to the other ZIP
    used = {key: value for key, value in kept.items() if key not in person}
    if not used or person.get("name", kept.get("name")) != kept.get("name"):
        return call  # another name is another person
    if not call.json:
        click.echo(f"Writing as {kept.get('name', 'you')}, as remembered ('plea write --forget' deletes it).")
    return replace(call, wishes=replace(call.wishes, person={**used, **person}))


def _forget(call: "Call") -> None:
    """Delete what is remembered, and say so."""
    from plea.supporters.person import forget

    forgotten = forget()
    if call.json:
        print_json({"forgotten": forgotten})
    else:
        click.echo("Forgotten." if forgotten else "Nothing was remembered.")


def _test_page_alone(call: "Call") -> int:
    """The test page without a letter."""
    from plea.writing.output import write_test_page

    pages = {name: str(path) for name, path in write_test_page(call.wishes).items()}
    if call.json:
        print_json({"letters": [], "problems": [], "pages": pages})
    else:
        click.echo(f"Written: {Path(pages['test_page'])}")
        click.echo("Print it at 100 %, fold it at the marks, and hold it in its envelope.")
    return 0


command = SectionedCommand(
    "write",
    argument=click.Argument(["asks"], nargs=-1, metavar="[ASK]..."),
    sections=SECTIONS,
    callback=write,
    help="Write letters: what you ask for in, pages ready for their envelopes out.\n\n"
    "On a terminal it asks for what is missing; elsewhere it names it. 'plea asks' lists what you can ask for.",
)
