"""Letters bound into one volume for the print shop: set in batches, put together, those that would print wrong out.

Every letter that is left out is named with its problems, and the rest are numbered as if it had never been there.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from plea.letters.paper.fit import SIZE, Fitted, fit_recipient, fit_sender, texts
from plea.letters.paper.fonts import Stack, choose
from plea.letters.paper.overflow import overruns
from plea.letters.paper.page_geometry import CLOSE
from plea.letters.paper.payload import payload, phrases, printed, sender_block
from plea.letters.paper.typeset import PrintRun, compile_leaves, runs_over, shared_setting
from plea.letters.paper.typst_compiler import compiler
from plea.model.letters import Letter, Printing, Recipient
from plea.problems import Problem

if TYPE_CHECKING:
    import pikepdf

BATCH = 100
"""Letters a compile. typst keeps what it laid out for ten of them: with 200 that is 80 MiB more, and 2 % faster."""
PARAGRAPH = 60
"""Characters that the gap above a paragraph and its last, short line take the room of."""

Payload = dict[str, Any]
_OTHERS = re.compile(r"[^\x00-\x7f]+")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a letter stands in its volume: its first page (from 1) and how many it takes; none when it has problems."""

    page: int = 0
    pages: int = 0
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Volume:
    """A volume: its bytes (none when every letter was left out) and the place of each letter, in their order."""

    content: bytes
    places: tuple[Place, ...]


def set_volume(
    letters: Sequence[Letter], printing: Printing, *, number: Callable[[int], str], overlong: bool = False
) -> Volume:
    """The letters in one PDF, untagged; same letters, same bytes.

    `number` says what is printed at the foot of the nth letter, from 1. A letter that takes more than a page even in
    closer type is left out unless `overlong`; large print may take as many as it needs. Raises MachineError when typst
    cannot set them.
    """
    binder = _Binder(letters, printing, hold=not (overlong or printing.large_print))
    return binder.bound(number)


class _Binder:
    """One volume in the making."""

    def __init__(self, letters: Sequence[Letter], printing: Printing, *, hold: bool) -> None:
        self._letters = letters
        self._printing = printing
        self._hold = hold
        self._problems: dict[int, tuple[Problem, ...]] = {}
        self._stack = Stack()

    def bound(self, number: Callable[[int], str]) -> Volume:
        """The volume."""
        leaves = self._fitted(self._shown())
        parts: list[bytes] = []
        places: dict[int, Place] = {}
        page = 0
        for batch in _batches(list(leaves)):
            run, kept = self._set({index: leaves[index] for index in batch}, number, len(places))
            for index, start, pages in zip(kept, run.starts, run.pages, strict=True):
                places[index] = Place(page + start, pages)
            page += sum(run.pages)
            parts += [run.content] * bool(kept)
        whole = tuple(places.get(index) or Place(problems=self._problems[index]) for index in range(len(self._letters)))
        return Volume(_together(parts), whole)

    def _shown(self) -> dict[int, Payload]:
        """The leaves whose every character a font shows, and the fonts for them."""
        profile = self._printing.profile
        leaves = {
            index: payload(letter, profile, sender_block(letter, profile), ())
            for index, letter in enumerate(self._letters)
        }
        read = {index: _characters(leaves[index], self._letters[index]) for index in leaves}
        found = self._choose(read.values())
        if found is None:
            for index, characters in read.items():
                problems = self._choose_alone(characters)
                if problems:
                    self._problems[index] = problems
                    del leaves[index]
            self._choose(read[index] for index in leaves)
        return leaves

    def _choose(self, texts: Iterable[str]) -> Stack | None:
        """The fonts for the texts, kept; None when there is something that no font shows."""
        found = choose(texts, large_print=self._printing.large_print, font_paths=self._printing.font_paths)
        if found.problems:
            return None
        self._stack = found.stack
        return found.stack

    def _choose_alone(self, characters: str) -> tuple[Problem, ...]:
        return choose(
            [characters], large_print=self._printing.large_print, font_paths=self._printing.font_paths
        ).problems

    def _fitted(self, leaves: Mapping[int, Payload]) -> dict[int, Payload]:
        """The leaves whose addresses fit the windows, with their lines."""
        profile, machine = self._printing.profile, compiler(self._stack.folders)
        room = min((box.width for box in (profile.recipient, profile.sender) if box), default=0.0)

        def measure(lines: Iterable[str]) -> Mapping[str, float]:
            lines, families = tuple(lines), self._stack.in_addresses
            if machine.narrower(lines, SIZE, room, families):  # nearly all: a compile for each office is saved
                return dict.fromkeys(lines, 0.0)
            return machine.widths(lines, SIZE, families)

        def widths(lines: Iterable[str], size: float) -> Mapping[str, float]:
            return machine.widths(lines, size, self._stack.families)

        @cache
        def fit(recipient: Recipient) -> Fitted | Problem:
            return fit_recipient(recipient, profile, measure)

        fitted: dict[int, Payload] = {}
        for index, one in leaves.items():
            found = {"recipient": fit(self._letters[index].recipient)}
            if profile.sender:
                found["sender"] = fit_sender(one["sender"], profile, measure)
            unfit = (shape for shape in found.values() if isinstance(shape, Problem))
            problems = (*unfit, *overruns(one, self._printing, widths))
            if problems:
                self._problems[index] = problems
            else:
                lines = {name: shape.lines for name, shape in found.items() if isinstance(shape, Fitted)}
                fitted[index] = {**one, **lines, "continued": self._printing.large_print}
        return fitted

    def _set(self, leaves: dict[int, Payload], number: Callable[[int], str], before: int) -> tuple[PrintRun, list[int]]:
        """One batch, set; letters that run over are set again in closer type or left out."""
        if not self._printing.large_print:
            limit = _shortest_long.get(self._printing)
            self._shorten(leaves, [index for index, one in leaves.items() if limit and _room(one) >= limit])
        while True:
            for place, one in enumerate(leaves.values(), before + 1):
                one["number"] = number(place)
            if not leaves:
                return PrintRun(b"", (), ()), []
            run = self._compile(leaves)
            long = [index for index, pages in zip(leaves, run.pages, strict=True) if pages > 1]
            long = [index for index in long if not leaves[index]["continued"]]
            if not long:
                return run, list(leaves)
            self._shorten(leaves, long)

    def _shorten(self, leaves: dict[int, Payload], long: Sequence[int]) -> None:
        """Set those of the leaves closer that run over; leave out those that still do."""
        if not long:
            return
        as_is = self._compile({index: leaves[index] for index in long})
        over = [index for index, pages in zip(long, as_is.pages, strict=True) if pages > 1]
        for index in over:
            _remember_long(leaves[index], self._printing)
            leaves[index] |= {**CLOSE, "continued": True}
        closer = self._compile({index: leaves[index] for index in over}).pages if over else ()
        for index, pages in zip(over, closer, strict=True):
            if pages > 1 and self._hold:
                self._problems[index] = (runs_over(self._letters[index], pages),)
                del leaves[index]

    def _compile(self, leaves: Mapping[int, Payload]) -> PrintRun:
        letters = [self._letters[index] for index in leaves]
        setting = shared_setting(letters, self._printing, self._stack, tagged=False)
        return compile_leaves(letters, list(leaves.values()), setting, self._stack)


