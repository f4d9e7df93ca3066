"""One letter as one PDF: tagged, to PDF/UA-1, for the post and for reading on a screen."""

from plea.letters.paper.typeset import print_letters
from plea.model.letters import Letter, Printing, Rendered


def render(letter: Letter, printing: Printing) -> Rendered:
    """The letter as a PDF that passes PDF/UA-1, with the pages it takes; the same bytes for the same letter.

    Its time stamp is noon UTC of the letter's own date. Warnings name what the person should know (a second page).
    Raises UnprintableError with all the problems by name, InputError for a signature that is no picture.
    """
    run = print_letters((letter,), printing, tagged=True)
    return Rendered(run.content, run.pages[0], run.warnings)
