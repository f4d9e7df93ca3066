"""What a person typed, checked once at the edge: a Supporter, or everything that is wrong with it."""

import re
from collections.abc import Mapping
from dataclasses import fields
from functools import lru_cache

from plea.model.people import Supporter
from plea.problems import Problem, old_problem
from plea.supporters.address import KnownPair, check_address
from plea.supporters.text import LONGEST_LINE, plain_digits, refused_character, shows, tidy_line, tidy_story

STORY_LIMIT = 10_000  # characters; a page holds about 2,500
LINE_LIMIT = LONGEST_LINE
STORIES = ("story", "story_en")
KNOWN = frozenset(field.name for field in fields(Supporter)) - {"extra"}
MILITARY = frozenset({"AA", "AE", "AP"})  # addresses, not places: their people vote where they last lived
SEAT = re.compile(r"([A-Z]{2})[- ]?([0-9]{1,2}|AL)")
PHONE = re.compile(r"[0-9A-Za-z+().,/# -]+")
PHONE_DIGITS = 7
PLAIN_LOCAL = re.compile(r"[0-9A-Za-z_+-]{1,40}(?:\.[0-9A-Za-z_+-]{1,20}){0,3}", re.ASCII)
SHORT_EMAIL = 64  # a plain local part of a short address needs no look of its own, whatever its domain
LANGUAGE = re.compile(r"[a-z]{2,3}")
ENCODED_WORD = "=?"  # RFC 2047: a mail header would read it as something else than what is seen


def check_supporter(raw: Mapping[str, str], *, known_pair: KnownPair) -> Supporter | tuple[Problem, ...]:
    """The supporter of these fields, or all problems at once; each names its field and never repeats a story.

    Fields are named as in `Supporter`, `reasons` as keys separated by commas; any other field goes to `extra`.
    Only `name` must be there: what a letter needs beyond it, its maker knows. `known_pair(zip5, state)` is a ZIP
    table's word on a pair.
    """
    problems: list[Problem] = []
    values: dict[str, str] = {}
    for key, value in raw.items():
        values[key] = tidy_story(value) if key in STORIES else tidy_line(value)
        problem = _text_problem(key, value if key not in STORIES else values[key])
        if problem:
            problems.append(problem)
    broken = {problem.where for problem in problems}
    sound = {key: value for key, value in values.items() if key not in broken}
    if not shows(values.get("name", "")):
        problems.append(old_problem("name", "a name is missing", "Give the name the letter is signed with."))
    address = check_address(sound, known_pair)
    problems += address.problems
    email, email_problems = _email(sound.get("email", ""))
    district, district_problems = _district(sound.get("district", ""), address.state)
    problems += [*email_problems, *district_problems, *_phone(sound.get("phone", "")), *_language(sound)]
    if problems:
        return tuple(problems)
    plain = {key: values[key] for key in KNOWN - {"reasons"} if values.get(key)}
    checked = {"state": address.state, "zip": address.zip, "country": address.country}
    return Supporter(
        **{**plain, **checked, "email": email, "district": district},
        reasons=tuple(key for key in re.split(r"[,;\s]+", values.get("reasons", "")) if key),
        extra={key: value for key, value in values.items() if key not in KNOWN},
    )


def _text_problem(key: str, value: str) -> Problem | None:
    """What is wrong with a field as text: a character that may not stand there, or its length."""
    story = key in STORIES
    character = refused_character(value if story else value.strip(" "), lines=story)
    if character:
        return old_problem(key, f"holds {character}", "Take that character out; the rest may stay as it is.")
    if not story and ENCODED_WORD in value:
        return old_problem(key, "holds '=?', which mail programs read as a hidden code", "Write it in plain letters.")
    limit = STORY_LIMIT if story else LINE_LIMIT
    if len(value) > limit:
        hint = "A page holds about 300 words; keep what matters most." if story else "Shorten it."
        return old_problem(key, f"is {len(value):,} characters long; {limit:,} is the most", hint)
    return None


def _email(typed: str) -> tuple[str, tuple[Problem, ...]]:
    """An e-mail address in its normal form (RFC 5321 and 6531); no name server is asked."""
    if not typed:
        return "", ()
    local, _, domain = typed.rpartition("@")
    normal = _domain(domain) if PLAIN_LOCAL.fullmatch(local) and len(typed) <= SHORT_EMAIL else None
    if normal:
        return f"{local}@{normal}", ()
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 (50 ms, and few give one)

    try:
        return validate_email(typed, check_deliverability=False).normalized, ()
    except EmailNotValidError as error:
        return "", (old_problem("email", f"is not an e-mail address: {error}", "One looks like name@example.com."),)


@lru_cache(maxsize=1 << 14)
def _domain(typed: str) -> str | None:
    """The normal form of the domain of an e-mail address, asked once for the many people who share it."""
    from email_validator import EmailNotValidError, validate_email  # noqa: PLC0415 (as above)

    try:
        return validate_email(f"a@{typed}", check_deliverability=False).domain
    except EmailNotValidError:
        return None


def _district(typed: str, state: str) -> tuple[str, tuple[Problem, ...]]:
    """A House seat as `VT-0` or `IL-11`."""
    if not typed:
        return "", ()
    match = SEAT.fullmatch(plain_digits(typed).upper())
    if match is None:
        return "", (
            old_problem("district", f"{typed!r} is not a district", "One looks like IL-11, or VT-0 for all of VT."),
        )
    if state and state not in MILITARY and match[1] != state:
        return "", (old_problem("district", f"{typed} is not in {state}", "Mend the district or the state."),)
    return f"{match[1]}-{0 if match[2] == 'AL' else int(match[2])}", ()


def _phone(typed: str) -> tuple[Problem, ...]:
    """Whether it can be dialled."""
    digits = sum(character.isdigit() for character in plain_digits(typed))
    if not typed or (PHONE.fullmatch(plain_digits(typed)) and digits >= PHONE_DIGITS):
        return ()
    return (old_problem("phone", f"{typed!r} is not a telephone number", "One looks like 802-555-0123."),)


def _language(values: Mapping[str, str]) -> tuple[Problem, ...]:
    """Whether the language is a code."""
    typed = values.get("language", "")
    if not typed or LANGUAGE.fullmatch(typed):
        return ()
    return (old_problem("language", f"{typed!r} is not a language code", "One looks like en, es or ar."),)
