"""What fits: addresses in windows (all district offices of the public data), words and senders on the page."""

from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from paper_letters import made_letter, paragraphs
from paper_reading import lines
from plea import language
from plea.errors import InputError
from plea.letters.paper.fit import fit_recipient, lines_in, possible_lines
from plea.letters.paper.profiles import profile
from plea.letters.paper.typeset import UnprintableError, print_letter, set_volume
from plea.letters.paper.typst_compiler import compiler
from plea.letters.paper.typst_inputs import ADDRESS_SIZE
from plea.model.letters import Letter, Printing, Recipient
from plea.problems import Problem

if TYPE_CHECKING:
    from plea.model.officials import Office, Official

TOWN = "Burlington, VT  05401"
KEPT = "Burlington, VT\u00a0\u00a005401"


def _measure(lines_of: Iterable[str]) -> Mapping[str, float]:
    return compiler().widths(lines_of, ADDRESS_SIZE)


def _recipient(**parts: object) -> Recipient:
    return Recipient(
        **{  # type: ignore[arg-type]
            "lead": ("The Honorable Jane Doe", "United States Senate"),
            "street": "199 Main Street",
            "suite": "4th Floor",
            "last": (TOWN,),
            **parts,
        }
    )


def test_the_suite_joins_the_street_and_the_two_spaces_stay() -> None:
    fitted = fit_recipient(_recipient(), profile("us-10-single"), _measure)
    assert fitted == ("The Honorable Jane Doe", "United States Senate", "199 Main Street, 4th Floor", KEPT)
    said = [line.text for line in lines(print_letter(made_letter(), Printing(profile("us-10-single"))).content)]
    assert "Burlington, VT\u00a0\u00a005401" in said


def test_the_building_stays_where_there_is_room_and_goes_first_where_there_is_none() -> None:
    with_building = _recipient(building="Federal Building")
    single = fit_recipient(with_building, profile("us-10-single"), _measure)
    assert isinstance(single, tuple)
    assert single[2:4] == ("Federal Building", "199 Main Street, 4th Floor")
    double = fit_recipient(with_building, profile("us-10-double"), _measure)
    assert isinstance(double, tuple)
    assert double == ("The Honorable Jane Doe", "United States Senate", "199 Main Street, 4th Floor", KEPT)


def test_a_joined_line_too_long_is_parted_where_a_line_is_left() -> None:
    long = _recipient(street="1200 Martin Luther King Jr. Boulevard South", suite="North Tower, Suite 1104")
    fitted = fit_recipient(long, profile("us-10-single"), _measure)
    assert isinstance(fitted, tuple)
    assert fitted[2:4] == ("1200 Martin Luther King Jr. Boulevard South", "North Tower, Suite 1104")


def test_without_a_window_everything_stays() -> None:
    fitted = fit_recipient(_recipient(building="Federal Building", country="CANADA"), profile("none"), _measure)
    assert isinstance(fitted, tuple)
    assert len(fitted) == 6


@pytest.mark.parametrize(
    ("parts", "what"),
    [
        ({"street": "1200 Doctor Martin Luther King Junior Memorial Boulevard South"}, "Memorial Boulevard South"),
        (
            {"lead": ("The Honorable Jane Doe", "Chair", "Committee", "United States Senate"), "building": "Hall"},
            "it has 6 lines, and there is room for 5",
        ),
    ],
)
def test_what_does_not_fit_is_said_with_recipient_and_profile(parts: dict[str, object], what: str) -> None:
    problem = fit_recipient(_recipient(**parts), profile("us-10-single"), _measure)
    assert isinstance(problem, Problem)
    words = language.what(problem)
    assert words.startswith("the address of The Honorable Jane Doe does not fit the window of us-10-single: ")
    assert what in words
    assert "--profile none" in language.hint(problem)


