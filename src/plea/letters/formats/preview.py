"""A page of a letter as a picture, for previews on a screen."""

from plea.errors import UsageError
from plea.letters.paper.typeset import print_letters
from plea.letters.paper.typst_compiler import compiler
from plea.model.letters import Letter, Printing


def picture(letter: Letter, printing: Printing, page: int = 1) -> bytes:
    """The page (from 1) as a PNG of 110 pixels an inch.

    Raises what `pdf.render` raises, and UsageError for a page that the letter has not.
    """
    run = print_letters((letter,), printing, tagged=True)
    if not 1 <= page <= run.pages[0]:
        raise UsageError(f"the letter has no page {page}", f"it has {run.pages[0]}")
    return compiler(run.folders).compile("letter.typ", run.inputs, on=letter.date, picture=True)[page - 1]
