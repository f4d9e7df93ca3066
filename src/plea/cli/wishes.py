"""What the command line of `plea write` asks for, read once into values."""

import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from plea.cli.days import read_day
from plea.errors import MendableError, UsageError
from plea.letters.formats import format_named
from plea.letters.picture import read_signature
from plea.letters.profiles import DEFAULT, profile
from plea.machine import clock
from plea.machine.files import MAX_TEXT, read_text
from plea.model import Printing, Profile
from plea.supporters.text import LONGEST_LINE, refused_character, tidy_line

PERSON = ("name", "name_latin", "street", "city", "state", "zip", "country", "email", "phone", "district")
WORDS = ("story", "story_en", "translated_by")


@dataclass(frozen=True, slots=True)
class Wishes:
    """Everything one run of `plea write` was asked for.

    `person` holds only the fields that were given; `reasons_of` are reasons chosen for one ask by its key,
    `office_of` an office by the official's id.
    """

    asks: tuple[str, ...]
    person: Mapping[str, str]
    to: tuple[str, ...]
    reasons: tuple[str, ...]
    params: Mapping[str, str]
    language: str
    on: date
    formats: tuple[str, ...]
    out: Path
    office: str
    pack: Path | None
    printing: Printing
    enclosures: tuple[str, ...] = ()
    geocode: bool = False
    envelope_page: bool = False
    test_page: bool = False
    send_to_printer: bool = False
    save: bool = False
    json: bool = False
    yes: bool = False
    reasons_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    office_of: Mapping[str, str] = field(default_factory=dict)


def read_wishes(asks: Sequence[str], options: Mapping[str, Any]) -> Wishes:
    """The options as values. Raises UsageError for a date, format, profile or parameter that is none."""
    person = {key: options[key] for key in PERSON if options[key]}
    person |= {key: value for key in WORDS if (value := _text_of(key, options[key]))}
    formats = _formats(options["format"])
    if options["print"] and "pdf" not in formats:
        raise UsageError("--print: only PDFs are printed", "Add pdf to --format.")
    return Wishes(
        asks=tuple(dict.fromkeys(asks)),
        person=person,
        to=_clean("--to", options["to"]),
        reasons=_listed(options["reason"]),
        params=dict(_pair(pair) for pair in _clean("--param", options["param"])),
        language=options["language"] or "en",
        on=_date(options["date"]),
        formats=formats,
        out=options["out"] or Path("letters"),
        office=options["office"] or "nearest",
        pack=options["pack"],
        printing=_printing(options),
        enclosures=_clean("--enclosure", options["enclosure"]),
        geocode=options["geocode"],
        envelope_page=options["envelope_page"],
        test_page=options["test_page"],
        send_to_printer=options["print"],
        save=options["save"],
        json=options["json"],
        yes=options["yes"],
    )


def _clean(option: str, values: Sequence[str]) -> tuple[str, ...]:
    """The values of an option that is printed in letters, one line each; MendableError for what may not stand there."""
    lines = tuple(tidy_line(re.sub(r"[\t\r\n]+", " ", value)) for value in values)
    for line in lines:
        character = refused_character(line)
        if character:
            raise MendableError(f"{option}: holds {character}", "Take that character out; the rest may stay as it is.")
        if len(line) > LONGEST_LINE:
            long = f"is {len(line):,} characters long; {LONGEST_LINE} is the most"
            raise MendableError(f"{option}: {long}", "Shorten it.")
    return lines


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
    day = read_day(typed)
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
            raise MendableError(f"--{key.replace('_', '-')} -: nothing is piped in", "Name a file: @story.txt.")
        try:
            return sys.stdin.buffer.read(MAX_TEXT).decode("utf-8-sig")
        except UnicodeDecodeError:
            option = key.replace("_", "-")
            raise MendableError(f"--{option} -: what is piped in is not UTF-8 text", "Save it as UTF-8.") from None
    if value.startswith("@"):
        return read_text(Path(value[1:]))
    return value
