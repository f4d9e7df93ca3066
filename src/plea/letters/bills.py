"""Bills and officials together: how far a bill is, and what officials have to do with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from plea.asks.bills import can_move, has_ended, joined_on, numbers_of, part_in, standings_of
from plea.asks.calendar import last_day_for_bills
from plea.asks.pack import Pack
from plea.errors import UsageError
from plea.model.bills import Bill, Part, bill_id, number_in_words
from plea.model.congress import Chamber
from plea.model.officials import Official
from plea.officials.bills import BillStatus
from plea.problems import Problem
from plea.system.similar import nearest


@dataclass(frozen=True, slots=True)
class BillView:
    """A bill on a day. `numbers` and `statuses` are by chamber; a status that was not fetched is missing."""

    bill: Bill
    numbers: Mapping[Chamber, str]
    statuses: Mapping[Chamber, BillStatus]
    state: Problem


@dataclass(frozen=True, slots=True)
class MemberView:
    """An official who has the bill in their chamber, what they have to do with it and since when; `note` says it."""

    official: Official
    part: Part
    since: date | None
    note: Problem


def bill_of(pack: Pack, key: str) -> Bill:
    """The bill of that key. Raises UsageError when there is none, naming the one it is most like or all of them."""
    if key in pack.bills:
        return pack.bills[key]
    similar = nearest(key, pack.bills, cutoff=0.5)
    if similar:
        raise UsageError("bill.mistyped", bill=key, nearest=similar)
    raise UsageError("bill.no_such_key", bill=key, known=tuple(pack.bills))


def look_at(bill: Bill, statuses: Mapping[str, BillStatus], on: date) -> BillView:
    """The bill on that day, with what was fetched of it (`statuses`, by the bills' ids)."""
    companions = {key: {"companion": status.companion} for key, status in statuses.items()}
    numbers = numbers_of(bill, companions)
    found = {
        chamber: statuses[bill_id(bill.congress, number)]
        for chamber, number in numbers.items()
        if bill_id(bill.congress, number) in statuses
    }
    return BillView(bill, numbers, found, _state(bill, found, on))


def _state(bill: Bill, statuses: Mapping[Chamber, BillStatus], on: date) -> Problem:
    """Whether the bill can still become law, as a sentence."""
    law = next((status.law for status in statuses.values() if status.law), "")
    if law:
        return Problem("bill_state.law", law=law)
    if has_ended(bill, on):
        return Problem("bill_state.ended", congress=bill.congress)
    house, senate = (last_day_for_bills(chamber, bill.congress) for chamber in Chamber)
    if not can_move(bill, on):
        return Problem("bill_state.too_late", congress=bill.congress)
    if house and senate:
        return Problem("bill_state.alive_until", house=house, senate=senate)
    return Problem("bill_state.alive", congress=bill.congress)


def member_on(bill: Bill, official: Official, on: date) -> MemberView | None:
    """What the official has to do with the bill on that day; None for whoever has no such bill in their chamber."""
    part, since = part_in(bill, official, on), joined_on(bill, official, on)
    if part is None or official.chamber is None:
        return None
    number = numbers_of(bill, standings_of(official, on))[official.chamber]
    values = {"number": number_in_words(number), "name": bill.name["en"]} | ({"day": since} if since else {})
    return MemberView(official, part, since, Problem(f"bill_part.{part}", **values))
