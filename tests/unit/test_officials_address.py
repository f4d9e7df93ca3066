"""How each kind of official is addressed. The expected forms were written by hand from the table of forms."""

from dataclasses import replace

import pytest

from plea.errors import InputError
from plea.model.letters import Recipient
from plea.model.officials import Office, Official
from plea.officials.roles import close, post, posts, recipient, role, roles, salutation

BARE = ("", "", "")  # no style, no last name, no name

FORMS = [
    # role, style, last name, name, English salutation, close
    ("us-senator", "", "Welch", "Peter Welch", "Dear Senator Welch:", "Sincerely,"),
    ("us-senator", "", "", "Jane van der Berg", "Dear Senator Jane van der Berg:", "Sincerely,"),
    ("us-representative", "", "Balint", "Becca Balint", "Dear Representative Balint:", "Sincerely,"),
    ("us-delegate", "", "Norton", "Eleanor Holmes Norton", "Dear Delegate Norton:", "Sincerely,"),
    (
        "us-resident-commissioner",
        "",
        "Hernández",
        "Pablo Hernández",
        "Dear Resident Commissioner Hernández:",
        "Sincerely,",
    ),
    ("committee-chair", "", "Cole", "Tom Cole", "Dear Chair Cole:", "Sincerely,"),
    ("committee-chair", "Mr.", "Risch", "James E. Risch", "Dear Mr. Chairman:", "Sincerely,"),
    ("committee-chair", "Madam", "Doe", "Jane Doe", "Dear Madam Chair:", "Sincerely,"),
    ("us-president", "", "Doe", "Jane Doe", "Dear President Doe:", "Respectfully,"),
    ("us-president", *BARE, "Dear President:", "Respectfully,"),
    ("us-president", "Mr.", "Doe", "John Doe", "Dear Mr. President:", "Respectfully,"),
    ("us-president", "Madam", "Doe", "Jane Doe", "Dear Madam President:", "Respectfully,"),
    ("us-vice-president", "", "Doe", "Jane Doe", "Dear Vice President Doe:", "Sincerely,"),
    ("us-vice-president", *BARE, "Dear Vice President:", "Sincerely,"),
    ("us-vice-president", "Mr.", "Doe", "John Doe", "Dear Mr. Vice President:", "Sincerely,"),
    ("us-secretary-of-state", *BARE, "Dear Secretary of State:", "Sincerely,"),
    ("us-secretary-of-state", "", "Doe", "Jane Doe", "Dear Secretary Doe:", "Sincerely,"),
    ("us-secretary-of-homeland-security", *BARE, "Dear Secretary of Homeland Security:", "Sincerely,"),
    ("us-secretary-of-homeland-security", "", "Doe", "Jane Doe", "Dear Secretary Doe:", "Sincerely,"),
    ("us-un-ambassador", *BARE, "Dear Ambassador:", "Sincerely,"),
    ("us-un-ambassador", "", "Doe", "Jane Doe", "Dear Ambassador Doe:", "Sincerely,"),
    ("un-secretary-general", *BARE, "Dear Secretary-General:", "Sincerely,"),
    ("governor", "", "Scott", "Phil Scott", "Dear Governor Scott:", "Sincerely,"),
    ("mayor", "", "Doe", "Jane Doe", "Dear Mayor Doe:", "Sincerely,"),
    ("state-senator", "", "Doe", "Jane Doe", "Dear Senator Doe:", "Sincerely,"),
    ("state-representative", "", "Doe", "Jane Doe", "Dear Representative Doe:", "Sincerely,"),
    ("uk-mp", "", "Doe", "Jane Doe", "Dear Jane Doe,", "Yours sincerely,"),
    ("ca-mp", "", "Doe", "Jane Doe", "Dear Jane Doe:", "Yours sincerely,"),
]


@pytest.mark.parametrize("form", FORMS)
def test_every_role_is_greeted_and_closed_as_the_table_says(form: tuple[str, str, str, str, str, str]) -> None:
    key, style, last_name, name, greeting, closing = form
    official = Official("x", key, name=name, last_name=last_name, style=style)
    assert salutation(official, role(key), "en") == greeting
    assert close(official, role(key), "en") == closing


