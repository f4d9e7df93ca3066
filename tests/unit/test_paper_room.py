"""Nothing runs off the paper or over something else: it is reported, and the letter is not made."""

import pytest

from paper_letters import made_letter, paragraphs
from paper_reading import lines
from plea import language
from plea.letters.paper.profiles import profile
from plea.letters.paper.typeset import UnprintableError, print_letter, set_volume
from plea.model.letters import Letter, Printing, Recipient
from plea.problems import Problem

SINGLE = Printing(profile("us-10-single"))
DOUBLE = Printing(profile("us-10-double"))
BRITISH = Printing(profile("uk-dl"))
PLAIN = Printing(profile("none"))
LONDON = Recipient(lead=("Jane Doe MP", "House of Commons"), last=("London", "SW1A 0AA"))
STREET = "Flat 3, The Old Coaching House, 14 Church Lane West"
ALEX = "Dr Alexandra Featherstonehaugh-Cholmondeley"


def refused(letter: Letter, printing: Printing) -> list[Problem]:
    with pytest.raises(UnprintableError) as caught:
        print_letter(letter, printing)
    return list(caught.value.problems)


@pytest.mark.parametrize("printing", [SINGLE, DOUBLE, BRITISH, PLAIN], ids=lambda printing: printing.profile.key)
def test_a_word_wider_than_the_page_is_refused(printing: Printing) -> None:
    letter = made_letter(recipient=LONDON, body=paragraphs("See " + "w" * 200))
    assert refused(letter, printing) == [Problem("body.word_too_long", "letter", letters=200)]


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"subject": "w" * 120}, "subject"),
        ({"signature_name": "w" * 120}, "name"),
        ({"enclosures": ("A list", "w" * 120)}, "enclosures"),
        ({"sender": ("Mary Okafor", "w" * 120, "Burlington, VT  05401")}, "sender"),
    ],
)
def test_the_part_that_holds_it_is_named(changes: dict[str, object], part: str) -> None:
    assert refused(made_letter(**changes), SINGLE) == [Problem(f"{part}.word_too_long", "letter", letters=120)]
    assert refused(made_letter(**changes), PLAIN) == [Problem(f"{part}.word_too_long", "letter", letters=120)]


def test_a_volume_leaves_it_out_by_name() -> None:
    wide = made_letter(body=paragraphs("w" * 200))
    volume = set_volume([made_letter(), wide, made_letter(id="1")], SINGLE, number=str)
    assert [position.page for position in volume.positions] == [1, 0, 2]
    (problem,) = volume.positions[1].problems
    assert language.line(problem) == "letter: the text holds a word of 200 letters, wider than the page"


def test_what_breaks_stays_on_the_page() -> None:
    address = "https://example.org/" + "a-fair-hearing/" * 12
    letter = made_letter(body=paragraphs(f"See {address} for more."))
    edge = max(line.right for line in lines(print_letter(letter, SINGLE).content))
    assert edge <= 612 - 72 + 0.5


def test_a_sender_that_would_cover_the_date_is_refused() -> None:
    sender = (ALEX, STREET, "Newcastle-under-Lyme", "ST5 1AA", "alexandra@example.org", "+44 20 7946 0000")
    problems = refused(made_letter(sender=sender, recipient=LONDON), BRITISH)
    assert problems == [Problem("sender.too_many_lines", "letter", lines=8, most=7)]
    assert print_letter(made_letter(sender=sender[:5], recipient=LONDON), BRITISH).pages == 1
    assert print_letter(made_letter(sender=sender, recipient=LONDON), PLAIN).pages == 1


def test_an_address_too_wide_for_the_column_is_refused() -> None:
    sender = ("Jane Roe", "1 High Street", "London", "SW1A 1AA", "jane.featherstonehaugh.cholmondeley@example.org")
    assert refused(made_letter(sender=sender, recipient=LONDON), BRITISH) == [
        Problem("sender.word_too_long", "letter", letters=47)
    ]


def test_an_e_mail_too_wide_for_its_place_beside_the_window_is_refused() -> None:
    sender = ("Jane Roe", "1 High Street", "Burlington, VT  05401", "jane.featherstonehaugh.cholmondeley@example.org")
    assert refused(made_letter(sender=sender), DOUBLE) == [Problem("contact.too_wide", "letter")]
