"""The formats a letter can take: names, suffixes, and where each is made. A format is imported when it is used."""

from collections.abc import Mapping
from importlib import import_module
from typing import NamedTuple

from plea.errors import UsageError
from plea.model.letters import Letter, Printing, Rendered
from plea.system.similar import nearest


class Format(NamedTuple):
    """What makes a format (a function of letter and printing in a module of `plea.letters`), and how its files end."""

    module: str
    function: str
    suffix: str


FORMATS: Mapping[str, Format] = {
    "pdf": Format("paper.typeset", "print_letter", ".pdf"),
    "txt": Format("formats.text", "render_txt", ".txt"),
    "form": Format("formats.text", "render_form", ".form.txt"),
    "html": Format("formats.html", "render", ".html"),
    "docx": Format("formats.docx", "render", ".docx"),
    "eml": Format("formats.eml", "render", ".eml"),
}


def format_named(name: str) -> Format:
    """The format of that name. Raises UsageError."""
    if name in FORMATS:
        return FORMATS[name]
    near = nearest(name, FORMATS)
    if near:
        raise UsageError("format.unknown_but_like", format=name, nearest=near, formats=tuple(FORMATS))
    raise UsageError("format.unknown", format=name, formats=tuple(FORMATS))


def render(letter: Letter, format: str, printing: Printing) -> Rendered:  # noqa: A002 (the common word)
    """The letter in that format."""
    module, function, _ = format_named(format)
    rendered = getattr(import_module(f"plea.letters.{module}"), function)(letter, printing)
    assert isinstance(rendered, Rendered)
    return rendered
