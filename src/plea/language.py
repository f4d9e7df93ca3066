"""Sentences, days, numbers and lists in the language of the person who reads them.

Sentences are English in the source and are translated with gettext (domain `plea`, catalogs in `src/plea/locale`,
compiled when the package is built). Placeholders are named and in the style of `%`: `_("%(place)s has no mayor",
place=place)`; a literal percent sign is doubled. The language is the one in use in this thread or request: the command
line takes it from the environment (or `--lang`), the local page from its reader.
"""

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from functools import cache
from gettext import NullTranslations, bindtextdomain, textdomain, translation
from pathlib import Path
from typing import TYPE_CHECKING

from plea.messages import MESSAGES
from plea.problems import Problem, Value

if TYPE_CHECKING:
    from jinja2 import Environment

LANGUAGES: Mapping[str, str] = {"en": "English", "es": "Español"}
LOCALES: Mapping[str, str] = {"en": "en_US", "es": "es_US"}
"""Whose days and numbers: Spanish is that of the United States, which writes 125,000."""
CATALOGS = Path(__file__).parent / "locale"
DOMAIN = "plea"
_ALONE = re.compile(r"%\((\w+)\)s")  # a sentence that is nothing but a value

_in_use: ContextVar[str] = ContextVar("language", default="en")


def current() -> str:
    """The language in use, a key of LANGUAGES."""
    return _in_use.get()


def use(language: str) -> None:
    """Use this language from now on in this thread or request; English if it is not in LANGUAGES."""
    _in_use.set(language if language in LANGUAGES else "en")


@contextmanager
def using(language: str) -> Iterator[None]:
    """Use this language within a `with` block."""
    token = _in_use.set(language if language in LANGUAGES else "en")
    try:
        yield
    finally:
        _in_use.reset(token)


def use_environment(asked: str = "") -> None:
    """Use the language `asked` for, else that of LANGUAGE, LC_ALL, LC_MESSAGES or LANG; click's own words too."""
    if asked:
        os.environ["LANGUAGE"] = asked  # click asks the environment
    bindtextdomain(DOMAIN, CATALOGS)
    textdomain(DOMAIN)
    preference = next(
        (os.environ[name] for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), ""
    )
    codes = (code.partition(".")[0].partition("_")[0].lower() for code in preference.split(":"))
    use(next((code for code in codes if code in LANGUAGES), "en"))


# --- sentences --------------------------------------------------------------------------------------------


def gettext(message: str, /, **values: Value) -> str:
    """The sentence in the language in use, its placeholders filled in."""
    return _filled(_catalog(current()).gettext(message) if message else "", values)


def ngettext(singular: str, plural: str, count: int, /, **values: Value) -> str:
    """The sentence for that count, its placeholders filled in; `%(count)s` is the number."""
    return _filled(_catalog(current()).ngettext(singular, plural, count), {"count": count, **values})


_ = gettext


def what(problem: Problem) -> str:
    """What is wrong: a clause or a sentence that may follow the name of a place and a colon."""
    return _part(MESSAGES[problem.code].what, problem)


def hint(problem: Problem) -> str:
    """What to do about it; empty where nothing can be done."""
    return _part(MESSAGES[problem.code].hint, problem)


def cause(problem: Problem) -> Problem:
    """The problem that this one only passes on with a hint of its own; itself where it says something."""
    what = MESSAGES[problem.code].what
    name = _ALONE.fullmatch(what) if isinstance(what, str) else None
    passed_on = dict(problem.values)[name[1]] if name else None
    return cause(passed_on) if isinstance(passed_on, Problem) else problem


def in_general(code: str) -> str:
    """What is wrong in every problem of that code, an ellipsis for each value (`… is not a ZIP code of …`)."""
    text, catalog = MESSAGES[code].what, _catalog(current())
    translated = catalog.gettext(text) if isinstance(text, str) else catalog.ngettext(*text, 2)
    return translated % defaultdict(lambda: "…")


def line(problem: Problem) -> str:
    """The place and what is wrong there, as one line."""
    return f"{problem.where}: {what(problem)}" if problem.where else what(problem)


def sentences(problem: Problem) -> str:
    """The place, what is wrong there and what to do about it, as sentences."""
    text = line(problem)
    return " ".join(filter(None, (f"{text[:1].upper()}{text[1:]}.", hint(problem))))


def as_json(problem: Problem) -> dict[str, str]:
    """A problem for programs: its code, its place, and both sentences."""
    return {"code": problem.code, "where": problem.where, "what": what(problem), "hint": hint(problem)}


def install(environment: "Environment") -> None:
    """Give a Jinja environment (with `jinja2.ext.i18n`) `_`, `ngettext`, and the filters `day` and `number`.

    Placeholders are filled in by Jinja, which escapes their values.
    """
    environment.install_gettext_callables(  # type: ignore[attr-defined]
        lambda message: _catalog(current()).gettext(message),
        lambda singular, plural, count: _catalog(current()).ngettext(singular, plural, count),
        newstyle=True,
    )
    environment.filters |= {"day": day, "number": number}


# --- days, numbers, lists ---------------------------------------------------------------------------------


def day(on: date) -> str:
    """A day in words: January 3, 2027; 3 de enero de 2027."""
    from babel.dates import format_date  # noqa: PLC0415 (30 ms, and most commands name no day)

    return format_date(on, "long", locale=LOCALES[current()])


def number(value: float) -> str:
    """A number as it is written: 125,000 in English, and in the Spanish of the United States."""
    if current() == "en" and isinstance(value, int):
        return f"{value:,}"
    from babel.numbers import format_decimal  # noqa: PLC0415 (as above)

    return format_decimal(value, locale=LOCALES[current()])


def listed(items: Iterable[Value], style: str = "standard") -> str:
    """Things in a row: a, b, and c; with style `or`: a, b, or c."""
    from babel.lists import format_list  # noqa: PLC0415 (as above)

    return format_list([*map(_text, items)], style=style, locale=LOCALES[current()])  # type: ignore[arg-type]


@cache
def _catalog(language: str) -> NullTranslations:
    """The translations of a language; English needs none."""
    return NullTranslations() if language == "en" else translation(DOMAIN, CATALOGS, [language], fallback=True)


def _part(text: str | tuple[str, str], problem: Problem) -> str:
    values = dict(problem.values)
    if isinstance(text, tuple):
        return ngettext(*text, values[MESSAGES[problem.code].counted], **values)
    return gettext(text, **values)


def _filled(text: str, values: Mapping[str, Value]) -> str:
    return text % {name: _text(value) for name, value in values.items()} if "%" in text else text


def _text(value: Value) -> str:
    """A value as part of a sentence: days, numbers, lists and problems in the language in use, text as it is."""
    match value:
        case Problem():
            return what(value)
        case date():
            return day(value)
        case int() | float():
            return number(value)
        case tuple() | list():
            return listed(value)
        case _:
            return str(value)
