"""What the templates of an ask use, read from their source without running them."""

from collections.abc import Iterator
from dataclasses import dataclass

from jinja2 import TemplateNotFound, nodes

from plea.asks.letter_template import VIEWS, reason_name, sandbox_of
from plea.asks.pack import Pack, letter_name
from plea.asks.template_errors import FAULTS, TemplateFault, located, place_in_file
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


def uses_in_templates(pack: Pack, ask: Ask) -> list[Use]:
    """All that the letters of the ask, their reasons and whatever they include use.

    Raises InputError at `file:line` for source that cannot be read; a template that is not there is a fault of the one
    that names it.
    """
    sandbox, loader = sandbox_of(pack, ask)
    names = [letter_name(language) for language in ask.languages]
    names += [reason_name(reason.key, language) for reason in ask.reasons for language in ask.languages]
    letter = ask.folder / letter_name(ask.languages[0])
    waiting = [(name, (str(letter), 1)) for name in names]
    seen: set[str] = set()
    uses: set[Use] = set()
    try:
        while waiting:
            name, named_at = waiting.pop()
            if name in seen:
                continue
            seen.add(name)
            try:
                source, origin, _ = loader.get_source(sandbox, name)
            except TemplateNotFound as error:
                raise TemplateFault("template.not_found", name=name, place=named_at) from error
            except TemplateFault as error:
                error.place = named_at
                raise
            tree = sandbox.parse(source, name, origin)
            waiting += ((other, (origin, line)) for other, line in _named_templates(tree))
            uses |= {Use(kind, what, *place_in_file(origin, line)) for kind, what, line in _uses(tree)}
    except FAULTS as error:
        raise located(error, letter, loader.served) from error
    return sorted(uses, key=lambda use: (use.file, use.line, use.kind, use.what))


def _named_templates(tree: nodes.Template) -> Iterator[tuple[str, int]]:
    """The names of templates it extends, includes or imports, where they are written out, and the line of each."""
    for node in tree.find_all((nodes.Extends, nodes.Include, nodes.Import, nodes.FromImport)):
        name = node.template  # type: ignore[attr-defined]
        if isinstance(name, nodes.Const) and isinstance(name.value, str):
            yield name.value, node.lineno


def _uses(tree: nodes.Template) -> Iterator[tuple[str, str, int]]:
    own = {node.name for node in tree.find_all(nodes.Name) if node.ctx != "load"} | set(_brought_in(tree)) | _GIVEN
    for node in tree.find_all(nodes.Name):
        if node.ctx == "load" and node.name not in own:
            yield "name", node.name, node.lineno
    for read in tree.find_all(nodes.Getattr):
        if isinstance(read.node, nodes.Name) and read.node.name in VIEWS and read.node.name not in own:
            yield read.node.name, read.attr, read.lineno
    for call in tree.find_all(nodes.Call):
        key = call.args[0].value if call.args and isinstance(call.args[0], nodes.Const) else None
        if isinstance(key, str) and isinstance(call.node, nodes.Name) and call.node.name in _CALLS:
            yield call.node.name, key, call.lineno
        elif isinstance(key, str) and isinstance(call.node, nodes.Getattr) and call.node.attr == "sits_on":
            yield "sits_on", key, call.lineno


def _brought_in(tree: nodes.Template) -> Iterator[str]:
    """The names that macros and imports bring in."""
    for macro in tree.find_all(nodes.Macro):
        yield macro.name
    for imported in tree.find_all(nodes.Import):
        yield imported.target
    for from_import in tree.find_all(nodes.FromImport):
        yield from (name if isinstance(name, str) else name[1] for name in from_import.names)
