"""The group of commands, each loaded only when it is called."""

from importlib import import_module

import click

from plea import __version__
from plea.cli.failures import exit_code_of
from plea.cli.output import person_present

COMMANDS = {
    "asks": "What you can ask for: list, show, check, copy.",
    "officials": "Whom you can write to: fetch, import, find, show.",
    "write": "Write one person's letters.",
    "campaign": "Print the letters of many people.",
}


class Commands(click.Group):
    """A group that knows its commands by name and imports one only to run it."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        """The names, in the order a newcomer needs them."""
        return ["write", "campaign", "asks", "officials"]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 (click's signature)
        """The command of that name, imported now; None if there is none."""
        if cmd_name not in COMMANDS:
            return None
        command = import_module(f"plea.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list for `--help`, without importing a single command."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name]) for name in self.list_commands(ctx)])


@click.group(cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="plea")
@click.pass_context
def plea(context: click.Context) -> None:
    """Letters to the officials who answer for you, ready to send.

    On a terminal, 'plea' alone asks what you want to do.
    """
    if context.invoked_subcommand:
        return
    if person_present():
        from plea.cli.menu import menu

        menu()
    else:
        click.echo(context.get_help())


def run(arguments: list[str]) -> int:
    """Run the command line; gives the exit code (0 done, 1 mendable, 2 usage, 3 incomplete, 4 machine, 130 stopped)."""
    return exit_code_of(lambda: plea.main(arguments, prog_name="plea", standalone_mode=False))
