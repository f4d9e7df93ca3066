"""Supporters to measure with: real ZIP codes, invented people, a story of 40 to 80 words in each, all different.

Seeded: the same numbers give the same table on every machine that has the public data.
"""

import csv
import random
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import letters

DATA = letters.DATA.parent
COLUMNS = ("name", "street", "city", "state", "zip", "email", "story", "consent_at", "consent_source")
SETTINGS = """\
name = "A measured campaign"
organizer = "The Bench"
asks = ["refugee-intake"]
targets = ["us-senator", "us-representative"]
date = 2026-11-22
"""


def places() -> list[tuple[str, str]]:
    """State and ZIP code of every place with one district, in a state with senators: three letters each."""
    districts: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    with (DATA / "places" / "zccd.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            districts[row["zcta"]].add((row["state_abbr"], row["cd"]))
    apart = {"DC", "PR", "GU", "VI", "AS", "MP"}
    whole = ((zcta, *next(iter(found))) for zcta, found in districts.items() if len(found) == 1)
    return sorted((state, zcta) for zcta, state, _ in whole if state not in apart)


def write_campaign(folder: Path, people: int, seed: int = 1) -> None:
    """A campaign's folder with so many people."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "campaign.toml").write_text(SETTINGS, encoding="utf-8")
    with (folder / "supporters.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(_rows(people, random.Random(seed)))


def _rows(people: int, chance: random.Random) -> Iterator[tuple[str, ...]]:
    where = places()
    for number in range(people):
        state, zcta = chance.choice(where)
        first, last = chance.choice(letters.FIRST), chance.choice(letters.LAST)
        yield (
            f"{first} {chr(65 + chance.randrange(26))}. {last}",
            f"{chance.randrange(1, 2000)} {chance.choice(letters.STREETS)} Street",
            f"{chance.choice(letters.STREETS)}ville",
            state,
            zcta,
            f"signer{number}@example.org",
            letters.story(chance, chance.randrange(40, 81)),
            f"2026-10-{chance.randrange(1, 31):02}",
            "web form",
        )
