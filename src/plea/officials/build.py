"""A new directory from the old one and what was read: changed in memory, swapped in whole."""

from collections.abc import Iterable
from contextlib import closing
from datetime import date
from pathlib import Path

from plea.officials.imports.apply import apply
from plea.officials.imports.batch import Batch
from plea.officials.store import DamagedDirectoryError, empty_copy, swap_in, working_copy


def rebuild(path: Path, batches: Iterable[Batch], on: date) -> str:
    """Put the batches into the directory at the path; each kind replaces its own, the other kinds stay.

    A damaged or older directory is built anew from the batches alone; the answer then says so, and is empty otherwise.
    Raises MachineError, with the old file whole, for a directory of a newer program and for a full disk.
    """
    lost = ""
    try:
        memory = working_copy(path)
    except DamagedDirectoryError as error:
        lost = f"{error.message}; it was built anew, without what else was in it"
        memory = empty_copy()
    with closing(memory):
        apply(memory, batches, on)
        swap_in(path, memory)
    return lost
