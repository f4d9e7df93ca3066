"""A row of a table becomes a person who can sign, with the consent on record, or everything that is wrong with it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from plea.model.people import Consent, Rejected, Row, Signer, Supporter
from plea.problems import Problem
from plea.supporters.check import check_supporter
from plea.supporters.columns import EXTRA, known_columns
from plea.supporters.identity import identity_keys, supporter_id
from plea.supporters.spreadsheets import damage, forename_first, whole_zip
from plea.supporters.text import LONGEST_LINE, plain_digits, refused_character, story_warnings, text_problem, tidy_line
from plea.system.clock import EXCEL_DAY_0
from plea.system.similar import nearest

ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ].*)?")
SLASHES = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4}|[0-9]{2})(?:[ ,].*)?")
DAY_FIRST = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3,9})\.?,?[ -]([0-9]{4}|[0-9]{2})(?: .*)?")
MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.? ([0-9]{1,2})(?:st|nd|rd|th)?,? ([0-9]{4})(?: .*)?")
SERIAL = re.compile(r"([0-9]{5})(?:\.[0-9]+)?")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
EARLIEST = date(2000, 1, 1)
SHOWN = 30  # characters of a cell that a message repeats


def read_consent(
    fields: Mapping[str, str], of_campaign: Consent | None, on: date, *, required: bool, order: str = ""
) -> Consent | Problem | None:
    """The consent of a row, or the campaign's for the whole file, or what is wrong with it.

    None where there is none and none is required. `on` is the letter's date: nobody agrees after it.
    `order` as in `read_date`.
    """
    at, source, text = (fields.get(key, "").strip() for key in ("consent_at", "consent_source", "consent_text"))
    if of_campaign:
        source, text = source or of_campaign.source, text or of_campaign.text
    day = read_date(at, order) if at else (of_campaign.at if of_campaign else None)
    if day is None and required:
        return Problem("consent.missing", "consent_at")
    if day is None or isinstance(day, Problem):
        return day
    if day > on:
        return Problem("consent.after_letters", "consent_at", day=day, letters=on)
    for key, value in (("consent_source", source), ("consent_text", text)):
        if problem := text_problem(key, value.replace("\r\n", "\n"), limit=10_000, lines=True):
            return problem
    if required and not source:
        return Problem("consent.no_source", "consent_source")
    return Consent(day, source, text)


def read_date(typed: str, order: str = "") -> date | Problem:
    """The day of a consent: ISO 8601, with a month's name, or an Excel day number; 10/3/2026 may be two days.

    A day and a month in figures are only read where no other day can be meant (10/13/2026, 5/5/2026), unless `order`
    says how the whole table writes them: `mdy` or `dmy`.
    """
    excerpt = repr(typed[:SHOWN])
    days = sorted({day for day in _readings(typed, order) if day})
    if not days:
        return Problem("date.not_a_date", "consent_at", date=excerpt)
    if len(days) > 1:
        return Problem("date.ambiguous", "consent_at", date=excerpt, first=days[0], second=days[1])
    if days[0] < EARLIEST:
        return Problem("date.too_early", "consent_at", date=excerpt, year=str(EARLIEST.year))
    return days[0]


def _readings(typed: str, order: str) -> list[date | None]:
    """Every day that the text may mean; None for one that is not in the calendar."""
    if match := ISO.fullmatch(typed):
        return [_day(match[1], match[2], match[3])]
    if match := SLASHES.fullmatch(typed):
        month_first, day_first = _day(match[3], match[1], match[2]), _day(match[3], match[2], match[1])
        return {"mdy": [month_first], "dmy": [day_first]}.get(order, [month_first, day_first])
    if match := DAY_FIRST.fullmatch(typed):
        return [_day(match[3], match[2], match[1])]
    if match := MONTH_FIRST.fullmatch(typed):
        return [_day(match[3], match[1], match[2])]
    if match := SERIAL.fullmatch(typed):
        return [EXCEL_DAY_0 + timedelta(days=int(match[1]))]
    return []


def _day(year: str, month: str, day: str) -> date | None:
    """The day of these figures; the year may have two of them, the month may be an English name."""
    try:
        number = int(month) if month.isdigit() else MONTHS.index(month.casefold()[:3]) + 1
        return date(int(year) if len(year) > len("26") else 2000 + int(year), number, int(day))
    except ValueError:
        return None


AS_GIVEN = ("name", "name_latin", "city", "state", "country", "email", "phone", "story", "story_en", "translated_by")
LIST = re.compile(r"[,;|\n]")
LOCALE = re.compile(r"([a-z]{2,3})[-_][A-Za-z]{2,4}")
CONGRESS = re.compile(r"([0-9]{2,3})(?:st|nd|rd|th)?(?:\.0)?")
SEAT_NUMBER = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?(?:\.0)?")


@dataclass(frozen=True, slots=True)
class RowRules:
    """What rows are held to.

    `on` is the date of the letters. `known_pair(zip5, state)` is whether the ZIP table lists the pair. `consent` is the
    campaign's own for the whole file. `reasons` maps every way to write a reason (its key, its name) to its key; empty:
    any key goes. `date_order` (`mdy`, `dmy`) is how the table writes days in figures; empty: that is not known, and
    what may be two days is a problem.
    """

    on: date
    known_pair: Callable[[str, str], bool]
    consent_required: bool = True
    consent: Consent | None = None
    language: str = "en"
    reasons: Mapping[str, str] = field(default_factory=dict)
    date_order: str = ""


def read_row(row: Row, rules: RowRules) -> Signer | Rejected:
    """The signer of a row, or all its problems. A row that comes with problems (of its cells) is not read further."""
    if row.problems:
        return Rejected(row.number, row.problems)
    fields = {key: value for key, value in row.fields.items() if not key.startswith((EXTRA, "plea_"))}
    problems = list(damage(fields))
    raw = {key: fields[key] for key in AS_GIVEN if key in fields}
    raw |= {
        "name": (
            forename_first(fields["name"])
            if fields.get("name", "").strip()
            else _joined(fields, " ", "first_name", "middle_name", "last_name", "suffix")
        ),
        "street": _joined(fields, ", ", "street", "street2"),
        "language": _language(fields.get("language", "").strip(), rules.language),
        "district": _district(fields),
    }
    raw["zip"], zip_problem = whole_zip(fields, rules.known_pair)
    checked = check_supporter(raw, known_pair=rules.known_pair)
    if not isinstance(checked, Supporter):
        named = {problem.where for problem in problems} | ({"zip"} if zip_problem else set())
        problems += [problem for problem in checked if problem.where not in named]
    problems += [zip_problem] if zip_problem else []
    reasons = _reasons(fields.get("reasons", ""), rules.reasons, problems)
    typed_congress = fields.get("district_congress", "").strip()
    congress = CONGRESS.fullmatch(typed_congress)
    if typed_congress and not congress:
        excerpt = repr(typed_congress[:20])
        problems.append(Problem("district_congress.not_a_number", "district_congress", congress=excerpt))
    consent = read_consent(fields, rules.consent, rules.on, required=rules.consent_required, order=rules.date_order)
    if isinstance(consent, Problem):
        return Rejected(row.number, (*problems, consent))
    if problems or not isinstance(checked, Supporter):
        return Rejected(row.number, tuple(problems))
    extra, warnings = _extra(row.fields)
    if congress:
        extra["district_congress"] = congress[1]  # whose lines the district is of
    supporter = replace(checked, reasons=reasons, extra=extra)
    warnings += [*story_warnings(supporter.story), *story_warnings(supporter.story_en, "story_en")]
    keys = identity_keys(supporter)
    return Signer(row.number, supporter_id(keys), supporter, consent, keys, tuple(warnings))


def _joined(fields: Mapping[str, str], separator: str, *keys: str) -> str:
    parts = (fields.get(key, "").strip(" ") for key in keys)
    return separator.join(part for part in parts if part)


def _language(typed: str, usual: str) -> str:
    """The code of a language given by code, by locale (`es_MX`) or by name (`Spanish (Mexico)`)."""
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


def _reasons(typed: str, key_of: Mapping[str, str], problems: list[Problem]) -> tuple[str, ...]:
    """The keys of the reasons, in the person's order."""
    chosen = [part.strip() for part in LIST.split(typed) if part.strip()]
    if not key_of:
        return tuple(dict.fromkeys(key for part in chosen for key in part.split()))
    spellings = {spelling.casefold(): key for spelling, key in key_of.items()}
    keys: dict[str, None] = {}
    for part in chosen:
        excerpt = repr(part[:40])
        if key := spellings.get(part.casefold()):
            keys[key] = None
        elif near := nearest(part.casefold(), spellings):
            problems.append(Problem("reason.misspelled", "reasons", reason=excerpt, nearest=spellings[near]))
        else:
            reasons = tuple(sorted({*key_of.values()}))
            problems.append(Problem("reason.unknown", "reasons", reason=excerpt, reasons=reasons))
    return tuple(keys)


def _extra(fields: Mapping[str, str]) -> tuple[dict[str, str], list[Problem]]:
    """The columns that are not ours; what cannot stand in a line of a letter is left out, with a warning."""
    extra: dict[str, str] = {}
    warnings: list[Problem] = []
    for key, value in fields.items():
        if not key.startswith(EXTRA):
            continue
        line = tidy_line(value)
        if refused := refused_character(value.strip(" ")):
            warnings.append(Problem("column.character_not_usable", key, character=refused))
        elif len(line) > LONGEST_LINE:
            warnings.append(Problem("column.too_long_to_use", key, limit=LONGEST_LINE))
        elif line:
            extra[key.removeprefix(EXTRA)] = line
    return extra, warnings
