"""Letters typeset: pages and their numbers, tagged letters and volumes, envelopes, several threads at once."""

import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PIL import Image

from paper_fonts import needs_fonts
from paper_letters import BODY, made_letter, paragraphs
from paper_reading import Ink, lines, paths, pictures, sizes
from plea import language
from plea.errors import InputError, UsageError
from plea.letters.paper.profiles import DEFAULT, profile, profiles
from plea.letters.paper.typeset import envelope_page, picture, print_letter, set_volume
from plea.letters.paper.typeset import test_page as page_to_test_with
from plea.model.letters import Items, Letter, Paragraph, Printing, Recipient, Run

INCH = 72.0
MM = 72 / 25.4
SINGLE = Printing(profile("us-10-single"))


def _words(count: int) -> Letter:
    """A letter whose body has that many words, in paragraphs as letters have them."""
    words = [word for paragraph in BODY * 3 for word in paragraph.split()][:count]
    size = count // 6 + 1
    return made_letter(body=paragraphs(*(" ".join(words[start : start + size]) for start in range(0, count, size))))


def _text_size(content: bytes) -> float:
    """The height of the salutation's line, which goes with the size of the type."""
    line = next(line for line in lines(content) if line.text == "Dear Senator Welch:")
    return line.bottom - line.top


def test_a_letter_of_300_words_fits_a_page_under_every_window() -> None:
    for one in profiles().values():
        assert print_letter(_words(300), Printing(one)).pages == 1, one.key


def test_a_letter_just_too_long_is_set_in_ten_and_a_half() -> None:
    usual, longer = print_letter(_words(300), SINGLE), print_letter(_words(400), SINGLE)
    assert (usual.pages, longer.pages) == (1, 1)
    assert longer.warnings == ()
    assert _text_size(longer.content) / _text_size(usual.content) == pytest.approx(10.5 / 11, abs=0.02)


def test_the_close_does_not_stand_on_a_page_by_itself() -> None:
    # Whatever the length, so also where the text just fills the first page.
    for count in range(455, 500, 5):
        rendered = print_letter(_words(count), SINGLE)
        second = [line.text for line in lines(rendered.content) if line.page == 2]
        assert rendered.pages == 1 or second[1] != "Sincerely,", count


def test_a_letter_over_a_page_is_printed_and_reported_by_name() -> None:
    rendered = print_letter(_words(500), SINGLE)
    assert rendered.pages == 2
    (warning,) = rendered.warnings
    assert language.line(warning) == "diplomacy, Peter Welch: runs over: 2 pages"
    second = [line for line in lines(rendered.content) if line.page == 2]
    assert second[0].text.startswith("Mary Okafor")
    assert second[0].text.endswith("2")
    assert second[-1].text == "Mary Okafor"
    first = [line for line in lines(rendered.content) if line.page == 1]
    assert _body_size(first) == _body_size(second)


def _body_size(texts: list[Ink]) -> float:
    return max(round(line.bottom - line.top) for line in texts)


@needs_fonts
def test_large_print_takes_pages_without_a_warning() -> None:
    rendered = print_letter(made_letter(), Printing(profile("us-10-single"), large_print=True))
    assert rendered.pages == 2
    assert rendered.warnings == ()


def test_a_volume_says_where_each_letter_starts_and_prints_its_number() -> None:
    letters = [made_letter(), _words(500), made_letter(signature_name="Lee Park")]
    volume = set_volume(letters, SINGLE, number="{:04}".format, overlong=True)
    assert [(position.page, position.pages) for position in volume.positions] == [(1, 1), (2, 2), (4, 1)]
    texts = lines(volume.content)
    numbers = {line.text: line for line in texts if line.text.startswith("000")}
    assert {text: line.page for text, line in numbers.items()} == {"0001": 1, "0002": 2, "0003": 4}
    assert numbers["0001"].top > 792 - 0.75 * INCH
    assert [line.page for line in texts if line.text == "Lee Park"] == [4]
    # Numbers of pages are those of the letter, not of the volume.
    assert [line.text[-1] for line in texts if line.page == 3 and line.text.startswith("Mary Okafor ")] == ["2"]


def test_letters_do_not_touch_each_other_in_a_volume() -> None:
    letters = [made_letter(), made_letter(signature_name="Lee Park", body=paragraphs("One.")), made_letter()]
    volume = set_volume(letters, SINGLE)
    alone = [lines(print_letter(letter, SINGLE).content) for letter in letters]
    for number, texts in enumerate(alone, start=1):
        in_volume = [line for line in lines(volume.content) if line.page == number]
        assert [(line.text, line.left, line.top) for line in in_volume] == [
            (line.text, line.left, line.top) for line in texts
        ]


