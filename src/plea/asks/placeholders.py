"""What people typed, as single placeholders that no template can break up or interpret.

A value renders to one private-use character. No filter, concatenation or format can split it, Markdown sees a letter,
and the value is put in its place after the Markdown is read, exactly as it was typed.
"""

import re
from collections.abc import Callable
from typing import Self

from plea.asks.template_errors import TemplateFault
from plea.errors import InputError

_FIRST = 0xF0000
_LAST = 0xFFFFD
PRIVATE_USE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_ESCAPED = re.compile(r"\\U000f([0-9a-f]{4})")
"""A placeholder inside the `repr` of a list or of `"%r"`."""
_BLANK_LINE = re.compile(r"\n[ \t\f\v]*\n\s*")
_SPACES = re.compile(r"[ \t\n\f\v]+")


class Typed(str):
    """A placeholder that prints as one character and compares as the value it stands for.

    Looking at the value, instead of only printing the placeholder or asking whether it is empty, is recorded: another
    value gives the same text as long as nobody looked.
    """

    __slots__ = ("_record", "_value")  # a leading underscore: the sandbox lets no template read it

    _value: str
    _record: Callable[[], None]

    def __new__(cls, placeholder: str, value: str, record: Callable[[], None]) -> Self:
        """The placeholder, of one character; `record` is called when the value is looked at."""
        new = super().__new__(cls, placeholder)
        new._value = value
        new._record = record
        return new

    def __eq__(self, other: object) -> bool:
        return value_of(self) == (value_of(other) if isinstance(other, Typed) else other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(value_of(self))

    def __repr__(self) -> str:
        return f"'{self!s}'"

    def __contains__(self, part: object) -> bool:
        return isinstance(part, str) and value_of(part) in value_of(self)

    def lower(self) -> "Typed":
        """The same placeholder, comparing as lower case; it prints as typed."""
        return self._comparing_as(self._value.lower())

    def upper(self) -> "Typed":
        """The same placeholder, comparing as upper case; it prints as typed."""
        return self._comparing_as(self._value.upper())

    def strip(self, chars: str | None = None, /) -> "Typed":
        """The same placeholder, comparing without these characters at the ends; it prints as typed."""
        return self._comparing_as(self._value.strip(chars))

    def startswith(self, *arguments: object) -> bool:
        """Whether the value starts so."""
        return value_of(self).startswith(*arguments)  # type: ignore[arg-type]

    def endswith(self, *arguments: object) -> bool:
        """Whether the value ends so."""
        return value_of(self).endswith(*arguments)  # type: ignore[arg-type]

    def _comparing_as(self, value: str) -> "Typed":
        return Typed(str.__str__(self), value, self._record)


def value_of(text: str) -> str:
    """The value that a placeholder stands for, recorded as looked at; other text is its own value."""
    if not isinstance(text, Typed):
        return text
    text._record()  # noqa: SLF001 (a template could call a method)
    return text._value  # noqa: SLF001 (as above)


class Placeholders:
    """The placeholders given out for one letter, and what each stands for."""

    def __init__(self) -> None:
        self._parts: dict[str, tuple[str, ...]] = {}
        self._given: dict[tuple[str, str, bool], Typed] = {}
        self.places: dict[str, str] = {}
        """Where the value of each placeholder is from."""
        self.looked_at: set[str] = set()
        """Where the values are from that a template looked at."""

    def of(self, value: str, where: str = "the text", *, paragraphs: bool = False) -> str:
        """The placeholder for a value; an empty value is the empty string.

        With `paragraphs` blank lines are kept as ends of paragraphs; other white space folds to one space. Raises
        InputError, at `where`, for private-use characters, which only placeholders may use.
        """
        refuse_private_use(value, where)
        parts = parts_of(value, paragraphs=paragraphs)
        if not parts:
            return ""
        key = (value, where, paragraphs)
        if key not in self._given:
            placeholder = chr(_FIRST + len(self._parts))
            assert ord(placeholder) <= _LAST
            self._parts[placeholder] = parts
            self.places[placeholder] = where
            self._given[key] = Typed(placeholder, value, lambda: self.looked_at.add(where))
        return self._given[key]

    def unescape(self, rendered: str) -> str:
        """The rendered text; placeholders that a template printed by their escape (`"%r"`, a list) are whole again."""
        return _ESCAPED.sub(lambda match: chr(_FIRST + int(match[1], 16)), rendered)

    def resolve(self, text: str) -> tuple[str, ...]:
        """The text with values in their places, as `resolved`. Raises TemplateFault as `check`."""
        self.check(text)
        return resolved(text, self._parts.__getitem__)

    def check(self, rendered: str) -> None:
        """Raise TemplateFault for a private-use character that is not a placeholder of this letter."""
        for match in PRIVATE_USE.finditer(rendered):
            if match[0] not in self._parts:
                raise TemplateFault("template.private_use", character=f"U+{ord(match[0]):04X}")


def resolved(text: str, parts_of_placeholder: Callable[[str], tuple[str, ...]]) -> tuple[str, ...]:
    """The text with each placeholder replaced by its value, cut where a value has a new paragraph."""
    parts = [""]
    end = 0
    for match in PRIVATE_USE.finditer(text):
        first, *more = parts_of_placeholder(match[0])
        parts[-1] += text[end : match.start()] + first
        parts.extend(more)
        end = match.end()
    parts[-1] += text[end:]
    return tuple(parts)


def refuse_private_use(value: str, where: str) -> None:
    """Raise InputError, at `where`, for private-use characters, which only placeholders may use."""
    match = PRIVATE_USE.search(value)
    if match:
        raise InputError("typed.private_use", where, character=f"U+{ord(match[0]):04X}")


def parts_of(value: str, *, paragraphs: bool) -> tuple[str, ...]:
    """A value as it is printed: its paragraphs, else one part; none when there is nothing to print."""
    return folded(value) if paragraphs else tuple(filter(None, (_fold(value),)))


def folded(text: str) -> tuple[str, ...]:
    """The paragraphs of typed text: kept at blank lines, runs of other white space folded to a space."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return tuple(filter(None, map(_fold, _BLANK_LINE.split(lines))))


def _fold(text: str) -> str:
    if text.isprintable() and "  " not in text:  # nothing to fold, in nearly all
        return text.strip(" ")
    return _SPACES.sub(" ", text.replace("\r", "\n")).strip(" ")
