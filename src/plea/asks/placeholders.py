"""What people typed, as single marks that no template can break up or interpret.

A value renders to one private-use character. No filter, concatenation or format can split it, Markdown sees a letter,
and the value is put in its place after the Markdown is read, exactly as it was typed.
"""

import re
from collections.abc import Callable
from typing import Self

from plea.errors import InputError

_FIRST = 0xF0000
_LAST = 0xFFFFD
PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What no letter holds: controls, and the characters that turn the direction of other people's text."""

_ESCAPED = re.compile(r"\\U000f([0-9a-f]{4})")
"""A mark inside the `repr` of a list or of `"%r"`."""
_BLANK_LINE = re.compile(r"\n[ \t\f\v]*\n\s*")
_SPACES = re.compile(r"[ \t\n\f\v]+")


class Typed(str):
    """A mark that prints as one character and compares as the value it stands for.

    Whoever looks at the value, instead of only printing the mark or asking whether it is empty, is noted: another value
    would have given the same text as long as nobody looked.
    """

    __slots__ = ("_kept", "_note")  # a leading underscore: the sandbox lets no template read it

    _kept: str
    _note: Callable[[], None]

    def __new__(cls, mark: str, meaning: str, note: Callable[[], None]) -> Self:
        """The mark of that character with that meaning; `note` is called when the meaning is looked at."""
        new = super().__new__(cls, mark)
        new._kept = meaning
        new._note = note
        return new

    @property
    def _meaning(self) -> str:
        """The value, and a note that it was looked at."""
        self._note()
        return self._kept

    def __eq__(self, other: object) -> bool:
        return self._meaning == (other._meaning if isinstance(other, Typed) else other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self._meaning)

    def __repr__(self) -> str:
        return f"'{self!s}'"

    def __contains__(self, part: object) -> bool:
        return isinstance(part, str) and meaning_of(part) in self._meaning

    def lower(self) -> "Typed":
        """The same mark, comparing as lower case; it prints as typed."""
        return self._with(str.lower)

    def upper(self) -> "Typed":
        """The same mark, comparing as upper case; it prints as typed."""
        return self._with(str.upper)

    def strip(self, chars: str | None = None, /) -> "Typed":
        """The same mark, comparing without what stands around; it prints as typed."""
        return self._with(lambda meaning: meaning.strip(chars))

    def startswith(self, *arguments: object) -> bool:
        """Whether the value starts so."""
        return self._meaning.startswith(*arguments)  # type: ignore[arg-type]

    def endswith(self, *arguments: object) -> bool:
        """Whether the value ends so."""
        return self._meaning.endswith(*arguments)  # type: ignore[arg-type]

    def _with(self, change: Callable[[str], str]) -> "Typed":
        return Typed(str.__str__(self), change(self._kept), self._note)


def meaning_of(value: str) -> str:
    """The value that a mark stands for; other text is its own meaning."""
    return value._meaning if isinstance(value, Typed) else value  # noqa: SLF001 (a template could call a method)


class ForeignMark(Exception):  # noqa: N818 (carried to `plea.asks.template_errors`, which says it with file and line)
    """A template printed a private-use character of its own."""


class Placeholders:
    """The marks given out for one letter, and what each stands for."""

    def __init__(self) -> None:
        self._values: dict[str, tuple[str, ...]] = {}
        self._given: dict[tuple[str, str, bool], Typed] = {}
        self.places: dict[str, str] = {}
        """Where the value of each mark is from."""
        self.looked_at: set[str] = set()
        """Where the values are from that somebody looked at."""

    def of(self, value: str, where: str = "the text", *, paragraphs: bool = False) -> str:
        """The mark for a value; an empty value is the empty string.

        With `paragraphs` blank lines are kept as ends of paragraphs; other white space folds to one space. Raises
        InputError, saying `where`, for private-use characters, which only marks may use.
        """
        refuse_private_use(value, where)
        parts = parts_of(value, paragraphs=paragraphs)
        if not parts:
            return ""
        key = (value, where, paragraphs)
        if key not in self._given:
            mark = chr(_FIRST + len(self._values))
            assert ord(mark) <= _LAST
            self._values[mark] = parts
            self.places[mark] = where
            self._given[key] = Typed(mark, value, lambda: self.looked_at.add(where))
        return self._given[key]

    def unescape(self, rendered: str) -> str:
        """The rendered text with marks that a template printed by their escape (`"%r"`, a list) as marks again."""
        return _ESCAPED.sub(lambda found: chr(_FIRST + int(found[1], 16)), rendered)

    def resolve(self, text: str) -> tuple[str, ...]:
        """The text with each mark replaced by its value, cut where a value has a new paragraph.

        Raises ForeignMark for a private-use character that is no mark of this letter.
        """
        parts = [""]
        end = 0
        for found in PRIVATE_USE.finditer(text):
            self.check(found[0])
            first, *more = self._values[found[0]]
            parts[-1] += text[end : found.start()] + first
            parts.extend(more)
            end = found.end()
        parts[-1] += text[end:]
        return tuple(parts)

    def check(self, rendered: str) -> None:
        """Raise ForeignMark for a private-use character that is no mark of this letter."""
        for found in PRIVATE_USE.finditer(rendered):
            if found[0] not in self._values:
                raise ForeignMark(f"the letter holds a private-use character (U+{ord(found[0]):04X})")


def refuse_private_use(value: str, where: str) -> None:
    """Raise InputError, saying `where`, for private-use characters, which only marks may use."""
    found = PRIVATE_USE.search(value)
    if found:
        raise InputError(
            f"{where} holds a private-use character (U+{ord(found[0]):04X})",
            "Remove it: it has no meaning outside the program or font it came from.",
        )


def parts_of(value: str, *, paragraphs: bool) -> tuple[str, ...]:
    """A value as it is printed: one part, or its paragraphs; none when there is nothing to print."""
    return folded(value) if paragraphs else tuple(filter(None, (_fold(value),)))


def folded(text: str) -> tuple[str, ...]:
    """The paragraphs of typed text: kept at blank lines, runs of other white space folded to a space."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return tuple(filter(None, map(_fold, _BLANK_LINE.split(lines))))


def _fold(text: str) -> str:
    if text.isprintable() and "  " not in text:  # nothing to fold, in nearly all
        return text.strip(" ")
    return _SPACES.sub(" ", text.replace("\r", "\n")).strip(" ")
