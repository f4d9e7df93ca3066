"""What goes wrong in a template, as a problem with the file and line where it does."""

import re
from collections.abc import Container
from pathlib import Path
from traceback import walk_tb

from jinja2 import TemplateNotFound, TemplateSyntaxError
from jinja2.exceptions import SecurityError, TemplateError

from plea.errors import InputError
from plea.problems import Problem, Value
from plea.system import toml
from plea.system.files import read_text
from plea.system.limited import MEBIBYTES, SECONDS, LimitExceeded, TimeUp, out_of_memory, out_of_time

CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What no letter holds: controls, and the characters that turn the direction of other people's text."""

_FUNCTION_OWNER = re.compile(r"(?:\w+\.)+(?:<locals>\.)?(?=\w+\(\))")
"""In error messages of Python: `Statements.fact()` is `fact()` to the writer of a template."""


class TemplateFault(Exception):  # noqa: N818 (`located` makes it an InputError with file and line)
    """What a template does wrong.

    `excerpt` is the line of rendered text it is on, placeholders left out; `place` the file and line, where known.
    """

    def __init__(self, code: str, *, excerpt: str = "", place: tuple[str, int] | None = None, **values: Value) -> None:
        self.problem = Problem(code, **values, **({"excerpt": excerpt} if excerpt else {}))
        self.excerpt = excerpt
        self.place = place
        super().__init__(f"{code} {values}")


FAULTS = (
    TemplateError,
    TemplateFault,
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
"""All that the code of a template may raise: it is a program, though a sandboxed one."""


def located(error: BaseException, letter: Path, served: Container[str]) -> InputError:
    """The error at `file:line`, which is the deepest line that is in a template of the pack.

    `served` are the files (and reasons within `ask.toml`) that the templates came from.
    """
    file, line = _place(error, letter, served)
    where = f"{file}:{line}"
    if isinstance(error, TimeUp | MemoryError):
        limit = out_of_time(SECONDS) if isinstance(error, TimeUp) else out_of_memory(MEBIBYTES)
        return LimitExceeded(limit.problem.at(where))
    return InputError(_problem(error).at(where))


def _problem(error: BaseException) -> Problem:
    message = getattr(error, "message", None) or error
    if isinstance(message, Problem):  # of `plea.asks.sandbox.Unknown`
        return message
    match error:
        case TemplateFault():
            return error.problem
        case TemplateNotFound():
            return Problem("template.not_found", name=str(error.name))
        case RecursionError():
            return Problem("template.nested_too_deep")
        case ZeroDivisionError():
            return Problem("template.divides_by_zero")
    text = _FUNCTION_OWNER.sub("", " ".join(CONTROL.sub("", str(message)).split()))
    code = "template.not_allowed" if isinstance(error, SecurityError) else "template.failed"
    return Problem(code, reason=text or type(error).__name__)


def _place(error: BaseException, letter: Path, served: Container[str]) -> tuple[str, int]:
    if isinstance(error, TemplateFault) and error.place:
        return place_in_file(*error.place)
    if isinstance(error, TemplateFault) and error.excerpt:
        # the first line that holds the text as it was rendered; none where the template put it together
        for file in (letter, letter.parent / "ask.toml"):
            for number, line in enumerate(read_text(file).split("\n"), 1):
                if error.excerpt in line:
                    return str(file), number
    if isinstance(error, TemplateSyntaxError):
        return place_in_file(error.filename or str(letter), error.lineno)
    place = (str(letter), 1)
    for frame, frame_line in walk_tb(error.__traceback__):
        if frame.f_code.co_filename in served:
            template = frame.f_globals.get("__jinja_template__")
            # without one jinja has translated the line already; with one it is of the code that jinja generated
            place = (
                frame.f_code.co_filename,
                template.get_corresponding_lineno(frame_line) if template else frame_line,
            )
    return place_in_file(*place)


def reason_origin(ask_file: Path, number: int, language: str) -> str:
    """Where a reason's text is from, as `served` and tracebacks name it."""
    return f"{ask_file}#{number}#{language}"


def place_in_file(origin: str, line: int) -> tuple[str, int]:
    """The file and line of a place; that of a reason's text is counted on from where it starts in `ask.toml`."""
    file, *reason = origin.rsplit("#", 2)
    if not reason or not Path(file).is_file():
        return origin, line
    number, language = reason
    lines = read_text(Path(file)).split("\n")
    at = toml.line_of(Path(file), "reasons", int(number), "text", language)
    at += lines[at - 1].rstrip("\\").endswith(('"""', "'''"))  # the text begins under the opening quotes
    for _ in range(line - 1):
        while at < len(lines) and lines[at - 1].endswith("\\"):  # TOML joins these lines
            at += 1
        at += 1
    return file, min(at, len(lines))
