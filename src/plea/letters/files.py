"""Letters into files: every file is made before the first is written."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from plea.errors import InputError, MachineError
from plea.letters.formats import format_named, render
from plea.model.letters import Letter, Printing, Rendered
from plea.problems import Problem, old_problem
from plea.system.files import make_folder, slug, write_atomic

NAME_LIMIT = 100  # bytes of a file's name before its suffix; a name of 120 is promised


@dataclass(frozen=True, slots=True)
class Made:
    """One letter, its file in each format, the pages it takes, and what the person should know about it."""

    letter: Letter
    files: Mapping[str, Path]
    pages: int
    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Produced:
    """The letters that were made, why others were not, and which files of an earlier run were replaced."""

    letters: tuple[Made, ...]
    problems: tuple[Problem, ...] = ()
    replaced: tuple[Path, ...] = ()


def produce(letters: Sequence[Letter], formats: Sequence[str], printing: Printing, out: Path) -> Produced:
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
            problems.append(old_problem(f"{letter.ask} to {addressee(letter)}", error.message, error.hint))
    if rendered:
        make_folder(out)
    stems = file_stems([letter for letter, _ in rendered])
    paths = [{name: out / f"{stem}{suffix}" for name, suffix in suffixes.items()} for stem in stems]
    replaced = tuple(path for files in paths for path in files.values() if _is_there(path))
    made = []
    for (letter, contents), files in zip(rendered, paths, strict=True):
        _write_all({files[name]: content.content for name, content in contents.items()})
        pages = max((content.pages for content in contents.values()), default=0)
        made.append(Made(letter, files, pages, _told(letter, contents)))
    return Produced(tuple(made), tuple(problems), replaced)


def addressee(letter: Letter) -> str:
    """The official as a short line calls them: the name, or the role of a post."""
    return letter.official.name or letter.official.role


def file_stems(letters: Sequence[Letter]) -> tuple[str, ...]:
    """A file name without suffix for each letter: ask, official, and the language unless it is English.

    Two that would be the same (the same person as senator and as chair) get the official's id, then the letter's.
    """
    short = [_stem(letter, slug(_who(letter))) for letter in letters]
    longer = [
        stem if count == 1 else _stem(letter, slug(letter.official.id))
        for letter, stem, count in zip(letters, short, _counts(short), strict=True)
    ]
    return tuple(
        stem if count == 1 else f"{stem}-{letter.id}"
        for letter, stem, count in zip(letters, longer, _counts(longer), strict=True)
    )


def _counts(stems: Sequence[str]) -> Iterable[int]:
    """How often each stem occurs."""
    counted = Counter(stems)
    return [counted[stem] for stem in stems]


def _who(letter: Letter) -> str:
    """What names the official in a file's name: a post by its role, whoever holds it; else the person."""
    official = letter.official
    return official.id if official.id == official.role else slug(official.name) or official.id


def _stem(letter: Letter, who: str) -> str:
    """Ask and official within the limit, and the language of a letter that is not in English."""
    language = "" if letter.language == "en" else f"-{slug(letter.language)}"
    return f"{slug(letter.ask)}-{who}"[: NAME_LIMIT - len(letter.id) - len(language)].rstrip("-") + language


def _write_all(contents: Mapping[Path, bytes]) -> None:
    """Write one letter's files; when one cannot be written, those of it that are new are taken back."""
    new: list[Path] = []
    try:
        for path, content in contents.items():
            if not _is_there(path):
                new.append(path)
            write_atomic(path, content)
    except MachineError:
        for path in new:
            path.unlink(missing_ok=True)
        raise


def _is_there(path: Path) -> bool:
    """Whether anything stands at the path, a link that leads nowhere included."""
    try:
        path.lstat()
    except OSError:
        return False
    return True


def _told(letter: Letter, contents: Mapping[str, Rendered]) -> tuple[Problem, ...]:
    """The letter's warnings and those of its formats, each once."""
    of_formats = (warning for one in contents.values() for warning in one.warnings)
    return tuple(dict.fromkeys((*letter.warnings, *of_formats)))
