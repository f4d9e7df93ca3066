"""Whom a supporter's letters go to, the House seat of a street where the campaign asks for it, and the folders."""

from pathlib import Path

import pytest

from campaign_folders import DAY, make_campaign, make_home
from plea.campaigns.context import CampaignContext, open_context
from plea.campaigns.model import Destination
from plea.campaigns.planning.recipients import RecipientFinder, folder_names
from plea.campaigns.settings import load_settings
from plea.errors import InputError
from plea.model.officials import Office, Official
from plea.model.people import Supporter

ANN = Supporter("Ann Split", "1 Example Street", "Watertown", "NY", "13602")


@pytest.fixture
def context(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CampaignContext:
    monkeypatch.setenv("PLEA_HOME", str(tmp_path / "home"))
    make_home(tmp_path / "home")
    return open_context(load_settings(make_campaign(tmp_path / "c", [])), DAY)


def targets(finder: RecipientFinder, supporter: Supporter) -> list[str]:
    return [recipient.target for recipient in finder.of(supporter)]


def test_the_street_settles_a_shared_zip(context: CampaignContext) -> None:
    asked: list[str] = []

    def geocode(supporter: Supporter) -> str:
        asked.append(supporter.street)
        return "NY-24"

    finder = RecipientFinder(context, geocode)
    assert targets(finder, ANN) == ["ny-a", "ny-b", "ny-24"]
    assert targets(finder, Supporter("Abe", "2 Example Street", "Burlington", "VT", "05401")) == [
        "vt-a",
        "vt-b",
        "vt-0",
    ]
    assert asked == ["1 Example Street"]  # nobody's street is sent without need


def test_a_street_that_is_not_found_is_held_with_the_reason(context: CampaignContext) -> None:
    def geocode(_supporter: Supporter) -> str:
        raise InputError("geocoder.not_found")

    recipients = RecipientFinder(context, geocode).of(ANN)
    assert [recipient.target for recipient in recipients] == ["ny-a", "ny-b", "us-representative"]
    assert recipients[2].problem
    assert recipients[2].problem.code == "seats.street_not_found_in_row"
    assert dict(recipients[2].problem.values)["reason"].code == "geocoder.not_found"


def test_unless_the_campaign_asks_for_it_no_street_is_sent(context: CampaignContext) -> None:
    assert targets(RecipientFinder(context), ANN) == ["ny-a", "ny-b", "us-representative"]


def test_places_that_share_a_zip_code_share_their_answer_and_not_their_district(context: CampaignContext) -> None:
    finder = RecipientFinder(context)
    settled = Supporter("Ann", "1 Example Street", "Watertown", "NY", "13602", district="NY-21")
    assert targets(finder, settled) == ["ny-a", "ny-b", "ny-21"]
    assert targets(finder, ANN) == ["ny-a", "ny-b", "us-representative"]


def test_a_zip_of_another_state_is_no_place(context: CampaignContext) -> None:
    with pytest.raises(InputError, match="13602"):
        RecipientFinder(context).of(Supporter("Ann", "1 Example Street", "Watertown", "VT", "13602"))


def destination(name: str, office_id: str, street: str = "") -> Destination:
    office = Office(office_id, "district", street)
    return Destination(Official("x", "us-senator", name=name, offices=(office,)), office)


def test_folders_are_slugs_short_and_each_its_own() -> None:
    names = folder_names(
        (
            destination("Ann Maple", "../../etc"),
            destination("Ann Maple", "etc"),
            destination("ann maple", "ETC", street="other"),
            destination("X" * 300, "o" * 300),
            destination("多", "多"),
        )
    )
    assert len({name.casefold() for name in names}) == 5
    for name in names:
        assert len(name) <= 97
        assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert names[0].startswith("ann-maple-etc-")
