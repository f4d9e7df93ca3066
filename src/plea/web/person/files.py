"""The letters as files: made, put into the folder, and what is left of an earlier try taken away."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from plea.supporters.person import remember
from plea.system.files import slug
from plea.web.app_state import app_state
from plea.web.person.view_context import Desk
from plea.writing.draft import Draft
from plea.writing.output import WritingResult, write_draft, write_merged_pdf

NAME_LIMIT = 60


def write_letters(desk: Desk) -> None:
    """Make all files anew. Raises MachineError when they cannot be written; the earlier ones stay then."""
    draft = desk.draft
    assert isinstance(draft, Draft)
    sitting = desk.sitting
    sitting.folder = sitting.folder or _free_folder(desk)
    outcome = write_draft(replace(desk.wishes, out=sitting.folder), draft)
    together = write_merged_pdf(outcome, sitting.folder) if len(outcome.letters) + len(outcome.copies) > 1 else None
    paths = [*_paths(outcome), *([together] if together else [])]
    stale = [path for path in sitting.files.values() if path not in paths]
    sitting.outcome, sitting.files = outcome, {path.name: path for path in paths}
    for path in stale:
        path.unlink(missing_ok=True)
    if sitting.one("place", "remember"):
        remember(draft.supporter)


def _paths(outcome: WritingResult) -> Sequence[Path]:
    """Every file of an outcome."""
    made = (path for one in (*outcome.letters, *outcome.copies) for path in one.files.values())
    beside = (path for files in outcome.extra_files.values() for path in files.values())
    return [*made, *beside, *outcome.pages.values()]


def _free_folder(desk: Desk) -> Path:
    """A folder of this day and ask that nothing stands in yet."""
    name = f"{desk.on.isoformat()}-{slug(desk.wishes.asks[0], NAME_LIMIT)}"
    number = 1
    while (path := app_state().letters / (name if number == 1 else f"{name}-{number}")).exists():
        number += 1
    return path
