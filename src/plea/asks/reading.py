"""How much there is to read and how hard it is, measured here and now.

English: the grade of Flesch and Kincaid, 0.39 x words per sentence + 11.8 x syllables per word - 15.59 (J. P. Kincaid
et al., *Derivation of New Readability Formulas*, Naval Technical Training Command, Research Branch Report 8-75, 1975).
Spanish: the grade of Crawford, -0.205 x sentences + 0.049 x syllables - 3.407, both per 100 words (A. Crawford,
*Fórmula y gráfico para determinar la comprensibilidad de textos del nivel primario en castellano*, Lectura y Vida,
1989). Syllables: `plea.asks.syllables`; a figure (`125,000`) is one word.
"""

import re

from plea.asks.syllables import english, spanish

_APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"
_CLOSING = f"\"'{_APOSTROPHE}\N{RIGHT DOUBLE QUOTATION MARK})»"
_WORD = re.compile(rf"(?:[A-Z]\.){{2,}}|[^\W_]+(?:['{_APOSTROPHE}.,:/-]?[^\W_]+)*")
_STOP = re.compile(rf"[.!?]+[{_CLOSING}]*(?=\s|$)")
_ABBREVIATED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|No|Sr|Sra|Dra|EE|UU|vs|Art|art|núm|(?:[A-Z]\.)*[A-Z])\.$")
"""What ends in a full stop that need not end a sentence (`Mr.`, `U.S.`, `H.R.`)."""


def words(text: str) -> list[str]:
    """The words of a text; `H.R.`, `125,000` and `mid-year` are one each."""
    return _WORD.findall(text)


def sentences(text: str) -> int:
    """How many sentences a text has, at least 1; a paragraph ends one in any case."""
    return max(1, sum(map(_sentences, re.split(r"\n\s*\n", text))))


def _sentences(paragraph: str) -> int:
    paragraph = paragraph.strip()
    ends = sum(
        found.end() < len(paragraph) and not _ABBREVIATED.search(paragraph[: found.end()])
        for found in _STOP.finditer(paragraph)
    )
    return ends + bool(_WORD.search(paragraph))


def grade(text: str, language: str) -> float | None:
    """The school grade from which a text can be read; None for a language without a measure here."""
    found = words(text)
    count = {"en": english, "es": spanish}.get(language)
    if count is None or not found:
        return None
    total = sum(map(count, found))
    if language == "es":
        return -0.205 * 100 * sentences(text) / len(found) + 0.049 * 100 * total / len(found) - 3.407
    return 0.39 * len(found) / sentences(text) + 11.8 * total / len(found) - 15.59
