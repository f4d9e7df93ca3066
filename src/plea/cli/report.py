"""What was written, for people and for programs, and the card that says what to do with it."""

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from plea.cli.terminal import heading, say
from plea.errors import MachineError
from plea.letters.files import WrittenLetter
from plea.model.letters import Letter, Printing
from plea.officials.roles import Role
from plea.problems import Problem
from plea.writing.next_steps import addressee, steps
from plea.writing.output import Outcome
from plea.writing.wording import counted, titled

SEATS = "--to"
INCOMPLETE, MENDABLE = 3, 1


def as_json(outcome: Outcome) -> Mapping[str, Any]:
    """The outcome for programs; every path and every problem in it."""
    pages = {name: str(path) for name, path in outcome.pages.items()}
    return {
        "letters": [_letter_json(made, outcome) for made in outcome.letters],
        "problems": [problem_json(problem) for problem in outcome.problems],
        **({"pages": pages} if pages else {}),
    }


def _letter_json(made: WrittenLetter, outcome: Outcome) -> Mapping[str, Any]:
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
    """A problem in one paragraph on the screen."""
    say(titled(problem, title))


def _where(letter: Letter) -> str:
    """The office of a letter by its street and town."""
    parts = [part for part in (letter.office.street, letter.office.city) if part]
    return f", {', '.join(parts)}" if parts else ""


def show_card(outcome: Outcome, printing: Printing, roles: Mapping[str, Role]) -> None:
    """What to do now, step by step."""
    card = steps(outcome, printing, roles)
    if card:
        heading("What to do now")
    for number, step in enumerate(card, start=1):
        say(f"{number}. {step}", indent=3)


def exit_code(outcome: Outcome) -> int:
    """0 when all is made; 3 when some is not, or a seat could not be named; 1 when nothing is, for the user to mend."""
    if not outcome.problems:
        return 0
    seat = any(problem.where.startswith(SEATS) for problem in outcome.problems)
    return INCOMPLETE if outcome.letters or seat else MENDABLE


def find_printer() -> str:
    """Where `lp` is; MachineError when there is none, so that it can be asked before anything is made."""
    program = shutil.which("lp")
    if program is None:
        raise MachineError(
            "--print: there is no lp command on this machine",
            "Print the PDFs from a viewer, at 100 %, or install CUPS (Debian: apt-get install cups-client).",
        )
    return program


def print_files(files: Sequence[Path]) -> None:
    """Print each file at its true size; MachineError with what `lp` said when it would not."""
    if not files:
        return
    # print-scaling=none (PWG 5100.13) is "100 %": the address must not move out of its window.
    command = [find_printer(), "-o", "print-scaling=none", "--", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 (the person's own printer)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise MachineError(
            f"--print: lp would not print: {said[-1] if said else f'it ended with {done.returncode}'}",
            "The letters are written; print them from a viewer, at 100 %.",
        )
