"""From letters to a PDF: finds the fonts, fits the addresses, compiles, and counts the pages of each."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import Any

from plea.errors import InputError, MachineError
from plea.letters.paper.fit import SIZE, Fitted, fit_recipient, fit_sender, sender_shape, texts
from plea.letters.paper.fonts import Stack, choose, is_plain, unseen_problems
from plea.letters.paper.overflow import overruns
from plea.letters.paper.page_geometry import CLOSE, places
from plea.letters.paper.payload import payload, phrases, printed, sender_block
from plea.letters.paper.signature import read_signature
from plea.letters.paper.typst_compiler import Standard, UnseenCharactersError, compiler
from plea.model.letters import Letter, Printing
from plea.problems import Problem, old_problem

LAYOUT = "letter.typ"
STANDARD: Standard = "ua-1"
Words = dict[str, Any]


class UnprintableError(InputError):
    """Letters that would be printed wrong: an address cut by its window, a character no font shows.

    `problems` holds all that was found; the message names each.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        said = dict.fromkeys(f"{problem.where}: {problem.what}" for problem in problems)
        hints = dict.fromkeys(problem.hint for problem in problems)
        super().__init__("; ".join(said), "; ".join(hints))
        self.problems = tuple(problems)


@dataclass(frozen=True, slots=True)
class PrintRun:
    """Letters in one PDF: its bytes, and for each letter its first page (from 1) and how many pages it takes.

    `inputs` and `folders` (of fonts) are what it was compiled from.
    """

    content: bytes
    starts: tuple[int, ...]
    pages: tuple[int, ...]
    warnings: tuple[Problem, ...] = ()
    inputs: Mapping[str, Any] = field(default_factory=dict, repr=False)
    folders: tuple[Path, ...] = ()


def print_letters(
    letters: Sequence[Letter], printing: Printing, *, tagged: bool, numbers: Sequence[str] = ()
) -> PrintRun:
    """The letters as one PDF, each on pages of its own.

    A letter that runs over its page at 11 points is tried at 10.5; if it still does, a warning names it.
    `numbers` are printed small at the foot, one for each letter. Raises UnprintableError with every problem of every
    letter, InputError for a signature that is no picture.
    """
    words = [
        payload(letter, printing.profile, sender_block(letter, printing.profile), texts(letter.recipient))
        for letter in letters
    ]
    for one, number in zip(words, numbers, strict=False):
        one["number"] = number
    if tagged and not printing.large_print and is_plain(map(printed, words)):
        # The standard makes typst look at every glyph: no need to probe before.
        try:
            return _print(letters, words, printing, Stack(), tagged=tagged)
        except UnseenCharactersError:
            pass
    try:
        return _print(letters, words, printing, _stack(words, printing), tagged=tagged)
    except UnseenCharactersError as error:
        raise UnprintableError(unseen_problems(error.characters)) from error


def _stack(words: Iterable[Words], printing: Printing) -> Stack:
    """The families that show every character, or UnprintableError that names those no family shows."""
    found = choose(
        chain.from_iterable(map(phrases, words)), large_print=printing.large_print, font_paths=printing.font_paths
    )
    if found.problems:
        raise UnprintableError(found.problems)
    return found.stack


def _print(
    letters: Sequence[Letter], words: Sequence[Words], printing: Printing, stack: Stack, *, tagged: bool
) -> PrintRun:
    """Fit and compile; compile once more with those that ran over in the closer type."""
    fitted = _fitted(letters, words, printing, stack)
    setting = shared_setting(letters, printing, stack, tagged=tagged)
    try:
        run = compile_leaves(letters, fitted, setting, stack)
    except MachineError as error:
        if printing.signature and "image" in error.message:
            raise InputError(
                f"{printing.signature}: the picture is damaged", "name a PNG or JPEG file that other programs show"
            ) from error
        raise
    long = [index for index, pages in enumerate(run.pages) if pages > 1]
    if not long or printing.large_print:
        return run
    for index in long:
        fitted[index] |= {**CLOSE, "continued": True}
    run = compile_leaves(letters, fitted, setting, stack)
    warnings = tuple(runs_over(letters[index], run.pages[index]) for index in long if run.pages[index] > 1)
    return replace(run, warnings=warnings)


def _fitted(letters: Sequence[Letter], words: Sequence[Words], printing: Printing, stack: Stack) -> list[Words]:
    """The words with their addresses as they stand in the windows, all letters measured in one compile."""
    profile, machine = printing.profile, compiler(stack.folders)

    def measure(lines: Iterable[str]) -> Mapping[str, float]:
        return machine.widths(lines, SIZE, stack.in_addresses)

    if profile.recipient:
        recipients = (line for letter in letters for line in texts(letter.recipient))
        senders = (line for one in words for line in sender_shape(one["sender"], profile)) if profile.sender else ()
        measure([*recipients, *senders])
    # A volume goes to one desk: its address is fitted once.
    desks = dict.fromkeys(letter.recipient for letter in letters)
    fits = {desk: fit_recipient(desk, profile, measure) for desk in desks}
    fitted: list[Words] = []
    problems: list[Problem] = []
    for letter, one in zip(letters, words, strict=True):
        problems += overruns(one, printing, lambda lines, size: machine.widths(lines, size, stack.families))
        found = {"recipient": fits[letter.recipient]}
        if profile.sender:
            found["sender"] = fit_sender(one["sender"], profile, measure)
        problems += [one for one in found.values() if isinstance(one, Problem)]
        lines = {name: one.lines for name, one in found.items() if isinstance(one, Fitted)}
        fitted.append({**one, **lines, "continued": printing.large_print})
    if problems:
        raise UnprintableError(problems)
    return fitted


def shared_setting(letters: Sequence[Letter], printing: Printing, stack: Stack, *, tagged: bool) -> dict[str, Any]:
    """What all letters of one compile share."""
    first = letters[0]
    picture = read_signature(printing.signature)
    return {
        **places(printing),
        "tagged": tagged,
        "title": (first.subject or first.ask) if tagged else f"{len(letters)} letters",
        "author": first.signature_name if tagged else "",
        "language": first.language,
        "families": stack.families,
        "address_families": stack.in_addresses,
        "picture": list(picture.content) if picture else None,
    }


def compile_leaves(letters: Sequence[Letter], words: Sequence[Words], setting: Words, stack: Stack) -> PrintRun:
    """Letters made ready (`words` as fitted, `setting` as shared) in one compile, with the pages each takes."""
    machine = compiler(stack.folders)
    inputs = {"setting": setting, "letters": words}
    content = machine.compile(
        LAYOUT,
        inputs,
        on=max(letter.date for letter in letters),
        standard=STANDARD if setting["tagged"] else None,
        tagged=setting["tagged"],
    )[0]
    *starts, end = machine.ask("query(selector(<start>).or(<end>)).map(it => it.location().page())")
    ends = [*starts[1:], end + 1]
    pages = tuple(end - start for start, end in zip(starts, ends, strict=True))
    return PrintRun(content, tuple(starts), pages, inputs=inputs, folders=stack.folders)


def runs_over(letter: Letter, pages: int) -> Problem:
    """Says which letter takes more than its page."""
    return old_problem(
        f"{letter.ask} to {letter.official.name or letter.official.role}",
        f"runs over: {pages} pages",
        "shorten the story or choose fewer reasons; one page is what gets read",
    )
