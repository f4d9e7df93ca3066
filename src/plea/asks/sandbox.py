"""The fence around templates: a sandboxed Jinja that reads its own pack and nothing else."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, Environment, StrictUndefined, TemplateNotFound
from jinja2.exceptions import TemplateRuntimeError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import missing

from plea.asks.placeholders import meaning_of
from plea.system.files import read_text

BUILT_IN = "plea/"
"""The prefix of templates that come with the program."""

GLOBALS = ("range", "namespace", "dict")
"""What a template may call besides what it is given."""

_REFUSED_FILTERS = (
    "attr",  # a way around the fence, again and again
    "tojson",  # these would print a mark in a code of their own instead of what was typed
    "urlencode",
    "xmlattr",
    "pprint",
    "random",  # the same input must give the same letter
)
_REFUSED_ATTRIBUTES = {"encode", "translate", "maketrans"}
"""Of text: they would turn a mark into something else."""

_TAG = r"(?:\{%(?:(?!%\}).)*%\}|\{#(?:(?!#\}).)*#\})"
_ALONE = re.compile(rf"^[ \t]*{_TAG}(?:[ \t]*{_TAG})*[ \t]*$", re.MULTILINE | re.DOTALL)
_AT_LINE_END = re.compile(r"(?<![-+])([%#]\})[ \t]*$", re.MULTILINE)
_WORD = re.compile(r"\w+")

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

        Raises TemplateNotFound, and TemplateRuntimeError for a name that leads outside the pack.
        """
        source, origin = self._texts.get(template) or self._read(template)
        if not template.startswith(BUILT_IN):  # what goes wrong in the frame is the fault of what fills it
            self.served.add(origin)
        return keep_line_ends(source), origin, lambda: True

    def _read(self, name: str) -> tuple[str, str]:
        if not name or name.startswith("/") or "\\" in name or "\0" in name or ".." in name.split("/"):
            raise TemplateRuntimeError(f"{name!r} leads outside the pack")
        roots = (self._built_in,) if name.startswith(BUILT_IN) else self._roots
        for root in roots:
            path = root / name.removeprefix(BUILT_IN)
            if path.is_file():
                if not any(path.resolve().is_relative_to(inside.resolve()) for inside in roots):
                    raise TemplateRuntimeError(f"{name!r} is a link that leads outside the pack")
                return read_text(path), str(path)
        raise TemplateNotFound(name, f"there is no template {name!r} in the pack")


def keep_line_ends(source: str) -> str:
    """The source in which only tags that have a line to themselves take their line end with them.

    Jinja's `trim_blocks` eats the line end after any tag, and so would glue the words around a tag at the end of a
    line of prose; without it each tag on a line of its own would leave an empty line, which ends a paragraph.
    """
    alone = [found.span() for found in _ALONE.finditer(source)]

    def kept(found: re.Match[str]) -> str:
        inside = any(start < found.end() <= end for start, end in alone)
        return found[1] if inside else f"+{found[1]}"

    return _AT_LINE_END.sub(kept, source)


class Unknown(StrictUndefined):
    """What a template asked for and there is not; any use of it is an error that says so."""

    @property
    def _undefined_message(self) -> str:
        if self._undefined_hint:
            return self._undefined_hint
        if isinstance(self._undefined_obj, View):
            return self._undefined_obj.lacks(str(self._undefined_name))
        if isinstance(self._undefined_obj, str):
            return f"text has no {self._undefined_name!r}"
        if self._undefined_obj is missing:
            return f"{self._undefined_name!r} is unknown"
        return f"there is no {self._undefined_name!r} in what stands before it"

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
            raise AttributeError(self.lacks(name)) from None

    def lacks(self, name: str) -> str:
        """What to say about a name that is not there."""
        return f"{self._name} has no {name!r}; it has: {', '.join(sorted(self._values)) or 'nothing'}"


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja as letters may use it."""

    def __init__(self, loader: PackLoader) -> None:
        super().__init__(
            loader=loader, undefined=Unknown, auto_reload=False, trim_blocks=True, lstrip_blocks=True, cache_size=-1
        )
        self.globals = {name: self.globals[name] for name in GLOBALS}
        for name in _REFUSED_FILTERS:
            self.filters.pop(name)
        self.filters |= {"length": _length, "count": _length, "wordcount": _wordcount}

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may read it: as in the sandbox, less what would rewrite a mark."""
        if isinstance(obj, str | bytes) and attr in _REFUSED_ATTRIBUTES:
            return False
        return super().is_safe_attribute(obj, attr, value)


def _length(value: Any) -> int:
    return len(meaning_of(value) if isinstance(value, str) else value)


def _wordcount(value: Any) -> int:
    return len(_WORD.findall(meaning_of(value)))