def _characters(one: Payload, letter: Letter) -> str:
    """Every character that a letter may print; all the plain ones are as good as one of them."""
    found = (*phrases(one), *texts(letter.recipient))
    return "a" + "".join([_others(text) for text in found if not text.isascii()])


@lru_cache(maxsize=1000)
def _others(text: str) -> str:
    """The characters of a text that are not plain; most paragraphs stand in many letters of a volume."""
    return "".join(_OTHERS.findall(text))


def _batches(indexes: Sequence[int]) -> Iterable[Sequence[int]]:
    """Runs of nearly the same length, none over BATCH."""
    count = -(-len(indexes) // BATCH)
    for part in range(count):
        yield indexes[part * len(indexes) // count : (part + 1) * len(indexes) // count]


_shortest_long: dict[Printing, int] = {}
"""Of letters that ran over in this process, the least room any took; what takes as much is set alone first.

It decides how often a batch is set, and nothing of what is printed."""


def _room(one: Payload) -> int:
    return len(printed(one)) + PARAGRAPH * len(one["body"])


def _remember_long(one: Payload, printing: Printing) -> None:
    _shortest_long[printing] = min(_room(one), _shortest_long.get(printing, _room(one)))


def _together(parts: Sequence[bytes]) -> bytes:
    """The parts as one file, the same bytes for the same parts."""
    if len(parts) <= 1:
        return b"".join(parts)
    import pikepdf  # noqa: PLC0415 (not for volumes of one batch, and not for one letter)

    whole = pikepdf.new()
    branches = []
    for part in parts:
        with pikepdf.open(BytesIO(part)) as one:
            # A page copied by itself takes twice as long; a tree of pages is copied only under another name.
            tree = one.Root.Pages
            _rename(tree, pikepdf.Name.Branch, pikepdf.Name.Payload)
            branches.append(whole.copy_foreign(tree))
    root = whole.Root.Pages
    for branch in branches:
        _rename(branch, pikepdf.Name.Pages, pikepdf.Name.Page)
        branch.Parent = root
    root.Kids = pikepdf.Array(branches)
    root.Count = sum(int(branch.Count) for branch in branches)
    content = BytesIO()
    whole.save(content, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return content.getvalue()


def _rename(tree: "pikepdf.Object", itself: "pikepdf.Object", pages: "pikepdf.Object") -> None:
    """Give a tree of pages and each page in it a type."""
    tree.Type = itself
    for page in tree.Kids:
        assert "/Kids" not in page  # typst makes no tree of trees
        page.Type = pages
