"""What in a person's words may hurt them, or somebody else whose safety may depend on it.

Plain rules for English and Spanish, whatever the letter's language; `docs/explanation/care.md` says them in words. They
ask, and never refuse. Numbers, names and words that were found are not repeated.
"""

import re
from collections.abc import Iterator, Sequence

from plea.model.people import Supporter
from plea.problems import Problem

# --- the person's own number and status ---------------------------------------------------------------------

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
_OF_STATUS = (
    *("undocumented", "illegal", "status", "stateless", "asyl", "papers", "documents", "refugee", "tps", "daca"),
    *("green card", "work permit", "visa", "overstayed", "the border", "entered without", "immigration"),
    *("deportation", "removal", "indocumentad", "ilegal", "refugiad", "asil", "papeles", "permiso", "estatus"),
    *("residencia", "la frontera", "estado", "situaci", "caso de", "solicitud de", "audiencia de", "proceso de"),
)

# --- somebody else ------------------------------------------------------------------------------------------

_DIGIT = re.compile("[0-9]")
# Sentences are searched one by one, runs of white space folded.
_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+|\n\s*\n")
_KIN = (
    r"(?:(?:step|grand|half-|god)?(?:mother|father|brother|sister|sibling|son|daughter|child|children|parent)s?"
    r"(?:-in-law)?|mom|dad|kids?|wife|husband|spouse|partner|fianc[e\u00e9]e?|aunts?|uncles?|cousins?|nephews?|nieces?"
    r"|in-laws|relatives?|family|families|friends?|neighbou?rs?|colleagues?|co-?workers?|classmates?|students?"
    r"|interpreters?|translators?|boy|girl|man|woman"
    r"|madre|padres?|mam\u00e1|pap\u00e1|herman[oa]s?|hij[oa]s?|ni\u00f1[oa]s?|niet[oa]s?|abuel[oa]s?|espos[oa]|marido"
    r"|mujer|pareja|t\u00ed[oa]s?|prim[oa]s?|sobrin[oa]s?|cu\u00f1ad[oa]s?|suegr[oa]s?|parientes?|familiar(?:es)?"
    r"|familia|amig[oa]s?|vecin[oa]s?|colegas?|compa\u00f1er[oa]s?|alumn[oa]s?|int\u00e9rpretes?|hombre|chic[oa])"
)
SOMEBODY = re.compile(
    rf"\b(?:{_KIN}|he|she|they|him|her|them|someone|somebody|\u00e9l|ellas?|ellos|alguien)\b", re.IGNORECASE
)
_IS = r"(?:is|are|'s|'re|\u2019s|\u2019re|lives?|living|still|remains?|stays?|stuck|trapped|waits?|waiting|been|left)"
_ESTA = r"(?:est\u00e1n?|siguen?|viven?|esperan?|qued[\u00f3a]n?|contin\u00faan?|atrapad[oa]s?)"
_NEAR = r"\b[^.,;]{0,20}\b"
# From where people flee now, as far as letters are likely to name it.
PLACES = (
    *("Afghanistan", "Kabul", "Kandahar", "Herat", "Syria", "Damascus", "Aleppo", "Homs", "Idlib", "Sudan", "Khartoum"),
    *("Darfur", "El Fasher", "El Geneina", "South Sudan", "Iran", "Tehran", "Iraq", "Mosul", "Myanmar", "Burma"),
    *("Rakhine", "Ukraine", "Kherson", "Mariupol", "Donetsk", "Luhansk", "Crimea", "Eritrea", "Ethiopia", "Tigray"),
    *("Congo", "Goma", "Bukavu", "Somalia", "Mogadishu", "Venezuela", "Cuba", "Nicaragua", "Haiti", "Xinjiang"),
    *("Belarus", "Russia", "Gaza", "Yemen", "Libya", "Afganist\u00e1n", "Siria", "Damasco", "Alepo", "Sud\u00e1n"),
    *("Jartum", "Ir\u00e1n", "Irak", "Ucrania", "Etiop\u00eda", "Hait\u00ed", "Rusia"),
)
_PLACE = f"(?:{'|'.join(PLACES)})"
_CAMPS = (
    *("Kakuma", "Dadaab", "Zaatari", "Za'atari", "Za\u2019atari", "Azraq", "Zamzam", "Rukban", "Al-Hol", "Al Hol"),
    *("Al-Hawl", "Al-Roj", "Moria", "Kutupalong", "Bidi Bidi", "Nyarugusu", "Domiz", "As Sayliyah"),
)
# Each with words of which one must be there, so that most stories are passed over with plain searches.
IN_DANGER = [
    (words, re.compile(pattern, re.IGNORECASE))
    for words, pattern in (
        (
            ("hiding", "hidden", "hides", "on the run"),
            rf"\b{_IS}{_NEAR}(?:in hiding|hiding|hidden|on the run)\b|\binto hiding\b|\bhides? (?:in|from|with|at)\b",
        ),
        (
            ("hunted", "wanted", "threatened", "persecuted", "tortured", "detained", "imprisoned", "jailed"),
            rf"\b{_IS} (?:\w+ )?(?:hunted|wanted by|threatened|persecuted|tortured|detained|imprisoned|jailed)\b",
        ),
        (
            ("prison", "jail", "detention", "custody"),
            rf"\b{_IS} (?:\w+ )?in (?:prison|jail|(?:a )?detention|(?:ICE|immigration) (?:detention|custody))\b",
        ),
        (("death threat", "death list", "kill list"), r"\b(?:death threats?|(?:death|kill) list)\b"),
        (("looking for", "searching for"), r"\b(?:looking|searching) for (?:him|her|them)\b"),
        (
            ("to kill", "to arrest", "to find", "to hurt"),
            r"\b(?:wants?|trying|threatens?|threatened|vowed|swore) to (?:kill|arrest|find|hurt) (?:him|her|them)\b",
        ),
        (("escond",), rf"\b{_ESTA}{_NEAR}escondid[oa]s?\b|\bse esconden?\b"),
        (("amenaza",), r"\bamenazas? de muerte\b"),
        (
            ("amenazad", "perseguid", "detenid", "encarcelad", " pres"),
            rf"\b{_ESTA} (?:\w+ )?(?:amenazad|perseguid|detenid|encarcelad|pres)[oa]s?\b",
        ),
        (("buscan", "persiguen"), r"\b(?:lo|la|los|las) (?:buscan|persiguen)\b"),
    )
]
# Those who cannot leave are asked about where the sentence names them, or has the work that puts them in danger.
STILL_THERE = re.compile(
    r"\b(?i:still|stuck|trapped|left behind|remains?|stayed behind|siguen?|atrapad[oa]s?|qued[\u00f3a]n?|todav\u00eda)"
    rf"{_NEAR}(?:in|en) {_PLACE}\b"
)
IN_A_CAMP = [
    (
        ("camp",),
        re.compile(
            rf"\b{_IS}\b[^.,;]{{0,30}}\b(?:in|at|from|inside) (?:an? |the |one of )?"
            r"(?!(?:\w+ )?(?:summer|boot|base|day|band|church|bible|scout|sports?|soccer|music|space|army|labor) camp)"
            r"(?:[^\W\d]\S*,? ){0,3}camps?\b",
            re.IGNORECASE,
        ),
    ),
    (
        ("campamento", "campo"),
        re.compile(
            rf"\b{_ESTA}\b[^.,;]{{0,30}}\ben (?:un|el|los|unos) camp(?:o|amento)s? de (?:refugi|desplaz)ad[oa]s\b",
            re.IGNORECASE,
        ),
    ),
    (
        tuple(map(str.lower, _CAMPS)),
        re.compile(rf"\b(?:{_IS}|{_ESTA})\b[^.;]{{0,30}}\b(?:{'|'.join(_CAMPS)})\b", re.IGNORECASE),
    ),
]
_OF_OTHERS = (
    *dict.fromkeys(word for words, _ in (*IN_DANGER, *IN_A_CAMP) for word in words),
    *("still", "stuck", "trapped", "left behind", "remain", "stayed behind", "sigue", "atrapad", "qued", "todav"),
)
_FIGURES = r" ?(?:is|was|es|:)? ?[A-Z]{0,4}-?[0-9][0-9A-Z-]{3,}"
CASE_NUMBER = [
    # Receipts of USCIS and cases of the National Visa Center: three letters and nine or ten digits.
    re.compile(r"(?<![0-9A-Za-z])[A-Z]{3}[ -]?[0-9]{2}[ -]?[0-9]{3}[ -]?[0-9]{4,5}(?![0-9])"),
    re.compile(r"(?<![0-9-])[0-9]{3}-[0-9]{2}(?:[C-][0-9]{5}|-[0-9]{4})(?![0-9-])"),  # UNHCR; Social Security
    re.compile(
        r"\b(?:case|file|passport|registration|receipt|visa|UNHCR|IOM|SIV|USRAP|tazkira|ID)(?: ID)? ?"
        rf"(?:number|num\.?|no\.?|#){_FIGURES}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:n\u00famero|n\u00fam\.?|n\.? ?\u00ba) de (?:caso|expediente|pasaporte|recibo|registro){_FIGURES}",
        re.IGNORECASE,
    ),
]
_NAME = r"[A-Z\u00c0-\u00d6\u00d8-\u00de][\w'\u2019-]+"
# Overlapping, so that `When Samir Haddad fled` is `When Samir` and then `Samir Haddad`.
TWO_NAMES = re.compile(
    rf"(?<![\w'\u2019-])(?=({_NAME}) (?:(?:[A-Z]\.|al|el|bin|bint|ibn|abu|de|del|la|van|von) ){{0,2}}"
    rf"((?:al-|el-)?{_NAME}))"
)
# Words with capitals that are no person's: those that start a sentence, those of places and bodies, offices.
NO_NAMES = frozenset((
    "a", "after", "air", "al", "all", "although", "am", "and", "as", "at", "avenue", "because", "before", "both",
    "but", "cape", "catholic", "central", "charities", "church", "city", "college", "community", "congress",
    "costa", "council", "county", "court", "day", "dear", "del", "department", "dr", "east", "eastern", "el",
    "even", "every", "father", "first", "for", "fort", "four", "from", "good", "great", "green", "he", "her",
    "here", "high", "his", "hong", "hospital", "house", "how", "i", "if", "imam", "in", "international", "it",
    "its", "jewish", "july", "june", "just", "justice", "lady", "lake", "las", "last", "later", "los", "lutheran",
    "many", "march", "may", "mayor", "middle", "mother", "mount", "mr", "mrs", "ms", "my", "nations", "new", "no",
    "north", "northern", "not", "now", "of", "office", "on", "once", "one", "or", "our", "pastor", "port",
    "president", "puerto", "rabbi", "red", "rep", "representative", "republic", "rescue", "river", "road",
    "saint", "salvador", "saudi", "school", "sen", "senate", "senator", "services", "she", "sierra", "since",
    "so", "some", "south", "southern", "square", "sri", "st", "state", "states", "still", "street", "supreme",
    "that", "the", "their", "then", "there", "they", "this", "those", "though", "three", "to", "today", "town",
    "two", "un", "united", "university", "valley", "war", "was", "we", "west", "western", "what", "when", "where",
    "while", "white", "who", "why", "with", "world", "years", "you", "cuando", "como", "desde", "ella", "ellos",
    "la", "mi", "nuestra", "nuestro", "pero", "por", "que", "san", "santa", "si", "sin", "su", "una", "y", "ya",
))  # fmt: skip
A_NAME = re.compile(rf"(?i:\b{_KIN}),? (?i:(?:named|called) |llamad[oa] )?(?P<name>{_NAME})")
AT_WORK = re.compile(r"\b(?:interpreter|translator|int\u00e9rprete|traductora?)\b", re.IGNORECASE)
BEFORE_A_NAME = re.compile(
    rf"(?:\b{_KIN},? (?:(?:is |was )?(?:named|called) |llamad[oa] |que se llama )?"
    r"|\b(?:his|her|their) names? (?:is|was|are) |\b(?:named|called|se llama|se llamaba) )(?:dr\. |mrs?\. |ms\. )?$",
    re.IGNORECASE,
)
AFTER_A_NAME = re.compile(
    r",? (?:(?:who|que|has|had|have|and (?:his|her) \w+) )*(?:fled|flees|escaped|hid|hides|survived|arrived|came|lost"
    r"|(?:was|were) (?:resettled|granted|detained|tortured)|is waiting|is still|waits|lives in|lived in|got out|crossed"
    r"|left|worked for|interpreted|translated|(?:is |was )?(?:a refugee|an asylum seeker)"
    rf"|from {_PLACE}|huy\u00f3|escap\u00f3|lleg\u00f3|espera|sigue en|vive en)\b",
    re.IGNORECASE,
)
# A full name is asked about only in a story of flight.
_OF_FLIGHT = (
    *(
        "refug",
        "asyl",
        "fled",
        "flee",
        "escap",
        "resettl",
        "persecut",
        "war",
        "taliban",
        "isis",
        "visa",
        "camp",
        "deport",
    ),
    *("hiding", "hides", "interpreter", "translator", "regime", "asil", "huy", "guerra", "persegu"),
    *map(str.lower, PLACES),
)


