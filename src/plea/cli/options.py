"""The options of `plea write`, in the sections of its help, and the command that shows them so."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

Sections = Mapping[str, Sequence[click.Option]]


class SectionedCommand(click.Command):
    """A command whose options stand under headings, since a flat list of forty is read by nobody."""

    def __init__(self, name: str, *, argument: click.Argument, sections: Sections, callback: Any, help: str) -> None:  # noqa: A002
        self.sections = sections
        options = [option for section in sections.values() for option in section]
        super().__init__(name, params=[argument, *options], callback=callback, help=help, add_help_option=False)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Each section as a list of its own."""
        for title, options in self.sections.items():
            records = [record for option in options if (record := option.get_help_record(ctx))]
            with formatter.section(title):
                formatter.write_dl(records)


def show_help(ctx: click.Context, _option: click.Parameter, value: bool) -> None:
    """Print the help and be done."""
    if value:
        click.echo(ctx.get_help())
        ctx.exit()


def text(name: str, help: str, metavar: str = "TEXT") -> click.Option:  # noqa: A002 (click's word)
    """An option that takes one value."""
    return click.Option([f"--{name}"], help=help, metavar=metavar, default="")


def several(name: str, help: str, metavar: str) -> click.Option:  # noqa: A002
    """An option that may be given more than once."""
    return click.Option([f"--{name}"], help=help, metavar=metavar, multiple=True)


def flag(name: str, help: str, *short: str) -> click.Option:  # noqa: A002
    """An option without a value."""
    return click.Option([f"--{name}", *short], help=help, is_flag=True)


def path(name: str, help: str, metavar: str, *, multiple: bool = False) -> click.Option:  # noqa: A002
    """An option that names a file or a folder."""
    return click.Option([f"--{name}"], help=help, metavar=metavar, type=click.Path(path_type=Path), multiple=multiple)


SECTIONS: Sections = {
    "You": (
        text("name", "Your name, as you sign it."),
        text("name-latin", "Its form in Latin letters, if it is written in others."),
        text("street", "Street and number. A letter may do without; the town stands for it."),
        text("city", "Your town."),
        text("state", "State, as VT or Vermont. Not needed where the ZIP tells."),
        text("zip", "ZIP, with or without the four further digits."),
        text("country", "Two-letter code. [US]"),
        text("email", "An address for the answer."),
        text("phone", "A number for the answer."),
        flag("save", "Remember all this on this machine, readable by you alone."),
        flag("forget", "Delete what was remembered."),
    ),
    "Your words": (
        text("story", "Your story in a few sentences; @FILE reads a file, - reads what is piped in.", "TEXT|@FILE|-"),
        text("story-en", "The same in English, when you told it in another language.", "TEXT|@FILE"),
        text("translated-by", "Who put it into English."),
        several("reason", "A reason to give, by its key; again for another. [the ask's own]", "KEY"),
        several("param", "What the letter speaks of, such as crisis=Sudan.", "KEY=VALUE"),
        text("language", "Adds your own copy in this language, such as es; the office gets English."),
        several("enclosure", "Something you put in the envelope; again for another.", "TEXT"),
        path("pack", "A folder of asks of your own.", "DIR"),
    ),
    "Whom you write to": (
        several("to", 'A role (us-senator: both), an id, or "us-senator:Jane Doe"; again for another.', "WHOM"),
        text("district", "Your House district, such as VT-0 or IL-11, where the ZIP is shared.", "SEAT"),
        flag("geocode", "Ask the Census for your district. Your street leaves this machine."),
        text("office", "An office by its id, capitol, or nearest. [nearest]", "ID|capitol|nearest"),
    ),
    "The paper": (
        text("date", "The letter's date. [today]", "YYYY-MM-DD"),
        several("format", "pdf, txt, html, docx, eml, form; several with commas. [pdf]", "LIST"),
        path("out", "The folder to write to. [letters]", "DIR"),
        text(
            "profile",
            "us-10-single, us-10-double, uk-dl, none (a plain one) or hand (carried): the envelope. [us-10-single]",
            "KEY",
        ),
        flag("large-print", "18 points, for eyes that need it."),
        path("signature", "A picture of your signature.", "IMAGE"),
        path("font-path", "A folder of fonts for other scripts; again for another.", "DIR", multiple=True),
        flag("envelope-page", "Also a page to print on the outside of a plain envelope."),
        flag("test-page", "Also a page to test printer and window with."),
        flag("print", "Print the letters (lp)."),
    ),
    "The command": (
        flag("json", "For programs: JSON on standard output, no questions."),
        flag("yes", "Do not ask before writing.", "-y"),
        click.Option(
            ["-h", "--help"], is_flag=True, is_eager=True, expose_value=False, callback=show_help, help="This."
        ),
    ),
}