SPANISH = [
    ("us-senator", "Jane Doe", "A la atención de Jane Doe, Senado de los Estados Unidos:"),
    ("us-senator", "", "Al Senado de los Estados Unidos:"),
    ("us-representative", "Jane Doe", "A la atención de Jane Doe, Cámara de Representantes de los Estados Unidos:"),
    ("us-president", "Jane Doe", "A la Presidencia de los Estados Unidos:"),
    ("us-secretary-of-state", "", "A la Secretaría de Estado de los Estados Unidos:"),
    ("us-un-ambassador", "", "A la Misión de los Estados Unidos ante las Naciones Unidas:"),
]


@pytest.mark.parametrize(("key", "name", "greeting"), SPANISH)
def test_the_signers_copy_in_spanish_is_addressed_without_gender(key: str, name: str, greeting: str) -> None:
    assert salutation(Official("x", key, name=name, last_name="Doe" if name else ""), role(key), "es") == greeting


def test_every_role_has_spanish_forms_and_a_close_for_every_language() -> None:
    for one in roles().values():
        assert set(one.salutations) == set(one.closes) == {"en", "es"}, one.key
        assert one.closes["es"] in {"Atentamente,", "Respetuosamente,"}


def test_no_salutation_says_a_gender_where_no_style_is_known() -> None:
    for one in roles().values():
        for form in (*one.salutations["en"], *one.salutations["es"]):
            assert not {"Mr.", "Ms.", "Mrs.", "Madam", "Sir", "Estimado", "Estimada", "señor", "señora"} & set(
                form.split()
            )


def test_a_language_without_forms_is_named() -> None:
    with pytest.raises(InputError, match=r"role\.no_salutation.*'ar'"):
        salutation(Official("us-X", "us-senator", name="Jane Doe"), role("us-senator"), "ar")
    with pytest.raises(InputError, match=r"role\.no_close.*'ar'"):
        close(Official("us-X", "us-senator", name="Jane Doe"), role("us-senator"), "ar")


SENATOR = Official("us-W000800", "us-senator", name="Peter Welch", last_name="Welch", state="VT")


def test_a_district_office_has_building_street_and_suite_and_two_spaces_before_the_zip() -> None:
    office = Office("W", "district", "One Church Street", "Suite F-401", "U.S. Courthouse", "Montgomery", "AL", "36104")
    assert recipient(SENATOR, office, role("us-senator"), "US") == Recipient(
        lead=("The Honorable Peter Welch", "United States Senate"),
        building="U.S. Courthouse",
        street="One Church Street",
        suite="Suite F-401",
        last=("Montgomery, AL  36104",),
        country="",
    )


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("247", "Suite 247"),
        ("B-128", "Suite B-128"),
        ("B", "Suite B"),
        ("100A", "Suite 100A"),
        ("3rd Floor", "3rd Floor"),
    ],
)
def test_a_bare_number_is_called_a_suite_so_that_it_cannot_pass_for_a_house_number(written: str, printed: str) -> None:
    office = Office("W", "district", "1 Main St.", written, "", "Barre", "VT", "05641")
    assert recipient(SENATOR, office, role("us-senator"), "US").suite == printed


def test_a_building_without_a_street_is_where_the_letter_goes() -> None:
    office = Office("W", "capitol", "", "Room 288-S", "Stratton Office Building", "Springfield", "IL", "62706")
    to = recipient(
        Official("x", "state-senator", name="Jane Doe", body="Illinois Senate"), office, role("state-senator"), "US"
    )
    assert (to.lead, to.building, to.street) == (
        ("The Honorable Jane Doe", "Illinois Senate"),
        "",
        "Stratton Office Building",
    )


def test_a_chair_stands_above_the_committee_and_the_chamber() -> None:
    chair = Official(
        "us-chair-SSFR-R000584",
        "committee-chair",
        name="James E. Risch",
        body="Committee on Foreign Relations",
        place="United States Senate",
    )
    to = recipient(
        chair, Office("c", "capitol", city="Washington", state="DC", zip="20510"), role("committee-chair"), "US"
    )
    assert to.lead == ("The Honorable James E. Risch", "Chair, Committee on Foreign Relations", "United States Senate")
    assert to.last == ("Washington, DC  20510",)


