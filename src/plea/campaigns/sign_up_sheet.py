"""The form to print before a drive: what will be signed, the consent, and boxes in the order of the spreadsheet."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from plea.asks.render import RenderRequest, render
from plea.asks.show import show_reasons
from plea.campaigns.rooms import Rooms
from plea.campaigns.sheet_words import BLANK, FIELDS, WIDE, label, words
from plea.errors import MendableError
from plea.letters.compose import asked_role, is_for
from plea.letters.fonts import choose
from plea.letters.lines import body_lines
from plea.letters.typesetting import press
from plea.model import Ask, Official, Supporter

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


def sign_up_sheet(rooms: Rooms, columns: Sequence[str] = COLUMNS, language: str = "") -> bytes:
    """The form as a tagged PDF (PDF/UA-1): the text of each letter, the consent sentence, boxes, room to sign.

    `columns` are those of the spreadsheet, in its order; the ones a signer does not fill in are left out. `language`
    is that of the form, the campaign's own if empty; letters are shown in it where they are written in it.
    Raises MendableError for a character that no font shows, UsageError for a language without words.
    """
    settings = rooms.settings
    language = language or settings.language
    said, reasons = words(language), [*_reasons(rooms, language)]
    by = settings.organiser or settings.name
    setting = {
        "language": language,
        "width": rooms.printing.profile.width,
        "height": rooms.printing.profile.height,
        "title": settings.name,
        "by": settings.organiser,
        "letters": [*_letters(rooms, language)],
        "reasons": reasons,
        "consent": (settings.consent and settings.consent.text) or said["consent"].format(by=by),
        "rows": [*_rows([*_fields(columns, language, reasons)])],
        "contact": said["contact"].format(contact=settings.contact) if settings.contact else "",
        "words": {name: said[name] for name in ("intro", "letter", "choose", "form", "care", "sign", "page")},
    }
    found = choose([*_strings(setting)], font_paths=settings.font_paths)
    if found.problems:
        raise MendableError(f"sign-up sheet: {found.problems[0].what}", found.problems[0].hint)
    machine = press(found.stack.folders)
    families = {"families": found.stack.families}
    return machine.compile(
        "sign-up-sheet.typ", {"setting": setting | families}, on=rooms.on, standard="ua-1", tagged=True
    )[0]


def _letters(rooms: Rooms, language: str) -> Iterator[dict[str, Any]]:
    """The text of each ask to each kind of official, with blanks where a signer's own words go; no text twice."""
    said = words(language)
    shown: dict[tuple[str, ...], dict[str, Any]] = {}
    for ask in rooms.asks:
        for official in _officials(rooms):
            if not is_for(ask, official.role):
                continue
            subject, body = _text(rooms, ask, official, _written_in(ask, language))
            letter = shown.setdefault((subject, *body), {"to": [], "subject": subject, "body": body})
            letter["to"].append(_to_whom(rooms, official))
    for letter in shown.values():
        letter["to"] = said["to"].format(whom=said["and"].join(dict.fromkeys(letter["to"])))
        yield letter


def _officials(rooms: Rooms) -> Iterator[Official]:
    """Somebody of each kind the campaign writes to; a person named is that person."""
    for target in rooms.settings.targets:
        role, _, name = target.partition(":")
        if role in rooms.roles:
            yield Official(target, role, name=name)
        elif rooms.directory and (named := rooms.directory.official(target, rooms.on)):
            yield named


def _to_whom(rooms: Rooms, official: Official) -> str:
    role = rooms.roles[official.role]
    return official.name or (role.name if role.scope == "post" else role.plural)


def _text(rooms: Rooms, ask: Ask, official: Official, language: str) -> tuple[str, tuple[str, ...]]:
    """Subject and paragraphs of a letter to that official, as it reads with the ask's own reasons."""
    said = words(language)
    request = RenderRequest(
        supporter=Supporter(BLANK, city=BLANK, story=said["story"], language=language),
        official=Official(official.id, asked_role(ask, official.role), official.name, memberships=official.memberships),
        on=rooms.on,
        language=language,
        params={name: value for name, value in rooms.settings.params.items() if name in ask.params},
        campaign=dict(rooms.facts_for_templates()),
    )
    made = render(rooms.pack, ask, request)
    return made.subject, tuple("\n".join(body_lines(made.body, None)).split("\n\n"))


def _reasons(rooms: Rooms, language: str) -> Iterator[dict[str, str]]:
    """The reasons to choose from: name and text for the signer, the key for whoever types the forms in."""
    seen: set[str] = set()
    for ask in rooms.asks:
        told = replace(ask, params={**ask.params, **rooms.settings.params})
        for reason in show_reasons(rooms.pack, told, rooms.on, _written_in(ask, language)):
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
