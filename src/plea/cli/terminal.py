"""Questions to a person at a terminal: one line each, the default in brackets, mistakes asked again with the reason.

Control-C stops at any question; so does the end of input.
"""

import shutil
import sys
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from typing import Any

import click

from plea.writing.wording import counted

Check = Callable[[str], str]
"""Gives what is wrong with an answer, in words; empty when nothing is."""

WIDEST = 80
STORY_END = "."
LONGEST_NUMBER = 7  # "123-456"; no list is longer


def say(text: str, indent: int = 0) -> None:
    """A paragraph for the person, wrapped to the terminal; lines after the first are indented."""
    width = min(WIDEST, shutil.get_terminal_size().columns)
    click.echo(textwrap.fill(text, width, subsequent_indent=" " * indent, break_on_hyphens=False))


def heading(text: str) -> None:
    """A line that starts a new part of the talk."""
    click.echo()
    click.secho(text, bold=True)


def ask(question: str, default: str = "", check: Check | None = None, *, optional: bool = False) -> str:
    """One line of text. Enter takes the default; without one an empty answer is asked again unless `optional`."""
    bracket = f" [{default}]" if default else ""
    while True:
        answer = _read(f"{question}{bracket}: ").strip() or default
        if not answer and optional:
            return ""
        wrong = (check(answer) if check else "") if answer else "Please type something here."
        if not wrong:
            return answer
        say(f"  {wrong}", indent=2)


def decide(question: str, answers: Mapping[str, str], default: str) -> str:
    """One of a few words (`{"yes": "...", "no": "..."}`), which may be shortened; gives the word."""
    choices = ", ".join(f"{word} ({meaning})" if meaning else word for word, meaning in answers.items())
    while True:
        typed = _read(f"{question} {choices} [{default}]: ").strip().casefold() or default
        matches = [word for word in answers if word.startswith(typed)]
        if len(matches) == 1:
            return matches[0]
        say(f"  Please answer {' or '.join(answers)}.")


def choose(question: str, options: Sequence[str], default: int | None = 0) -> int:
    """One of a numbered list; gives its place from 0."""
    _show(options)
    shown = "" if default is None else str(default + 1)
    answer = ask(question, shown, lambda typed: _not_numbers(typed, len(options), most=1))
    return _numbers(answer)[0]


def tick(question: str, options: Sequence[str], default: Sequence[int] = (), *, most: int = 0) -> tuple[int, ...]:
    """Some of a numbered list, at most `most` of them (0: any), in the order typed; gives their places from 0."""
    _show(options)
    shown = " ".join(str(place + 1) for place in default)
    everything = " ".join(str(number) for number in range(1, len(options) + 1))

    def check(typed: str) -> str:
        return _not_numbers(everything if typed.casefold() == "all" else typed, len(options), most)

    answer = ask(f"{question} Numbers such as 1 3", shown, check)
    return tuple(dict.fromkeys(_numbers(everything if answer.casefold() == "all" else answer)))


def type_text(check: Check) -> str:
    """Several lines, typed in place; two empty lines or a single '.' end them. Asked again when something is wrong."""
    while True:
        text = "\n".join(_typed_lines()).strip("\n")
        wrong = check(text)
        if not wrong:
            return text
        say(f"  {wrong}", indent=2)
        say("  Please type it once more.")


def _typed_lines() -> Iterator[str]:
    """The lines until the end; a paste may bring many at once."""
    empty = 0
    while True:
        for line in _read("> ").replace("\r", "\n").split("\n"):
            if line.strip() == STORY_END:
                return
            empty = 0 if line.strip() else empty + 1
            if empty > 1:
                return
            yield line


def _show(options: Sequence[str]) -> None:
    """A numbered list; a long line is wrapped under its own text."""
    width = min(WIDEST, shutil.get_terminal_size().columns)
    for number, option in enumerate(options, start=1):
        click.echo(textwrap.fill(option, width, initial_indent=f"{number:>4}. ", subsequent_indent=" " * 6))


def _not_numbers(typed: str, most_number: int, most: int = 0) -> str:
    """Why an answer names no places of a list; empty when it does."""
    numbers = _numbers(typed)
    if not numbers or any(place not in range(most_number) for place in numbers):
        return f"Please type {'a number' if most == 1 else 'numbers'} from 1 to {most_number}."
    if most and len(set(numbers)) > most:
        return f"Please type {counted(most, 'number')} at most."
    return ""


def _numbers(typed: str) -> list[int]:
    """The places (from 0) that `1 3`, `1,3` or `1-3` name; empty when it is none of these."""
    places: list[int] = []
    for part in typed.replace(",", " ").split():
        first, dash, last = part.partition("-")
        if not (first.isdecimal() and (last.isdecimal() or not dash)) or len(part) > LONGEST_NUMBER:
            return []
        places += range(int(first) - 1, int(last or first))
    return places


def _read(prompt: str) -> str:
    """One line from the person, which they can edit while they type it."""
    with suppress(ImportError):  # absent on some systems
        import_module("readline")  # its import is what makes input() editable
    try:
        return input(prompt)
    except EOFError:
        raise click.Abort from None


def print_json(value: Mapping[str, Any]) -> None:
    """One JSON document on stdout, its text readable as it is."""
    import json

    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def person_present() -> bool:
    """Whether both ends are a terminal; elsewhere nothing ever waits for an answer."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))  # None: closed
