"""What a mistyped word may have meant."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, words: Iterable[str], *, cutoff: float = 0.6) -> str:
    """The one of the words that is most like it; empty when none is (`cutoff` as in difflib: 0 any, 1 the same)."""
    return next(iter(get_close_matches(word, [*words], n=1, cutoff=cutoff)), "")
