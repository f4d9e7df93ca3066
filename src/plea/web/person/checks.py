"""What keeps a step from being done, each thing at its field."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from plea.errors import PleaError
from plea.letters.compose import is_for
from plea.model.letters import Letter
from plea.model.people import Supporter
from plea.problems import Problem
from plea.web.person.view_context import PERSON, STEPS, STORY, Session, ViewContext
from plea.web.text import FieldProblem, in_reader_language
from plea.writing.draft import Draft, make_draft
from plea.writing.output import unprintable
from plea.writing.request import ENGLISH, MOST_REASONS, check_person, missing_fields, read_line

WORD = re.compile(r"[^\W\d_]+")
SPANISH_WORDS = (
    "el la los las un una unos unas de del al y que en mi mis su sus yo con por para pero se lo le nos está es son "
    "era fue desde cuando como muy más ya hay"
)
ENGLISH_WORDS = (
    "the a an of to and that in my his her i with by for but at it we is are was were from when as very not have has "
    "had they she he you on"
)
"""The small words that tell which language a story is in."""
MISSING = {
    "zip": "zip.missing_for_officials",
    "city": "city.missing_for_letter",
    "state": "state.missing_for_zip",
}
"""What step two says of a field that was left empty."""
ORIGINS = {
    "sender.not_in_window": ("place", "street"),
    "sender.too_many_lines": ("place", "street"),
    "sender.word_too_long": ("place", "street"),
    "contact.too_wide": ("place", "email"),
    "name.word_too_long": ("place", "name"),
    "body.word_too_long": ("words", "story"),
}
"""Step and field of what does not fit on the page."""


def problems_of(step: str, view: ViewContext) -> Sequence[FieldProblem]:
    """Everything wrong with a step, or else nothing. What is right as it was typed is typeset, to see if it prints."""
    return [*CHECKS[step](view)] or [*_unprintable(step, view)]


def first_undone(before: str, view: ViewContext) -> str:
    """The first step before this one in which something typed is wrong or missing; empty when all are done."""
    return next((step for step in STEPS[: STEPS.index(before)] if any(CHECKS[step](view))), "")


def ask_problems(view: ViewContext) -> Iterator[FieldProblem]:
    """That nothing was checked."""
    if not view.request.asks:
        yield FieldProblem("ask", Problem("asks.none_checked"))


def home_problems(view: ViewContext) -> Sequence[FieldProblem]:
    """What is wrong or missing in name and address, from the top of the page down."""
    request = view.place_request
    absent = [key for key in missing_fields(request, view.writing) if key in MISSING]
    problems = [FieldProblem(key, Problem(MISSING[key], key)) for key in absent]
    checked = check_person(request, view.writing)
    if not isinstance(checked, Supporter):
        problems += [FieldProblem(problem.where, problem) for problem in checked if problem.where in PERSON]
    return sorted(problems, key=lambda problem: PERSON.index(problem.field))


def place_problems(view: ViewContext) -> Iterator[FieldProblem]:
    """What is wrong with name and address; then, whom the letters cannot go to."""
    wrong_home = home_problems(view)
    yield from wrong_home
    if wrong_home or view.resident is None:
        return
    if not view.request.to:
        yield FieldProblem("to", Problem("recipients.none_checked"))
        return
    try:  # without the story, which is step three's
        problems: Sequence[Problem] = make_draft(view.place_request, view.resident, view.writing).problems
    except PleaError as error:
        directory = view.writing.directory
        officials = {to: directory and directory.official(to, view.on) for to in view.request.to if ":" not in to}
        roles = [official.role if (official := officials.get(to)) else to.partition(":")[0] for to in view.request.to]
        asks_for_nobody = [
            Problem(
                "recipients.not_for_ask",
                ask=in_reader_language(ask.title).text,
                roles=", ".join(view.role_names(ask)),
            )
            for ask in view.chosen
            if not any(is_for(ask, role) for role in roles)
        ]
        problems = asks_for_nobody or error.problems
    yield from (FieldProblem("to", problem) for problem in problems)


def words_problems(view: ViewContext) -> Iterator[FieldProblem]:
    """What is wrong with reasons, story and the rest; then, what keeps the letters from being written."""
    typed = [*typed_problems(view)]
    yield from typed
    if not typed and isinstance(view.draft, PleaError):
        yield from (FieldProblem("", problem) for problem in view.draft.problems)


def typed_problems(view: ViewContext) -> Iterator[FieldProblem]:
    """What is wrong with reasons, story and the rest as they were typed."""
    request = view.request
    for ask in view.chosen:
        count = len(request.reasons_of[ask.key])
        field = f"reasons-{ask.key}"
        if not count:
            yield FieldProblem(field, Problem("reasons.none_checked"))
        elif count > MOST_REASONS:
            yield FieldProblem(field, Problem("reasons.too_many_checked", most=MOST_REASONS))
    for key in dict.fromkeys(key for ask in view.chosen for key in ask.params):
        line = read_line(key, view.session.one("words", f"param-{key}"))
        if isinstance(line, Problem):
            yield FieldProblem(f"param-{key}", line)
    if "story_en" in missing_fields(request, view.writing):
        yield FieldProblem("story_en", Problem("story.english_missing"))
    checked = check_person(request, view.writing)
    if not isinstance(checked, Supporter):
        yield from (FieldProblem(problem.where, problem) for problem in checked if problem.where in STORY)


CHECKS: Mapping[str, Callable[[ViewContext], Iterator[FieldProblem]]] = {
    "ask": ask_problems,
    "place": place_problems,
    "words": words_problems,
}


def _unprintable(step: str, view: ViewContext) -> Iterator[FieldProblem]:
    """What cannot be printed right: at its field where this step has it, else at the top of the last step.

    Step two has the letters without their story, step three has them whole.
    """
    draft = view.draft if step == "words" else None
    if step == "place" and view.resident:
        draft = make_draft(view.place_request, view.resident, view.writing)
    letters = (*draft.letters, *draft.copies) if isinstance(draft, Draft) else ()
    for problem in dict.fromkeys(problem for letter in letters for problem in unprintable(letter, view.request)):
        origin, field = _origin_of(problem, view.session)
        if step in {origin, "words"}:
            yield FieldProblem(field if origin == step else "", problem)


def _origin_of(problem: Problem, session: Session) -> tuple[str, str]:
    """The step and the field that a problem of printing comes from; two empty texts where it is nobody's field."""
    missing_in_fonts = set(dict(problem.values).get("missing", ""))
    for step, fields in session.forms.items():
        for name, values in fields.items():
            if missing_in_fonts & set("".join(values)):
                return step, name
    return ORIGINS.get(problem.code, ("", ""))


def language_warnings(view: ViewContext) -> Sequence[Problem]:
    """That a story reads as Spanish where English is what the office gets."""
    english = view.session.one("words", "language", ENGLISH) == ENGLISH
    spanish = reads_as_spanish(view.session.one("words", "story"))
    return [Problem("story.seems_spanish")] if english and spanish else []


def reads_as_spanish(story: str) -> bool:
    """Whether the small words of a story are Spanish; a few of them in an English one are not enough."""
    words = WORD.findall(story.casefold())
    spanish, english = (sum(word in small.split() for word in words) for small in (SPANISH_WORDS, ENGLISH_WORDS))
    return spanish >= 3 and spanish > 2 * english  # noqa: PLR2004 (two may be the name of a street, or a saying)


def letters_of(view: ViewContext) -> Sequence[Letter]:
    """The letters as they would be made now; none while something is wrong."""
    if not isinstance(view.draft, Draft) or any(typed_problems(view)):
        return ()
    return (*view.draft.letters, *view.draft.copies)
