"""Letters set to see whether they fit, and letters to look at; none of them is kept."""

from collections.abc import Iterable, Iterator

from plea.campaigns.nouns import Desk, LetterJob
from plea.campaigns.rooms import Rooms
from plea.campaigns.stored import supporter_of
from plea.letters.bound import bind
from plea.letters.compose import ComposeRequest, params_for, reasons_for
from plea.letters.series import Series
from plea.model import Letter, Problem, Supporter


def request_of(rooms: Rooms, desk: Desk, ask_key: str, supporter: Supporter) -> ComposeRequest:
    """What one letter of the campaign is made of."""
    ask = rooms.pack.ask(ask_key)
    return ComposeRequest(
        pack=rooms.pack,
        ask=ask,
        supporter=supporter,
        official=desk.official,
        role=rooms.roles[desk.official.role],
        office=desk.office,
        on=rooms.on,
        language=rooms.settings.language,
        reasons=reasons_for(ask, supporter.reasons),
        params=params_for(ask, rooms.settings.params),
        campaign=rooms.facts_for_templates(),
    )


def trial_print(rooms: Rooms, letters: Iterable[tuple[Desk, LetterJob]]) -> Iterator[tuple[int, str]]:
    """The row of each letter that would not be printed, and why. Raises MachineError when typst cannot set them."""
    jobs = list(letters)
    composed = Series(rooms.pack).compose(
        [request_of(rooms, desk, letter.ask, supporter_of(letter.supporter)) for desk, letter in jobs]
    )
    good: list[tuple[int, Letter]] = []
    for (_, job), letter in zip(jobs, composed, strict=True):
        if isinstance(letter, Letter):
            good.append((job.row, letter))
        else:
            yield job.row, letter.message
    if good:
        bound = bind([letter for _, letter in good], rooms.printing, number=str)
        for (row, letter), place in zip(good, bound.places, strict=True):
            if place.problems:
                yield row, f"to {letter.official.name or letter.official.role}: {_said(place.problems)}"


def _said(problems: Iterable[Problem]) -> str:
    return "; ".join(problem.what for problem in problems)
