"""Versions: a hash of everything that a letter prints, worked out without composing it.

Two letters of the same version have the same bytes. What does not reach the paper (an office's phone, a fact that
the ask does not state, another ask of the pack) is no part of it, so that an edit makes only its own letters again.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from datetime import date
from functools import cache, lru_cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any

from plea.asks.bills import FILE as BILLS_FILE
from plea.asks.bills import numbers_of, standings_of
from plea.asks.check import bills_used, facts_used
from plea.asks.deadline import deadline
from plea.asks.pack import FACTS_FILE, Pack
from plea.campaigns.context import CampaignContext
from plea.campaigns.model import Destination
from plea.letters.compose import letter_name
from plea.letters.paper.fonts import FontChoice, choose, is_plain
from plea.model.asks import Ask
from plea.model.bills import Bill, bill_id
from plea.model.officials import Official
from plea.model.people import Supporter
from plea.officials.roles import FILE as ROLES_FILE
from plea.officials.roles import Role
from plea.system import folders

# What a row holds that only some templates print, each with the name by which a template reads it.
_SELDOM_READ: Mapping[str, tuple[Any, str]] = {
    "extra": ({}, "extra"),
    "district": ("", "district"),
    "about": ("", "about"),
    "about_en": ("", "about"),
}
FRAME = folders.templates() / "frame.md.j2"
SIZE = 16  # bytes: a version is never compared across campaigns
CHARACTER_SETS = 10_000  # answers about fonts that are kept
# A fact or bill whose key is not written out cannot be told from the source; then all of them count.
_READ_NAME = re.compile(r"""[.["'](extra|district|about)\b""")
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_ANY_FACT = re.compile(r"""\b(?:fact|is_current|crisis_fact|bill)\(\s*[^"'\s]""")


def digest(*parts: str) -> str:
    """A hash of texts in their order, in hexadecimal digits."""
    return blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=SIZE).hexdigest()


@cache
def typesetter() -> str:
    """The version of typst, which carries the embedded fonts with it."""
    return version("typst")


def base_version(context: CampaignContext, *, dated: bool = True) -> str:
    """What all letters of a campaign share: its names, date, language, parameters, sheet, and who sets the type."""
    settings = context.settings
    return _of(
        typesetter(),
        {"name": settings.name, "organiser": settings.organizer},  # its old name, so that versions stay the same
        settings.params,
        context.on.isoformat() if dated else "",
        settings.language,
        asdict(context.printing.profile),
        context.printing.large_print,
        settings.overlong,
    )


def ask_version(pack: Pack, ask: Ask) -> str:
    """An ask's own files, what they include, the frame, and the facts that they state."""
    shared = {
        name: content
        for name, content in ({} if pack.built_in else _contents(pack.folder)).items()
        if Path(name).parts[0] != "asks" and Path(name).name not in {BILLS_FILE, FACTS_FILE, ROLES_FILE}
    }
    used = {fact.key for fact in facts_used(pack, ask)}
    every = _names_no_key(ask)
    facts = [  # in their order: the first on a topic is the one that is stated
        [key, fact.text, fact.parts, fact.as_of.isoformat(), str(fact.review_by), fact.crisis, fact.topics]
        for key, fact in pack.facts.items()
        if every or key in used
    ]
    bills = {
        bill.key: [bill.congress, bill.number, bill.companion, bill.name, bill.does] for bill in bills_of(pack, ask)
    }
    return _of(ask.key, _contents(ask.folder), shared, facts, bills, file_version(FRAME))


def bills_of(pack: Pack, ask: Ask) -> list[Bill]:
    """The bills that the letters of the ask speak of; all of the pack where a template does not write their keys."""
    return list(pack.bills.values()) if _names_no_key(ask) else bills_used(pack, ask)


def standing_version(bills: Iterable[Bill], official: Official, on: date) -> str:
    """How the official stands to these bills on that day; empty where none of them was fetched."""
    standings = standings_of(official, on)
    ids = {bill_id(bill.congress, number) for bill in bills for number in numbers_of(bill, standings).values()}
    known = {key: standing for key, standing in standings.items() if key in ids}
    return _of(known) if known else ""


def _names_no_key(ask: Ask) -> bool:
    """Whether a template of the ask calls for a fact or a bill by anything but its key written out."""
    texts = (path.read_text("utf-8", "replace") for path in _files(ask.folder))
    return any(_ANY_FACT.search(_COMMENT.sub("", text)) for text in texts)


def unread_fields(context: CampaignContext) -> Mapping[str, Any]:
    """The fields of a supporter that no letter prints and no template of the campaign's asks reads, as if empty."""
    read = {ask.folder for ask in context.asks} | (set() if context.pack.built_in else {context.pack.folder})
    files = [FRAME, *(path for folder in read for path in _files(folder))]
    sources = [path.read_text("utf-8", "replace") for path in files]
    read_names = {name for source in sources for name in _READ_NAME.findall(source)}
    return {field: empty for field, (empty, name) in _SELDOM_READ.items() if name not in read_names}


def destination_version(destination: Destination, role: Role, on: date) -> str:
    """The official, the office, the forms of address and the deadline of that day's letters, as far as they print."""
    official = replace(
        destination.official,
        id="",
        other_names="",
        contact_form="",
        start=None,
        end=None,
        as_of=None,
        source="",
        offices=(),
        bills=(),
    )
    office = replace(destination.office, id="", phone="", latitude=None, longitude=None)
    by = deadline(destination.official, on, office.country)
    return digest(repr(official), repr(office), repr(role), str(by))


class Fonts:
    """The fonts of a supporter's own words, kept by the characters that need a search."""

    def __init__(self, context: CampaignContext) -> None:
        printing, self._language = context.printing, context.settings.language
        self._choose = lru_cache(CHARACTER_SETS)(
            lambda characters: choose((characters,), large_print=printing.large_print, font_paths=printing.font_paths)
        )

    def of(self, supporter: Supporter) -> FontChoice | None:
        """The families that show what is printed of the supporter's words, and a problem for characters none shows.

        None where the embedded font does, which is nearly always. A name in Arabic needs no Arabic font where its Latin
        form is printed, nor does a story whose translation is.
        """
        in_language = supporter.language == self._language
        story = supporter.story if in_language else supporter.story_en + supporter.translated_by
        about = supporter.about if in_language else supporter.about_en
        text = letter_name(supporter, self._language) + supporter.street + supporter.city + about + story
        if text.isascii() or is_plain((text,)):
            return None
        return self._choose("".join(sorted({character for character in text if not character.isascii()})))


def folder_version(folder: Path) -> str:
    """A hash over every file in a folder, names and contents."""
    return _of(_contents(folder))


def file_version(path: Path) -> str:
    """A hash over a file's content, read in pieces; empty when there is none."""
    if not path.is_file():
        return ""
    whole = blake2b(digest_size=SIZE)
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            whole.update(piece)
    return whole.hexdigest()


def _of(*values: Any) -> str:
    return digest(json.dumps(values, ensure_ascii=False, sort_keys=True, default=str))


def _files(folder: Path) -> Iterable[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))


def _contents(folder: Path) -> Mapping[str, str]:
    """A hash of each file in a folder, by its path."""
    return {str(path.relative_to(folder)): file_version(path) for path in _files(folder)}
