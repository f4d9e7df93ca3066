"""The form to print before a drive: what will be signed, the consent, and boxes in the order of the spreadsheet."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from plea.asks.check import show_reasons
from plea.asks.render import RenderRequest, render
from plea.campaigns.context import CampaignContext
from plea.errors import InputError, UsageError
from plea.letters.compose import asked_role, is_for
from plea.letters.paper.fonts import choose
from plea.letters.paper.typst_compiler import compiler
from plea.letters.plain_text import body_lines
from plea.model.asks import Ask
from plea.model.officials import Official
from plea.model.people import Supporter

COLUMNS = (
    "name",
    "street",
    "city",
    "state",
    "zip",
    "email",
    "phone",
    "reasons",
    "story",
    "consent_at",
    "consent_source",
)
"""What the sheet asks for, in the order of the columns of a new campaign's spreadsheet."""


def sign_up_sheet(context: CampaignContext, columns: Sequence[str] = COLUMNS, language: str = "") -> bytes:
    """The form as a tagged PDF (PDF/UA-1): the text of each letter, the consent sentence, boxes, room to sign.

    `columns` are those of the spreadsheet, in its order; the ones a signer does not fill in are left out. `language`
    is that of the form, the campaign's own if empty; letters are shown in it where they are written in it.
    Raises InputError for a character that no font shows, UsageError for a language without words.
    """
    settings = context.settings
    language = language or settings.language
    said, reasons = words(language), [*_reasons(context, language)]
    by = settings.organiser or settings.name
    setting = {
        "language": language,
        "width": context.printing.profile.width,
        "height": context.printing.profile.height,
        "title": settings.name,
        "by": settings.organiser,
        "letters": [*_letters(context, language)],
        "reasons": reasons,
        "consent": (settings.consent and settings.consent.text) or said["consent"].format(by=by),
        "rows": [*_rows([*_fields(columns, language, reasons)])],
        "contact": said["contact"].format(contact=settings.contact) if settings.contact else "",
        "words": {name: said[name] for name in ("intro", "letter", "choose", "form", "care", "sign", "page")},
    }
    found = choose([*_strings(setting)], font_paths=settings.font_paths)
    if found.problems:
        raise InputError(f"sign-up sheet: {found.problems[0].what}", found.problems[0].hint)
    machine = compiler(found.folders)
    families = {"families": found.families}
    return machine.compile(
        "sign-up-sheet.typ", {"setting": setting | families}, on=context.on, standard="ua-1", tagged=True
    )[0]


def _letters(context: CampaignContext, language: str) -> Iterator[dict[str, Any]]:
    """The text of each ask to each kind of official, with blanks where a signer's own words go; no text twice."""
    said = words(language)
    shown: dict[tuple[str, ...], dict[str, Any]] = {}
    for ask in context.asks:
        for official in _officials(context):
            if not is_for(ask, official.role):
                continue
            subject, body = _text(context, ask, official, _written_in(ask, language))
            letter = shown.setdefault((subject, *body), {"to": [], "subject": subject, "body": body})
            letter["to"].append(_to_whom(context, official))
    for letter in shown.values():
        letter["to"] = said["to"].format(whom=said["and"].join(dict.fromkeys(letter["to"])))
        yield letter


def _officials(context: CampaignContext) -> Iterator[Official]:
    """Somebody of each kind the campaign writes to; a person named is that person."""
    for target in context.settings.targets:
        role, _, name = target.partition(":")
        if role in context.roles:
            yield Official(target, role, name=name)
        elif context.directory and (named := context.directory.official(target, context.on)):
            yield named


def _to_whom(context: CampaignContext, official: Official) -> str:
    role = context.roles[official.role]
    return official.name or (role.name if role.scope == "post" else role.plural)


def _text(context: CampaignContext, ask: Ask, official: Official, language: str) -> tuple[str, tuple[str, ...]]:
    """Subject and paragraphs of a letter to that official, as it reads with the ask's own reasons."""
    said = words(language)
    request = RenderRequest(
        supporter=Supporter(BLANK, city=BLANK, story=said["story"], language=language),
        official=Official(official.id, asked_role(ask, official.role), official.name, memberships=official.memberships),
        on=context.on,
        language=language,
        params={name: value for name, value in context.settings.params.items() if name in ask.params},
        campaign=dict(context.facts_for_templates()),
    )
    made = render(context.pack, ask, request)
    return made.subject, tuple("\n".join(body_lines(made.body, None)).split("\n\n"))


def _reasons(context: CampaignContext, language: str) -> Iterator[dict[str, str]]:
    """The reasons to choose from: name and text for the signer, the key for whoever types the forms in."""
    seen: set[str] = set()
    for ask in context.asks:
        told = replace(ask, params={**ask.params, **context.settings.params})
        for reason in show_reasons(context.pack, told, context.on, _written_in(ask, language)):
            if reason.text and reason.key not in seen:
                seen.add(reason.key)
                yield {"key": reason.key, "name": reason.name, "text": reason.text}


def _written_in(ask: Ask, language: str) -> str:
    return language if language in ask.languages else ask.languages[0]


def _fields(columns: Sequence[str], language: str, reasons: Sequence[dict[str, str]]) -> Iterator[dict[str, Any]]:
    """The boxes, in the order of the columns."""
    for column in columns:
        if column in FIELDS:
            yield {
                "label": label(column, language),
                "hint": words(language).get(f"{column}_hint", ""),
                "lines": FIELDS[column].lines,
                "width": FIELDS[column].width,
                "checks": reasons if column == "reasons" else (),
            }


def _rows(fields: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """The boxes in rows as wide as the sheet."""
    row: list[dict[str, Any]] = []
    for field in fields:
        if row and sum(one["width"] for one in row) + field["width"] > WIDE:
            yield row
            row = []
        row.append(field)
    if row:
        yield row


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _strings(one)


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
