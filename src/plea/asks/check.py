"""What is wrong with a pack, as far as it can be seen without paper.

The source of its templates is read without running them, for what they use; then letters are made of it and measured.
"""

import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from jinja2 import TemplateNotFound, nodes

from plea.asks import trial_letters
from plea.asks.letter_template import NAMES, VIEWS, reason_name, reason_text, sandbox_of
from plea.asks.pack import ASK_FILE, FACTS_FILE, Pack, letter_file, letter_name, problems_in_facts
from plea.asks.render import VIEWED, RenderRequest, ask_of, in_child, render_context
from plea.asks.sandbox import GLOBALS
from plea.asks.template_errors import FAULTS, TemplateFault, located, place_in_file
from plea.asks.trial_letters import Fault, TriedLetter, faults_of, try_letters
from plea.errors import InputError
from plea.language import line as problem_line
from plea.model.asks import Ask, Fact
from plea.problems import Problem, unpacked
from plea.system import toml
from plea.system.limited import LimitExceeded

SOON = timedelta(days=46)
"""A fact that has expired by then is noted: its last day is within 45 days."""

FEWEST_REASONS = 4

_STATEMENTS = frozenset({"fact", "is_current"})


# --- what templates use -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Use:
    """One thing a template uses, and where.

    `kind` is `name` (a variable), `fact`, `is_current`, `sits_on`, or the variable that `what` is read from
    (`supporter`, `official`, `campaign`, `param`).
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
    keys = {use.what for use in uses_of(pack, ask) if use.kind in _STATEMENTS}
    return [pack.facts[key] for key in sorted(keys) if key in pack.facts]


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
        if isinstance(key, str) and isinstance(call.node, nodes.Name) and call.node.name in _STATEMENTS:
            yield call.node.name, key, call.lineno
        elif isinstance(key, str) and isinstance(call.node, nodes.Getattr) and call.node.attr == "sits_on":
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
    problems = problems_in_facts(own_facts)
    if problems:  # without its facts no letter can be tried
        return sorted(_stopping(problems))
    findings: set[Finding] = set()
    facts_to_check = {key for key, fact in pack.facts.items() if pack.built_in or fact.file == own_facts}
    for key in pack.asks:
        try:
            ask = pack.asks[key]
            uses = uses_of(pack, ask)
        except InputError as error:
            findings.update(_stopping(error.problems))
            continue
        facts_to_check |= {use.what for use in uses if use.kind in _STATEMENTS}
        findings.update(Finding(problem, stops=True) for problem in _unknown_names(pack, ask, uses))
        findings.update(_of_letters(pack, ask, uses, on, [(finding.file, finding.line) for finding in findings]))
        file = ask.folder / ASK_FILE
        if len(ask.reasons) < FEWEST_REASONS:
            few = Problem("ask_check.few_reasons", f"{file}:1", count=len(ask.reasons), least=FEWEST_REASONS)
            findings.add(Finding(few))
        for role in ask.roles:
            if known_roles is not None and role not in known_roles:
                where = f"{file}:{toml.line_of(file, 'roles', role)}"
                findings.add(Finding(Problem("ask_check.unknown_role", where, role=role), stops=True))
    for fact in (pack.facts[key] for key in facts_to_check if key in pack.facts):
        values = {"fact": fact.key, "review_by": fact.review_by}
        where = f"{fact.file}:{fact.line}"
        if fact.has_expired(on):
            findings.add(Finding(Problem("fact.expired", where, **values)))
        elif fact.has_expired(on + SOON):
            findings.add(Finding(Problem("fact.expires_soon", where, **values), note=True))
    return sorted(findings)


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
    }
    for use in uses:
        if use.kind not in known or use.what in known[use.kind]:
            continue
        where, listed = f"{use.file}:{use.line}", ", ".join(sorted(known[use.kind])) or "-"
        if use.kind in _STATEMENTS:
            yield Problem("fact.unknown", where, fact=use.what, known=listed)
        elif use.kind == "name":
            yield Problem("template.unknown_name_among", where, name=use.what, known=listed)
        else:
            yield Problem("template.unknown_name_of", where, owner=use.kind, name=use.what, known=listed)


def _of_letters(
    pack: Pack, ask: Ask, uses: Iterable[Use], on: date, places: Container[tuple[str, int]]
) -> Iterator[Finding]:
    """What is wrong with the letters that an ask can give, besides what was found already at these places."""
    committees = sorted({use.what for use in uses if use.kind == "sits_on"})
    for language in ask.languages:
        where = f"{letter_file(ask, language)}:1"
        try:
            by_role = try_letters(pack, ask, language, on=on, committees=committees)
        except LimitExceeded as error:
            yield from _stopping(error.problems)
            return  # one such template is enough to wait for
        roles_of_fault: dict[Fault, list[str]] = {}
        for role, letters in by_role.items():
            for letter in letters:
                if isinstance(letter.draft, InputError):
                    stopping = _stopping(letter.draft.problems)
                    yield from (finding for finding in stopping if (finding.file, finding.line) not in places)
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


# --- reasons as they read ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReasonShown:
    """A reason with its text as a letter of that day prints it, or in `fault` why it cannot be printed."""

    key: str
    name: str
    text: str
    default: bool
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
