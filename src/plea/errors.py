"""What can go wrong, as exceptions that carry what to say and never print it.

    PleaError
    ├── MendableError      the user can mend the input        exit 1
    ├── UsageError         the command itself is wrong        exit 2
    ├── IncompleteError    done, but not everything           exit 3
    └── MachineError       disk, network, a missing extra     exit 4

A bad row of a table is not among them: it is a value (`plea.model.Problem`).
"""

from typing import ClassVar


class PleaError(Exception):
    """One line that says what and where, one that says what to do."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class MendableError(PleaError):
    """Something the user can mend: a file, a value, a template."""

    exit_code = 1


class UsageError(PleaError):
    """The command line asks for something that does not exist or does not go together."""

    exit_code = 2


class IncompleteError(PleaError):
    """The work is done as far as it could be; the rest is named."""

    exit_code = 3


class MachineError(PleaError):
    """The machine could not do it: disk, network, printer, a part not installed."""

    exit_code = 4


def of_the_system(error: OSError) -> MachineError:
    """What the system says of a file or a disk, where nothing nearer has said it."""
    where = f"{error.filename}: " if error.filename else ""
    what = error.strerror or type(error).__name__
    return MachineError(f"{where}{what}", "Check the disk, and that you may read and write there.")
