"""The two bodies of the layout: one tagged and valid to PDF/UA-1, one for volumes, equal to the eye."""

import io
from typing import Any

import pikepdf
import pytest

from paper_fonts import needs_fonts
from paper_letters import BODY, made_letter, paragraphs
from paper_reading import lines, paths, pictures, sizes
from plea.letters.paper.profiles import profile, profiles
from plea.letters.paper.typeset import print_letter, set_volume
from plea.model.letters import Items, Letter, Paragraph, Printing, Run

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
