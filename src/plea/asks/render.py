"""An ask, a supporter and an official made into the words of a letter."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from plea.asks.context import RenderRequest, render_context
from plea.asks.letter_template import Draft, LetterTemplate, fill
from plea.asks.letter_text import draft, mold, reason_text
from plea.asks.pack import Pack, letter_file, load_pack
from plea.asks.template_usage import survey
from plea.errors import InputError, UsageError
from plea.model.asks import Ask
from plea.model.letters import Block, Items, Paragraph, Run
from plea.system.limited import LimitExceeded, run_limited

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
    reason, parameter or language that the ask has not, InputError `file:line: what` for a fault of a template.
    """
    check_request(ask, request)
    scene = render_context(ask, request)
    words = draft(pack, ask, scene) if pack.built_in else draft_in_child(pack, ask, scene)
    return RenderedAsk(words.subject, words.body, tuple(scene["reasons"]))


def check_request(ask: Ask, request: RenderRequest) -> None:
    """Raise UsageError for what the ask has not."""
    _check("role", [request.official.role], ask.roles, ask)
    _check("reason", request.reasons, [reason.key for reason in ask.reasons], ask)
    _check("parameter", request.params, ask.params, ask)
    _check("language", [request.language], ask.languages, ask)


def draft_in_child(pack: Pack, ask: Ask, scene: Mapping[str, Any]) -> Draft:
    """The words of a letter from templates that are not trusted. Raises as `plea.asks.letter_text` does."""
    return fill(molds_in_child(pack, ask, [scene])[0], scene)


def drafts_of(pack: Pack, ask: Ask, scenes: Sequence[Mapping[str, Any]]) -> list[Draft | InputError]:
    """The words of several letters of one ask; a letter that cannot be made gives its error instead.

    Raises LimitExceeded as `letter_templates_of` does.
    """
    made: list[Draft | InputError] = []
    for scene, its in zip(scenes, letter_templates_of(pack, ask, scenes), strict=True):
        try:
            made.append(fill(its, scene))
        except InputError as error:
            made.append(error)
    return made


def letter_templates_of(pack: Pack, ask: Ask, scenes: Sequence[Mapping[str, Any]]) -> list[LetterTemplate]:
    """The mold of each scene, those of a pack that is not built in from child processes.

    Raises LimitExceeded, naming the template, when they take more time or memory than templates may.
    """
    if not pack.built_in:
        return molds_in_child(pack, ask, scenes)
    return [mold(pack, ask, scene) for scene in scenes]


def molds_in_child(pack: Pack, ask: Ask, scenes: Sequence[Mapping[str, Any]]) -> list[LetterTemplate]:
    """The mold of each scene of one ask, made in child processes. Raises LimitExceeded as `letter_templates_of` does."""
    made: list[LetterTemplate] = []
    for start in range(0, len(scenes), A_CHILD):
        some = list(scenes[start : start + A_CHILD])
        answers = in_child("molds", pack, ask, letter_file(ask, some[0]["language"]), scenes=some)
        made += map(_mold, answers)
    return made


def in_child(what: str, pack: Pack, ask: Ask, blamed: Path, **more: Any) -> list[dict[str, Any]]:
    """What a function of `plea.asks.render` gives for an ask.

    Raises LimitExceeded naming the file that is to blame, since a child that was stopped cannot say its line.
    """
    order = {"folder": str(pack.folder), "ask": ask.key, **more}
    try:
        answer: list[dict[str, Any]] = run_limited(f"plea.asks.render:{what}", order)
    except LimitExceeded as error:
        if error.problem.where:
            raise  # it was able to say where
        raise LimitExceeded(error.problem.at(f"{blamed}:1")) from error
    return answer


def _mold(answer: Mapping[str, Any]) -> LetterTemplate:
    fault = answer["fault"]
    return LetterTemplate(
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


def molds(order: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The words of several letters of one ask, without what people typed in them.

    Raises LimitExceeded for the first template that runs wild: the rest would fare no better.
    """
    pack = load_pack(Path(order["folder"]))
    ask = pack.ask(order["ask"])
    return [asdict(mold(pack, ask, scene)) for scene in order["scenes"]]


def reason_texts(order: Mapping[str, Any]) -> list[dict[str, str]]:
    """Each reason of one ask as it reads, or its error instead."""
    pack = load_pack(Path(order["folder"]))
    ask = pack.ask(order["ask"])
    answers = []
    for reason in ask.reasons:
        try:
            answers.append({"text": reason_text(pack, ask, reason.key, order["scene"])})
        except LimitExceeded:
            raise
        except InputError as error:
            answers.append({"message": error.message, "hint": error.hint})
    return answers


def uses(order: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What the templates of one ask use."""
    pack = load_pack(Path(order["folder"]))
    return [asdict(use) for use in survey(pack, pack.ask(order["ask"]))]
