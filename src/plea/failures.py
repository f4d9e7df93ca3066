"""The one map from exceptions to what the person reads and the exit code."""

import sys
from collections.abc import Callable
from typing import Any

import click

from plea.errors import MachineError, PleaError

INTERRUPTED = 130


def exit_code_of(call: Callable[[], Any]) -> int:
    """Make the call; say what went wrong on stderr, and give the exit code."""
    try:
        result = call()
        if sys.stdout is not None:  # closed
            sys.stdout.flush()  # a full disk shows here, not after the exit code is settled
    except PleaError as error:
        say(error.message, error.hint)
        return error.exit_code
    except click.UsageError as error:
        command = error.ctx.command_path if error.ctx else "plea"
        say(error.format_message(), f"See '{command} --help'.")
        return error.exit_code
    except click.ClickException as error:
        say(error.format_message())
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        say("stopped; nothing half-written is left behind")
        return INTERRUPTED
    except OSError as error:
        told = MachineError.from_system(error)
        say(told.message, told.hint)
        return told.exit_code
    return result if isinstance(result, int) else 0


def say(message: str, hint: str = "") -> None:
    """One line that says what and where, one that says what to do, on stderr."""
    click.echo(f"plea: {message}", err=True)
    if hint:
        click.echo(f"      {hint}", err=True)
