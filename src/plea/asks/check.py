"""What is wrong with a pack, as far as it can be seen without paper."""

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from plea.asks import facts, letter_matrix
from plea.asks.context import VIEWED, RenderRequest, render_context
from plea.asks.letter_matrix import Fault, Tried, faults_of, try_letters
from plea.asks.letter_text import NAMES, reason_text
from plea.asks.pack import ASK_FILE, FACTS_FILE, Pack, letter_file
from plea.asks.render import in_child
from plea.asks.sandbox import GLOBALS
from plea.asks.template_usage import Use, survey
from plea.errors import InputError
from plea.model.asks import Ask, Fact
from plea.system import toml
from plea.system.limited import LimitExceeded

SOON = timedelta(days=45)
FEWEST_REASONS = 4

_PLACED = re.compile(r"(?P<file>.+?):(?P<line>\d+): (?P<what>.+)", re.DOTALL)


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing that is wrong with a pack, and where.

    A `note` is worth knowing and fails no check; what `stops` keeps a letter from being made at all.
    """

    file: str
    line: int
    what: str
    note: bool = False
    stops: bool = False

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


def check_pack(pack: Pack, on: date, known_roles: Container[str] | None = None) -> list[Finding]:
    """All findings on the texts of a pack as they stand on a day, by file and line.

    `known_roles` are the roles that forms of address are known for; without them roles are not looked at.
    """
    own = pack.folder / FACTS_FILE
    try:
        faults = [Finding(str(own), line, what, stops=True) for line, what in facts.faults_in(own)]
    except InputError as error:
        faults = [finding_of(error)]
    if faults:  # without its facts no letter can be tried
        return sorted(faults)
    found: set[Finding] = set()
    used: set[str] = {key for key, fact in pack.facts.items() if pack.built_in or fact.file == own}
    for key in pack.asks:
        try:
            ask = pack.asks[key]
            uses = uses_of(pack, ask)
        except InputError as error:
            found.add(finding_of(error))
            continue
        used |= {use.what for use in uses if use.kind in {"fact", "is_current"}}
        found.update(_ask_findings(pack, ask, uses, on))
        found.update(_roles(ask, known_roles) if known_roles is not None else ())
    found.update(_ageing((pack.facts[key] for key in used if key in pack.facts), on))
    return sorted(found)


def finding_of(error: InputError, file: str = "") -> Finding:
    """An error that says `file:line: what` as a finding."""
    placed = _PLACED.fullmatch(error.message)
    if placed is None:
        return Finding(file, 1, error.message, stops=True)
    return Finding(placed["file"], int(placed["line"]), placed["what"], stops=True)


def uses_of(pack: Pack, ask: Ask) -> list[Use]:
    """What the templates of an ask use. Raises InputError `file:line: what`."""
    if pack.built_in:
        return survey(pack, ask)
    return [Use(**use) for use in in_child("uses", pack, ask, letter_file(ask, ask.languages[0]))]


def _ask_findings(pack: Pack, ask: Ask, uses: list[Use], on: date) -> Iterator[Finding]:
    unknown = list(_unknown(pack, ask, uses))
    yield from unknown
    said = {(finding.file, finding.line) for finding in unknown}
    if len(ask.reasons) < FEWEST_REASONS:
        what = f"offers {len(ask.reasons)} reasons; at least {FEWEST_REASONS} are wanted"
        yield Finding(str(ask.folder / ASK_FILE), 1, what)
    committees = sorted({use.what for use in uses if use.kind == "sits_on"})
    for language in ask.languages:
        file = str(letter_file(ask, language))
        try:
            by_role = try_letters(pack, ask, language, on=on, committees=committees)
        except LimitExceeded as error:
            yield finding_of(error, file)
            return  # one such template is enough to wait for
        faults: dict[Fault, list[str]] = {}
        for role, tried in by_role.items():
            stopped = [finding_of(one.made, file) for one in tried if isinstance(one.made, InputError)]
            yield from (finding for finding in stopped if (finding.file, finding.line) not in said)
            for fault in (*faults_of(tried, ask), *_out_of_place(pack, ask, tried)):
                faults.setdefault(fault, []).append(role)
        for fault, roles in faults.items():
            to = " ".join(filter(None, (f"to {', '.join(roles)}", fault.case)))
            yield Finding(file, 1, f"{to}: {fault.what}")


def _roles(ask: Ask, known: Container[str]) -> Iterator[Finding]:
    file = ask.folder / ASK_FILE
    for role in ask.roles:
        if role not in known:
            yield Finding(str(file), toml.line_of(file, "roles", role), f"there is no role {role}", stops=True)


def _unknown(pack: Pack, ask: Ask, uses: list[Use]) -> Iterator[Finding]:
    known = {**VIEWED, "param": tuple(ask.params), "name": (*NAMES, *GLOBALS)}
    for use in uses:
        if use.kind in {"fact", "is_current"}:
            if use.what not in pack.facts:
                yield Finding(use.file, use.line, f"there is no fact {use.what}", stops=True)
        elif use.kind in known and use.what not in known[use.kind]:
            what = f"{use.what!r} is unknown" if use.kind == "name" else f"{use.kind} has no {use.what!r}"
            yield Finding(use.file, use.line, f"{what}; there is: {', '.join(sorted(known[use.kind]))}", stops=True)


def _out_of_place(pack: Pack, ask: Ask, tried: Iterable[Tried]) -> Iterator[Fault]:
    """Letters about another crisis in which the ask's own one, or a fact about it, is spoken of."""
    usual = re.compile(rf"\b{re.escape(ask.params['crisis'])}", re.IGNORECASE)
    for one in tried:
        if not one.case.crisis:
            continue
        if usual.search(one.text):
            yield Fault(str(one.case), f"speaks of {ask.params['crisis']}")
        for fact in pack.facts.values():
            if fact.crisis not in {"", one.case.crisis} and any(text in one.text for text in fact.text.values()):
                yield Fault(str(one.case), f"states the fact {fact.key}, which speaks of {fact.crisis}")


