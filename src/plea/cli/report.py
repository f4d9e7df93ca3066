"""What `plea write` has written, for people and for programs; what to do with it; and the printer."""

import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from plea import language
from plea.cli.terminal import heading, show_problems, wrapped
from plea.errors import MachineError
from plea.failures import INCOMPLETE, TO_CORRECT
from plea.language import gettext as _
from plea.language import ngettext
from plea.letters.files import WrittenLetter
from plea.model.letters import Printing
from plea.officials.roles import Role
from plea.writing.next_steps import addressee, steps
from plea.writing.output import WritingResult


def as_json(written: WritingResult) -> Mapping[str, Any]:
    """Everything for programs: every path and every problem."""
    return {
        "letters": [_letter_json(made, written) for made in written.letters],
        "problems": [*map(language.as_json, written.problems)],
        **({"pages": _paths(written.pages)} if written.pages else {}),
    }


def _letter_json(made: WrittenLetter, written: WritingResult) -> Mapping[str, Any]:
    letter, official = made.letter, made.letter.official
    copies = [
        {"language": copy.letter.language, "files": _paths(copy.files)}
        for copy in written.copies
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
        "files": {**_paths(made.files), **_paths(written.extra_files.get(letter.id, {}))},
        "pages": made.pages,
        "warnings": [*map(language.as_json, dict.fromkeys((*made.warnings, *written.warnings)))],
        **({"copies": copies} if copies else {}),
    }


def _paths(files: Mapping[str, Path]) -> dict[str, str]:
    return {name: str(path) for name, path in files.items()}


def show_written(written: WritingResult, printing: Printing, roles: Mapping[str, Role]) -> None:
    """The files by letter, what the person should know before mailing them, and what to do now."""
    if written.letters:
        folder = next(iter(written.letters[0].files.values())).parent.resolve()
        count = len(written.letters)
        heading(
            ngettext("Written: %(count)s letter, in %(folder)s", "Written: %(count)s letters, in %(folder)s", count,
                     folder=str(folder))
        )  # fmt: skip
    for made in written.letters:
        _show_letter(made, written, roles)
    for path in written.pages.values():
        click.echo(f"  {path}")
    everything = (*written.letters, *written.copies)
    names = {made.letter.official.id: addressee(made.letter.official, roles) for made in everything}
    warnings = (*written.warnings, *(warning for made in everything for warning in made.warnings))
    named = dict.fromkeys(warning.at(names.get(warning.where, warning.where)) for warning in warnings)
    show_problems(named, _("Please note"))
    next_steps = steps(written, printing, roles)
    if next_steps:
        heading(_("What to do now"))
    for number, step in enumerate(next_steps, start=1):
        click.echo(wrapped(f"{number}. {step}", hanging="   "))


def _show_letter(made: WrittenLetter, written: WritingResult, roles: Mapping[str, Role]) -> None:
    letter = made.letter
    line = _("%(ask)s to %(official)s", ask=letter.ask, official=addressee(letter.official, roles))
    pages = [ngettext("%(count)s page", "%(count)s pages", made.pages)] if made.pages else []
    click.echo(f"  {', '.join(filter(None, (line, letter.office.street, letter.office.city, *pages)))}")
    for path in (*made.files.values(), *written.extra_files.get(letter.id, {}).values()):
        click.echo(f"    {path}")
    for copy in written.copies:
        if copy.letter.copy_of == letter.id:
            for path in copy.files.values():
                click.echo(f"    {path}  {_('(your own copy)')}")


def exit_code(written: WritingResult) -> int:
    """0 when all is made; 3 when some is not, or a seat could not be named; 1 when nothing is and input is wrong."""
    if not written.problems:
        return 0
    no_official = any(problem.where.startswith("--to") for problem in written.problems)
    return INCOMPLETE if written.letters or no_official else TO_CORRECT


def find_printer() -> str:
    """Where `lp` is; MachineError when there is none, so that it can be asked before anything is made."""
    program = shutil.which("lp")
    if program is None:
        raise MachineError("print.no_lp", "--print")
    return program


def print_files(files: Sequence[Path]) -> None:
    """Print each file at its true size; MachineError with what `lp` said when it would not."""
    if not files:
        return
    # print-scaling=none (PWG 5100.13) is "100 %": the address must not move out of its window.
    command = [find_printer(), "-o", "print-scaling=none", "--", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 (the person's own printer)
    if done.returncode:
        output = (done.stderr or done.stdout).strip().splitlines()
        if output:
            raise MachineError("print.lp_failed", "--print", reason=output[-1])
        raise MachineError("print.lp_exit_code", "--print", exit_code=str(done.returncode))
