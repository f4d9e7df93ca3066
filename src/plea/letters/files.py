"""Letters into files: the formats, the names of the files, the picture of a signature.

A format's module is imported when it is used.
"""

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

from plea.errors import InputError, MachineError, UsageError
from plea.letters.plain_text import label
from plea.model.letters import Letter, Printing, Rendered
from plea.problems import Problem
from plea.system.files import make_folder, slug, write_atomic
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


NAME_LIMIT = 100  # bytes of a file's name before its suffix; a name of 120 is promised


def file_stems(letters: Sequence[Letter]) -> tuple[str, ...]:
    """A file name without suffix for each letter: ask, official, and the language unless it is English.

    A post is named by its role, whoever holds it. Two that would be the same (the same person as senator and as chair)
    get the official's id, then the letter's.
    """

    def stem(letter: Letter, name: str) -> str:
        language = "" if letter.language == "en" else f"-{slug(letter.language)}"
        return f"{slug(letter.ask)}-{name}"[: NAME_LIMIT - len(letter.id) - len(language)].rstrip("-") + language

    stems: list[str] = []
    for letter in letters:
        official = letter.official
        name = official.id if official.id == official.role else slug(official.name) or official.id
        stems.append(stem(letter, slug(name)))
    count = Counter(stems)
    stems = [
        short if count[short] == 1 else stem(letter, slug(letter.official.id))
        for letter, short in zip(letters, stems, strict=True)
    ]
    count = Counter(stems)
    return tuple(
        longer if count[longer] == 1 else f"{longer}-{letter.id}" for letter, longer in zip(letters, stems, strict=True)
    )


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


# --- the picture of a signature -------------------------------------------------------------------------------

MEDIA_TYPES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
MAX_PICTURE = 10 * 1024 * 1024  # bytes; a scan of a signature is a hundredth of it


class Picture(NamedTuple):
    """A picture's bytes and its media type."""

    content: bytes
    media_type: str


def read_signature(path: Path | None) -> Picture | None:
    """The picture of a PNG or JPEG file; None without a path. InputError for a file that is neither, or damaged."""
    if path is None:
        return None
    try:
        with path.open("rb") as file:
            content = file.read(MAX_PICTURE + 1)
    except OSError as error:
        raise InputError("signature.not_readable", str(path), reason=error.strerror) from error
    media_type = next((media_type for start, media_type in MEDIA_TYPES.items() if content.startswith(start)), None)
    if media_type is None or len(content) > MAX_PICTURE:
        raise InputError("signature.not_a_picture", str(path))
    if not _is_whole(content):
        raise InputError("signature.damaged", str(path))
    return Picture(content, media_type)


@lru_cache(maxsize=2)
def _is_whole(content: bytes) -> bool:
    """Whether the typesetter can show the picture, so that every format refuses the same ones."""
    from plea.letters.paper.typst_compiler import compiler  # noqa: PLC0415 (not loaded for letters on a screen)

    try:
        compiler().compile("picture.typ", {"picture": list(content)})
    except MachineError:
        return False
    return True
