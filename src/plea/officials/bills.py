"""The status of bills, as it was fetched: read from BILLSTATUS files, kept in `bills.json`, told of one official.

The files are those of the Government Publishing Office (https://www.govinfo.gov/bulkdata/BILLSTATUS), laid out as its
user guide and its samples of version 3.0.0 say (https://github.com/usgpo/bill-status). The live server was not reached
when this was written; the tests have files of that layout, written by hand.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plea.errors import InputError, MachineError
from plea.model.bills import Standing, bill_id, chamber_of_number, is_number, kind_of_number
from plea.system.files import write_atomic

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

FORMAT = 1
MAX_FILE = 16 * 1024 * 1024
"""Bytes of a BILLSTATUS file. Those of bills with a thousand amendments have a few million."""

_BULK_DATA = "https://www.govinfo.gov/bulkdata/BILLSTATUS"
_BIOGUIDE = re.compile(r"[A-Z]\d{6}")
_COMMITTEE = re.compile(r"[hsj][a-z]{3}\d{2}")
_OFFICIAL = re.compile(r"us-(?:chair-\w+-)?(?P<bioguide>[A-Z]\d{6})")
_LEFT = ("discharged from", "reported")
"""How the names of activities begin after which a bill is no longer before the committee."""
_IDENTICAL = "identical bill"
_LONGEST = 500  # characters of a text that is shown


def file_name(congress: int, number: str) -> str:
    """The name of the BILLSTATUS file of a bill."""
    return f"BILLSTATUS-{congress}{number}.xml"


def address(congress: int, number: str) -> str:
    """Where the BILLSTATUS file of a bill is published."""
    return f"{_BULK_DATA}/{congress}/{kind_of_number(number)}/{file_name(congress, number)}"


@dataclass(frozen=True, slots=True)
class Cosponsor:
    """A member who joined a bill, by bioguide id. `withdrawn` is the day on which they left it again."""

    bioguide: str
    name: str
    since: date
    withdrawn: date | None = None


@dataclass(frozen=True, slots=True)
class BillStatus:
    """What a BILLSTATUS file says of a bill. `sponsors` and `committees` are names by their ids.

    `committees` are only those it still lies before. `companion` is the number of the identical bill of the other
    chamber, `law` that of the law it became (`119-21`). `etag` and `last_modified` are as the server sent them.
    """

    congress: int
    number: str
    title: str
    sponsors: Mapping[str, str]
    introduced: date | None = None
    cosponsors: tuple[Cosponsor, ...] = ()
    committees: Mapping[str, str] = field(default_factory=dict)
    action: str = ""
    action_day: date | None = None
    companion: str = ""
    law: str = ""
    read_on: date | None = None
    url: str = ""
    etag: str = ""
    last_modified: str = ""

    @property
    def id(self) -> str:
        """What it is known by: `119hr6870`."""
        return bill_id(self.congress, self.number)

    @property
    def cosponsors_now(self) -> tuple[Cosponsor, ...]:
        """The cosponsors who have not withdrawn."""
        return tuple(cosponsor for cosponsor in self.cosponsors if cosponsor.withdrawn is None)


# --- from a file of the publisher -------------------------------------------------------------------------


def read_status(content: bytes, name: str) -> BillStatus:
    """The status in a BILLSTATUS file. Raises InputError, at the name, for what is no such file.

    Entities and document types, which such files do not have, are refused before anything of them is worked out.
    """
    from defusedxml import ElementTree  # noqa: PLC0415 (only what fetches needs it)
    from defusedxml.common import DefusedXmlException  # noqa: PLC0415 (as above)

    try:
        root = ElementTree.fromstring(content, forbid_dtd=True)
        bill = root.find("bill") if root.tag == "billStatus" else None
        if bill is None:
            raise InputError("bill_status.another_file", name)
        return _status(bill)
    except (ElementTree.ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise InputError("bill_status.unreadable", name, reason=str(error) or type(error).__name__) from error


def _status(bill: "Element") -> BillStatus:
    number = (_text(bill, "type") + _text(bill, "number")).lower()
    if not is_number(number):
        raise ValueError(number)
    congress = int(_text(bill, "congress"))
    sponsors = {_text(item, "bioguideId"): _text(item, "fullName") for item in bill.iterfind("sponsors/item")}
    if not sponsors or not all(map(_BIOGUIDE.fullmatch, sponsors)):
        raise ValueError("sponsors")
    return BillStatus(
        congress=congress,
        number=number,
        title=_text(bill, "title"),
        sponsors=sponsors,
        introduced=_day(_text(bill, "introducedDate")),
        cosponsors=tuple(_cosponsors(bill)),
        committees=dict(_committees(bill)),
        action=_text(bill, "latestAction/text"),
        action_day=_day(_text(bill, "latestAction/actionDate")),
        companion=next(_companions(bill, congress, number), ""),
        law=_text(bill, "laws/item/number"),
    )


def _cosponsors(bill: "Element") -> Iterator[Cosponsor]:
    for item in bill.iterfind("cosponsors/item"):
        bioguide, since = _text(item, "bioguideId"), _day(_text(item, "sponsorshipDate"))
        if not _BIOGUIDE.fullmatch(bioguide) or since is None:
            raise ValueError("cosponsors")
        yield Cosponsor(bioguide, _text(item, "fullName"), since, _day(_text(item, "sponsorshipWithdrawnDate")))


def _committees(bill: "Element") -> Iterator[tuple[str, str]]:
    """Id and name of each committee and subcommittee that the bill lies before.

    The ids are those of the directory: `hsju00` is the whole committee HSJU, `hsju01` its subcommittee HSJU01.
    """
    for committee in bill.iterfind("committees/item"):
        if _has_left(committee):
            continue
        yield from _committee(committee)
        for part in committee.iterfind("subcommittees/item"):
            if not _has_left(part):
                yield from _committee(part)


def _committee(committee: "Element") -> Iterator[tuple[str, str]]:
    code = _text(committee, "systemCode")
    if _COMMITTEE.fullmatch(code):
        yield code.upper().removesuffix("00"), _text(committee, "name")


def _has_left(committee: "Element") -> bool:
    names = (_text(item, "name").lower() for item in committee.iterfind("activities/item"))
    return any(name.startswith(_LEFT) for name in names)


def _companions(bill: "Element", congress: int, number: str) -> Iterator[str]:
    """The numbers of the bills in the other chamber that the publisher calls identical."""
    for related in bill.iterfind("relatedBills/item"):
        other = (_text(related, "type") + _text(related, "number")).lower()
        relations = (_text(item, "type").lower() for item in related.iterfind("relationshipDetails/item"))
        if (
            _text(related, "congress") == str(congress)
            and is_number(other)
            and chamber_of_number(other) is not chamber_of_number(number)
            and _IDENTICAL in relations
        ):
            yield other


def _text(element: "Element", path: str) -> str:
    """The text at the path in one line, without what does not print; empty when it is not there."""
    text = " ".join((element.findtext(path) or "").split())
    return "".join(filter(str.isprintable, text))[:_LONGEST]


def _day(text: str) -> date | None:
    return date.fromisoformat(text[:10]) if text else None


# --- kept on this machine ---------------------------------------------------------------------------------


def load_statuses(path: Path) -> dict[str, BillStatus]:
    """The statuses that were kept at the path, by the ids of their bills; none when there is no such file.

    Raises MachineError for a file that is damaged or of a newer program.
    """
    if not path.is_file():
        return {}
    try:
        content = json.loads(path.read_bytes())
        if content["format"] > FORMAT:
            raise MachineError("bills.newer", str(path), format=content["format"], ours=FORMAT)
        statuses = map(_kept_status, content["bills"])
        return {status.id: status for status in statuses}
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise MachineError("bills.damaged", str(path), reason=f"{type(error).__name__} {error}") from error


def save_statuses(path: Path, statuses: Mapping[str, BillStatus]) -> None:
    """Put the statuses in the place of those at the path, whole or not at all. Raises MachineError."""
    bills = [asdict(statuses[key]) for key in sorted(statuses)]
    content = json.dumps({"format": FORMAT, "bills": bills}, ensure_ascii=False, indent=1, default=date.isoformat)
    write_atomic(path, content.encode())


def _kept_status(values: dict[str, Any]) -> BillStatus:
    days = {name: _day(values[name] or "") for name in ("introduced", "action_day", "read_on")}
    cosponsors = tuple(
        Cosponsor(
            each["bioguide"],
            each["name"],
            date.fromisoformat(each["since"]),
            _day(each["withdrawn"] or ""),
        )
        for each in values["cosponsors"]
    )
    return BillStatus(**{**values, **days, "cosponsors": cosponsors})


# --- of one official --------------------------------------------------------------------------------------


def standings_of(official_id: str, statuses: Mapping[str, BillStatus]) -> tuple[Standing, ...]:
    """How the official of that id stands to each bill; a committee's chair as the member who chairs it."""
    match = _OFFICIAL.fullmatch(official_id)
    bioguide = match["bioguide"] if match else ""
    return tuple(
        Standing(
            bill=status.id,
            is_sponsor=bioguide in status.sponsors,
            cosponsor_since=next((each.since for each in status.cosponsors_now if each.bioguide == bioguide), None),
            committees=tuple(status.committees),
            companion=status.companion,
            is_law=bool(status.law),
        )
        for status in statuses.values()
    )
