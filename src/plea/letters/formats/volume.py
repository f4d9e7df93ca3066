"""Many letters to print as one PDF: untagged, since paper has no tags and recurring paragraphs are laid out once.

About 100 to 200 letters a compile is best. Worker processes set `RAYON_NUM_THREADS=1` before they import typst.
"""

from collections.abc import Sequence

from plea.letters.paper.typeset import PrintRun, print_letters
from plea.model.letters import Letter, Printing


def render_volume(letters: Sequence[Letter], printing: Printing, numbers: Sequence[str] = ()) -> PrintRun:
    """The letters in their order, equal to the eye to what `pdf.render` makes of each; same letters, same bytes.

    `numbers`, one for each letter, are printed small at the foot of its first page. The first page of each letter and
    the pages it takes come with it. Raises UnprintableError with the problems of every letter that would be printed
    wrong: leave those out and call again.
    """
    return print_letters(letters, printing, tagged=False, numbers=numbers)
