"""The directory brought up to date from the publishers."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from plea.machine import clock
from plea.officials.build import rebuild
from plea.officials.download import fetch_all, known_files
from plea.officials.imports.batch import Batch

SECONDS = 120.0


class Updated(NamedTuple):
    """What was fetched because it had changed, and what was lost in it (in words; mostly empty)."""

    batches: Sequence[Batch]
    lost: str


def update(
    path: Path, *, source: str = "", seconds: float = SECONDS, say: Callable[[str], None] = lambda _: None
) -> Updated:
    """Fetch what has changed and put it into the directory at the path, which stays as it is unless all came whole.

    `source` is a mirror (else `$PLEA_OFFICIALS_SOURCE`); `seconds` bounds the whole. Raises MachineError.
    """
    base = source or os.environ.get("PLEA_OFFICIALS_SOURCE", "")
    batches = fetch_all(known_files(path), seconds=seconds, base=base, say=say)
    return Updated(batches, rebuild(path, batches, clock.today()) if batches else "")
