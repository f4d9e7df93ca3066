"""How alike the letters to one office are, measured the way mail context and filters look at them.

As WriteToThem does it: salutation and sign-off dropped, the rest cut into overlapping shingles of 32 bytes, the sets
compared (Jaccard: what two letters share, out of all that either says). Letters that share every paragraph but a story
of 60 words score 0.54 to 0.69, letters without a story near 1. Up to EXACT letters to an office every pair is
compared; above, `plea.campaigns.reporting.sketches` estimates.
"""

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest
from itertools import chain, islice
from statistics import fmean, median

from plea.campaigns.checking.dry_run import request_of
from plea.campaigns.context import CampaignContext
from plea.campaigns.ledger import serialize
from plea.campaigns.ledger.ledger import Ledger
from plea.campaigns.model import Destination
from plea.letters.compose import LetterBatch
from plea.letters.plain_text import body_lines
from plea.model.letters import Letter
from plea.model.people import Supporter

SHINGLE = 32  # bytes
EXACT = 500  # letters to one office
BINS = 20  # of the histogram, each 0.05 wide
NEAREST = 10  # pairs that are named
THRESHOLD = 0.8


@dataclass(frozen=True, slots=True)
class Pair:
    """Two letters by their names and how alike they are, from 0 (nothing shared) to 1 (the same text)."""

    first: str
    second: str
    likeness: float


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike the letters to one office are.

    `histogram` counts pairs in BINS equal steps from 0 to 1. `compared` are the letters looked at (all, unless there
    are very many), `over_threshold` those of them that have another one at or over `threshold`. `exact` says whether
    every pair was compared; otherwise values are estimates, see `plea.campaigns.reporting.sketches`.
    """

    letters: int
    compared: int
    exact: bool
    threshold: float
    histogram: tuple[int, ...]
    mean: float
    median: float
    nearest: tuple[Pair, ...]
    over_threshold: int

    @property
    def over_threshold_share(self) -> float:
        """The share of letters that have another one at or over the threshold."""
        return self.over_threshold / self.compared if self.compared else 0.0


def likeness(letters: Iterable[tuple[str, str]], threshold: float = THRESHOLD) -> Likeness:
    """How alike the letters to one office are, from their names and texts (`likeness_text`).

    Reads the letters once and keeps no text beyond the first EXACT. The same letters give the same answer.
    """
    rest = iter(letters)
    first = list(islice(rest, EXACT + 1))
    if len(first) <= EXACT:
        return _exact(first, threshold)
    from plea.campaigns.reporting.sketches import estimate  # noqa: PLC0415 (it needs this module, and a library)

    return estimate(chain(first, rest), threshold)


def likeness_text(letter: Letter) -> str:
    """The text of a letter that is compared: its paragraphs, without salutation and close, white space folded."""
    return " ".join(" ".join(body_lines(letter.body, None)).split())


def shingles(text: str) -> list[bytes]:
    """The overlapping pieces of SHINGLE bytes of a text, in order; a shorter text is one piece."""
    content = text.encode()
    return [content[start : start + SHINGLE] for start in range(max(1, len(content) - SHINGLE + 1))]


def histogram_of(values: Iterable[float]) -> tuple[int, ...]:
    """How many values fall in each of BINS equal steps from 0 to 1; 1 itself is in the last."""
    counts = [0] * BINS
    for value in values:
        counts[min(int(value * BINS + 1e-9), BINS - 1)] += 1
    return tuple(counts)


def _exact(letters: Sequence[tuple[str, str]], threshold: float) -> Likeness:
    """Every pair compared."""
    names = [name for name, _ in letters]
    values = array("d", _pairs([text for _, text in letters]))
    places = ((first, second) for second in range(len(letters)) for first in range(second))
    over: set[int] = set()
    for value, place in zip(values, places, strict=True):
        if value >= threshold:
            over.update(place)
    places = ((first, second) for second in range(len(letters)) for first in range(second))
    nearest = nlargest(NEAREST, zip(values, places, strict=True), key=lambda pair: pair[0])
    return Likeness(
        letters=len(letters),
        compared=len(letters),
        exact=True,
        threshold=threshold,
        histogram=histogram_of(values),
        mean=fmean(values) if values else 0.0,
        median=median(values) if values else 0.0,
        nearest=tuple(Pair(names[first], names[second], value) for value, (first, second) in nearest),
        over_threshold=len(over),
    )


def _pairs(texts: Sequence[str]) -> Iterator[float]:
    """The likeness of each text with each before it: (0, 1), (0, 2), (1, 2), (0, 3), ...

    A set of shingles is a whole number with a bit for each shingle that more than one letter holds, so that sets are
    intersected a thousand shingles at a time; what only one letter holds counts in the union alone.
    """
    sizes, sets = _bit_sets(texts)
    for second, held in enumerate(sets):
        for first in range(second):
            shared = (sets[first] & held).bit_count()
            yield shared / (sizes[first] + sizes[second] - shared)


def _bit_sets(texts: Sequence[str]) -> tuple[list[int], list[int]]:
    """How many shingles each text has, and its set of those that others have too."""
    numbers: dict[bytes, int] = {}
    times = array("L")
    held: list[array[int]] = []
    for text in texts:
        own = array("L")
        for shingle in set(shingles(text)):
            number = numbers.setdefault(shingle, len(numbers))
            if number == len(times):
                times.append(0)
            times[number] += 1
            own.append(number)
        held.append(own)
    shared = {number: bit for bit, number in enumerate(n for n, count in enumerate(times) if count > 1)}
    sets = []
    for own in held:
        bits = bytearray(len(shared) // 8 + 1)
        for number in own:
            if number in shared:
                bits[shared[number] >> 3] |= 1 << (shared[number] & 7)
        sets.append(int.from_bytes(bits, "little"))
    return [len(own) for own in held], sets


AT_ONCE = 200  # letters composed together: what one child process makes of a pack that is not built in

Texts = Callable[[str], Iterator[tuple[str, str]]]
"""The names and texts of the letters to a destination, by its key."""


def texts_of(context: CampaignContext, ledger: Ledger) -> Texts:
    """The texts of the letters that are made or still to make, by destination; a letter is named by its row.

    A purged ledger holds no letters that could be composed, and gives none.
    """
    series = LetterBatch(context.pack)
    several = len(context.asks) > 1

    def texts(key: str) -> Iterator[tuple[str, str]]:
        found = ledger.query(
            "SELECT letters.row, ask, supporter FROM letters JOIN people USING (row)"
            " WHERE volume IN (SELECT id FROM volumes WHERE destination = (SELECT id FROM destinations WHERE key = ?))"
            " AND letters.state = 'current'"
            " AND letters.outcome IN ('made', 'planned') AND supporter != '' ORDER BY letters.row, letters.id",
            (key,),
        )
        letters = (
            (f"row {row}, {ask}" if several else f"row {row}", ask, serialize.supporter_of(supporter))
            for row, ask, supporter in found
        )
        yield from texts_to(ledger.destination(key), letters, context, series)

    return texts


def texts_to(
    destination: Destination,
    letters: Iterable[tuple[str, str, Supporter]],
    context: CampaignContext,
    series: LetterBatch,
) -> Iterator[tuple[str, str]]:
    """The name and text of each letter to one destination, from its name, ask and supporter; what cannot be made is left out.

    Raises LimitExceeded for a template that runs wild.
    """
    rest = iter(letters)
    while some := list(islice(rest, AT_ONCE)):
        composed = series.compose([request_of(context, destination, ask, supporter) for _, ask, supporter in some])
        for (name, _, _), letter in zip(some, composed, strict=True):
            if isinstance(letter, Letter):
                yield name, likeness_text(letter)
