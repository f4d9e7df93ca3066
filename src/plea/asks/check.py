"""What is wrong with a pack, as far as it can be seen without paper.

The source of its templates is read without running them, for what they use; then letters are made of it and measured.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from itertools import chain
from typing import Any

from jinja2 import TemplateNotFound, nodes

from plea.asks import trial_letters
from plea.asks.bills import FILE as BILLS_FILE
from plea.asks.bills import problems_in_bills
from plea.asks.letter_template import NAMES, SEATS, VIEWS, reason_name, reason_text, sandbox_of
from plea.asks.pack import ASK_FILE, FACTS_FILE, Pack, letter_file, letter_name, problems_in_facts
from plea.asks.render import END_OF_TERM, VIEWED, RenderRequest, ask_of, in_child, render_context
from plea.asks.sandbox import GLOBALS
from plea.asks.stock_phrases import stock_phrases
from plea.asks.template_errors import FAULTS, TemplateFault, located, place_in_file
from plea.asks.trial_letters import Fault, TriedLetter, faults_of, try_letters
from plea.errors import InputError
from plea.language import line as problem_line
from plea.model.asks import TOPICS, Ask, Fact
from plea.model.bills import Bill
from plea.problems import Problem, unpacked
from plea.system import toml
from plea.system.limited import LimitExceeded

SOON = timedelta(days=46)
"""A fact that has expired by then is noted: its last day is within 45 days."""

FEWEST_REASONS = 4
FEWEST_FRAMINGS = 3

_STATEMENTS = frozenset({"fact", "is_current"})
_OF_TOPIC = "crisis_fact"
_KEYED = _STATEMENTS | {_OF_TOPIC, "bill"}


# --- what templates use -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Use:
    """One thing a template uses, and where.

    `kind` is `name` (a variable), `fact`, `is_current`, `crisis_fact`, `bill`, `sits_on` (anything about a committee),
    or the variable that `what` is read from (`supporter`, `official`, `campaign`, `param`).
    """

    kind: str
    what: str
    file: str
    line: int


def uses_of(pack: Pack, ask: Ask) -> list[Use]:
    """What the templates of an ask use. Raises InputError at `file:line`."""
    if pack.built_in:
        return _uses_in_templates(pack, ask)
    return [Use(**use) for use in in_child(f"{__name__}:uses_for_parent", pack, ask, ask.languages[0])]


def uses_for_parent(order: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What the templates of one ask use, as JSON values. Run in the child."""
    return [asdict(use) for use in _uses_in_templates(*ask_of(order))]


def facts_used(pack: Pack, ask: Ask) -> list[Fact]:
    """The facts that the letters of the ask may state, by key. Raises InputError for templates that fail."""
    return facts_of(pack, uses_of(pack, ask))


def facts_of(pack: Pack, uses: Iterable[Use]) -> list[Fact]:
    """The facts among what templates use, by key: those they name, and all on the topics they ask for."""
    keys = {use.what for use in uses if use.kind in _STATEMENTS}
    topics = {use.what for use in uses if use.kind == _OF_TOPIC}
    return [
        fact for key, fact in sorted(pack.facts.items()) if key in keys or (fact.crisis and topics & {*fact.topics})
    ]


def bills_used(pack: Pack, ask: Ask) -> list[Bill]:
    """The bills that the letters of the ask may speak of, by key. Raises InputError for templates that fail."""
    return _bills_of(pack, uses_of(pack, ask))


def _bills_of(pack: Pack, uses: Iterable[Use]) -> list[Bill]:
    keys = {use.what for use in uses if use.kind == "bill"}
    return [pack.bills[key] for key in sorted(keys & pack.bills.keys())]


