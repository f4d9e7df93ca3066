"""What an ask offers, for reading it before writing: its reasons in full and the facts it states."""

from dataclasses import dataclass
from datetime import date

from plea.asks import samples
from plea.asks.askfile import letter_file
from plea.asks.check import uses_of
from plea.asks.draft import reason_text
from plea.asks.pack import Pack
from plea.asks.render import in_child
from plea.asks.scene import RenderRequest, scene_of
from plea.errors import MendableError
from plea.model import Ask, Fact


@dataclass(frozen=True, slots=True)
class ReasonShown:
    """A reason with its text as a letter of that day prints it; `fault` says why it cannot, where it cannot."""

    key: str
    name: str
    text: str
    default: bool
    fault: str = ""


def show_reasons(pack: Pack, ask: Ask, on: date, language: str) -> list[ReasonShown]:
    """The reasons as they read in a letter from a made-up person to the first role of the ask."""
    role = next(iter(ask.roles))
    request = RenderRequest(
        samples.supporter(role, language, story=False), samples.official(role), on=on, language=language
    )
    scene = scene_of(ask, request)
    if pack.built_in:
        texts = [_text(pack, ask, reason.key, scene) for reason in ask.reasons]
    else:
        texts = in_child("reason_texts", pack, ask, letter_file(ask, language), scene=scene)
    return [
        ReasonShown(
            key=reason.key,
            name=reason.name[language],
            text=text.get("text", ""),
            default=reason.key in ask.default_reasons,
            fault=text.get("message", ""),
        )
        for reason, text in zip(ask.reasons, texts, strict=True)
    ]


def facts_used(pack: Pack, ask: Ask) -> list[Fact]:
    """The facts that the letters of the ask may state, by key. Raises MendableError for templates that fail."""
    keys = {use.what for use in uses_of(pack, ask) if use.kind in {"fact", "is_current"}}
    return [pack.facts[key] for key in sorted(keys) if key in pack.facts]


def _text(pack: Pack, ask: Ask, key: str, scene: dict[str, object]) -> dict[str, str]:
    try:
        return {"text": reason_text(pack, ask, key, scene)}
    except MendableError as error:
        return {"message": error.message}
