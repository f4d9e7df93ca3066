"""The text of a letter from its templates: Jinja, then Markdown, then what people typed in its place."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from plea.asks.facts import Statements
from plea.asks.letter_template import SITS_ON, Draft, LetterTemplate, fill, has_marks, takes_paragraphs
from plea.asks.markdown import MarkdownFault, blocks, filled, unfilled
from plea.asks.pack import ASK_FILE, Pack, letter_name
from plea.asks.placeholders import CONTROL, Placeholders, meaning_of
from plea.asks.sandbox import PackLoader, Sandbox, View
from plea.asks.template_errors import FAULTS, mendable, reason_origin
from plea.model.asks import Ask
from plea.model.letters import Block, Paragraph
from plea.system import folders
from plea.system.limited import LimitExceeded

MAX_CHARACTERS = 100_000
"""Of rendered text: thirty pages. What is longer is no letter but a template gone wild."""

VIEWS = frozenset({"supporter", "official", "campaign", "param"})
NAMES = VIEWS | {"town", "date", "deadline", "language", "reasons", "fact", "is_current"}
"""What a template knows, besides what it sets itself."""

_PARTS = re.compile(r"\s*Subject:(?P<subject>.*?)\n---[ \t]*\n(?P<body>.*)\Z", re.DOTALL)
_PLAIN_KEY = re.compile(r"[a-z0-9-]*")


def draft(pack: Pack, ask: Ask, scene: Mapping[str, Any]) -> Draft:
    """The words of one letter. Raises InputError `file:line: what` for whatever is wrong in its templates."""
    return fill(mold(pack, ask, scene), scene)


def mold(pack: Pack, ask: Ask, scene: Mapping[str, Any]) -> LetterTemplate:
    """The words of one letter with what people typed left out; a fault of the templates is in the mold.

    Raises LimitExceeded for templates that run wild, InputError for a private-use character in what was typed.
    """
    letter = ask.folder / letter_name(scene["language"])
    fence, loader = sandbox_of(pack, ask)
    marks = Placeholders()
    try:
        names = _names(pack, scene, marks)
        names["reasons"] = [_reason(fence, key, scene["language"], names) for key in scene["reasons"]]
        rendered = marks.unescape(fence.get_template(letter.name).render(names))
        subject, body = _read(rendered, marks)
    except FAULTS as error:
        fault = mendable(error, letter, loader.served)
        if isinstance(fault, LimitExceeded):
            raise fault from error
        return LetterTemplate(looked_at=tuple(sorted(marks.looked_at)), fault=(fault.message, fault.hint))
    return LetterTemplate(subject, body, marks.places, tuple(sorted(marks.looked_at)))


def reason_text(pack: Pack, ask: Ask, key: str, scene: Mapping[str, Any]) -> str:
    """One reason as it reads in the letter of that scene. Raises InputError `file:line: what`."""
    fence, loader = sandbox_of(pack, ask)
    marks = Placeholders()
    try:
        rendered = _reason(fence, key, scene["language"], _names(pack, scene, marks))
        return text_of(blocks(marks.unescape(rendered), marks))
    except FAULTS as error:
        raise mendable(error, ask.folder / letter_name(scene["language"]), loader.served) from error


def text_of(body: Iterable[Block]) -> str:
    """The plain text of blocks, a blank line between them."""
    lines = (
        [block.runs] if isinstance(block, Paragraph) else block.items for block in body
    )  # a list item is a line of its own
    return "\n\n".join("\n".join("".join(run.text for run in runs) for runs in each) for each in lines)


@lru_cache(maxsize=16)
def _fence_from(roots: tuple[Path, ...], texts: tuple[tuple[str, str, str], ...]) -> tuple[Sandbox, PackLoader]:
    loader = PackLoader(roots, folders.templates(), {name: (source, origin) for name, source, origin in texts})
    return Sandbox(loader), loader


def sandbox_of(pack: Pack, ask: Ask) -> tuple[Sandbox, PackLoader]:
    """The fence of an ask; kept for the next letter, since compiling its templates is most of the work."""
    texts = tuple(
        (reason_name(reason.key, language), text, reason_origin(ask.folder / ASK_FILE, place, language))
        for place, reason in enumerate(ask.reasons)
        for language, text in reason.text.items()
    )
    return _fence_from((ask.folder, pack.folder), texts)


def _reason(fence: Sandbox, key: str, language: str, names: Mapping[str, Any]) -> str:
    return fence.get_template(reason_name(key, language)).render(names).strip()


def reason_name(key: str, language: str) -> str:
    """The name under which a reason's text is a template of its own."""
    return f"reason {key} ({language})"


def _names(pack: Pack, scene: Mapping[str, Any], marks: Placeholders) -> dict[str, Any]:
    """What a template knows."""
    statements = Statements(
        pack.facts, date.fromisoformat(scene["on"]), scene["language"], scene["params"].get("crisis", "")
    )
    committees = frozenset(scene["committees"])
    role = scene["role"]

    def sits_on(committee: str) -> bool:
        marks.looked_at.add(f"{SITS_ON}.{meaning_of(committee)}")
        return committee in committees

    return {
        "supporter": View(
            "supporter",
            _typed("supporter", scene["supporter"], marks)
            | {"extra": View("supporter.extra", _typed("extra", scene["extra"], marks))},
        ),
        "official": View(
            "official",
            _typed("official", scene["official"], marks)
            | {
                "role": role if _PLAIN_KEY.fullmatch(role) else marks.of(role, "role"),
                "sits_on": sits_on,
            },
        ),
        "campaign": View("campaign", _typed("campaign", scene["campaign"], marks)),
        "param": View("param", _typed("param", scene["params"], marks)),
        "town": marks.of(scene["town"], "town"),
        "date": marks.of(scene["date"], "date"),
        "deadline": marks.of(scene["deadline"], "deadline"),
        "language": scene["language"],
        "fact": statements.fact,
        "is_current": statements.is_current,
    }


def _typed(owner: str, values: Mapping[str, str], marks: Placeholders) -> dict[str, Any]:
    places = {name: f"{owner}.{name}" for name in values}
    return {
        name: marks.of(value, places[name], paragraphs=takes_paragraphs(places[name])) for name, value in values.items()
    }


def _read(rendered: str, marks: Placeholders) -> tuple[str, tuple[Block, ...]]:
    """The subject and body of rendered text, marks in place; the frame puts `Subject:` first and `---` under it."""
    marks.check(rendered)
    if len(rendered) > MAX_CHARACTERS:
        raise MarkdownFault(f"the letter is over {MAX_CHARACTERS:,} characters long")
    control = CONTROL.search(rendered)
    if control:
        raise MarkdownFault(f"the letter holds a control character (U+{ord(control[0]):04X})")
    parts = _PARTS.match(rendered)
    if not parts:
        raise MarkdownFault('the letter does not begin with {% extends "plea/frame.md.j2" %}')
    subject = " ".join(parts["subject"].split())
    if not subject:
        raise MarkdownFault("the block subject is empty")
    body = unfilled(parts["body"])
    if not filled(body, marks):
        raise MarkdownFault("the letter has no text")
    return subject, tuple(one for block in body for one in ((block,) if has_marks(block) else filled((block,), marks)))