def _uses_in_templates(pack: Pack, ask: Ask) -> list[Use]:
    """All that the letters of the ask, their reasons and whatever they include use.

    Raises InputError at `file:line` for source that cannot be read; a template that is not there is a fault of the one
    that names it.
    """
    sandbox, loader = sandbox_of(pack, ask)
    names = [letter_name(language) for language in ask.languages]
    names += [reason_name(reason.key, language) for reason in ask.reasons for language in ask.languages]
    letter = letter_file(ask, ask.languages[0])
    waiting = [(name, (str(letter), 1)) for name in names]
    seen: set[str] = set()
    uses: set[Use] = set()
    try:
        while waiting:
            name, named_at = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            try:
                source, origin, _ = loader.get_source(sandbox, name)
            except TemplateNotFound as error:
                raise TemplateFault("template.not_found", name=name, place=named_at) from error
            except TemplateFault as error:
                error.place = named_at
                raise
            tree = sandbox.parse(source, name, origin)
            for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
                other = node.template  # type: ignore[attr-defined]
                if isinstance(other, nodes.Const) and isinstance(other.value, str):
                    waiting.append((other.value, (origin, node.lineno)))
            uses |= {Use(kind, what, *place_in_file(origin, line)) for kind, what, line in _uses(tree)}
    except FAULTS as error:
        raise located(error, letter, loader.served) from error
    return sorted(uses, key=lambda use: (use.file, use.line, use.kind, use.what))


def _uses(tree: nodes.Template) -> Iterator[tuple[str, str, int]]:
    """The kind, the name and the line of each thing that one template uses."""
    own = {"loop", "self", "super", "caller", "varargs", "kwargs"}
    own |= {node.name for node in tree.find_all(nodes.Name) if node.ctx != "load"}
    own |= {macro.name for macro in tree.find_all(nodes.Macro)}
    own |= {imported.target for imported in tree.find_all(nodes.Import)}
    for imports in tree.find_all(nodes.FromImport):
        own |= {name if isinstance(name, str) else name[1] for name in imports.names}
    for node in tree.find_all(nodes.Name):
        if node.ctx == "load" and node.name not in own:
            yield "name", node.name, node.lineno
    for read in tree.find_all(nodes.Getattr):
        if isinstance(read.node, nodes.Name) and read.node.name in VIEWS and read.node.name not in own:
            yield read.node.name, read.attr, read.lineno
    for call in tree.find_all(nodes.Call):
        key = call.args[0].value if call.args and isinstance(call.args[0], nodes.Const) else None
        if isinstance(key, str) and isinstance(call.node, nodes.Name) and call.node.name in _KEYED:
            yield call.node.name, key, call.lineno
        elif isinstance(key, str) and isinstance(call.node, nodes.Getattr) and call.node.attr in SEATS:
            yield "sits_on", key, call.lineno


# --- what is wrong ----------------------------------------------------------------------------------------


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
    problems = [*problems_in_facts(own_facts), *problems_in_bills(pack.folder / BILLS_FILE)]
    if problems:  # without its facts and bills no letter can be tried
        return sorted(_stopping(problems))
    findings: set[Finding] = set()
    texts: dict[str, dict[str, set[str]]] = {}  # by language and ask, without what signers add
    facts_to_check = {key for key, fact in pack.facts.items() if pack.built_in or fact.file == own_facts}
    for key in pack.asks:
        try:
            ask = pack.asks[key]
            uses = uses_of(pack, ask)
        except InputError as error:
            findings.update(_stopping(error.problems))
            continue
        facts_to_check |= {fact.key for fact in facts_of(pack, uses)}
        findings.update(Finding(problem, stops=True) for problem in _unknown_names(pack, ask, uses))
        places = [(finding.file, finding.line) for finding in findings]
        committees = sorted({use.what for use in uses if use.kind == "sits_on"})
        try:
            for language in ask.languages:
                tried = try_letters(pack, ask, language, on=on, committees=committees, bills=_bills_of(pack, uses))
                letters = [*chain.from_iterable(tried.values())]
                findings.update(_not_made(letters, places))
                findings.update(_of_letters(pack, ask, language, tried))
                bare = {letter.text for letter in letters if not letter.case.story and not letter.case.about}
                # a deadline in words is set aside as one with a day is
                end = END_OF_TERM.get(language, END_OF_TERM["en"])
                texts.setdefault(language, {})[ask.key] = {text.replace(end, "1") for text in bare}
        except LimitExceeded as error:  # one such template is enough to wait for
            findings.update(_stopping(error.problems))
        findings.update(_of_ask_file(ask, known_roles))
    findings.update(_stock_phrases(pack, texts))
    findings.update(_of_facts((pack.facts[key] for key in facts_to_check), on))
    return sorted(findings)


