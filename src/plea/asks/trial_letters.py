"""Letters tried out with made-up people: the cases of an ask, and what is wrong with the letters they give."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from plea.asks.letter_template import Draft, text_of
from plea.asks.pack import Pack
from plea.asks.readability import grade, words
from plea.asks.render import RenderRequest, drafts_of, render_context
from plea.errors import InputError
from plea.model.asks import Ask
from plea.model.officials import Membership, Official
from plea.model.people import Supporter
from plea.model.states import HOUSE_ROLES
from plea.problems import Problem

STORY_WORDS = 60
WORDS = range(180, 301)
GRADE = 8.0
CHOSEN = 2
"""Reasons in a letter that is measured: a signer chooses two or three."""

_STORY = {
    "en": "Three years ago a family who had fled the war moved in next door to us. We brought soup the first night, "
    "because we did not know what else to do. Now their son fixes my car, and their daughter walks to school with "
    "mine. Last week she read to us in English. I wish every single child as much.",
    "es": "Hace tres años llegó a la casa de al lado una familia que había huido de la guerra. La primera noche les "
    "llevamos sopa, porque no sabíamos qué más hacer. Ahora su hijo arregla mi coche y su hija camina a la escuela "
    "con la mía. La semana pasada nos leyó en inglés. Ojalá todos los niños vivan tan seguros.",
}


def supporter(role: str, language: str, *, story: bool) -> Supporter:
    """A person who may write to that role, with a story of STORY_WORDS words or none."""
    text = _STORY.get(language, _STORY["en"]) if story else ""
    city, state, code, country = {
        "uk-": ("Leeds", "", "LS1 1UR", "GB"),
        "ca-": ("Ottawa", "ON", "K1P 1J1", "CA"),
    }.get(role[:3], ("Burlington", "VT", "05401", "US"))
    return Supporter("Sam Rivers", "", city, state, code, country, language=language, story=text)


def official(role: str, committee: str = "", *, named: bool = True) -> Official:
    """Someone in that role, on that committee if one is given."""
    return Official(
        id=f"sample-{role}",
        role=role,
        name="Alex Morgan" if named else "",
        last_name="Morgan" if named else "",
        state="VT",
        place="Burlington" if role == "mayor" else "Vermont",
        body="Committee on Foreign Relations" if role == "committee-chair" else "",
        memberships=(Membership(committee, committee),) if committee else (),
    )


def may_sit_on(role: str, committee: str) -> bool:
    """Whether someone in that role can be on that committee: senators on the Senate's, members of the House on its."""
    if role == "us-senator":
        return committee[:1] in {"S", "J"}
    if role in HOUSE_ROLES:
        return committee[:1] in {"H", "J"}
    return role == "committee-chair"


