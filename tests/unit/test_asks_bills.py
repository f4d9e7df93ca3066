"""What a letter may say of a bill: by the reader's chamber, the day, and what was fetched."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from own_packs import ASK, make_pack, paragraphs, with_detail
from plea.asks.bills import ordinal, problems_in_bills
from plea.asks.pack import load_pack
from plea.asks.render import RenderRequest, render
from plea.errors import InputError
from plea.model.bills import Standing
from plea.model.officials import Membership, Official
from plea.model.people import Supporter

SAM = Supporter("Sam Rivers", city="Burlington", state="VT", zip="05401")
SENATOR = Official("us-S000001", "us-senator", "Alex Morgan", "Morgan", state="VT")
MEMBER = Official("us-H000001", "us-representative", "Robin Hill", "Hill", state="VT", district="VT-0")
PRESIDENT = Official("us-president", "us-president")
CHAIR = Official("us-chair-HSAG-H000002", "committee-chair", "Lee Park", "Park", place="U.S. House of Representatives")
BEFORE = date(2026, 11, 28)
BILLS = """\
[trees]
congress = 119
number = "hr77"
companion = "s55"
name.en = "Street Trees Act"
does.en = "It would plant a tree on every street."
source = { title = "H.R. 77 as introduced", publisher = "GPO", url = "https://example.org/hr77", day = 2025-02-03 }

