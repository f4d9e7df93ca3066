"""What to do with finished letters, step by step, in sentences."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import timedelta

from plea.asks.words import day_in_words
from plea.model.letters import Letter, Printing
from plea.model.officials import Official
from plea.officials.roles import Role
from plea.writing.output import Outcome

PAPER = {"pdf", "docx", "html"}
ON_SCREEN = {
    "form": "Paste the text of the form file into the web form that it names.",
    "eml": "Open the draft in your mail program, say whom it goes to, and send it.",
}
ANSWER_TIME = timedelta(weeks=3)


def steps(
    outcome: Outcome, printing: Printing, roles: Mapping[str, Role], ways: Collection[str] = ()
) -> tuple[str, ...]:
    """What to do now, in order; nothing without letters. `ways` are the formats meant; none: all that were made."""
    letters = [made.letter for made in outcome.letters]
    if not letters:
        return ()
    formats = {name for made in outcome.letters for name in made.files if not ways or name in ways}
    return (
        *(_on_paper(printing, marks="pdf" in formats, outside=bool(outcome.beside)) if formats & PAPER else ()),
        *(step for name, step in ON_SCREEN.items() if name in formats),
        _ring(letters, roles),
    )


def addressee(official: Official, roles: Mapping[str, Role]) -> str:
    """Who is written to, in a few words: the name, or the post."""
    return official.name or roles[official.role].name


def _on_paper(printing: Printing, *, marks: bool, outside: bool) -> Iterator[str]:
    """The steps from a file to the letter box; `marks` show where to fold."""
    profile = printing.profile
    window = profile.recipient is not None and not outside
    yield 'Print at 100 % (not "fit to page")' + (": the address must meet its window." if window else ".")
    if printing.signature is None:
        yield "Sign by hand above your name."
    if profile.envelope is None:
        yield "Carry it to the office. Ask for an appointment first."
        return
    if marks:
        yield "Fold at the small marks on the edge" + (", the address facing out." if window else ".")
    if outside:
        yield "Print the envelope page on the outside of a plain envelope."
    elif not window:
        yield "Write the address on the envelope, and yours at its top left."
    elif profile.sender is None:
        yield "The window does not show your return address: write it at the top left of the envelope."
    yield "Put a stamp on it and post it."


def _ring(letters: Sequence[Letter], roles: Mapping[str, Role]) -> str:
    """The last step, with the telephones."""
    day = day_in_words(letters[0].date + ANSWER_TIME, "en")
    phones = dict.fromkeys(
        f"{addressee(letter.official, roles)} {letter.office.phone}" for letter in letters if letter.office.phone
    )
    numbers = f": {'; '.join(phones)}" if phones else ""
    return f"No answer after three weeks ({day})? Ring the office and ask what became of your letter{numbers}."
