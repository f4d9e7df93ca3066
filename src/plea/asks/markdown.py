"""The Markdown of letters: paragraphs, emphasis, lists and links, read into blocks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import Protocol

from markdown_it import MarkdownIt
from markdown_it.token import Token

from plea.asks.placeholders import PRIVATE_USE
from plea.asks.template_errors import TemplateFault
from plea.model.letters import Block, Items, Paragraph, Run

_SCHEMES = ("http://", "https://", "mailto:")
_REFUSED = {
    "heading_open": "markdown.heading",
    "fence": "markdown.code_block",
    "code_inline": "markdown.code",
    "html_block": "markdown.html",
    "html_inline": "markdown.html",
    "image": "markdown.image",
    "blockquote_open": "markdown.quotation",
    "hr": "markdown.rule",
}


class Resolver(Protocol):
    """The values that the placeholders of a letter stand for."""

    def resolve(self, text: str) -> tuple[str, ...]:
        """The text with each placeholder replaced by its value, cut where a value has a new paragraph."""
        ...


def blocks(text: str, values: Resolver) -> tuple[Block, ...]:
    """The blocks of rendered Markdown with values in place of placeholders: see `unfilled` and `filled`."""
    return filled(unfilled(text), values)


@cache
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": True})
    reader.disable("code")  # indented text in a template is indented Jinja, not code
    reader.normalizeLink = lambda url: url  # type: ignore[method-assign]
    reader.validateLink = lambda url: True  # type: ignore[method-assign] # noqa: ARG005 (its name; `_refused_as` says why it refuses one)
    return reader


@lru_cache(maxsize=256)  # letters to several roles often have the same words, and nothing that people typed is in them
def unfilled(text: str) -> tuple[Block, ...]:
    """The blocks of rendered Markdown with the placeholders still in place.

    Raises TemplateFault for anything but paragraphs, emphasis, flat lists and links to http, https and mailto.
    """
    tokens = _reader().parse(text)
    _refuse(tokens, text.split("\n"))
    blocks: list[Block] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if token.type == "paragraph_open":
            blocks.append(Paragraph(_in_one_style(_runs(tokens[place + 1]))))
            place += 3
        else:
            end = next(at for at, later in enumerate(tokens) if at > place and later.level == token.level)
            blocks.append(_items(tokens[place + 1 : end], ordered=token.type == "ordered_list_open"))
            place = end + 1
    return tuple(blocks)


def filled(unfilled: Iterable[Block], values: Resolver) -> tuple[Block, ...]:
    """The blocks with values in place of placeholders; a paragraph of which nothing is left goes.

    A typed value of several paragraphs cuts the paragraph it stands in; inside a list it stays in its item.
    """
    blocks: list[Block] = []
    for block in unfilled:
        if isinstance(block, Paragraph):
            blocks += map(Paragraph, _paragraphs(block.runs, values))
        else:
            items = [
                _joined([_with_text(run, " ".join(values.resolve(run.text))) for run in item]) for item in block.items
            ]
            blocks.append(Items(tuple(items), block.ordered))
    return tuple(blocks)


def one_line(text: str, values: Resolver) -> str:
    """Text that is no Markdown (a subject line) with values in place of placeholders and all white space folded."""
    return " ".join(" ".join(values.resolve(text)).split())


def _refuse(tokens: Sequence[Token], lines: Sequence[str], line: int = 0) -> None:
    depth = 0
    for token in tokens:
        line = token.map[0] if token.map else line
        depth += token.nesting if token.type.startswith(("bullet_list", "ordered_list")) else 0
        code = "markdown.nested_list" if depth > 1 else _refused_as(token)
        if code:
            raise TemplateFault(code, excerpt=PRIVATE_USE.sub("...", lines[line]).strip())
        _refuse(token.children or (), lines, line)


def _refused_as(token: Token) -> str:
    """The code of what is wrong with a token; empty if nothing is."""
    if token.type != "link_open":
        return _REFUSED.get(token.type, "")
    address = str(token.attrGet("href"))
    if PRIVATE_USE.search(address):
        return "markdown.typed_link"
    return "" if address.startswith(_SCHEMES) else "markdown.link_scheme"


def _items(tokens: Sequence[Token], *, ordered: bool) -> Items:
    items: list[tuple[Run, ...]] = []
    for token in tokens:
        if token.type == "list_item_open":
            items.append(())
        elif token.type == "inline":
            runs = _runs(token)
            items[-1] += (Run(" "), *runs) if items[-1] else runs
    return Items(tuple(items), ordered)


def _runs(inline: Token) -> tuple[Run, ...]:
    """The stretches of one inline token, placeholders still in place."""
    style = Run("")
    runs: list[Run] = []
    for token in inline.children or ():
        match token.type:
            case "text" | "text_special":
                runs.append(_with_text(style, token.content))
            case "softbreak" | "hardbreak":
                runs.append(_with_text(style, " "))
            case "strong_open" | "strong_close":
                style = replace(style, strong=token.nesting > 0)
            case "em_open" | "em_close":
                style = replace(style, emphasis=token.nesting > 0)
            case "link_open" | "link_close":
                style = replace(style, href=str(token.attrGet("href") or ""))
    return tuple(runs)


def _paragraphs(runs: Sequence[Run], values: Resolver) -> Iterator[tuple[Run, ...]]:
    if len(runs) == 1:  # nearly all
        for part in values.resolve(runs[0].text):
            text = part.strip(" ")
            if text:
                yield (_with_text(runs[0], text),)
        return
    current: list[Run] = []
    for run in runs:
        first, *more = values.resolve(run.text)
        current.append(_with_text(run, first))
        for part in more:
            yield from filter(None, [_joined(current)])
            current = [_with_text(run, part)]
    yield from filter(None, [_joined(current)])


def _in_one_style(runs: Sequence[Run]) -> tuple[Run, ...]:
    """The runs with neighbors of one style put together, and none without text."""
    joined: list[Run] = []
    for run in runs:
        if joined and _style(joined[-1]) == _style(run):
            joined[-1] = _with_text(run, joined[-1].text + run.text)
        elif run.text:
            joined.append(run)
    return tuple(joined)


def _joined(runs: Sequence[Run]) -> tuple[Run, ...]:
    """The runs with neighbors of one style put together and the space at both ends cut; empty if nothing is left."""
    joined = list(_in_one_style(runs))
    while joined and not joined[0].text.strip(" "):
        joined.pop(0)
    while joined and not joined[-1].text.strip(" "):
        joined.pop()
    if joined:
        joined[0] = _with_text(joined[0], joined[0].text.lstrip(" "))
        joined[-1] = _with_text(joined[-1], joined[-1].text.rstrip(" "))
    return tuple(joined)


def _with_text(run: Run, text: str) -> Run:
    """The run with another text; `dataclasses.replace` takes ten times as long, and every letter comes through here."""
    return run if text == run.text else Run(text, run.strong, run.emphasis, run.href)


def _style(run: Run) -> tuple[bool, bool, str]:
    return run.strong, run.emphasis, run.href