def _ageing(known: Iterable[Fact], on: date) -> Iterator[Finding]:
    for fact in known:
        if fact.review_by is None:
            continue
        if on > fact.review_by:
            yield Finding(str(fact.file), fact.line, f"the fact {fact.key} expired on {fact.review_by}")
        elif on + SOON >= fact.review_by:
            yield Finding(str(fact.file), fact.line, f"the fact {fact.key} expires on {fact.review_by}", note=True)


@dataclass(frozen=True, slots=True)
class ReasonShown:
    """A reason with its text as a letter of that day prints it; `fault` says why it cannot, where it cannot."""

    key: str
    name: str
    text: str
    default: bool
    fault: str = ""


def show_reasons(pack: Pack, ask: Ask, on: date, language: str) -> list[ReasonShown]:
    """The reasons as they read in a letter from a made-up person to the first role of the ask."""
    role = next(iter(ask.roles))
    request = RenderRequest(
        letter_matrix.supporter(role, language, story=False), letter_matrix.official(role), on=on, language=language
    )
    scene = render_context(ask, request)
    if pack.built_in:
        texts = [_text(pack, ask, reason.key, scene) for reason in ask.reasons]
    else:
        texts = in_child("reason_texts", pack, ask, letter_file(ask, language), scene=scene)
    return [
        ReasonShown(
            key=reason.key,
            name=reason.name[language],
            text=text.get("text", ""),
            default=reason.key in ask.default_reasons,
            fault=text.get("message", ""),
        )
        for reason, text in zip(ask.reasons, texts, strict=True)
    ]


def facts_used(pack: Pack, ask: Ask) -> list[Fact]:
    """The facts that the letters of the ask may state, by key. Raises InputError for templates that fail."""
    keys = {use.what for use in uses_of(pack, ask) if use.kind in {"fact", "is_current"}}
    return [pack.facts[key] for key in sorted(keys) if key in pack.facts]


def _text(pack: Pack, ask: Ask, key: str, scene: dict[str, object]) -> dict[str, str]:
    try:
        return {"text": reason_text(pack, ask, key, scene)}
    except InputError as error:
        return {"message": error.message}
