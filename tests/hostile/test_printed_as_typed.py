"""What a story holds is text in every format: printed as typed, never obeyed."""

import zipfile
from collections.abc import Mapping
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from html.parser import HTMLParser
from pathlib import Path
from unicodedata import normalize

import pytest
from docx import Document
from pypdf import PdfReader

from conftest import Plea

MARKUP = (
    '#import "letter.typ": *',
    '#let x = 1; #x and #panic(now) and #{ read("/etc/passwd") }',
    "= A heading == for typst, $ x^2 $ `raw` <label> @ref ~ -- --- \\u{1F600} \\",
    '{{7*7}} {% include "/etc/passwd" %} {# gone? #} {{ supporter.__class__.__mro__ }}',
    "${7*7} #{7*7} <%= 7*7 %> %s %d %n {0} {name!r} $HOME `id` $(id) !!",
    "<b>bold</b> <script>alert(1)</script> <img src=x onerror=alert(1)> <!-- gone? --> </p></body>",
    "&lt;b&gt; &amp; &#65; &nbsp; ]]> <![CDATA[ x ]]> <?xml version='1.0'?> <!DOCTYPE x>",
    "javascript:alert(1) \" onmouseover=\"alert(1) ' x='y",
    "</style><style>*{display:none}</style> @import url(https://example.org/x);",
    "**strong** __strong__ *em* _em_ ~~gone~~ `code` [link](https://example.org) ![image](x.png)",
    "# A heading of Markdown, ## and another",
    "- a dash, * a star, + a plus, 1. a number, > a quote, | a | table |",
    "    four leading spaces fold",
    "\ta tab folds",
    "=1+1",
    '=HYPERLINK("https://example.org";"click") +1 -1 @SUM(A1) %0A',
    "{\\rtf1 \\b x} \\section{x} \\input{/etc/passwd} %comment",
    'w:p <w:br/> </w:t></w:r></w:p> { HYPERLINK "x" } MERGEFIELD',
)
LINES = (
    "From the first word this looks like a mailbox",
    ".",
    "..",
    "Bcc: somebody@example.org",
    "Subject: another =?utf-8?q?=0ABcc:_x@example.org?= one",
    "--plea-0000000000000000000000000000000000000000--",
    "Content-Type: text/html",
    "=20=3D=0A a soft=",
    "NULL null undefined NaN true 1e309 0x7f -0 '' \"\" () [] {} //",
    "'; DROP TABLE officials; -- \" OR 1=1",
    "../../../etc/passwd C:\\CON\\NUL \\\\host\\share file:///etc/passwd",
    "https://example.org/a-very-long/path/that-no-line-can-hold/" + "segment/" * 12 + "?q=a&b=c#d",
    "Renée Ñandú Łódź Þórður Šťastný Ångström İstanbul ß æ œ",
    "Ελληνικά και Русский, ‘single’ “double” «angle» – — … • · © ® € £",
    "e\u0301 o\u0308 n\u0303 combine",
    "no\u00a0break, soft\u2011hyphen, thin\u2009space",
)
FOREIGN = (
    "我们雇用了萨米尔,他离开了霍姆斯。",
    "خالتي هربت من حمص، ومعها ولدان \u200fو (حقيبة).",
    "דודה שלי ברחה <b>x</b> {{7*7}}",
    "👩‍👩‍👧 🇸🇾 ✊🏽 1️⃣",
    "सीरिया में शांति, สันติภาพ, 평화, ខ្មែរ",
    "Z̷a̷l̷g̷o̷ ｆｕｌｌ ｗｉｄｔｈ ﷽",
)
ROSA = (
    "--name", "Rosa Álvarez", "--street", "12 Maple Street", "--city", "Burlington", "--state", "VT",
    "--zip", "05401", "--email", "rosa@example.org", "--date", "2026-11-22", "--to", "us-senator:Peter Welch",
)  # fmt: skip


class Words(HTMLParser):
    """The text a browser shows, and every tag it sees."""

    def __init__(self) -> None:
        super().__init__()
        self.text = ""
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        assert not [name for name, _ in attrs if name.startswith("on")]

    def handle_data(self, data: str) -> None:
        self.text += data