# --- the warnings -------------------------------------------------------------------------------------------


def words_to_think_over(supporter: Supporter) -> tuple[Problem, ...]:
    """What to think over before a supporter's own words are sent; each warning names its field."""
    return tuple(
        warning
        for where in ("about", "about_en", "story", "story_en")
        for warning in care_warnings(getattr(supporter, where), where, supporter.name)
    )


def care_warnings(text: str, where: str, signer: str = "") -> tuple[Problem, ...]:
    """The same for one text, each thing once; `signer` is the person's own name, which may stand in it."""
    return tuple(Problem(code, where) for code in _codes(text, signer)) if text else ()


def _codes(text: str, signer: str) -> Iterator[str]:
    folded = " ".join(text.split())
    plain = folded.lower()
    has_digit = _DIGIT.search(plain) is not None
    if has_digit and A_NUMBER.search(folded):
        yield "story.a_number"
    if any(map(plain.__contains__, _OF_STATUS)) and any(pattern.search(folded) for pattern in FIRST_PERSON):
        yield "story.immigration_status"
    if any(map(plain.__contains__, _OF_OTHERS)):
        sentences = _sentences(text)
        if _found(IN_DANGER, plain, sentences) or any(map(_is_named_and_still_there, sentences)):
            yield "story.someone_in_danger"
        if _found(IN_A_CAMP, plain, sentences):
            yield "story.someone_in_a_camp"
    if has_digit and any(pattern.search(folded) for pattern in CASE_NUMBER):
        yield "story.case_number"
    may_name = any(map(plain.__contains__, _OF_FLIGHT)) and TWO_NAMES.search(folded)
    if may_name and any(_names_in_full(sentence, signer) for sentence in _sentences(text)):
        yield "story.full_name"


