"""An ask, a supporter and an official made into the words of a letter."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from plea.asks.askfile import letter_file
from plea.asks.draft import Draft, draft
from plea.asks.pack import Pack
from plea.asks.scene import RenderRequest, scene_of
from plea.errors import UsageError
from plea.machine.limited import LimitExceeded, run_limited
from plea.model import Ask, Block, Items, Paragraph, Run

__all__ = ["RenderRequest", "RenderedAsk", "render"]


@dataclass(frozen=True, slots=True)
class RenderedAsk:
    """The words of a letter, and the reasons it carries in their order."""

    subject: str
    body: tuple[Block, ...]
    reasons: tuple[str, ...]


def render(pack: Pack, ask: Ask, request: RenderRequest) -> RenderedAsk:
    """The words of one letter.

    Templates of a pack that is not built in run in a limited child process only. Raises UsageError for a role,
    reason, parameter or language that the ask has not, MendableError `file:line: what` for a fault of a template.
    """
    check_request(ask, request)
    scene = scene_of(ask, request)
    words = draft(pack, ask, scene) if pack.built_in else drafts_in_child(pack, ask, [scene])[0]
    return RenderedAsk(words.subject, words.body, tuple(scene["reasons"]))


def check_request(ask: Ask, request: RenderRequest) -> None:
    """Raise UsageError for what the ask has not."""
    _check("role", [request.official.role], ask.roles, ask)
    _check("reason", request.reasons, [reason.key for reason in ask.reasons], ask)
    _check("parameter", request.params, ask.params, ask)
    _check("language", [request.language], ask.languages, ask)


def drafts_in_child(pack: Pack, ask: Ask, scenes: Sequence[Mapping[str, Any]]) -> list[Draft]:
    """The words of several letters of one ask, from templates that are not trusted.

    Raises LimitExceeded, naming the template, when it takes more time or memory than a template may.
    """
    order = {"folder": str(pack.folder), "ask": ask.key, "scenes": list(scenes)}
    try:
        answer = run_limited("plea.asks.draft:drafts", order)
    except LimitExceeded as error:
        file = letter_file(ask, scenes[0]["language"])
        raise LimitExceeded(
            error.limit,
            f"{file}:1: the template {error.message}",
            "A letter is a page of text; look for a loop or a number that is too large.",
        ) from error
    return [Draft(words["subject"], tuple(map(_block, words["body"]))) for words in answer]


def _block(values: Mapping[str, Any]) -> Block:
    if "runs" in values:
        return Paragraph(tuple(Run(**run) for run in values["runs"]))
    return Items(tuple(tuple(Run(**run) for run in item) for item in values["items"]), values["ordered"])


def _check(what: str, wanted: Iterable[str], known: Iterable[str], ask: Ask) -> None:
    there = list(known)
    for key in wanted:
        if key not in there:
            near = get_close_matches(key, there, n=1)
            hint = f"Did you mean {near[0]}? " if near else ""
            raise UsageError(f"the ask {ask.key} has no {what} {key!r}", f"{hint}It has: {', '.join(there)}.")
