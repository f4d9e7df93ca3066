"""How much there is to read and how hard it is, measured without the network.

English: the grade of Flesch and Kincaid, 0.39 x words per sentence + 11.8 x syllables per word - 15.59 (J. P. Kincaid
et al., *Derivation of New Readability Formulas*, Naval Technical Training Command, Research Branch Report 8-75, 1975).
Spanish: the grade of Crawford, -0.205 x sentences + 0.049 x syllables - 3.407, both per 100 words (A. Crawford,
*Fórmula y gráfico para determinar la comprensibilidad de textos del nivel primario en castellano*, Lectura y Vida,
1989). Syllables are counted below; a figure (`125,000`) is one word.
"""

import re
from itertools import pairwise

_APOSTROPHE = "\N{RIGHT SINGLE QUOTATION MARK}"
_CLOSING = f"\"'{_APOSTROPHE}\N{RIGHT DOUBLE QUOTATION MARK})»"
_WORD = re.compile(rf"(?:[A-Z]\.){{2,}}|[^\W_]+(?:['{_APOSTROPHE}.,:/-]?[^\W_]+)*")
_STOP = re.compile(rf"[.!?]+[{_CLOSING}]*(?=\s|$)")
_ABBREVIATED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|No|Sr|Sra|Dra|EE|UU|vs|Art|art|núm|(?:[A-Z]\.)*[A-Z])\.$")
"""What ends in a period that need not end a sentence (`Mr.`, `U.S.`, `H.R.`)."""


def words(text: str) -> list[str]:
    """The words of a text; `H.R.`, `125,000` and `mid-year` are one each."""
    return _WORD.findall(text)


def sentences(text: str) -> int:
    """How many sentences a text has, at least 1; a paragraph ends one in any case."""
    count = 0
    for paragraph in map(str.strip, re.split(r"\n\s*\n", text)):
        ends = [end for stop in _STOP.finditer(paragraph) if (end := stop.end()) < len(paragraph)]
        count += sum(not _ABBREVIATED.search(paragraph[:end]) for end in ends) + bool(_WORD.search(paragraph))
    return max(1, count)


def grade(text: str, language: str) -> float | None:
    """The school grade from which a text can be read; None for a language without a measure here."""
    in_text = words(text)
    syllables_of = {"en": english, "es": spanish}.get(language)
    if syllables_of is None or not in_text:
        return None
    count, syllables = len(in_text), sum(map(syllables_of, in_text))
    if language == "es":
        return -0.205 * 100 * sentences(text) / count + 0.049 * 100 * syllables / count - 3.407
    return 0.39 * count / sentences(text) + 11.8 * syllables / count - 15.59


# --- English ---------------------------------------------------------------------------------------------

