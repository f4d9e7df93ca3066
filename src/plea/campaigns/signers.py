"""The rows of a campaign's supporters file, mended where they were mended, each a Signer or what is wrong with it."""

from collections.abc import Iterator
from pathlib import Path

from plea.campaigns.mended import Mended, mended_files
from plea.campaigns.nouns import Settings
from plea.campaigns.rooms import Rooms
from plea.model import Rejected, Row, Signer
from plea.supporters.rows import RowRules, read_row
from plea.supporters.suppression import Suppression, load_suppression
from plea.supporters.tables import open_table

SUPPRESS = "suppress.csv"


class Signers:
    """The supporters file, opened. Raises MendableError when it cannot be read."""

    def __init__(self, rooms: Rooms) -> None:
        settings = rooms.settings
        self._table = open_table(settings.supporters, encoding=settings.encoding, columns=settings.columns)
        self._mended = Mended(settings)
        self._rules = RowRules(
            on=rooms.on,
            consent_required=settings.consent_required,
            consent=settings.consent,
            known_pair=rooms.known_pair,
        )
        self.header = self._table.header
        self.suppression: Suppression = load_suppression(settings.folder)

    @staticmethod
    def other_files(settings: Settings) -> tuple[Path, ...]:
        """What decides about rows besides the supporters file."""
        return (settings.folder / SUPPRESS, *mended_files(settings))

    def rows(self) -> Iterator[Row]:
        """The rows as they now stand."""
        for row in self._table.rows():
            yield self._mended.applied(row, self.header)

    def read(self) -> Iterator[tuple[Row, Signer | Rejected]]:
        """The rows with what they say."""
        for row in self.rows():
            yield row, read_row(row, self._rules)

    @property
    def notes(self) -> tuple[str, ...]:
        """What the organiser should know of the file, complete once its rows were read."""
        return (*self._table.notes, *self._mended.notes())
