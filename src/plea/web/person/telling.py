"""Problems and names of the rooms as a page tells them: at which field, in which language."""

import re
from collections.abc import Mapping
from dataclasses import replace

from plea.model import Problem
from plea.web.language import Said, Trouble, in_words, trouble_of
from plea.web.person.sitting import Sitting
from plea.writing.wishes import ENGLISH
from plea.writing.wording import STORIES, sentences, titled

CODE_POINT = re.compile(r"\(U\+([0-9A-F]{4,6}),")
PRINTED = {
    "your own address": ("place", "street"),
    "your e-mail address or telephone": ("place", "email"),
    "the name": ("place", "name"),
    "the text": ("words", "story"),
}
"""Where the parts of a letter come from that may find no room on its page: step and field."""


def told(problem: Problem, field: str, language: str) -> Trouble:
    """A problem at its field, in whole sentences."""
    return replace(trouble_of(problem, language), field=field)


def noted(problem: Problem, title: str, language: str) -> Said:
    """Something to know about what stands beside it, in one paragraph with its title."""
    what, hint = in_words(problem.what, language), in_words(problem.hint, language)
    if problem.where in STORIES and what.language == ENGLISH:
        return Said(titled(replace(problem, what=what.text, hint=hint.text), title), ENGLISH)
    return Said(sentences(f"{title}: {what.text}", hint.text), what.language)


def own(text: str, field: str, language: str) -> Trouble:
    """A problem in the page's own words."""
    return Trouble(field, Said(text, language))


def in_language(words: Mapping[str, str], language: str) -> Said:
    """Words of an ask in the language, else in English."""
    return Said(words[language], language) if language in words else Said(words["en"], "en")


def origin(problem: Problem, sitting: Sitting) -> tuple[str, str]:
    """The step and the field that a problem of printing comes from; two empty texts where it is nobody's field."""
    codes = {chr(int(code, 16)) for code in CODE_POINT.findall(problem.what)}
    for step, fields in sitting.forms.items():
        for name, values in fields.items():
            if codes & set("".join(values)):
                return step, name
    return PRINTED.get(problem.where, ("", ""))
