"""An ask, a supporter and an official made into the words of a letter."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from plea.asks.context import RenderRequest, render_context
from plea.asks.letter_template import Draft, LetterTemplate, RenderContext, fill, make_template, reason_text
from plea.asks.pack import Pack, letter_file, load_pack
from plea.asks.template_usage import uses_in_templates
from plea.errors import InputError, UsageError
from plea.model.asks import Ask
from plea.model.letters import Block, Items, Paragraph, Run
from plea.problems import unpacked
from plea.system.limited import LimitExceeded, run_limited
from plea.system.similar import nearest

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
    reason, parameter or language that the ask has not, InputError at `file:line` for a fault of a template.
    """
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
    """The letter template of each context, those of a pack that is not built in from child processes.

    Raises LimitExceeded, naming the template, when they take more time or memory than templates may.
    """
    if pack.built_in:
        return [make_template(pack, ask, context) for context in contexts]
    templates: list[LetterTemplate] = []
    for start in range(0, len(contexts), A_CHILD):
        batch = list(contexts[start : start + A_CHILD])
        answers = in_child("templates_for_parent", pack, ask, letter_file(ask, batch[0]["language"]), contexts=batch)
        templates += map(_template_from_child, answers)
    return templates


def in_child(function: str, pack: Pack, ask: Ask, letter: Path, **more: Any) -> list[dict[str, Any]]:
    """What a function of this module gives for an ask, in a limited child process.

    Raises LimitExceeded at the letter where the child was stopped from outside and cannot say its line.
    """
    order = {"folder": str(pack.folder), "ask": ask.key, **more}
    try:
        answer: list[dict[str, Any]] = run_limited(f"plea.asks.render:{function}", order)
    except LimitExceeded as error:
        if error.problem.where:
            raise
        raise LimitExceeded(error.problem.at(f"{letter}:1")) from error
    return answer


def _template_from_child(answer: Mapping[str, Any]) -> LetterTemplate:
    problem = unpacked(answer["problem"]) if answer["problem"] else None
    body = tuple(map(_block, answer["body"]))
    return LetterTemplate(answer["subject"], body, answer["places"], tuple(answer["looked_at"]), problem)


def _block(values: Mapping[str, Any]) -> Block:
    if "runs" in values:
        return Paragraph(tuple(Run(**run) for run in values["runs"]))
    return Items(tuple(tuple(Run(**run) for run in item) for item in values["items"]), values["ordered"])


# --- run in the child -------------------------------------------------------------------------------------


def templates_for_parent(order: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The words of several letters of one ask, without what people typed in them.

    Raises LimitExceeded for the first template that takes too much: the rest would too.
    """
    pack = load_pack(Path(order["folder"]))
    ask = pack.ask(order["ask"])
    templates = [make_template(pack, ask, context) for context in order["contexts"]]
    return [asdict(template) | {"problem": template.problem and template.problem.packed()} for template in templates]


def reasons_for_parent(order: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Each reason of one ask as it reads, or its problem instead."""
    pack = load_pack(Path(order["folder"]))
    ask = pack.ask(order["ask"])
    answers: list[dict[str, Any]] = []
    for reason in ask.reasons:
        try:
            answers.append({"text": reason_text(pack, ask, reason.key, order["context"])})
        except LimitExceeded:
            raise
        except InputError as error:
            answers.append({"problem": error.problem.packed()})
    return answers


def uses_for_parent(order: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What the templates of one ask use."""
    pack = load_pack(Path(order["folder"]))
    return [asdict(use) for use in uses_in_templates(pack, pack.ask(order["ask"]))]
