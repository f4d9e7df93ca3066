"""The text of a letter from its templates: Jinja, then Markdown, then what people typed in its place."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from plea.asks.askfile import letter_name
from plea.asks.facts import Statements
from plea.asks.faults import FAULTS, mendable, reason_origin
from plea.asks.fence import Fence, PackLoader, View
from plea.asks.markdown import MarkdownFault, blocks, one_line
from plea.asks.marks import CONTROL, Marks
from plea.asks.pack import ASK_FILE, Pack
from plea.machine import packed
from plea.model import Ask, Block, Paragraph

MAX_CHARACTERS = 100_000
"""Of rendered text: thirty pages. What is longer is no letter but a template gone wild."""

VIEWS = frozenset({"supporter", "official", "campaign", "param"})
NAMES = VIEWS | {"town", "date", "deadline", "language", "reasons", "fact", "is_current"}
"""What a template knows, besides what it sets itself."""

_PARTS = re.compile(r"\s*Subject:(?P<subject>.*?)\n---[ \t]*\n(?P<body>.*)\Z", re.DOTALL)
_PLAIN_KEY = re.compile(r"[a-z0-9-]*")


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter's words: its subject and the blocks of its body."""

    subject: str
    body: tuple[Block, ...]


def draft(pack: Pack, ask: Ask, scene: Mapping[str, Any]) -> Draft:
    """The words of one letter. Raises MendableError `file:line: what` for whatever is wrong in its templates."""
    letter = ask.folder / letter_name(scene["language"])
    fence, loader = fence_of(pack, ask)
    marks = Marks()
    try:
        names = _names(pack, scene, marks)
        names["reasons"] = [_reason(fence, key, scene["language"], names) for key in scene["reasons"]]
        rendered = marks.unescape(fence.get_template(letter.name).render(names))
        return _read(rendered, marks)
    except FAULTS as error:
        raise mendable(error, letter, loader.served) from error


def reason_text(pack: Pack, ask: Ask, key: str, scene: Mapping[str, Any]) -> str:
    """One reason as it reads in the letter of that scene. Raises MendableError `file:line: what`."""
    fence, loader = fence_of(pack, ask)
    marks = Marks()
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
def _fence_from(roots: tuple[Path, ...], texts: tuple[tuple[str, str, str], ...]) -> tuple[Fence, PackLoader]:
    loader = PackLoader(roots, packed.templates(), {name: (source, origin) for name, source, origin in texts})
    return Fence(loader), loader


def fence_of(pack: Pack, ask: Ask) -> tuple[Fence, PackLoader]:
    """The fence of an ask; kept for the next letter, since compiling its templates is most of the work."""
    texts = tuple(
        (reason_name(reason.key, language), text, reason_origin(ask.folder / ASK_FILE, place, language))
        for place, reason in enumerate(ask.reasons)
        for language, text in reason.text.items()
    )
    return _fence_from((ask.folder, pack.folder), texts)


def _reason(fence: Fence, key: str, language: str, names: Mapping[str, Any]) -> str:
    return fence.get_template(reason_name(key, language)).render(names).strip()


def reason_name(key: str, language: str) -> str:
    """The name under which a reason's text is a template of its own."""
    return f"reason {key} ({language})"


def _names(pack: Pack, scene: Mapping[str, Any], marks: Marks) -> dict[str, Any]:
    """What a template knows."""
    statements = Statements(
        pack.facts, date.fromisoformat(scene["on"]), scene["language"], scene["params"].get("crisis", "")
    )
    committees = frozenset(scene["committees"])
    role = scene["role"]

    def sits_on(committee: str) -> bool:
        return committee in committees

    return {
        "supporter": View("supporter", _typed("supporter", scene["supporter"], marks)),
        "official": View(
            "official",
            _typed("official", scene["official"], marks)
            | {
                "role": role if _PLAIN_KEY.fullmatch(role) else marks.of(role),
                "sits_on": sits_on,
            },
        ),
        "campaign": View("campaign", _typed("campaign", scene["campaign"], marks)),
        "param": View("param", _typed("param", scene["params"], marks)),
        "town": marks.of(scene["town"]),
        "date": marks.of(scene["date"]),
        "deadline": marks.of(scene["deadline"]),
        "language": scene["language"],
        "fact": statements.fact,
        "is_current": statements.is_current,
    }


def _typed(owner: str, values: Mapping[str, str], marks: Marks) -> dict[str, Any]:
    return {
        name: marks.of(value, f"{owner}.{name}", paragraphs=name.startswith("story")) for name, value in values.items()
    }


def _read(rendered: str, marks: Marks) -> Draft:
    """The subject and body of rendered text; the frame puts `Subject:` first and a line `---` under it."""
    if len(rendered) > MAX_CHARACTERS:
        raise MarkdownFault(f"the letter is over {MAX_CHARACTERS:,} characters long")
    control = CONTROL.search(rendered)
    if control:
        raise MarkdownFault(f"the letter holds a control character (U+{ord(control[0]):04X})")
    parts = _PARTS.match(rendered)
    if not parts:
        raise MarkdownFault('the letter does not begin with {% extends "plea/frame.md.j2" %}')
    subject = one_line(parts["subject"], marks)
    if not subject:
        raise MarkdownFault("the block subject is empty")
    body = blocks(parts["body"], marks)
    if not body:
        raise MarkdownFault("the letter has no text")
    return Draft(subject, body)
