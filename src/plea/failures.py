"""From exceptions to what a person reads on stderr and to the exit code; nowhere else."""

import os
import sys
from collections.abc import Callable, Iterable
from typing import Any

import click

from plea import language
from plea.errors import MachineError, PleaError
from plea.language import gettext as _
from plea.problems import Problem

TO_CORRECT, INCOMPLETE, INTERRUPTED = 1, 3, 130
"""Exit codes beside 0 (done), 2 (usage) and 4 (machine): input to correct, some letters not made, stopped by ^C."""


def exit_code_of(call: Callable[[], Any]) -> int:
    """Make the call; say what went wrong on stderr, and give the exit code."""
    try:
        result = call()
        if sys.stdout is not None:  # closed
            sys.stdout.flush()  # a full disk shows here, not after the exit code is settled
    except PleaError as error:
        print_problems(error.problems)
        return error.exit_code
    except click.ClickException as error:
        click.echo(f"plea: {error.format_message()}", err=True)
        if isinstance(error, click.UsageError):
            command = error.ctx.command_path if error.ctx else "plea"
            hint = _("See '%(command)s --help'.", command=command)
            click.echo(f"      {hint}", err=True)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo(f"plea: {_('stopped; no file was left half-written')}", err=True)
        return INTERRUPTED
    except OSError as error:
        print_problems(MachineError.from_system(error).problems)
        try:
            if sys.stdout is not None:
                sys.stdout.flush()
        except OSError:  # else the interpreter's own flush at its end fails, and sets another exit code
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return MachineError.exit_code
    return result if isinstance(result, int) else 0


def print_problems(problems: Iterable[Problem]) -> None:
    """A line on stderr for each problem, then each different hint once."""
    problems = [*problems]
    for problem in problems:
        click.echo(f"plea: {language.line(problem)}", err=True)
    for hint in dict.fromkeys(map(language.hint, problems)):
        if hint:
            click.echo(f"      {hint}", err=True)
