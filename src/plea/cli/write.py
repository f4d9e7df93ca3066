"""`plea write`: one person's letters, from what was asked for to files and what to do with them."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from plea.cli.options import SECTIONS, SectionedCommand
from plea.cli.output import person_present, print_json
from plea.errors import UsageError
from plea.failures import say
from plea.model import Problem, Supporter

if TYPE_CHECKING:
    from plea.cli.draft import Draft, Rooms
    from plea.cli.report import Outcome
    from plea.cli.wishes import Wishes

MENDABLE = 1


def write(asks: tuple[str, ...], **options: Any) -> int:
    """What the command does; gives the exit code."""
    from plea.cli.wishes import read_wishes

    wishes = read_wishes(asks, options)
    if options["forget"]:
        _forget(wishes)
        if not asks:
            return 0
    if wishes.test_page and not asks:
        return _test_page_alone(wishes)
    if wishes.send_to_printer:
        from plea.cli.printer import find_printer

        find_printer()
    wishes = _with_remembered(wishes)
    return _with_questions(wishes) if person_present() and not wishes.json else _without_questions(wishes)


def _with_questions(wishes: "Wishes") -> int:
    """The letters, settled with the person at the terminal."""
    from plea.cli.talk import talk

    wishes, rooms, draft = talk(wishes)
    if draft is None:
        click.echo("Nothing was written.")
        return 0
    return _finish(wishes, rooms, draft)


def _without_questions(wishes: "Wishes") -> int:
    """The letters from the command line alone; what is missing is named, all of it at once."""
    from plea.cli.draft import check_person, check_words, make_draft, missing_options, open_rooms
    from plea.machine.folders import directory_file
    from plea.officials.directory import open_directory

    rooms = open_rooms(wishes)
    check_words(wishes, rooms.asks)
    missing = missing_options(wishes, rooms)
    if missing:
        roles = ", ".join(dict.fromkeys(role for ask in rooms.asks for role in ask.roles))
        whom = f"--to takes {roles}, an id, or a role with a name. " if "--to" in missing and roles else ""
        raise UsageError(
            f"missing: {', '.join(missing)}", f"{whom}On a terminal 'plea write' asks for what is missing."
        )
    checked = check_person(wishes, rooms)
    if not isinstance(checked, Supporter):
        return _refuse([replace(one, where=f"--{one.where.replace('_', '-')}") for one in checked], wishes)
    if wishes.geocode:
        from plea.cli.district import settle_district

        checked = settle_district(wishes, checked)
    draft = make_draft(wishes, checked, rooms)
    if rooms.directory is None and draft.problems and not draft.officials:
        open_directory(directory_file())  # nobody can be named without it: it says what is missing
    return _finish(wishes, rooms, draft)


def _finish(wishes: "Wishes", rooms: "Rooms", draft: "Draft") -> int:
    """Write the letters, remember the person, say what was done, hand it to the printer."""
    from plea.cli.making import exit_code, make
    from plea.cli.printer import print_files

    outcome = make(wishes, draft)
    if wishes.save:
        from plea.supporters.person import remember

        remember(draft.supporter)
    _tell(wishes, rooms, outcome)
    if wishes.send_to_printer:
        print_files([made.files["pdf"] for made in (*outcome.letters, *outcome.copies)])
    return exit_code(outcome)


def _tell(wishes: "Wishes", rooms: "Rooms", outcome: "Outcome") -> None:
    """What was written and what was not, for a program or for a person."""
    from plea.cli.report import as_json, show_card, show_outcome

    for problem in outcome.problems:
        say(f"{problem.where}: {problem.what}", problem.hint)
    if wishes.json:
        print_json(as_json(outcome))
        return
    show_outcome(outcome, rooms.roles)
    show_card(outcome, wishes.printing, rooms.roles)
    if wishes.save:
        click.echo("\nYour name and address are remembered on this machine; 'plea write --forget' deletes them.")


def _refuse(problems: list[Problem], wishes: "Wishes") -> int:
    """Every problem with what was typed; nothing is written."""
    from plea.cli.report import problem_json

    for problem in problems:
        say(f"{problem.where}: {problem.what}", problem.hint)
    if wishes.json:
        print_json({"letters": [], "problems": [problem_json(problem) for problem in problems]})
    return MENDABLE


def _with_remembered(wishes: "Wishes") -> "Wishes":
    """The wishes with what is remembered of the person, which is said on the screen; options go before it."""
    from plea.supporters.person import remembered

    kept = dict(remembered())
    if wishes.person.get("zip", kept.get("zip")) != kept.get("zip"):
        kept.pop("state", None)  # it belongs to the other ZIP
    used = {key: value for key, value in kept.items() if key not in wishes.person}
    if not used or wishes.person.get("name", kept.get("name")) != kept.get("name"):
        return wishes  # another name is another person
    if not wishes.json:
        click.echo(f"Writing as {kept.get('name', 'you')}, as remembered ('plea write --forget' deletes it).")
    return replace(wishes, person={**used, **wishes.person})


def _forget(wishes: "Wishes") -> None:
    """Delete what is remembered, and say so."""
    from plea.supporters.person import forget

    forgotten = forget()
    if wishes.json:
        print_json({"forgotten": forgotten})
    else:
        click.echo("Forgotten." if forgotten else "Nothing was remembered.")


def _test_page_alone(wishes: "Wishes") -> int:
    """The test page without a letter."""
    from plea.cli.making import write_test_page

    pages = {name: str(path) for name, path in write_test_page(wishes).items()}
    if wishes.json:
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