_PIECES = re.compile(r"[a-z]+|\d+")
_INITIALS = re.compile(r"(?:[A-Z]\.)+[A-Z]?\.?|[A-Z]{2,3}")
_VOWEL_RUN = re.compile(r"[aeiouy]+")
_CONSONANT_Y = re.compile(r"(?:(?<=[aeiou])|^)y(?=[aeiou])")
_SILENT = re.compile(
    r"(?<=[^aeiouyl])e$"  # make
    r"|(?<=[aeiouyr]l)e$"  # whole
    r"|(?<=[^aeiouylscxzgh])es$|(?<=[aeiouy]l)es$|(?<=t)hes$"  # makes, rules
    r"|(?<=[^aeiouydt])ed$"  # asked
    r"|(?:(?<=[^aeiouyl])|(?<=[aeiouy]l))e(?=(?:ly|ment|ments|ful|fully|less|ness|land|where|times|thing|one|body|keeper|keepers)$)"
)
_MORE = re.compile(
    r"(?<![tcsgx])i(?=[ao])|(?<=[tcs])i(?=at[ei])"  # Syria, period, appropriate; not nation, special
    r"|i(?=et[yi]?|um|us$)|(?<=[rvds])i(?=en[ct])"  # society, audience
    r"|(?<=[rs])i(?=er$|ers$|est$)|(?<=l)i(?=er$|est$)"  # carrier, earlier
    r"|(?<=r)e(?=at(?!h|y|ie))(?=ate|ati|ato)|e(?=a$)(?<=..e)"  # create, area
    r"|(?<![qg])u(?=a)|(?<!q)u(?=ing|ou)|(?<=r)u(?=e[ld]|i[nt])|u(?=ity)"  # January, actual, cruel, ruin
    r"|e(?=ing|ism)|o(?=ing|em)|(?<=[^aeiou])y(?=[aeiou])|a(?=os)"  # seeing, going, trying, chaos
)
_EXCEPTIONS = {
    "eyes": 1, "eye": 1, "every": 2, "everyone": 3, "everything": 3, "several": 3, "people": 2, "peoples": 2,
    "business": 2, "science": 2, "conscience": 2, "real": 1, "ruled": 1, "idea": 3, "ideas": 3, "being": 2,
    "different": 3, "area": 3, "areas": 3, "aleppo": 3, "usual": 3, "hundred": 2, "poem": 2, "poems": 2,
    "sometimes": 2, "someone": 2, "something": 2, "fire": 1, "iran": 2, "iraq": 2, "client": 2, "giant": 2,
    "fuel": 2, "fueled": 2, "created": 3, "creates": 2, "create": 2, "recipe": 3, "syrian": 3, "syrians": 3,
    "guarantee": 3, "theater": 3, "violence": 3, "violent": 3, "lion": 2, "social": 2, "marriage": 2,
    "familiar": 3, "million": 2, "millions": 2, "billion": 2, "billions": 2, "union": 2, "opinion": 3,
    "opinions": 3, "onion": 2, "senior": 2, "junior": 2, "behavior": 3, "soldier": 2, "soldiers": 2,
    "friend": 1, "friends": 1, "ancient": 2, "patient": 2, "patience": 2, "efficient": 3, "carriage": 2,
    "colonel": 2, "wednesday": 2, "february": 4, "used": 1, "does": 1, "shoes": 1, "goes": 1, "heroes": 2,
    "rogue": 1, "league": 1, "leagues": 1, "colleague": 2, "colleagues": 2, "dialogue": 3, "vague": 1, "plague": 1,
    "forces": 2, "beloved": 3, "sacred": 2, "naked": 2, "wicked": 2, "clothes": 1, "safety": 2, "lifetime": 2,
    "homeless": 2, "widespread": 2, "wholesale": 2, "lifelong": 2, "homegrown": 2, "facebook": 2, "somewhere": 2,
    "otherwise": 3, "likewise": 2, "meanwhile": 2, "forever": 3, "therefore": 2, "whenever": 3, "extreme": 2,
    "naive": 2, "video": 3, "videos": 3, "prayer": 1, "prayers": 1, "hours": 1, "hour": 1, "our": 1, "ours": 1,
    "syria": 3,
}  # fmt: skip


def english(word: str) -> int:
    """The syllables of an English word, at least 1. Initials (`U.S.`, `UN`) are spelled out; each figure counts 1."""
    if _INITIALS.fullmatch(word):
        return sum(3 if letter == "W" else 1 for letter in word if letter.isalpha())
    bare = word.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "").replace("'", "")
    return max(1, sum(map(_english_piece, _PIECES.findall(bare))))


def _english_piece(piece: str) -> int:
    if piece[0].isdigit():
        return 1
    if piece in _EXCEPTIONS:
        return _EXCEPTIONS[piece]
    spelled = _CONSONANT_Y.sub("j", piece)
    count = len(_VOWEL_RUN.findall(spelled)) - len(_SILENT.findall(spelled)) + len(_MORE.findall(spelled))
    return max(1, count)


# --- Spanish ---------------------------------------------------------------------------------------------

_SPANISH_VOWELS = re.compile(r"[aeiouáéíóúü]+")
_SILENT_U = re.compile(r"(?<=[gq])u(?=[eiéí])")
_FINAL_Y = re.compile(r"y\b")
_STRONG = set("aeoáéó")
_ACCENTED_WEAK = set("íú")


def spanish(word: str) -> int:
    """The syllables of a Spanish word, at least 1, by the rules of diphthong and hiatus (Real Academia Española).

    Two strong vowels part, and so does an accented weak one beside a strong one; other neighbors are one syllable.
    """
    if _INITIALS.fullmatch(word):
        return sum(letter.isalpha() for letter in word)
    spelled = _FINAL_Y.sub("i", _SILENT_U.sub("", word.lower()))
    count = sum(_nuclei(run) for run in _SPANISH_VOWELS.findall(spelled))
    return max(1, count)


def _nuclei(vowels: str) -> int:
    """How many syllables a run of vowels makes."""
    breaks = 0
    for left, right in pairwise(vowels):
        strong = (left in _STRONG) + (right in _STRONG)
        accented = left in _ACCENTED_WEAK or right in _ACCENTED_WEAK
        breaks += strong == 2 or (strong == 1 and accented)  # noqa: PLR2004 (both of the two)
    return 1 + breaks
