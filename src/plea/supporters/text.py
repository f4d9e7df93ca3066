"""What may stand in text a person typed, and what in a story may hurt the person who tells it.

U+200E, U+200F and U+061C are ordinary in Arabic text and stay; so do joiners, which Persian and emoji need.
"""

import re
import unicodedata

from plea.problems import Problem

# Overrides and isolates can make a line read as something it is not (Unicode TR 36, section 2.5).
BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
BYTE_ORDER_MARK = "\ufeff"  # comes with pasted text; it is invisible, and PDF/UA allows it in no text
# Ligatures, which come with text pasted from PDFs: few fonts have them as characters, and fonts that join letters do
# so by themselves.
LIGATURES = str.maketrans({chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)})
LONGEST_LINE = 200  # characters of a field that is one line
LAST_OF_PLANE = 0xFFFE  # the last two code points of every plane, and U+FDD0 to U+FDEF, are never characters
NONCHARACTERS = range(0xFDD0, 0xFDF0)

# Exactly the characters for which `_refusal` has a code; one search is a hundred times faster than asking for each.
REFUSED = re.compile(
    "[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufff9-\ufffb"
    "\ud800-\udfff\ue000-\uf8ff\ufdd0-\ufdef\ufffe\uffff\U000f0000-\U0010ffff"
    + "".join(
        f"{chr(plane + LAST_OF_PLANE)}{chr(plane + LAST_OF_PLANE + 1)}" for plane in range(0x10000, 0xF0000, 0x10000)
    )
    + "]"
)

# Control characters have no names in the Unicode database; these are the ones people meet.
CONTROL_NAMES = {
    "\0": "NUL", "\t": "tab", "\n": "line break", "\v": "vertical tab", "\f": "form feed", "\r": "carriage return",
    "\x1b": "escape", "\x7f": "delete",
}  # fmt: skip


def text_problem(
    where: str, text: str, limit: int = LONGEST_LINE, *, lines: bool = False, too_long: str = "text.too_long"
) -> Problem | None:
    """What keeps a text out of letters: a character that may not stand there, or more than `limit` characters."""
    if character := refused_character(text, lines=lines):
        return Problem("text.character_not_allowed", where, character=character)
    return Problem(too_long, where, length=len(text), limit=limit) if len(text) > limit else None


def refused_character(text: str, *, lines: bool = False) -> Problem | None:
    """The first character that may not stand in `text`, described but never repeated; None when all may.

    With `lines`, line breaks and tabs are text (a story); without, a field is one line. The problem names a character
    (`a control character, U+0000 NUL`), to be a value of the problem with the field.
    """
    if text.isprintable():  # nearly all; none of those that are refused is
        return None
    for match in REFUSED.finditer(text):
        if not lines or match[0] not in "\n\t":
            name = CONTROL_NAMES.get(match[0]) or unicodedata.name(match[0], "")
            return Problem(_refusal(match[0]), character=f"U+{ord(match[0]):04X} {name}".rstrip())
    return None


def _refusal(character: str) -> str:
    """The code that says why a character is refused; empty when it is not."""
    category = unicodedata.category(character)
    if category == "Cc" or character in "\u2028\u2029":
        return "character.control"
    if category == "Co":
        return "character.private_use"
    if character in BIDI_CONTROLS:
        return "character.changes_direction"
    if category == "Cs" or ord(character) in NONCHARACTERS or ord(character) & 0xFFFF >= LAST_OF_PLANE:
        return "character.is_none"
    return "character.annotation" if "\ufff9" <= character <= "\ufffb" else ""


def shows(text: str) -> bool:
    """Whether anything of it is seen: a letter, a number, punctuation, a symbol."""
    return any(unicodedata.category(character)[0] in "LNPS" for character in text)


def tidy_line(text: str) -> str:
    """One line in composed form (NFC), without space at its ends or byte-order marks, runs of spaces folded."""
    line = _composed(text)
    if "  " not in line:
        return line.strip(" ")
    return " ".join(part for part in line.split(" ") if part)


def tidy_story(text: str) -> str:
    """A story with plain line breaks, in composed form, without byte-order marks or empty lines at its ends."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    lines = _composed(plain).split("\n")
    while lines and not lines[0].strip():
        lines.pop(0)
    return "\n".join(lines).rstrip()


def _composed(text: str) -> str:
    """The text in composed form (NFC), joined letters as letters, without byte-order marks."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", text.translate(LIGATURES).replace(BYTE_ORDER_MARK, ""))


