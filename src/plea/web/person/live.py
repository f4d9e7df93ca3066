"""The letter as the page it will be, while it is being written."""

import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from plea.errors import PleaError
from plea.letters.formats.picture import picture
from plea.letters.print_run import print_letters
from plea.model import Letter, Problem
from plea.web.person.checks import typed_troubles
from plea.web.person.desk import Desk
from plea.web.person.sitting import Sitting
from plea.writing.draft import Draft


@dataclass(frozen=True, slots=True)
class Drawn:
    """The first page as a PNG, how many pages the letter takes, and what its writer should know."""

    png: bytes
    pages: int
    notes: tuple[Problem, ...]


def letters_of(desk: Desk) -> Sequence[Letter]:
    """The letters as they would be made now; none while something is wrong."""
    if not isinstance(desk.draft, Draft) or any(True for _ in typed_troubles(desk)):
        return ()
    return (*desk.draft.letters, *desk.draft.copies)


def shown_letter(desk: Desk) -> Letter | None:
    """The letter whose page is shown."""
    letters = letters_of(desk)
    return letters[min(desk.sitting.shown, len(letters) - 1)] if letters else None


def draw(letter: Letter, desk: Desk) -> Drawn:
    """The page as it will be printed. Raises UnprintableError with what cannot be printed right."""
    printing = desk.wishes.printing
    run = print_letters((letter,), printing, tagged=True)
    return Drawn(picture(letter, printing), run.pages[0], run.warnings)


class Superseded(Exception):  # noqa: N818 (nothing went wrong)
    """A newer text has come in while this one waited."""


class Turn:
    """One text of a sitting is set at a time, and of those that wait only the newest."""

    def __init__(self, sitting: Sitting) -> None:
        self._sitting = sitting
        sitting.newest += 1
        self._number = sitting.newest

    def __enter__(self) -> None:
        self._sitting.turn.acquire()
        if self._number != self._sitting.newest:
            self._sitting.turn.release()
            raise Superseded

    def __exit__(self, *_: object) -> None:
        self._sitting.turn.release()


def warm(desk: Desk) -> None:
    """Set a page in a thread of its own, so that typesetter, fonts and templates are at hand when they are wanted."""
    letters = letters_of(desk)
    if letters:
        threading.Thread(target=_try_to_draw, args=(letters[0], desk), daemon=True).start()


def _try_to_draw(letter: Letter, desk: Desk) -> None:
    """Set a page for nobody to see; what is wrong with it is said when the person asks for it."""
    with suppress(PleaError):
        draw(letter, desk)
