"""Which families print a letter: the embedded serif, and named ones of the system where it has not the characters.

Debian's packages are named because a person can install them with one command; elsewhere the family's name helps.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import typst

from plea.letters.typesetting import SERIF, press
from plea.model import Problem

SANS = (
    "Atkinson Hyperlegible",
    "Atkinson Hyperlegible Next",
    "Noto Sans",
    "DejaVu Sans",
    "Liberation Sans",
    "Arial",
    "Helvetica",
)
SANS_PACKAGE = "fonts-noto-core"
# Below this the embedded serif shows what letters are written with; it is the end of Cyrillic.
PLAIN_END = 0x0530
PUNCTUATION = (0x2000, 0x2100)


@dataclass(frozen=True, slots=True)
class Script:
    """A script, the first words of its characters' Unicode names, who prints it, and the Debian package to install."""

    name: str
    starts: tuple[str, ...]
    families: tuple[str, ...]
    package: str


CJK = ("Noto Serif CJK SC", "Noto Serif CJK JP", "Noto Sans CJK SC", "Noto Sans CJK JP", "Source Han Serif SC")
SCRIPTS = (
    Script("Arabic", ("ARABIC",), ("Noto Naskh Arabic", "Amiri", "Scheherazade New", "Noto Sans Arabic"), "fonts-noto-core"),
    Script("Hebrew", ("HEBREW",), ("Noto Serif Hebrew", "Noto Sans Hebrew", "Frank Ruehl CLM"), "fonts-noto-core"),
    Script("Chinese or Japanese", ("CJK", "HIRAGANA", "KATAKANA", "BOPOMOFO", "IDEOGRAPHIC", "FULLWIDTH"), CJK, "fonts-noto-cjk"),
    Script("Korean", ("HANGUL",), ("Noto Serif CJK KR", "Noto Sans CJK KR", *CJK), "fonts-noto-cjk"),
    Script("emoji", (), ("Noto Emoji",), "fonts-noto-extra"),
)
OTHER_FAMILIES = ("Noto Serif {script}", "Noto Sans {script}")
SYMBOL_FAMILIES = ("Noto Sans Symbols", "Noto Sans Symbols 2", "Noto Sans Symbols2", "DejaVu Sans")


@dataclass(frozen=True, slots=True)
class Stack:
    """Families in the order they are tried, and the folders in which the compiler finds them."""

    families: tuple[str, ...] = (SERIF,)
    folders: tuple[Path, ...] = ()

    @property
    def in_addresses(self) -> tuple[str, ...]:
        """The same with the serif first: windows were measured for it."""
        return (SERIF, *(family for family in self.families if family != SERIF))


@dataclass(frozen=True, slots=True)
class Found:
    """The families that serve, and what is missing of them."""

    stack: Stack
    problems: tuple[Problem, ...] = ()


def choose(texts: Iterable[str], *, large_print: bool = False, font_paths: tuple[Path, ...] = ()) -> Found:
    """The families that show every character of `texts`; a Problem for each character (or sans) that none shows."""
    characters = {character for character in set().union(*texts) if character.isprintable()}
    stack, problems = _first(font_paths) if large_print else (Stack(), ())
    missing = press(stack.folders).unseen(characters, stack.families)
    if missing:
        stack = _widened(stack, missing, font_paths)
        missing = press(stack.folders).unseen(characters, stack.families)
    return Found(stack, problems + tuple(map(unseen_problem, missing)))


def is_plain(texts: Iterable[str]) -> bool:
    """Whether texts keep to Latin, Greek, Cyrillic and the punctuation between words, which need no search."""
    return all(
        ord(character) < PLAIN_END or PUNCTUATION[0] <= ord(character) < PUNCTUATION[1]
        for character in set().union(*texts)
    )


def unseen_problem(character: str) -> Problem:
    """Says which character no font shows, by its number and name, and what to install."""
    number = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "no name")
    script = _script(character)
    return Problem(
        f"character {character}",
        f"no font at hand shows {character} ({number}, {name})",
        f"install a font for {script.name} (Debian: apt install {script.package}), "
        "give one with --font-path, or write it in other letters",
    )


def _first(font_paths: tuple[Path, ...]) -> tuple[Stack, tuple[Problem, ...]]:
    """The sans for large print, the serif behind it."""
    at_hand = _families_at_hand(font_paths)
    for family in SANS:
        if family in at_hand:
            return Stack((family, SERIF), (at_hand[family],)), ()
    problem = Problem(
        "--large-print",
        f"no sans is installed; any of these will do: {', '.join(SANS)}",
        f"install one (Debian: apt install {SANS_PACKAGE}) or give its folder with --font-path",
    )
    return Stack(), (problem,)


def _widened(stack: Stack, missing: Iterable[str], font_paths: tuple[Path, ...]) -> Stack:
    """The stack with a family more for each script of the missing characters, where one is at hand."""
    at_hand = _families_at_hand(font_paths)
    wanted = dict.fromkeys(_script(character) for character in missing)
    found = [next((family for family in script.families if family in at_hand), None) for script in wanted]
    more = [family for family in dict.fromkeys(found) if family and family not in stack.families]
    folders = dict.fromkeys([*stack.folders, *(at_hand[family] for family in more)])
    return Stack((*stack.families, *more), tuple(folders))


def _script(character: str) -> Script:
    """The script of a character, from the first word of its Unicode name."""
    name = unicodedata.name(character, "")
    for script in SCRIPTS:
        if name.startswith(script.starts or ("\0",)):
            return script
    if unicodedata.category(character) in {"So", "Sk", "Sm"}:
        return Script("symbols", (), SYMBOL_FAMILIES, "fonts-noto-core")
    word = name.split(" ")[0].capitalize()
    families = tuple(family.format(script=word) for family in OTHER_FAMILIES)
    return Script(word or "it", (), families, "fonts-noto-core")


@lru_cache(maxsize=4)
def _families_at_hand(font_paths: tuple[Path, ...]) -> dict[str, Path]:
    """The folder of each family's upright face, on the person's own paths first and then the system's."""
    own = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(map(str, font_paths)))
    system = typst.Fonts(include_system_fonts=True, include_embedded_fonts=False)
    folders: dict[str, Path] = {}
    for font in (*own.fonts(), *system.fonts()):
        if font.path and font.style == "normal":
            folders.setdefault(font.family, Path(font.path).parent)
    return folders
