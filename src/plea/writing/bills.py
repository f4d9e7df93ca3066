"""Bills as a person looks at them: how far each is, and what the person's own members have to do with it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from plea.asks.bills import can_move, has_ended, joined_on, numbers_of, part_in
from plea.asks.calendar import last_day_for_bills
from plea.asks.pack import Pack
from plea.errors import UsageError
from plea.model.bills import Bill, Part, bill_id
from plea.model.congress import Chamber
from plea.model.officials import Candidate, Official
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
    """An official who has the bill in their chamber, what they have to do with it, and since when."""

    official: Official
    part: Part
    since: date | None = None


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


def members_on(bill: Bill, candidates: Iterable[Candidate], on: date) -> tuple[MemberView, ...]:
    """What each official among the candidates has to do with the bill; who has no such bill is left out."""
    found = []
    for official in (candidate.official for candidate in candidates):
        part = part_in(bill, official, on) if official else None
        if official and part:
            found.append(MemberView(official, part, joined_on(bill, official, on)))
    return tuple(found)
