"""Made-up people for trying letters out: nobody's name, nobody's story."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from plea.asks.context import RenderRequest, render_context
from plea.asks.letter_template import Draft
from plea.asks.letter_text import text_of
from plea.asks.pack import Pack
from plea.asks.readability import grade, words
from plea.asks.render import drafts_of
from plea.errors import InputError
from plea.model.asks import Ask
from plea.model.officials import Membership, Official
from plea.model.people import Supporter
from plea.model.states import HOUSE_ROLES

STORY_WORDS = 60

_STORY = {
    "en": "Three years ago a family who had fled the war moved in next door to us. We brought soup the first night, "
    "because we did not know what else to do. Now their son fixes my car, and their daughter walks to school with "
    "mine. Last week she read to us in English. I wish every single child as much.",
    "es": "Hace tres años llegó a la casa de al lado una familia que había huido de la guerra. La primera noche les "
    "llevamos sopa, porque no sabíamos qué más hacer. Ahora su hijo arregla mi coche y su hija camina a la escuela "
    "con la mía. La semana pasada nos leyó en inglés. Ojalá todos los niños vivan tan seguros.",
}
_SENATE = ("us-senator",)


def supporter(role: str, language: str, *, story: bool) -> Supporter:
    """A person who may write to that role, with a story of STORY_WORDS words or none."""
    told = _STORY.get(language, _STORY["en"]) if story else ""
    if role.startswith("uk-"):
        return Supporter("Sam Rivers", city="Leeds", zip="LS1 1UR", country="GB", language=language, story=told)
    if role.startswith("ca-"):
        return Supporter(
            "Sam Rivers", city="Ottawa", state="ON", zip="K1P 1J1", country="CA", language=language, story=told
        )
    return Supporter("Sam Rivers", city="Burlington", state="VT", zip="05401", language=language, story=told)


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
    if role in _SENATE:
        return committee[:1] in {"S", "J"}
    if role in HOUSE_ROLES:
        return committee[:1] in {"H", "J"}
    return role == "committee-chair"


WORDS = range(180, 301)
GRADE = 8.0
CHOSEN = 2
"""Reasons in a letter that is measured: a signer chooses two or three."""
OTHER_CRISES = ("Sudan", "Syria")


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

    def __str__(self) -> str:
        parts = [f"on {self.committee}"] * bool(self.committee)
        parts += ["without a name"] * (not self.named)
        parts += ["without a story"] * (not self.story)
        parts += [f"with {', '.join(self.reasons)}"] * bool(self.reasons)
        parts += [f"about {self.crisis}"] * bool(self.crisis)
        return " ".join(parts)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a letter that was made, and how it was made; the same for several roles it is said once."""

    case: str
    what: str


@dataclass(frozen=True, slots=True)
class Tried:
    """A case and the letter it gave, or what kept it from being made."""

    case: Case
    made: Draft | InputError

    @property
    def text(self) -> str:
        """The words of the body; empty if there is none."""
        return "" if isinstance(self.made, InputError) else text_of(self.made.body)


def try_letters(pack: Pack, ask: Ask, language: str, *, on: date, committees: Sequence[str]) -> dict[str, list[Tried]]:
    """The letters of an ask in one language, by role. Raises LimitExceeded for templates that run wild."""
    tried = _try(pack, ask, [case for role in ask.roles for case in _cases(ask, role, language, committees)], on)
    by_role = {role: [one for one in tried if one.case.role == role] for role in ask.roles}
    for one in _try(pack, ask, [case for some in by_role.values() for case in _extremes(ask, some)], on):
        by_role[one.case.role].append(one)
    return by_role


def faults_of(tried: Sequence[Tried], ask: Ask) -> Iterator[Fault]:
    """What is wrong with letters that were made: too hard, too short or long, a reason that is not printed."""
    made = {one.case: one for one in tried if one.text}
    for case, one in made.items():
        if case.named and len(case.reasons) != 1:
            yield from _word_faults(case, one)
    yield from _unprinted(made, ask)


def _try(pack: Pack, ask: Ask, cases: Sequence[Case], on: date) -> list[Tried]:
    made = drafts_of(pack, ask, [_scene(ask, case, on) for case in cases])
    return [Tried(case, one) for case, one in zip(cases, made, strict=True)]


def _cases(ask: Ask, role: str, language: str, committees: Sequence[str]) -> Iterator[Case]:
    other = next(crisis for crisis in OTHER_CRISES if crisis != ask.params["crisis"])
    for story in (True, False):
        for crisis in ("", other):
            for committee in ("", *(one for one in committees if may_sit_on(role, one))):
                yield Case(role, language, committee, story=story, crisis=crisis)
            for reason in ask.reasons:
                yield Case(role, language, story=story, reasons=(reason.key,), crisis=crisis)
    yield Case(role, language, named=False)


def _extremes(ask: Ask, tried: Sequence[Tried]) -> Iterator[Case]:
    """The hardest, the longest and the shortest letters that a choice of reasons can give."""
    single = [
        one for one in tried if one.text and len(one.case.reasons) == 1 and not one.case.story and not one.case.crisis
    ]
    if len(single) <= CHOSEN:
        return
    language = single[0].case.language
    by_grade = sorted(single, key=lambda one: grade(one.text, language) or 0)
    by_length = sorted(single, key=lambda one: len(words(one.text)))
    order = [reason.key for reason in ask.reasons]
    for few, story in ((by_grade[-CHOSEN:], False), (by_length[:CHOSEN], True), (by_length[-CHOSEN:], True)):
        keys = sorted((one.case.reasons[0] for one in few), key=order.index)
        yield Case(few[0].case.role, language, story=story, reasons=tuple(keys))


def _scene(ask: Ask, case: Case, on: date) -> dict[str, Any]:
    request = RenderRequest(
        supporter=supporter(case.role, case.language, story=case.story),
        official=official(case.role, case.committee, named=case.named),
        on=on,
        language=case.language,
        reasons=case.reasons,
        params={"crisis": case.crisis} if case.crisis else {},
    )
    return render_context(ask, request)


def _word_faults(case: Case, one: Tried) -> Iterator[Fault]:
    count = len(words(one.text))
    if case.story and count not in WORDS:
        what = f"{count} words with a story of {STORY_WORDS}; {WORDS.start} to {WORDS.stop - 1} are wanted"
        yield Fault(str(case), what)
    level = grade(one.text, case.language)
    if not case.story and level is not None and level > GRADE:
        yield Fault(str(case), f"reads at grade {level:.1f}; {GRADE:.0f} or below is wanted")


def _unprinted(made: Mapping[Case, Tried], ask: Ask) -> Iterator[Fault]:
    """A reason that leaves the letter as another reason in its place would is not in it."""
    alone = {
        case.reasons[0]: one.text
        for case, one in made.items()
        if len(case.reasons) == 1 and case.story and not case.crisis
    }
    for reason in ask.reasons:
        if alone.get(reason.key) in {text for key, text in alone.items() if key != reason.key}:
            yield Fault("", f"the reason {reason.key} is not used: the letter does not print it")