def _of_ask_file(ask: Ask, known_roles: Container[str] | None) -> Iterator[Finding]:
    """What is wrong with what an ask offers: its reasons, and its roles."""
    file = ask.folder / ASK_FILE
    yield from _of_reasons(ask, f"{file}:1")
    for role in ask.roles:
        if known_roles is not None and role not in known_roles:
            where = f"{file}:{toml.line_of(file, 'roles', role)}"
            yield Finding(Problem("ask_check.unknown_role", where, role=role), stops=True)


def _of_facts(facts: Iterable[Fact], on: date) -> Iterator[Finding]:
    """Facts that have expired, and as notes those that soon will."""
    for fact in facts:
        values = {"fact": fact.key, "review_by": fact.review_by}
        where = f"{fact.file}:{fact.line}"
        if fact.has_expired(on):
            yield Finding(Problem("fact.expired", where, **values))
        elif fact.has_expired(on + SOON):
            yield Finding(Problem("fact.expires_soon", where, **values), note=True)


def _of_reasons(ask: Ask, where: str) -> Iterator[Finding]:
    """That an ask offers few reasons, or reasons that argue from few things."""
    if len(ask.reasons) < FEWEST_REASONS:
        yield Finding(Problem("ask_check.few_reasons", where, count=len(ask.reasons), least=FEWEST_REASONS))
    framings = {reason.framing for reason in ask.reasons if reason.framing}
    if framings and len(framings) < FEWEST_FRAMINGS:
        few = Problem("ask_check.few_framings", where, count=len(framings), least=FEWEST_FRAMINGS)
        yield Finding(few, note=True)


def _stopping(problems: Iterable[Problem]) -> list[Finding]:
    """A finding for each problem, on the first line of its file where it names none."""
    return [
        Finding(
            problem if problem.where.rpartition(":")[2].isdecimal() else problem.at(f"{problem.where}:1"), stops=True
        )
        for problem in problems
    ]


def _unknown_names(pack: Pack, ask: Ask, uses: Iterable[Use]) -> Iterator[Problem]:
    known = {
        **VIEWED,
        "param": tuple(ask.params),
        "name": (*NAMES, *GLOBALS),
        **dict.fromkeys(_STATEMENTS, tuple(pack.facts)),
        _OF_TOPIC: TOPICS,
        "bill": tuple(pack.bills),
    }
    for use in uses:
        if use.kind not in known or use.what in known[use.kind]:
            continue
        where, listed = f"{use.file}:{use.line}", ", ".join(sorted(known[use.kind])) or "-"
        if use.kind in _STATEMENTS:
            yield Problem("fact.unknown", where, fact=use.what, known=listed)
        elif use.kind == _OF_TOPIC:
            yield Problem("fact.unknown_topic", where, topic=use.what, known=listed)
        elif use.kind == "bill":
            yield Problem("bill.unknown", where, bill=use.what, known=listed)
        elif use.kind == "name":
            yield Problem("template.unknown_name_among", where, name=use.what, known=listed)
        else:
            yield Problem("template.unknown_name_of", where, owner=use.kind, name=use.what, known=listed)


