"""What goes wrong in a template, said as `file:line: what`."""

import re
from collections.abc import Container, Iterable, Iterator
from pathlib import Path
from types import TracebackType

from jinja2 import TemplateSyntaxError
from jinja2.exceptions import SecurityError, TemplateError

from plea.asks.facts import FactFault
from plea.asks.markdown import MarkdownFault
from plea.asks.placeholders import CONTROL, ForeignMark
from plea.errors import InputError
from plea.system import toml
from plea.system.files import read_text
from plea.system.limited import MEBIBYTES, SECONDS, LimitExceeded, TimeUp, out_of_memory, out_of_time

FAULTS = (
    TemplateError,
    FactFault,
    MarkdownFault,
    ForeignMark,
    TimeUp,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)
"""All that the code of a template may raise: it is a program, though a fenced one."""

_OWNER = re.compile(r"(?:\w+\.)+(?:<locals>\.)?(?=\w+\(\))")
"""Of a function, in what Python says of a call: `Statements.fact()` is `fact()` to the writer of a template."""

_HINTS = (
    (FactFault, 'Guard it with {% if is_current("...") %}, or bring the facts up to date.'),
    (SecurityError, "Templates may read what they are given and nothing else."),
    (MarkdownFault, "Letters hold paragraphs, emphasis, lists and links."),
)


def mendable(error: BaseException, letter: Path, served: Container[str]) -> InputError:
    """The error as `file:line: what`, with the deepest line that stands in a template of the pack.

    `served` are the files (and reasons within `ask.toml`) that the templates came from.
    """
    file, line = _place(error, letter, served)
    if isinstance(error, TimeUp | MemoryError):
        limit = out_of_time(SECONDS) if isinstance(error, TimeUp) else out_of_memory(MEBIBYTES)
        return LimitExceeded(limit.problem.at(f"{file}:{line}"))
    hint = next((hint for kind, hint in _HINTS if isinstance(error, kind)), "Mend the template there.")
    return InputError(f"{file}:{line}: {_what(error)}", hint)


def reason_origin(ask_file: Path, place: int, language: str) -> str:
    """Where a reason's text is from, as `served` and tracebacks name it."""
    return f"{ask_file}#{place}#{language}"


def _what(error: BaseException) -> str:
    match error:
        case MarkdownFault() if error.excerpt:
            return f"{error.what} ({error.excerpt})"
        case RecursionError():
            return "is nested too deep, or a template, block or macro uses itself"
        case ZeroDivisionError():
            return "divides by zero"
    said = " ".join(CONTROL.sub("", str(getattr(error, "message", None) or error)).split())
    return _OWNER.sub("", said) or type(error).__name__


def _place(error: BaseException, letter: Path, served: Container[str]) -> tuple[str, int]:
    if isinstance(error, MarkdownFault):
        return _line_with(error.excerpt, (letter, letter.parent / "ask.toml")) or (str(letter), 1)
    if isinstance(error, TemplateSyntaxError):
        return place_in_file(error.filename or str(letter), error.lineno)
    places = [place for place in _lines(error.__traceback__) if place[0] in served]
    return place_in_file(*(places[-1] if places else (str(letter), 1)))


def _line_with(excerpt: str, files: Iterable[Path]) -> tuple[str, int] | None:
    """The first line of the files that holds the text as it was rendered; None where it was put together."""
    for file in files:
        for number, line in enumerate(read_text(file).split("\n"), 1):
            if excerpt and excerpt in line:
                return str(file), number
    return None


def _lines(traceback: TracebackType | None) -> Iterator[tuple[str, int]]:
    while traceback:
        frame = traceback.tb_frame
        line = traceback.tb_lineno
        template = frame.f_globals.get("__jinja_template__")
        if template is not None:  # jinja did not get to translate this one: the line is of its generated code
            line = template.get_corresponding_lineno(line)
        yield frame.f_code.co_filename, line
        traceback = traceback.tb_next


def place_in_file(origin: str, line: int) -> tuple[str, int]:
    """The file and line of a place; that of a reason's text is counted on from where it starts in `ask.toml`."""
    if "#" not in origin:
        return origin, line
    file, place, language = origin.rsplit("#", 2)
    if not Path(file).is_file():
        return origin, line
    starts = toml.line_of(Path(file), "reasons", int(place), "text", language)
    return file, _count_on(read_text(Path(file)).split("\n"), starts, line)


def _count_on(lines: list[str], starts: int, line: int) -> int:
    """The line of the file that holds a line of the text which starts there, past opening quotes and joined lines."""
    at = starts + lines[starts - 1].rstrip("\\").endswith(('"""', "'''"))
    for _ in range(line - 1):
        while at < len(lines) and lines[at - 1].endswith("\\"):
            at += 1
        at += 1
    return min(at, len(lines))
