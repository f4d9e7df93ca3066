"""A supporters file for an audit: real ZIP codes, people who do not exist, rows that are wrong in many ways.

What each row must come to is worked out here from the public files alone, and never asked of the program.
"""

import csv
import json
import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

DAY = "2026-11-22"
COLUMNS = (
    "name", "street", "city", "state", "zip", "email", "phone", "reasons", "story", "language", "district",
    "consent_at", "consent_source", "notes",
)  # fmt: skip
SETTINGS = """\
name = "The audit"
organiser = "Example Coalition"
asks = ["refugee-intake"]
targets = ["us-senator", "us-representative"]
date = 2026-11-22
"""
REASONS = ("conscience", "our-word", "careful-vetting", "ready-towns", "neighbors-here", "safe-returns")
FIRST = "Mary John Ana Omar Lee Samira Peter Grace Daniel Ruth Joseph Miriam Carlos Hana Walter Inez Zoë José"
LAST = "Okafor Smith García Haddad Park Nguyen Miller Cohen Larsen Rossi Brown Kowalski Diaz Khoury Jones"
STREETS = "North Church Pearl Maple College Union Willow Cherry Bank Summer Spring Grove Prospect Howard"
WORDS = (
    "family school winter bread house street bridge river church market doctor nurse teacher shop bus garden window "
    "letter phone brother sister mother father friend town year month morning evening came went stayed worked learned "
    "taught helped asked waited hoped found lost opened closed carried remembered near before after slowly quietly"
)
TOO_WIDE = frozenset({"us-H001103"})  # the only office has an address that the window of the envelope would cut
NO_SENATORS = frozenset({"DC", "PR", "GU", "VI", "AS", "MP"})

Row = dict[str, str]


@dataclass(frozen=True)
class Public:
    """The public files, read plainly: who sits where on DAY, districts of each ZIP, ZIPs of each official's offices."""

    senators: Mapping[str, Sequence[str]]
    seats: Mapping[tuple[str, int], str]
    districts: Mapping[tuple[str, str], frozenset[int]]
    addresses: Mapping[str, frozenset[str]]
    names: Mapping[str, str]


def read_public(data: Path) -> Public:
    """Everything the audit must know of `data`."""
    senators: dict[str, list[str]] = {}
    seats: dict[tuple[str, int], str] = {}
    addresses: dict[str, set[str]] = {}
    names: dict[str, str] = {}
    for member in json.loads((data / "congress/legislators-current.json").read_text()):
        term, key = member["terms"][-1], f"us-{member['id']['bioguide']}"
        if not term["start"] <= DAY < term["end"]:
            continue
        names[key] = member["name"]["last"]
        addresses[key] = {"20510" if term["type"] == "sen" else "20515"}
        if term["type"] == "sen":
            senators.setdefault(term["state"], []).append(key)
        else:
            seats[term["state"], term["district"]] = key
    for member in json.loads((data / "congress/legislators-district-offices.json").read_text()):
        for office in member["offices"]:
            if office.get("zip"):
                addresses.setdefault(f"us-{member['id']['bioguide']}", set()).add(str(office["zip"])[:5])
    districts: dict[tuple[str, str], set[int]] = {}
    with (data / "places/zccd.csv").open(newline="") as file:
        for row in csv.DictReader(file):
            districts.setdefault((row["zcta"], row["state_abbr"]), set()).add(int(row["cd"]))
    return Public(
        senators,
        seats,
        {pair: frozenset(found) for pair, found in districts.items()},
        {key: frozenset(found) for key, found in addresses.items()},
        names,
    )


@dataclass(frozen=True)
class Due:
    """What must become of a row: an outcome of its own (`out`), or letters.

    `made` names officials; `held` counts letters for which nobody can be named or that cannot be set, `duplicate` those
    that another row has already.
    """

    kind: str
    out: str = ""
    made: frozenset[str] = frozenset()
    duplicate: int = 0
    held: int = 0
    name: str = ""


