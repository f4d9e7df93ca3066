"""Letters into files: the formats, each imported when it is used; every file is made before the first is written."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from plea.errors import InputError, MachineError, UsageError
from plea.letters.plain_text import file_stems, label
from plea.model.letters import Letter, Printing, Rendered
from plea.problems import Problem
from plea.system.files import make_folder, write_atomic
from plea.system.similar import nearest


class Format(NamedTuple):
    """What makes a format (a function of letter and printing in a module of `plea.letters`), and how its files end."""

    module: str
    function: str
    suffix: str


FORMATS: Mapping[str, Format] = {
    "pdf": Format("paper.typeset", "print_letter", ".pdf"),
    "txt": Format("plain_text", "render_txt", ".txt"),
    "form": Format("plain_text", "render_form", ".form.txt"),
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


# --- files --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WrittenLetter:
    """One letter, its file in each format, the pages it takes, and what the person should know about it."""

    letter: Letter
    files: Mapping[str, Path]
    pages: int
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class WrittenLetters:
    """The letters that were written, and why others were not."""

    letters: tuple[WrittenLetter, ...]
    problems: tuple[Problem, ...] = ()


def write_letters(letters: Sequence[Letter], formats: Sequence[str], printing: Printing, out: Path) -> WrittenLetters:
    """Write each letter in each format into the folder `out`; a letter that cannot be printed right is a problem.

    Files are 0600 and replace those of the same names, a folder that is made is 0700. Raises UsageError for an
    unknown format, MachineError when the folder cannot be written to; then nothing of a letter is left in part.
    """
    suffixes = {name: format_named(name).suffix for name in formats}
    rendered: list[tuple[Letter, dict[str, Rendered]]] = []
    problems: list[Problem] = []
    for letter in letters:
        try:
            rendered.append((letter, {name: render(letter, name, printing) for name in suffixes}))
        except InputError as error:
            problems += (problem.at(label(letter)) for problem in error.problems)
    if rendered:
        make_folder(out)
    stems = file_stems([letter for letter, _ in rendered])
    paths = [{name: out / f"{stem}{suffix}" for name, suffix in suffixes.items()} for stem in stems]
    written = []
    for (letter, contents), files in zip(rendered, paths, strict=True):
        _write_all({files[name]: content.content for name, content in contents.items()})
        pages = max((content.pages for content in contents.values()), default=0)
        of_formats = (warning for content in contents.values() for warning in content.warnings)
        warnings = tuple(dict.fromkeys((*letter.warnings, *of_formats)))
        written.append(WrittenLetter(letter, files, pages, warnings))
    return WrittenLetters(tuple(written), tuple(problems))


def _write_all(contents: Mapping[Path, bytes]) -> None:
    """Write one letter's files; when one cannot be written, those of it that are new are removed."""
    new: list[Path] = []
    try:
        for path, content in contents.items():
            if not os.path.lexists(path):
                new.append(path)
            write_atomic(path, content)
    except MachineError:
        for path in new:
            path.unlink(missing_ok=True)
        raise
