"""The columns of a campaign's table as they are understood, for somebody to look over and correct."""

from dataclasses import dataclass
from itertools import islice

from plea.campaigns.nouns import Settings
from plea.supporters.columns import known_columns, plain
from plea.supporters.headers import EXTRA
from plea.supporters.tables import column_names, open_table

ROWS = 50  # looked at for examples
EXAMPLES = 3
SHOWN = 60  # characters of one


@dataclass(frozen=True, slots=True)
class MatchedColumn:
    """A column: its own name, ours for it (empty when it means nothing to us), who says so, and what is in it.

    `how` is `own` for what `[columns]` says, `known` for a name that is known, `unknown`.
    """

    theirs: str
    ours: str
    how: str
    examples: tuple[str, ...]


def our_columns() -> tuple[str, ...]:
    """The columns that mean something to us, in the order of their table."""
    return tuple(known_columns().columns)


def matched_columns(settings: Settings) -> tuple[MatchedColumn, ...]:
    """The columns of the supporters file, in its order; nameless ones are left out.

    What `[columns]` names and the file has not is passed over here; a check says it. Raises MendableError for a file
    that is no table.
    """
    names = column_names(settings.supporters, encoding=settings.encoding)
    there = {plain(name) for name in names}
    own = {ours: theirs for ours, theirs in settings.columns.items() if plain(theirs) in there}
    table = open_table(settings.supporters, encoding=settings.encoding, columns=own, also=there)
    examples: list[dict[str, None]] = [{} for _ in table.header]
    for row in islice(table.rows(), ROWS):
        for cell, found in zip(row.cells, examples, strict=False):
            if cell.strip() and len(found) < EXAMPLES:
                found[_short(cell)] = None
    mapped = {ours for ours in own if not ours.startswith(EXTRA)}
    return tuple(
        MatchedColumn(theirs, "" if ours.startswith(EXTRA) else ours, _how(ours, mapped), tuple(found))
        for theirs, ours, found in zip(table.header, table.ours, examples, strict=True)
        if theirs.strip()
    )


def _how(ours: str, mapped: set[str]) -> str:
    if ours.startswith(EXTRA):
        return "unknown"
    return "own" if ours in mapped else "known"


def _short(cell: str) -> str:
    line = " ".join(cell.split())
    return line if len(line) <= SHOWN else f"{line[: SHOWN - 1]}…"