@dataclass(frozen=True, slots=True)
class Case:
    """One letter to try: to whom, with or without a story, with which reasons, about which crisis."""

    role: str
    language: str
    committee: str = ""
    named: bool = True
    story: bool = True
    reasons: tuple[str, ...] = ()
    crisis: str = ""

    def description(self) -> tuple[Problem, ...]:
        """What is particular to the case, in parts; empty for the plain letter."""
        parts = (
            self.committee and Problem("case.committee", committee=self.committee),
            not self.named and Problem("case.unnamed"),
            not self.story and Problem("case.no_story"),
            self.reasons and Problem("case.reasons", reasons=self.reasons),
            self.crisis and Problem("case.crisis", crisis=self.crisis),
        )
        return tuple(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a letter that was made, and what is particular to it.

    What is the same for several roles is reported once.
    """

    case: tuple[Problem, ...]
    problem: Problem


@dataclass(frozen=True, slots=True)
class TriedLetter:
    """A case and the letter it gave, or what kept it from being made."""

    case: Case
    draft: Draft | InputError

    @property
    def text(self) -> str:
        """The words of the body; empty if there is none."""
        return "" if isinstance(self.draft, InputError) else text_of(self.draft.body)


def try_letters(
    pack: Pack, ask: Ask, language: str, *, on: date, committees: Sequence[str]
) -> dict[str, list[TriedLetter]]:
    """The letters of an ask in one language, by role. Raises LimitExceeded for templates that take too much."""
    letters = _try(pack, ask, [case for role in ask.roles for case in _cases(ask, role, language, committees)], on)
    by_role = {role: [letter for letter in letters if letter.case.role == role] for role in ask.roles}
    extremes = [case for of_role in by_role.values() for case in _extremes(ask, of_role)]
    for letter in _try(pack, ask, extremes, on):
        by_role[letter.case.role].append(letter)
    return by_role


def faults_of(letters: Sequence[TriedLetter], ask: Ask) -> Iterator[Fault]:
    """What is wrong with letters that were made: too hard, too short or long, a reason that is not printed."""
    for letter in letters:
        case = letter.case
        if not letter.text or not case.named or len(case.reasons) == 1:
            continue
        count = len(words(letter.text))
        if case.story and count not in WORDS:
            limits = {"story": STORY_WORDS, "least": WORDS.start, "most": WORDS.stop - 1}
            yield Fault(case.description(), Problem("ask_check.word_count", count=count, **limits))
        level = grade(letter.text, case.language)
        if not case.story and level is not None and level > GRADE:
            yield Fault(case.description(), Problem("ask_check.grade", grade=f"{level:.1f}", wanted=f"{GRADE:.0f}"))
    # a reason that leaves the letter as another reason in its place would is not in it
    single = {
        letter.case.reasons[0]: letter.text
        for letter in letters
        if letter.text and len(letter.case.reasons) == 1 and letter.case.story and not letter.case.crisis
    }
    for reason in ask.reasons:
        if single.get(reason.key) in {text for key, text in single.items() if key != reason.key}:
            yield Fault((), Problem("ask_check.reason_not_printed", reason=reason.key))


def _try(pack: Pack, ask: Ask, cases: Sequence[Case], on: date) -> list[TriedLetter]:
    requests = (
        RenderRequest(
            supporter=supporter(case.role, case.language, story=case.story),
            official=official(case.role, case.committee, named=case.named),
            on=on,
            language=case.language,
            reasons=case.reasons,
            params={"crisis": case.crisis} if case.crisis else {},
        )
        for case in cases
    )
    drafts = drafts_of(pack, ask, [render_context(ask, request) for request in requests])
    return [TriedLetter(case, draft) for case, draft in zip(cases, drafts, strict=True)]


def _cases(ask: Ask, role: str, language: str, committees: Sequence[str]) -> Iterator[Case]:
    other = next(crisis for crisis in ("Sudan", "Syria") if crisis != ask.params["crisis"])
    for story in (True, False):
        for crisis in ("", other):
            for committee in ("", *(key for key in committees if may_sit_on(role, key))):
                yield Case(role, language, committee, story=story, crisis=crisis)
            for reason in ask.reasons:
                yield Case(role, language, story=story, reasons=(reason.key,), crisis=crisis)
    yield Case(role, language, named=False)


def _extremes(ask: Ask, letters: Sequence[TriedLetter]) -> Iterator[Case]:
    """The hardest, the longest and the shortest letters that a choice of reasons can give."""
    single = [
        letter
        for letter in letters
        if letter.text and len(letter.case.reasons) == 1 and not letter.case.story and not letter.case.crisis
    ]
    if len(single) <= CHOSEN:
        return
    language = single[0].case.language
    by_grade = sorted(single, key=lambda letter: grade(letter.text, language) or 0)
    by_length = sorted(single, key=lambda letter: len(words(letter.text)))
    order = [reason.key for reason in ask.reasons]
    for chosen, story in ((by_grade[-CHOSEN:], False), (by_length[:CHOSEN], True), (by_length[-CHOSEN:], True)):
        keys = sorted((letter.case.reasons[0] for letter in chosen), key=order.index)
        yield Case(chosen[0].case.role, language, story=story, reasons=tuple(keys))