def _sentences(text: str) -> list[str]:
    return [" ".join(sentence.split()) for sentence in _SENTENCE_END.split(text)]


def _found(patterns: Sequence[tuple[Sequence[str], re.Pattern[str]]], plain: str, sentences: Sequence[str]) -> bool:
    """Whether a sentence about somebody else has one of the patterns."""
    possible = [pattern for words, pattern in patterns if any(map(plain.__contains__, words))]
    return bool(possible) and any(
        pattern.search(sentence) for sentence in sentences if SOMEBODY.search(sentence) for pattern in possible
    )


def _is_named_and_still_there(sentence: str) -> bool:
    """Whether a sentence says that somebody it names, or an interpreter, is still where people flee from."""
    if not STILL_THERE.search(sentence):
        return False
    names = (match["name"].casefold() for match in A_NAME.finditer(sentence))
    return AT_WORK.search(sentence) is not None or any(name not in NO_NAMES for name in names)


def _names_in_full(sentence: str, signer: str) -> bool:
    """Whether a sentence gives the first and the last name of somebody other than the signer."""
    own = signer.casefold().split()
    for match in TWO_NAMES.finditer(sentence):
        names = {name.casefold() for name in match.groups()}
        if names & NO_NAMES or names <= {*own}:
            continue
        if BEFORE_A_NAME.search(sentence[: match.start()]) or AFTER_A_NAME.match(sentence, match.end(2)):
            return True
    return False
