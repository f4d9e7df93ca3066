"""Which office a letter goes to: quick, and the same as the slow way says; folders that no two destinations share."""

from pathlib import Path

import pytest

from plea.campaigns.model import Destination
from plea.campaigns.planning.destinations import _OfficeMap, folder_names
from plea.model.officials import Office, Official
from plea.officials.directory import open_directory
from plea.officials.lookup import nearest_office


@pytest.mark.shared_data
def test_the_map_of_offices_agrees_with_the_slow_way(directory_home: Path) -> None:
    with open_directory(directory_home / "officials.sqlite") as directory:
        zips = [f"{number:05d}" for number in range(501, 99951, 1777)]
        for official in directory.by_role("us-senator"):
            quick = _OfficeMap(official)
            for zip5 in zips:
                assert quick.nearest(zip5, directory) == nearest_office(official, zip5, directory).id


def test_an_office_in_the_same_zip_comes_first_and_one_without_a_place_is_asked_the_slow_way() -> None:
    near = Office("a-1", "district", zip="05401", latitude=0.0, longitude=0.0)
    far = Office("a-2", "district", zip="05602")
    official = Official("a", "us-senator", offices=(near, far))

    class Nowhere:
        def centre(self, zip5: str) -> tuple[float, float] | None:
            return (44.0, -72.0) if zip5 == "05999" else None

    assert _OfficeMap(official).nearest("05602", Nowhere()) == "a-2"
    assert _OfficeMap(official).nearest("05999", Nowhere()) == "a-1"


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
