"""All letters of one person in one file, for one way to the printer."""

from io import BytesIO
from pathlib import Path

from plea.system.files import write_atomic
from plea.writing.output import Outcome

NAME = "all-letters.pdf"


def write_together(outcome: Outcome, folder: Path) -> Path | None:
    """Put the pages of every letter's PDF, then of the signer's copies, into one; the same bytes for the same letters.

    None where no letter has a PDF. Raises MachineError when the file cannot be written.
    """
    files = [made.files["pdf"] for made in (*outcome.letters, *outcome.copies) if "pdf" in made.files]
    if not files:
        return None
    path = folder / NAME
    write_atomic(path, _joined(files))
    return path


def _joined(files: list[Path]) -> bytes:
    import pikepdf  # noqa: PLC0415 (only for those who want one file)

    whole = pikepdf.new()
    for file in files:
        with pikepdf.open(file) as one:
            whole.pages.extend(one.pages)
    content = BytesIO()
    whole.save(content, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return content.getvalue()
