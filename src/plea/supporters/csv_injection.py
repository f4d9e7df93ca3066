"""CSV files that people open in a spreadsheet: RFC 4180, UTF-8, and no cell that would be read as a formula.

The guard is the apostrophe that OWASP recommends, before the first characters that it lists. A cell that already
starts with apostrophes before such a character gets one more, so that `unguarded` gives back every text as it was.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from io import StringIO

FORMULA = re.compile(r"'*[=+\-@\t\r]")
GUARDED = re.compile(r"'+[=+\-@\t\r]")
ROWS_A_PIECE = 1000


def guarded(cell: str) -> str:
    """The cell as it may stand in a CSV file that people open in a spreadsheet."""
    return f"'{cell}" if FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """The cell that `guarded` was given."""
    return cell[1:] if GUARDED.match(cell) else cell


def csv_pieces(header: Iterable[object], rows: Iterable[Iterable[object]]) -> Iterator[bytes]:
    """A CSV file in pieces, for tables of any length; text is guarded, numbers are not, None is an empty cell."""
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow([_cell(name) for name in header])
    for number, row in enumerate(rows, 1):
        writer.writerow([_cell(value) for value in row])
        if number % ROWS_A_PIECE == 0:
            yield text.getvalue().encode()
            text.seek(0)
            text.truncate()
    yield text.getvalue().encode()


def csv_bytes(header: Iterable[object], rows: Iterable[Iterable[object]]) -> bytes:
    """A whole CSV file, as `csv_pieces`."""
    return b"".join(csv_pieces(header, rows))


def _cell(value: object) -> object:
    return guarded(value) if isinstance(value, str) else value
