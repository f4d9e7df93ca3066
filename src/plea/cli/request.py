"""What the command line of `plea write` asks for, read once into values."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from plea.errors import InputError, UsageError
from plea.letters.formats import format_named
from plea.letters.paper.profiles import DEFAULT, profile
from plea.letters.paper.signature import read_signature
from plea.letters.recipients import NEAREST
from plea.model.letters import Printing, Profile
from plea.problems import Problem
from plea.system import clock
from plea.system.files import MAX_TEXT, read_text
from plea.writing.request import ENGLISH, Wishes, read_line

PERSON = ("name", "name_latin", "street", "city", "state", "zip", "country", "email", "phone", "district")
WORDS = ("story", "story_en", "translated_by")


@dataclass(frozen=True, slots=True)
class Call:
    """One call of `plea write`: what the person asks for, and how the command is to go about it."""

    wishes: Wishes
    geocode: bool = False
    send_to_printer: bool = False
    save: bool = False
    json: bool = False
    yes: bool = False


def read_call(asks: Sequence[str], options: Mapping[str, Any]) -> Call:
    """The options as values. Raises UsageError for a date, format, profile or parameter that is none."""
    person = {key: options[key] for key in PERSON if options[key]}
    person |= {key: value for key in WORDS if (value := _text_of(key, options[key]))}
    formats = _formats(options["format"])
    if options["print"] and "pdf" not in formats:
        raise UsageError("--print: only PDFs are printed", "Add pdf to --format.")
    wishes = Wishes(
        asks=tuple(dict.fromkeys(asks)),
        person=person,
        to=_clean("--to", options["to"]),
        reasons=_listed(options["reason"]),
        params=dict(_pair(pair) for pair in _clean("--param", options["param"])),
        language=options["language"] or ENGLISH,
        on=_date(options["date"]),
        formats=formats,
        out=options["out"] or Path("letters"),
        office=options["office"] or NEAREST,
        pack=options["pack"],
        printing=_printing(options),
        enclosures=_clean("--enclosure", options["enclosure"]),
        envelope_page=options["envelope_page"],
        test_page=options["test_page"],
    )
    return Call(
        wishes,
        geocode=options["geocode"],
        send_to_printer=options["print"],
        save=options["save"],
        json=options["json"],
        yes=options["yes"],
    )


def _clean(option: str, values: Sequence[str]) -> tuple[str, ...]:
    """The values of an option that is printed in letters, one line each; InputError for what may not stand there."""
    lines = []
    for value in values:
        line = read_line(option, value)
        if isinstance(line, Problem):
            raise InputError(f"{line.where}: {line.what}", line.hint)
        lines.append(line)
    return tuple(lines)


def _listed(values: Sequence[str]) -> tuple[str, ...]:
    """Each once, whether given in several options or with commas in one."""
    parts = (part.strip() for value in values for part in value.split(","))
    return tuple(dict.fromkeys(part for part in parts if part))


def _formats(values: Sequence[str]) -> tuple[str, ...]:
    """The formats, each of which exists."""
    names = _listed(values) or ("pdf",)
    for name in names:
        format_named(name)
    return names


def _date(typed: str) -> date:
    """The letter's date: the one given, else today."""
    if not typed:
        return clock.today()
    day = clock.read_day(typed)
    if day is None:
        raise UsageError(f"--date: {typed!r} is not a date", "Write it as 2026-11-22.")
    return day


def _pair(typed: str) -> tuple[str, str]:
    """A parameter as key and value."""
    key, equals, value = typed.partition("=")
    if not equals or not key.strip():
        raise UsageError(f"--param: {typed!r} is not KEY=VALUE", "Write it as crisis=Sudan.")
    if not value.strip():
        raise UsageError(f"--param: {key.strip()} is empty", "Leave it out, or write it as crisis=Sudan.")
    return key.strip(), value.strip()


def _printing(options: Mapping[str, Any]) -> Printing:
    """How the letters are laid out; files and folders that are named must be there."""
    layout: Profile = profile(options["profile"] or DEFAULT)
    signature: Path | None = options["signature"]
    if signature and not signature.is_file():
        raise UsageError(f"--signature: there is no file {signature}", "Name a PNG or JPEG picture.")
    read_signature(signature)  # a damaged one is said before anything is asked
    for folder in options["font_path"]:
        if not folder.is_dir():
            raise UsageError(f"--font-path: there is no folder {folder}", "Name a folder that holds font files.")
    return Printing(
        profile=layout,
        large_print=options["large_print"],
        signature=signature,
        font_paths=tuple(options["font_path"]),
    )


def _text_of(key: str, value: str) -> str:
    """The words themselves, those of the file named by `@FILE`, or what is piped in for `-`."""
    if value == "-":
        if sys.stdin is None:
            raise InputError(f"--{key.replace('_', '-')} -: nothing is piped in", "Name a file: @story.txt.")
        try:
            return sys.stdin.buffer.read(MAX_TEXT).decode("utf-8-sig")
        except UnicodeDecodeError:
            option = key.replace("_", "-")
            raise InputError(f"--{option} -: what is piped in is not UTF-8 text", "Save it as UTF-8.") from None
    if value.startswith("@"):
        return read_text(Path(value[1:]))
    return value
