"""What a person typed, checked once at the edge: a Supporter, or everything that is wrong with it."""

import re
from collections.abc import Mapping
from dataclasses import fields
from functools import lru_cache

from plea.model.people import Supporter
from plea.model.states import MILITARY
from plea.problems import Problem
from plea.supporters.address import KnownPair, check_address
from plea.supporters.text import plain_digits, shows, text_problem, tidy_line, tidy_story

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

    try:
        return validate_email(typed, check_deliverability=False).normalized, ""
    except EmailNotValidError:
        pass
    code = "email.not_valid"
    if not at:
        code = "email.no_at_sign"
    elif not local or not domain:
        code = "email.nothing_after_at" if local else "email.nothing_before_at"
    elif "." not in domain:
        code = "email.no_period"
    return "", code


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
