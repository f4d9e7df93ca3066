"""An ask, a supporter and an official made into the words of a letter."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from plea.asks.askfile import letter_file
from plea.asks.draft import draft, mold
from plea.asks.mold import Draft, Mold, fill
from plea.asks.pack import Pack
from plea.asks.scene import RenderRequest, scene_of
from plea.errors import MendableError, UsageError
from plea.machine.limited import LimitExceeded, run_limited
from plea.model import Ask, Block, Items, Paragraph, Run

__all__ = ["RenderRequest", "RenderedAsk", "render"]


A_CHILD = 200
"""Letters that one child makes: a tenth of its time for a page of text each, and starting it is paid for once."""


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
    words = draft(pack, ask, scene) if pack.built_in else draft_in_child(pack, ask, scene)
    return RenderedAsk(words.subject, words.body, tuple(scene["reasons"]))


def check_request(ask: Ask, request: RenderRequest) -> None:
    """Raise UsageError for what the ask has not."""
    _check("role", [request.official.role], ask.roles, ask)
    _check("reason", request.reasons, [reason.key for reason in ask.reasons], ask)
    _check("parameter", request.params, ask.params, ask)
    _check("language", [request.language], ask.languages, ask)


def draft_in_child(pack: Pack, ask: Ask, scene: Mapping[str, Any]) -> Draft:
    """The words of a letter from templates that are not trusted. Raises MendableError as `plea.asks.draft` does."""
    return fill(molds_in_child(pack, ask, [scene])[0], scene)


def drafts_of(pack: Pack, ask: Ask, scenes: Sequence[Mapping[str, Any]]) -> list[Draft | MendableError]:
    """The words of several letters of one ask; a letter that cannot be made gives its error instead.

    Raises LimitExceeded as `molds_of` does.
    """
    made: list[Draft | MendableError] = []
    for scene, its in zip(scenes, molds_of(pack, ask, scenes), strict=True):
        try:
            made.append(fill(its, scene))
        except MendableError as error:
            made.append(error)
    return made


def molds_of(pack: Pack, ask: Ask, scenes: Sequence[Mapping[str, Any]]) -> list[Mold]:
    """The mold of each scene, those of a pack that is not built in from child processes.

    Raises LimitExceeded, naming the template, when they take more time or memory than templates may.
    """
    if not pack.built_in:
        return molds_in_child(pack, ask, scenes)
    return [mold(pack, ask, scene) for scene in scenes]


def molds_in_child(pack: Pack, ask: Ask, scenes: Sequence[Mapping[str, Any]]) -> list[Mold]:
    """The mold of each scene of one ask, made in child processes. Raises LimitExceeded as `molds_of` does."""
    made: list[Mold] = []
    for start in range(0, len(scenes), A_CHILD):
        some = list(scenes[start : start + A_CHILD])
        answers = in_child("molds", pack, ask, letter_file(ask, some[0]["language"]), scenes=some)
        made += map(_mold, answers)
    return made


def in_child(what: str, pack: Pack, ask: Ask, blamed: Path, **more: Any) -> list[dict[str, Any]]:
    """What a function of `plea.asks.child` gives for an ask.

    Raises LimitExceeded naming the file that is to blame, since a child that was stopped cannot say its line.
    """
    order = {"folder": str(pack.folder), "ask": ask.key, **more}
    try:
        answer: list[dict[str, Any]] = run_limited(f"plea.asks.child:{what}", order)
    except LimitExceeded as error:
        if not error.message.startswith("took"):
            raise  # it was able to say where
        raise LimitExceeded(error.limit, f"{blamed}:1: the template {error.message}", error.hint) from error
    return answer


def _mold(answer: Mapping[str, Any]) -> Mold:
    fault = answer["fault"]
    return Mold(
        answer["subject"],
        tuple(map(_block, answer["body"])),
        answer["places"],
        tuple(answer["looked_at"]),
        (fault[0], fault[1]) if fault else None,
    )


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
