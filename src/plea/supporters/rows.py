"""A row of a table becomes a person who can sign, or everything that is wrong with it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches

from plea.model.people import Consent, Rejected, Row, Signer, Supporter
from plea.problems import Problem, old_problem
from plea.supporters.check import LINE_LIMIT, check_supporter
from plea.supporters.columns import EXTRA, known_columns
from plea.supporters.consent import read_consent
from plea.supporters.identity import identity_keys, supporter_id
from plea.supporters.privacy_warnings import story_warnings
from plea.supporters.spreadsheet_damage import damage, forename_first, whole_zip
from plea.supporters.text import plain_digits, refused_character, tidy_line

CHECKED = ("name", "name_latin", "city", "state", "country", "email", "phone", "story", "story_en", "translated_by")
LIST = re.compile(r"[,;|\n]")
LOCALE = re.compile(r"([a-z]{2,3})[-_][A-Za-z]{2,4}")
CONGRESS = re.compile(r"([0-9]{2,3})(?:st|nd|rd|th)?(?:\.0)?")
SEAT_NUMBER = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?(?:\.0)?")


@dataclass(frozen=True, slots=True)
class RowRules:
    """What rows are held to.

    `on` is the date of the letters. `known_pair(zip5, state)` is the ZIP table's word. `consent` is the campaign's own
    for the whole file. `reasons` maps every way to write a reason (its key, its name) to its key; empty: any key goes.
    `key` keeps ids from being guessed. `date_order` (`mdy`, `dmy`) is how the table writes days in figures; empty:
    that is not known, and what may be two days is a problem.
    """

    on: date
    known_pair: Callable[[str, str], bool]
    consent_required: bool = True
    consent: Consent | None = None
    language: str = "en"
    reasons: Mapping[str, str] = field(default_factory=dict)
    key: bytes = b""
    date_order: str = ""


def read_row(row: Row, rules: RowRules) -> Signer | Rejected:
    """The signer of a row, or all its problems. Of a row whose cells cannot be told apart nothing more is read."""
    if row.problems:
        return Rejected(row.number, row.problems)
    fields = {key: value for key, value in row.fields.items() if not key.startswith((EXTRA, "plea_"))}
    problems = list(damage(fields))
    raw = {key: fields[key] for key in CHECKED if key in fields}
    raw |= {"name": _name(fields), "street": _street(fields), "language": _language(fields, rules.language)}
    raw["zip"], zip_problem = whole_zip(fields, rules.known_pair)
    raw["district"] = _district(fields)
    reasons, reason_problems = _reasons(fields.get("reasons", ""), rules.reasons)
    congress, congress_problems = _congress(fields.get("district_congress", ""))
    consent = read_consent(fields, rules.consent, rules.on, required=rules.consent_required, order=rules.date_order)
    checked = check_supporter(raw, known_pair=rules.known_pair)
    problems += _new(checked, {problem.where for problem in problems} | ({"zip"} if zip_problem else set()))
    problems += [*([zip_problem] if zip_problem else []), *reason_problems, *congress_problems]
    problems += [consent] if isinstance(consent, Problem) else []
    if problems or not isinstance(checked, Supporter):
        return Rejected(row.number, tuple(problems))
    assert not isinstance(consent, Problem)
    extra, warnings = _extra(row.fields)
    supporter = replace(checked, reasons=reasons, extra={**extra, **congress})
    warnings += [*story_warnings(supporter.story), *story_warnings(supporter.story_en, "story_en")]
    keys = identity_keys(supporter)
    return Signer(row.number, supporter_id(keys, rules.key), supporter, consent, keys, tuple(warnings))


def _new(checked: Supporter | tuple[Problem, ...], named: set[str]) -> tuple[Problem, ...]:
    """What the check found of fields that have no problem yet."""
    if isinstance(checked, Supporter):
        return ()
    return tuple(problem for problem in checked if problem.where not in named)


def _name(fields: Mapping[str, str]) -> str:
    """The name, of one column or of several."""
    if fields.get("name", "").strip():
        return forename_first(fields["name"])
    parts = (fields.get(key, "").strip(" ") for key in ("first_name", "middle_name", "last_name", "suffix"))
    return " ".join(part for part in parts if part)


def _street(fields: Mapping[str, str]) -> str:
    parts = (fields.get(key, "").strip(" ") for key in ("street", "street2"))
    return ", ".join(part for part in parts if part)


def _language(fields: Mapping[str, str], usual: str) -> str:
    """The code of a language given by code, by locale (`es_MX`) or by name (`Spanish (Mexico)`)."""
    typed = fields.get("language", "").strip()
    if not typed:
        return usual
    locale = LOCALE.fullmatch(typed)
    if locale:
        return locale[1]
    plain = typed.casefold()
    return known_columns().languages.get(plain.partition("(")[0].strip(), plain)


def _district(fields: Mapping[str, str]) -> str:
    """A seat; a number alone is one of the row's state."""
    typed = plain_digits(fields.get("district", "").strip())
    number = SEAT_NUMBER.fullmatch(typed)
    state = fields.get("state", "").strip().upper()
    return f"{state}-{number[1]}" if number and re.fullmatch("[A-Z]{2}", state) else typed


def _congress(typed: str) -> tuple[dict[str, str], list[Problem]]:
    """The Congress whose lines a district is of, kept with what else is known of the person."""
    if not typed.strip():
        return {}, []
    match = CONGRESS.fullmatch(typed.strip())
    if match:
        return {"district_congress": match[1]}, []
    what = f"{typed.strip()[:20]!r} is not the number of a Congress"
    return {}, [old_problem("district_congress", what, "Write it as 119.")]


def _reasons(typed: str, known: Mapping[str, str]) -> tuple[tuple[str, ...], list[Problem]]:
    """The keys of the reasons, in the person's order."""
    chosen = [part.strip() for part in LIST.split(typed) if part.strip()]
    if not chosen:
        return (), []
    if not known:
        return tuple(dict.fromkeys(key for part in chosen for key in part.split())), []
    spellings = {spelling.casefold(): key for spelling, key in known.items()}
    problems = []
    for part in chosen:
        if part.casefold() not in spellings:
            near = get_close_matches(part.casefold(), spellings, 1)
            hint = (
                f"Did you mean {spellings[near[0]]}?" if near else f"There are {', '.join(sorted({*known.values()}))}."
            )
            problems.append(old_problem("reasons", f"{part[:40]!r} is not a reason", hint))
    keys = (spellings.get(part.casefold(), "") for part in chosen)
    return tuple(dict.fromkeys(key for key in keys if key)), problems


def _extra(fields: Mapping[str, str]) -> tuple[dict[str, str], list[Problem]]:
    """The columns that are not ours; what cannot stand in a line of a letter is left out and said."""
    extra: dict[str, str] = {}
    warnings: list[Problem] = []
    for key, value in fields.items():
        if not key.startswith(EXTRA):
            continue
        tidy = tidy_line(value)
        refused = refused_character(value.strip(" "))
        if refused or len(tidy) > LINE_LIMIT:
            reason = f"holds {refused}" if refused else f"is longer than {LINE_LIMIT} characters"
            warnings.append(old_problem(key, f"{reason}, so no letter can use it"))
        elif tidy:
            extra[key.removeprefix(EXTRA)] = tidy
    return extra, warnings
