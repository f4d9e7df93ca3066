"""One file with every letter: the pages of the single files, in their order, the same bytes each time."""

from datetime import date
from pathlib import Path

from pypdf import PdfReader

from plea.letters.paper.profiles import DEFAULT, profile
from plea.model.letters import Printing
from plea.model.people import Supporter
from plea.writing.draft import make_draft
from plea.writing.output import WritingResult, write_draft, write_merged_pdf
from plea.writing.request import LetterRequest, check_person, open_context


def made(folder: Path, *formats: str) -> WritingResult:
    request = LetterRequest(
        asks=("refugee-intake", "diplomacy"),
        person={"name": "Alex Example", "city": "Burlington", "state": "VT", "zip": "05401"},
        on=date(2026, 11, 22),
        out=folder,
        printing=Printing(profile(DEFAULT)),
        to=("us-secretary-of-state", "us-president"),
        formats=formats,
        language="es",
    )
    context = open_context(request)
    supporter = check_person(request, context)
    assert isinstance(supporter, Supporter)
    return write_draft(request, make_draft(request, supporter, context))


def test_all_letters_in_one_file_have_the_pages_of_the_single_ones(tmp_path: Path) -> None:
    written = made(tmp_path / "a", "pdf")
    path = write_merged_pdf(written, tmp_path / "a")
    assert path
    assert path.stat().st_mode & 0o777 == 0o600
    single = [made.files["pdf"] for made in (*written.letters, *written.copies)]
    assert len(single) == 6
    expected = [page.extract_text() for file in single for page in PdfReader(file).pages]
    whole = PdfReader(path)
    assert [page.extract_text() for page in whole.pages] == expected
    again = write_merged_pdf(made(tmp_path / "b", "pdf"), tmp_path / "b")
    assert again
    assert again.read_bytes() == path.read_bytes()


def test_without_pdfs_there_is_no_file(tmp_path: Path) -> None:
    assert write_merged_pdf(made(tmp_path, "txt"), tmp_path) is None
    assert not (tmp_path / "all-letters.pdf").exists()
