"""What `plea write` does: from its command line to files, what it says about them, and the printer."""

import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from plea import language
from plea.cli.terminal import heading, person_present, print_json, show_problems, wrapped
from plea.errors import InputError, MachineError, UsageError
from plea.failures import INCOMPLETE, TO_CORRECT, print_problems
from plea.language import gettext as _
from plea.language import ngettext
from plea.letters.files import WrittenLetter, format_named
from plea.letters.paper.profiles import DEFAULT, profile, read_signature
from plea.model.letters import Printing
from plea.model.people import Supporter
from plea.officials.directory import open_directory
from plea.officials.recipients import NEAREST
from plea.officials.roles import Role
from plea.problems import Problem
from plea.supporters.person import forget, remember, remembered
from plea.system import clock
from plea.system.files import MAX_TEXT, read_text
from plea.system.folders import directory_file
from plea.writing.draft import Draft, make_draft
from plea.writing.output import WritingResult, addressee, steps, write_draft, write_test_page
from plea.writing.request import (
    ENGLISH,
    LetterRequest,
    WritingContext,
    check_choices,
    check_person,
    missing_fields,
    open_context,
    read_line,
)

PERSON = ("name", "name_latin", "street", "city", "state", "zip", "country", "email", "phone", "district")
TEXTS = ("story", "story_en", "translated_by")


@dataclass(frozen=True, slots=True)
class WriteCommand:
    """One call of `plea write`: what the person asks for, and how the command is to go about it."""

    request: LetterRequest
    geocode: bool = False
    send_to_printer: bool = False
    save: bool = False
    json: bool = False
    yes: bool = False


def option_name(key: str) -> str:
    """How the command line names a field that is missing or wrong."""
    return "ASK" if key == "ask" else f"--{key.replace('_', '-')}"


def read_command(asks: Sequence[str], options: Mapping[str, Any]) -> WriteCommand:
    """The options as values.

    Raises UsageError for a date, format, profile or parameter that is none, InputError for a file that cannot be read
    and for text that may not be printed.
    """
    person = {key: options[key] for key in PERSON if options[key]}
    person |= {key: text for key in TEXTS if (text := _text(option_name(key), options[key]))}
    formats = _listed(options["format"]) or ("pdf",)
    for name in formats:
        format_named(name)
    if options["print"] and "pdf" not in formats:
        raise UsageError("print.only_pdf", "--print")
    day = clock.read_day(options["date"]) if options["date"] else clock.today()
    if day is None:
        raise UsageError("option.not_a_date", "--date", typed=options["date"])
    request = LetterRequest(
        asks=tuple(dict.fromkeys(asks)),
        person=person,
        to=_lines("--to", options["to"]),
        reasons=_listed(options["reason"]),
        params=dict(map(_param, _lines("--param", options["param"]))),
        language=options["language"] or ENGLISH,
        on=day,
        formats=formats,
        out=options["out"] or Path("letters"),
        office=options["office"] or NEAREST,
        pack=options["pack"],
        printing=_printing(options),
        enclosures=_lines("--enclosure", options["enclosure"]),
        envelope_page=options["envelope_page"],
        test_page=options["test_page"],
    )
    return WriteCommand(
        request,
        geocode=options["geocode"],
        send_to_printer=options["print"],
        save=options["save"],
        json=options["json"],
        yes=options["yes"],
    )


def _text(option: str, value: str) -> str:
    """The words themselves, those of the file named by `@FILE`, or what is piped in for `-`."""
    if value == "-":
        if sys.stdin is None:
            raise InputError("piped.nothing", f"{option} -")
        try:
            return sys.stdin.buffer.read(MAX_TEXT).decode("utf-8-sig")
        except UnicodeDecodeError:
            raise InputError("piped.not_utf8", f"{option} -") from None
    return read_text(Path(value[1:])) if value.startswith("@") else value


