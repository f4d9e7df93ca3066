"""A letter's words with every typed value left out: made by Jinja and Markdown, filled in for each person.

A template cannot see what a placeholder stands for without that being recorded (`plea.asks.placeholders`). People who
agree in all that was looked at, and in which values are empty, therefore get the same words around their own.
"""

import re
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import chain, repeat
from pathlib import Path
from typing import Any

from plea.asks.markdown import blocks, filled, one_line, unfilled
from plea.asks.pack import ASK_FILE, Pack, letter_name
from plea.asks.placeholders import PRIVATE_USE, Placeholders, parts_of, refuse_private_use, resolved, value_of
from plea.asks.sandbox import PackLoader, Sandbox, Statements, View
from plea.asks.template_errors import CONTROL, FAULTS, TemplateFault, located, reason_origin
from plea.errors import InputError
from plea.model.asks import Ask
from plea.model.letters import Block, Paragraph
from plea.problems import Problem
from plea.system import folders
from plea.system.limited import LimitExceeded

RenderContext = Mapping[str, Any]
"""What a letter is rendered from: see `plea.asks.render.render_context`."""

TABLES = {"supporter": "supporter", "extra": "extra", "official": "official", "campaign": "campaign", "param": "params"}
"""The tables of a context that hold what people typed, by the names that templates know."""
VARYING = ("supporter", "extra", "official")
"""Those of them that differ within a campaign."""
SINGLE = ("town", "date", "deadline")
"""The single values of a context that differ from letter to letter."""
COMMITTEES = "committees"
_BLANK = " \t\n\f\v\r"

VIEWS = frozenset({"supporter", "official", "campaign", "param"})
NAMES = VIEWS | {*SINGLE, "language", "reasons", "fact", "is_current"}
"""The names that templates may use besides those they set themselves."""

