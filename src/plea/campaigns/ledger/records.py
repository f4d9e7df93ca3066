"""The two lists of a campaign, written from the ledger: what was made, and everything else.

Both are replaced whole or not at all. A cell that a spreadsheet would take for a formula is guarded by an apostrophe,
which reading `rejects.csv` in again takes off.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from pathlib import Path

from plea.campaigns.ledger.ledger import REJECTED_COLUMNS, Ledger
from plea.supporters.csv_injection import guarded
from plea.system.files import write_atomic

MANIFEST = "manifest.csv"
REJECTS = "rejects.csv"
MANIFEST_COLUMNS = ("letter_id", "row", "supporter_id", "official_id", "ask", "file", "page", "supersedes")
AT_A_TIME = 1000  # lines turned to bytes at once: the lists of a large campaign are larger than memory should be


def write_records(ledger: Ledger, output: Path) -> None:
    """Write `manifest.csv` and `rejects.csv` into the output folder as the ledger now stands, readable by nobody else.

    Raises MachineError when they cannot be written; the old ones are whole then.
    """
    write_atomic(output / MANIFEST, _csv(MANIFEST_COLUMNS, ledger.manifest()))
    write_atomic(output / REJECTS, rejects_csv(ledger))


def rejects_csv(ledger: Ledger) -> Iterator[bytes]:
    """The list of what was not made, to be mended and fed in again, in pieces; of a check's ledger too."""
    return _csv((*ledger.header, *REJECTED_COLUMNS), ledger.rejects())


def _csv(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[bytes]:
    """A CSV file (RFC 4180, UTF-8) in pieces."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(map(guarded, columns))
    for number, row in enumerate(rows, 1):
        writer.writerow(map(guarded, row))
        if number % AT_A_TIME == 0:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()
