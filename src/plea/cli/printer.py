"""Handing finished PDFs to the printer (`lp`, of CUPS)."""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from plea.errors import MachineError


def find_printer() -> str:
    """Where `lp` is; MachineError when there is none, so that it can be asked before anything is made."""
    program = shutil.which("lp")
    if program is None:
        raise MachineError(
            "--print: there is no lp command on this machine",
            "Print the PDFs from a viewer, at 100 %, or install CUPS (Debian: apt-get install cups-client).",
        )
    return program


def print_files(files: Sequence[Path]) -> None:
    """Print each file at its true size; MachineError with what `lp` said when it would not."""
    if not files:
        return
    # print-scaling=none (PWG 5100.13) is "100 %": the address must not move out of its window.
    command = [find_printer(), "-o", "print-scaling=none", "--", *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 (the person's own printer)
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise MachineError(
            f"--print: lp would not print: {said[-1] if said else f'it ended with {done.returncode}'}",
            "The letters are written; print them from a viewer, at 100 %.",
        )
