"""The group of commands of both skins, each loaded only when it is called."""

import sys
from importlib import import_module
from typing import Any, NamedTuple

import click

from plea import __version__
from plea.cli.terminal import person_present
from plea.failures import exit_code_of


class Entry(NamedTuple):
    """The module that holds a command (as `command`), and its line in the help."""

    module: str
    line: str


# In the order a newcomer needs them.
COMMANDS = {
    "write": Entry("plea.cli.write", "Write one person's letters."),
    "campaign": Entry("plea.cli.campaign", "Print the letters of many people."),
    "web": Entry("plea.web.command", "The same in your browser."),
    "asks": Entry("plea.cli.asks", "What you can ask for: list, show, check, copy."),
    "officials": Entry("plea.cli.officials", "Whom you can write to: fetch, import, find, show."),
}


class Commands(click.Group):
    """A group that knows its commands by name and imports one only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        """The names, in the order a newcomer needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 (click's signature)
        """The command of that name, imported now; None if there is none."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(COMMANDS[cmd_name].module).command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list for `--help`, without importing a single command."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name].line) for name in self.list_commands(ctx)])


@click.group(cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="plea")
@click.pass_context
def plea(context: click.Context) -> Any:
    """Letters to the officials who answer for you, ready to send.

    On a terminal, 'plea' alone asks what you want to do.
    """
    if context.invoked_subcommand:
        return None
    if person_present():
        from plea.cli.menu import menu  # noqa: PLC0415 (only a person at a terminal sees it)

        wanted = menu()
        return plea.main([*wanted], prog_name="plea", standalone_mode=False) if wanted else None
    click.echo(context.get_help())
    return None


def run(arguments: list[str]) -> int:
    """Run the command line; gives the exit code (0 done, 1 mendable, 2 usage, 3 incomplete, 4 machine, 130 stopped)."""
    return exit_code_of(lambda: plea.main(arguments, prog_name="plea", standalone_mode=False))


def main() -> None:
    """Run `plea` and leave with its exit code."""
    sys.exit(run(sys.argv[1:]))
