"""A copy of an ask as a folder of the user's own."""

import shutil
import tempfile
from pathlib import Path

from plea.errors import MachineError, MendableError
from plea.model import Ask


def copy_ask(ask: Ask, folder: Path) -> tuple[Path, ...]:
    """Copy the files of an ask into a new or empty folder, all of them or none; gives their paths.

    The copy is a pack of one ask and works at once: it sees the built-in facts and frame, so neither is copied.
    Raises MendableError when there is something in the folder already, MachineError when it cannot be written.
    """
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()) or (folder.is_dir() and any(folder.iterdir())):
        raise MendableError(f"{folder}: is there already and not empty", "Name a folder that does not exist yet.")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".plea-") as beside:
            copy = Path(beside) / "ask"
            shutil.copytree(ask.folder, copy, copy_function=shutil.copyfile)
            copy.replace(folder)
    except OSError as error:
        raise MachineError(f"{folder}: cannot be written: {_reason(error)}", "Name another folder.") from error
    return tuple(sorted(folder.rglob("*.*")))


def _reason(error: OSError) -> str:
    """Why it failed; copytree gives a list of files, each with its reason."""
    return error.strerror or str(error.args[0][0][-1])
