"""Facts: dated statements with a source, and the rule when a letter may make them."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from plea.asks.template_errors import TemplateFault
from plea.errors import InputError
from plea.model.asks import Fact
from plea.problems import Problem
from plea.system import toml
from plea.system.files import read_text

_KEYS = {"text", "parts", "source", "as_of", "review_by", "crisis"}


def has_expired(fact: Fact, on: date) -> bool:
    """Whether the day is past the last one on which the fact may be stated."""
    return fact.review_by is not None and on > fact.review_by


def read_facts(path: Path) -> dict[str, Fact]:
    """The facts of a file by key; none if there is no such file. Raises InputError with everything that is wrong."""
    problems = problems_in(path)
    if problems:
        raise InputError(problems)
    if not path.is_file():
        return {}
    text = read_text(path)
    return {
        key: Fact(
            key=key,
            text=table["text"],
            source=table["source"],
            as_of=table["as_of"],
            review_by=table.get("review_by"),
            crisis=table.get("crisis", ""),
            parts=table.get("parts", {}),
            file=path,
            line=toml.line_of(text, key),
        )
        for key, table in toml.parse(text, path).items()
    }


def problems_in(path: Path) -> list[Problem]:
    """Everything that is wrong with a file of facts, by line; TOML that cannot be read is one problem."""
    if not path.is_file():
        return []
    text = read_text(path)
    try:
        tables = toml.parse(text, path)
    except InputError as error:
        return list(error.problems)
    return [
        Problem(code, f"{path}:{toml.line_of(text, key, *keys)}", fact=key, **({"key": keys[0]} if keys else {}))
        for key, table in tables.items()
        for code, *keys in _faults(table)
    ]


def _faults(table: Any) -> Iterator[tuple[str, ...]]:
    """What is wrong with one fact: the code, then the key of the place."""
    if not isinstance(table, dict):
        yield ("fact.not_a_table",)
        return
    for unknown in sorted(table.keys() - _KEYS):
        yield "fact.unknown_key", unknown
    if not table.get("text") or not _is_by_language(table["text"]):
        yield "fact.no_text", "text"
    parts = table.get("parts", {})
    if not isinstance(parts, dict) or not all(map(_is_by_language, parts.values())):
        yield "fact.bad_parts", "parts"
    if not isinstance(table.get("source"), str) or not table["source"].strip():
        yield "fact.no_source", "source"
    if type(table.get("as_of")) is not date:
        yield "fact.no_date", "as_of"
    if type(table.get("review_by", date.max)) is not date:
        yield "fact.bad_review_by", "review_by"
    if not isinstance(table.get("crisis", ""), str):
        yield "fact.bad_crisis", "crisis"


def _is_by_language(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(text, str) for text in value.values())


class Statements:
    """The facts as one letter sees them: `fact` and `is_current` of the template."""

    def __init__(self, facts: Mapping[str, Fact], on: date, language: str, crisis: str) -> None:
        self._facts = facts
        self._on = on
        self._language = language
        self._crisis = crisis

    def fact(self, key: str, part: str = "") -> str:
        """The statement, or one part of it. Raises TemplateFault when the letter may not make it."""
        fact = self._known(key)
        fault = self._fault(fact)
        if fault:
            raise fault
        texts = fact.parts.get(part) if part else fact.text
        if texts is None:
            raise TemplateFault("fact.no_part", fact=key, part=part, known=", ".join(fact.parts) or "-")
        if self._language not in texts:
            raise TemplateFault("fact.no_language", fact=key, language=self._language)
        return texts[self._language]

    def is_current(self, key: str) -> bool:
        """Whether the statement may be made on the letter's date about its crisis. Raises TemplateFault if unknown."""
        return self._fault(self._known(key)) is None

    def _known(self, key: str) -> Fact:
        if key not in self._facts:
            raise TemplateFault("fact.unknown", fact=key, known=", ".join(sorted(self._facts)) or "-")
        return self._facts[key]

    def _fault(self, fact: Fact) -> TemplateFault | None:
        """Why the letter may not make the statement; None when it may."""
        if has_expired(fact, self._on):
            return TemplateFault("fact.past_review", fact=fact.key, review_by=fact.review_by, on=self._on)
        if self._on < fact.as_of:
            return TemplateFault("fact.not_yet_known", fact=fact.key, on=self._on, as_of=fact.as_of)
        if fact.crisis and fact.crisis.casefold() != self._crisis.strip().casefold():
            return TemplateFault(
                "fact.other_crisis", fact=fact.key, crisis=fact.crisis, letter_crisis=str(self._crisis)
            )
        return None
