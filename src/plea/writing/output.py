"""From a draft to files: every page is made before the first is written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from plea.errors import InputError
from plea.letters.files import Made, produce
from plea.letters.formats import render
from plea.model.letters import Letter, Printing
from plea.problems import Problem, old_problem
from plea.system.files import make_folder, write_atomic
from plea.writing.draft import Draft
from plea.writing.request import Wishes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was made of one person's wishes, and what could not be made.

    `beside` are further files of a letter by its id (`{"envelope": path}`), `pages` those that belong to no letter.
    `warnings` concern every letter.
    """

    letters: tuple[Made, ...] = ()
    copies: tuple[Made, ...] = ()
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    beside: Mapping[str, Mapping[str, Path]] = field(default_factory=dict)
    pages: Mapping[str, Path] = field(default_factory=dict)


def make(wishes: Wishes, draft: Draft) -> Outcome:
    """Write the letters, the signer's copies and the pages beside them."""
    printing = wishes.printing
    outsides = _outsides(draft.letters, printing) if wishes.envelope_page else {}
    produced = produce((*draft.letters, *draft.copies), wishes.formats, printing, wishes.out)
    letters = tuple(made for made in produced.letters if not made.letter.copy_of)
    return Outcome(
        letters=letters,
        copies=tuple(made for made in produced.letters if made.letter.copy_of),
        problems=(*draft.problems, *produced.problems),
        warnings=draft.warnings,
        beside={made.letter.id: _write_outside(made, outsides) for made in letters if made.letter.id in outsides},
        pages=write_test_page(wishes) if wishes.test_page else {},
    )


def write_test_page(wishes: Wishes) -> Mapping[str, Path]:
    """The page that tests printer and window, by its name."""
    from plea.letters.paper.envelopes import test_page  # noqa: PLC0415 (few ask for one)

    path = wishes.out / f"test-page-{wishes.printing.profile.key}.pdf"
    content = test_page(wishes.printing.profile)
    make_folder(wishes.out)
    write_atomic(path, content)
    return {"test_page": path}


def faults(letter: Letter, wishes: Wishes) -> tuple[Problem, ...]:
    """Why the letter cannot be printed as it is; found out by making it, so that nothing is written in vain."""
    try:
        if "pdf" in wishes.formats:
            render(letter, "pdf", wishes.printing)
    except InputError as error:
        who = letter.official.name or letter.official.role
        return (old_problem(f"the {letter.ask} letter to {who}", error.message, error.hint),)
    return ()


def unprintable(letter: Letter, wishes: Wishes) -> tuple[Problem, ...]:
    """The same, each problem by itself: an address cut by its window, a character no font shows."""
    from plea.letters.paper.typeset import UnprintableError, print_letters  # noqa: PLC0415 (not loaded for letters on a screen)

    try:
        print_letters((letter,), wishes.printing, tagged=True)
    except UnprintableError as error:
        return error.problems
    return ()


def _outsides(letters: tuple[Letter, ...], printing: Printing) -> Mapping[str, bytes]:
    """The outside of each letter's envelope, by the letter's id."""
    from plea.letters.paper.envelopes import envelope_page  # noqa: PLC0415 (few ask for one)

    page: Callable[[Letter, Printing], bytes] = envelope_page
    return {letter.id: page(letter, printing) for letter in letters}


def _write_outside(made: Made, outsides: Mapping[str, bytes]) -> Mapping[str, Path]:
    """The envelope's file, beside the letter's own and named after it."""
    first = next(iter(made.files.values()))
    path = first.with_name(f"{first.name.partition('.')[0]}-envelope.pdf")
    write_atomic(path, outsides[made.letter.id])
    return {"envelope": path}
