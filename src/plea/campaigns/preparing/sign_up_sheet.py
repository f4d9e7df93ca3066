"""The form to print before a drive: what will be signed, the consent, and boxes in the order of the spreadsheet.

It is written in the language of those who sign, which need not be that of whoever prints it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from plea import language as speech
from plea.asks.check import show_reasons
from plea.asks.render import RenderRequest, render
from plea.campaigns.context import CampaignContext
from plea.errors import InputError, UsageError
from plea.language import gettext as _
from plea.letters.compose import asked_role, is_for
from plea.letters.paper.fonts import choose
from plea.letters.paper.typst_compiler import compiler
from plea.letters.paper.typst_inputs import strings
from plea.letters.plain_text import body_lines
from plea.messages.message import N_
from plea.model.asks import Ask
from plea.model.officials import Official
from plea.model.people import Supporter

COLUMNS = (
    "name", "street", "city", "state", "zip", "email", "phone", "reasons", "story", "consent_at", "consent_source",
)  # fmt: skip
"""What the sheet asks for, in the order of the columns of a new campaign's spreadsheet."""
GRID_WIDTH = 12
"""Columns of the sheet's own grid."""
BLANK = "______________"


@dataclass(frozen=True, slots=True)
class Box:
    """A box to fill in: its label, how much of the sheet's width it takes, lines of handwriting, what to write."""

    label: str
    width: int
    lines: int = 1
    hint: str = ""


BOXES: Mapping[str, Box] = {
    "name": Box(N_("Name"), 12),
    "name_latin": Box(N_("Name in Latin letters"), 12),
    "street": Box(N_("Street and number"), 12),
    "city": Box(N_("City or town"), 6),
    "state": Box(N_("State"), 2),
    "zip": Box(N_("ZIP code"), 4),
    "country": Box(N_("Country"), 4),
    "email": Box(N_("Email"), 7, hint=N_("only to tell you what became of your letter")),
    "phone": Box(N_("Phone"), 5),
    "language": Box(N_("Language"), 4),
    "reasons": Box(N_("Reasons"), 12, hint=N_("two or three, in your order: 1, 2, 3; none means those in the letter")),
    "story": Box(N_("Your story"), 12, 8, hint=N_("who, where, and what it means to you, in three or four sentences")),
    "story_en": Box(N_("Your story in English"), 12, 5),
    "translated_by": Box(N_("Translated by"), 8),
    "district": Box(N_("House district"), 4),
    "consent_at": Box(N_("Date"), 4),
    "consent_source": Box(N_("Where you sign"), 8, hint=N_("event and town")),
}
"""The columns a signer fills in, or whoever stands at the table; any other stays off the sheet."""


def sign_up_sheet(context: CampaignContext, columns: Sequence[str] = COLUMNS, language: str = "") -> bytes:
    """The form as a tagged PDF (PDF/UA-1): the text of each letter, the consent sentence, boxes, room to sign.

    `columns` are those of the spreadsheet, in its order; the ones a signer does not fill in are left out. `language`
    is that of the form, the campaign's own if empty; letters are shown in it where they are written in it.
    Raises InputError for a character that no font shows, UsageError for a language that this program does not speak.
    """
    settings = context.settings
    language = language or settings.language
    if language not in speech.LANGUAGES:
        raise UsageError("sheet.no_language", "", language=language, languages=tuple(speech.LANGUAGES))
    with speech.using(language):
        setting = {
            "language": language,
            "width": context.printing.profile.width,
            "height": context.printing.profile.height,
            "title": settings.name,
            "by": settings.organizer,
            "letters": _letters(context, language),
            "reasons": _reasons(context, language),
            "consent": (settings.consent and settings.consent.text)
            or _(
                "I have read the letter. I agree that %(organizer)s sends it in my name to the people it is addressed"
                " to, with the reasons and the story I give here.",
                organizer=settings.organizer or settings.name,
            ),
            "rows": [*_rows(context, columns, language)],
            "contact": _("Questions, or to take your name back: %(contact)s", contact=settings.contact)
            if settings.contact
            else "",
            "words": {
                "intro": _(
                    "Please read the letter, choose your reasons, and tell your story if you have one: it is what makes"
                    " the letter yours. Write in capitals, except in the story."
                ),
                "letter": _("The letter"),
                "choose": _("Reasons to choose from"),
                "form": _("Your letter"),
                "care": _(
                    "A letter to an office may be kept and read by others: leave out what could harm you or somebody"
                    " else. What you write here is kept as long as the campaign needs it."
                ),
                "sign": _("Signature"),
                "page": _("Page {page} of {pages}"),  # filled in by the layout
            },
        }
    chosen = choose([*strings(setting)], font_paths=settings.font_paths)
    if chosen.problems:
        raise InputError(chosen.problems[0])
    setting["families"] = chosen.families
    return compiler(chosen.folders).compile(
        "sign-up-sheet.typ", {"setting": setting}, on=context.on, standard="ua-1", tagged=True
    )[0]


