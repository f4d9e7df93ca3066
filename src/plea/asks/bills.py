"""Bills: read from the `bills.toml` of a pack, and what a letter may say of one to its reader."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from plea.asks.calendar import LEAST_OF_SESSION, last_day_for_bills
from plea.errors import InputError
from plea.model.asks import Source
from plea.model.bills import Bill, Part, bill_id, chamber_of_number, is_number, number_in_words
from plea.model.congress import Chamber, congress_start
from plea.model.officials import Official
from plea.problems import Problem
from plea.system import toml
from plea.system.files import read_text

FILE = "bills.toml"
_KEYS = {"congress", "number", "companion", "name", "does", "source"}
_SOURCE_KEYS = ("title", "publisher", "url", "day")


# --- the file ---------------------------------------------------------------------------------------------


def read_bills(path: Path) -> dict[str, Bill]:
    """The bills of a file by key; none if there is no such file. Raises InputError with everything that is wrong."""
    problems = problems_in_bills(path)
    if problems:
        raise InputError(problems)
    if not path.is_file():
        return {}
    text = read_text(path)
    return {
        key: Bill(
            key=key,
            congress=table["congress"],
            number=table["number"],
            name=table["name"],
            does=table["does"],
            source=Source(**table["source"]),
            companion=table.get("companion", ""),
            file=path,
            line=toml.line_of(text, key),
        )
        for key, table in toml.parse(text, path).items()
    }


def problems_in_bills(path: Path) -> list[Problem]:
    """Everything that is wrong with a file of bills, by line; TOML that cannot be read is one problem."""
    if not path.is_file():
        return []
    text = read_text(path)
    try:
        tables = toml.parse(text, path)
    except InputError as error:
        return list(error.problems)
    return [
        Problem(code, f"{path}:{toml.line_of(text, key, *keys)}", bill=key, **({"key": keys[0]} if keys else {}))
        for key, table in tables.items()
        for code, *keys in _faults_of(table)
    ]


def _faults_of(table: Any) -> Iterator[tuple[str, ...]]:
    """What is wrong with one bill: the code, then the key of the place."""
    if not isinstance(table, dict):
        yield ("bill.not_a_table",)
        return
    for unknown in sorted(table.keys() - _KEYS):
        yield "bill.unknown_key", unknown
    if type(table.get("congress")) is not int or table["congress"] < 1:
        yield "bill.no_congress", "congress"
    number, companion = table.get("number"), table.get("companion", "")
    if not isinstance(number, str) or not is_number(number):
        yield "bill.no_number", "number"
    elif companion != "" and (not isinstance(companion, str) or not is_number(companion)):
        yield "bill.no_number", "companion"
    elif companion and chamber_of_number(companion) is chamber_of_number(number):
        yield "bill.companion_in_same_chamber", "companion"
    for key in ("name", "does"):
        texts = table.get(key)
        if not isinstance(texts, dict) or "en" not in texts or not all(map(_is_text, texts.values())):
            yield "bill.not_by_language", key
    source = table.get("source")
    if not isinstance(source, dict) or source.keys() != set(_SOURCE_KEYS) or type(source["day"]) is not date:
        yield "bill.no_source", "source"


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


# --- what a letter may say --------------------------------------------------------------------------------


def standings_of(official: Official, on: date) -> dict[str, dict[str, Any]]:
    """How the official stands on that day to each bill whose status was fetched, by the bill's id, as JSON values."""
    seats = {seat.committee for seat in official.memberships}
    return {
        standing.bill: {
            "sponsored": standing.is_sponsor,
            "cosponsored": standing.cosponsor_since is not None and standing.cosponsor_since <= on,
            "in_committee": not seats.isdisjoint(standing.committees),
            "companion": standing.companion,
            "is_law": standing.is_law,
        }
        for standing in official.bills
    }


def numbers_of(bill: Bill, standings: Mapping[str, Mapping[str, Any]]) -> dict[Chamber, str]:
    """The bill's number in each chamber that has it, as its pack or else the public record says; its own first."""
    numbers = dict(bill.numbers)
    own = standings.get(bill_id(bill.congress, bill.number), {})
    if own.get("companion"):
        numbers.setdefault(chamber_of_number(own["companion"]), own["companion"])
    return numbers


def words_of(
    bill: Bill, language: str, on: date, chamber_key: str, standings: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    """What a letter of that day may say of the bill to a reader in that chamber (in none where the key is empty).

    `standings` are the reader's (`standings_of`). Without a text in the language there is no `does`.
    """
    reader = Chamber(chamber_key) if chamber_key else None
    chamber = reader or chamber_of_number(bill.number)
    numbers = numbers_of(bill, standings)
    number, companion = numbers.get(chamber, ""), numbers.get(chamber.other, "")
    ids = [bill_id(bill.congress, each) for each in numbers.values()]
    known = [standings[each] for each in ids if each in standings]
    own = standings.get(bill_id(bill.congress, number), {})
    is_law = any(standing["is_law"] for standing in known)
    return {
        "number": number_in_words(number),
        "companion": number_in_words(companion),
        "name": bill.name.get(language, bill.name["en"]),
        **({"does": bill.does[language]} if language in bill.does else {}),
        "congress": ordinal(bill.congress, language),
        "known": bool(own if reader else known),
        "alive": not is_law and can_move(bill, on, reader),
        "ended": has_ended(bill, on),
        "is_law": is_law,
        "sponsored": own.get("sponsored", False),
        "cosponsored": own.get("cosponsored", False),
        "in_committee": any(standing["in_committee"] for standing in known),
    }


def can_move(bill: Bill, on: date, chamber: Chamber | None = None) -> bool:
    """Whether the chamber, or without one either, has a scheduled day for the bill, LEAST_OF_SESSION off or later."""
    end = congress_start(bill.congress + 1)
    chambers = [chamber] if chamber else [*Chamber]
    return on + LEAST_OF_SESSION <= max(last_day_for_bills(each, bill.congress) or end for each in chambers)


def has_ended(bill: Bill, on: date) -> bool:
    """Whether the bill's Congress is over on that day."""
    return on >= congress_start(bill.congress + 1)


def part_in(bill: Bill, official: Official, on: date) -> Part | None:
    """What the official has to do with the bill on that day; None for whoever has no such bill in their chamber."""
    standings, own_bill = standings_of(official, on), _own_bill(bill, official, on)
    if not own_bill:
        return None
    own = standings.get(own_bill)
    if own is None:
        return Part.UNKNOWN
    return Part.SPONSOR if own["sponsored"] else Part.COSPONSOR if own["cosponsored"] else Part.NEITHER


def joined_on(bill: Bill, official: Official, on: date) -> date | None:
    """The day on which the official became a cosponsor, if they are one on that day."""
    own_bill = _own_bill(bill, official, on)
    days = [standing.cosponsor_since for standing in official.bills if standing.bill == own_bill]
    return next((day for day in days if day and day <= on), None)


def _own_bill(bill: Bill, official: Official, on: date) -> str:
    """The id of the bill in the official's own chamber; empty where there is none."""
    chamber = official.chamber
    number = numbers_of(bill, standings_of(official, on)).get(chamber) if chamber else None
    return bill_id(bill.congress, number) if number else ""


def ordinal(number: int, language: str) -> str:
    """The number of a Congress as people of the language count; the bare number in a language not known here."""
    if language == "es":
        return f"{number}.º"
    if language == "ar":
        return f"الـ{number}"
    if language != "en":
        return str(number)
    teens = number % 100 in {11, 12, 13}
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
