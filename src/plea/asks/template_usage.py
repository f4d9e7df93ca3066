"""What the templates of an ask use, read from their source without running them."""

from collections.abc import Iterator
from dataclasses import dataclass

from jinja2 import TemplateError, TemplateSyntaxError, nodes

from plea.asks.letter_text import VIEWS, reason_name, sandbox_of
from plea.asks.pack import Pack, letter_name
from plea.asks.sandbox import PackLoader, Sandbox
from plea.asks.template_errors import FAULTS, mendable, place_in_file
from plea.model.asks import Ask

_CALLS = ("fact", "is_current")
_GIVEN = frozenset({"loop", "self", "super", "caller", "varargs", "kwargs"})


@dataclass(frozen=True, slots=True)
class Use:
    """One thing a template uses, and where.

    `kind` is `name` (a variable), `fact`, `is_current`, `sits_on`, or the variable that `what` is read from
    (`supporter`, `official`, `campaign`, `param`).
    """

    kind: str
    what: str
    file: str
    line: int


def survey(pack: Pack, ask: Ask) -> list[Use]:
    """All that the letters of the ask, their reasons and whatever they include use.

    Raises InputError `file:line: what` for source that cannot be read.
    """
    fence, loader = sandbox_of(pack, ask)
    names = [letter_name(language) for language in ask.languages]
    names += [reason_name(reason.key, language) for reason in ask.reasons for language in ask.languages]
    waiting = [(name, "", 1) for name in names]
    seen: set[str] = set()
    found: list[Use] = []
    try:
        while waiting:
            name, named_in, at = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            tree, origin = _tree(fence, loader, name, (named_in, at))
            waiting += ((other, origin, line) for other, line in _others(tree))
            for kind, what, line in _uses(tree):
                file, line_in_file = place_in_file(origin, line)
                found.append(Use(kind, what, file, line_in_file))
    except FAULTS as error:
        raise mendable(error, ask.folder / letter_name(ask.languages[0]), loader.served) from error
    return sorted(set(found), key=lambda use: (use.file, use.line, use.kind, use.what))


def _tree(fence: Sandbox, loader: PackLoader, name: str, named: tuple[str, int]) -> tuple[nodes.Template, str]:
    """The template of that name as a tree, and where it is from; one that cannot be read is a fault of its namer."""
    try:
        source, origin, _ = loader.get_source(fence, name)
    except TemplateError as error:
        raise TemplateSyntaxError(str(error.message), named[1], filename=named[0]) from error
    return fence.parse(source, name, origin), origin


def _others(tree: nodes.Template) -> Iterator[tuple[str, int]]:
    """The names of templates it extends, includes or imports, where they are written out, and the line of each."""
    for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        named = node.template  # type: ignore[attr-defined]
        if isinstance(named, nodes.Const) and isinstance(named.value, str):
            yield named.value, node.lineno


def _uses(tree: nodes.Template) -> Iterator[tuple[str, str, int]]:
    made = {node.name for node in tree.find_all(nodes.Name) if node.ctx != "load"} | set(_named(tree)) | _GIVEN
    for node in tree.find_all(nodes.Name):
        if node.ctx == "load" and node.name not in made:
            yield "name", node.name, node.lineno
    for read in tree.find_all(nodes.Getattr):
        if isinstance(read.node, nodes.Name) and read.node.name in VIEWS and read.node.name not in made:
            yield read.node.name, read.attr, read.lineno
    for call in tree.find_all(nodes.Call):
        key = call.args[0].value if call.args and isinstance(call.args[0], nodes.Const) else None
        if isinstance(key, str) and isinstance(call.node, nodes.Name) and call.node.name in _CALLS:
            yield call.node.name, key, call.lineno
        elif isinstance(key, str) and isinstance(call.node, nodes.Getattr) and call.node.attr == "sits_on":
            yield "sits_on", key, call.lineno


def _named(tree: nodes.Template) -> Iterator[str]:
    """The names that macros and imports bring in."""
    for macro in tree.find_all(nodes.Macro):
        yield macro.name
    for imported in tree.find_all(nodes.Import):
        yield imported.target
    for from_import in tree.find_all(nodes.FromImport):
        yield from (name if isinstance(name, str) else name[1] for name in from_import.names)
