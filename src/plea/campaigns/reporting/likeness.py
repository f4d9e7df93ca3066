"""How alike the letters to one office are, measured the way filters of mail look at them.

As WriteToThem does it: salutation and close are left out, the rest is cut into every run of 32 bytes (a shingle), and
two letters are compared by the shingles they share out of all that either has (the Jaccard index). Letters that share
every paragraph but a story of 60 words score 0.54 to 0.69, letters without a story near 1.

Up to COMPARED letters to an office, every pair is compared. Of more, COMPARED letters are: those whose names have the
lowest hashes, so that neither their order nor another run changes which.
"""

import re
import sys
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from heapq import nlargest, nsmallest
from itertools import chain, islice, pairwise
from statistics import fmean, median

from plea.campaigns.context import CampaignContext
from plea.campaigns.ledger import serialize
from plea.campaigns.ledger.ledger import Ledger
from plea.campaigns.model import Destination
from plea.letters.compose import ComposeRequest, LetterBatch, params_for, reasons_for
from plea.letters.plain_text import body_lines, plain
from plea.model.letters import Letter, Paragraph
from plea.model.people import Supporter

SHINGLE = 32  # bytes
COMPARED = 500  # letters to one office
BINS = 20  # of the histogram, each 0.05 wide
NEAREST = 10  # pairs that are named
THRESHOLD = 0.8
COMPOSED_TOGETHER = 200  # by one child process, where the pack is not built in
COUNTER = "I"  # array type of a count of shingles
BEFORE_ANCHOR = 9  # bytes, of a shingle; most words are shorter
AFTER_SPACE = re.compile(rb" (?=(.{%d}))" % (SHINGLE - BEFORE_ANCHOR), re.DOTALL)
IN_LONG_WORD = re.compile(rb"(?=([^ ]{%d}.{%d}))" % (BEFORE_ANCHOR, SHINGLE - 2 * BEFORE_ANCHOR), re.DOTALL)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two letters by their names and how alike they are, from 0 (nothing shared) to 1 (the same text)."""

    first: str
    second: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike the letters to one office are.

    Of its `letters`, `compared` were compared pair by pair: all of them, or a `sample`. The `histogram` counts their
    pairs in BINS equal steps from 0 to 1; `over_threshold` are the letters with another one at or over `threshold`.
    """

    letters: int
    compared: int
    sample: bool
    threshold: float
    histogram: tuple[int, ...]
    mean: float
    median: float
    nearest: tuple[Pair, ...]
    over_threshold: int

    @property
    def over_threshold_share(self) -> float:
        """The share of the letters compared that have another one at or over the threshold."""
        return self.over_threshold / self.compared if self.compared else 0.0


def likeness(letters: Sequence[tuple[str, str]], threshold: float = THRESHOLD) -> Likeness:
    """How alike these letters are, every pair compared, from their names and texts (`likeness_text`)."""
    rows = [*_with_earlier([text for _, text in letters])]
    values = sorted(chain.from_iterable(rows))
    over: set[int] = set()
    near: list[tuple[float, int, int]] = []
    lowest_near = values[-NEAREST:][:1]
    for second, row in enumerate(rows):
        highest = max(row, default=-1.0)
        if highest >= threshold:
            over.update(first for first, value in enumerate(row) if value >= threshold)
            over.add(second)
        if lowest_near and highest >= lowest_near[0]:
            near += ((value, first, second) for first, value in enumerate(row) if value >= lowest_near[0])
    starts = [
        bisect_left(values, step, key=lambda value: min(int(value * BINS + 1e-9), BINS - 1)) for step in range(BINS)
    ]
    return Likeness(
        letters=len(letters),
        compared=len(letters),
        sample=False,
        threshold=threshold,
        histogram=tuple(end - start for start, end in pairwise((*starts, len(values)))),
        mean=fmean(values) if values else 0.0,
        median=median(values) if values else 0.0,
        nearest=tuple(
            Pair(letters[first][0], letters[second][0], value)
            for value, first, second in nlargest(NEAREST, near, key=lambda pair: pair[0])
        ),
        over_threshold=len(over),
    )


def in_sample(names: Sequence[str], size: int) -> set[str]:
    """Of these names, so many: always the same ones, whatever their order."""
    return set(nsmallest(size, names, key=lambda name: blake2b(name.encode(), digest_size=8).digest()))


def likeness_text(letter: Letter) -> str:
    """What is compared of a letter: its paragraphs, a line each, white space folded; no salutation and no close."""
    lines: list[str] = []
    for block in letter.body:
        lines += [plain(block.runs)] if isinstance(block, Paragraph) else body_lines([block], None)
    return "\n".join(" ".join(line.split()) for line in lines)


def _parts(text: str) -> Iterator[bytes]:
    """Parts of a text that have the shingles of the whole: its lines, which letters share, and where two lines meet."""
    lines: list[bytes] = []
    for line in text.encode().split(b"\n"):
        if lines and min(len(line), len(lines[-1])) < SHINGLE:
            lines[-1] += b" " + line
        else:
            lines.append(line)
    yield from lines
    for first, second in pairwise(lines):
        yield first[1 - SHINGLE :] + b" " + second[: SHINGLE - 1]


