"""Folders that no two destinations share."""

from plea.campaigns.model import Destination
from plea.campaigns.planning.recipients import folder_names
from plea.model.officials import Office, Official


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
