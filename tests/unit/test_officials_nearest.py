"""Which office of an official is the nearest."""

import pytest

from plea.errors import InputError
from plea.model.officials import Office, Official
from plea.officials.lookup import capitol_office, nearest_office


class ZipCenters:
    """Middles of a few ZIP codes, by hand."""

    KNOWN = {"05401": (44.48, -73.22), "05602": (44.26, -72.58), "05301": (42.85, -72.56)}  # noqa: RUF012 (to read)

    def center(self, zip5: str) -> tuple[float, float] | None:
        return self.KNOWN.get(zip5)


def office(key: str, zip5: str, latitude: float | None = None, longitude: float | None = None) -> Office:
    return Office(key, "district", "1 Main St.", "", "", "Town", "VT", zip5, "US", "", latitude, longitude)


CAPITOL = Office("us-X-capitol", "capitol", city="Washington", state="DC", zip="20510")
BURLINGTON = office("X-burlington", "05401", 44.476, -73.212)
MONTPELIER = office("X-montpelier", "05602-2929", 44.260, -72.575)
BRATTLEBORO = office("X-brattleboro", "05301-0001", 42.851, -72.558)


def member(*offices: Office) -> Official:
    return Official("us-X", "us-senator", offices=offices)


def test_the_office_in_the_same_zip_is_the_nearest() -> None:
    assert nearest_office(member(CAPITOL, MONTPELIER, BRATTLEBORO), "05301", ZipCenters()) == BRATTLEBORO
    assert nearest_office(member(CAPITOL, MONTPELIER, BRATTLEBORO), "05602", None) == MONTPELIER


def test_without_one_there_it_is_the_one_at_the_least_distance() -> None:
    assert nearest_office(member(CAPITOL, BRATTLEBORO, MONTPELIER), "05401", ZipCenters()) == MONTPELIER


def test_an_office_without_coordinates_stands_in_the_middle_of_its_zip() -> None:
    unplaced = office("X-burlington-2", "05401")
    assert nearest_office(member(BRATTLEBORO, unplaced), "05602", ZipCenters()) == unplaced
    nowhere = office("X-nowhere", "99999")
    assert nearest_office(member(nowhere, BRATTLEBORO), "05401", ZipCenters()) == BRATTLEBORO


def test_ties_go_to_the_first_id() -> None:
    a, b = office("X-a", "05401", 44.0, -73.0), office("X-b", "05401", 44.0, -73.0)
    assert nearest_office(member(b, a), "05602", ZipCenters()) == a
    assert nearest_office(member(b, a), "05401", ZipCenters()) == a


def test_without_a_district_office_it_is_the_capitol() -> None:
    assert nearest_office(member(CAPITOL), "05401", ZipCenters()) == CAPITOL
    assert capitol_office(member(BURLINGTON, CAPITOL)) == CAPITOL
    assert capitol_office(member(MONTPELIER, BURLINGTON)) == BURLINGTON


def test_an_official_without_any_office_is_an_error() -> None:
    with pytest.raises(InputError, match=r"official\.no_address"):
        nearest_office(member(), "05401", ZipCenters())
