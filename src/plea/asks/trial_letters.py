"""Letters tried out with made-up people: the cases of an ask, and what is wrong with the letters they give."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from plea.asks.calendar import LEAST_OF_SESSION, last_scheduled_day
from plea.asks.letter_template import Draft, text_of
from plea.asks.pack import Pack
from plea.asks.readability import grade, words
from plea.asks.render import RenderRequest, drafts_of, render_context
from plea.errors import InputError
from plea.model.asks import Ask
from plea.model.bills import Bill, Standing, bill_id
from plea.model.congress import Chamber, congress_of, congress_start
from plea.model.officials import Membership, Official
from plea.model.people import Supporter
from plea.model.states import HOUSE_ROLES
from plea.problems import Problem

STORY_WORDS = 60
WORDS = range(180, 301)
GRADE = 8.0
CHOSEN = 2
"""Reasons in a letter that is measured: a signer chooses two or three."""
CRISES = ("Sudan", "Yemen", "Syria")
"""Crises that letters are tried about besides the ask's own one: of the second nothing is known."""

_STORY = {
    "en": "Three years ago a family who had fled the war moved in next door to us. We brought soup the first night, "
    "because we did not know what else to do. Now their son fixes my car, and their daughter walks to school with "
    "mine. Last week she read to us in English. I wish every single child as much.",
    "es": "Hace tres años llegó a la casa de al lado una familia que había huido de la guerra. La primera noche les "
    "llevamos sopa, porque no sabíamos qué más hacer. Ahora su hijo arregla mi coche y su hija camina a la escuela "
    "con la mía. La semana pasada nos leyó en inglés. Ojalá todos los niños vivan tan seguros.",
    "ar": "قبل ثلاث سنوات سكنت في البيت المجاور لنا عائلة هربت من الحرب. في الليلة الأولى حملنا إليها بعض الحساء، "
    "لأننا لم نعرف ماذا نفعل غير ذلك. واليوم يصلح ابنهم سيارتي، وتمشي ابنتهم إلى المدرسة مع ابنتي الصغيرة. وفي الأسبوع "
    "الماضي جلست معنا في المطبخ وقرأت لنا صفحة كاملة من كتابها باللغة الإنجليزية. ليت كل طفل في العالم يعيش آمنًا "
    "مثلها.",
}

_ABOUT = {  # of twenty words
    "en": "I teach third grade in our old brick school, and for nine years I have helped new families to read",
    "es": "Enseño en la vieja escuela del barrio y desde hace nueve años ayudo a las familias recién llegadas a leer",
    "ar": "أعلّم الصف الثالث في مدرسة الحي القديمة ومنذ تسع سنوات أساعد العائلات الجديدة هنا على تعلم "
    "القراءة والكتابة باللغة الإنجليزية",
}


def supporter(role: str, language: str, *, story: bool, about: bool = False) -> Supporter:
    """A person who may write to that role, with a story of STORY_WORDS words or none, and a line about them or none."""
    text = _STORY.get(language, _STORY["en"]) if story else ""
    line = _ABOUT.get(language, _ABOUT["en"]) if about else ""
    city, state, code, country = {
        "uk-": ("Leeds", "", "LS1 1UR", "GB"),
        "ca-": ("Ottawa", "ON", "K1P 1J1", "CA"),
    }.get(role[:3], ("Burlington", "VT", "05401", "US"))
    return Supporter("Sam Rivers", "", city, state, code, country, language=language, story=text, about=line)


# --- who is written to ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reader:
    """What the reader of a letter is besides their role.

    `seat` on the committee is `Chairman`, `Ranking Member`, or empty for a member. Where `bill` is given its status was
    fetched, and the reader stands to it as `stands` says: `sponsor`, `cosponsor`, or empty for neither.
    """

    committee: str = ""
    seat: str = ""
    leads: bool = False
    bill: Bill | None = None
    stands: str = ""

    def description(self) -> tuple[Problem, ...]:
        """What they are, in parts; empty for somebody who is nothing of it."""
        seat = {"Chairman": "case.chair", "Ranking Member": "case.ranking"}.get(self.seat, "case.committee")
        stands = {"sponsor": "case.sponsor", "cosponsor": "case.cosponsor"}.get(self.stands, "case.no_cosponsor")
        parts = (
            self.committee and Problem(seat, committee=self.committee),
            self.leads and Problem("case.leader"),
            self.bill and Problem(stands, bill=self.bill.key),
        )
        return tuple(part for part in parts if part)


