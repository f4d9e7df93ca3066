"""From a draft to files: every page is made before the first is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from plea.errors import InputError
from plea.letters.files import WrittenLetter, render, write_letters
from plea.model.letters import Letter
from plea.problems import Problem
from plea.system.files import make_folder, write_atomic
from plea.writing.draft import Draft
from plea.writing.request import LetterRequest

MERGED_PDF = "all-letters.pdf"


@dataclass(frozen=True, slots=True)
class WritingResult:
    """What was made of one person's request, and why the rest could not be made.

    `extra_files` are further files of a letter by its id (`{"envelope": path}`), `pages` those that belong to no
    letter. `warnings` concern every letter.
    """

    letters: tuple[WrittenLetter, ...] = ()
    copies: tuple[WrittenLetter, ...] = ()
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    extra_files: Mapping[str, Mapping[str, Path]] = field(default_factory=dict)
    pages: Mapping[str, Path] = field(default_factory=dict)


def write_draft(request: LetterRequest, draft: Draft) -> WritingResult:
    """Write the letters, the signer's copies, and the pages for envelopes and for testing that were asked for."""
    envelopes: dict[str, bytes] = {}
    if request.envelope_page:
        from plea.letters.paper.typeset import envelope_page  # noqa: PLC0415 (few ask for one)

        envelopes = {letter.id: envelope_page(letter, request.printing) for letter in draft.letters}
    produced = write_letters((*draft.letters, *draft.copies), request.formats, request.printing, request.out)
    letters = tuple(made for made in produced.letters if not made.letter.copy_of)
    extra_files = {}
    for made in letters:
        if made.letter.id in envelopes:
            first = next(iter(made.files.values()))
            path = first.with_name(f"{first.name.partition('.')[0]}-envelope.pdf")
            write_atomic(path, envelopes[made.letter.id])
            extra_files[made.letter.id] = {"envelope": path}
    return WritingResult(
        letters=letters,
        copies=tuple(made for made in produced.letters if made.letter.copy_of),
        problems=(*draft.problems, *produced.problems),
        warnings=draft.warnings,
        extra_files=extra_files,
        pages=write_test_page(request) if request.test_page else {},
    )


def write_test_page(request: LetterRequest) -> Mapping[str, Path]:
    """The page that tests printer and window, by its name."""
    from plea.letters.paper.typeset import test_page  # noqa: PLC0415 (few ask for one)

    path = request.out / f"test-page-{request.printing.profile.key}.pdf"
    content = test_page(request.printing.profile)
    make_folder(request.out)
    write_atomic(path, content)
    return {"test_page": path}


def write_merged_pdf(written: WritingResult, folder: Path) -> Path | None:
    """One PDF with the pages of every letter, then of the signer's copies; the same bytes for the same letters.

    None where no letter has a PDF. Raises MachineError when the file cannot be written.
    """
    files = [made.files["pdf"] for made in (*written.letters, *written.copies) if "pdf" in made.files]
    if not files:
        return None
    import pikepdf  # noqa: PLC0415 (only for those who want one file)

    merged = pikepdf.new()
    for file in files:
        with pikepdf.open(file) as letter:
            merged.pages.extend(letter.pages)
    content = BytesIO()
    merged.save(content, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    path = folder / MERGED_PDF
    write_atomic(path, content.getvalue())
    return path


def unprintable(letter: Letter, request: LetterRequest) -> tuple[Problem, ...]:
    """Why the letter cannot be printed as it is: an address its window would cut, a character no font shows.

    It is typeset for that, so that nothing is written in vain.
    """
    try:
        if "pdf" in request.formats:
            render(letter, "pdf", request.printing)
    except InputError as error:
        return error.problems
    return ()
