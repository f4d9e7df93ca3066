"""An ask, a supporter and an official made into the words of a letter.

First what a template is shown, as plain values; then the letters that it gives. Templates of a pack that is not built
in run in a limited child process only, and the words that a child hands up hold nothing that people typed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from plea.asks.letter_template import Draft, LetterTemplate, RenderContext, fill, make_template
from plea.asks.pack import Pack, letter_file, load_pack
from plea.errors import InputError, UsageError
from plea.model.asks import Ask
from plea.model.letters import Block, Items, Paragraph, Run
from plea.model.officials import Official
from plea.model.people import Supporter
from plea.model.states import MILITARY, STATE_NAMES
from plea.problems import unpacked
from plea.system.limited import LimitExceeded, run_limited
from plea.system.similar import nearest

ANSWER_DAYS = 45
"""Days after the letter's date by which an answer is asked for."""

LETTERS_A_CHILD = 200
"""Letters that one child process makes: of a page each they take a tenth of its time."""

_OF_SUPPORTER = ("name", "street", "city", "state", "zip", "country", "email", "phone", "story", "story_en", "district")
_OF_OFFICIAL = ("name", "last_name", "state", "district", "division", "place", "body", "style")
_OF_CAMPAIGN = ("name", "organizer", "organiser")

VIEWED = {
    "supporter": (*_OF_SUPPORTER, "state_name", "extra"),
    "official": (*_OF_OFFICIAL, "state_name", "role", "sits_on"),
    "campaign": _OF_CAMPAIGN,
}
"""What a template may read of whom."""

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
}

_IN_SPANISH = {
    "DC": "el Distrito de Columbia", "HI": "Hawái", "LA": "Luisiana", "MI": "Míchigan", "MS": "Misisipi",
    "MO": "Misuri", "NH": "Nuevo Hampshire", "NJ": "Nueva Jersey", "NM": "Nuevo México", "NY": "Nueva York",
    "NC": "Carolina del Norte", "ND": "Dakota del Norte", "OR": "Oregón", "PA": "Pensilvania",
    "SC": "Carolina del Sur", "SD": "Dakota del Sur", "TX": "Texas", "WV": "Virginia Occidental",
    "AS": "Samoa Americana", "MP": "las Islas Marianas del Norte",
    "VI": "las Islas Vírgenes de los Estados Unidos",
}  # fmt: skip

_CANADA = {
    "AB": "Alberta", "BC": "British Columbia", "MB": "Manitoba", "NB": "New Brunswick",
    "NL": "Newfoundland and Labrador", "NS": "Nova Scotia", "NT": "the Northwest Territories", "NU": "Nunavut",
    "ON": "Ontario", "PE": "Prince Edward Island", "QC": "Quebec", "SK": "Saskatchewan", "YT": "Yukon",
}  # fmt: skip


@lru_cache(maxsize=256)
def day_in_words(day: date, language: str, country: str = "US") -> str:
    """`January 6, 2027`; `6 January 2027` in Britain; `6 de enero de 2027`; ISO 8601 in a language not known here."""
    if language not in _MONTHS:
        return day.isoformat()
    month = _MONTHS[language].split()[day.month - 1]
    if language == "es":
        return f"{day.day} de {month} de {day.year}"
    return f"{day.day} {month} {day.year}" if country == "GB" else f"{month} {day.day}, {day.year}"


def state_in_words(code: str, language: str, country: str = "US") -> str:
    """The name of a state or province; what is no known code is given back as it is (`Greater London`).

    Military codes (AE, AA, AP) are not places to live in and give the empty string.
    """
    if country == "CA":
        return _CANADA.get(code, code)
    if country != "US":
        return code
    if code in MILITARY:
        return ""
    return (language == "es" and _IN_SPANISH.get(code)) or STATE_NAMES.get(code, code)


def town_in_words(city: str, state_name: str, state: str, zip_code: str) -> str:
    """`Burlington, Vermont`; where the city is unknown the state, else the ZIP; empty when nothing is known."""
    if not city:
        return state_name or zip_code
    if not state_name or state == "DC":
        return f"{city}, D.C." if state == "DC" else city
    return f"{city}, {state_name}"


@dataclass(frozen=True, slots=True)
class RenderRequest:
    """What a letter is rendered from. `reasons` in the order chosen, empty for the ask's own.

    `campaign` may hold `name`, `organizer` and `deadline` (words that replace the letter's date + ANSWER_DAYS). Days
    are written as in `country`, where the letter goes; without one as where its writer lives.
    """

    supporter: Supporter
    official: Official
    on: date
    language: str = "en"
    reasons: tuple[str, ...] = ()
    params: Mapping[str, str] = field(default_factory=dict)
    campaign: Mapping[str, str] = field(default_factory=dict)
    country: str = ""


