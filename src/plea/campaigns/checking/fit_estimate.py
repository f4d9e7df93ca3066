"""Whether a letter may run over its page, from measured widths; only the doubtful ones are worth setting.

A letter is as high as the lines of its paragraphs. The widths of characters are measured once, the campaign's own
paragraphs once, so that a supporter costs no more than the story. The estimate is that of the closer type in which a
letter that runs over is tried; a few lines either way it is doubtful.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from math import ceil

from plea.asks.check import uses_of
from plea.campaigns.checking.dry_run import request_of
from plea.campaigns.context import CampaignContext
from plea.campaigns.model import Destination
from plea.letters.compose import ComposeRequest, LetterBatch, is_for
from plea.letters.paper.typst_compiler import compiler
from plea.letters.paper.typst_inputs import CLOSE, INCH, REGULAR, sheet_setting
from plea.model.letters import Items, Letter
from plea.model.people import Supporter

DOUBT = 3.0  # lines: what broken words and the sizes of addresses can make of an estimate
WIDEST = 0.75  # em, of a character that was not measured
WIDE = 0.55  # em, more than the mean of any text in Latin letters
MEASURED = "".join(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x250), *range(0x2010, 0x2027))))
KINDS = 400  # orders of reasons measured at once


class FitEstimate:
    """The heights of a campaign's letters. Large print may take as many pages as it needs: nothing is doubtful."""

    def __init__(self, context: CampaignContext, destinations: Sequence[Destination]) -> None:
        self._context = context
        self._destinations = _kinds(context, destinations)
        self._series = LetterBatch(context.pack)
        sheet = sheet_setting(context.printing)
        self._width: float = sheet["width"] - sheet["left"] - sheet["right"]
        bands = sum(band["height"] for band in sheet.get("bands", ()))
        self._room: float = sheet["height"] - sheet["top"] - sheet["bottom"] - (bands or _HEAD)
        size: float = CLOSE["size"]
        widths = compiler().widths(MEASURED, size)
        self._widths = _Widths(widths, WIDEST * size)
        self._wide = WIDE * size
        self._lines = lru_cache(1000)(self._count)
        self._bases: dict[tuple[str, ...], float] = {}

    def prepare(self, orders: Iterable[tuple[str, ...]]) -> None:
        """Measure the letters of many orders of reasons at once: templates that are not ours run in a child process."""
        new = [*dict.fromkeys(order for order in orders if order not in self._bases)][:KINDS]
        requests = [(order, request) for order in new for request in self._requests(order)]
        self._bases |= dict.fromkeys(new, 0.0)
        for (order, _), letter in zip(requests, self._series.compose([one for _, one in requests]), strict=True):
            if isinstance(letter, Letter):
                self._bases[order] = max(self._bases[order], self._of_letter(letter))

    def is_doubtful(self, supporter: Supporter) -> bool:
        """Whether one of the supporter's letters may run over."""
        if self._context.printing.large_print or self._context.settings.overlong == "print":
            return False
        story = supporter.story_en or supporter.story
        parts = [part for part in story.split("\n\n") if part.strip()]
        if supporter.reasons not in self._bases:
            self.prepare([supporter.reasons])
        left = self._room - DOUBT * CLOSE["pitch"] - self._bases[supporter.reasons]
        most = sum((len(part) * self._wide // self._width + 1) * CLOSE["pitch"] + REGULAR.gap for part in parts)
        return most > left and self._height(parts) > left  # most stories need no second look

    def _requests(self, reasons: tuple[str, ...]) -> list[ComposeRequest]:
        """A letter without a story for these reasons, for each ask and each kind of official."""
        someone = Supporter("Somebody", "1 Example Street", "Exampletown", "VT", "05401", reasons=reasons)
        return [
            request_of(self._context, destination, ask.key, someone)
            for ask in self._context.asks
            for destination in self._destinations
            if is_for(ask, destination.official.role)
        ]

    def _of_letter(self, letter: Letter) -> float:
        texts = [letter.subject, letter.salutation, letter.close]
        for block in letter.body:
            lines = block.items if isinstance(block, Items) else (block.runs,)
            texts += ["".join(run.text for run in runs) for runs in lines]
        return self._height(texts) + REGULAR.signature + CLOSE["pitch"]

    def _height(self, paragraphs: Iterable[str]) -> float:
        return sum(self._lines(paragraph) * CLOSE["pitch"] + REGULAR.gap for paragraph in paragraphs)

    def _count(self, paragraph: str) -> int:
        return max(1, ceil(sum(map(self._widths.__getitem__, paragraph)) / self._width))


class _Widths(dict[str, float]):
    """The widths of characters; those that were not measured have one too."""

    def __init__(self, measured: Mapping[str, float], other: float) -> None:
        super().__init__(measured)
        self._other = other

    def __missing__(self, character: str) -> float:
        return self._other


_HEAD = 2.2 * INCH  # sender, date and recipient on a sheet without a window


def _kinds(context: CampaignContext, destinations: Sequence[Destination]) -> list[Destination]:
    """A destination of each kind of official that the templates can tell apart."""
    committees = {use.what for ask in context.asks for use in uses_of(context.pack, ask) if use.kind == "sits_on"}
    kinds: dict[tuple[str, frozenset[str]], Destination] = {}
    for destination in destinations:
        seats = frozenset(seat.committee for seat in destination.official.memberships) & committees
        kinds.setdefault((destination.official.role, seats), destination)
    return list(kinds.values())