[shade]
congress = 119
number = "s66"
name.en = "Shade Act"
does.en = "It would shade every playground."
source = { title = "S. 66 as introduced", publisher = "GPO", url = "https://example.org/s66", day = 2025-02-03 }
"""
ASKED = (
    "{% set trees = bill('KEY') %}"
    "{{ trees.number }}; {{ trees.companion or 'none' }}; {{ trees.name }}; {{ trees.does }} {{ trees.congress }};"
    "{% for name, holds in [('known', trees.known), ('alive', trees.alive), ('ended', trees.ended),"
    " ('law', trees.is_law), ('sponsor', trees.sponsored_by(official)), ('cosponsor', trees.cosponsored_by(official)),"
    " ('committee', trees.in_committee_of(official))] %}{% if holds %} {{ name }}{% endif %}{% endfor %}"
)


def pack_with_bills(folder: Path, detail: str = ASKED.replace("KEY", "trees"), bills: str = BILLS) -> Path:
    """A pack for every reader of these tests, whose letters say `detail`."""
    pack = make_pack(folder, letter=with_detail(detail))
    (pack / "bills.toml").write_text(bills, "utf-8")
    file = pack / "asks" / ASK / "ask.toml"
    roles = ("us-representative", "us-president", "committee-chair")
    text = file.read_text("utf-8").replace(
        '[roles]\nus-senator = "legislative"',
        '[roles]\nus-senator = "legislative"' + "".join(f'\n{role} = "legislative"' for role in roles),
    )
    text = text.replace("[params]", "".join(f'[acts.{role}]\nen = "Plant."\n\n' for role in roles) + "[params]")
    file.write_text(text, "utf-8")
    return pack


def said(pack: Path, official: Official, on: date = BEFORE) -> str:
    """The detail of the letter to that official."""
    loaded = load_pack(pack)
    return paragraphs(render(loaded, loaded.ask(ASK), RenderRequest(SAM, official, on=on)))[3]


def with_standing(official: Official, *standings: Standing) -> Official:
    return replace(official, bills=standings)


def test_a_bill_has_the_number_of_its_readers_chamber(tmp_path: Path) -> None:
    pack = pack_with_bills(tmp_path)
    does = "Street Trees Act; It would plant a tree on every street. 119th;"
    assert said(pack, SENATOR) == f"S. 55; H.R. 77; {does} alive"
    assert said(pack, MEMBER) == f"H.R. 77; S. 55; {does} alive"
    assert said(pack, CHAIR) == f"H.R. 77; S. 55; {does} alive"
    assert said(pack, PRESIDENT) == f"H.R. 77; S. 55; {does} alive"


def test_a_bill_of_the_other_chamber_alone_has_no_number_here(tmp_path: Path) -> None:
    pack = pack_with_bills(tmp_path, ASKED.replace("KEY", "shade"))
    assert said(pack, MEMBER).startswith("; S. 66; Shade Act")
    assert said(pack, SENATOR).startswith("S. 66; none; Shade Act")


@pytest.mark.parametrize(
    ("on", "of_house", "of_senate", "of_neither"),
    [
        (date(2026, 12, 14), "alive", "alive", "alive"),  # the House's last day is December 17, the Senate's the 18th
        (date(2026, 12, 15), "", "alive", "alive"),
        (date(2026, 12, 16), "", "", ""),
        (date(2027, 1, 2), "", "", ""),
        (date(2027, 1, 3), "ended", "ended", "ended"),
        (date(2031, 1, 15), "ended", "ended", "ended"),
    ],
)
def test_a_bill_lives_while_its_readers_chamber_can_act_on_it(
    tmp_path: Path, on: date, of_house: str, of_senate: str, of_neither: str
) -> None:
    pack = pack_with_bills(tmp_path)
    for official, ends_with in ((MEMBER, of_house), (SENATOR, of_senate), (PRESIDENT, of_neither)):
        assert said(pack, official, on).rpartition("119th;")[2].strip() == ends_with


def test_a_bill_of_a_congress_without_a_calendar_lives_until_it_ends(tmp_path: Path) -> None:
    pack = pack_with_bills(tmp_path, bills=BILLS.replace("congress = 119", "congress = 120"))
    assert said(pack, MEMBER, date(2028, 12, 31)).endswith("120th; alive")
    assert said(pack, MEMBER, date(2029, 1, 1)).endswith("120th;")


def test_what_was_fetched_tells_who_is_on_the_bill(tmp_path: Path) -> None:
    pack = pack_with_bills(tmp_path)
    sponsor = with_standing(MEMBER, Standing("119hr77", is_sponsor=True), Standing("119s55"))
    cosponsor = with_standing(SENATOR, Standing("119hr77"), Standing("119s55", cosponsor_since=date(2026, 3, 1)))
    neither = with_standing(SENATOR, Standing("119hr77"), Standing("119s55"))
    assert said(pack, sponsor).endswith("119th; known alive sponsor")
    assert said(pack, cosponsor).endswith("119th; known alive cosponsor")
    assert said(pack, neither).endswith("119th; known alive")


def test_a_cosponsor_is_one_from_the_day_they_joined(tmp_path: Path) -> None:
    pack = pack_with_bills(tmp_path)
    joined = with_standing(SENATOR, Standing("119s55", cosponsor_since=date(2026, 3, 1)))
    assert said(pack, joined, date(2026, 3, 1)).endswith("known alive cosponsor")
    assert said(pack, joined, date(2026, 2, 28)).endswith("known alive")


def test_whoever_is_on_the_bill_of_the_other_chamber_is_not_on_this_one(tmp_path: Path) -> None:
    """A senator who was in the House until this spring cosponsored the House's bill, not the Senate's."""
    moved = with_standing(SENATOR, Standing("119hr77", cosponsor_since=date(2025, 3, 1)), Standing("119s55"))
    assert said(pack_with_bills(tmp_path), moved).endswith("119th; known alive")


def test_a_status_of_the_other_chambers_bill_alone_tells_nothing_of_the_reader(tmp_path: Path) -> None:
    only_house = with_standing(SENATOR, Standing("119hr77"))
    assert said(pack_with_bills(tmp_path), only_house).endswith("119th; alive")


def test_a_bill_lies_before_the_committee_its_reader_sits_on(tmp_path: Path) -> None:
    pack = pack_with_bills(tmp_path)
    standing = Standing("119s55", committees=("SSAF", "SSAF13"))
    for committee, there in (("SSAF", True), ("SSAF13", True), ("SSFR", False)):
        official = Official(
            "us-S000002", "us-senator", "Jo Day", memberships=(Membership(committee, "x"),), bills=(standing,)
        )
        assert said(pack, official).endswith("committee") is there


def test_a_bill_that_is_law_is_not_asked_for(tmp_path: Path) -> None:
    pack = pack_with_bills(tmp_path)
    assert said(pack, with_standing(SENATOR, Standing("119hr77", is_law=True), Standing("119s55"))).endswith(
        "known law"
    )
    assert said(pack, with_standing(PRESIDENT, Standing("119hr77", is_law=True))).endswith("known law")


def test_the_public_record_names_a_companion_that_the_pack_does_not(tmp_path: Path) -> None:
    pack = pack_with_bills(tmp_path, ASKED.replace("KEY", "shade"))
    member = with_standing(
        MEMBER, Standing("119s66", companion="hr909"), Standing("119hr909", cosponsor_since=date(2026, 5, 5))
    )
    assert said(pack, member).startswith("H.R. 909; S. 66; Shade Act")
    assert said(pack, member).endswith("known alive cosponsor")


@pytest.mark.parametrize(
    ("detail", "code"),
    [
        ("{{ bill('tree').name }}", "bill.unknown"),
        ("{{ bill('trees').sponsor }}", "template.unknown_name_of"),
        ("{{ bill('trees').sponsored_by(supporter) }}", "bill.not_of_official"),
        ("{{ bill('trees').sponsored_by('us-S000001') }}", "bill.not_of_official"),
    ],
)
def test_what_a_bill_has_not_stops_the_letter(tmp_path: Path, detail: str, code: str) -> None:
    with pytest.raises(InputError) as stopped:
        said(pack_with_bills(tmp_path, detail), SENATOR)
    assert [problem.code for problem in stopped.value.problems] == [code]
    assert stopped.value.problem.where.endswith("letter.md.j2:10")


def test_a_text_is_needed_only_in_the_languages_that_print_it(tmp_path: Path) -> None:
    pack = pack_with_bills(tmp_path, "x")
    folder = pack / "asks" / ASK
    ask = (folder / "ask.toml").read_text("utf-8")
    for text in ("title", "summary", "name", "text"):
        ask = ask.replace(f"{text}.en = ", f"{text}.es = 'x'\n{text}.en = ")
    (folder / "ask.toml").write_text(ask.replace("\nen = ", "\nes = 'x'\nen = "), "utf-8")
    request = RenderRequest(SAM, SENATOR, on=BEFORE, language="es")
    (folder / "letter.es.md.j2").write_text(with_detail("{{ bill('trees').name }}"), "utf-8")
    loaded = load_pack(pack)
    assert paragraphs(render(loaded, loaded.ask(ASK), request))[3] == "Street Trees Act"
    (folder / "letter.es.md.j2").write_text(with_detail("{{ bill('trees').does }}"), "utf-8")
    with pytest.raises(InputError) as stopped:
        render(loaded, loaded.ask(ASK), request)
    assert stopped.value.problem.code == "bill.no_language"


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ('congress = 119\nnumber = "hr77"', 'congress = "119"\nnumber = "hr77"', "bill.no_congress", 2),
        ('number = "hr77"', 'number = "H.R. 77"', "bill.no_number", 3),
        ('companion = "s55"', 'companion = "55"', "bill.no_number", 4),
        ('companion = "s55"', 'companion = "hr78"', "bill.companion_in_same_chamber", 4),
        ('name.en = "Street Trees Act"', 'name.es = "Ley"', "bill.not_by_language", 5),
        ('does.en = "It would plant a tree on every street."', "", "bill.not_by_language", 1),
        ("2025-02-03 }\n\n", '"soon" }\n\n', "bill.no_source", 7),
        ('publisher = "GPO", url = "https://example.org/hr77", ', "", "bill.no_source", 7),
        ("[trees]\n", "[trees]\nsponsor = 'x'\n", "bill.unknown_key", 2),
        ("[trees]\n", "tree = 3\n[trees]\n", "bill.not_a_table", 1),
    ],
)
def test_a_file_of_bills_is_checked_by_line(tmp_path: Path, old: str, new: str, code: str, line: int) -> None:
    file = tmp_path / "bills.toml"
    assert old in BILLS
    file.write_text(BILLS.replace(old, new, 1), "utf-8")
    assert [(problem.code, problem.where) for problem in problems_in_bills(file)] == [(code, f"{file}:{line}")]


def test_a_pack_replaces_a_built_in_bill(tmp_path: Path) -> None:
    own = BILLS.replace("[trees]", "[grace-act]")
    pack = load_pack(pack_with_bills(tmp_path, "x", own))
    assert pack.bills["grace-act"].number == "hr77"
    assert pack.bills["no-ban-act"].numbers == {"house": "hr924", "senate": "s398"}


def test_the_built_in_bills_are_whole() -> None:
    bills = load_pack(None).bills
    assert {key: (bill.number, bill.companion) for key, bill in bills.items()} == {
        "grace-act": ("hr6870", "s3535"),
        "lady-liberty": ("hr670", ""),
        "no-ban-act": ("hr924", "s398"),
        "afghan-adjustment": ("hr4895", ""),
        "afghan-allies": ("s2679", ""),
    }
    for bill in bills.values():
        assert bill.congress == 119
        assert set(bill.does) == {"en", "es", "ar"}
        assert bill.does["en"].startswith("It would ")
        assert all(text.endswith(".") for text in bill.does.values())


@pytest.mark.parametrize(
    ("number", "words"),
    [(111, "111th"), (112, "112th"), (119, "119th"), (121, "121st"), (122, "122nd"), (123, "123rd")],
)
def test_a_congress_is_counted_as_people_do(number: int, words: str) -> None:
    assert ordinal(number, "en") == words