POSTS = [
    ("us-president", ("The President", "The White House"), "1600 Pennsylvania Avenue NW", "Washington, DC  20500"),
    (
        "us-vice-president",
        ("The Vice President", "The White House"),
        "1600 Pennsylvania Avenue NW",
        "Washington, DC  20501",
    ),
    (
        "us-secretary-of-state",
        ("The Secretary of State", "U.S. Department of State"),
        "2201 C Street NW",
        "Washington, DC  20520",
    ),
    ("us-secretary-of-homeland-security", ("The Secretary of Homeland Security",), "", "Washington, DC  20528"),
    (
        "us-un-ambassador",
        ("The U.S. Ambassador", "U.S. Mission to the United Nations"),
        "799 United Nations Plaza",
        "New York, NY  10017",
    ),
    ("un-secretary-general", ("The Secretary-General", "United Nations"), "", "New York, NY  10017"),
]


@pytest.mark.parametrize(("key", "lead", "street", "last"), POSTS)
def test_a_post_can_be_written_to_without_knowing_who_holds_it(
    key: str, lead: tuple[str, ...], street: str, last: str
) -> None:
    official = post(key)
    assert official is not None
    to = recipient(official, official.offices[0], role(key), "US")
    assert (to.lead, to.street, to.last, to.country) == (lead, street, (last,), "")


def test_there_are_six_posts_and_a_senator_is_none_of_them() -> None:
    assert sorted(posts()) == sorted(key for key, *_ in POSTS)
    assert post("us-senator") is None


def test_a_named_secretary_is_honorable_and_the_president_stays_the_president() -> None:
    secretary = post("us-secretary-of-state")
    president = post("us-president")
    assert secretary is not None
    assert president is not None
    named = recipient(replace(secretary, name="Jane Doe"), secretary.offices[0], role("us-secretary-of-state"), "US")
    assert named.lead == ("The Honorable Jane Doe", "U.S. Department of State")
    still = recipient(replace(president, name="Jane Doe"), president.offices[0], role("us-president"), "US")
    assert still.lead == ("The President", "The White House")


def test_british_and_canadian_members_have_their_countrys_last_lines() -> None:
    british = Official("mp", "uk-mp", name="Jane Doe", privy_counsellor=True)
    here = role("uk-mp").address
    assert here is not None
    assert recipient(british, here, role("uk-mp"), "GB") == Recipient(
        ("The Rt Hon Jane Doe MP", "House of Commons"), last=("London", "SW1A 0AA")
    )
    assert recipient(replace(british, privy_counsellor=False), here, role("uk-mp"), "US") == Recipient(
        ("Jane Doe MP", "House of Commons"), last=("London", "SW1A 0AA"), country="UNITED KINGDOM"
    )
    canadian = role("ca-mp").address
    assert canadian is not None
    assert recipient(Official("mp", "ca-mp", name="Jane Doe"), canadian, role("ca-mp"), "CA") == Recipient(
        ("Jane Doe, M.P.", "House of Commons"), last=("Ottawa ON  K1A 0A6",)
    )
    assert recipient(Official("mp", "ca-mp", name="Jane Doe"), canadian, role("ca-mp"), "GB").country == "CANADA"


def test_a_letter_from_abroad_names_the_united_states_last() -> None:
    office = Office("W", "district", "1 Main St.", "", "", "Barre", "VT", "05641")
    assert recipient(SENATOR, office, role("us-senator"), "GB").country == "UNITED STATES OF AMERICA"
    german = replace(office, country="DE")
    assert recipient(SENATOR, german, role("us-senator"), "US").country == "GERMANY"


def test_a_mayor_of_whom_no_street_is_known_sits_in_city_hall() -> None:
    mayor = Official("m", "mayor", name="Jane Doe", place="Burlington", state="VT")
    to = recipient(
        mayor, Office("m-capitol", "capitol", city="Burlington", state="VT", zip="05401"), role("mayor"), "US"
    )
    assert (to.lead, to.street) == (("The Honorable Jane Doe", "Mayor of Burlington"), "City Hall")
