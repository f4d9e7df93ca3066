"""The likeness of more letters than can be compared pair by pair, estimated from sketches.

A sketch is R-MinHash as the library `rensa` makes it: numbers of 32 bits drawn from a letter's shingles with a fixed
seed, as many however long the text. The share of slots in which two sketches agree estimates their likeness. Each
letter has two, so that being chosen as near does not flatter a pair: SEARCHED slots find who is near whom, MEASURED
others say how near, with a standard error of at most sqrt(0.25 / MEASURED), 0.016. Together 4.5 KiB a letter.

- Of more than KEPT letters to one office, KEPT are looked at: those whose names hash lowest, so that neither the order
  of the letters nor a restart changes which. Memory is bounded by that.
- Histogram, mean and median: PAIRS pairs of them drawn with a fixed seed.
- Nearest pairs and the letters over the threshold: the first sketch is cut in bands of ROWS slots; letters that agree
  in a whole band stand side by side when sorted by it and are compared with the NEIGHBOURS that follow. Two letters
  of likeness s share some band with probability 1 - (1 - s**ROWS)**(SEARCHED / ROWS): 0.87 at s = 0.5, 0.99 at 0.61.
"""

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from heapq import heappush, heapreplace, nlargest
from random import Random
from statistics import fmean, median

from rensa import RMinHash

from plea.campaigns.reporting.likeness import NEAREST, Likeness, Pair, histogram_of, shingles

SEARCHED = 128
MEASURED = 1024
ROWS = 4
NEIGHBOURS = 2
KEPT = 5_000
PAIRS = 100_000
SEED = 1


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is kept of a text: one sketch to search with, another to measure with."""

    search: RMinHash
    measure: RMinHash


def estimate(letters: Iterable[tuple[str, str]], threshold: float) -> Likeness:
    """As `plea.campaigns.reporting.likeness.likeness`, for any number of letters; reads them once, in any order."""
    total, kept = _sample(letters)
    names, sketches = [name for name, _ in kept], [sketch for _, sketch in kept]
    values = list(_drawn(sketches))
    best = _nearest(sketches)
    near = {tuple(sorted((names[place], names[other]))): value for place, (value, other) in best.items()}
    nearest = nlargest(NEAREST, sorted(near.items()), key=lambda item: item[1])
    return Likeness(
        letters=total,
        compared=len(kept),
        exact=False,
        threshold=threshold,
        histogram=histogram_of(values),
        mean=fmean(values),
        median=median(values),
        nearest=tuple(Pair(first, second, value) for (first, second), value in nearest),
        over_threshold=sum(value >= threshold for value, _ in best.values()),
    )


@lru_cache(maxsize=256)  # letters without a story are often the same
def sketch_of(text: str) -> Sketch:
    """The sketch of a text's shingles."""
    pieces = shingles(text)
    search, measure = RMinHash(SEARCHED, SEED), RMinHash(MEASURED, SEED + 1)
    search.update(pieces)
    measure.update(pieces)
    return Sketch(search, measure)


def _sample(letters: Iterable[tuple[str, str]]) -> tuple[int, list[tuple[str, Sketch]]]:
    """How many letters there are, and the sketches of those whose names hash lowest, by name."""
    heap: list[tuple[int, str]] = []  # the highest of those kept first, hence the minus
    kept: dict[str, Sketch] = {}
    total = 0
    for name, text in letters:
        total += 1
        mark = (-int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big"), name)
        if len(heap) < KEPT:
            heappush(heap, mark)
        elif mark > heap[0]:
            del kept[heapreplace(heap, mark)[1]]
        else:
            continue
        kept[name] = sketch_of(text)
    return total, sorted(kept.items(), key=lambda one: one[0])


def _drawn(sketches: Sequence[Sketch]) -> Iterator[float]:
    """The likeness of PAIRS pairs drawn at random, the same every time."""
    draw = Random(SEED)  # noqa: S311 (a sample of pairs keeps no secret)
    for _ in range(PAIRS):
        first, second = draw.sample(range(len(sketches)), 2)
        yield sketches[first].measure.jaccard(sketches[second].measure)


def _nearest(sketches: Sequence[Sketch]) -> dict[int, tuple[float, int]]:
    """For each letter that has a near one: how alike they are, and which that is."""
    found: dict[int, tuple[float, int]] = {}
    for place, other in _neighbours(sketches):
        value = sketches[place].search.jaccard(sketches[other].search)
        for one, two in ((place, other), (other, place)):
            if one not in found or value > found[one][0]:
                found[one] = (value, two)
    return {one: (sketches[one].measure.jaccard(sketches[other].measure), other) for one, (_, other) in found.items()}


def _neighbours(sketches: Sequence[Sketch]) -> Iterator[tuple[int, int]]:
    """Letters that stand near each other when sorted by a band in which they agree."""
    digests = [array("L", sketch.search.digest()).tobytes() for sketch in sketches]
    width = ROWS * array("L").itemsize
    for start in range(0, SEARCHED // ROWS * width, width):
        bands = sorted((digest[start : start + width], place) for place, digest in enumerate(digests))
        for here, (band, place) in enumerate(bands):
            for other_band, other in bands[here + 1 : here + 1 + NEIGHBOURS]:
                if other_band != band:
                    break
                yield place, other
