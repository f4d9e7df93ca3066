"""Problems and names of the rooms as a page tells them: at which field, in which language."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from plea.problems import Problem, old_problem
from plea.web.language import Said, Trouble, in_words, trouble_of
from plea.web.person.session import Sitting
from plea.web.person.view_context import Desk
from plea.writing.request import ENGLISH
from plea.writing.wording import STORIES, sentences, titled

LETTERS = re.compile(r"[^\W\d_]+")
OF_SPANISH = (
    "el la los las un una unos unas de del al y que en mi mis su sus yo con por para pero se lo le nos está es son "
    "era fue desde cuando como muy más ya hay"
)
OF_ENGLISH = (
    "the a an of to and that in my his her i with by for but at it we is are was were from when as very not have has "
    "had they she he you on"
)
SPANISH, SMALL_ENGLISH = frozenset(OF_SPANISH.split()), frozenset(OF_ENGLISH.split())
FEW = 3
"""Small Spanish words from which a story may be Spanish: fewer are the name of a street or a saying."""

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
        return Said(titled(old_problem(problem.where, what.text, hint.text), title), ENGLISH)
    return Said(sentences(f"{title}: {what.text}", hint.text), what.language)


def in_other_words(desk: Desk) -> Sequence[Said]:
    """That a story reads as Spanish where English is what the office gets printed."""
    english = desk.sitting.one("words", "language", ENGLISH) == ENGLISH
    if english and reads_as_spanish(desk.sitting.one("words", "story")):
        return [Said(desk.words.words.in_spanish, desk.language)]
    return []


def reads_as_spanish(story: str) -> bool:
    """Whether the small words of a story are Spanish; a few of them in an English one are not enough."""
    small = [word for word in LETTERS.findall(story.casefold()) if word in SPANISH or word in SMALL_ENGLISH]
    spanish = sum(word in SPANISH for word in small)
    return spanish >= FEW and spanish > len(small) * 2 / 3


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