def readers(role: str, committees: Iterable[str], bills: Iterable[Bill]) -> list[Reader]:
    """Everyone of that role to whom the letter may read differently, the plain reader first."""
    own = [committee for committee in committees if may_sit_on(role, committee)]
    if role == "committee-chair":
        return [Reader(), *(Reader(committee, "Chairman") for committee in own)]
    chamber = Official("", role).chamber
    known = [bill for bill in bills if chamber in bill.numbers]
    return [
        Reader(),
        *(Reader(committee, seat) for committee in own for seat in ("", "Chairman", "Ranking Member")),
        *([Reader(leads=True)] if chamber else []),
        *(Reader(bill=bill, stands=stands) for bill in known for stands in ("sponsor", "cosponsor", "")),
        *(Reader(committee, bill=bill) for committee in own for bill in known),
    ]


def official(role: str, reader: Reader = Reader(), *, named: bool = True) -> Official:
    """Someone in that role who is what the reader is."""
    committee, chamber = reader.committee, Official("", role).chamber
    place = {"mayor": "Burlington", "committee-chair": "United States Senate"}.get(role, "Vermont")
    if role == "committee-chair" and committee.startswith("H"):
        place = "U.S. House of Representatives"
    standings: tuple[Standing, ...] = ()
    if reader.bill and chamber:
        standings = (
            Standing(
                bill_id(reader.bill.congress, reader.bill.numbers[chamber]),
                is_sponsor=reader.stands == "sponsor",
                cosponsor_since=date.min if reader.stands == "cosponsor" else None,
                committees=(committee,) if committee else (),
            ),
        )
    return Official(
        id=f"sample-{role}",
        role=role,
        name="Alex Morgan" if named else "",
        last_name="Morgan" if named else "",
        state="VT",
        place=place,
        body="Committee on Foreign Relations" if role == "committee-chair" else "",
        leads=("Majority Leader" if chamber is Chamber.SENATE else "Speaker of the House") if reader.leads else "",
        memberships=(Membership(committee, committee, reader.seat),) if committee else (),
        bills=standings,
    )


def may_sit_on(role: str, committee: str) -> bool:
    """Whether someone in that role can be on that committee: senators on the Senate's, members of the House on its."""
    if role == "us-senator":
        return committee[:1] in {"S", "J"}
    if role in HOUSE_ROLES:
        return committee[:1] in {"H", "J"}
    return role == "committee-chair"


def days_to_try(on: date) -> list[date]:
    """That day, and those after it on which the letter may read differently.

    When the session has too few days left for a bill, when it is over, when the next Congress has begun, some weeks
    into it, and four years later.
    """
    next_congress = congress_start(congress_of(on) + 1)
    last = max((day for chamber in Chamber if (day := last_scheduled_day(chamber, next_congress.year - 1))), default=on)
    days = [
        last - LEAST_OF_SESSION + timedelta(days=1),
        next_congress - timedelta(days=5),
        next_congress + timedelta(days=1),
        date(next_congress.year, 3, 15),
        date(next_congress.year + 4, 1, 15),
    ]
    return [on, *(day for day in days if day > on)]


