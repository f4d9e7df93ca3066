"""The words of the sign-up sheet by language, and the size of its boxes."""

from collections.abc import Mapping
from dataclasses import dataclass

from plea.errors import UsageError

WIDE = 12  # columns of the sheet's own grid
BLANK = "______________"


@dataclass(frozen=True, slots=True)
class Field:
    """A box: how much of the sheet's width it takes, how many lines of handwriting it holds."""

    width: int
    lines: int = 1


FIELDS: Mapping[str, Field] = {
    "name": Field(12),
    "name_latin": Field(12),
    "street": Field(12),
    "city": Field(6),
    "state": Field(2),
    "zip": Field(4),
    "country": Field(4),
    "email": Field(7),
    "phone": Field(5),
    "language": Field(4),
    "reasons": Field(12),
    "story": Field(12, 8),
    "story_en": Field(12, 5),
    "translated_by": Field(8),
    "district": Field(4),
    "consent_at": Field(4),
    "consent_source": Field(8),
}
"""The columns a signer fills in, or whoever stands at the table; any other stays off the sheet."""

_WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "intro": "Please read the letter, choose your reasons, and tell your story if you have one: it is what makes "
        "the letter yours. Write in capitals, except in the story.",
        "letter": "The letter",
        "to": "To: {whom}",
        "and": " and ",
        "choose": "Reasons to choose from",
        "form": "Your letter",
        "consent": "I have read the letter. I agree that {by} sends it in my name to the people it is addressed to, "
        "with the reasons and the story I give here.",
        "care": "A letter to an office may be kept and read by others: leave out what could harm you or somebody "
        "else. What you write here is kept as long as the campaign needs it.",
        "sign": "Signature",
        "contact": "Questions, or to take your name back: {contact}",
        "page": "Page {page} of {pages}",
        "story": "[Your own story stands here, if you tell one.]",
        "name": "Name",
        "name_latin": "Name in Latin letters",
        "street": "Street and number",
        "city": "Town",
        "state": "State",
        "zip": "ZIP code",
        "country": "Country",
        "email": "E-mail",
        "email_hint": "only to tell you what became of your letter",
        "phone": "Telephone",
        "language": "Language",
        "reasons": "Reasons",
        "reasons_hint": "two or three, in your order: 1, 2, 3; none means those in the letter",
        "story_label": "Your story",
        "story_hint": "who, where, and what it means to you, in three or four sentences",
        "story_en": "Your story in English",
        "translated_by": "Translated by",
        "district": "House district",
        "consent_at": "Date",
        "consent_source": "Where you sign",
        "consent_source_hint": "event and town",
    },
    "es": {
        "intro": "Lea la carta, elija sus razones y cuente su historia si tiene una: es lo que hace suya la carta. "
        "Escriba en mayúsculas, menos en la historia.",
        "letter": "La carta",
        "to": "Para: {whom}",
        "and": " y ",
        "choose": "Razones para elegir",
        "form": "Su carta",
        "consent": "He leído la carta. Acepto que {by} la envíe en mi nombre a las personas a quienes va dirigida, con "
        "las razones y la historia que doy aquí. La oficina la recibe en inglés.",
        "care": "Una carta a una oficina puede guardarse y ser leída por otros: no escriba lo que pueda hacerle daño a "
        "usted o a otra persona. Lo que escriba aquí se guarda mientras la campaña lo necesite.",
        "sign": "Firma",
        "contact": "Preguntas, o para retirar su nombre: {contact}",
        "page": "Página {page} de {pages}",
        "story": "[Aquí va su propia historia, si la cuenta.]",
        "name": "Nombre",
        "name_latin": "Nombre en letras latinas",
        "street": "Calle y número",
        "city": "Ciudad",
        "state": "Estado",
        "zip": "Código postal",
        "country": "País",
        "email": "Correo electrónico",
        "email_hint": "solo para decirle qué fue de su carta",
        "phone": "Teléfono",
        "language": "Idioma",
        "reasons": "Razones",
        "reasons_hint": "dos o tres, en su orden: 1, 2, 3; ninguna quiere decir las de la carta",
        "story_label": "Su historia",
        "story_hint": "quién, dónde y qué significa para usted, en tres o cuatro frases",
        "story_en": "Su historia en inglés",
        "translated_by": "Traducida por",
        "district": "Distrito de la Cámara",
        "consent_at": "Fecha",
        "consent_source": "Dónde firma",
        "consent_source_hint": "acto y ciudad",
    },
}


def words(language: str) -> Mapping[str, str]:
    """The words of the sheet in that language. Raises UsageError for one that it has not."""
    if language not in _WORDS:
        raise UsageError(f"the sign-up sheet has no words in {language!r}", f"It has: {', '.join(_WORDS)}.")
    return _WORDS[language]


def label(column: str, language: str) -> str:
    """What stands over the box of a column."""
    said = words(language)
    return said[f"{column}_label"] if f"{column}_label" in said else said[column]
