"""What is wrong with a pack, as far as it can be seen without paper."""

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from plea.asks import facts, letter_matrix
from plea.asks.context import VIEWED, RenderRequest, render_context
from plea.asks.letter_matrix import Fault, TriedLetter, faults_of, try_letters
from plea.asks.letter_template import NAMES, reason_text
from plea.asks.pack import ASK_FILE, FACTS_FILE, Pack, letter_file
from plea.asks.render import in_child
from plea.asks.sandbox import GLOBALS
from plea.asks.template_usage import Use, uses_in_templates
from plea.errors import InputError
from plea.language import line as problem_line
from plea.model.asks import Ask, Fact
from plea.problems import Problem, unpacked
from plea.system import toml
from plea.system.limited import LimitExceeded

SOON = timedelta(days=46)
"""A fact that has expired by then is noted: its last day is within 45 days."""

FEWEST_REASONS = 4


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with a pack, at `file:line`.

    A `note` is worth knowing and fails no check; what `stops` keeps a letter from being made at all.
    """

    problem: Problem
    note: bool = False
    stops: bool = False

    @property
    def file(self) -> str:
        """The file it is in."""
        return self.problem.where.rpartition(":")[0]

    @property
    def line(self) -> int:
        """The line of the file, from 1."""
        return int(self.problem.where.rpartition(":")[2])

    def __str__(self) -> str:
        return problem_line(self.problem)

    def __lt__(self, other: "Finding") -> bool:
        return (self.file, self.line, str(self)) < (other.file, other.line, str(other))


def check_pack(pack: Pack, on: date, known_roles: Container[str] | None = None) -> list[Finding]:
    """All findings on the texts of a pack as they are on a day, by file and line.

    `known_roles` are the roles that forms of address are known for; without them roles are not looked at.
    """
    own_facts = pack.folder / FACTS_FILE
    problems = facts.problems_in(own_facts)
    if problems:  # without its facts no letter can be tried
        return sorted(_stopping(InputError(problems)))
    findings: set[Finding] = set()
    used: set[str] = {key for key, fact in pack.facts.items() if pack.built_in or fact.file == own_facts}
    for key in pack.asks:
        try:
            ask = pack.asks[key]
            uses = uses_of(pack, ask)
        except InputError as error:
            findings.update(_stopping(error))
            continue
        used |= {use.what for use in uses if use.kind in {"fact", "is_current"}}
        findings.update(_unknown_names(pack, ask, uses))
        findings.update(_of_ask(pack, ask, uses, on, [(finding.file, finding.line) for finding in findings]))
        file = ask.folder / ASK_FILE
        for role in ask.roles:
            if known_roles is not None and role not in known_roles:
                where = f"{file}:{toml.line_of(file, 'roles', role)}"
                findings.add(Finding(Problem("ask_check.unknown_role", where, role=role), stops=True))
    for fact in (pack.facts[key] for key in used if key in pack.facts):
        where = f"{fact.file}:{fact.line}"
        if facts.has_expired(fact, on):
            findings.add(Finding(Problem("fact.expired", where, fact=fact.key, review_by=fact.review_by)))
        elif facts.has_expired(fact, on + SOON):
            expires = Problem("fact.expires_soon", where, fact=fact.key, review_by=fact.review_by)
            findings.add(Finding(expires, note=True))
    return sorted(findings)


def uses_of(pack: Pack, ask: Ask) -> list[Use]:
    """What the templates of an ask use. Raises InputError at `file:line`."""
    if pack.built_in:
        return uses_in_templates(pack, ask)
    return [Use(**use) for use in in_child("uses_for_parent", pack, ask, letter_file(ask, ask.languages[0]))]


def facts_used(pack: Pack, ask: Ask) -> list[Fact]:
    """The facts that the letters of the ask may state, by key. Raises InputError for templates that fail."""
    keys = {use.what for use in uses_of(pack, ask) if use.kind in {"fact", "is_current"}}
    return [pack.facts[key] for key in sorted(keys) if key in pack.facts]


def _stopping(error: InputError) -> list[Finding]:
    """A finding for each problem, on the first line of its file where it names none."""
    lines = ((problem, problem.where.rpartition(":")[2]) for problem in error.problems)
    return [
        Finding(problem if line.isdecimal() else problem.at(f"{problem.where}:1"), stops=True)
        for problem, line in lines
    ]


def _unknown_names(pack: Pack, ask: Ask, uses: Iterable[Use]) -> Iterator[Finding]:
    known = {**VIEWED, "param": tuple(ask.params), "name": (*NAMES, *GLOBALS)}
    for use in uses:
        where = f"{use.file}:{use.line}"
        if use.kind in {"fact", "is_current"}:
            if use.what not in pack.facts:
                there = ", ".join(sorted(pack.facts)) or "-"
                yield Finding(Problem("fact.unknown", where, fact=use.what, known=there), stops=True)
        elif use.kind in known and use.what not in known[use.kind]:
            there = ", ".join(sorted(known[use.kind]))
            if use.kind == "name":
                problem = Problem("template.unknown_name_among", where, name=use.what, known=there)
            else:
                problem = Problem("template.unknown_name_of", where, owner=use.kind, name=use.what, known=there)
            yield Finding(problem, stops=True)


def _of_ask(
    pack: Pack, ask: Ask, uses: Iterable[Use], on: date, found: Container[tuple[str, int]]
) -> Iterator[Finding]:
    """What is wrong with the letters that an ask can give, besides what was found already at a file and line."""
    if len(ask.reasons) < FEWEST_REASONS:
        where = f"{ask.folder / ASK_FILE}:1"
        yield Finding(Problem("ask_check.few_reasons", where, count=len(ask.reasons), least=FEWEST_REASONS))
    committees = sorted({use.what for use in uses if use.kind == "sits_on"})
    for language in ask.languages:
        where = f"{letter_file(ask, language)}:1"
        try:
            by_role = try_letters(pack, ask, language, on=on, committees=committees)
        except LimitExceeded as error:
            yield from _stopping(error)
            return  # one such template is enough to wait for
        roles_of_fault: dict[Fault, list[str]] = {}
        for role, letters in by_role.items():
            for letter in letters:
                if isinstance(letter.draft, InputError):
                    stopping = _stopping(letter.draft)
                    yield from (finding for finding in stopping if (finding.file, finding.line) not in found)
            for fault in (*faults_of(letters, ask), *_of_another_crisis(pack, ask, letters)):
                roles_of_fault.setdefault(fault, []).append(role)
        for fault, roles in roles_of_fault.items():
            values = {"roles": tuple(roles), "problem": fault.problem}
            if fault.case:
                yield Finding(Problem("ask_check.letters_in_case", where, **values, case=fault.case))
            else:
                yield Finding(Problem("ask_check.letters", where, **values))


def _of_another_crisis(pack: Pack, ask: Ask, letters: Iterable[TriedLetter]) -> Iterator[Fault]:
    """Letters about another crisis that mention the ask's own one, or state a fact about it."""
    own_crisis = re.compile(rf"\b{re.escape(ask.params['crisis'])}", re.IGNORECASE)
    for letter in letters:
        crisis, case = letter.case.crisis, letter.case.description()
        if not crisis:
            continue
        if own_crisis.search(letter.text):
            yield Fault(case, Problem("ask_check.names_own_crisis", crisis=ask.params["crisis"]))
        for fact in pack.facts.values():
            if fact.crisis not in {"", crisis} and any(text in letter.text for text in fact.text.values()):
                yield Fault(case, Problem("ask_check.fact_of_other_crisis", fact=fact.key, crisis=fact.crisis))


