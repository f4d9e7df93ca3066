"""Facts: dated statements with a source, and the rule when a letter may make them."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from plea.errors import InputError
from plea.model.asks import Fact
from plea.system import toml
from plea.system.files import read_text

_KNOWN = {"text", "parts", "source", "as_of", "review_by", "crisis"}


def read_facts(path: Path) -> dict[str, Fact]:
    """The facts of a file by key; none if there is no such file. Raises InputError `file:line: what`."""
    if not path.is_file():
        return {}
    text = read_text(path)
    tables = toml.parse(text, path)
    for line, what in _faults_of(tables, text):
        raise InputError(f"{path}:{line}: {what}", "See 'How to write an ask' for what a fact needs.")
    return {key: _fact(key, table, path, toml.line_of(text, key)) for key, table in tables.items()}


def faults_in(path: Path) -> list[tuple[int, str]]:
    """Everything that is wrong with a file of facts: line and what. Raises InputError when it is no TOML."""
    if not path.is_file():
        return []
    text = read_text(path)
    return list(_faults_of(toml.parse(text, path), text))


def _fact(key: str, table: Mapping[str, Any], path: Path, line: int) -> Fact:
    return Fact(
        key=key,
        text=table["text"],
        source=table["source"],
        as_of=table["as_of"],
        review_by=table.get("review_by"),
        crisis=table.get("crisis", ""),
        parts=table.get("parts", {}),
        file=path,
        line=line,
    )


def _faults_of(tables: Mapping[str, Any], source: str) -> Iterator[tuple[int, str]]:
    for key, table in tables.items():
        for what, *steps in _faults(key, table):
            yield toml.line_of(source, key, *steps), what


def _faults(key: str, table: Any) -> Iterator[tuple[str, ...]]:
    """What is wrong with one fact: in words, then the keys that lead to the place."""
    if not isinstance(table, dict):
        yield (f"{key} must be a table: [{key}]",)
        return
    for unknown in sorted(table.keys() - _KNOWN):
        yield f"the fact {key} has an unknown key: {unknown}", unknown
    if not table.get("text") or not _is_by_language(table["text"]):
        yield f"the fact {key} has no text by language (text.en)", "text"
    parts = table.get("parts", {})
    if not isinstance(parts, dict) or not all(map(_is_by_language, parts.values())):
        yield f"the parts of the fact {key} must be by name and language (parts.bill.en)", "parts"
    if not isinstance(table.get("source"), str) or not table["source"].strip():
        yield f"the fact {key} has no source", "source"
    if type(table.get("as_of")) is not date:
        yield f"the fact {key} has no date (as_of = 2026-01-31)", "as_of"
    if type(table.get("review_by", date.max)) is not date:
        yield f"the review_by of the fact {key} must be a date (2026-01-31)", "review_by"
    if not isinstance(table.get("crisis", ""), str):
        yield f"the crisis of the fact {key} must be text", "crisis"


def _is_by_language(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(text, str) for text in value.values())


class FactFault(Exception):  # noqa: N818 (carried to `plea.asks.template_errors`, which says it with file and line)
    """A fact that the letter may not state; the message names the fact and why."""


class Statements:
    """The facts as one letter sees them: `fact` and `is_current` of the template."""

    def __init__(self, facts: Mapping[str, Fact], on: date, language: str, crisis: str) -> None:
        self._facts = facts
        self._on = on
        self._language = language
        self._crisis = crisis

    def fact(self, key: str, part: str = "") -> str:
        """The statement, or one part of it. Raises FactFault when the letter may not make it."""
        fact = self._known(key)
        why_not = self._why_not(fact)
        if why_not:
            raise FactFault(f"the fact {key} {why_not}")
        texts = fact.text if not part else fact.parts.get(part)
        if texts is None:
            raise FactFault(f"the fact {key} has no part {part}; it has: {', '.join(fact.parts) or 'none'}")
        if self._language not in texts:
            raise FactFault(f"the fact {key} has no text in the language {self._language}")
        return texts[self._language]

    def is_current(self, key: str) -> bool:
        """Whether the statement may be made on the letter's date about its crisis. Raises FactFault if unknown."""
        return not self._why_not(self._known(key))

    def _known(self, key: str) -> Fact:
        if key not in self._facts:
            raise FactFault(f"there is no fact {key}; there are: {', '.join(sorted(self._facts)) or 'none'}")
        return self._facts[key]

    def _why_not(self, fact: Fact) -> str:
        if fact.review_by and self._on > fact.review_by:
            return f"is past its review_by ({fact.review_by}) on {self._on}"
        if self._on < fact.as_of:
            return f"was not yet known on {self._on} (as_of {fact.as_of})"
        if fact.crisis and fact.crisis.casefold() != self._crisis.strip().casefold():
            return f"speaks of {fact.crisis}, and the letter of {self._crisis}"
        return ""
