"""Rows mended while nobody runs the campaign: in a form, or in a file that comes back. Both go one way, `feed_in`."""

import csv
import io
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from plea.campaigns.ledger_schema import Lock
from plea.campaigns.mended import feed_in
from plea.campaigns.settings import load_settings
from plea.machine.files import write_atomic
from plea.supporters.columns import PLEA_COLUMNS
from plea.supporters.guard import guarded


def mend_rows(folder: Path, rows: Mapping[int, Mapping[str, str]]) -> bool:
    """Mend rows by their numbers; each gives its cells by the names of the columns. False when nothing was changed.

    A row must name every column that another one does. Raises LockedError while a run has the campaign.
    """
    columns = list(dict.fromkeys(name for cells in rows.values() for name in cells))
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([*columns, *PLEA_COLUMNS])
    for number, cells in rows.items():
        writer.writerow([*(guarded(cells[name]) for name in columns), number, "", "", ""])
    with tempfile.TemporaryDirectory(prefix=".plea-", dir=folder) as beside:
        path = Path(beside) / "mended.csv"
        write_atomic(path, text.getvalue().encode())
        return mend_by_file(folder, path)


def mend_by_file(folder: Path, path: Path) -> bool:
    """Feed a `rejects.csv` in that somebody mended; False when nothing in it was changed.

    Raises LockedError while a run has the campaign, MendableError for a file that is none of ours.
    """
    settings = load_settings(folder)
    with _held(folder):
        return feed_in(settings, path) is not None


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    lock = Lock(folder)
    lock.take()
    try:
        yield
    finally:
        lock.release()
