"""Who writes to whom, when and about what, as plain values that a template may be shown."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from plea.asks.words import day_in_words, state_in_words, town_in_words
from plea.model.asks import Ask
from plea.model.officials import Official
from plea.model.people import Supporter

ANSWER_DAYS = 45
"""Days after the letter's date by which an answer is asked for."""

_OF_SUPPORTER = ("name", "street", "city", "state", "zip", "country", "email", "phone", "story", "story_en", "district")
_OF_OFFICIAL = ("name", "last_name", "state", "district", "division", "place", "body", "style")
_OF_CAMPAIGN = ("name", "organizer", "organiser")

VIEWED = {
    "supporter": (*_OF_SUPPORTER, "state_name", "extra"),
    "official": (*_OF_OFFICIAL, "state_name", "role", "sits_on"),
    "campaign": _OF_CAMPAIGN,
}
"""What a template may read of whom."""


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
    # packs of before say `organiser`
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
