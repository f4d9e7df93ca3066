"""One letter in every format: the same words in each, the same bytes each time, and each opens where it should."""

import hashlib
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from html.parser import HTMLParser
from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfReader

from conftest import Plea

FORMATS = ("pdf", "txt", "form", "html", "docx", "eml")
STORY = "My grandmother kept a suitcase by the door.\n\nShe had walked from Smyrna, & never said how far."
ROSA = (
    "--name", "Rosa Álvarez", "--street", "12 Maple Street", "--city", "Burlington", "--state", "VT",
    "--zip", "05401", "--email", "rosa@example.org", "--phone", "802-555-0123", "--date", "2026-11-22",
)  # fmt: skip
WHOLE = (
    "Rosa Álvarez 12 Maple Street Burlington, VT 05401 rosa@example.org 802-555-0123 November 22, 2026 "
    "The Honorable Peter Welch United States Senate Washington, DC 20510 Re: "
)
ENDING = "Sincerely, Rosa Álvarez Enclosures: A photograph A map"
SOFFICE = shutil.which("soffice")

Write = Callable[..., Mapping[str, Path]]


@pytest.fixture
def write(plea: Plea, tmp_path: Path) -> Write:
    """Write one letter to a senator in every format; gives the file of each."""

    def run(*more: str | Path, out: str = "letters", story: str = STORY, **env: str) -> Mapping[str, Path]:
        (tmp_path / "story.txt").write_text(story, encoding="utf-8", newline="")
        done = plea(
            "write", "diplomacy", *ROSA, "--story", f"@{tmp_path / 'story.txt'}", "--to", "us-senator:Peter Welch",
            "--enclosure", "A photograph", "--enclosure", "A map", "--format", ",".join(FORMATS),
            "--out", tmp_path / out, "--json", *more, **env,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, "")
        suffixes = {name: ".form.txt" if name == "form" else f".{name}" for name in FORMATS}
        return {name: tmp_path / out / f"diplomacy-peter-welch{suffix}" for name, suffix in suffixes.items()}

    return run