# --- the letters ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Case:
    """One letter to try: to whom, with or without a story and a line about the signer, with which reasons.

    Without a `crisis` it is about the ask's own; without a day it is of the day that is asked about.
    """

    role: str
    language: str
    reader: Reader = Reader()
    named: bool = True
    story: bool = True
    about: bool = False
    reasons: tuple[str, ...] = ()
    crisis: str = ""
    on: date | None = None

    def description(self) -> tuple[Problem, ...]:
        """What is particular to the case, in parts; empty for the plain letter."""
        parts = (
            not self.named and Problem("case.unnamed"),
            not self.story and Problem("case.no_story"),
            self.about and Problem("case.about"),
            self.reasons and Problem("case.reasons", reasons=self.reasons),
            self.crisis and Problem("case.crisis", crisis=self.crisis),
            self.on and Problem("case.day", day=self.on),
        )
        return (*self.reader.description(), *(part for part in parts if part))

    @property
    def is_further(self) -> bool:
        """Whether it differs from the letters that every ask has in what only some letters look at."""
        return bool(self.on or self.about or replace(self.reader, committee="") != Reader())


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a letter that was made, and what is particular to it.

    What is the same for several roles is reported once.
    """

    case: tuple[Problem, ...]
    problem: Problem


@dataclass(frozen=True, slots=True)
class TriedLetter:
    """A case and the letter it gave, or what kept it from being made; `text` is its body, empty if there is none."""

    case: Case
    draft: Draft | InputError
    text: str


def try_letters(
    pack: Pack, ask: Ask, language: str, *, on: date, committees: Sequence[str], bills: Sequence[Bill] = ()
) -> dict[str, list[TriedLetter]]:
    """The letters of an ask in one language, by role. Raises LimitExceeded for templates that take too much."""
    cases: list[Case] = []
    for role in ask.roles:
        kinds = readers(role, committees, bills)
        cases += _cases(ask, role, language, kinds)
        cases += _further_cases(role, language, kinds, days_to_try(on)[1:])
    letters = _try(pack, ask, cases, on)
    by_role = {role: [letter for letter in letters if letter.case.role == role] for role in ask.roles}
    extremes = [case for of_role in by_role.values() for case in _extremes(ask, of_role)]
    for letter in _try(pack, ask, extremes, on):
        by_role[letter.case.role].append(letter)
    return by_role


def faults_of(letters: Sequence[TriedLetter], ask: Ask) -> Iterator[Fault]:
    """What is wrong with letters that were made: too hard, too short or long, a reason that is not printed.

    Of the letters that differ in what only some look at, the worst of each kind is named if no other letter is.
    """
    measured = [letter for letter in letters if letter.text and letter.case.named and len(letter.case.reasons) != 1]
    named: set[str] = set()
    for letter in measured:
        if not letter.case.is_further:
            for fault, _ in _measured(letter):
                named.add(fault.problem.code)
                yield fault
    worst: dict[str, tuple[float, Fault]] = {}
    for letter in measured:
        if letter.case.is_further:
            for fault, beyond in _measured(letter):
                if beyond > worst.get(fault.problem.code, (0.0,))[0]:
                    worst[fault.problem.code] = beyond, fault
    yield from (fault for code, (_, fault) in worst.items() if code not in named)
    # a reason that leaves the letter as another reason in its place would is not in it
    single = {
        letter.case.reasons[0]: letter.text
        for letter in letters
        if letter.text and len(letter.case.reasons) == 1 and letter.case.story and not letter.case.crisis
    }
    for reason in ask.reasons:
        if single.get(reason.key) in {text for key, text in single.items() if key != reason.key}:
            yield Fault((), Problem("ask_check.reason_not_printed", reason=reason.key))


def _measured(letter: TriedLetter) -> Iterator[tuple[Fault, float]]:
    """What a letter is too much of, each with how far it is beyond the limit."""
    case = letter.case
    count = len(words(letter.text))
    if case.is_further and not case.story:
        count += STORY_WORDS
    if (case.story or case.is_further) and not case.about and count not in WORDS:
        limits = {"story": STORY_WORDS, "least": WORDS.start, "most": WORDS.stop - 1}
        beyond = max(WORDS.start - count, count - WORDS.stop + 1)
        told = replace(case, story=True)
        yield Fault(told.description(), Problem("ask_check.word_count", count=count, **limits)), beyond
    level = grade(letter.text, case.language)
    if not case.story and level is not None and level > GRADE:
        problem = Problem("ask_check.grade", grade=f"{level:.1f}", wanted=f"{GRADE:.0f}")
        yield Fault(case.description(), problem), level - GRADE


def _try(pack: Pack, ask: Ask, cases: Sequence[Case], on: date) -> list[TriedLetter]:
    requests = (
        RenderRequest(
            supporter=supporter(case.role, case.language, story=case.story, about=case.about),
            official=official(case.role, case.reader, named=case.named),
            on=case.on or on,
            language=case.language,
            reasons=case.reasons,
            params={"crisis": case.crisis} if case.crisis else {},
        )
        for case in cases
    )
    drafts = drafts_of(pack, ask, [render_context(ask, request) for request in requests])
    return [
        TriedLetter(case, draft, "" if isinstance(draft, InputError) else text_of(draft.body))
        for case, draft in zip(cases, drafts, strict=True)
    ]


def _cases(ask: Ask, role: str, language: str, kinds: Sequence[Reader]) -> Iterator[Case]:
    """The letters that every ask has: with and without a story, each reason, other crises, members of committees."""
    members = [kind for kind in kinds if kind == Reader(kind.committee)]
    others = [crisis for crisis in CRISES if crisis != ask.params["crisis"]][:2]
    for story in (True, False):
        for crisis in ("", *others):
            for kind in members:
                yield Case(role, language, kind, story=story, crisis=crisis)
            for reason in ask.reasons:
                yield Case(role, language, story=story, reasons=(reason.key,), crisis=crisis)
    yield Case(role, language, named=False)


def _further_cases(role: str, language: str, kinds: Sequence[Reader], days: Sequence[date]) -> Iterator[Case]:
    """The letters to whoever is more than a member, from somebody with a line about them, and on later days."""
    for day in (None, *days):
        yield from (Case(role, language, about=True, story=story, on=day) for story in (True, False))
        for kind in kinds:
            if day or kind != Reader(kind.committee):
                yield Case(role, language, kind, story=False, on=day)


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
