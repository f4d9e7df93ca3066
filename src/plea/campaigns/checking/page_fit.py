"""Which letters may run over their page, from measured widths of text; only those are worth typesetting in a check.

A letter is as high as its paragraphs. The widths of characters are measured once, and so are the paragraphs
that the campaign's letters share, so that a supporter costs no more than the story. The estimate is for the closer type
in which a letter that runs over is set again; within a few lines of a full page a letter is doubtful.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import islice
from math import ceil

from plea.asks.check import uses_of
from plea.campaigns.context import CampaignContext
from plea.campaigns.ledger.ledger import Ledger
from plea.campaigns.ledger.serialize import supporter_of
from plea.campaigns.model import Destination
from plea.campaigns.reporting.likeness import request_of
from plea.letters.compose import ComposeRequest, LetterBatch, is_for
from plea.letters.paper.typeset import set_volume
from plea.letters.paper.typst_compiler import compiler
from plea.letters.paper.typst_inputs import CLOSE, INCH, REGULAR, sheet_setting
from plea.model.letters import Items, Letter
from plea.model.people import Supporter
from plea.problems import Problem

MOST_SET = 500  # doubtful letters that are typeset
DOUBT = 3.0  # lines that hyphenation and the sizes of addresses can add to an estimate
WIDEST = 0.75  # em, of a character that was not measured
WIDE = 0.55  # em, more than the mean of any text in Latin letters
MEASURED = "".join(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x250), *range(0x2010, 0x2027))))
REASONS_MEASURED = 400  # selections of reasons whose letters are measured together
HEAD = 2.2 * INCH  # sender, date and recipient on a sheet without a window


@dataclass(frozen=True, slots=True)
class PageFit:
    """Letters that may run over their page: how many are doubtful, how many of those were set, which cannot be printed.

    `over` has the row of each, and the problem.
    """

    doubtful: int = 0
    tried: int = 0
    over: tuple[tuple[int, Problem], ...] = ()


def page_fit(context: CampaignContext, ledger: Ledger, destinations: Sequence[Destination]) -> PageFit:
    """Estimates every planned letter and typesets the doubtful ones, the first MOST_SET of them.

    Raises InputError for a template that fails, MachineError when typst cannot set them.
    """
    if not destinations:
        return PageFit()
    estimate = FitEstimate(context, destinations)
    reasons = ledger.query("SELECT DISTINCT json_extract(supporter, '$.reasons') FROM people WHERE outcome = ''")
    estimate.prepare(tuple(json.loads(keys or "[]")) for (keys,) in reasons)
    rows = [
        row
        for row, text in ledger.query("SELECT row, supporter FROM people WHERE outcome = '' ORDER BY row")
        if estimate.is_doubtful(supporter_of(text))
    ]
    count = "SELECT count(*) FROM letters WHERE row = ? AND outcome = 'planned'"
    doubtful = sum(letters for row in rows for (letters,) in ledger.query(count, (row,)))
    letters = (
        (row, request_of(context, ledger.destination(key), ask, supporter_of(text)))
        for row in rows
        for key, ask, text in ledger.query(
            "SELECT key, ask, supporter FROM letters JOIN people USING (row)"
            " JOIN destinations ON destinations.id = destination"
            " WHERE letters.row = ? AND letters.outcome = 'planned' ORDER BY letters.id",
            (row,),
        )
    )
    tried = [*islice(letters, MOST_SET)]
    return PageFit(doubtful, len(tried), tuple(_not_printable(context, tried)))


def _not_printable(
    context: CampaignContext, requests: Sequence[tuple[int, ComposeRequest]]
) -> Iterator[tuple[int, Problem]]:
    """The row of each letter that would not be printed, and the problem."""
    composed = LetterBatch(context.pack).compose([request for _, request in requests])
    letters: list[Letter] = []
    rows: list[int] = []
    for (row, request), letter in zip(requests, composed, strict=True):
        if isinstance(letter, Letter):
            letters.append(letter)
            rows.append(row)
        else:
            yield row, _problem(request.official.name or request.official.role, letter.problems)
    if letters:
        volume = set_volume(letters, context.printing, number=str)
        for row, letter, place in zip(rows, letters, volume.positions, strict=True):
            if place.problems:
                yield row, _problem(letter.official.name or letter.official.role, place.problems)


def _problem(official: str, problems: tuple[Problem, ...]) -> Problem:
    return Problem("check.letter_cannot_be_printed", official=official, problems=problems)


class FitEstimate:
    """The heights of a campaign's letters. Large print may take as many pages as it needs: nothing is doubtful."""

    def __init__(self, context: CampaignContext, destinations: Sequence[Destination]) -> None:
        self._context = context
        # A destination of each kind of official that templates can tell apart: by role and the committees they name.
        committees = {use.what for ask in context.asks for use in uses_of(context.pack, ask) if use.kind == "sits_on"}
        kinds: dict[tuple[str, frozenset[str]], Destination] = {}
        for destination in destinations:
            seats = frozenset(seat.committee for seat in destination.official.memberships) & committees
            kinds.setdefault((destination.official.role, seats), destination)
        self._destinations = list(kinds.values())
        self._batch = LetterBatch(context.pack)
        sheet = sheet_setting(context.printing)
        self._width: float = sheet["width"] - sheet["left"] - sheet["right"]
        bands = sum(band["height"] for band in sheet.get("bands", ()))
        self._height_free: float = sheet["height"] - sheet["top"] - sheet["bottom"] - (bands or HEAD)
        size: float = CLOSE["size"]
        self._wide = WIDE * size
        self._widths = defaultdict(lambda: WIDEST * size, compiler().widths(MEASURED, size))
        self._lines = lru_cache(1000)(self._count_lines)
        self._shared_heights: dict[tuple[str, ...], float] = {}

    def prepare(self, selections: Iterable[tuple[str, ...]]) -> None:
        """Measure letters without a story for many selections of reasons at once.

        At once because templates of packs that are not built in run in a child process.
        """
        new = [*dict.fromkeys(reasons for reasons in selections if reasons not in self._shared_heights)]
        new = new[:REASONS_MEASURED]
        someone = Supporter("Somebody", "1 Example Street", "Exampletown", "VT", "05401")
        requests = [
            (reasons, request_of(self._context, destination, ask.key, replace(someone, reasons=reasons)))
            for reasons in new
            for ask in self._context.asks
            for destination in self._destinations
            if is_for(ask, destination.official.role)
        ]
        self._shared_heights |= dict.fromkeys(new, 0.0)
        composed = self._batch.compose([request for _, request in requests])
        for (reasons, _), letter in zip(requests, composed, strict=True):
            if isinstance(letter, Letter):
                texts = [letter.subject, letter.salutation, letter.close]
                for block in letter.body:
                    paragraphs = block.items if isinstance(block, Items) else (block.runs,)
                    texts += ["".join(run.text for run in runs) for runs in paragraphs]
                height = self._height(texts) + REGULAR.signature + CLOSE["pitch"]
                self._shared_heights[reasons] = max(self._shared_heights[reasons], height)

    def is_doubtful(self, supporter: Supporter) -> bool:
        """Whether one of the supporter's letters may run over."""
        if self._context.printing.large_print or self._context.settings.overlong == "print":
            return False
        story = supporter.story_en or supporter.story
        paragraphs = [paragraph for paragraph in story.split("\n\n") if paragraph.strip()]
        if supporter.reasons not in self._shared_heights:
            self.prepare([supporter.reasons])
        left = self._height_free - DOUBT * CLOSE["pitch"] - self._shared_heights[supporter.reasons]
        at_most = sum((len(text) * self._wide // self._width + 1) * CLOSE["pitch"] + REGULAR.gap for text in paragraphs)
        return at_most > left and self._height(paragraphs) > left  # most stories need no second look

    def _height(self, paragraphs: Iterable[str]) -> float:
        return sum(self._lines(paragraph) * CLOSE["pitch"] + REGULAR.gap for paragraph in paragraphs)

    def _count_lines(self, paragraph: str) -> int:
        return max(1, ceil(sum(map(self._widths.__getitem__, paragraph)) / self._width))
