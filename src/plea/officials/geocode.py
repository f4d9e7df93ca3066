"""The House district of a street address, by the Census Bureau's geocoder. The street leaves this machine.

The live service was not reached when this was written; its answers are taken from its documentation
(geocoding.geo.census.gov, "Geocoding Services Web API") and tested against a server on the same machine.
"""

import json
import os
import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import urlencode

from plea.errors import InputError, MachineError
from plea.messages.message import N_
from plea.model.states import FIPS
from plea.officials.districts import congress_of, vintage_of
from plea.officials.update import get

GEOCODER = "https://geocoding.geo.census.gov/geocoder/geographies/address"
NOTICE = N_("your street leaves this machine: it goes to the geocoder of the U.S. Census Bureau")
_BENCHMARK = "Public_AR_Current"
_LIMIT = 4 * 1024 * 1024
_LAYER = re.compile(r"(?P<congress>\d{3})(?:st|nd|rd|th) Congressional Districts")
_AT_LARGE = ("00", "98")


def district_of(
    street: str, *, city: str = "", state: str = "", zip_code: str = "", on: date, seconds: float = 20
) -> tuple[str, int]:
    """The seat (`VT-0`, `IL-11`) of the address and its Congress, which is the one that sits on that day.

    Raises InputError for an address that is not found, MachineError when the geocoder cannot be asked or answers
    for another Congress. `PLEA_GEOCODER` names another server, for tests.
    """
    congress = congress_of(on)
    vintage = vintage_of(congress)
    if not vintage:
        raise MachineError("geocoder.congress_unknown", congress=congress)
    fields = {
        "street": street,
        "city": city,
        "state": state,
        "zip": zip_code[:5],
        "benchmark": _BENCHMARK,
        "vintage": vintage,
        "layers": "all",
        "format": "json",
    }
    base = os.environ.get("PLEA_GEOCODER") or GEOCODER
    url = f"{base}?{urlencode({name: value for name, value in fields.items() if value})}"
    try:
        reply = get(url, seconds=seconds, limit=_LIMIT)
    except MachineError as error:
        raise MachineError("geocoder.no_answer", reason=error.problem) from error
    return _read(reply.content, congress), congress


def _read(content: bytes, congress: int) -> str:
    try:
        matches = json.loads(content)["result"]["addressMatches"]
        seats = {_seat(match["geographies"], congress) for match in matches}
    except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise MachineError("geocoder.undocumented") from error
    if len(seats) == 1:
        return seats.pop()
    if seats:
        raise InputError("geocoder.several", seats=tuple(sorted(seats)))
    raise InputError("geocoder.not_found")


def _seat(geographies: Mapping[str, Any], congress: int) -> str:
    """The seat in the layer of that Congress. Raises MachineError where there is none."""
    layers = {int(match["congress"]): name for name in geographies if (match := _LAYER.fullmatch(name))}
    if congress not in layers:
        raise MachineError("geocoder.another_congress", congress=congress, others=tuple(sorted(layers)))
    area = geographies[layers[congress]][0]
    state, number = FIPS[area["GEOID"][:2]], area["GEOID"][2:]
    return f"{state}-{0 if number in _AT_LARGE else int(number)}"