MAX_CHARACTERS = 100_000
"""Of rendered text: thirty pages. What is longer is no letter but a template that repeats itself."""
_PARTS = re.compile(r"\s*Subject:(?P<subject>.*?)\n---[ \t]*\n(?P<body>.*)\Z", re.DOTALL)
_PLAIN_KEY = re.compile(r"[a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class LetterTemplate:
    """The words of a letter with placeholders for values, or in `problem` what is wrong with its templates.

    `places` says where each placeholder's value is from, `looked_at` which values the templates looked into,
    `has_values` which blocks of the body hold placeholders.
    """

    subject: str = ""
    body: tuple[Block, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict)
    looked_at: tuple[str, ...] = ()
    problem: Problem | None = None
    has_values: tuple[bool, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "has_values", tuple(map(has_placeholders, self.body)))


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter's words: its subject and the blocks of its body."""

    subject: str
    body: tuple[Block, ...]


# --- made from Jinja templates ----------------------------------------------------------------------------


def make_template(pack: Pack, ask: Ask, context: RenderContext) -> LetterTemplate:
    """The words of one letter with what people typed left out; what is wrong with the templates is its `problem`.

    Raises LimitExceeded for templates that take too much, InputError for a private-use character in what was typed.
    """
    letter = ask.folder / letter_name(context["language"])
    sandbox, loader = sandbox_of(pack, ask)
    placeholders = Placeholders()
    try:
        names = _names(pack, context, placeholders)
        names["reasons"] = [_reason(sandbox, key, context["language"], names) for key in context["reasons"]]
        rendered = placeholders.unescape(sandbox.get_template(letter.name).render(names))
        subject, body = _subject_and_body(rendered, placeholders)
    except FAULTS as error:
        fault = located(error, letter, loader.served)
        if isinstance(fault, LimitExceeded):
            raise fault from error
        return LetterTemplate(looked_at=tuple(sorted(placeholders.looked_at)), problem=fault.problem)
    return LetterTemplate(subject, body, placeholders.places, tuple(sorted(placeholders.looked_at)))


def reason_text(pack: Pack, ask: Ask, key: str, context: RenderContext) -> str:
    """One reason as it reads in the letter of that context. Raises InputError at `file:line`."""
    sandbox, loader = sandbox_of(pack, ask)
    placeholders = Placeholders()
    try:
        rendered = _reason(sandbox, key, context["language"], _names(pack, context, placeholders))
        return text_of(blocks(placeholders.unescape(rendered), placeholders))
    except FAULTS as error:
        raise located(error, ask.folder / letter_name(context["language"]), loader.served) from error


def text_of(body: Iterable[Block]) -> str:
    """The plain text of blocks, a blank line between them; a list item is a line of its own."""
    lines = ([block.runs] if isinstance(block, Paragraph) else block.items for block in body)
    return "\n\n".join("\n".join("".join(run.text for run in runs) for runs in each) for each in lines)


def sandbox_of(pack: Pack, ask: Ask) -> tuple[Sandbox, PackLoader]:
    """The sandbox of an ask; kept for the next letter, since compiling its templates is most of the work."""
    texts = tuple(
        (reason_name(reason.key, language), text, reason_origin(ask.folder / ASK_FILE, number, language))
        for number, reason in enumerate(ask.reasons)
        for language, text in reason.text.items()
    )
    return _sandbox_from((ask.folder, pack.folder), texts)


@lru_cache(maxsize=16)
def _sandbox_from(roots: tuple[Path, ...], texts: tuple[tuple[str, str, str], ...]) -> tuple[Sandbox, PackLoader]:
    loader = PackLoader(roots, folders.templates(), {name: (source, origin) for name, source, origin in texts})
    return Sandbox(loader), loader


def _reason(sandbox: Sandbox, key: str, language: str, names: Mapping[str, Any]) -> str:
    return sandbox.get_template(reason_name(key, language)).render(names).strip()


def reason_name(key: str, language: str) -> str:
    """The name under which a reason's text is a template of its own."""
    return f"reason {key} ({language})"


def _names(pack: Pack, context: RenderContext, placeholders: Placeholders) -> dict[str, Any]:
    """The values of NAMES for one letter, what people typed as placeholders."""
    on = date.fromisoformat(context["on"])
    statements = Statements(pack.facts, on, context["language"], context["params"].get("crisis", ""))
    committees = frozenset(context[COMMITTEES])
    role = context["role"]

    def sits_on(committee: str) -> bool:
        placeholders.looked_at.add(f"{COMMITTEES}.{value_of(committee)}")
        return committee in committees

    def typed(owner: str) -> dict[str, Any]:
        places = {name: f"{owner}.{name}" for name in context[TABLES[owner]]}
        return {
            name: placeholders.of(context[TABLES[owner]][name], place, paragraphs=takes_paragraphs(place))
            for name, place in places.items()
        }

    return {
        "supporter": View("supporter", typed("supporter") | {"extra": View("supporter.extra", typed("extra"))}),
        "official": View(
            "official",
            typed("official")
            | {"role": role if _PLAIN_KEY.fullmatch(role) else placeholders.of(role, "role"), "sits_on": sits_on},
        ),
        "campaign": View("campaign", typed("campaign")),
        "param": View("param", typed("param")),
        **{name: placeholders.of(context[name], name) for name in SINGLE},
        "language": context["language"],
        "fact": statements.fact,
        "is_current": statements.is_current,
    }


def _subject_and_body(rendered: str, placeholders: Placeholders) -> tuple[str, tuple[Block, ...]]:
    """The parts of rendered text, placeholders in place; the frame puts `Subject:` first and `---` under it."""
    placeholders.check(rendered)
    if len(rendered) > MAX_CHARACTERS:
        raise TemplateFault("template.too_long", limit=MAX_CHARACTERS)
    control = CONTROL.search(rendered)
    if control:
        raise TemplateFault("template.control_character", character=f"U+{ord(control[0]):04X}")
    parts = _PARTS.match(rendered)
    if not parts:
        raise TemplateFault("template.no_frame")
    subject = " ".join(parts["subject"].split())
    if not subject:
        raise TemplateFault("template.no_subject")
    body = unfilled(parts["body"])
    if not filled(body, placeholders):
        raise TemplateFault("template.no_text")
    settled = ((block,) if has_placeholders(block) else filled((block,), placeholders) for block in body)
    return subject, tuple(chain.from_iterable(settled))


def has_placeholders(block: Block) -> bool:
    """Whether anything of a block is typed."""
    runs = block.runs if isinstance(block, Paragraph) else [run for item in block.items for run in item]
    return any(PRIVATE_USE.search(run.text) for run in runs if not run.text.isascii())


# --- filled in for one person -----------------------------------------------------------------------------


def fill(template: LetterTemplate, context: RenderContext) -> Draft:
    """The words of the letter of that context. Raises InputError for the template's problem."""
    if template.problem:
        raise InputError(template.problem)
    values = _Values(template.places, context)
    body: list[Block] = []
    for block, has_values in zip(template.body, template.has_values, strict=True):
        body += filled((block,), values) if has_values else (block,)
    return Draft(one_line(template.subject, values), tuple(body))


class _Values:
    """What the placeholders of a template stand for in one context."""

    def __init__(self, places: Mapping[str, str], context: RenderContext) -> None:
        self._places = places
        self._context = context
        self._parts: dict[str, tuple[str, ...]] = {}

    def resolve(self, text: str) -> tuple[str, ...]:
        """The text with values in place of placeholders, cut where a value has a new paragraph."""
        return resolved(text, self._parts_of)

    def _parts_of(self, placeholder: str) -> tuple[str, ...]:
        if placeholder not in self._parts:
            place = self._places[placeholder]
            self._parts[placeholder] = parts_of(value_at(place, self._context), paragraphs=takes_paragraphs(place))
        return self._parts[placeholder]


def value_at(place: str, context: RenderContext) -> Any:
    """The value at a place of the context; for `committees.ID` whether the official sits there."""
    owner, _, name = place.partition(".")
    if owner == COMMITTEES:
        return name in context[COMMITTEES]
    return context[TABLES[owner]][name] if name else context[owner]


def takes_paragraphs(place: str) -> bool:
    """Whether blank lines in the value of a place end paragraphs: in a story they do."""
    return place.startswith("supporter.story")


def check_typed(context: RenderContext) -> None:
    """Raise InputError for a private-use character in anything typed: only placeholders may use them."""
    tables = [context[table] for table in TABLES.values()]
    whole = "".join(["".join(table.values()) for table in tables])
    if not whole.isascii() and PRIVATE_USE.search(whole):
        for owner, table in zip(TABLES, tables, strict=True):
            for name, value in table.items():
                refuse_private_use(value, f"{owner}.{name}")
    for name in SINGLE:
        refuse_private_use(context[name], name)


# --- kept for the next person -----------------------------------------------------------------------------


class LetterTemplates:
    """The letter templates of one ask and pack that a process has made, each found by what it depends on."""

    def __init__(self, limit: int = 4000) -> None:
        self._limit = limit
        self._count = 0
        self._by_kind: dict[Hashable, dict[tuple[str, ...], dict[tuple[Any, ...], LetterTemplate]]] = {}

    def find(self, context: RenderContext) -> LetterTemplate | None:
        """The template that serves a context; None if none was kept."""
        for looked_at, templates in self._by_kind.get(kind_of(context), {}).items():
            template = templates.get(_values_at(looked_at, context))
            if template:
                return template
        return None

    def keep(self, context: RenderContext, template: LetterTemplate) -> None:
        """Keep the template that was made for a context. When there are too many all others are forgotten."""
        if self._count >= self._limit:
            self._by_kind.clear()
            self._count = 0
        self._count += 1
        templates = self._by_kind.setdefault(kind_of(context), {}).setdefault(template.looked_at, {})
        templates[_values_at(template.looked_at, context)] = template

    def samples(self, contexts: Iterable[RenderContext]) -> list[RenderContext]:
        """Of contexts that have no template, those to make one for now: one of each kind that is known to differ."""
        chosen: dict[Hashable, RenderContext] = {}
        for context in contexts:
            kind = kind_of(context)
            known = tuple(_values_at(looked_at, context) for looked_at in self._by_kind.get(kind, {}))
            chosen.setdefault((kind, known), context)
        return list(chosen.values())


def kind_of(context: RenderContext) -> Hashable:
    """What two contexts must share for one template, besides what the templates look at.

    That is everything but the values that people typed, and of those which are empty.
    """
    values = chain.from_iterable(context[owner].values() for owner in VARYING)
    given = map(bool, map(str.strip, values, repeat(_BLANK)))
    return (
        context["language"],
        context["on"],
        context["role"],
        tuple(context["reasons"]),
        tuple(context["campaign"].items()),
        tuple(context["params"].items()),
        tuple(given),
        tuple(bool(context[name].strip(_BLANK)) for name in SINGLE),
        tuple(context["extra"]),
    )


def _values_at(places: Iterable[str], context: RenderContext) -> tuple[Any, ...]:
    return tuple(value_at(place, context) for place in places)