# --- the signature ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("size", "suffix"), [((600, 200), "png"), ((600, 200), "jpg"), ((2000, 50), "png")])
def test_a_signature_stands_between_close_and_name(tmp_path: Path, size: tuple[int, int], suffix: str) -> None:
    file = tmp_path / f"my signature.{suffix}"
    Image.new("RGB", size, "navy").save(file)
    content = print_letter(made_letter(), Printing(profile("us-10-single"), signature=file)).content
    texts = lines(content)
    close = next(line for line in texts if line.text == "Sincerely,")
    name = [line for line in texts if line.text == "Mary Okafor"][-1]
    (shown,) = pictures(content)
    assert close.bottom - 3 <= shown.top
    assert shown.bottom <= name.top + 1
    assert shown.left == pytest.approx(INCH, abs=1)
    assert (shown.right - shown.left) / (shown.bottom - shown.top) == pytest.approx(size[0] / size[1], rel=0.02)
    assert shown.bottom - shown.top <= 4 * 14
    assert shown.right - shown.left <= 3.25 * INCH + 1


def test_a_file_that_is_no_picture_is_named(tmp_path: Path) -> None:
    text, damaged = tmp_path / "signature.png", tmp_path / "damaged.png"
    text.write_text("not a picture")
    Image.new("RGB", (600, 200), "navy").save(damaged)
    damaged.write_bytes(damaged.read_bytes()[:60])
    for file in (text, damaged, tmp_path / "missing.png"):
        with pytest.raises(InputError) as caught:
            print_letter(made_letter(), Printing(profile("us-10-single"), signature=file))
        assert caught.value.problem.where == str(file)
        assert caught.value.problem.code.startswith("signature.")


# --- envelopes, test page, preview ------------------------------------------------------------------------


def _between_edges(content: bytes, width: float, height: float) -> tuple[list[Ink], list[Ink]]:
    """The lines of the return address and of the recipient, checked to stand on the envelope."""
    assert sizes(content) == [(round(width, 2), round(height, 2))]
    texts = lines(content)
    assert all(line.left > 0 and line.right < width and line.top > 0 and line.bottom < height for line in texts)
    return [line for line in texts if line.top < height / 3], [line for line in texts if line.top >= height / 3]


def test_a_plain_us_envelope_has_both_addresses_where_machines_read() -> None:
    content = envelope_page(made_letter(), SINGLE)
    sender, recipient = _between_edges(content, 9.5 * INCH, 4.125 * INCH)
    assert [line.text for line in sender] == [
        "Mary Okafor",
        "52 North Street, Apt. 3",
        "Burlington, VT\u00a0\u00a005401",
    ]
    assert [line.text for line in recipient] == [
        "The Honorable Peter Welch",
        "United States Senate",
        "199 Main Street, 4th Floor",
        "Burlington, VT\u00a0\u00a005401",
    ]
    # Domestic Mail Manual 202.2.1: within 5/8 to 2 3/4 inches from the bottom, half an inch from the sides.
    assert all(line.bottom <= (4.125 - 0.625) * INCH for line in recipient)
    assert all(line.top >= (4.125 - 2.75) * INCH for line in recipient)
    assert all(line.left >= 0.5 * INCH and line.right <= 9 * INCH for line in recipient)


def test_a_long_address_stays_within_what_machines_read() -> None:
    long = Recipient(
        lead=("The Honorable Jane Doe", "Chair, Committee on Homeland Security and Governmental Affairs", "Senate"),
        building="Dirksen Senate Office Building",
        street="50 Constitution Avenue NE",
        suite="Room 340",
        last=("Washington, DC  20510",),
    )
    _, recipient = _between_edges(envelope_page(made_letter(recipient=long), SINGLE), 9.5 * INCH, 4.125 * INCH)
    assert len(recipient) == 6
    assert recipient[0].top >= (4.125 - 2.75) * INCH
    assert recipient[-1].bottom <= (4.125 - 0.625) * INCH


def test_a_british_letter_goes_into_a_dl_envelope() -> None:
    _between_edges(envelope_page(made_letter(), Printing(profile("uk-dl"))), 220 * MM, 110 * MM)