def plain_digits(text: str) -> str:
    """The same text with every decimal digit, of any script, as 0 to 9."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(character, character)) for character in text)


# "A" and eight or nine digits, as USCIS writes alien registration numbers, with or without dashes, dots or spaces.
A_NUMBER = re.compile(r"(?<![0-9A-Za-z])A\s?[-#.]?\s?[0-9]{2,3}[ .-]?[0-9]{3}[ .-]?[0-9]{3}(?![0-9])", re.IGNORECASE)

# Parts of the patterns below. Runs of white space are folded before a story is searched.
_WE = "(I|we)"
_ARE = r"(\s?['\u2019]\s?(m|re)| am| are| was| were)"
_ADVERBS = "( still| now| also| both| all| living| here| working)*"
_A_REFUGEE = r"an? (refugee(?! \w+er\b| (resettlement|rights|law|health))|asylee|asylum[- ]seeker)"
_STATUS = "(undocumented|illegal|illegally|out of status|stateless|seeking asylum|without (papers|status|documents))"
_HAVE = "(have|had|hold|lost|got|do not have|don['\u2019]t have)( no| my| our| an?)?"
_PERMIT = r"(TPS|DACA|papers|green card|work permit|legal status|visa(?! card)|temporary protected status)"
_CAME = "(overstayed|crossed the border|entered (illegally|without)|came (here )?(illegally|without papers))"
_ASKED = "((have )?applied for|sought|asked for|was granted|were granted) asylum"
_MATTER = "(immigration|asylum|deportation|removal|TPS|DACA|green card|visa|work permit)"
_SOY = "(soy|somos|estoy|estamos|fui|era)( todav\u00eda| aqu\u00ed)?"
_INDOCUMENTADA = "(indocumentad[oa]s?|ilegal(es)?|refugiad[oa]s?|asilad[oa]s?|sin papeles|solicitantes? de asilo)"
_TENGO = "(tengo|tenemos|perd\u00ed|ten\u00eda)( mi| la| el| una?)?"
_PERMISO = "(papeles|TPS|DACA|asilo|green card|visa|permiso de trabajo|estatus legal|residencia)"
_CRUCE = "((cruc\u00e9|cruzamos) la frontera|(entr\u00e9|entramos|vine|llegu\u00e9) (ilegalmente|sin papeles))"
_ESTATUS = "(estatus|estado|situaci\u00f3n) (migratori[oa]|de inmigraci\u00f3n)"
_CASO = "(caso|solicitud|audiencia|proceso) de (asilo|inmigraci\u00f3n|deportaci\u00f3n)"
FIRST_PERSON = [
    re.compile(rf"\b{pattern}\b", re.IGNORECASE)
    for pattern in (
        f"{_WE}{_ARE}{_ADVERBS} ({_STATUS}|{_A_REFUGEE})",
        f"{_WE}( still| also| now)? {_HAVE} {_PERMIT}",
        f"{_WE} ({_CAME}|{_ASKED})",
        f"(my|our) (own )?{_MATTER}",
        f"{_SOY} {_INDOCUMENTADA}",
        f"{_TENGO} {_PERMISO}",
        "(ped\u00ed|pedimos|solicit\u00e9|solicitamos)( el)? asilo",
        _CRUCE,
        f"mi (propi[oa] )?({_ESTATUS}|{_CASO})",
    )
]
# Some part of each pattern above, so that most stories are passed over with a few plain searches.
_WORDS = (
    *("undocumented", "illegal", "status", "stateless", "asyl", "papers", "documents", "refugee", "tps", "daca"),
    *("green card", "work permit", "visa", "overstayed", "the border", "entered without", "immigration"),
    *("deportation", "removal", "indocumentad", "ilegal", "refugiad", "asil", "papeles", "permiso", "estatus"),
    *("residencia", "la frontera", "estado", "situaci", "caso de", "solicitud de", "audiencia de", "proceso de"),
)


def story_warnings(story: str, where: str = "story") -> tuple[Problem, ...]:
    """What the person may wish to think over before signing; the numbers and words found are not repeated.

    Reads English and Spanish, whatever the letter's language.
    """
    if not story:
        return ()
    warnings = [Problem("story.a_number", where)] if A_NUMBER.search(story) else []
    folded = " ".join(story.split())
    plain = folded.lower()
    if any(map(plain.__contains__, _WORDS)) and any(pattern.search(folded) for pattern in FIRST_PERSON):
        warnings.append(Problem("story.immigration_status", where))
    return tuple(warnings)
