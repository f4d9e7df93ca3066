"""What keeps a step from being done, each thing at its field."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from plea.errors import PleaError
from plea.letters.compose import is_for
from plea.model.letters import Letter
from plea.model.people import Supporter
from plea.problems import Problem
from plea.web.language import Said, Trouble, in_sentences
from plea.web.person.form import PERSON, STORY
from plea.web.person.messages import in_language, origin, own, told
from plea.web.person.view_context import Desk
from plea.writing.draft import Draft, make_draft
from plea.writing.output import unprintable
from plea.writing.request import MOST_REASONS, check_person, missing_fields, read_line

STEPS = ("ask", "place", "words", "letters")


def troubles(step: str, desk: Desk) -> Sequence[Trouble]:
    """Everything wrong with a step, or else nothing; what is right as it was typed is tried on paper."""
    return [*CHECKS[step](desk)] or [*_unprintable(step, desk)]


def ask_troubles(desk: Desk) -> Iterator[Trouble]:
    """Nothing was ticked."""
    if not desk.wishes.asks:
        yield own(desk.words.ask.none, "ask", desk.language)


def home_troubles(desk: Desk) -> Iterator[Trouble]:
    """What is wrong or missing in name and address, from the top of the page down."""
    wishes = desk.place_wishes
    absent = [key for key in missing_fields(wishes, desk.rooms) if key in {"zip", "city", "state"}]
    found = [own(desk.words.place.missing[key], key, desk.language) for key in absent]
    checked = check_person(wishes, desk.rooms)
    if not isinstance(checked, Supporter):
        found += [told(problem, problem.where, desk.language) for problem in checked if problem.where in PERSON]
    yield from sorted(found, key=lambda trouble: PERSON.index(trouble.field))


def place_troubles(desk: Desk) -> Iterator[Trouble]:
    """What is wrong with name and address; then, whom the letters cannot go to."""
    first = [*home_troubles(desk)]
    yield from first
    if first or desk.resident is None:
        return
    if not desk.wishes.to:
        yield own(desk.words.place.nobody, "to", desk.language)
        return
    try:
        draft = make_draft(desk.place_wishes, desk.resident, desk.rooms)  # without the story, which is step three's
    except PleaError as error:
        yield from _unasked(desk) or [_of_error(error, "to", desk)]
        return
    for problem in draft.problems:
        yield told(problem, "to", desk.language)


def _unasked(desk: Desk) -> list[Trouble]:
    """The asks that go to none of those who are ticked."""
    found = []
    for ask in desk.chosen:
        if not any(is_for(ask, _role(to, desk)) for to in desk.wishes.to):
            title = in_language(ask.title, desk.language).text
            posts = ", ".join(post.text for post in desk.posts(ask))
            found.append(own(desk.words.place.not_for.format(ask=title, roles=posts), "to", desk.language))
    return found


def _role(to: str, desk: Desk) -> str:
    """The role of somebody who is written to."""
    official = desk.rooms.directory.official(to, desk.on) if desk.rooms.directory and ":" not in to else None
    return official.role if official else to.partition(":")[0]


def words_troubles(desk: Desk) -> Iterator[Trouble]:
    """What is wrong with reasons, story and the rest; then, what keeps the letters from being written."""
    first = [*typed_troubles(desk)]
    yield from first
    if not first and isinstance(desk.draft, PleaError):
        yield _of_error(desk.draft, "", desk)


def typed_troubles(desk: Desk) -> Iterator[Trouble]:
    """What is wrong with reasons, story and the rest as they were typed."""
    wishes, names = desk.wishes, desk.words.words
    for ask in desk.chosen:
        count = len(wishes.reasons_of[ask.key])
        if not count:
            yield own(names.no_reason, f"reasons-{ask.key}", desk.language)
        elif count > MOST_REASONS:
            yield own(names.too_many.format(most=MOST_REASONS), f"reasons-{ask.key}", desk.language)
    for key in dict.fromkeys(key for ask in desk.chosen for key in ask.params):
        line = read_line(key, desk.sitting.one("words", f"param-{key}"))
        if isinstance(line, Problem):
            yield told(line, f"param-{key}", desk.language)
    if "story_en" in missing_fields(wishes, desk.rooms):
        yield own(names.no_english, "story_en", desk.language)
    checked = check_person(wishes, desk.rooms)
    if not isinstance(checked, Supporter):
        yield from (told(problem, problem.where, desk.language) for problem in checked if problem.where in STORY)


def _unprintable(step: str, desk: Desk) -> Iterator[Trouble]:
    """What cannot be printed right: at its field where this step has it, else at the top of the last step."""
    problems = [problem for letter in _letters(step, desk) for problem in unprintable(letter, desk.wishes)]
    for problem in dict.fromkeys(problems):
        home, field = origin(problem, desk.sitting)
        if step in {home, "words"}:
            yield told(problem, field if home == step else "", desk.language)


def _letters(step: str, desk: Desk) -> Sequence[Letter]:
    """The letters as far as this step has them: without their story in step two, whole in step three."""
    if step == "place" and desk.resident:
        return make_draft(desk.place_wishes, desk.resident, desk.rooms).letters
    if step == "words" and isinstance(desk.draft, Draft):
        return (*desk.draft.letters, *desk.draft.copies)
    return ()


def _of_error(error: PleaError, field: str, desk: Desk) -> Trouble:
    return Trouble(field, in_sentences(error.message.removeprefix("--to: "), desk.language), _hint(error, desk))


def _hint(error: PleaError, desk: Desk) -> Said | None:
    return in_sentences(error.hint, desk.language) if error.hint else None


def first_undone(before: str, desk: Desk) -> str:
    """The first step before this one in which something typed is wrong or missing; empty when all are done."""
    for step in STEPS[: STEPS.index(before)]:
        if any(True for _ in CHECKS[step](desk)):
            return step
    return ""


CHECKS: Mapping[str, Callable[[Desk], Iterator[Trouble]]] = {
    "ask": ask_troubles,
    "place": place_troubles,
    "words": words_troubles,
}
