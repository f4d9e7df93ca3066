"""A letter's words with every typed value left out, and for whom else they will do.

A template cannot see what a placeholder stands for without that being noted (`plea.asks.placeholders`). Whoever agrees
in all that was looked at, and in which values are empty, therefore gets the same words around their own.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain, repeat
from typing import Any

from plea.asks.markdown import filled, one_line
from plea.asks.placeholders import PRIVATE_USE, parts_of, refuse_private_use
from plea.errors import InputError
from plea.model.letters import Block, Paragraph

TABLES = {"supporter": "supporter", "extra": "extra", "official": "official", "campaign": "campaign", "param": "params"}
"""The tables of a scene that hold what people typed, by the names that templates know."""
VARYING = ("supporter", "extra", "official")
"""Those of them that differ within a campaign."""
ALONE = ("town", "date", "deadline")
"""What stands in a scene by itself and differs from letter to letter."""
SITS_ON = "committees"
_BLANK = " \t\n\f\v\r"

RenderContext = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class LetterTemplate:
    """The words of a letter with marks in place of values, or in `fault` what a template did wrong and what to do.

    `places` says where each mark's value is from, `looked_at` which values the templates looked into, `marked` which
    blocks of the body hold marks.
    """

    subject: str = ""
    body: tuple[Block, ...] = ()
    places: Mapping[str, str] = field(default_factory=dict)
    looked_at: tuple[str, ...] = ()
    fault: tuple[str, str] | None = None
    marked: tuple[bool, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "marked", tuple(map(has_marks, self.body)))


@dataclass(frozen=True, slots=True)
class Draft:
    """A letter's words: its subject and the blocks of its body."""

    subject: str
    body: tuple[Block, ...]


def fill(mold: LetterTemplate, scene: RenderContext) -> Draft:
    """The words of the letter of that scene. Raises InputError for the mold's fault."""
    if mold.fault:
        raise InputError(*mold.fault)
    values = _Values(mold.places, scene)
    body: list[Block] = []
    for block, marked in zip(mold.body, mold.marked, strict=True):
        body += filled((block,), values) if marked else (block,)
    return Draft(one_line(mold.subject, values), tuple(body))


def has_marks(block: Block) -> bool:
    """Whether anything of a block is typed."""
    runs = block.runs if isinstance(block, Paragraph) else [run for item in block.items for run in item]
    return any(PRIVATE_USE.search(run.text) for run in runs if not run.text.isascii())


def value_at(place: str, scene: RenderContext) -> Any:
    """What the scene has at the place of a value; for `committees.ID` whether the official sits there."""
    owner, _, name = place.partition(".")
    if owner == SITS_ON:
        return name in scene[SITS_ON]
    return scene[TABLES[owner]][name] if name else scene[owner]


def kind_of(scene: RenderContext) -> Hashable:
    """What two scenes must share for one mold, besides what the templates look at: all but the values people typed."""
    values = chain.from_iterable(scene[owner].values() for owner in VARYING)
    given = map(bool, map(str.strip, values, repeat(_BLANK)))
    return (
        scene["language"],
        scene["on"],
        scene["role"],
        tuple(scene["reasons"]),
        tuple(scene["campaign"].items()),
        tuple(scene["params"].items()),
        tuple(given),
        tuple(bool(scene[name].strip(_BLANK)) for name in ALONE),
        tuple(scene["extra"]),
    )


def check_typed(scene: RenderContext) -> None:
    """Raise InputError for a private-use character in anything typed: only marks may use them."""
    tables = [scene[table] for table in TABLES.values()]
    whole = "".join(["".join(table.values()) for table in tables])
    if not whole.isascii() and PRIVATE_USE.search(whole):
        for owner, table in zip(TABLES, tables, strict=True):
            for name, value in table.items():
                refuse_private_use(value, f"{owner}.{name}")
    for name in ALONE:
        refuse_private_use(scene[name], name)


def takes_paragraphs(place: str) -> bool:
    """Whether blank lines in the value of a place end paragraphs: in a story they do."""
    return place.startswith("supporter.story")


class LetterTemplates:
    """The molds of one ask and pack that a process has made, each found by what it depends on."""

    def __init__(self, limit: int = 4000) -> None:
        self._limit = limit
        self._count = 0
        self._by_kind: dict[Hashable, dict[tuple[str, ...], dict[tuple[Any, ...], LetterTemplate]]] = {}

    def find(self, scene: RenderContext) -> LetterTemplate | None:
        """The mold that serves a scene; None if none was kept."""
        for looked_at, molds in self._by_kind.get(kind_of(scene), {}).items():
            mold = molds.get(_values_at(looked_at, scene))
            if mold:
                return mold
        return None

    def keep(self, scene: RenderContext, mold: LetterTemplate) -> None:
        """Keep the mold that was made for a scene. When there are too many all others are forgotten."""
        if self._count >= self._limit:
            self._by_kind.clear()
            self._count = 0
        self._count += 1
        molds = self._by_kind.setdefault(kind_of(scene), {}).setdefault(mold.looked_at, {})
        molds[_values_at(mold.looked_at, scene)] = mold

    def samples(self, scenes: Iterable[RenderContext]) -> list[RenderContext]:
        """Of scenes that have no mold, those to make one for now: one of each kind that is known to differ."""
        chosen: dict[Hashable, RenderContext] = {}
        for scene in scenes:
            kind = kind_of(scene)
            known = tuple(_values_at(looked_at, scene) for looked_at in self._by_kind.get(kind, {}))
            chosen.setdefault((kind, known), scene)
        return list(chosen.values())


def _values_at(places: Iterable[str], scene: RenderContext) -> tuple[Any, ...]:
    return tuple(value_at(place, scene) for place in places)


class _Values:
    """What the marks of a mold stand for in one scene."""

    def __init__(self, places: Mapping[str, str], scene: RenderContext) -> None:
        self._places = places
        self._scene = scene
        self._parts: dict[str, tuple[str, ...]] = {}

    def resolve(self, text: str) -> tuple[str, ...]:
        """The text with each mark replaced by its value, cut where a value has a new paragraph."""
        parts = [""]
        end = 0
        for found in PRIVATE_USE.finditer(text):
            first, *more = self._of(found[0])
            parts[-1] += text[end : found.start()] + first
            parts.extend(more)
            end = found.end()
        parts[-1] += text[end:]
        return tuple(parts)

    def _of(self, mark: str) -> tuple[str, ...]:
        if mark not in self._parts:
            place = self._places[mark]
            self._parts[mark] = parts_of(value_at(place, self._scene), paragraphs=takes_paragraphs(place))
        return self._parts[mark]
