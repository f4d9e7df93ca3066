"""The texts of a campaign's letters as their likeness is measured: composed again, never read back from the print."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice

from plea.campaigns import stored
from plea.campaigns.ledger import Ledger
from plea.campaigns.likeness import likeness_text
from plea.campaigns.nouns import Desk
from plea.campaigns.rooms import Rooms
from plea.campaigns.trial_print import request_of
from plea.letters.series import Series
from plea.model import Letter, Supporter

AT_ONCE = 200  # letters composed together: what one child process makes of a pack that is not built in

Texts = Callable[[str], Iterator[tuple[str, str]]]
"""The names and texts of the letters to a desk, by its key."""


def texts_of(rooms: Rooms, ledger: Ledger) -> Texts:
    """The texts of the letters that are made or still to make, by desk; a letter is named by its row.

    A purged ledger holds no letters that could be composed, and gives none.
    """
    series = Series(rooms.pack)
    several = len(rooms.asks) > 1

    def texts(key: str) -> Iterator[tuple[str, str]]:
        found = ledger.query(
            "SELECT letters.row, ask, supporter FROM letters JOIN people USING (row)"
            " WHERE volume IN (SELECT id FROM volumes WHERE desk = (SELECT id FROM desks WHERE key = ?))"
            " AND letters.state = 'current'"
            " AND letters.outcome IN ('made', 'planned') AND supporter != '' ORDER BY letters.row, letters.id",
            (key,),
        )
        letters = (
            (f"row {row}, {ask}" if several else f"row {row}", ask, stored.supporter_of(supporter))
            for row, ask, supporter in found
        )
        yield from texts_to(ledger.desk(key), letters, rooms, series)

    return texts


def texts_to(
    desk: Desk, letters: Iterable[tuple[str, str, Supporter]], rooms: Rooms, series: Series
) -> Iterator[tuple[str, str]]:
    """The name and text of each letter to one desk, from its name, ask and supporter; what cannot be made is left out.

    Raises LimitExceeded for a template that runs wild.
    """
    rest = iter(letters)
    while some := list(islice(rest, AT_ONCE)):
        composed = series.compose([request_of(rooms, desk, ask, supporter) for _, ask, supporter in some])
        for (name, _, _), letter in zip(some, composed, strict=True):
            if isinstance(letter, Letter):
                yield name, likeness_text(letter)