def test_envelope_and_test_page_are_the_same_bytes_each_time() -> None:
    assert envelope_page(made_letter(), SINGLE) == envelope_page(made_letter(), SINGLE)
    assert envelope_page(made_letter(), SINGLE) != envelope_page(made_letter(date=date(2026, 11, 23)), SINGLE)
    assert page_to_test_with(profile("uk-dl")) == page_to_test_with(profile("uk-dl"))


@pytest.mark.parametrize("key", list(profiles()))
def test_a_test_page_says_100_percent_and_names_the_lines_that_must_show(key: str) -> None:
    one = profile(key)
    content = page_to_test_with(one)
    assert sizes(content) == [(round(one.width, 2), round(one.height, 2))]
    texts = lines(content)
    said = " ".join(line.text for line in texts)
    assert "100 %" in said
    must_show = [line for line in texts if "must show whole" in line.text]
    counts = {"us-10-single": 5, "us-10-double": 7, "uk-dl": 5, "none": 0, "hand": 0}
    assert len(must_show) == counts[key]
    if one.recipient:
        last = max(must_show, key=lambda line: line.bottom)
        assert one.recipient.y <= last.top
        assert last.bottom <= one.recipient.y + one.recipient.height


@needs_fonts
def test_a_preview_is_a_picture_of_the_page() -> None:
    from io import BytesIO  # noqa: PLC0415 (only here)

    printing = Printing(profile("us-10-single"), large_print=True)
    first, second = picture(made_letter(), printing), picture(made_letter(), printing, page=2)
    assert first != second
    shown = Image.open(BytesIO(first))
    assert shown.format == "PNG"
    assert shown.width / shown.height == pytest.approx(8.5 / 11, abs=0.01)
    with pytest.raises(UsageError, match=r"letter\.no_such_page"):
        picture(made_letter(), printing, page=3)


ARABIC = "اسمي سميرة حداد، وأعيش في Burlington منذ عام 2016 (مع أختي)."
LIST = (
    Paragraph((Run("I ask "), Run("one thing", strong=True), Run(" of "), Run("you", emphasis=True), Run(":"))),
    Items(((Run("say in public " + "what you will do, " * 8),), (Run("write to me."),))),
    Items(((Run("first"),), (Run("second"),)), ordered=True),
    Paragraph((Run("See "), Run("the bill", href="https://www.congress.gov/bill"), Run("."))),
)
LETTERS: dict[str, Letter] = {
    "plain": made_letter(),
    "enclosures": made_letter(enclosures=("Petition", "Map"), copy_of="diplomacy"),
    "list": made_letter(body=(*paragraphs(BODY[0]), *LIST, *paragraphs(BODY[5]))),
    "arabic": made_letter(body=paragraphs(BODY[0], ARABIC, BODY[2])),
    "spanish": made_letter(language="es", subject="Diálogo para Siria", close="Atentamente,"),
    "two pages": made_letter(body=paragraphs(*BODY, *BODY)),
}


@needs_fonts
@pytest.mark.parametrize("large_print", [False, True])
@pytest.mark.parametrize("key", list(profiles()))
@pytest.mark.parametrize("name", LETTERS)
def test_both_bodies_put_the_same_ink_in_the_same_places(name: str, key: str, large_print: bool) -> None:
    printing = Printing(profile(key), large_print=large_print)
    one = print_letter(LETTERS[name], printing)
    many = set_volume([LETTERS[name]], printing, overlong=True)
    assert lines(one.content) == lines(many.content)
    assert paths(one.content) == paths(many.content)
    assert [position.pages for position in many.positions] == [one.pages]
    assert (one.pages > 1) == (large_print or name == "two pages")


def _structure(content: bytes) -> list[tuple[str, int]]:
    """The types of the tag tree with their depth."""
    document = pikepdf.open(io.BytesIO(content))
    found: list[tuple[str, int]] = []

    def walk(node: Any, depth: int) -> None:
        if isinstance(node, pikepdf.Array):
            for child in node:
                walk(child, depth)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            found.append((str(node["/S"]), depth))
            if "/K" in node:
                walk(node["/K"], depth + 1)

    walk(document.Root["/StructTreeRoot"]["/K"], 0)
    return found


def test_one_letter_is_tagged_with_real_paragraphs() -> None:
    content = print_letter(made_letter(enclosures=("Map",)), Printing(profile("us-10-single"))).content
    document = pikepdf.open(io.BytesIO(content))
    assert document.Root["/MarkInfo"]["/Marked"]
    assert str(document.Root["/Lang"]) == "en"
    with document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Lead talks among all parties in Syria"
    # Sender, date, recipient, subject, salutation, six of the body, close, name, enclosure.
    assert [tag for tag, _ in _structure(content)].count("/P") == 14


