"""The office of an official that is nearest to a ZIP code."""

from math import asin, cos, radians, sin, sqrt
from typing import Protocol

from plea.errors import MendableError
from plea.model import Office, Official

EARTH_MILES = 3958.8
"""Mean radius (IUGG)."""


class Centres(Protocol):
    """Whoever knows where a ZIP code is: the directory, or a table written by hand."""

    def centre(self, zip5: str) -> tuple[float, float] | None:
        """Latitude and longitude of the ZIP code's middle, in degrees; None when it is not known."""


def nearest_office(official: Official, zip5: str, directory: Centres | None) -> Office:
    """The district office in the same ZIP code, else the one nearest to its centre, else the one at the Capitol.

    Ties go to the office whose id comes first. Without a ZIP or its centre it is the first district office of the same
    state by id. Raises MendableError for an official without any office.
    """
    districts = sorted((office for office in official.offices if office.kind == "district"), key=lambda one: one.id)
    if not districts:
        return capitol_office(official)
    same = [office for office in districts if zip5 and office.zip[:5] == zip5[:5]]
    if same:
        return same[0]
    centre = directory.centre(zip5[:5]) if directory is not None and zip5 else None
    if centre is None:
        return districts[0]
    return min(districts, key=lambda office: _miles_to(office, centre, directory))  # the first of equals: by id


def capitol_office(official: Official) -> Office:
    """The office in the capital; of an official who has none there, the first by id. MendableError without any."""
    for office in sorted(official.offices, key=lambda one: (one.kind != "capitol", one.id)):
        return office
    raise MendableError(
        f"{official.id}: no address is known",
        "Import a CSV of your own with the address (`plea officials import`), or write to another office.",
    )


def miles(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Great-circle distance in miles between two points in degrees (haversine)."""
    (lat_a, lon_a), (lat_b, lon_b) = ((radians(lat), radians(lon)) for lat, lon in (a, b))
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_MILES * asin(min(1.0, sqrt(half)))


def _miles_to(office: Office, centre: tuple[float, float], directory: Centres | None) -> float:
    """How far the office is; one without coordinates is taken to be in the middle of its ZIP code, else very far."""
    if office.latitude is not None and office.longitude is not None:
        return miles(centre, (office.latitude, office.longitude))
    middle = directory.centre(office.zip[:5]) if directory is not None else None
    return miles(centre, middle) if middle else float("inf")
