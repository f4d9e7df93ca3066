"""The figures of a report as CSV files, for whoever wants to reckon on."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping

from plea.campaigns.counts import Figures
from plea.campaigns.likeness import BINS
from plea.supporters.guard import guarded

Table = tuple[tuple[str, ...], Iterable[tuple[object, ...]]]


def tables_of(figures: Figures) -> Mapping[str, Table]:
    """The header and rows of each table, by the name of its file."""
    counts = figures.counts
    tables: dict[str, Table] = {
        "outcomes.csv": (
            ("outcome", "count"),
            [
                ("rows", counts.rows),
                ("signers", figures.signers),
                ("rows_rejected", counts.rejected),
                ("rows_suppressed", counts.suppressed),
                ("rows_not_selected", counts.unselected),
                ("letters_planned", counts.planned),
                ("letters_made", counts.made),
                ("letters_left", counts.left),
                ("letters_held", counts.held),
                ("letters_duplicate", counts.duplicate),
                ("letters_superseded", counts.superseded),
                ("letters_withdrawn", counts.withdrawn),
                ("volumes", counts.volumes),
            ],
        ),
        "letters-by-office.csv": (
            ("official", "office", "legislative", "executive", "letters"),
            [(one.official, one.office, one.legislative, one.executive, one.letters) for one in figures.offices],
        ),
        "letters-by-state.csv": (
            ("state", "legislative", "executive", "letters"),
            [(one.state, one.legislative, one.executive, one.letters) for one in figures.states],
        ),
        "problems.csv": (
            ("outcome", "about", "count"),
            [(one.outcome, one.subject, one.count) for one in figures.problems],
        ),
        "signers-by-day.csv": (("day", "signers", "so_far"), _growth(figures)),
    }
    if any(one.likeness for one in figures.offices):
        steps = tuple(f"pairs_from_{step / BINS:.2f}" for step in range(BINS))
        header = ("official", "office", "letters", "compared", "exact", "mean", "median", "with_near_twin", *steps)
        tables["likeness.csv"] = (header, _likeness(figures))
    return tables


def csv_bytes(table: Table) -> bytes:
    """A table as UTF-8 CSV; a cell that a spreadsheet would take for a formula is guarded."""
    header, rows = table
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([guarded(value) if isinstance(value, str) else value for value in row] for row in rows)
    return file.getvalue().encode()


def _growth(figures: Figures) -> Iterator[tuple[object, ...]]:
    so_far = 0
    for day, signers in figures.consents:
        so_far += signers
        yield (day.isoformat(), signers, so_far)


def _likeness(figures: Figures) -> Iterator[tuple[object, ...]]:
    for office in figures.offices:
        found = office.likeness
        if found:
            measured = (f"{found.mean:.4f}", f"{found.median:.4f}", found.over_threshold)
            yield (
                *(office.official, office.office, found.letters, found.compared, "yes" if found.exact else "no"),
                *measured,
                *found.histogram,
            )