def test_lists_and_emphasis_are_tagged_as_such() -> None:
    content = print_letter(LETTERS["list"], Printing(profile("us-10-single"))).content
    tags = [tag for tag, _ in _structure(content)]
    assert tags.count("/L") == 2
    assert tags.count("/LI") == 4
    assert "/Strong" in tags
    assert "/Em" in tags
    assert "/Link" in tags


def test_a_link_is_printed_with_its_address() -> None:
    said = " ".join(line.text for line in lines(print_letter(LETTERS["list"], Printing(profile("none"))).content))
    assert "See the bill (https://www.congress.gov/bill)." in said


def test_the_language_is_the_letters() -> None:
    content = print_letter(LETTERS["spanish"], Printing(profile("us-10-single"))).content
    document = pikepdf.open(io.BytesIO(content))
    assert str(document.Root["/Lang"]) == "es"


def test_volumes_are_not_tagged() -> None:
    content = set_volume([made_letter()], Printing(profile("us-10-single"))).content
    document = pikepdf.open(io.BytesIO(content))
    assert "/StructTreeRoot" not in document.Root


def test_same_letter_same_bytes_dated_at_noon_of_its_own_day() -> None:
    printing = Printing(profile("us-10-single"))
    first, second = print_letter(made_letter(), printing).content, print_letter(made_letter(), printing).content
    assert first == second
    assert b"20261122120000" in first.replace(b"-", b"").replace(b":", b"").replace(b"T", b"")
    with pikepdf.open(io.BytesIO(first)).open_metadata() as metadata:
        assert metadata["xmp:CreateDate"].startswith("2026-11-22T12:00:00")
    volumes = {set_volume([made_letter()] * 3, printing).content for _ in range(2)}
    assert len(volumes) == 1


@needs_fonts
def test_all_fonts_are_embedded() -> None:
    document = pikepdf.open(io.BytesIO(print_letter(LETTERS["arabic"], Printing(profile("none"))).content))
    fonts = [thing for thing in document.objects if isinstance(thing, pikepdf.Dictionary) and "/FontName" in thing]
    assert len(fonts) >= 3
    assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(font.keys()) for font in fonts)


def test_paper_is_the_profiles() -> None:
    assert sizes(print_letter(made_letter(), Printing(profile("us-10-double"))).content) == [(612.0, 792.0)]
    assert sizes(print_letter(made_letter(), Printing(profile("uk-dl"))).content) == [(595.28, 841.89)]


def test_there_is_room_of_four_lines_to_sign() -> None:
    texts = lines(print_letter(made_letter(), Printing(profile("us-10-single"))).content)
    close = next(index for index, line in enumerate(texts) if line.text == "Sincerely,")
    assert texts[close + 1].text == "Mary Okafor"
    # Four lines of 14 points from the close to the name, and the height of the name's own line.
    assert texts[close + 1].top - texts[close].top == pytest.approx(4 * 14 + 11, abs=1)


def test_a_story_is_printed_as_typed() -> None:
    typed = '#import "x": *  {{7*7}} <b>bold</b> **x** =1+1 $x^2$ @ref `raw` \\u{41} _em_ [link](x) // end'
    for content in (
        print_letter(made_letter(body=paragraphs(typed)), Printing(profile("none"))).content,
        set_volume([made_letter(body=paragraphs(typed))], Printing(profile("none"))).content,
    ):
        said = " ".join(line.text for line in lines(content))
        assert " ".join(typed.split()) in " ".join(said.split())


def test_no_picture_without_a_signature() -> None:
    assert pictures(print_letter(made_letter(), Printing(profile("none"))).content) == []


LENGTHS = (1, 90)  # paragraphs; the second letter runs over many pages


def test_letters_set_at_the_same_time_count_their_own_pages() -> None:
    letters = [replace(made_letter(), body=paragraphs(*["A paragraph of a letter."] * long)) for long in LENGTHS]

    def pages(place: int) -> int:
        return print_letter(letters[place], Printing(profile(DEFAULT))).pages

    expected = [pages(0), pages(1)]
    assert expected[0] == 1
    assert expected[1] > 1
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(pages, [0, 1] * 20)) == expected * 20
