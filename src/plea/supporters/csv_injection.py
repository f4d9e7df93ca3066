"""The guard that keeps a spreadsheet from reading a cell as a formula, and its exact undoing.

OWASP's list of first characters. A cell that already starts with apostrophes before such a character gets one more,
so that every text comes back as it was.
"""

import re

FORMULA = re.compile(r"'*[=+\-@\t\r]")
GUARDED = re.compile(r"'+[=+\-@\t\r]")


def guarded(cell: str) -> str:
    """The cell as it may stand in a CSV file that people open in a spreadsheet."""
    return f"'{cell}" if FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    """The cell that `guarded` was given."""
    return cell[1:] if GUARDED.match(cell) else cell