def _groups(texts: Sequence[str]) -> Iterator[tuple[Collection[int], int]]:
    """The shingles of texts in groups that the same texts have: the numbers of those texts, and how many shingles.

    Few shingles occur twice, and only those that may are cut out: of a shingle that occurs twice, its anchor does too.
    The anchor is the 23 bytes after the first space, or its first 23 bytes where its first 9 have no space.
    """
    texts_with: dict[bytes, list[int]] = {}
    for number, text in enumerate(texts):
        for part in dict.fromkeys(_parts(text)):
            texts_with.setdefault(part, []).append(number)
    anchors_of = {part: AFTER_SPACE.findall(part) + IN_LONG_WORD.findall(part) for part in texts_with}
    repeated = {anchor for anchor, count in Counter(chain.from_iterable(anchors_of.values())).items() if count > 1}
    parts_with: dict[bytes, list[bytes]] = {}
    for part, numbers in texts_with.items():
        last = len(part) - SHINGLE
        starts: set[int] = set()
        for anchor in repeated.intersection(anchors_of[part]):
            place = part.find(anchor)
            while place >= 0:
                starts.update(range(max(0, place - BEFORE_ANCHOR), min(place, last) + 1))
                place = part.find(anchor, place + 1)
        for shingle in {part[start : start + SHINGLE] for start in starts}:
            parts_with.setdefault(shingle, []).append(part)
        yield numbers, max(1, last + 1) - len(starts)
    for parts, count in Counter(map(tuple, parts_with.values())).items():
        yield set().union(*(texts_with[part] for part in parts)), count


def _with_earlier(texts: Sequence[str]) -> Iterator[list[float]]:
    """For each text, its likeness with each text before it.

    A group of shingles adds to what its texts share with all others at once: it is a whole number that has a counter of
    fixed width for each text, so that one addition of such numbers adds to all counters.
    """
    sizes = [0] * len(texts)
    groups_of: list[list[int]] = [[] for _ in texts]
    width = array(COUNTER).itemsize * len(texts)
    for numbers, count in _groups(texts):
        for number in numbers:
            sizes[number] += count
        if len(numbers) > 1:
            counters = array(COUNTER, bytes(width))
            for number in numbers:
                counters[number] = count
            group = int.from_bytes(counters.tobytes(), sys.byteorder)
            for number in numbers:
                groups_of[number].append(group)
    for number, groups in enumerate(groups_of):
        shared = array(COUNTER, sum(groups).to_bytes(width, sys.byteorder))
        size = sizes[number]
        yield [same / (size + other - same) for same, other in zip(shared[:number], sizes[:number], strict=True)]


def request_of(
    context: CampaignContext, destination: Destination, ask_key: str, supporter: Supporter
) -> ComposeRequest:
    """What one letter of the campaign is made of."""
    ask = context.pack.ask(ask_key)
    return ComposeRequest(
        pack=context.pack,
        ask=ask,
        supporter=supporter,
        official=destination.official,
        role=context.roles[destination.official.role],
        office=destination.office,
        on=context.on,
        language=context.settings.language,
        reasons=reasons_for(ask, supporter.reasons),
        params=params_for(ask, context.settings.params),
        campaign=context.settings.facts_for_templates(),
    )


class OfficeLikeness:
    """Measures how alike a campaign's letters are, office by office; letters are named by their rows (and asks)."""

    def __init__(self, context: CampaignContext, ledger: Ledger, compared: int = COMPARED) -> None:
        self._context = context
        self._ledger = ledger
        self._compared = compared
        self._batch = LetterBatch(context.pack)

    def of(self, key: str) -> Likeness:
        """Of the letters to a destination that are made or to be made, leaving out what cannot be composed.

        A purged ledger has no letters that could be composed. Raises LimitExceeded for a template that runs wild.
        """
        several = len(self._context.asks) > 1
        rows = self._ledger.query(
            "SELECT letters.row, ask, supporter FROM letters JOIN people USING (row) WHERE volume IN"
            " (SELECT id FROM volumes WHERE destination = (SELECT id FROM destinations WHERE key = ?))"
            " AND letters.state = 'current' AND letters.outcome IN ('made', 'planned') AND supporter != ''"
            " ORDER BY letters.row, letters.id",
            (key,),
        )
        letters = {f"{row}, {ask}" if several else str(row): (ask, supporter) for row, ask, supporter in rows}
        total = len(letters)
        if total > self._compared:
            sample = in_sample([*letters], self._compared)
            letters = {name: letter for name, letter in letters.items() if name in sample}
        texts = [*self._texts(self._ledger.destination(key), letters)]
        measured = likeness(texts, self._context.settings.likeness_threshold)
        return replace(measured, letters=total, sample=True) if total > self._compared else measured

    def _texts(self, destination: Destination, letters: Mapping[str, tuple[str, str]]) -> Iterator[tuple[str, str]]:
        """The name and text of each letter, from its name, ask and supporter; without those that cannot be composed."""
        rest = iter(letters.items())
        while batch := list(islice(rest, COMPOSED_TOGETHER)):
            requests = [
                request_of(self._context, destination, ask, serialize.supporter_of(supporter))
                for _, (ask, supporter) in batch
            ]
            for (name, _), letter in zip(batch, self._batch.compose(requests), strict=True):
                if isinstance(letter, Letter):
                    yield name, likeness_text(letter)
