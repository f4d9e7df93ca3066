"""Versions: a hash of everything that a letter prints, worked out without composing it.

Two letters of the same version have the same bytes. What does not reach the paper (an office's phone, a fact that
the ask does not state, another ask of the pack) is no part of it, so that an edit makes just its own letters anew.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from functools import cache, lru_cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any

from plea.asks.check import uses_of
from plea.asks.pack import FACTS_FILE, Pack
from plea.campaigns.context import CampaignContext
from plea.campaigns.model import Destination
from plea.letters.compose import letter_name
from plea.letters.paper.fonts import FontChoice, choose, is_plain
from plea.model.asks import Ask
from plea.model.people import Supporter
from plea.officials.roles import FILE as ROLES_FILE
from plea.officials.roles import Role
from plea.system import folders

# What a row holds for the plan's sake; a template may read it as well.
_SELDOM_READ: Mapping[str, Any] = {"extra": {}, "district": ""}
SIZE = 16  # bytes: a version is never compared across campaigns
CHARACTER_SETS = 10_000  # answers about fonts that are kept
# A fact whose key is not written out cannot be told from the source; then all of them count.
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_ANY_FACT = re.compile(r"""\b(?:fact|is_current)\(\s*[^"'\s]""")


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
        if Path(name).parts[0] != "asks" and Path(name).name not in {FACTS_FILE, ROLES_FILE}
    }
    uses = {use.what for use in uses_of(pack, ask) if use.kind in {"fact", "is_current"}}
    every = any(_ANY_FACT.search(_COMMENT.sub("", path.read_text("utf-8", "replace"))) for path in _files(ask.folder))
    facts = {
        key: [fact.text, fact.parts, fact.as_of.isoformat(), str(fact.review_by), fact.crisis]
        for key, fact in pack.facts.items()
        if every or key in uses
    }
    return _of(ask.key, _contents(ask.folder), shared, facts, file_version(folders.templates() / "frame.md.j2"))


def unread_fields(context: CampaignContext) -> Mapping[str, Any]:
    """The fields of a supporter that no letter prints and no template of the campaign's asks reads, as if empty."""
    read = {ask.folder for ask in context.asks} | (set() if context.pack.built_in else {context.pack.folder})
    sources = [path.read_text("utf-8", "replace") for folder in read for path in _files(folder)]
    return {name: empty for name, empty in _SELDOM_READ.items() if not any(name in source for source in sources)}


def destination_version(destination: Destination, role: Role) -> str:
    """The official, the office and the forms of address, as far as they print."""
    official = replace(
        destination.official, id="", contact_form="", start=None, end=None, as_of=None, source="", offices=()
    )
    office = replace(destination.office, id="", phone="", latitude=None, longitude=None)
    return digest(repr(official), repr(office), repr(role))


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
        text = letter_name(supporter, self._language) + supporter.street + supporter.city + story
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