class Words(HTMLParser):
    """The text of a page, what it links to, and what it says about itself."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self._hidden = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._hidden = tag in {"style", "title"}

    def handle_endtag(self, tag: str) -> None:
        self._hidden = self._hidden and tag not in {"style", "title"}

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.text.append(data)


def read_html(path: Path) -> Words:
    words = Words()
    words.feed(path.read_text(encoding="utf-8"))
    return words


def read_mail(path: Path) -> EmailMessage:
    message = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
    assert isinstance(message, EmailMessage)
    return message


def body_of(message: EmailMessage) -> str:
    part = message.get_body(("plain",))
    assert part
    return str(part.get_content())


def folded(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").split())


def words_of(files: Mapping[str, Path]) -> dict[str, str]:
    """What a reader finds in each file."""
    return {
        "pdf": folded(" ".join(page.extract_text() for page in PdfReader(files["pdf"]).pages)),
        "txt": folded(files["txt"].read_text(encoding="utf-8")),
        "form": folded(files["form"].read_text(encoding="utf-8")),
        "html": folded(" ".join(read_html(files["html"]).text)),
        "docx": folded(" ".join(paragraph.text for paragraph in Document(str(files["docx"])).paragraphs)),
        "eml": folded(body_of(read_mail(files["eml"]))),
    }


def test_every_format_is_the_whole_letter_in_the_same_order(write: Write) -> None:
    words = words_of(write())
    body = words.pop("form").partition(" --")[2].lstrip("- ")
    assert "My grandmother kept a suitcase by the door. She had walked from Smyrna, & never said how far." in body
    for name in ("txt", "html", "docx", "eml"):
        assert words[name].startswith(WHOLE), name
        assert f"Dear Senator Welch: {body} {ENDING}" in words[name], name
    assert words["pdf"].startswith(WHOLE)
    assert f"Dear Senator Welch: {body} Sincerely, Rosa Álvarez" in words["pdf"]


def test_the_same_input_gives_the_same_bytes_wherever_and_whenever(write: Write) -> None:
    first = write(out="one", TZ="Pacific/Auckland", PYTHONHASHSEED="1")
    second = write(out="two", TZ="America/Los_Angeles", PYTHONHASHSEED="2", LC_ALL="C.UTF-8")
    for name in FORMATS:
        digests = {hashlib.sha256(files[name].read_bytes()).hexdigest() for files in (first, second)}
        assert len(digests) == 1, name
    times = {member.date_time for member in zipfile.ZipFile(first["docx"]).infolist()}
    assert times == {(2026, 11, 22, 12, 0, 0)}


def test_plain_text_is_at_most_72_columns_wide(write: Write) -> None:
    lines = write()["txt"].read_text(encoding="utf-8").split("\n")
    assert max(map(len, lines)) in range(66, 73)
    assert "Burlington, VT  05401" in lines
    assert lines[-1] == ""


def test_a_form_text_says_where_it_goes_and_how_long_it_is(write: Write) -> None:
    head, rule, body = re.split(r"^(-{72})\n", write()["form"].read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert rule
    place, subject, length, _ = head.split("\n")
    assert place.startswith("Paste at: ")
    assert subject.startswith("Subject:  ")
    text = body.removesuffix("\n")
    assert length == f"Length:   {len(text):,} characters, {len(text.split())} words"
    assert "Dear Senator" not in body
    assert "Sincerely" not in body


def test_a_page_needs_nothing_beside_it_and_may_load_nothing(write: Write) -> None:
    page = read_html(write()["html"])
    tags = [tag for tag, _ in page.tags]
    assert not set(tags) & {"script", "link", "iframe", "object", "img", "base", "form"}
    root = dict(page.tags)["html"]
    assert (root["lang"], root["dir"]) == ("en", "ltr")
    (rule,) = [attrs["content"] for tag, attrs in page.tags if "http-equiv" in attrs]
    assert rule
    assert rule.startswith("default-src 'none'; style-src 'sha256-")
    assert not [attrs for _, attrs in page.tags if {"src", "href", "style", "onload"} & set(attrs)]


def test_a_document_has_named_styles_and_says_nothing_of_this_machine(write: Write) -> None:
    path = write()["docx"]
    document = Document(str(path))
    styles = [paragraph.style.name for paragraph in document.paragraphs if paragraph.style]
    assert styles[:6] == ["Sender"] * 5 + ["Date"]
    assert styles[6:9] == ["Window"] * 3
    assert styles[9:12] == ["Subject", "Salutation", "Body Text"]
    assert styles[-4:] == ["Signature", "Enclosures", "Enclosures", "Enclosures"]
    assert document.core_properties.author == document.core_properties.last_modified_by == "Rosa Álvarez"
    assert document.core_properties.created is not None
    assert document.core_properties.created.isoformat() == "2026-11-22T12:00:00+00:00"
    with zipfile.ZipFile(path) as packed:
        everything = b"".join(packed.read(name) for name in packed.namelist())
        assert not [name for name in packed.namelist() if "thumbnail" in name or "app.xml" in name]
    assert b"python-docx" not in everything
    assert b"Macintosh" not in everything


def test_a_draft_has_nobody_to_go_to_yet_and_the_pdf_with_it(write: Write) -> None:
    files = write()
    message = read_mail(files["eml"])
    assert message.keys() == [
        "X-Unsent", "Date", "Message-ID", "Subject", "From", "MIME-Version", "Content-Type",
    ]  # fmt: skip
    assert message["X-Unsent"] == "1"
    assert message["Date"] == "Sun, 22 Nov 2026 12:00:00 +0000"
    assert re.fullmatch(r"<[0-9a-f]{24}@plea\.invalid>", message["Message-ID"])
    (sender,) = message["From"].addresses
    assert (sender.display_name, sender.addr_spec) == ("Rosa Álvarez", "rosa@example.org")
    (attached,) = message.iter_attachments()
    assert (attached.get_content_type(), attached.get_filename()) == ("application/pdf", "diplomacy-peter-welch.pdf")
    assert attached.get_content() == files["pdf"].read_bytes()
    assert b"\n" not in files["eml"].read_bytes().replace(b"\r\n", b"")


def test_large_print_is_large_on_the_screen_and_in_the_document(write: Write) -> None:
    files = write("--large-print")
    assert "--print: 18pt" in files["html"].read_text(encoding="utf-8")
    size = Document(str(files["docx"])).styles["Normal"].font.size
    assert size is not None
    assert size.pt == 18


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not on this machine")
def test_a_document_opens_in_libreoffice_as_the_same_page(write: Write, tmp_path: Path) -> None:
    path = write()["docx"]
    subprocess.run(
        [str(SOFFICE), f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", "pdf",
         "--outdir", tmp_path / "office-out", path],
        check=True, capture_output=True, timeout=110,
    )  # fmt: skip
    reader = PdfReader(tmp_path / "office-out" / "diplomacy-peter-welch.pdf")
    assert len(reader.pages) == 1
    shown = folded(reader.pages[0].extract_text())
    assert shown.startswith(WHOLE)
    assert shown.endswith(ENDING)
    # Where the letters stand, from the top of the sheet: the recipient inside the window of a #10 envelope.
    tops: dict[str, float] = {}

    def visit(text: str, _: list[float], matrix: list[float], *__: object) -> None:
        for line in ("The Honorable Peter Welch", "Washington, DC", "November 22", "Re:"):
            if text.strip().startswith(line):
                tops.setdefault(line, 792 - matrix[5])

    reader.pages[0].extract_text(visitor_text=visit)
    assert 2.625 * 72 <= tops["The Honorable Peter Welch"] <= tops["Washington, DC"] <= 3.375 * 72
    assert tops["November 22"] < 2.375 * 72
    assert tops["Re:"] > 3.625 * 72
