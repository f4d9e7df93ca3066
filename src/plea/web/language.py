"""The page's words in the reader's language, and what the rooms say (in English) put into it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any

from flask import Request

from plea.asks.words import day_in_words
from plea.problems import Problem, old_problem
from plea.system import toml
from plea.system.folders import templates
from plea.writing.wording import of_answer, sentences

LANGUAGES = {"en": "English", "es": "Español"}
COOKIE = "plea-language"
SENTENCE_END = re.compile(r"(?<=[\w)`%][.?!]) (?=[A-Z`]|https:)(?<![A-Z]\. )")
"""Between two sentences; an initial's full stop ends none."""


class Words:
    """A table of words, read as attributes: `words.front.title`. What is not there is an error, not a blank."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self._table = table

    def __getattr__(self, key: str) -> Any:
        try:
            return self[key]
        except KeyError:
            raise AttributeError(key) from None

    def __getitem__(self, key: str) -> Any:
        value = self._table[key]
        return Words(value) if isinstance(value, dict) else value

    def __contains__(self, key: str) -> bool:
        return key in self._table


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence and the language it is in, which is English where nobody has put it into the reader's."""

    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Trouble:
    """A problem at its field. `field` is the id of the field in the form, empty where it belongs to none."""

    field: str
    what: Said
    hint: Said | None = None


@cache
def words(language: str) -> Words:
    """The words of the pages in a language of LANGUAGES."""
    return Words(toml.load(templates() / "web" / f"words.{language}.toml"))


def language_of(request: Request) -> str:
    """What the reader chose, else what the browser asks for first among ours, else English."""
    chosen = request.cookies.get(COOKIE, "")
    return chosen if chosen in LANGUAGES else request.accept_languages.best_match(LANGUAGES, default="en")


def in_words(sentence: str, language: str) -> Said:
    """What a room says (a problem, an error, a hint, the name of a post) in the language; else in English.

    English has its table as well: where the command line names an option, the page names a field or a button.
    """
    put = _put(sentence, language)
    return Said(sentence, "en") if put is None else Said(put, language)


def in_sentences(said: str, language: str) -> Said:
    """The same as whole sentences, for a place of their own. A name at the beginning keeps its letters."""
    found = in_words(said, language)
    begins = found.language == "en" and re.match(r"[a-z]+ ", found.text)
    return Said(of_answer(old_problem("", found.text)) if begins else sentences(found.text), found.language)


def trouble_of(problem: Problem, language: str, fields: Mapping[str, str] | None = None) -> Trouble:
    """A room's problem for the form. `fields` gives the field of a place that is not called like it.

    Without it `--name-latin` is the field `name_latin`.
    """
    own = problem.where.removeprefix("--").replace("-", "_")
    field = (fields or {}).get(problem.where, own)
    hint = in_sentences(problem.hint, language) if problem.hint else None
    return Trouble(field, in_sentences(problem.what, language), hint)


@lru_cache(maxsize=1024)
def _put(text: str, language: str) -> str | None:
    """The text in the language: sentence by sentence, else by the sentence that leaves least to its holes, or None."""
    parts = SENTENCE_END.split(text)
    if len(parts) > 1:
        put = [_put(part, language) or (part if language == "en" else None) for part in parts]
        if None not in put:
            return " ".join(filter(None, put))
    stop = "." if text.endswith(".") else ""
    fitting = []
    for wanted, mark in {text: "", text.removesuffix("."): stop}.items():
        for pattern, sentence in _table(language):
            found = pattern.fullmatch(wanted)
            holes = found and _holes(found.groupdict(), language)
            if found and holes is not None:
                fitting.append((sum(map(len, found.groups())), sentence.format(**holes) + mark))
    return min(fitting, key=lambda one: one[0])[1] if fitting else None


def _holes(found: Mapping[str, str], language: str) -> dict[str, str] | None:
    """What stands in the holes, in the language; None where a sentence in one is not known in it."""
    filled = {}
    for name, value in found.items():
        put: str | None = value
        if name.startswith("said"):
            put = _put(value, language)
            put = put and put[0].lower() + put[1:]
        elif name.startswith("day"):
            put = _day(value, language)
        if put is None:
            return None
        filled[name] = put
    return filled


def _day(value: str, language: str) -> str:
    """A day written as January 3, 2027, in the language; anything else as it is."""
    for month in range(1, 13):
        first = day_in_words(date(2000, month, 1), "en").partition(" ")[0]
        if found := re.fullmatch(rf"{first} (\d{{1,2}}), (\d{{4}})", value):
            return day_in_words(date(int(found[2]), month, int(found[1])), language)
    return value


@cache
def _table(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Patterns of English sentences, with what they are in the language; the file names the holes as `{name}`."""
    groups = toml.load(templates() / "web" / f"problems.{language}.toml").values()
    return tuple((_pattern(english), put) for group in groups for english, put in group.items())


def _pattern(sentence: str) -> re.Pattern[str]:
    """`{name}` stands for any text, `{word}` for one without spaces, everything else for itself."""
    parts = re.split(r"\{(\w+)\}", sentence)
    for place in range(1, len(parts), 2):
        parts[place] = f"(?P<{parts[place]}>{r'[^ ]+?' if parts[place].startswith('word') else '.+?'})"
    parts[::2] = map(re.escape, parts[::2])
    return re.compile("".join(parts), re.DOTALL | re.IGNORECASE)
