"""The line about the signer: one clause that a letter can go on from, as in `I teach in Barre, and I live in ...`.

What cannot be gone on from ("a nurse from Barre", two sentences) is a problem that says how to write it. English is
held to how such a clause starts; of other languages only what their words themselves show is checked.
"""

import re

from plea.problems import Problem
from plea.supporters.text import text_problem, tidy_line

ABOUT_FIELDS = ("about", "about_en")
LONGEST = 120  # characters: a line and a half of the page
LINE_BREAK = re.compile("[\n\r\u2028\u2029]")

_WE = r"(?:I(?:['\u2019](?:m|ve|d|ll))?|we(?:['\u2019](?:re|ve|d|ll))?)"
_PHRASE = (
    "After|Although|As|At|Because|Before|During|Even|Ever|Every|For|From|If|In|Last|Like|Now|On|Once|Over|Since|"
    "Sometimes|Though|Through|Today|Until|When|While|With|Without|[0-9]+|Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|"
    "Twelve|Fifteen|Twenty|Thirty|Forty|Fifty"
)
CLAUSE = re.compile(
    rf"{_WE} \S"  # I teach
    r"|(?:my|our) \S+ \S"  # My family came here
    r"|(?:both|each|half|many|most|none|one|some|two|three|four) of (?:us|(?:my|our) \S+) \S"
    rf"|(?:{_PHRASE})\b.*(?:\b{_WE} \S|(?:,|\bago|[0-9]) (?:my|our) \S+ \S)",  # In 1995 my family came here
    re.IGNORECASE,
)
LIVES = re.compile(
    rf"{_WE}(?: am| are)? (?:live|reside|living|(?:an? )?residents? of)\b(?! (?:with|next|near|by))", re.IGNORECASE
)
# Spanish drops its pronouns, so a clause may start with nearly any word; an article is what a bare noun starts with.
SPANISH_NOUN = re.compile(r"un[oa]?s?\b(?!.*\b(?:yo|me|mis?|nos|nosotr[oa]s|nuestr[oa]s?|soy|somos)\b)", re.IGNORECASE)

SENTENCE_END = re.compile(r"(\S+?)([.!?\u2026]+)[)\"'\u2019\u201d]*\s+(?=\S)")
ABBREVIATIONS = frozenset((
    "ave", "capt", "co", "col", "corp", "dr", "fr", "ft", "gen", "gov", "inc", "jr", "lt", "maj", "mr", "mrs",
    "ms", "mt", "no", "prof", "rep", "rev", "sen", "sgt", "sr", "srta", "st", "ste", "vs",
))  # fmt: skip
DOTTED = re.compile(r"(?<!\S)(?:[^\W\d_]{1,3}\.){2,}$")  # U.S., D.C., Ph.D.


def read_about(typed: str, where: str = "about", language: str = "en") -> str | Problem:
    """The line as letters use it, or what keeps it out of them.

    It starts with a capital and has no punctuation at its end (the periods of a last `U.S.` go with it). `where` is the
    field; what is given in `about_en` is English whatever the language.
    """
    line = tidy_line(typed.strip())
    if not line:
        return ""
    if LINE_BREAK.search(line):
        return Problem("about.several_lines", where)
    if problem := text_problem(where, line, LONGEST, too_long="about.too_long"):
        return problem
    line = DOTTED.sub(lambda match: match[0].replace(".", ""), line.rstrip(" ,;:!")).rstrip(" .,;:!\u2026")
    if any(_ends_sentence(*match.groups()) for match in SENTENCE_END.finditer(line)):
        return Problem("about.several_sentences", where)
    code = _no_clause(line, "en" if where == "about_en" else language)
    return Problem(code, where) if code else line[:1].upper() + line[1:]


def _ends_sentence(word: str, mark: str) -> bool:
    """Whether a mark after a word ends a sentence: a period after `Dr`, `St` or an initial does not."""
    plain = word.strip("(\"'").casefold()
    return mark != "." or not (len(plain) == 1 or "." in plain or plain in ABBREVIATIONS)


def _no_clause(line: str, language: str) -> str:
    """The code of what keeps a line from being a clause that goes on `, and I live in ...`; empty for a clause."""
    if not line:
        return ""
    if language != "en":
        noun = language == "es" and SPANISH_NOUN.match(line)
        return "about.no_verb" if noun or " " not in line else ""
    if line.endswith("?") or not CLAUSE.match(line):
        return "about.not_a_clause"
    return "about.says_where" if LIVES.match(line) else ""
