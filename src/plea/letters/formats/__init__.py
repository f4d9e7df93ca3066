"""The formats a letter can take: names, suffixes, and where each is made. A format is imported when it is used."""

from collections.abc import Mapping
from difflib import get_close_matches
from importlib import import_module
from typing import NamedTuple

from plea.errors import UsageError
from plea.model.letters import Letter, Printing, Rendered


class Format(NamedTuple):
    """Where a format is made (a module with `render(letter, printing)`) and how its files end."""

    module: str
    suffix: str


FORMATS: Mapping[str, Format] = {
    "pdf": Format("plea.letters.formats.pdf", ".pdf"),
    "txt": Format("plea.letters.formats.txt", ".txt"),
    "form": Format("plea.letters.formats.form", ".form.txt"),
    "html": Format("plea.letters.formats.html", ".html"),
    "docx": Format("plea.letters.formats.docx.document", ".docx"),
    "eml": Format("plea.letters.formats.eml", ".eml"),
}


def format_named(name: str) -> Format:
    """The format of that name; UsageError with what exists."""
    if name not in FORMATS:
        near = get_close_matches(name, FORMATS, n=1)
        meant = f"Did you mean {near[0]}? " if near else ""
        raise UsageError(f"there is no format {name!r}", f"{meant}There are {', '.join(FORMATS)}.")
    return FORMATS[name]


def render(letter: Letter, format: str, printing: Printing) -> Rendered:  # noqa: A002 (the trade's word)
    """The letter in that format."""
    rendered = import_module(format_named(format).module).render(letter, printing)
    assert isinstance(rendered, Rendered)
    return rendered