def render_context(ask: Ask, request: RenderRequest) -> dict[str, Any]:
    """The request as JSON-able values, with what follows from it (town, date and deadline in words)."""
    supporter, official, language = request.supporter, request.official, request.language
    campaign = {name: request.campaign.get(name, "") for name in _OF_CAMPAIGN}
    # older packs say `organiser`
    campaign["organizer"] = campaign["organiser"] = campaign["organizer"] or campaign["organiser"]
    state_name = state_in_words(supporter.state, language, supporter.country)
    country = request.country or supporter.country
    answer_by = day_in_words(request.on + timedelta(days=ANSWER_DAYS), language, country)
    return {
        "language": language,
        "on": request.on.isoformat(),
        "date": day_in_words(request.on, language, country),
        "deadline": request.campaign.get("deadline") or answer_by,
        "town": town_in_words(supporter.city, state_name, supporter.state, supporter.zip),
        "supporter": {name: getattr(supporter, name) for name in _OF_SUPPORTER} | {"state_name": state_name},
        "extra": dict(supporter.extra),
        "official": {name: getattr(official, name) for name in _OF_OFFICIAL}
        | {"state_name": state_in_words(official.state, language)},
        "role": official.role,
        "committees": [seat.committee for seat in official.memberships],
        "campaign": campaign,
        "params": {**ask.params, **request.params},
        "reasons": list(request.reasons or ask.default_reasons),
    }


# --- the letters ------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RenderedAsk:
    """The words of a letter, and the reasons it carries in their order."""

    subject: str
    body: tuple[Block, ...]
    reasons: tuple[str, ...]


def render(pack: Pack, ask: Ask, request: RenderRequest) -> RenderedAsk:
    """The words of one letter. Raises as `check_request`, and InputError at `file:line` for a fault of a template."""
    check_request(ask, request)
    context = render_context(ask, request)
    (template,) = letter_templates_of(pack, ask, [context])
    draft = fill(template, context)
    return RenderedAsk(draft.subject, draft.body, tuple(context["reasons"]))


def check_request(ask: Ask, request: RenderRequest) -> None:
    """Raise UsageError for a role, reason, parameter or language that the ask has not."""
    reasons = [reason.key for reason in ask.reasons]
    for unknown, mistyped, given, known in (
        ("ask.no_such_role", "ask.mistyped_role", [request.official.role], [*ask.roles]),
        ("ask.no_such_reason", "ask.mistyped_reason", request.reasons, reasons),
        ("ask.no_such_parameter", "ask.mistyped_parameter", request.params, [*ask.params]),
        ("ask.no_such_language", "ask.mistyped_language", [request.language], ask.languages),
    ):
        for key in given:
            if key not in known:
                values = {"ask": ask.key, "given": key, "known": ", ".join(known)}
                similar = nearest(key, known)
                raise UsageError(mistyped, **values, nearest=similar) if similar else UsageError(unknown, **values)


def drafts_of(pack: Pack, ask: Ask, contexts: Sequence[RenderContext]) -> list[Draft | InputError]:
    """The words of several letters of one ask; a letter that cannot be made gives its error instead.

    Raises LimitExceeded as `letter_templates_of` does.
    """
    drafts: list[Draft | InputError] = []
    for context, template in zip(contexts, letter_templates_of(pack, ask, contexts), strict=True):
        try:
            drafts.append(fill(template, context))
        except InputError as error:
            drafts.append(error)
    return drafts


def letter_templates_of(pack: Pack, ask: Ask, contexts: Sequence[RenderContext]) -> list[LetterTemplate]:
    """The letter template of each context.

    Raises LimitExceeded, naming the template, when they take more time or memory than templates may.
    """
    if pack.built_in:
        return [make_template(pack, ask, context) for context in contexts]
    templates: list[LetterTemplate] = []
    for start in range(0, len(contexts), LETTERS_A_CHILD):
        batch = list(contexts[start : start + LETTERS_A_CHILD])
        language = batch[0]["language"]
        for answer in in_child(f"{__name__}:templates_for_parent", pack, ask, language, contexts=batch):
            problem = answer["problem"] and unpacked(answer["problem"])
            values = {"body": tuple(map(_block, answer["body"])), "looked_at": tuple(answer["looked_at"])}
            templates.append(LetterTemplate(**answer | values | {"problem": problem}))
    return templates


def in_child(target: str, pack: Pack, ask: Ask, language: str, **more: Any) -> list[dict[str, Any]]:
    """What `module:function` gives for an ask, in a limited child process.

    Raises LimitExceeded at the letter where the child was stopped from outside and cannot say its line.
    """
    order = {"folder": str(pack.folder), "ask": ask.key, **more}
    try:
        answer: list[dict[str, Any]] = run_limited(target, order)
    except LimitExceeded as error:
        if error.problem.where:
            raise
        raise LimitExceeded(error.problem.at(f"{letter_file(ask, language)}:1")) from error
    return answer


def _block(values: Mapping[str, Any]) -> Block:
    if "runs" in values:
        return Paragraph(tuple(Run(**run) for run in values["runs"]))
    return Items(tuple(tuple(Run(**run) for run in item) for item in values["items"]), values["ordered"])


# --- in the child -----------------------------------------------------------------------------------------


def ask_of(order: Mapping[str, Any]) -> tuple[Pack, Ask]:
    """The pack and the ask that an order of `in_child` is about."""
    pack = load_pack(Path(order["folder"]))
    return pack, pack.ask(order["ask"])


def templates_for_parent(order: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The letter template of each context of the order, as JSON values.

    Raises LimitExceeded for the first template that takes too much: the rest would too.
    """
    pack, ask = ask_of(order)
    templates = [make_template(pack, ask, context) for context in order["contexts"]]
    return [
        {
            "subject": template.subject,
            "body": [asdict(block) for block in template.body],
            "places": template.places,
            "looked_at": template.looked_at,
            "problem": template.problem and template.problem.packed(),
        }
        for template in templates
    ]
