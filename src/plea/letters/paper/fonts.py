"""Which families print a letter: the embedded serif, and named ones of the system where it has not the characters.

Debian's packages are named because a person can install them with one command; elsewhere the family's name helps.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path

import typst

from plea.letters.paper.typst_compiler import SERIF, compiler
from plea.problems import Problem, old_problem

SANS = (
    "Atkinson Hyperlegible",
    "Atkinson Hyperlegible Next",
    "Noto Sans",
    "DejaVu Sans",
    "Liberation Sans",
    "Arial",
    "Helvetica",
)
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
CORE = "fonts-noto-core"
SERIFS = ("Noto Serif", "DejaVu Serif", "Liberation Serif", "Noto Sans", "DejaVu Sans")
SCRIPTS = (
    Script("rarer Latin, Greek and Cyrillic", ("LATIN", "GREEK", "CYRILLIC", "COMBINING", "MODIFIER"), SERIFS, CORE),
    Script("Arabic", ("ARABIC",), ("Noto Naskh Arabic", "Amiri", "Scheherazade New", "Noto Sans Arabic"), CORE),
    Script("Hebrew", ("HEBREW",), ("Noto Serif Hebrew", "Noto Sans Hebrew", "Frank Ruehl CLM"), CORE),
    Script("Korean", ("HANGUL",), ("Noto Serif CJK KR", "Noto Sans CJK KR", *CJK), "fonts-noto-cjk"),
    Script(
        "Chinese and Japanese",
        ("CJK", "HIRAGANA", "KATAKANA", "BOPOMOFO", "IDEOGRAPHIC", "FULLWIDTH"),
        CJK,
        "fonts-noto-cjk",
    ),
)
EMOJI = Script("emoji", (), ("Noto Emoji", "Noto Color Emoji", "Symbola"), "fonts-noto-color-emoji")
EMOJI_START = 0x1F000
SYMBOLS = Script(
    "symbols",
    (),
    ("Noto Sans Symbols", "DejaVu Sans", "Noto Sans Symbols 2", "Noto Sans Symbols2", "Noto Serif"),
    CORE,
)
SYMBOL_CATEGORIES = {"So", "Sk", "Sm", "Sc"}
FAMILIES_A_SCRIPT = 3  # tried one after the other while characters are missing
# Any other script: families of these names, whatever follows the script's first word (`Egyptian Hieroglyphs`).
OTHERS = ("Noto Serif {script}", "Noto Sans {script}", "{script}")
NAMED = 5  # characters named in one problem


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
    characters = {character for character in set().union(*set(texts)) if unicodedata.category(character) != "Cc"}
    stack, problems = _first(font_paths) if large_print else (Stack(), ())
    missing = compiler(stack.folders).unseen(characters, stack.families)
    for turn in range(FAMILIES_A_SCRIPT):
        if missing:
            stack = _widened(stack, missing, font_paths, turn)
            missing = compiler(stack.folders).unseen(characters, stack.families)
    return Found(stack, problems + unseen_problems(missing))


def is_plain(texts: Iterable[str]) -> bool:
    """Whether texts keep to Latin, Greek, Cyrillic and the punctuation between words, which need no search."""
    return all(
        ord(character) < PLAIN_END or PUNCTUATION[0] <= ord(character) < PUNCTUATION[1]
        for character in set().union(*texts)
    )


def unseen_problems(characters: Iterable[str]) -> tuple[Problem, ...]:
    """For each script the characters no font shows, by number and name, and what to install."""
    by_script: dict[Script, list[str]] = {}
    for character in characters:
        by_script.setdefault(_script(character), []).append(character)
    return tuple(_unseen_problem(script, found) for script, found in by_script.items())


def _unseen_problem(script: Script, characters: list[str]) -> Problem:
    named = [
        f"{character} (U+{ord(character):04X}, {unicodedata.name(character, 'which has no name')})"
        for character in characters[:NAMED]
    ]
    more = f" and {len(characters) - NAMED} more" if len(characters) > NAMED else ""
    return old_problem(
        "fonts",
        f"no font at hand shows {', '.join(named)}{more}",
        f"install a font for {script.name} (Debian: apt install {script.package}) and try again, "
        "or give its folder with --font-path",
    )


def _first(font_paths: tuple[Path, ...]) -> tuple[Stack, tuple[Problem, ...]]:
    """The sans for large print, the serif behind it."""
    at_hand = _families_at_hand(font_paths)
    for family in SANS:
        if family in at_hand:
            return Stack((family, SERIF), (at_hand[family],)), ()
    problem = old_problem(
        "--large-print",
        f"no sans is installed; any of these will do: {', '.join(SANS)}",
        f"install one (Debian: apt install {CORE}) or give its folder with --font-path",
    )
    return Stack(), (problem,)


def _widened(stack: Stack, missing: Iterable[str], font_paths: tuple[Path, ...], turn: int) -> Stack:
    """The stack with a family more for each script of the missing characters: the best at hand, then the next."""
    at_hand = _families_at_hand(font_paths)
    wanted = dict.fromkeys(_script(character) for character in missing)
    found = [next(islice(_families(script, at_hand), turn, None), None) for script in wanted]
    more = [family for family in dict.fromkeys(found) if family and family not in stack.families]
    folders = dict.fromkeys([*stack.folders, *(at_hand[family] for family in more)])
    return Stack((*stack.families, *more), tuple(folders))


def _families(script: Script, at_hand: Iterable[str]) -> Iterator[str]:
    """The families at hand for a script, the best first."""
    if script.families:
        yield from (family for family in script.families if family in at_hand)
        return
    for pattern in OTHERS:
        yield from sorted(family for family in at_hand if family.startswith(pattern.format(script=script.name)))


def _script(character: str) -> Script:
    """The script of a character, from the first word of its Unicode name."""
    name = unicodedata.name(character, "")
    for script in SCRIPTS:
        if name.startswith(script.starts):
            return script
    if unicodedata.category(character) in SYMBOL_CATEGORIES:
        return EMOJI if ord(character) >= EMOJI_START else SYMBOLS
    return Script(name.split(" ")[0].capitalize() or "it", (), (), CORE)


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
