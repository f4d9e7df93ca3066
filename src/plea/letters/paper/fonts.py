"""Which font families print a text: the embedded serif, and any installed font that has the characters it lacks.

The user's folders (`--font-path`) are searched before the system's fonts. Among the system's a script's usual
families come first, then whatever has the most of the characters. typst never falls back by itself: what no font has
is a Problem, not a box on paper. Debian's packages are named because one command installs them.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

import typst

from plea.letters.paper.typst_compiler import SERIF, compiler
from plea.problems import Problem, Value

SANS = (
    "Atkinson Hyperlegible",
    "Atkinson Hyperlegible Next",
    "Noto Sans",
    "DejaVu Sans",
    "Liberation Sans",
    "Arial",
    "Helvetica",
    "Verdana",
    "Helvetica Neue",
    "Segoe UI",
)
"""For large print, in the order of preference; without these any family that calls itself a sans will do."""
# Below this the embedded serif shows what letters are written with; it is the end of Cyrillic.
PLAIN_END = 0x0530
PUNCTUATION = (0x2000, 0x2100)
CORE = "fonts-noto-core"


@dataclass(frozen=True, slots=True)
class Script:
    """A script: the first words of its characters' Unicode names, the families to prefer, the Debian package.

    `key` is that of the message `script.<key>`; `name` is the Unicode word for a script that is not listed here.
    """

    key: str
    starts: tuple[str, ...]
    families: tuple[str, ...]
    package: str = CORE
    name: str = ""


CJK = ("Noto Serif CJK SC", "Noto Serif CJK JP", "Noto Sans CJK SC", "Noto Sans CJK JP", "Source Han Serif SC")
SERIFS = ("Noto Serif", "DejaVu Serif", "Liberation Serif", "Noto Sans", "DejaVu Sans")
SCRIPTS = (
    Script("latin", ("LATIN", "GREEK", "CYRILLIC", "COMBINING", "MODIFIER"), SERIFS),
    Script("arabic", ("ARABIC",), ("Noto Naskh Arabic", "Amiri", "Scheherazade New", "Noto Sans Arabic")),
    Script("hebrew", ("HEBREW",), ("Noto Serif Hebrew", "Noto Sans Hebrew", "Frank Ruehl CLM")),
    Script("korean", ("HANGUL",), ("Noto Serif CJK KR", "Noto Sans CJK KR", *CJK), "fonts-noto-cjk"),
    Script("cjk", ("CJK", "HIRAGANA", "KATAKANA", "BOPOMOFO", "IDEOGRAPHIC", "FULLWIDTH"), CJK, "fonts-noto-cjk"),
)
EMOJI = Script("emoji", (), ("Noto Emoji", "Noto Color Emoji", "Symbola"), "fonts-noto-color-emoji")
EMOJI_START = 0x1F000
SYMBOLS = Script(
    "symbols", (), ("Noto Sans Symbols", "DejaVu Sans", "Noto Sans Symbols 2", "Noto Sans Symbols2", "Noto Serif")
)
SYMBOL_CATEGORIES = {"So", "Sk", "Sm", "Sc"}
OTHERS = ("Noto Serif {script}", "Noto Sans {script}", "{script}")
"""What the families of any other script begin with, the best first."""
BOXES = re.compile(r"last ?resort|adobe (blank|notdef)|fallback|tofu", re.IGNORECASE)
"""Families that have a box, or nothing, for every character there is."""
NAMED = 5  # characters named in one problem


@dataclass(frozen=True, slots=True)
class FontChoice:
    """Families in the order they are tried, the folders in which the compiler finds them, and what none of them has."""

    families: tuple[str, ...] = (SERIF,)
    folders: tuple[Path, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def in_addresses(self) -> tuple[str, ...]:
        """The families with the serif first: windows were measured for it."""
        return (SERIF, *(family for family in self.families if family != SERIF))


@dataclass(frozen=True, slots=True)
class _Family:
    """An installed family: the file of its upright face, which of the file's faces it is, and whose it is."""

    file: Path
    face: int
    own: bool


def choose(texts: Iterable[str], *, large_print: bool = False, font_paths: tuple[Path, ...] = ()) -> FontChoice:
    """The families that show every character of `texts`, with a Problem for characters (or a sans) that none shows."""
    characters = {character for character in set().union(*set(texts)) if unicodedata.category(character) != "Cc"}
    choice = _sans(font_paths) if large_print else FontChoice()
    missing = compiler(choice.folders).missing(characters, choice.families)
    tried = [*choice.families]
    while missing:
        installed = _installed_families(font_paths)
        more: list[str] = []
        for script in dict.fromkeys(map(_script, missing)):
            in_script = {character for character in missing if _script(character) == script}
            more += _best_family(script, in_script, installed, (*tried, *more))
        if not more:
            break
        tried += more
        folders = dict.fromkeys([*choice.folders, *(installed[family].file.parent for family in more)])
        wider = replace(choice, families=(*choice.families, *more), folders=tuple(folders))
        still_missing = compiler(wider.folders).missing(missing, wider.families)
        if len(still_missing) < len(missing):
            choice, missing = wider, still_missing
    return replace(choice, problems=choice.problems + missing_problems(missing))


