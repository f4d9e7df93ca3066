"""What the commands share: options, what is shown on a terminal, questions, progress.

A question is one line with the default in brackets, and is asked again after a mistake. Control-C stops at any
question; so does the end of input.
"""

import shutil
import sys
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from unicodedata import normalize

import click

from plea import language
from plea.language import gettext as _
from plea.language import ngettext
from plea.problems import Problem
from plea.system.clock import read_day

if TYPE_CHECKING:
    from plea.campaigns.running.run import Progress as RunProgress

Answer = TypeVar("Answer")

Check = Callable[[str], Problem | None]
"""Gives what is wrong with an answer; None when nothing is."""

WIDEST = 80
STORY_END = "."
LONGEST_NUMBER = 7  # "123-456"; no list is longer
HINT_INDENT = " " * 6


# --- options --------------------------------------------------------------------------------------------------------

HELP = {"help_option_names": ["-h", "--help"]}


class Day(click.ParamType[date]):
    """A day, written as 2026-11-22."""

    name = "day"

    def convert(self, value: str | date, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The day; click.BadParameter where the text is none."""
        day = value if isinstance(value, date) else read_day(value)
        if day is None:
            self.fail(_('"%(typed)s" is not a date; write it as 2026-11-22.', typed=value), param, ctx)
        return day


DAY = Day()
PATH = click.Path(path_type=Path)

json_option = click.option("--json", "as_json", is_flag=True, help=_("For programs: JSON on standard output."))


# --- what is shown --------------------------------------------------------------------------------------------------


def person_present() -> bool:
    """Whether both ends are a terminal; elsewhere nothing ever waits for an answer."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))  # None: closed


def print_json(value: Mapping[str, Any]) -> None:
    """One JSON document on stdout, its text readable as it is."""
    import json

    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def wrapped(text: str, indent: str = "", hanging: str | None = None, widest: int = WIDEST) -> str:
    """A paragraph as wide as the terminal, `widest` at most; lines after the first are indented by `hanging`."""
    return textwrap.fill(
        text,
        min(widest, shutil.get_terminal_size().columns),
        initial_indent=indent,
        subsequent_indent=indent if hanging is None else hanging,
        break_on_hyphens=False,
    )


def heading(text: str) -> None:
    """A line that starts a new part of the conversation."""
    click.echo()
    click.secho(text, bold=True)


def in_language(texts: Mapping[str, str], language: str = "en") -> str:
    """A pack's text in a language, else in English, else in the first language there is."""
    return texts.get(language) or texts.get("en") or next(iter(texts.values()), "")


def problem_text(problem: Problem, title: str = "") -> str:
    """A problem for the screen: where and what, after the title, and the hint on lines of its own."""
    line = f"{title}: {language.line(problem)}" if title else language.line(problem)
    hint = language.hint(problem)
    return wrapped(line, "", HINT_INDENT) + (f"\n{wrapped(hint, HINT_INDENT)}" if hint else "")


def show_problems(problems: Iterable[Problem], title: str = "") -> None:
    """Each problem on the screen."""
    for problem in problems:
        click.echo(problem_text(problem, title))


def show_files(files: Iterable[Path]) -> None:
    """The path of each file that was written."""
    for file in files:
        click.echo(_("Written: %(path)s", path=str(file)))


def show_census_notice() -> None:
    """Say on stderr what the Census Bureau is sent."""
    from plea.officials.network import NOTICE

    click.echo(f"plea: {_(NOTICE)}", err=True)


# --- questions ------------------------------------------------------------------------------------------------------


def ask(question: str, default: str = "", check: Check | None = None, *, optional: bool = False) -> str:
    """One line of text. Enter takes the default; without one an empty answer is asked again unless `optional`."""

    def checked(typed: str) -> str:
        answer = typed.strip()
        if not answer and not optional:
            raise click.UsageError(_("Please type something here."))
        problem = check(answer) if answer and check else None
        if problem:
            raise click.UsageError(problem_text(problem))
        return answer

    return _prompt(question, checked, default or ("" if optional else None), show_default=bool(default))


def decide(question: str, answers: Mapping[str, str], default: str) -> str:
    """One of a few words, which may be shortened, as in `{"yes": _("yes"), "no": _("no")}`; gives its key.

    (`click.confirm` understands no other words than y and n.)
    """

    def matching(typed: str) -> str:
        plain = normalize("NFKD", typed.strip().casefold())  # `si` is enough for `sí`
        matches = [key for key, word in answers.items() if normalize("NFKD", word).startswith(plain)]
        if len(matches) != 1:
            listed = language.listed(answers.values(), "or")
            raise click.UsageError(_("Please answer %(answers)s.", answers=listed))
        return matches[0]

    return _prompt(f"{question} {', '.join(answers.values())}", matching, answers[default])


def choose(question: str, options: Sequence[str], default: int = 0) -> int:
    """One of a numbered list; gives its index from 0."""
    return _pick(question, options, [default], most=1)[0]


def tick(question: str, options: Sequence[str], default: Sequence[int] = (), *, most: int = 0) -> tuple[int, ...]:
    """Some of a numbered list, at most `most` of them (0: any), in the order typed; gives their indexes from 0."""
    return _pick(f"{question} {_('Numbers such as 1 3')}", options, default, most=most)


def _pick(question: str, options: Sequence[str], default: Sequence[int], *, most: int) -> tuple[int, ...]:
    """Shows a numbered list and asks for numbers of it; `all` means every one where any number may be picked."""
    for number, option in enumerate(options, start=1):
        click.echo(wrapped(option, f"{number:>4}. ", " " * 6))

    def indexes(typed: str) -> tuple[int, ...]:
        everything = typed.strip().casefold() == _("all")
        picked = tuple(range(len(options))) if everything else tuple(dict.fromkeys(_indexes(typed)))
        if not picked or any(index not in range(len(options)) for index in picked):
            raise click.UsageError(
                _("Please type a number from 1 to %(last)s.", last=len(options))
                if most == 1
                else _("Please type numbers from 1 to %(last)s.", last=len(options))
            )
        if most and len(picked) > most:
            raise click.UsageError(
                ngettext("Please type %(count)s number at most.", "Please type %(count)s numbers at most.", most)
            )
        return picked

    return _prompt(question, indexes, " ".join(str(index + 1) for index in default) or None)


def _indexes(typed: str) -> list[int]:
    """The indexes (from 0) that `1 3`, `1,3` or `1-3` name; empty when it is none of these."""
    indexes: list[int] = []
    for part in typed.replace(",", " ").split():
        first, dash, last = part.partition("-")
        if not (first.isdecimal() and (last.isdecimal() or not dash)) or len(part) > LONGEST_NUMBER:
            return []
        indexes += range(int(first) - 1, int(last or first))
    return indexes


def type_text(check: Check) -> str:
    """Several typed lines; two empty lines or a single "." end them. Asked again when something is wrong."""
    while True:
        text = "\n".join(_typed_lines()).strip("\n")
        problem = check(text)
        if problem is None:
            return text
        show_problems([problem])
        click.echo(_("Please type it once more."))


def _typed_lines() -> Iterator[str]:
    """The lines until the end; a paste may bring many at once."""
    empty_lines = 0
    while True:
        for line in _prompt(">", str, "", show_default=False, prompt_suffix=" ").replace("\r", "\n").split("\n"):
            if line.strip() == STORY_END:
                return
            empty_lines = 0 if line.strip() else empty_lines + 1
            if empty_lines > 1:
                return
            yield line


def _prompt(question: str, read: Callable[[str], Answer], default: str | None, **options: Any) -> Answer:
    """What `read` makes of the answer; asked again while it raises click.UsageError."""
    with suppress(ImportError):  # absent on some systems
        import_module("readline")  # its import lets people edit what they type
    answer: Answer = click.prompt(question, default=default, value_proc=read, **options)
    return answer


# --- progress -------------------------------------------------------------------------------------------------------


@contextmanager
def counting(what: str) -> Iterator[Callable[[int], None] | None]:
    """A count that grows, of things whose number nobody knows before; None off a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed:,.0f} {task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(what, total=None)
        yield lambda count: bar.update(task, completed=count)


@contextmanager
def letters_made() -> Iterator["Callable[[RunProgress], None]"]:
    """Letters made, with rate and time left; silent off a terminal."""
    if not sys.stderr.isatty():
        yield lambda _progress: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=0)

        def show(now: "RunProgress") -> None:
            text = _("%(done)s of %(total)s letters, %(rate)s a second",
                     done=now.done, total=now.total, rate=round(now.rate))  # fmt: skip
            bar.update(task, completed=now.done, total=now.total, description=text)

        yield show