@dataclass
class People:
    """The rows made so far, what is due of each, and the list of those who must be left out."""

    rows: list[Row] = field(default_factory=list)
    due: list[Due] = field(default_factory=list)
    suppressed: list[Row] = field(default_factory=list)

    def add(self, row: Row, due: Due) -> None:
        self.rows.append(row)
        self.due.append(due)


class Maker:
    """Makes people, those whose rows are sound in these states (none: anywhere); the same seed gives the same."""

    def __init__(self, public: Public, seed: int, states: frozenset[str] = frozenset()) -> None:
        self._public = public
        self._random = random.Random(seed)
        pairs = sorted(public.districts)
        zips = [zip5 for zip5, _ in pairs]
        twice = {one for one, other in pairwise(zips) if one == other}
        vacant = {pair for pair, found in public.districts.items() if not self._seated(pair[1], found)}
        whole = [pair for pair in pairs if pair[0] not in twice]
        single = [pair for pair in whole if len(public.districts[pair]) == 1]
        self._split = [pair for pair in whole if len(public.districts[pair]) > 1]
        self._partly = [pair for pair in self._split if pair in vacant]
        self._vacant = [pair for pair in single if pair in vacant]
        self._plain = [pair for pair in single if pair not in vacant and (not states or pair[1] in states)]
        if states:  # few officials, and so few volumes
            self._split = [pair for pair in self._split if pair[1] == "NH"]
            self._partly = [pair for pair in self._partly if pair[1] == "TX"]
            self._vacant = [pair for pair in self._vacant if pair[1] == "GA"]
        self._number = 0

    def _seated(self, state: str, districts: Iterable[int]) -> bool:
        return all((state, one) in self._public.seats for one in districts)

    def people(self, count: int, share: float = 0.02) -> People:
        """So many rows, that share of them wrong in turn in each of the ways there are."""
        people = People()
        wrong = sorted(self._random.sample(range(20, count), int(count * share)))
        kinds = dict(zip(wrong, [*KINDS] * (len(wrong) // len(KINDS) + 1), strict=False))
        while len(people.rows) < count:
            kind = kinds.get(len(people.rows), "")
            if kind:
                self.wrong(people, kind)
            else:
                row, pair = self.person(self._plain)
                people.add(row, self.sound(row, pair))
        return people

    def person(self, pairs: Sequence[tuple[str, str]]) -> tuple[Row, tuple[str, str]]:
        """Somebody who agreed, at one of these places."""
        draw = self._random
        self._number += 1
        zip5, state = pair = draw.choice(pairs)
        middle = "".join(chr(97 + self._number // 26**place % 26) for place in range(4)).title()
        name = f"{draw.choice(FIRST.split())} {middle} {draw.choice(LAST.split())}"
        story = " ".join(draw.choice(WORDS.split()) for _ in range(draw.randint(30, 45))).capitalize() + "."
        row = dict.fromkeys(COLUMNS, "") | {
            "name": name,
            "street": f"{draw.randint(1, 999)} {draw.choice(STREETS.split())} St",
            "city": "Exampletown",
            "state": state,
            "zip": zip5,
            "email": f"{middle.lower()}@example.com" if draw.random() < 0.5 else "",
            "reasons": ", ".join(draw.sample(REASONS, 2)) if draw.random() < 0.5 else "",
            "story": story.replace(" ", "\n\n", 1) if draw.random() < 0.1 else story,
            "consent_at": "2026-10-03",
            "consent_source": "paper form",
        }
        return row, pair

    def sound(self, row: Row, pair: tuple[str, str], kind: str = "") -> Due:
        """What is due of a sound row at a place."""
        zip5, state = pair
        senators = self._public.senators.get(state, ())
        districts = self._public.districts[zip5, state]
        seats = {self._public.seats[state, one] for one in districts if (state, one) in self._public.seats}
        certain = seats if len(districts) == 1 else set()
        wanted = 1 if state in NO_SENATORS else 3
        made = frozenset({*senators, *certain}) - TOO_WIDE
        return Due(kind, made=made, held=wanted - len(made), name=row["name"])

    def wrong(self, people: People, kind: str) -> None:
        """One row that is wrong in that way."""
        places = {"split ZIP": self._split, "split ZIP, a seat vacant": self._partly, "vacant seat": self._vacant}
        pairs = places.get(kind, self._plain)
        row, pair = self.person(pairs)
        due = self.sound(row, pair, kind)
        if kind in SPOILT:
            SPOILT[kind](row)
            due = Due(kind, out="rejected", name=row["name"])
        elif kind == "twin":
            number = self._random.randrange(20)
            row, first = {**people.rows[number]}, people.due[number]
            row |= {"name": row["name"].upper().replace(" ", "  "), "story": "Another story of mine."}
            due = Due(kind, duplicate=len(first.made) + first.held, name=row["name"])
        elif kind == "suppressed":
            people.suppressed.append({"name": row["name"].lower(), "zip": row["zip"], "email": row["email"]})
            due = Due(kind, out="suppressed", name=row["name"])
        elif kind == "over a page":
            row["story"] = "\n\n".join([row["story"] + " It was so."] * 12)
            due = Due(kind, held=due.held + len(due.made), name=row["name"])
        people.add(row, due)


def _with(**fields: str) -> Callable[[Row], None]:
    return lambda row: row.update(fields)


def _contradict(row: Row) -> None:
    row["state"] = "VT" if row["state"] not in {"VT", "NH", "NY", "MA"} else "CA"


def _foreign_seat(row: Row) -> None:
    row["district"] = "VT-0" if row["state"] != "VT" else "TX-2"


def _in_name(text: str) -> Callable[[Row], None]:
    return lambda row: row.update(name=f"{row['name']}{text}")


SPOILT: Mapping[str, Callable[[Row], None]] = {
    "bad ZIP": _with(zip="12B45"),
    "ZIP of another state": _contradict,
    "no name": _with(name=" "),
    "control character": _in_name(" \x07Bell"),
    "bidi override": _in_name("\u202eevil"),
    "private use": _with(story="A story with \ue000 in it."),
    "bad e-mail": _with(email="nobody at example"),
    "encoded word": _in_name(" =?utf-8?q?=0ABcc:_x@y?="),
    "no consent": _with(consent_at="", consent_source=""),
    "future consent": _with(consent_at="2026-12-24"),
    "no such day": _with(consent_at="2026-02-30"),
    "unknown reason": _with(reasons="because"),
    "unknown language": _with(language="Klingonese tongue"),
    "story of 10,001": _with(story="x" * 10_001),
    "ragged": _with(notes="\0"),  # written with a cell too many
    "no glyph": _with(name="王小明"),
    "seat of another state": _foreign_seat,
    "no such district": lambda row: row.update(district=f"{row['state']}-77"),
    "formula and no consent": lambda row: row.update(name=f"=1+{row['name']}", consent_at=""),
    "bad telephone": _with(phone="call me"),
    "no such state": _with(state="ZZ"),
    "Spanish only": _with(language="es", story="Mi abuela guardaba una maleta pequeña junto a la puerta."),
}
KINDS = (*SPOILT, "twin", "suppressed", "split ZIP", "split ZIP, a seat vacant", "vacant seat", "over a page")


def write_people(folder: Path, people: People, settings: str = SETTINGS) -> None:
    """The campaign's folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "campaign.toml").write_text(settings)
    write_rows(folder / "supporters.csv", people.rows)
    with (folder / "suppress.csv").open("w", newline="", encoding="utf-8") as file:
        listed = csv.DictWriter(file, ["name", "zip", "email"])
        listed.writeheader()
        listed.writerows(people.suppressed)


def write_rows(path: Path, rows: Iterable[Row]) -> None:
    """The supporters file."""
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for row in rows:
            more = ["spare"] if row["notes"] == "\0" else []
            writer.writerow([*(row[key].replace("\0", "") for key in COLUMNS), *more])
