"""Stock phrases: runs of words that stand in too many asks of a pack, which makes its letters read as form mail."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from plea.asks.readability import VOWEL_MARKS

RUN = 5
"""Words in a row."""
MOST_ASKS = 2
"""In how many asks of a pack the same run may stand."""

_SENTENCE_END = re.compile(r"(?<=[.!?;:\N{ARABIC QUESTION MARK}\N{ARABIC SEMICOLON}])\s+|\n+")
_WORD = re.compile(rf"[^\W_]+(?:(?:['\N{{RIGHT SINGLE QUOTATION MARK}}.,-]|[{VOWEL_MARKS}]+)[^\W_]+)*")
_SPANISH_MONTHS = (
    *("enero", "febrero", "marzo", "abril", "mayo", "junio"),
    *("julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
)
_SPANISH_DAY = re.compile(rf"\b\d{{1,2}} de (?:{'|'.join(_SPANISH_MONTHS)})(?: de \d{{4}})?\b")
"""With the words within it: `6 de enero de 2027`."""
_MONTHS = frozenset(
    (
        *_SPANISH_MONTHS,
        *("كانون", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول", "تشرين", "الأول", "الثاني"),
        *("يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو"),
        *("أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"),
    )
)
"""Of the languages that write them small."""
_PRONOUN = "I"


@dataclass(frozen=True, slots=True, order=True)
class StockPhrase:
    """A phrase, as words without capitals and points, and the asks whose letters use it."""

    words: str
    asks: tuple[str, ...]


def stock_phrases(letters: Mapping[str, Iterable[str]]) -> list[StockPhrase]:
    """The longest phrases of RUN words and more that stand in the letters of more than MOST_ASKS asks.

    `letters` are texts in one language by ask. Names, days, addresses and titles are set aside: of each sentence the
    words with a figure, and those that begin with a capital letter within it.
    """
    sentences = {
        ask: {tuple(_ordinary_words(sentence)) for text in texts for sentence in _SENTENCE_END.split(text)}
        for ask, texts in letters.items()
    }
    asks_of: dict[tuple[str, ...], set[str]] = {}
    for ask, of_ask in sentences.items():
        for words in of_ask:
            for run in _runs(words):
                asks_of.setdefault(run, set()).add(ask)
    found: dict[str, set[str]] = {}
    for of_ask in sentences.values():
        for words in of_ask:
            shared = [len(asks_of[run]) > MOST_ASKS for run in _runs(words)]
            for start, end in _stretches(shared):
                asks = set.union(*(asks_of[words[at : at + RUN]] for at in range(start, end)))
                found.setdefault(" ".join(words[start : end - 1 + RUN]), set()).update(asks)
    return sorted(
        StockPhrase(phrase, tuple(sorted(asks)))
        for phrase, asks in found.items()
        if not any(phrase != longer and phrase in longer for longer in found)
    )


def _runs(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [words[at : at + RUN] for at in range(len(words) - RUN + 1)]


def _stretches(flags: list[bool]) -> Iterator[tuple[int, int]]:
    """The start and the end of each stretch of flags that are set."""
    start = None
    for at, flag in enumerate([*flags, False]):
        if flag and start is None:
            start = at
        elif not flag and start is not None:
            yield start, at
            start = None


def _ordinary_words(sentence: str) -> Iterator[str]:
    """The words of a sentence that are no part of a name, a day, an address or a title."""
    for number, word in enumerate(_WORD.findall(_SPANISH_DAY.sub("", sentence))):
        is_name = number > 0 and word[0].isupper() and word != _PRONOUN
        if not is_name and word not in _MONTHS and not any(character.isdigit() for character in word):
            yield word.lower()
