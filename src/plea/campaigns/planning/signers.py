"""The rows of a campaign's supporters file, mended where they were mended, each a Signer or what is wrong with it."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from plea import language
from plea.campaigns.context import CampaignContext
from plea.campaigns.model import Settings
from plea.campaigns.planning.corrections import Mended, mended_files
from plea.model.asks import Ask
from plea.model.people import Rejected, Row, Signer
from plea.supporters.rows import RowRules, read_row
from plea.supporters.suppression import KEY_BYTES, Suppression, load_key, load_suppression
from plea.supporters.tables.table import open_table

SUPPRESS = "suppress.csv"
KEY = "suppress.key"


class Signers:
    """The supporters file, opened. Raises InputError when it or the list of the suppressed cannot be read.

    With `peek` nothing is written: a key that is not there yet is not made.
    """

    def __init__(self, context: CampaignContext, *, peek: bool = False) -> None:
        settings = context.settings
        self._table = open_table(settings.supporters, encoding=settings.encoding, columns=settings.columns)
        self._mended = Mended(settings)
        self._rules = RowRules(
            on=context.on,
            consent_required=settings.consent_required,
            consent=settings.consent,
            known_pair=context.known_pair,
            language=settings.language,
            reasons=_spellings(context.asks),
            date_order=settings.date_order,
        )
        self.header = self._table.header
        self.ours = self._table.ours
        self.suppression = suppression_of(settings, peek=peek)

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

    def read_one(self, row: Row) -> Signer | Rejected:
        """What one row says."""
        return read_row(row, self._rules)

    @property
    def notes(self) -> tuple[str, ...]:
        """What the organiser should know of the file, complete once its rows were read."""
        return (*map(language.what, self._table.notes), *self._mended.notes())


def suppression_of(settings: Settings, *, peek: bool = False) -> Suppression:
    """Who is not written for. The key of the hashes is made with the first list, unless one only peeks."""
    path, key_path = settings.folder / SUPPRESS, settings.folder / KEY
    if not path.exists():
        return Suppression(b"", frozenset())
    key = secrets.token_bytes(KEY_BYTES) if peek and not key_path.exists() else load_key(key_path)
    return load_suppression(path, key)


def _spellings(asks: Sequence[Ask]) -> Mapping[str, str]:
    """Every way to write a reason, its key or its name in a language, to its key."""
    reasons = [reason for ask in asks for reason in ask.reasons]
    names = {name: reason.key for reason in reasons for name in reason.name.values()}
    return names | {reason.key: reason.key for reason in reasons}