@dataclass(frozen=True, slots=True)
class ReasonShown:
    """A reason with its text as a letter of that day prints it; `fault` says why it cannot, where it cannot."""

    key: str
    name: str
    text: str
    default: bool
    fault: Problem | None = None


def show_reasons(pack: Pack, ask: Ask, on: date, language: str) -> list[ReasonShown]:
    """The reasons as they read in a letter from a made-up person to the first role of the ask."""
    role = next(iter(ask.roles))
    supporter = letter_matrix.supporter(role, language, story=False)
    context = render_context(ask, RenderRequest(supporter, letter_matrix.official(role), on=on, language=language))
    texts: list[str | Problem] = []
    if pack.built_in:
        for reason in ask.reasons:
            try:
                texts.append(reason_text(pack, ask, reason.key, context))
            except InputError as error:
                texts.append(error.problem)
    else:
        answers = in_child("reasons_for_parent", pack, ask, letter_file(ask, language), context=context)
        texts += [answer["text"] if "text" in answer else unpacked(answer["problem"]) for answer in answers]
    return [
        ReasonShown(
            key=reason.key,
            name=reason.name[language],
            text=text if isinstance(text, str) else "",
            default=reason.key in ask.default_reasons,
            fault=text if isinstance(text, Problem) else None,
        )
        for reason, text in zip(ask.reasons, texts, strict=True)
    ]
