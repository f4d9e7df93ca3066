"""What a page says to its reader: problems as sentences at their fields, and texts in the language they exist in."""

from collections.abc import Mapping
from typing import NamedTuple

from flask import has_request_context, request

from plea import language
from plea.messages.web import ON_CAMPAIGN_PAGE, ON_PAGE
from plea.problems import Problem


class FieldProblem(NamedTuple):
    """A problem at its field. `field` is the id of the field in the form, empty where it belongs to none.

    `place` is named before the problem where the field does not tell it: a file, a row, a setting.
    """

    field: str
    problem: Problem
    place: str = ""


class Text(NamedTuple):
    """A text that is shown as it is, and the language it is in."""

    text: str
    language: str


def what(problem: Problem, place: str = "") -> str:
    """What is wrong, as a sentence. A page has words of its own where the command line's name a command or an option.

    It begins with the place, if one is given. A name or a typed value at its beginning keeps its letters.
    """
    text = _on_page(problem, "what") or language.what(problem)
    if place:
        text = f"{place}: {text}"
    elif not any(text.startswith(str(value)) for _, value in problem.values if value):
        text = upper_first(text)
    return text if text.endswith((".", "?", "!")) else f"{text}."


def hint(problem: Problem) -> str:
    """What to do about it on a page; empty where nothing can be done."""
    return _on_page(problem, "hint") or language.hint(problem)


def paragraph(problem: Problem, place: str = "") -> str:
    """What is wrong and what to do about it."""
    return f"{what(problem, place)} {hint(problem)}".strip()


def upper_first(text: str) -> str:
    """The text as a line or a sentence begins."""
    return text[:1].upper() + text[1:]


def in_reader_language(texts: Mapping[str, str]) -> Text:
    """A text that exists in several languages, in the reader's or else in English."""
    used = language.current() if language.current() in texts else "en"
    return Text(texts[used], used)


def _on_page(problem: Problem, part: str) -> str:
    """The page's own words for a part (`what`, `hint`) of a problem; empty where it says what every reader is told."""
    of_campaign = has_request_context() and request.blueprint == "campaign"
    message = (ON_CAMPAIGN_PAGE if of_campaign else ON_PAGE).get(problem.code)
    return language.gettext(getattr(message, part), **dict(problem.values)) if message else ""
