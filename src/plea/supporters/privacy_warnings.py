"""Warnings for stories that may hurt the person who tells them; nothing here blocks a letter.

A letter to an office is a public record's draft: an A-number or the writer's own immigration status in it may be
used against a person whose status is uncertain.
"""

import re

from plea.problems import Problem

# "A" and eight or nine digits, as USCIS writes alien registration numbers, with or without dashes, dots or spaces.
A_NUMBER = re.compile(r"(?<![0-9A-Za-z])A\s?[-#.]?\s?[0-9]{2,3}[ .-]?[0-9]{3}[ .-]?[0-9]{3}(?![0-9])", re.IGNORECASE)

# Parts of the patterns below: who speaks, what is said of them. Runs of white space are folded before they are read.
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
