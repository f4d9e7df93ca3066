"""`plea write`: one person's letters. The command and its options; what it does is in `plea.cli.write_letters`."""

from collections.abc import Mapping, Sequence
from typing import Any

import click

from plea.cli.terminal import PATH
from plea.language import gettext as _

Sections = Mapping[str, Sequence[click.Option]]


def write(asks: tuple[str, ...], **options: Any) -> int:
    """Write the letters; gives the exit code."""
    from plea.cli.write_letters import run

    return run(asks, options)


class SectionedCommand(click.Command):
    """A command whose options are under headings, since nobody reads a flat list of forty."""

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


def _show_help(ctx: click.Context, _option: click.Parameter, value: bool) -> None:
    if value:
        click.echo(ctx.get_help())
        ctx.exit()


def _text(name: str, help: str, metavar: str = "TEXT") -> click.Option:  # noqa: A002 (click's word)
    return click.Option([f"--{name}"], help=help, metavar=metavar, default="")


def _several(name: str, help: str, metavar: str) -> click.Option:  # noqa: A002
    return click.Option([f"--{name}"], help=help, metavar=metavar, multiple=True)


def _flag(name: str, help: str, *short: str) -> click.Option:  # noqa: A002
    return click.Option([f"--{name}", *short], help=help, is_flag=True)


def _path(name: str, help: str, metavar: str, *, multiple: bool = False) -> click.Option:  # noqa: A002
    return click.Option([f"--{name}"], help=help, metavar=metavar, type=PATH, multiple=multiple)


SECTIONS: Sections = {
    _("You"): (
        _text("name", _("Your name, as you sign it.")),
        _text("name-latin", _("Your name in Latin letters, if it is written in others.")),
        _text("street", _("Street and number. A letter may do without; then the city stands alone.")),
        _text("city", _("Your city or town.")),
        _text("state", _("State, as VT or Vermont. Not needed where the ZIP code settles it.")),
        _text("zip", _("ZIP code, with or without the four further digits.")),
        _text("country", _("Two-letter code. [US]")),
        _text("email", _("An e-mail address for the answer.")),
        _text("phone", _("A phone number for the answer.")),
        _flag("save", _("Remember all this on this machine, readable by you alone.")),
        _flag("forget", _("Delete what was remembered.")),
    ),
    _("Your words"): (
        _text(
            "story",
            _("Your story in a few sentences; @FILE reads a file, - reads what is piped in."),
            "TEXT|@FILE|-",
        ),
        _text("story-en", _("The same in English, when you told it in another language."), "TEXT|@FILE"),
        _text("translated-by", _("Who put it into English.")),
        _several("reason", _("A reason to give, by its key; may be repeated. [those of the ask]"), "KEY"),
        _several("param", _("What the letter is about, such as crisis=Sudan."), "KEY=VALUE"),
        _text("language", _("Adds your own copy in this language, such as es; the office gets English.")),
        _several("enclosure", _("Something you put in the envelope; may be repeated."), "TEXT"),
        _path("pack", _("A folder of asks of your own."), "DIR"),
    ),
    _("Whom you write to"): (
        _several("to", _('A role (us-senator: both), an id, or "us-senator:Jane Doe"; may be repeated.'), "WHOM"),
        _text("district", _("Your House district, such as VT-0 or IL-11, where the ZIP code has several."), "SEAT"),
        _flag("geocode", _("Ask the Census Bureau for your district. Your street leaves this machine.")),
        _text("office", _("An office by its id, capitol, or nearest. [nearest]"), "ID|capitol|nearest"),
    ),
    _("The paper"): (
        _text("date", _("The letter's date. [today]"), "YYYY-MM-DD"),
        _several("format", _("pdf, txt, html, docx, eml, form; several with commas. [pdf]"), "LIST"),
        _path("out", _("The folder to write to. [letters]"), "DIR"),
        _text(
            "profile",
            _(
                "The envelope: us-10-single, us-10-double, uk-dl, none (one without a window) or hand (carried). "
                "[us-10-single]"
            ),
            "KEY",
        ),
        _flag("large-print", _("18-point type.")),
        _path("signature", _("A picture of your signature."), "IMAGE"),
        _path("font-path", _("A folder of fonts for other scripts; may be repeated."), "DIR", multiple=True),
        _flag("envelope-page", _("Also a page to print on the outside of a plain envelope.")),
        _flag("test-page", _("Also a page to test printer and window with.")),
        _flag("print", _("Print the letters (lp).")),
    ),
    _("The command"): (
        _flag("json", _("For programs: JSON on standard output, no questions.")),
        _flag("yes", _("Do not ask before writing."), "-y"),
        click.Option(
            ["-h", "--help"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_show_help,
            help=_("Show this message and exit."),
        ),
    ),
}

command = SectionedCommand(
    "write",
    argument=click.Argument(["asks"], nargs=-1, metavar="[ASK]..."),
    sections=SECTIONS,
    callback=write,
    help=_(
        "Write letters: you say what you ask for, and get pages ready for their envelopes.\n\n"
        "On a terminal it asks for what is missing; elsewhere it names it. 'plea asks' lists what you can ask for."
    ),
)