def _listed(values: Sequence[str]) -> tuple[str, ...]:
    """Each once, whether given in several options or with commas in one."""
    parts = (part.strip() for value in values for part in value.split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


def _lines(option: str, values: Sequence[str]) -> tuple[str, ...]:
    """The values of an option that is printed in letters, one line each; InputError for what cannot be printed."""
    lines = []
    for value in values:
        line = read_line(option, value)
        if isinstance(line, Problem):
            raise InputError(line)
        lines.append(line)
    return tuple(lines)


def _param(typed: str) -> tuple[str, str]:
    """A parameter as key and value."""
    key, equals, value = (part.strip() for part in typed.partition("="))
    if not equals or not key:
        raise UsageError("param.not_key_value", "--param", typed=typed)
    if not value:
        raise UsageError("param.empty", "--param", key=key)
    return key, value


def _printing(options: Mapping[str, Any]) -> Printing:
    """How the letters are laid out; files and folders that are named must be there."""
    envelope_profile = profile(options["profile"] or DEFAULT)
    signature: Path | None = options["signature"]
    if signature and not signature.is_file():
        raise UsageError("signature.no_file", "--signature", path=str(signature))
    read_signature(signature)  # a damaged one is reported before anything is asked
    for folder in options["font_path"]:
        if not folder.is_dir():
            raise UsageError("fonts.no_folder", "--font-path", path=str(folder))
    return Printing(
        profile=envelope_profile,
        large_print=options["large_print"],
        signature=signature,
        font_paths=tuple(options["font_path"]),
    )


# --- from the command to files ------------------------------------------------------------------------------


def run(asks: Sequence[str], options: Mapping[str, Any]) -> int:
    """What the command does; gives the exit code: 3 when some letters are not made, 1 when input is wrong."""
    command = read_command(asks, options)
    if options["forget"]:
        forgotten = forget()
        if command.json:
            print_json({"forgotten": forgotten})
        else:
            click.echo(_("Forgotten.") if forgotten else _("Nothing was remembered."))
        if not asks:
            return 0
    if command.request.test_page and not asks:
        return _write_test_page_alone(command)
    if command.send_to_printer:
        _find_printer()
    command = _with_remembered(command)
    if not person_present() or command.json:
        return _without_questions(command)
    from plea.cli.interview import interview

    request, context, draft = interview(command.request, geocode=command.geocode, ask_first=not command.yes)
    if draft is None:
        click.echo(_("Nothing was written."))
        return 0
    return _finish(replace(command, request=request), context, draft)


def _write_test_page_alone(command: WriteCommand) -> int:
    pages = _paths(write_test_page(command.request))
    if command.json:
        print_json({"letters": [], "problems": [], "pages": pages})
    else:
        click.echo(_("Written: %(path)s", path=pages["test_page"]))
        click.echo(_("Print it at 100 %%, fold it at the marks, and hold it in its envelope."))
    return 0


def _with_remembered(command: WriteCommand) -> WriteCommand:
    """The command with what is remembered of the person, which is said on the screen; options go before it."""
    person, remembered_person = command.request.person, dict(remembered())
    name = remembered_person.get("name", "")
    if person.get("zip", remembered_person.get("zip")) != remembered_person.get("zip"):
        remembered_person.pop("state", None)  # it belongs to the other ZIP code
    if remembered_person.keys() <= person.keys() or person.get("name", name) != name:
        return command  # another name is another person
    if not command.json:
        click.echo(
            _("Writing as %(name)s, as remembered ('plea write --forget' deletes it).", name=name)
            if name
            else _("Writing with what is remembered of you ('plea write --forget' deletes it).")
        )
    return replace(command, request=replace(command.request, person={**remembered_person, **person}))


def _without_questions(command: WriteCommand) -> int:
    """The letters from the command line alone; what is missing is named, all of it at once."""
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
        from plea.cli.interview import with_district

        supporter = with_district(request, supporter)
    draft = make_draft(request, supporter, context)
    if context.directory is None and draft.problems and not draft.officials:
        open_directory(directory_file())  # nobody can be named without it: it says what is missing
    return _finish(command, context, draft)


def _finish(command: WriteCommand, context: WritingContext, draft: Draft) -> int:
    """Write the letters, remember the person, say what was done, hand it to the printer."""
    written = write_draft(command.request, draft)
    if command.save:
        remember(draft.supporter)
    print_problems(written.problems)
    if command.json:
        print_json(
            {
                "letters": [_letter_json(entry, written) for entry in written.letters],
                "problems": [*map(language.as_json, written.problems)],
                **({"pages": _paths(written.pages)} if written.pages else {}),
            }
        )
    else:
        _show_written(written, command.request.printing, context.roles)
        if command.save:
            notice = _("Your name and address are remembered on this machine; 'plea write --forget' deletes them.")
            click.echo(f"\n{notice}")
    if command.send_to_printer:
        _print_files([entry.files["pdf"] for entry in (*written.letters, *written.copies)])
    if not written.problems:
        return 0
    no_official = any(problem.where.startswith("--to") for problem in written.problems)
    return INCOMPLETE if written.letters or no_official else TO_CORRECT


# --- what is said of them -----------------------------------------------------------------------------------


def _letter_json(entry: WrittenLetter, written: WritingResult) -> Mapping[str, Any]:
    """Everything about a letter for programs."""
    letter, official = entry.letter, entry.letter.official
    copies = [
        {"language": copy.letter.language, "files": _paths(copy.files)}
        for copy in written.copies
        if copy.letter.copy_of == letter.id
    ]
    return {
        "id": letter.id,
        "ask": letter.ask,
        "official": {name: getattr(official, name) for name in ("id", "name", "role", "division")},
        "office": letter.office.id,
        "files": _paths({**entry.files, **written.extra_files.get(letter.id, {})}),
        "pages": entry.pages,
        "warnings": [*map(language.as_json, dict.fromkeys((*entry.warnings, *written.warnings)))],
        **({"copies": copies} if copies else {}),
    }


def _paths(files: Mapping[str, Path]) -> dict[str, str]:
    return {name: str(path) for name, path in files.items()}


def _show_written(written: WritingResult, printing: Printing, roles: Mapping[str, Role]) -> None:
    """The files by letter, what the person should know before mailing them, and what to do now."""
    if written.letters:
        folder = str(next(iter(written.letters[0].files.values())).parent.resolve())
        title = ngettext(
            "Written: %(count)s letter, in %(folder)s",
            "Written: %(count)s letters, in %(folder)s",
            len(written.letters),
            folder=folder,
        )
        heading(title)
    for entry in written.letters:
        letter, office = entry.letter, entry.letter.office
        line = _("%(ask)s to %(official)s", ask=letter.ask, official=addressee(letter.official, roles))
        pages = ngettext("%(count)s page", "%(count)s pages", entry.pages) if entry.pages else ""
        click.echo(f"  {', '.join(filter(None, (line, office.street, office.city, pages)))}")
        for path in (*entry.files.values(), *written.extra_files.get(letter.id, {}).values()):
            click.echo(f"    {path}")
        for copy in written.copies:
            if copy.letter.copy_of == letter.id:
                for path in copy.files.values():
                    click.echo(f"    {path}  {_('(your own copy)')}")
    for path in written.pages.values():
        click.echo(f"  {path}")
    everything = (*written.letters, *written.copies)
    names = {entry.letter.official.id: addressee(entry.letter.official, roles) for entry in everything}
    warnings = (*written.warnings, *(warning for entry in everything for warning in entry.warnings))
    named = dict.fromkeys(warning.at(names.get(warning.where, warning.where)) for warning in warnings)
    show_problems(named, _("Please note"))
    next_steps = steps(written, printing, roles)
    if next_steps:
        heading(_("What to do now"))
    for number, step in enumerate(next_steps, start=1):
        click.echo(wrapped(f"{number}. {step}", hanging="   "))


# --- the printer --------------------------------------------------------------------------------------------


def _find_printer() -> str:
    """Where `lp` is; MachineError when there is none, so that it can be asked before anything is entry."""
    program = shutil.which("lp")
    if program is None:
        raise MachineError("print.no_lp", "--print")
    return program


def _print_files(files: Sequence[Path]) -> None:
    """Print each file at its true size; MachineError with what `lp` said when it would not."""
    if not files:
        return
    # print-scaling=none (PWG 5100.13) is "100 %": the address must not move out of its window.
    command = [_find_printer(), "-o", "print-scaling=none", "--", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 (the person's own printer)
    if done.returncode:
        output = (done.stderr or done.stdout).strip().splitlines()
        if output:
            raise MachineError("print.lp_failed", "--print", reason=output[-1])
        raise MachineError("print.lp_exit_code", "--print", exit_code=str(done.returncode))
