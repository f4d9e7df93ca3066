from collections.abc import Mapping

import pytest

from plea import language
from plea.errors import InputError
from plea.problems import Problem
from plea.supporters.columns import Header, known_columns, plain, read_header


def header(*names: str, own: Mapping[str, str] | None = None) -> Header:
    return read_header("p.csv:1", names, own=own or {}, known=known_columns())


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("Name", "name"),
        (" ZIP Code ", "zip"),
        ("zip-code", "zip"),
        ("\ufeffE-Mail", "email"),
        ("First Name", "first_name"),
        ("LASTNAME", "last_name"),
        ("Street Address", "street"),
        ("State/Province", "state"),
        ("consent_at", "consent_at"),
        ("story_en", "story_en"),
        ("district_congress", "district_congress"),
        ("Why I care!", "extra.why_i_care"),
        ("", "extra.column_2"),
        ("plea_row", "plea_row"),
    ],
)
def test_headers_as_people_have_them(theirs: str, ours: str) -> None:
    assert header("name_latin", theirs).ours == ("name_latin", ours)


ACTION_NETWORK = (
    *("first_name", "last_name", "email", "zip_code", "can2_user_address", "can2_user_city", "can2_state_abbreviated"),
    *("country", "can2_phone", "can2_user_tags", "can2_subscription_date"),
)
VOTER_FILE = (
    *("Voter File VANID", "LastName", "FirstName", "MiddleName", "Suffix", "Sex", "Address", "City", "State", "Zip5"),
    *("Zip4", "Preferred Phone", "PreferredEmail"),
)
EVERYACTION = ("VANID", "Contact Name", "mAddress", "mCity", "mState", "mZip5", "mZip4", "Cell Phone", "Personal Email")
CIVICRM = (
    *("Contact ID", "Contact Type", "Sort Name", "Display Name", "First Name", "Last Name", "Individual Suffix"),
    *("Street Address", "Supplemental Address 1", "City", "Postal Code Suffix", "Postal Code", "State", "Country"),
    *("Phone", "Email", "Preferred Language"),
)


@pytest.mark.parametrize(
    ("names", "program", "ours"),
    [
        (
            ACTION_NETWORK,
            "Action Network",
            (
                "first_name last_name email zip street city state country phone extra.can2_user_tags "
                "extra.can2_subscription_date"
            ),
        ),
        (
            VOTER_FILE,
            "EveryAction or NGP VAN",
            (
                "extra.voter_file_vanid last_name first_name middle_name suffix extra.sex street city state zip zip4 "
                "phone email"
            ),
        ),
        (EVERYACTION, "EveryAction or NGP VAN", "extra.vanid name street city state zip zip4 phone email"),
        (
            CIVICRM,
            "CiviCRM",
            (
                "extra.contact_id extra.contact_type extra.sort_name name first_name last_name suffix street street2 "
                "city zip4 zip state country phone email language"
            ),
        ),
    ],
)
def test_exports_are_recognised(names: tuple[str, ...], program: str, ours: str) -> None:
    read = header(*names)
    assert read.ours == tuple(ours.split())
    assert read.notes == (Problem("table.export_of", program=program),)


def test_of_two_columns_for_one_the_better_known_is_read_and_the_other_kept() -> None:
    read = header("Home Phone", "name", "Phone")
    assert read.ours == ("extra.home_phone", "name", "phone")
    assert [language.what(note) for note in read.notes] == [
        "the column 'Home Phone' is kept as extra.home_phone; 'phone' is read"
    ]


def test_a_mailing_address_goes_before_a_voting_address() -> None:
    assert header("VANID", "FirstName", "vAddress", "vZip5", "mAddress", "mZip5").ours[2:] == (
        *("extra.vaddress", "extra.vzip5", "street", "zip"),
    )


def test_the_users_own_mapping_goes_first() -> None:
    read = header("Name", "Firmante", "CP", own={"name": "Firmante", "zip": "cp", "extra.board": "Name"})
    assert read.ours == ("extra.board", "name", "zip")


@pytest.mark.parametrize(
    ("own", "message"),
    [
        ({"zip": "Post Cod"}, "p.csv:1: there is no column 'Post Cod'; did you mean 'Postcode'?"),
        ({"zip": "PLZ"}, "p.csv:1: there is no column 'PLZ'"),
        ({"zipp": "Postcode"}, "p.csv:1: there is no field 'zipp'"),
        ({"qqq": "Postcode"}, "p.csv:1: there is no field 'qqq'"),
    ],
)
def test_a_mapping_that_cannot_be_is_named(own: dict[str, str], message: str) -> None:
    with pytest.raises(InputError) as caught:
        header("Name", "Postcode", own=own)
    assert language.line(caught.value.problem) == message
    assert ("Did you mean" in language.hint(caught.value.problem)) is ("zipp" in own)


def test_rejects_are_known_by_all_four_of_our_columns() -> None:
    ours = ("plea_row", "plea_target", "plea_outcome", "plea_problems")
    assert header("name", *ours).rejects
    assert header("name", *ours).theirs == (0,)
    assert not header("name", *ours[:3]).rejects
    mixed = header(ours[0], "name", *ours[1:], "done?")
    assert mixed.rejects
    assert [mixed.names[place] for place in mixed.theirs] == ["name", "done?"]


def test_every_header_of_the_table_of_columns_is_plain_and_stands_once() -> None:
    known = known_columns()
    for table in (known.columns, *(export.columns for export in known.exports)):
        names = [name for headers in table.values() for name in headers]
        assert [plain(name) for name in names] == names
        assert len(set(names)) == len(names)
