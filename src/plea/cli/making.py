"""From a draft to files: every page is made before the first is written."""

from collections.abc import Callable, Mapping
from pathlib import Path

from plea.cli.draft import Draft
from plea.cli.report import Outcome
from plea.cli.wishes import Wishes
from plea.letters.produce import Made, make_folder, produce
from plea.machine.files import write_atomic
from plea.model import Letter, Printing

SEATS = "--to"
INCOMPLETE, MENDABLE = 3, 1


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
    from plea.letters.envelopes import test_page

    path = wishes.out / f"test-page-{wishes.printing.profile.key}.pdf"
    content = test_page(wishes.printing.profile)
    make_folder(wishes.out)
    write_atomic(path, content)
    return {"test_page": path}


def exit_code(outcome: Outcome) -> int:
    """0 when all is made; 3 when some is not, or a seat could not be named; 1 when nothing is, for the user to mend."""
    if not outcome.problems:
        return 0
    seat = any(problem.where.startswith(SEATS) for problem in outcome.problems)
    return INCOMPLETE if outcome.letters or seat else MENDABLE


def _outsides(letters: tuple[Letter, ...], printing: Printing) -> Mapping[str, bytes]:
    """The outside of each letter's envelope, by the letter's id."""
    from plea.letters.envelopes import envelope_page

    page: Callable[[Letter, Printing], bytes] = envelope_page
    return {letter.id: page(letter, printing) for letter in letters}


def _write_outside(made: Made, outsides: Mapping[str, bytes]) -> Mapping[str, Path]:
    """The envelope's file, beside the letter's own and named after it."""
    first = next(iter(made.files.values()))
    path = first.with_name(f"{first.name.partition('.')[0]}-envelope.pdf")
    write_atomic(path, outsides[made.letter.id])
    return {"envelope": path}
