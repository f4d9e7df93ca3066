"""Files in the output folder that no ledger vouches for: of a run that was killed, or of a ledger that is gone."""

from pathlib import Path

from plea.campaigns.ledger.ledger import Ledger
from plea.campaigns.model import Settings
from plea.campaigns.running.volume_task import SINGLES
from plea.errors import InputError, MachineError


def remove_unsealed(ledger: Ledger, settings: Settings) -> None:
    """Remove what was written of volumes that were never sealed, before another plan forgets that they were begun.

    Raises MachineError when a file cannot be removed.
    """
    for volume in ledger.volumes_left():
        path = settings.output / volume.file
        if not path.parent.is_dir() or path.parent.is_symlink():
            continue
        _remove(path)
        suffixes = [SINGLES[name][1] for name in settings.formats if name in SINGLES]
        for letter in ledger.letters_of(volume.file) if suffixes else ():
            for suffix in suffixes:
                _remove(path.parent / f"{letter.letter_id}{suffix}")


def refuse_strangers(settings: Settings) -> None:
    """Raises InputError when volumes are in the output folder before anything was planned: they are not ours."""
    found = next(settings.output.glob("*/volume-*.pdf"), None)
    if found:
        raise InputError(
            f"{settings.output}: holds volumes that no ledger knows, such as {found.relative_to(settings.output)}",
            "Put the ledger.sqlite that they belong to back, or move them away.",
        )


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise MachineError(f"{path}: cannot be removed: {error.strerror}", "Check who may write there.") from error
