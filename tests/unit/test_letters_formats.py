import io
import struct
import zlib
from email import policy
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from PIL import Image

from paper_letters import DAY, made_letter, paragraphs
from plea.errors import InputError
from plea.letters.files import FORMATS, render
from plea.letters.formats import eml
from plea.letters.paper.profiles import profile, read_signature
from plea.model.letters import Items, Letter, Paragraph, Printing, Run
from plea.model.officials import Official

PRINTING = Printing(profile("us-10-single"))
COPY = made_letter(
    language="es",
    copy_of="0" * 24,
    labels={"subject": "Asunto:", "copy": "Copia para quien firma; la carta en inglés va a la oficina"},
)
RICH = made_letter(
    body=(
        Paragraph((Run("Read "), Run("the bill", href="https://example.org/b?a=1&b=2"), Run(" now", strong=True))),
        Items(((Run("one"),), (Run("two", emphasis=True),)), ordered=True),
        Items(((Run("three"),),)),
        Items(((Run("four"),),), ordered=True),
    )
)


def text_of(letter: Letter, name: str, printing: Printing = PRINTING) -> str:
    return render(letter, name, printing).content.decode()


def document(letter: Letter, printing: Printing = PRINTING) -> Any:
    return Document(io.BytesIO(render(letter, "docx", printing).content))


