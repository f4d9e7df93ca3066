"""Days and places in the words of a letter's language."""

from datetime import date
from functools import lru_cache

from plea.model.states import MILITARY, STATE_NAMES

_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
}

_IN_SPANISH = {
    "DC": "el Distrito de Columbia", "HI": "Hawái", "LA": "Luisiana", "MI": "Míchigan", "MS": "Misisipi",
    "MO": "Misuri", "NH": "Nuevo Hampshire", "NJ": "Nueva Jersey", "NM": "Nuevo México", "NY": "Nueva York",
    "NC": "Carolina del Norte", "ND": "Dakota del Norte", "OR": "Oregón", "PA": "Pensilvania",
    "SC": "Carolina del Sur", "SD": "Dakota del Sur", "TX": "Texas", "WV": "Virginia Occidental",
    "AS": "Samoa Americana", "MP": "las Islas Marianas del Norte",
    "VI": "las Islas Vírgenes de los Estados Unidos",
}  # fmt: skip

_CANADA = {
    "AB": "Alberta", "BC": "British Columbia", "MB": "Manitoba", "NB": "New Brunswick",
    "NL": "Newfoundland and Labrador", "NS": "Nova Scotia", "NT": "the Northwest Territories", "NU": "Nunavut",
    "ON": "Ontario", "PE": "Prince Edward Island", "QC": "Quebec", "SK": "Saskatchewan", "YT": "Yukon",
}  # fmt: skip


@lru_cache(maxsize=256)
def day_in_words(day: date, language: str, country: str = "US") -> str:
    """`January 6, 2027`; `6 January 2027` in Britain; `6 de enero de 2027`; ISO 8601 in a language not known here."""
    if language not in _MONTHS:
        return day.isoformat()
    month = _MONTHS[language].split()[day.month - 1]
    if language == "es":
        return f"{day.day} de {month} de {day.year}"
    return f"{day.day} {month} {day.year}" if country == "GB" else f"{month} {day.day}, {day.year}"


def state_in_words(code: str, language: str, country: str = "US") -> str:
    """The name of a state or province; what is no known code is given back as it is (`Greater London`).

    Military codes (AE, AA, AP) are not places to live in and give the empty string.
    """
    if country == "CA":
        return _CANADA.get(code, code)
    if country != "US":
        return code
    if code in MILITARY:
        return ""
    return (language == "es" and _IN_SPANISH.get(code)) or STATE_NAMES.get(code, code)


def town_in_words(city: str, state_name: str, state: str, zip_code: str) -> str:
    """`Burlington, Vermont`; where the city is unknown the state, else the ZIP; empty when nothing is known."""
    if not city:
        return state_name or zip_code
    if not state_name or state == "DC":
        return f"{city}, D.C." if state == "DC" else city
    return f"{city}, {state_name}"