def _letters(context: CampaignContext, language: str) -> list[dict[str, Any]]:
    """The text of each ask to each kind of official, with blanks where a signer's own words go; no text twice."""
    officials: list[Official] = []
    for target in context.settings.targets:
        role, _colon, name = target.partition(":")
        if role in context.roles:
            officials.append(Official(target, role, name=name))
        elif context.directory and (named := context.directory.official(target, context.on)):
            officials.append(named)
    recipients: dict[tuple[str, ...], dict[str, None]] = {}
    for ask in context.asks:
        for official in officials:
            if is_for(ask, official.role):
                role_of = context.roles[official.role]
                recipient = official.name or (role_of.name if role_of.scope == "post" else role_of.plural)
                text = _text(context, ask, official, _written_in(ask, language))
                recipients.setdefault(text, {})[recipient] = None
    return [
        {"to": _("To: %(recipients)s", recipients=tuple(names)), "subject": subject, "body": body}
        for (subject, *body), names in recipients.items()
    ]


def _text(context: CampaignContext, ask: Ask, official: Official, language: str) -> tuple[str, ...]:
    """Subject and paragraphs of a letter to that official, as it reads with the ask's own reasons."""
    story = _("[Your own story stands here, if you tell one.]")
    request = RenderRequest(
        supporter=Supporter(BLANK, city=BLANK, story=story, language=language),
        official=Official(official.id, asked_role(ask, official.role), official.name, memberships=official.memberships),
        on=context.on,
        language=language,
        params={name: value for name, value in context.settings.params.items() if name in ask.params},
        campaign=context.settings.facts_for_templates(),
    )
    rendered = render(context.pack, ask, request)
    return rendered.subject, *"\n".join(body_lines(rendered.body, None)).split("\n\n")


def _reasons(context: CampaignContext, language: str) -> list[dict[str, str]]:
    """The reasons to choose from: name and text for the signer, the key for whoever types the forms in."""
    reasons: dict[str, dict[str, str]] = {}
    for ask in context.asks:
        with_params = replace(ask, params={**ask.params, **context.settings.params})
        for reason in show_reasons(context.pack, with_params, context.on, _written_in(ask, language)):
            if reason.text:
                reasons.setdefault(reason.key, {"key": reason.key, "name": reason.name, "text": reason.text})
    return [*reasons.values()]


def _written_in(ask: Ask, language: str) -> str:
    return language if language in ask.languages else ask.languages[0]


def _rows(context: CampaignContext, columns: Sequence[str], language: str) -> Iterator[list[dict[str, Any]]]:
    """The boxes in the order of the columns, in rows as wide as the sheet."""
    row: list[dict[str, Any]] = []
    for column in columns:
        if column not in BOXES:
            continue
        box = BOXES[column]
        if row and sum(other["width"] for other in row) + box.width > GRID_WIDTH:
            yield row
            row = []
        checks = _reasons(context, language) if column == "reasons" else ()
        row.append(
            {"label": _(box.label), "hint": _(box.hint), "lines": box.lines, "width": box.width, "checks": checks}
        )
    if row:
        yield row
