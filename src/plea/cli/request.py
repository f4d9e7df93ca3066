"""The command line of `plea write`, read once into values."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from plea.errors import InputError, UsageError
from plea.letters.files import format_named, read_signature
from plea.letters.paper.profiles import DEFAULT, profile
from plea.letters.recipients import NEAREST
from plea.model.letters import Printing
from plea.problems import Problem
from plea.system import clock
from plea.system.files import MAX_TEXT, read_text
from plea.writing.request import ENGLISH, LetterRequest, read_line

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
    request = LetterRequest(
        asks=tuple(dict.fromkeys(asks)),
        person=person,
        to=_lines("--to", options["to"]),
        reasons=_listed(options["reason"]),
        params=dict(map(_param, _lines("--param", options["param"]))),
        language=options["language"] or ENGLISH,
        on=_date(options["date"]),
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
    """The values of an option that is printed in letters, one line each; InputError for what may not stand there."""
    lines = [read_line(option, value) for value in values]
    for line in lines:
        if isinstance(line, Problem):
            raise InputError(line)
    return tuple(line for line in lines if isinstance(line, str))


def _param(typed: str) -> tuple[str, str]:
    """A parameter as key and value."""
    key, equals, value = (part.strip() for part in typed.partition("="))
    if not equals or not key:
        raise UsageError("param.not_key_value", "--param", typed=typed)
    if not value:
        raise UsageError("param.empty", "--param", key=key)
    return key, value


def _date(typed: str) -> date:
    """The letter's date: the one given, else today."""
    day = clock.read_day(typed) if typed else clock.today()
    if day is None:
        raise UsageError("option.not_a_date", "--date", typed=typed)
    return day


def _printing(options: Mapping[str, Any]) -> Printing:
    """How the letters are laid out; files and folders that are named must be there."""
    layout = profile(options["profile"] or DEFAULT)
    signature: Path | None = options["signature"]
    if signature and not signature.is_file():
        raise UsageError("signature.no_file", "--signature", path=str(signature))
    read_signature(signature)  # a damaged one is said before anything is asked
    for folder in options["font_path"]:
        if not folder.is_dir():
            raise UsageError("fonts.no_folder", "--font-path", path=str(folder))
    return Printing(
        profile=layout,
        large_print=options["large_print"],
        signature=signature,
        font_paths=tuple(options["font_path"]),
    )