def written(plea: Plea, folder: Path, formats: str, story: str) -> Mapping[str, Path]:
    (folder / "story.txt").write_text(story, encoding="utf-8", newline="")
    done = plea(
        "write", "diplomacy", *ROSA, "--story", f"@{folder / 'story.txt'}", "--format", formats, "--out", folder / "out"
    )
    assert done.returncode == 0, done.stderr
    return {name: next((folder / "out").glob(f"*-welch.{name}*")) for name in formats.split(",")}


def read(kind: str, path: Path) -> str:
    """What a reader sees, without white space: where a line breaks is the layout's own affair."""
    if kind == "pdf":
        text = "".join(page.extract_text() for page in PdfReader(path).pages)
    elif kind == "html":
        words = Words()
        words.feed(path.read_text(encoding="utf-8"))
        assert not words.tags & {"b", "script", "img", "table", "code", "a", "h2", "em", "strong", "ul", "li"}
        text = words.text
    elif kind == "docx":
        text = "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)
    elif kind == "eml":
        message = BytesParser(policy=policy.default).parsebytes(path.read_bytes())
        assert isinstance(message, EmailMessage)
        assert not {"To", "Cc", "Bcc"} & set(message.keys())
        body = message.get_body(("plain",))
        assert body
        text = body.get_content()
    else:
        text = path.read_text(encoding="utf-8")
    return "".join(text.split())


@pytest.mark.parametrize("strings", [MARKUP[:9], MARKUP[9:], LINES], ids=["markup", "more markup", "lines"])
def test_a_story_is_printed_as_typed_in_every_format(plea: Plea, tmp_path: Path, strings: tuple[str, ...]) -> None:
    files = written(plea, tmp_path, "pdf,txt,form,html,docx,eml", "\n\n".join(strings))
    missing = [
        (kind, string)
        for kind, path in files.items()
        for string in strings
        if "".join(normalize("NFC", string).split()) not in read(kind, path)
    ]
    assert missing == []


def test_other_scripts_are_kept_in_the_formats_that_need_no_font(plea: Plea, tmp_path: Path) -> None:
    files = written(plea, tmp_path, "txt,form,html,docx", "\n\n".join(FOREIGN))
    missing = [
        (kind, string)
        for kind, path in files.items()
        for string in FOREIGN
        if "".join(string.split()) not in read(kind, path)
    ]
    assert missing == []


def test_four_leading_spaces_fold_and_blank_lines_part(plea: Plea, tmp_path: Path) -> None:
    story = "First   line\n    goes on.\n \t \n\n\n    Second."
    files = written(plea, tmp_path, "form,docx", story)
    assert "\n\nFirst line goes on.\n\nSecond.\n\n" in files["form"].read_text(encoding="utf-8")
    texts = [paragraph.text for paragraph in Document(str(files["docx"])).paragraphs]
    assert "First line goes on." in texts
    assert "Second." in texts


def test_a_document_holds_no_field_and_no_link_of_the_storys_making(plea: Plea, tmp_path: Path) -> None:
    files = written(plea, tmp_path, "docx", "\n\n".join(MARKUP))
    with zipfile.ZipFile(files["docx"]) as packed:
        body = packed.read("word/document.xml")
        links = packed.read("word/_rels/document.xml.rels")
    assert b"instrText" not in body
    assert b"hyperlink" not in body
    assert b"External" not in links


def test_a_parameter_that_mail_would_read_as_code_is_refused(plea: Plea, tmp_path: Path) -> None:
    crisis = "crisis==?utf-8?q?=0ABcc:_x@example.org?="
    done = plea("write", "diplomacy", *ROSA, "--param", crisis, "--format", "eml", "--out", tmp_path / "out")
    assert done.returncode == 1
    assert "'=?'" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_line_break_in_a_parameter_folds_and_grows_no_header(plea: Plea, tmp_path: Path) -> None:
    crisis = "crisis=Sudan\r\nBcc: x@example.org"
    done = plea("write", "diplomacy", *ROSA, "--param", crisis, "--format", "eml", "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    (path,) = (tmp_path / "out").iterdir()
    read("eml", path)
    headers = path.read_bytes().partition(b"\r\n\r\n")[0]
    assert b"Sudan Bcc: x@example.org" in headers.replace(b"\r\n ", b" ")
