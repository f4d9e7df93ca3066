"""What a mistyped word may have meant."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, known: Iterable[str], *, cutoff: float = 0.6) -> str:
    """The known word that is most like this one; empty when none is (`cutoff` as in difflib: 0 any, 1 the same)."""
    return next(iter(get_close_matches(word, [*known], n=1, cutoff=cutoff)), "")