def test_a_long_committee_is_broken_between_words() -> None:
    chair = Recipient(
        lead=(
            "The Honorable Jane Doe",
            "Chair, Committee on Homeland Security and Governmental Affairs",
            "United States Senate",
        ),
        last=("Washington, DC  20510",),
    )
    fitted = fit_recipient(chair, profile("us-10-single"), _measure)
    assert isinstance(fitted, tuple)
    assert fitted[1:4] == (
        "Chair, Committee on Homeland Security and",
        "Governmental Affairs",
        "United States Senate",
    )


def test_a_letter_that_does_not_fit_is_not_printed() -> None:
    wide = made_letter(recipient=_recipient(street="1200 Doctor Martin Luther King Junior Memorial Boulevard South"))
    with pytest.raises(UnprintableError) as caught:
        print_letter(wide, Printing(profile("us-10-single")))
    assert isinstance(caught.value, InputError)
    assert [problem.code for problem in caught.value.problems] == ["recipient.line_too_long"]
    # A volume leaves them out and prints the rest.
    volume = set_volume([wide, made_letter(), wide], Printing(profile("us-10-single")))
    assert [bool(position.problems) for position in volume.positions] == [True, False, True]
    assert volume.positions[0].problems == caught.value.problems


def test_a_sender_too_wide_for_the_upper_window_is_not_cut() -> None:
    letter = made_letter(sender=("Mary Okafor", "The Old Mill at the Falls, 52 North Street", TOWN))
    with pytest.raises(UnprintableError, match=r"sender\.not_in_window"):
        print_letter(letter, Printing(profile("us-10-double")))
    assert print_letter(letter, Printing(profile("us-10-single"))).pages == 1


def test_lines_that_a_box_holds() -> None:
    # 10 on 11 points: 54 points hold five lines, 45 four, 36 three, 20 mm five.
    assert [lines_in(height) for height in (54.0, 45.0, 36.0, 20 * 72 / 25.4)] == [5, 4, 3, 5]


@pytest.mark.shared_data
def test_all_district_offices_through_both_windows(directory_home: Path) -> None:
    from plea.officials.directory import open_directory  # noqa: PLC0415 (for real data only)
    from plea.officials.roles import recipient, role  # noqa: PLC0415

    directory = open_directory(directory_home / "officials.sqlite")
    keys = ("us-senator", "us-representative", "us-delegate", "us-resident-commissioner")
    found: list[tuple[Official, Office]] = [
        (official, office)
        for key in keys
        for official in directory.by_role(key)
        for office in official.offices
        if office.kind == "district" and office.street and office.zip
    ]
    assert 1290 <= len(found) <= 1312
    recipients = [recipient(official, office, role(official.role), "US") for official, office in found]
    _measure(line for one in recipients for line in possible_lines(one))
    outcome: Counter[tuple[str, str]] = Counter()
    for key in ("us-10-single", "us-10-double"):
        sheet = profile(key)
        assert sheet.recipient is not None
        for one in recipients:
            fitted = fit_recipient(one, sheet, _measure)
            if isinstance(fitted, Problem):
                assert one.lead[0] in language.what(fitted)
                outcome[key, "does not fit"] += 1
                continue
            outcome[key, "without its building" if one.building and one.building not in fitted else "whole"] += 1
            assert len(fitted) <= lines_in(sheet.recipient.height)
            assert max(_measure(fitted).values()) <= sheet.recipient.width
            assert {one.lead[0], one.last[-1].replace("  ", "\u00a0\u00a0")} <= set(fitted)
            assert all(one.street in line for line in fitted if line.startswith(one.street))
    count = len(found)
    print(outcome)  # noqa: T201 (shown when it fails)
    assert outcome["us-10-single", "whole"] >= 0.99 * count
    assert outcome["us-10-single", "whole"] + outcome["us-10-single", "without its building"] >= 0.995 * count
    assert 0.80 * count <= outcome["us-10-double", "whole"] <= 0.90 * count
    assert outcome["us-10-double", "whole"] + outcome["us-10-double", "without its building"] >= 0.98 * count


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