def png(folder: Path) -> Path:
    """A white picture of four by two dots."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 4, 2, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0\xff\xff\xff\xff" * 2)
    path = folder / "signature.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b""))
    return path


def test_the_signers_copy_says_so_in_every_format_that_is_a_whole_letter() -> None:
    mark = "Copia para quien firma; la carta en inglés va a la oficina"
    assert text_of(COPY, "txt").startswith(f"[{mark}]\n\n")
    assert f'<p class="copy">{mark}</p>' in text_of(COPY, "html")
    assert '<html lang="es" dir="ltr">' in text_of(COPY, "html")
    assert document(COPY).sections[0].header.paragraphs[0].text == mark
    assert mark in text_of(COPY, "eml").replace("=\r\n", "").replace("=C3=A9", "é")
    assert text_of(COPY, "form").startswith(f"[{mark}]\nSubject:")
    for name in ("txt", "html", "form"):
        assert "Copia" not in text_of(made_letter(), name)


def test_emphasis_links_and_lists_are_kept_where_a_format_has_them() -> None:
    page = text_of(RICH, "html")
    assert (
        '<p dir="auto">Read <a href="https://example.org/b?a=1&amp;b=2">the bill</a><strong> now</strong></p>' in page
    )
    assert page.count("<ol>") == 2
    assert '<li dir="auto"><em>two</em></li>' in page
    text = text_of(RICH, "txt")
    assert "Read the bill (https://example.org/b?a=1&b=2) now" in text
    assert "1. one\n2. two\n\n- three\n\n1. four\n" in text


def test_a_document_links_and_starts_each_list_anew() -> None:
    made = document(RICH)
    links = [rel.target_ref for rel in made.part.rels.values() if rel.is_external]
    assert links == ["https://example.org/b?a=1&b=2"]
    items = [one for one in made.paragraphs if one.style.name.startswith("List")]
    assert [(one.style.name, one.text) for one in items] == [
        ("List Number", "one"),
        ("List Number", "two"),
        ("List Bullet", "three"),
        ("List Number", "four"),
    ]
    numbers = [one._p.pPr.numPr.numId.val for one in items if one.style.name == "List Number"]
    assert numbers[0] == numbers[1] != numbers[2]


def test_a_paragraph_of_arabic_runs_from_right_to_left() -> None:
    letter = made_letter(body=paragraphs("My aunt fled.", "خالتي هربت."))
    latin, arabic = (one for one in document(letter).paragraphs if one.style.name == "Body Text")
    assert not latin._p.xpath("./w:pPr/w:bidi")
    assert arabic._p.xpath("./w:pPr/w:bidi")
    assert arabic.runs[0].font.rtl
    assert text_of(letter, "html").count('<p dir="auto">') == 2


def test_a_picture_of_a_signature_stands_above_the_name(tmp_path: Path) -> None:
    printing = Printing(profile("none"), signature=png(tmp_path))
    assert 'src="data:image/png;base64,iVBOR' in text_of(made_letter(), "html", printing)
    assert "img-src data:" in text_of(made_letter(), "html", printing)
    assert len(document(made_letter(), printing).inline_shapes) == 1
    assert len(document(made_letter()).inline_shapes) == 0


@pytest.mark.parametrize("content", [b"", b"<svg onload='x'/>", b"%PDF-1.7", b"GIF89a"])
def test_what_is_no_picture_of_a_signature_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "signature.png"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"signature\.not_a_picture .*signature\.png"):
        read_signature(path)
    with pytest.raises(InputError, match=r"signature\.not_readable"):
        read_signature(tmp_path / "missing.png")


@pytest.mark.parametrize("name", ["pdf", "html", "docx", "eml"])
def test_a_damaged_picture_of_a_signature_is_refused_by_every_format_that_shows_it(tmp_path: Path, name: str) -> None:
    path = png(tmp_path)
    path.write_bytes(path.read_bytes()[:50])
    with pytest.raises(InputError, match=r"signature\.damaged .*signature\.png"):
        render(made_letter(), name, Printing(profile("none"), signature=path))


def test_a_picture_that_word_cannot_hold_is_named(tmp_path: Path) -> None:
    path = tmp_path / "signature.jpg"
    Image.new("CMYK", (30, 10)).save(path)  # an Adobe JPEG: neither JFIF nor Exif
    printing = Printing(profile("none"), signature=path)
    assert render(made_letter(), "pdf", printing).pages == 1
    with pytest.raises(InputError, match=r"signature\.not_for_word .*signature\.jpg"):
        render(made_letter(), "docx", printing)


def test_a_double_window_shows_three_lines_of_the_sender_and_the_rest_stands_below_the_name() -> None:
    sender = (
        "Mary Okafor",
        "52 North Street",
        "Apt. 3",
        "Burlington, VT  05401",
        "mary@okafor.example",
        "802-555-0123",
    )
    letter = made_letter(sender=sender, sender_email="mary@okafor.example")
    made = document(letter, Printing(profile("us-10-double")))
    windows = [one.text for one in made.paragraphs if one.style.name == "Window"]
    assert windows[:3] == ["Mary Okafor", "52 North Street, Apt. 3", "Burlington, VT  05401"]
    contacts = [one.text for one in made.paragraphs if one.style.name == "Contact"]
    assert contacts == ["mary@okafor.example", "802-555-0123"]


@pytest.mark.parametrize("key", ["us-10-single", "uk-dl", "us-10-double"])
def test_the_head_of_a_document_puts_the_recipient_into_the_window(key: str) -> None:
    sheet = profile(key)
    made = document(made_letter(), Printing(sheet))
    y = made.sections[0].top_margin.pt
    found: dict[str, float] = {}
    for one in made.paragraphs:
        y += one.paragraph_format.space_before.pt if one.paragraph_format.space_before is not None else 0
        found.setdefault(one.text, y)
        if one.style.name == "Subject":
            break
        y += one.style.paragraph_format.line_spacing.pt
    assert sheet.recipient
    assert found["The Honorable Peter Welch"] == pytest.approx(sheet.recipient.y, abs=0.6)
    assert (
        found["Burlington, VT  05401"] + 10 <= sheet.recipient.y + sheet.recipient.height + 0.6 or key == "us-10-double"
    )
    assert y >= sheet.clear[0].y + sheet.clear[0].height - 0.6


@pytest.mark.parametrize(
    "name",
    ["A\r\nBcc: x@example.org", "A\nB", "A\0", "A\u2028B", "=?utf-8?q?=0ABcc:_x@example.org?=", "A =?utf-8?b?QQ==?= B"],
)
def test_a_name_or_subject_that_is_no_plain_header_is_refused(name: str) -> None:
    for letter in (
        made_letter(signature_name=name, sender_email="mary@example.org"),
        made_letter(subject=name),
    ):
        with pytest.raises(InputError, match=r"^eml\.(control_character|encoded_word)"):
            eml.render(letter, PRINTING)


@pytest.mark.parametrize("address", ["x@example.org\r\nBcc: y@example.org", "a b@example.org", "a@", "@", "a,b@c, d@e"])
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(InputError, match=r"^eml\.(control_character|not_an_address)"):
        eml.render(made_letter(sender_email=address), PRINTING)


@pytest.mark.parametrize(
    "name",
    ['Mary "Mo" O\'Connor, Jr.', "Łukasz Żółć", "Comma, Semi; <angle> (round) [square] @ : . \\", "王小明", "x" * 190],
)
def test_an_unusual_name_is_one_sender(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = render(made_letter(), "pdf", PRINTING)
    monkeypatch.setattr(eml, "print_letter", lambda *_: plain)  # the name's glyphs are another test's affair
    letter = made_letter(signature_name=name, sender_email="mary@example.org", subject="Überall " * 20)
    message = BytesParser(policy=policy.default).parsebytes(eml.render(letter, PRINTING).content)
    assert [(one.display_name, one.addr_spec) for one in message["From"].addresses] == [(name, "mary@example.org")]
    assert message["Subject"] == ("Überall " * 20)


def test_a_draft_that_reads_otherwise_than_meant_is_not_kept() -> None:
    headers, text, pdf = {"Subject": "A", "From": "Mary <mary@example.org>"}, "Hello\n", b"%PDF"
    sound = eml._message(made_letter(), headers, text, pdf).as_bytes()
    eml._compare(sound, headers, text, pdf)
    for grown in (
        sound.replace(b"Subject: A", b"Subject: A\r\nBcc: x@example.org"),
        sound.replace(b"Subject: A", b"Subject: A\r\nTo: x@example.org"),
        sound.replace(b"Subject: A", b"Subject: A\r\nReply-To: x@example.org"),
        sound.replace(b"Subject: A", b"Subject: B"),
        sound.replace(b"mary@example.org", b"mary@example.org, x@example.org"),
        sound.replace(b"Hello", b"Hullo"),
        sound.replace(b"JVBERg==", b"JVBERw=="),
    ):
        assert grown != sound
        with pytest.raises(InputError, match=r"^eml\.reads_differently"):
            eml._compare(grown, headers, text, pdf)


def test_an_address_beyond_ascii_is_kept() -> None:
    letter = made_letter(sender_email="josé@exämple.org")
    assert "\r\nFrom: Mary Okafor <josé@exämple.org>\r\n" in text_of(letter, "eml")


def test_a_draft_without_an_address_has_no_sender() -> None:
    message = BytesParser(policy=policy.default).parsebytes(render(made_letter(), "eml", PRINTING).content)
    assert "From" not in message
    assert "To" not in message


def test_a_day_before_zips_were_invented_still_makes_a_document() -> None:
    assert document(made_letter(date=DAY.replace(year=1979))).paragraphs


def test_no_form_known_is_said() -> None:
    text = text_of(made_letter(official=Official("x", "mayor", "Ann Lee")), "form")
    assert text.startswith("Paste at: the form on the site of the office (its address is not known)\n")


def test_every_format_is_made_where_the_registry_says() -> None:
    assert sorted(FORMATS) == ["docx", "eml", "form", "html", "pdf", "txt"]
    for name in FORMATS:
        assert render(made_letter(), name, PRINTING).content
