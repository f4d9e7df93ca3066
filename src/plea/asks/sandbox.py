"""The sandbox of templates: a Jinja that reads its own pack and nothing else, and what it sees of people and facts."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from plea.asks.placeholders import value_of
from plea.asks.template_errors import TemplateFault
from plea.model.asks import Fact
from plea.problems import Problem
from plea.system.files import read_text

BUILT_IN = "plea/"
"""The prefix of templates that come with the program."""

GLOBALS = ("range", "namespace", "dict")
"""What a template may call besides what it is given."""

_REFUSED_FILTERS = (
    "attr",  # a way around the sandbox, again and again
    "tojson",  # these would print a placeholder in a code of their own instead of what was typed
    "urlencode",
    "xmlattr",
    "pprint",
    "random",  # the same input must give the same letter
)
_REFUSED_ATTRIBUTES = {"encode", "translate", "maketrans"}
"""Of text: they would turn a placeholder into something else."""

_TAG = r"(?:\{%(?:(?!%\}).)*%\}|\{#(?:(?!#\}).)*#\})"
_TAGS_ALONE = re.compile(rf"^[ \t]*{_TAG}(?:[ \t]*{_TAG})*[ \t]*$", re.MULTILINE | re.DOTALL)
_AT_LINE_END = re.compile(r"(?<![-+])([%#]\})[ \t]*$", re.MULTILINE)

Source = tuple[str, str, Callable[[], bool]]


class PackLoader(BaseLoader):
    """Templates by name: beside the letter, then from the pack's root, and `plea/...` from the built-in pack.

    `texts` are templates that lie inside another file (the reasons of an `ask.toml`): name to (source, where from).
    """

    def __init__(self, roots: tuple[Path, ...], built_in: Path, texts: Mapping[str, tuple[str, str]]) -> None:
        self._roots = roots
        self._built_in = built_in
        self._texts = texts
        self.served: set[str] = set()

    def get_source(self, environment: Environment, template: str) -> Source:  # noqa: ARG002 (jinja's signature)
        """The source, where it is from and that it stays as it is.

        Raises TemplateNotFound, and TemplateFault for a name that leads outside the pack.
        """
        source, origin = self._texts.get(template) or self._read(template)
        if not template.startswith(BUILT_IN):  # what goes wrong in the frame is the fault of what fills it
            self.served.add(origin)
        return keep_line_ends(source), origin, lambda: True

    def _read(self, name: str) -> tuple[str, str]:
        if not name or name.startswith("/") or "\\" in name or "\0" in name or ".." in name.split("/"):
            raise TemplateFault("template.outside_pack", name=name)
        roots = (self._built_in,) if name.startswith(BUILT_IN) else self._roots
        for root in roots:
            path = root / name.removeprefix(BUILT_IN)
            if path.is_file():
                if not any(path.resolve().is_relative_to(inside.resolve()) for inside in roots):
                    raise TemplateFault("template.link_outside_pack", name=name)
                return read_text(path), str(path)
        raise TemplateNotFound(name)


def keep_line_ends(source: str) -> str:
    """The source in which only tags that have a line to themselves take their line end with them.

    Jinja's `trim_blocks` eats the line end after any tag, and so would glue together the words around a tag at the
    end of a line of prose; without it each tag on a line of its own would leave an empty line, which ends a paragraph.
    """
    alone = [match.span() for match in _TAGS_ALONE.finditer(source)]

    def with_sign(tag_end: re.Match[str]) -> str:
        inside = any(start < tag_end.end() <= end for start, end in alone)
        return tag_end[1] if inside else f"+{tag_end[1]}"

    return _AT_LINE_END.sub(with_sign, source)


class Unknown(StrictUndefined):
    """What a template asked for and there is not; any use of it is an error whose message is a Problem."""

    @property
    def _undefined_message(self) -> Problem:  # type: ignore[override] # see `plea.asks.template_errors`
        name, owner = str(self._undefined_name), self._undefined_obj
        if self._undefined_hint:
            return Problem("template.failed", reason=self._undefined_hint)
        if isinstance(owner, View):
            return owner.unknown(name)
        if isinstance(owner, str):
            return Problem("template.unknown_name_of_text", name=name)
        if owner is missing:
            return Problem("template.unknown_name", name=name)
        return Problem("template.unknown_name_of_value", name=name)

    def __repr__(self) -> str:
        """Raises as any other use does: a list of unknown things is not printed either."""
        return str(self)


class View:
    """What a template sees of a person or a table: the named values and nothing else."""

    __slots__ = ("_name", "_values")

    def __init__(self, name: str, values: Mapping[str, Any]) -> None:
        self._name = name
        self._values = values

    def __getattr__(self, name: str) -> Any:
        try:
            return self._values[name]
        except KeyError:
            raise AttributeError(name) from None

    def unknown(self, name: str) -> Problem:
        """The problem of a name that is not there."""
        names = ", ".join(sorted(self._values)) or "-"
        return Problem("template.unknown_name_of", owner=self._name, name=name, known=names)


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja as letters may use it."""

    def __init__(self, loader: PackLoader) -> None:
        super().__init__(
            loader=loader, undefined=Unknown, auto_reload=False, trim_blocks=True, lstrip_blocks=True, cache_size=-1
        )
        self.globals = {name: self.globals[name] for name in GLOBALS}
        for name in _REFUSED_FILTERS:
            self.filters.pop(name)
        self.filters |= {
            "length": _length,
            "count": _length,
            "wordcount": lambda value: len(re.findall(r"\w+", value_of(value))),
        }

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may read it: as in the sandbox, less what would rewrite a placeholder."""
        if isinstance(obj, str | bytes) and attr in _REFUSED_ATTRIBUTES:
            return False
        return super().is_safe_attribute(obj, attr, value)


def _length(value: Any) -> int:
    return len(value_of(value) if isinstance(value, str) else value)


class Statements:
    """The facts as one letter sees them: `fact` and `is_current` of the template."""

    def __init__(self, facts: Mapping[str, Fact], on: date, language: str, crisis: str) -> None:
        self._facts = facts
        self._on = on
        self._language = language
        self._crisis = crisis

    def fact(self, key: str, part: str = "") -> str:
        """The statement, or one part of it. Raises TemplateFault when the letter may not make it."""
        fact = self._fact(key)
        if fault := self._fault(fact):
            raise fault
        texts = fact.parts.get(part) if part else fact.text
        if texts is None:
            raise TemplateFault("fact.no_part", fact=key, part=part, known=", ".join(fact.parts) or "-")
        if self._language not in texts:
            raise TemplateFault("fact.no_language", fact=key, language=self._language)
        return texts[self._language]

    def is_current(self, key: str) -> bool:
        """Whether the statement may be made on the letter's date about its crisis. Raises TemplateFault if unknown."""
        return self._fault(self._fact(key)) is None

    def _fact(self, key: str) -> Fact:
        if key not in self._facts:
            raise TemplateFault("fact.unknown", fact=key, known=", ".join(sorted(self._facts)) or "-")
        return self._facts[key]

    def _fault(self, fact: Fact) -> TemplateFault | None:
        """Why the letter may not make the statement; None when it may."""
        if fact.has_expired(self._on):
            return TemplateFault("fact.past_review", fact=fact.key, review_by=fact.review_by, on=self._on)
        if self._on < fact.as_of:
            return TemplateFault("fact.not_yet_known", fact=fact.key, on=self._on, as_of=fact.as_of)
        if fact.crisis and fact.crisis.casefold() != self._crisis.strip().casefold():
            return TemplateFault(
                "fact.other_crisis", fact=fact.key, crisis=fact.crisis, letter_crisis=str(self._crisis)
            )
        return None
