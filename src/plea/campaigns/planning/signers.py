"""The rows of a campaign's supporters file, corrected where they were corrected, and what each must hold."""

import secrets
from collections.abc import Iterator, Sequence
from pathlib import Path

from plea.campaigns.context import CampaignContext
from plea.campaigns.planning.corrections import Corrections, correction_files
from plea.campaigns.settings import Settings
from plea.model.people import Rejected, Row, Signer
from plea.problems import Problem
from plea.supporters.rows import RowRules, read_row
from plea.supporters.suppression import KEY_BYTES, Suppression, load_key, load_suppression
from plea.supporters.tables.table import open_table

SUPPRESS = "suppress.csv"
KEY = "suppress.key"


class Signers:
    """The supporters file, opened. Raises InputError when it cannot be read."""

    def __init__(self, context: CampaignContext) -> None:
        settings = context.settings
        self._table = open_table(settings.supporters, encoding=settings.encoding, columns=settings.columns)
        self._corrections = Corrections(settings)
        self._rules = row_rules(context)
        self.header: Sequence[str] = self._table.header
        self.ours: Sequence[str] = self._table.ours

    def rows(self) -> Iterator[Row]:
        """The rows as they now stand."""
        for row in self._table.rows():
            yield self._corrections.applied(row, self.header)

    def read(self) -> Iterator[tuple[Row, Signer | Rejected]]:
        """The rows with what they say."""
        for row in self.rows():
            yield row, read_row(row, self._rules)

    def read_one(self, row: Row) -> Signer | Rejected:
        """What one row says."""
        return read_row(row, self._rules)

    @property
    def notes(self) -> tuple[Problem, ...]:
        """What the organizer should know of the file, complete once its rows were read."""
        return (*self._table.notes, *self._corrections.notes())


def row_rules(context: CampaignContext) -> RowRules:
    """What the campaign's rows are held to. A reason may be written as its key or as its name in any language."""
    settings = context.settings
    reasons = [reason for ask in context.asks for reason in ask.reasons]
    names = {name: reason.key for reason in reasons for name in reason.name.values()}
    return RowRules(
        on=context.on,
        consent_required=settings.consent_required,
        consent=settings.consent,
        known_pair=context.known_pair,
        language=settings.language,
        reasons=names | {reason.key: reason.key for reason in reasons},
        date_order=settings.date_order,
    )


def files_about_rows(settings: Settings) -> tuple[Path, ...]:
    """The files that decide about rows."""
    return (settings.supporters, settings.folder / SUPPRESS, *correction_files(settings))


def suppression_of(settings: Settings, *, write: bool = True) -> Suppression:
    """Who is not written for. The key of the hashes is made with the first list, and kept if something may be written.

    Raises InputError for a list that cannot be read.
    """
    path, key_path = settings.folder / SUPPRESS, settings.folder / KEY
    if not path.exists():
        return Suppression(b"", frozenset())
    key = load_key(key_path) if write or key_path.exists() else secrets.token_bytes(KEY_BYTES)
    return load_suppression(path, key)
