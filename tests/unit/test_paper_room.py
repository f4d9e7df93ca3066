"""Nothing runs off the paper or over something else: it is reported, and the letter is not made."""

import pytest

from paper_letters import made_letter, paragraphs
from paper_reading import lines
from plea.letters.formats import pdf
from plea.letters.paper.profiles import profile
from plea.letters.paper.typeset import UnprintableError
from plea.letters.paper.volume import set_volume
from plea.model.letters import Letter, Printing, Recipient

SINGLE = Printing(profile("us-10-single"))
DOUBLE = Printing(profile("us-10-double"))
BRITISH = Printing(profile("uk-dl"))
PLAIN = Printing(profile("none"))
LONDON = Recipient(lead=("Jane Doe MP", "House of Commons"), last=("London", "SW1A 0AA"))
STREET = "Flat 3, The Old Coaching House, 14 Church Lane West"
ALEX = "Dr Alexandra Featherstonehaugh-Cholmondeley"


def refused(letter: Letter, printing: Printing) -> list[tuple[str, str]]:
    with pytest.raises(UnprintableError) as caught:
        pdf.render(letter, printing)
    return [(problem.where, problem.what) for problem in caught.value.problems]


@pytest.mark.parametrize("printing", [SINGLE, DOUBLE, BRITISH, PLAIN], ids=lambda printing: printing.profile.key)
def test_a_word_wider_than_the_page_is_refused(printing: Printing) -> None:
    said = [("the text", "holds a word of 200 letters, wider than the page")]
    assert refused(made_letter(recipient=LONDON, body=paragraphs("See " + "w" * 200)), printing) == said


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"subject": "w" * 120}, "the subject"),
        ({"signature_name": "w" * 120}, "the name"),
        ({"enclosures": ("A list", "w" * 120)}, "the enclosures"),
        ({"sender": ("Mary Okafor", "w" * 120, "Burlington, VT  05401")}, "your own address"),
    ],
)
def test_the_part_that_holds_it_is_named(changes: dict[str, object], where: str) -> None:
    assert refused(made_letter(**changes), SINGLE) == [(where, "holds a word of 120 letters, wider than the page")]
    assert refused(made_letter(**changes), PLAIN) == [(where, "holds a word of 120 letters, wider than the page")]


def test_a_volume_leaves_it_out_by_name() -> None:
    wide = made_letter(body=paragraphs("w" * 200))
    bound = set_volume([made_letter(), wide, made_letter(id="1")], SINGLE, number=str)
    assert [place.page for place in bound.places] == [1, 0, 2]
    assert [problem.what for problem in bound.places[1].problems] == [
        "holds a word of 200 letters, wider than the page"
    ]


def test_what_breaks_stays_on_the_page() -> None:
    address = "https://example.org/" + "a-fair-hearing/" * 12
    letter = made_letter(body=paragraphs(f"See {address} for more."))
    edge = max(line.right for line in lines(pdf.render(letter, SINGLE).content))
    assert edge <= 612 - 72 + 0.5


def test_a_sender_that_would_cover_the_date_is_refused() -> None:
    sender = (ALEX, STREET, "Newcastle-under-Lyme", "ST5 1AA", "alexandra@example.org", "+44 20 7946 0000")
    said = [("your own address", "takes 8 lines above the window, room for 7")]
    assert refused(made_letter(sender=sender, recipient=LONDON), BRITISH) == said
    assert pdf.render(made_letter(sender=sender[:5], recipient=LONDON), BRITISH).pages == 1
    assert pdf.render(made_letter(sender=sender, recipient=LONDON), PLAIN).pages == 1


def test_an_address_too_wide_for_the_column_is_refused() -> None:
    sender = ("Jane Roe", "1 High Street", "London", "SW1A 1AA", "jane.featherstonehaugh.cholmondeley@example.org")
    assert refused(made_letter(sender=sender, recipient=LONDON), BRITISH) == [
        ("your own address", "holds a word of 47 letters, wider than the page")
    ]


def test_an_e_mail_too_wide_for_its_place_beside_the_window_is_refused() -> None:
    sender = ("Jane Roe", "1 High Street", "Burlington, VT  05401", "jane.featherstonehaugh.cholmondeley@example.org")
    assert refused(made_letter(sender=sender), DOUBLE) == [
        ("your e-mail address or telephone", "is wider than the place beside the window")
    ]
