"""From a draft to files, and what to do with them; every page is made before the first is written."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from pathlib import Path

from plea.errors import InputError
from plea.language import gettext as _
from plea.letters.files import WrittenLetter, render, write_letters
from plea.messages.message import N_
from plea.model.letters import Letter, Printing
from plea.model.officials import Official
from plea.officials.roles import Role
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
    result = write_letters((*draft.letters, *draft.copies), request.formats, request.printing, request.out)
    letters = tuple(entry for entry in result.letters if not entry.letter.copy_of)
    extra_files = {}
    for entry in letters:
        if entry.letter.id in envelopes:
            first = next(iter(entry.files.values()))
            path = first.with_name(f"{first.name.partition('.')[0]}-envelope.pdf")
            write_atomic(path, envelopes[entry.letter.id])
            extra_files[entry.letter.id] = {"envelope": path}
    return WritingResult(
        letters=letters,
        copies=tuple(entry for entry in result.letters if entry.letter.copy_of),
        problems=(*draft.problems, *result.problems),
        warnings=draft.warnings,
        extra_files=extra_files,
        pages=write_test_page(request) if request.test_page else {},
    )


def write_test_page(request: LetterRequest) -> Mapping[str, Path]:
    """The page that tests printer and window, by its name."""
    from plea.letters.paper.typeset import test_page  # noqa: PLC0415 (few ask for one)

    profile = request.printing.profile
    path, content = request.out / f"test-page-{profile.key}.pdf", test_page(profile)
    make_folder(request.out)
    write_atomic(path, content)
    return {"test_page": path}


def write_merged_pdf(written: WritingResult, folder: Path) -> Path | None:
    """One PDF with the pages of every letter, then of the signer's copies; the same bytes for the same letters.

    None where no letter has a PDF. Raises MachineError when the file cannot be written.
    """
    files = [entry.files["pdf"] for entry in (*written.letters, *written.copies) if "pdf" in entry.files]
    if not files:
        return None
    import pikepdf  # noqa: PLC0415 (only for those who want one file)

    merged = pikepdf.new()
    for file in files:
        with pikepdf.open(file) as letter:
            merged.pages.extend(letter.pages)
    content = BytesIO()
    merged.save(content, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    write_atomic(folder / MERGED_PDF, content.getvalue())
    return folder / MERGED_PDF


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


# --- what to do with them -----------------------------------------------------------------------------------

PAPER = {"pdf", "docx", "html"}
ON_SCREEN = {
    "form": N_("Paste the text of the form file into the web form that it names."),
    "eml": N_("Open the draft in your mail program, enter whom it goes to, and send it."),
}
ANSWER_TIME = timedelta(weeks=3)


def steps(
    written: WritingResult, printing: Printing, roles: Mapping[str, Role], formats: Collection[str] = ()
) -> tuple[str, ...]:
    """What to do now, in order; nothing without letters. `formats` are those to use; none: all that were made."""
    letters = [entry.letter for entry in written.letters]
    if not letters:
        return ()
    used = {name for entry in written.letters for name in entry.files if not formats or name in formats}
    on_paper = _on_paper(printing, fold_marks="pdf" in used, envelope_page=bool(written.extra_files))
    day = letters[0].date + ANSWER_TIME
    phones = dict.fromkeys(
        f"{addressee(letter.official, roles)} {letter.office.phone}" for letter in letters if letter.office.phone
    )
    return (
        *(on_paper if used & PAPER else ()),
        *(_(step) for name, step in ON_SCREEN.items() if name in used),
        _(
            "No answer after three weeks (%(day)s)? Call the office and ask what became of your letter: %(phones)s.",
            day=day,
            phones="; ".join(phones),
        )
        if phones
        else _("No answer after three weeks (%(day)s)? Call the office and ask what became of your letter.", day=day),
    )


def addressee(official: Official, roles: Mapping[str, Role]) -> str:
    """Who is written to, in a few words: the name, or the post."""
    return official.name or roles[official.role].name


def _on_paper(printing: Printing, *, fold_marks: bool, envelope_page: bool) -> Iterator[str]:
    """The steps from a file to the mailbox."""
    profile = printing.profile
    window = profile.recipient is not None and not envelope_page
    if window:
        yield _('Print at 100 %% (not "fit to page"): the address must meet its window.')
    else:
        yield _('Print at 100 %% (not "fit to page").')
    if printing.signature is None:
        yield _("Sign by hand above your name.")
    if profile.envelope is None:
        yield _("Carry it to the office. Ask for an appointment first.")
        return
    if fold_marks and window:
        yield _("Fold at the small marks on the edge, the address facing out.")
    elif fold_marks:
        yield _("Fold at the small marks on the edge.")
    if envelope_page:
        yield _("Print the envelope page on the outside of a plain envelope.")
    elif not window:
        yield _("Write the address on the envelope, and yours at its top left.")
    elif profile.sender is None:
        yield _("The window does not show your return address: write it at the top left of the envelope.")
    yield _("Put a stamp on it and mail it.")
