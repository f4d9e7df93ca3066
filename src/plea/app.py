"""The `plea` command: the language of its reader, and its commands, each imported only when it is called."""

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NamedTuple

import click

from plea import __version__, language
from plea.errors import UsageError
from plea.failures import exit_code_of
from plea.language import gettext as _
from plea.messages.message import N_
from plea.problems import Problem


class Entry(NamedTuple):
    """The module that holds a command (as `command`), and its line in the help."""

    module: str
    line: str


# In the order a newcomer needs them.
COMMANDS = {
    "write": Entry("plea.cli.write", N_("Write one person's letters.")),
    "campaign": Entry("plea.cli.campaign", N_("Print the letters of many people.")),
    "web": Entry("plea.web.command", N_("Do the same in your browser.")),
    "asks": Entry("plea.cli.asks", N_("What you can ask for: list, show, check, copy.")),
    "officials": Entry("plea.cli.officials", N_("Whom you can write to: fetch, import, find, show.")),
}


class CommandLine(click.Group):
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
        with formatter.section(_("Commands")):
            formatter.write_dl([(name, _(COMMANDS[name].line)) for name in self.list_commands(ctx)])


def run(arguments: Sequence[str]) -> int:
    """Run the command line; gives the exit code (0 done, 1 to correct, 2 usage, 3 incomplete, 4 machine, 130 stopped).

    Help texts are put into the reader's language when the modules that hold them are imported, so the language is set
    before click sees the arguments.
    """

    def call() -> Any:
        language.use_environment()
        others, asked = _without_language(arguments)
        if asked is not None and asked not in language.LANGUAGES:
            raise UsageError("lang.unknown", "--lang", language=asked, known=tuple(language.LANGUAGES))
        language.use_environment(asked or "")
        return command_line().main(others, prog_name="plea", standalone_mode=False)

    return exit_code_of(call)


def main() -> None:
    """Run `plea` and leave with its exit code."""
    sys.exit(run(sys.argv[1:]))


def _without_language(arguments: Sequence[str]) -> tuple[list[str], str | None]:
    """The arguments without `--lang`, which may be anywhere before a `--`, and the language it names."""
    options = arguments[: arguments.index("--")] if "--" in arguments else arguments
    for index, argument in enumerate(options):
        option, equals, value = argument.partition("=")
        if option == "--lang":
            end = index + (1 if equals else 2)
            asked = value if equals else "".join(arguments[index + 1 : end])
            return [*arguments[:index], *arguments[end:]], asked
    return [*arguments], None


def command_line() -> click.Group:
    """The group of all commands, its help in the language in use."""
    group = CommandLine(
        "plea",
        callback=_without_command,
        invoke_without_command=True,
        params=[
            click.Option(
                ["--lang"],
                metavar="|".join(language.LANGUAGES),
                expose_value=False,
                help=_("The language plea speaks to you; works with every command. [that of the system]"),
            )
        ],
        context_settings={"help_option_names": ["-h", "--help"]},
        help=_(
            "Letters to the officials who answer for you, ready to send.\n\n"
            "On a terminal, 'plea' alone asks what you want to do."
        ),
    )
    return click.version_option(__version__, prog_name="plea")(group)


@click.pass_context
def _without_command(context: click.Context) -> Any:
    """What `plea` alone does: on a terminal it asks what to do, elsewhere it shows the help."""
    if context.invoked_subcommand:
        return None
    from plea.cli.terminal import ask, choose, heading, person_present  # noqa: PLC0415 (--help needs none of it)

    if not person_present():
        click.echo(context.get_help())
        return None
    heading(_("What do you want to do?"))
    choices = {
        _("Write a letter, here at the terminal"): ["write"],
        _("Open a page in my browser, for letters or a campaign"): ["web"],
        _("See how the letters of many people are printed"): ["campaign", "--help"],
        _("See what I can ask for"): ["asks", "list"],
        _("Find my officials"): ["officials", "find", "--zip"],
        _("Leave"): [],
    }
    arguments = [*choices.values()][choose(_("Which?"), [*choices])]
    if arguments[-1:] == ["--zip"]:
        arguments = [*arguments, ask(_("Your ZIP code"), check=_zip_problem)]
    return command_line().main(arguments, prog_name="plea", standalone_mode=False) if arguments else None


def _zip_problem(typed: str) -> Problem | None:
    """What is wrong with a ZIP code, before anything is looked up."""
    from plea.model.states import ZIP_DIGITS  # noqa: PLC0415 (as above)
    from plea.supporters.text import plain_digits  # noqa: PLC0415

    digits = plain_digits(typed)[:ZIP_DIGITS]
    return None if len(digits) == ZIP_DIGITS and digits.isdecimal() else Problem("zip.five_digits")
