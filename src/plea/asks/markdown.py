"""The Markdown of letters: paragraphs, emphasis, lists and links, read into blocks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Protocol

from markdown_it import MarkdownIt
from markdown_it.token import Token

from plea.asks.placeholders import PRIVATE_USE
from plea.model.letters import Block, Items, Paragraph, Run

_SCHEMES = ("http://", "https://", "mailto:")
_REFUSED = {
    "heading_open": "a heading",
    "fence": "a code block",
    "code_inline": "code (between backquotes)",
    "html_block": "HTML",
    "html_inline": "HTML",
    "image": "an image",
    "blockquote_open": "a quotation block",
    "hr": "a rule (---)",
}


class MarkdownFault(Exception):  # noqa: N818 (carried to `plea.asks.template_errors`, which says it with file and line)
    """What a letter may not hold; `excerpt` is the line of rendered text it stands on, marks left out."""

    def __init__(self, what: str, excerpt: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.excerpt = excerpt


class Resolver(Protocol):
    """Whoever knows what the marks of a letter stand for."""

    def resolve(self, text: str) -> tuple[str, ...]:
        """The text with each mark replaced by its value, cut where a value has a new paragraph."""
        ...


def blocks(text: str, marks: Resolver) -> tuple[Block, ...]:
    """The blocks of rendered Markdown with the marks resolved: see `unfilled` and `filled`."""
    return filled(unfilled(text), marks)


def unfilled(text: str) -> tuple[Block, ...]:
    """The blocks of rendered Markdown with the marks still in place.

    Raises MarkdownFault for anything but paragraphs, emphasis, flat lists and links to http, https and mailto.
    """
    tokens = _reader().parse(text)
    _refuse(tokens, text.split("\n"))
    found: list[Block] = []
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if token.type == "paragraph_open":
            found.append(Paragraph(_in_one_style(_runs(tokens[place + 1]))))
            place += 3
        else:
            inside = list(takewhile(lambda later, token=token: not _closes(later, token), tokens[place + 1 :]))  # type: ignore[misc]
            found.append(_items(inside, ordered=token.type == "ordered_list_open"))
            place += len(inside) + 2
    return tuple(found)


def filled(unfilled: Iterable[Block], marks: Resolver) -> tuple[Block, ...]:
    """The blocks with the marks resolved; a paragraph of which nothing is left goes.

    A typed value of several paragraphs cuts the paragraph it stands in; inside a list it stays in its item.
    """
    found: list[Block] = []
    for block in unfilled:
        if isinstance(block, Paragraph):
            found += map(Paragraph, _paragraphs(block.runs, marks))
        else:
            items = (_joined(tuple(_in_one_line(item, marks))) for item in block.items)
            found.append(Items(tuple(items), block.ordered))
    return tuple(found)


def one_line(text: str, marks: Resolver) -> str:
    """Text that is no Markdown (a subject line) with the marks resolved and all white space folded."""
    return " ".join(" ".join(marks.resolve(text)).split())


def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": True})
    reader.disable("code")  # indented text in a template is indented Jinja, not code
    reader.normalizeLink = lambda url: url  # type: ignore[method-assign]
    reader.validateLink = lambda url: True  # type: ignore[method-assign] # noqa: ARG005 (its name; _check_link says why it refuses one)
    return reader


def _refuse(tokens: Sequence[Token], lines: Sequence[str], line: int = 0) -> None:
    depth = 0
    for token in tokens:
        line = token.map[0] if token.map else line
        depth += token.nesting if token.type.startswith(("bullet_list", "ordered_list")) else 0
        fault = "a list within a list has no place in a letter" if depth > 1 else _fault(token)
        if fault:
            raise MarkdownFault(fault, PRIVATE_USE.sub("...", lines[line]).strip())
        _refuse(token.children or (), lines, line)


def _fault(token: Token) -> str:
    """What is wrong with a token; empty if nothing is."""
    if token.type in _REFUSED:
        return f"{_REFUSED[token.type]} has no place in a letter"
    target = str(token.attrGet("href")) if token.type == "link_open" else _SCHEMES[0]
    if PRIVATE_USE.search(target):
        return "the address of a link may not hold what a person typed"
    return "" if target.startswith(_SCHEMES) else f"a link must begin with http://, https:// or mailto: ({target})"


def _closes(later: Token, opened: Token) -> bool:
    return later.level == opened.level and later.nesting < 0


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
    """The stretches of one inline token, marks still in place."""
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


def _paragraphs(runs: Sequence[Run], marks: Resolver) -> Iterator[tuple[Run, ...]]:
    if len(runs) == 1:  # nearly all
        for part in marks.resolve(runs[0].text):
            text = part.strip(" ")
            if text:
                yield (_with_text(runs[0], text),)
        return
    current: list[Run] = []
    for run in runs:
        first, *more = marks.resolve(run.text)
        current.append(_with_text(run, first))
        for part in more:
            yield from filter(None, [_joined(current)])
            current = [_with_text(run, part)]
    yield from filter(None, [_joined(current)])


def _in_one_line(runs: Sequence[Run], marks: Resolver) -> Iterator[Run]:
    for run in runs:
        yield _with_text(run, " ".join(marks.resolve(run.text)))


def _in_one_style(runs: Sequence[Run]) -> tuple[Run, ...]:
    """The runs with neighbours of one style put together, and none without text."""
    joined: list[Run] = []
    for run in runs:
        if joined and _style(joined[-1]) == _style(run):
            joined[-1] = _with_text(run, joined[-1].text + run.text)
        elif run.text:
            joined.append(run)
    return tuple(joined)


def _joined(runs: Sequence[Run]) -> tuple[Run, ...]:
    """The runs with neighbours of one style put together and the space at both ends cut; empty if nothing is left."""
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
