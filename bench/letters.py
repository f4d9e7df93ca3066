"""Letters to measure with: real offices where the public data is at hand, a story of 60 words in each, all different.

Seeded: the same numbers give the same letters on every machine.
"""

# ruff: noqa: SIM905 (lists of words are read as words)

import json
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from plea.model.asks import Act
from plea.model.letters import Letter, Paragraph, Recipient, Run
from plea.model.officials import Office, Official

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data" / "congress"
STORY_WORDS = 60
DAY = date(2026, 11, 22)

FIRST = """
Mary John Ana Omar Lee Samira Peter Grace Daniel Ruth Joseph Miriam Carlos Hana Walter Inez
""".split()
LAST = """
Okafor Smith García Haddad Park Nguyen Miller Cohen Larsen Rossi Brown Kowalski Diaz Khoury Jones Baker
""".split()
STREETS = """
North Church Pearl Maple College Union Willow Cherry Bank Summer Spring Grove Prospect Howard
""".split()
WORDS = """
I we my our the a neighbor family school winter bread house street bridge river church market doctor nurse
teacher shop bus garden window letter phone brother sister mother father daughter son friend town year month
morning evening came went stayed worked learned taught helped asked waited hoped found lost opened closed sang
cooked built carried remembered in at with from to for and but then when because near before after slowly
quietly
""".split()
TEXT = """\
I live in Burlington, Vermont; please press the administration, in the next hearing on Syria, for talks that
bring every party to one table, and tell me in writing by January 6, 2027 what you have done. Thank you for the
work you have already put into this.

My faith asks me to seek peace and pursue it. A people that is only bombed, fed and pitied is not yet helped: it
is helped when those who fight are given a reason to stop, and when those who suffer most have a voice in what
follows. That is slow work, and it is the work that lasts.

Towns like ours are ready. Our schools have room, our employers have places, and our congregations have people
who know how to find a bed, a coat and a doctor. What we cannot do from here is end the fear that people run
from; only governments can do that, and ours has a hand in it.

In December 2016 the last hospitals of eastern Aleppo had been destroyed, and the buses sent for those who were
trapped departed empty. The lesson of that month is that words without a plan came too late.

In our town people of every faith and of none have kept a light in the window of the library each Friday of this
winter. They do not agree on much. They agree that a war which everybody feeds and nobody ends is a shame to us all.

I would be satisfied by a public statement and one question to the Secretary of State on the record. I look
forward to your written reply.
"""
OPENING, *REST = (" ".join(paragraph.split()) for paragraph in TEXT.split("\n\n"))


def batches(size: int, seed: int) -> Iterator[list[Letter]]:
    """Volumes without end, each of `size` letters to one office, no two letters alike."""
    offices = recipients()
    for number in range(seed * 1_000_000, (seed + 1) * 1_000_000):
        chance = random.Random(number)
        office = chance.choice(offices)
        yield [_letter(chance, office) for _ in range(size)]


def recipients() -> list[Recipient]:
    """The senators' district offices of the public data, in few lines; without it, one made by hand."""
    file = DATA / "legislators-district-offices.json"
    if not file.is_file():
        return [_recipient("Jane Doe", "199 Main Street", "4th Floor", "Burlington, VT  05401")]
    people = {one["id"]["bioguide"]: one for one in json.loads((DATA / "legislators-current.json").read_text())}
    found = []
    for member in json.loads(file.read_text()):
        person = people.get(member["id"]["bioguide"])
        for office in member["offices"]:
            if person and {"address", "city", "state", "zip"} <= office.keys() and len(office["address"]) < 40:
                town = f"{office['city']}, {office['state']}  {office['zip']}"
                name = person["name"].get("official_full", person["name"]["last"])
                found.append(_recipient(name, str(office["address"]), str(office.get("suite", ""))[:20], town))
    return found


def _recipient(name: str, street: str, suite: str, town: str) -> Recipient:
    return Recipient(lead=(f"The Honorable {name}", "United States Congress"), street=street, suite=suite, last=(town,))


def _letter(chance: random.Random, recipient: Recipient) -> Letter:
    name = f"{chance.choice(FIRST)} {chr(65 + chance.randrange(26))}. {chance.choice(LAST)}"
    street = f"{chance.randrange(1, 2000)} {chance.choice(STREETS)} Street, Apt. {chance.randrange(1, 99)}"
    return Letter(
        id=f"{chance.getrandbits(96):024x}",
        ask="diplomacy",
        act=Act.LEGISLATIVE,
        language="en",
        date=DAY,
        date_text="November 22, 2026",
        sender=(name, street, f"Burlington, VT  {chance.randrange(5401, 5409):05}"),
        official=Official(id="us-X000000", role="us-senator", name=recipient.lead[0]),
        office=Office(id="office", kind="district"),
        recipient=recipient,
        subject="Lead talks among all parties in Syria",
        salutation="Dear Senator:",
        body=tuple(Paragraph((Run(text),)) for text in (OPENING, story(chance, STORY_WORDS), *REST)),
        close="Sincerely,",
        signature_name=name,
        labels={"subject": "Re:"},
    )


def story(chance: random.Random, count: int) -> str:
    """So many words in sentences of six to fourteen."""
    words = [chance.choice(WORDS) for _ in range(count)]
    start = 0
    while start < count:
        end = min(start + chance.randrange(6, 15), count)
        words[start] = words[start].capitalize()
        words[end - 1] += "."
        start = end
    return " ".join(words)
