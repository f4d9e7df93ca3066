"""The page's words in the reader's language, and what the rooms say (in English) put into it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from flask import Request

from plea.machine import toml
from plea.machine.packed import templates
from plea.model import Problem
from plea.writing.wording import of_answer, sentences

LANGUAGES = {"en": "English", "es": "Español"}
COOKIE = "plea-language"


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
    """A sentence of the rooms (a problem, an error, a hint) in the language; in English where the table has none."""
    if language != "en":
        for pattern, put in _table(language):
            if found := pattern.fullmatch(sentence):
                return Said(put.format(**found.groupdict()), language)
    return Said(sentence, "en")


def in_sentences(said: str, language: str) -> Said:
    """The same as whole sentences, for a place of their own. A name at the beginning keeps its letters."""
    found = in_words(said, language)
    begins = found.language == "en" and re.match(r"[a-z]+ ", found.text)
    return Said(of_answer(Problem("", found.text)) if begins else sentences(found.text), found.language)


def trouble_of(problem: Problem, language: str, fields: Mapping[str, str] | None = None) -> Trouble:
    """A room's problem for the form. `fields` gives the field of a place that is not called like it.

    Without it `--name-latin` is the field `name_latin`.
    """
    own = problem.where.removeprefix("--").replace("-", "_")
    field = (fields or {}).get(problem.where, own)
    hint = in_sentences(problem.hint, language) if problem.hint else None
    return Trouble(field, in_sentences(problem.what, language), hint)


@cache
def _table(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Patterns of English sentences, with what they are in the language; the file names the holes as `{name}`."""
    rows = toml.load(templates() / "web" / f"problems.{language}.toml")["sentence"]
    return tuple((_pattern(row["en"]), row[language]) for row in rows)


def _pattern(sentence: str) -> re.Pattern[str]:
    """`{name}` stands for any text, everything else for itself."""
    parts = re.split(r"\{(\w+)\}", sentence)
    return re.compile(
        "".join(f"(?P<{part}>.+?)" if place % 2 else re.escape(part) for place, part in enumerate(parts)), re.DOTALL
    )