def _of_letters(pack: Pack, ask: Ask, language: str, by_role: Mapping[str, Sequence[TriedLetter]]) -> Iterator[Finding]:
    """What is wrong with the letters of an ask in one language that were made; what is the same for roles, once."""
    where = f"{letter_file(ask, language)}:1"
    roles_of_fault: dict[Fault, list[str]] = {}
    for role, letters in by_role.items():
        for fault in (*faults_of(letters, ask), *_of_another_crisis(pack, ask, letters)):
            roles_of_fault.setdefault(fault, []).append(role)
    for fault, roles in roles_of_fault.items():
        values = {"roles": tuple(roles), "problem": fault.problem}
        if fault.case:
            yield Finding(Problem("ask_check.letters_in_case", where, **values, case=fault.case))
        else:
            yield Finding(Problem("ask_check.letters", where, **values))


def _not_made(letters: Iterable[TriedLetter], places: Container[tuple[str, int]]) -> Iterator[Finding]:
    """What kept letters from being made, besides what was found already at these places.

    What is wrong on a later day only stops no letter now, and is told once for each place.
    """
    seen: set[tuple[str, int]] = set()
    for letter in sorted(letters, key=lambda letter: letter.case.on or date.min):
        if isinstance(letter.draft, InputError):
            for finding in _stopping(letter.draft.problems):
                place = finding.file, finding.line
                if place not in places and not (letter.case.on and place in seen):
                    seen.add(place)
                    yield replace(finding, stops=letter.case.on is None)


def _stock_phrases(pack: Pack, texts: Mapping[str, Mapping[str, Iterable[str]]]) -> Iterator[Finding]:
    """A note for each phrase that stands in too many asks, at the letter of the first of them."""
    for language, letters in texts.items():
        for phrase in stock_phrases(letters):
            where = f"{letter_file(pack.asks[phrase.asks[0]], language)}:1"
            values = {"phrase": phrase.words, "count": len(phrase.asks), "asks": phrase.asks}
            yield Finding(Problem("ask_check.stock_phrase", where, **values), note=True)


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


# --- reasons as they read ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReasonShown:
    """A reason with its text as a letter of that day prints it, or in `fault` why it cannot be printed."""

    key: str
    name: str
    text: str
    default: bool
    framing: str = ""
    fault: Problem | None = None


def show_reasons(pack: Pack, ask: Ask, on: date, language: str) -> list[ReasonShown]:
    """The reasons as they read in a letter from a made-up person to the first role of the ask."""
    role = next(iter(ask.roles))
    supporter = trial_letters.supporter(role, language, story=False)
    context = render_context(ask, RenderRequest(supporter, trial_letters.official(role), on=on, language=language))
    if pack.built_in:
        texts = _reason_texts(pack, ask, context)
    else:
        answers = in_child(f"{__name__}:reasons_for_parent", pack, ask, language, context=context)
        texts = [answer["text"] if "text" in answer else unpacked(answer["problem"]) for answer in answers]
    return [
        ReasonShown(
            key=reason.key,
            name=reason.name[language],
            text=text if isinstance(text, str) else "",
            default=reason.key in ask.default_reasons,
            framing=reason.framing,
            fault=text if isinstance(text, Problem) else None,
        )
        for reason, text in zip(ask.reasons, texts, strict=True)
    ]


def reasons_for_parent(order: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each reason of one ask as it reads, or its problem instead, as JSON values. Run in the child."""
    texts = _reason_texts(*ask_of(order), order["context"])
    return [{"text": text} if isinstance(text, str) else {"problem": text.packed()} for text in texts]


def _reason_texts(pack: Pack, ask: Ask, context: Mapping[str, Any]) -> list[str | Problem]:
    texts: list[str | Problem] = []
    for reason in ask.reasons:
        try:
            texts.append(reason_text(pack, ask, reason.key, context))
        except LimitExceeded:
            raise
        except InputError as error:
            texts.append(error.problem)
    return texts