def is_plain(texts: Iterable[str]) -> bool:
    """Whether texts keep to Latin, Greek, Cyrillic and the punctuation between words, which need no search."""
    return all(
        ord(character) < PLAIN_END or PUNCTUATION[0] <= ord(character) < PUNCTUATION[1]
        for character in set().union(*texts)
    )


def missing_problems(characters: Iterable[str]) -> tuple[Problem, ...]:
    """For each script the characters that no font shows, by number and name, and what to install.

    The value `missing` holds all of them as they are.
    """
    by_script: dict[Script, list[str]] = {}
    for character in characters:
        by_script.setdefault(_script(character), []).append(character)
    problems = []
    for script, missing in by_script.items():
        values: dict[str, Value] = {
            "missing": "".join(missing),
            "characters": tuple(
                f"{character} (U+{ord(character):04X}, {unicodedata.name(character, '?')})"
                for character in missing[:NAMED]
            ),
            "script": Problem(f"script.{script.key}", name=script.name),
            "package": script.package,
        }
        code = "font.missing"
        if len(missing) > NAMED:
            code, values["count"] = "font.missing_and_more", len(missing) - NAMED
        problems.append(Problem(code, "fonts", **values))
    return tuple(problems)


def _sans(font_paths: tuple[Path, ...]) -> FontChoice:
    """The sans for large print, then the serif: the user's own sans, a usual one, any named so, any of the user's."""
    installed = _installed_families(font_paths)

    def preference(name: str) -> tuple[int, int, str]:
        is_sans, place = name in SANS or "Sans" in name, SANS.index(name) if name in SANS else len(SANS)
        return (0 if is_sans and installed[name].own else 1 if is_sans else 2), place, name

    for name in sorted(installed, key=preference):
        family = installed[name]
        serves = family.own or "Sans" in name
        if name in SANS or (serves and _characters_of(family.file, family.face).issuperset("ABCabc123")):
            return FontChoice((name, SERIF), (family.file.parent,))
    return FontChoice(problems=(Problem("font.no_sans", "--large-print", families=SANS, package=CORE),))


def _best_family(
    script: Script, characters: set[str], installed: Mapping[str, _Family], tried: Sequence[str]
) -> Sequence[str]:
    """The family to add for characters of a script: the user's own first, then a usual one, then that with most."""
    candidates = {name: family for name, family in installed.items() if name not in tried and not BOXES.search(name)}
    if script.families:
        usual = [name for name in script.families if name in candidates]
    else:
        starts = [pattern.format(script=script.name) for pattern in OTHERS if script.name]
        usual = [name for start in starts for name in sorted(candidates) if name.startswith(start)]

    def coverage(name: str) -> int:
        return len(characters & _characters_of(candidates[name].file, candidates[name].face))

    def rank(name: str) -> tuple[int, bool, str]:
        return -coverage(name), "Serif" not in name, name

    own = [name for name, family in candidates.items() if family.own]
    others = [name for name in candidates if name not in usual]
    for names, order in ((own, rank), (usual, None), (others, rank)):  # reads the others' files only if it comes to it
        for name in sorted(names, key=order) if order else names:
            if coverage(name):
                return (name,)
    return ()


def _script(character: str) -> Script:
    """The script of a character, from the first word of its Unicode name."""
    name = unicodedata.name(character, "")
    for script in SCRIPTS:
        if name.startswith(script.starts):
            return script
    if unicodedata.category(character) in SYMBOL_CATEGORIES:
        return EMOJI if ord(character) >= EMOJI_START else SYMBOLS
    first = name.split(" ")[0].capitalize()
    return Script("other" if first else "unassigned", (), (), name=first)


@lru_cache(maxsize=4)
def _installed_families(font_paths: tuple[Path, ...]) -> dict[str, _Family]:
    """Each family by its name, those of `font_paths` first; the upright face nearest to regular weight."""
    own = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(map(str, font_paths)))
    system = typst.Fonts(include_system_fonts=True, include_embedded_fonts=False)
    families: dict[str, _Family] = {}
    for fonts, is_own in ((own.fonts(), True), (system.fonts(), False)):
        for font in sorted(fonts, key=lambda font: abs(font.weight - 400)):
            if font.path and font.style == "normal":
                families.setdefault(font.family, _Family(Path(font.path), font.index, is_own))
    return families


@cache
def _characters_of(file: Path, face: int) -> frozenset[str]:
    """The characters that a face of a font file has glyphs for; none where the file cannot be read."""
    from fontTools.ttLib import TTFont, TTLibError  # noqa: PLC0415 (only for what the embedded serif lacks)

    try:
        with TTFont(file, fontNumber=face, lazy=True) as font:
            glyphs = font.getBestCmap() or {}
            return frozenset(chr(code) for code, glyph in glyphs.items() if glyph != ".notdef")
    except (TTLibError, OSError, AssertionError, KeyError, ValueError):
        return frozenset()
