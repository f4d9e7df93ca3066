"""A new directory from the old one and what was read: changed in memory, swapped in whole."""

from collections.abc import Iterable
from contextlib import closing
from datetime import date
from pathlib import Path

from plea.officials.imports.apply import apply
from plea.officials.imports.batch import Batch
from plea.officials.store import swap_in, working_copy


def rebuild(path: Path, batches: Iterable[Batch], on: date) -> None:
    """Put the batches into the directory at the path; each kind replaces its own, the other kinds stay.

    Raises MachineError, with the old file whole, for a directory that is damaged or newer and for a full disk.
    """
    with closing(working_copy(path)) as memory:
        apply(memory, batches, on)
        swap_in(path, memory)
