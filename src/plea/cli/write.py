"""`plea write`: one person's letters, from what was asked for to files and what to do with them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from plea import language
from plea.cli.options import PATH
from plea.cli.terminal import person_present, print_json
from plea.errors import UsageError
from plea.failures import TO_CORRECT, print_problems
from plea.language import gettext as _
from plea.model.people import Supporter

if TYPE_CHECKING:
    from plea.cli.request import WriteCommand
    from plea.writing.draft import Draft
    from plea.writing.request import WritingContext

Sections = Mapping[str, Sequence[click.Option]]


def write(asks: tuple[str, ...], **options: Any) -> int:
    """What the command does; gives the exit code."""
    from plea.cli.report import find_printer
    from plea.cli.request import read_command

    command = read_command(asks, options)
    if options["forget"]:
        from plea.supporters.person import forget

        forgotten = forget()
        if command.json:
            print_json({"forgotten": forgotten})
        else:
            click.echo(_("Forgotten.") if forgotten else _("Nothing was remembered."))
        if not asks:
            return 0
    if command.request.test_page and not asks:
        return _test_page_alone(command)
    if command.send_to_printer:
        find_printer()
    command = _with_remembered(command)
    if not person_present() or command.json:
        return _without_questions(command)
    from plea.cli.interview import interview

    request, context, draft = interview(command)
    if draft is None:
        click.echo(_("Nothing was written."))
        return 0
    return _finish(replace(command, request=request), context, draft)


def _test_page_alone(command: "WriteCommand") -> int:
    """The test page without a letter."""
    from plea.writing.output import write_test_page

    pages = {name: str(path) for name, path in write_test_page(command.request).items()}
    if command.json:
        print_json({"letters": [], "problems": [], "pages": pages})
    else:
        click.echo(_("Written: %(path)s", path=pages["test_page"]))
        click.echo(_("Print it at 100 %%, fold it at the marks, and hold it in its envelope."))
    return 0


def _with_remembered(command: "WriteCommand") -> "WriteCommand":
    """The command with what is remembered of the person, which is said on the screen; options go before it."""
    from plea.supporters.person import remembered

    kept = dict(remembered())
    person = command.request.person
    if person.get("zip", kept.get("zip")) != kept.get("zip"):
        kept.pop("state", None)  # it belongs to the other ZIP code
    used = {key: value for key, value in kept.items() if key not in person}
    if not used or person.get("name", kept.get("name")) != kept.get("name"):
        return command  # another name is another person
    if not command.json:
        name = kept.get("name", "")
        click.echo(
            _("Writing as %(name)s, as remembered ('plea write --forget' deletes it).", name=name)
            if name
            else _("Writing with what is remembered of you ('plea write --forget' deletes it).")
        )
    return replace(command, request=replace(command.request, person={**used, **person}))


def _without_questions(command: "WriteCommand") -> int:
    """The letters from the command line alone; what is missing is named, all of it at once."""
    from plea.cli.request import option_name
    from plea.officials.directory import open_directory
    from plea.system.folders import directory_file
    from plea.writing.draft import make_draft
    from plea.writing.request import check_choices, check_person, missing_fields, open_context

    request = command.request
    context = open_context(request)
    check_choices(request, context.asks)
    missing = missing_fields(request, context)
    if missing:
        roles = tuple(dict.fromkeys(role for ask in context.asks for role in ask.roles))
        options = ", ".join(map(option_name, missing))
        if "to" in missing and roles:
            raise UsageError("write.missing_recipient", options=options, roles=roles)
        raise UsageError("write.missing", options=options)
    supporter = check_person(request, context)
    if not isinstance(supporter, Supporter):
        problems = [problem.at(option_name(problem.where)) for problem in supporter]
        print_problems(problems)
        if command.json:
            print_json({"letters": [], "problems": [*map(language.as_json, problems)]})
        return TO_CORRECT
    if command.geocode:
        from plea.cli.recipients import with_district

        supporter = with_district(request, supporter)
    draft = make_draft(request, supporter, context)
    if context.directory is None and draft.problems and not draft.officials:
        open_directory(directory_file())  # nobody can be named without it: it says what is missing
    return _finish(command, context, draft)


def _finish(command: "WriteCommand", context: "WritingContext", draft: "Draft") -> int:
    """Write the letters, remember the person, say what was done, hand it to the printer."""
    from plea.cli.report import as_json, exit_code, print_files, show_written
    from plea.writing.output import write_draft

    written = write_draft(command.request, draft)
    if command.save:
        from plea.supporters.person import remember

        remember(draft.supporter)
    print_problems(written.problems)
    if command.json:
        print_json(as_json(written))
    else:
        show_written(written, command.request.printing, context.roles)
        if command.save:
            remembered = _("Your name and address are remembered on this machine; 'plea write --forget' deletes them.")
            click.echo(f"\n{remembered}")
    if command.send_to_printer:
        print_files([made.files["pdf"] for made in (*written.letters, *written.copies)])
    return exit_code(written)


# --- the command and its options ------------------------------------------------------------------------------------


class SectionedCommand(click.Command):
    """A command whose options stand under headings, since nobody reads a flat list of forty."""

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
