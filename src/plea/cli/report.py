"""What was written, for people and for programs, and the card that says what to do with it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import click

from plea.asks.words import day_in_words
from plea.cli.output import counted, sentences
from plea.cli.terminal import heading, say
from plea.letters.produce import Made
from plea.model import Letter, Official, Printing, Problem
from plea.officials.roles import Role

STORIES = ("story", "story_en")
OFFICIAL_IDS = ("us-", "ocd-", "un-", "uk-", "ca-", "state-", "governor", "mayor", "committee-")
PAPER = {"pdf", "docx", "html"}
ON_SCREEN = {
    "form": "Paste the text of the form file into the web form that it names.",
    "eml": "Open the draft in your mail program, say whom it goes to, and send it.",
}
ANSWER_TIME = timedelta(weeks=3)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one run of `plea write` made, and what it could not make.

    `beside` are further files of a letter by its id (`{"envelope": path}`), `pages` those that belong to no letter.
    `warnings` concern every letter.
    """

    letters: tuple[Made, ...] = ()
    copies: tuple[Made, ...] = ()
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    beside: Mapping[str, Mapping[str, Path]] = field(default_factory=dict)
    pages: Mapping[str, Path] = field(default_factory=dict)


def as_json(outcome: Outcome) -> Mapping[str, Any]:
    """The outcome for programs; every path and every problem in it."""
    pages = {name: str(path) for name, path in outcome.pages.items()}
    return {
        "letters": [_letter_json(made, outcome) for made in outcome.letters],
        "problems": [problem_json(problem) for problem in outcome.problems],
        **({"pages": pages} if pages else {}),
    }


def _letter_json(made: Made, outcome: Outcome) -> Mapping[str, Any]:
    letter, official = made.letter, made.letter.official
    copies = [
        {"language": copy.letter.language, "files": _paths(copy.files)}
        for copy in outcome.copies
        if copy.letter.copy_of == letter.id
    ]
    return {
        "id": letter.id,
        "ask": letter.ask,
        "official": {
            "id": official.id,
            "name": official.name,
            "role": official.role,
            "division": official.division,
        },
        "office": letter.office.id,
        "files": {**_paths(made.files), **_paths(outcome.beside.get(letter.id, {}))},
        "pages": made.pages,
        "warnings": [problem_json(warning) for warning in dict.fromkeys((*made.warnings, *outcome.warnings))],
        **({"copies": copies} if copies else {}),
    }


def _paths(files: Mapping[str, Path]) -> dict[str, str]:
    return {name: str(path) for name, path in files.items()}


def problem_json(problem: Problem) -> Mapping[str, str]:
    """A problem for programs."""
    return {"where": problem.where, "what": problem.what, "hint": problem.hint}


def show_outcome(outcome: Outcome, roles: Mapping[str, Role]) -> None:
    """The files by letter, and what the person should know before posting them."""
    if outcome.letters:
        folder = next(iter(outcome.letters[0].files.values())).parent.resolve()
        heading(f"Written: {counted(len(outcome.letters), 'letter')}, in {folder}")
    for made in outcome.letters:
        pages = f", {counted(made.pages, 'page')}" if made.pages else ""
        click.echo(f"  {made.letter.ask} to {addressee(made.letter.official, roles)}{_where(made.letter)}{pages}")
        copies = [copy for copy in outcome.copies if copy.letter.copy_of == made.letter.id]
        for path in (*made.files.values(), *outcome.beside.get(made.letter.id, {}).values()):
            click.echo(f"    {path}")
        for path in (path for copy in copies for path in copy.files.values()):
            click.echo(f"    {path}  (your own copy)")
    for path in outcome.pages.values():
        click.echo(f"  {path}")
    warnings = [warning for made in (*outcome.letters, *outcome.copies) for warning in made.warnings]
    for warning in dict.fromkeys((*outcome.warnings, *warnings)):
        say_problem(warning, "Please note")


def say_problem(problem: Problem, title: str) -> None:
    """A problem in one paragraph on the screen; an official's id says nothing to a person and is left out."""
    where = f"{problem.where}: "
    if problem.where in STORIES:
        where = "your story "
    elif problem.where.startswith(OFFICIAL_IDS):
        where = ""
    say(sentences(f"{title}: {where}{problem.what}", problem.hint))


def addressee(official: Official, roles: Mapping[str, Role]) -> str:
    """Who is written to, in a few words: the name, or the post."""
    return official.name or roles[official.role].name


def _where(letter: Letter) -> str:
    """The office of a letter by its street and town."""
    parts = [part for part in (letter.office.street, letter.office.city) if part]
    return f", {', '.join(parts)}" if parts else ""


def show_card(outcome: Outcome, printing: Printing, roles: Mapping[str, Role]) -> None:
    """What to do now, step by step."""
    letters = [made.letter for made in outcome.letters]
    if not letters:
        return
    formats = {name for made in outcome.letters for name in made.files}
    steps = [
        *(_on_paper(printing, marks="pdf" in formats, outside=bool(outcome.beside)) if formats & PAPER else ()),
        *(step for name, step in ON_SCREEN.items() if name in formats),
        _ring(letters, roles),
    ]
    heading("What to do now")
    for number, step in enumerate(steps, start=1):
        say(f"{number}. {step}", indent=3)


def _on_paper(printing: Printing, *, marks: bool, outside: bool) -> Iterator[str]:
    """The steps from a file to the letter box; `marks` show where to fold."""
    profile = printing.profile
    window = profile.recipient is not None and not outside
    yield 'Print at 100 % (not "fit to page")' + (": the address must meet its window." if window else ".")
    if printing.signature is None:
        yield "Sign by hand above your name."
    if profile.envelope is None:
        yield "Carry it to the office. Ask for an appointment first."
        return
    if marks:
        yield "Fold at the small marks on the edge" + (", the address facing out." if window else ".")
    if outside:
        yield "Print the envelope page on the outside of a plain envelope."
    elif not window:
        yield "Write the address on the envelope, and yours at its top left."
    elif profile.sender is None:
        yield "The window does not show your return address: write it at the top left of the envelope."
    yield "Put a stamp on it and post it."


def _ring(letters: Sequence[Letter], roles: Mapping[str, Role]) -> str:
    """The last step, with the telephones."""
    day = day_in_words(letters[0].date + ANSWER_TIME, "en")
    phones = dict.fromkeys(
        f"{addressee(letter.official, roles)} {letter.office.phone}" for letter in letters if letter.office.phone
    )
    numbers = f": {'; '.join(phones)}" if phones else ""
    return f"No answer after three weeks ({day})? Ring the office and ask what became of your letter{numbers}."
