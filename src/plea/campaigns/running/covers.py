"""The paper around the letters: a cover for each office, a pick-up list and box labels for whoever carries them.

They are made from the ledger, and made again only where what they say has changed.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from plea.asks.pack import Pack, load_pack
from plea.asks.words import day_in_words
from plea.campaigns.ledger import serialize
from plea.campaigns.ledger.ledger import Ledger
from plea.campaigns.model import Destination, Settings
from plea.campaigns.settings.settings import profile_key
from plea.letters.compose import asked_role, is_for, letter_name
from plea.letters.paper.fonts import choose
from plea.letters.paper.profiles import profile
from plea.letters.paper.typst_compiler import compiler
from plea.letters.paper.typst_inputs import strings
from plea.letters.plain_text import recipient_lines
from plea.model.people import Supporter
from plea.officials.roles import recipient, role
from plea.system.files import make_folder, refuse_link, sync_all, write_atomic
from plea.system.folders import templates

COVER = "cover.pdf"
PICK_LIST = "pick-up-list.pdf"
LABELS = "box-labels.pdf"
MARKS = ".bundles.json"
"""What the bundles at hand were made from, as hashes."""

AT_A_TIME = 20
"""Papers a worker is given at once."""

_LETTERS = """\
SELECT letters.supporter_id, json_extract(supporter, '$.name'), json_extract(supporter, '$.name_latin'),
    json_extract(supporter, '$.city'), ask, page, pages, letters.state = 'current'
FROM letters LEFT JOIN people USING (row) WHERE volume = ? AND letters.outcome = 'made' ORDER BY page
"""

Words = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Box:
    """One volume as it is carried: its file, the letters in it that are wanted, its sheets, pages to take out of it."""

    file: str
    letters: int
    sheets: int
    out: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Bundle:
    """All that goes to one destination; `signers` are names (as the letters have them) and towns, in the letters' order."""

    key: str
    destination: Destination
    asks: Mapping[str, int]
    boxes: tuple[Box, ...]
    signers: tuple[tuple[str, str], ...]

    @property
    def letters(self) -> int:
        """Letters that are wanted."""
        return sum(box.letters for box in self.boxes)


@dataclass(frozen=True, slots=True)
class Paper:
    """One file to make: its name below the output folder, its layout, what it says."""

    name: str
    layout: str
    words: Words


@dataclass(frozen=True, slots=True)
class Papers:
    """Some files to make, and what they share: the day of the time stamp, folders of fonts."""

    papers: tuple[Paper, ...]
    on: date | None
    font_paths: tuple[Path, ...]


PapersMade = tuple[tuple[str, bytes], ...]


def write_bundles(settings: Settings, ledger: Ledger, make: Callable[[Iterator[Papers]], Iterator[PapersMade]]) -> int:
    """Write what changed of covers, pick-up list and box labels into the output folder; gives how many did.

    `make` typesets papers, wherever it likes: `typeset_papers` of each. Raises MachineError when one cannot be written.
    """
    old = _marks(settings.output)
    marks: dict[str, str] = {}
    count = 0
    for made in make(_changed(settings, ledger, old, marks)):
        for name, content in made:
            path = settings.output / name
            refuse_link(path.parent)
            make_folder(path.parent)
            # A power cut may lose these, and then their marks are not there either: they are made again.
            write_atomic(path, content, durable=False)
            count += 1
    if marks != old:
        sync_all()
        write_atomic(settings.output / MARKS, json.dumps(marks, indent=0).encode())
    return count


def typeset_papers(papers: Papers) -> PapersMade:
    """The names and bytes of papers; the same bytes in every process."""
    return tuple((paper.name, _typeset(paper, papers)) for paper in papers.papers)


def _changed(settings: Settings, ledger: Ledger, old: Mapping[str, str], marks: dict[str, str]) -> Iterator[Papers]:
    """The papers that must be made, some at a time; `marks` gets those of all papers there are."""
    waiting: list[Paper] = []
    for paper in _papers(settings, ledger):
        marks[paper.name] = _mark(paper)
        if marks[paper.name] == old.get(paper.name) and (settings.output / paper.name).is_file():
            continue
        # The long lists at the end each go to a worker of their own.
        if waiting and (len(waiting) == AT_A_TIME or paper.layout != waiting[0].layout):
            yield Papers(tuple(waiting), ledger.date, settings.font_paths)
            waiting = []
        waiting.append(paper)
    if waiting:
        yield Papers(tuple(waiting), ledger.date, settings.font_paths)


def _papers(settings: Settings, ledger: Ledger) -> Iterator[Paper]:
    """Every paper of the campaign, as the ledger now stands."""
    pack = load_pack(settings.pack)
    shared = _shared(settings, ledger)
    offices = []
    for bundle in _bundles(ledger, settings.language):
        office = _office(bundle, pack)
        offices.append(office)
        words = {**shared, **office, **_cover(settings, pack, bundle)}
        yield Paper(f"{bundle.key}/{COVER}", "cover.typ", words)
    if offices:
        yield Paper(PICK_LIST, "pick-list.typ", {**shared, "offices": offices})
        yield Paper(LABELS, "labels.typ", {**shared, "offices": offices})


def _bundles(ledger: Ledger, language: str) -> Iterator[Bundle]:
    """What goes to each destination, in the order of the volumes."""
    volumes = ledger.query(
        "SELECT destinations.key, destinations.content, volumes.id, volumes.file FROM volumes JOIN destinations ON destinations.id = volumes.destination"
        " WHERE volumes.sealed ORDER BY destinations.state, destinations.key, volumes.number"
    )
    for key, some in groupby([*volumes], key=itemgetter(0)):
        boxes: list[Box] = []
        signers: dict[tuple[str, str, str], None] = {}
        asks: Counter[str] = Counter()
        for _, content, volume, file in some:
            destination = serialize.destination_of(content)
            sheets, out = 0, []
            for person, name, latin, town, ask, page, pages, current in ledger.query(_LETTERS, (volume,)):
                sheets += pages
                if current:
                    signed = letter_name(Supporter(name, name_latin=latin), language) if latin else name
                    signers[person, signed or "", town or ""] = None
                    asks[ask] += 1
                else:
                    out.append(page)
            if sheets:
                boxes.append(Box(file, asks.total() - sum(box.letters for box in boxes), sheets, tuple(out)))
        if boxes:
            yield Bundle(key, destination, asks, tuple(boxes), tuple((name, town) for _, name, town in signers))


def _shared(settings: Settings, ledger: Ledger) -> Words:
    """What stands on every paper of a campaign."""
    sheet = profile(profile_key(settings))
    assert ledger.date
    return {
        "width": sheet.width,
        "height": sheet.height,
        "campaign": settings.name,
        "organiser": settings.organiser,
        "contact": settings.contact,
        "date": day_in_words(ledger.date, "en"),
        "hand": settings.delivery == "hand",
    }


def _office(bundle: Bundle, pack: Pack) -> Words:
    """A destination as the people who carry its letters must know it."""
    official, office = bundle.destination.official, bundle.destination.office
    its_role = role(official.role, pack.folder)
    return {
        "name": official.name or its_role.name,
        "role": its_role.name,
        "state": official.state,
        "place": ", ".join(part for part in (office.city, office.state) if part),
        "address": recipient_lines(recipient(official, office, its_role, office.country)),
        "phone": office.phone,
        "letters": bundle.letters,
        "boxes": [
            {"file": box.file, "letters": box.letters, "sheets": box.sheets, "out": box.out} for box in bundle.boxes
        ],
    }


def _cover(settings: Settings, pack: Pack, bundle: Bundle) -> Words:
    """What only the sheet on top of an office's letters says."""
    asked = [
        {"act": _act(pack, key, bundle.destination.official.role, settings.language), "letters": letters}
        for key, letters in sorted(bundle.asks.items())
    ]
    return {
        "asks": asked,
        "signers": [{"name": name, "town": town} for name, town in bundle.signers],
    }


def _act(pack: Pack, key: str, its_role: str, language: str) -> str:
    """What an ask asks of an official, in one line."""
    ask = pack.ask(key)
    act = ask.acts.get(asked_role(ask, its_role), {}) if is_for(ask, its_role) else {}
    return act.get(language) or act.get("en") or ask.title.get(language) or ask.title.get("en") or key


def _typeset(paper: Paper, papers: Papers) -> bytes:
    found = choose([*strings([paper.words])], font_paths=papers.font_paths)
    setting = {**paper.words, "families": found.families}
    return compiler(found.folders).compile(paper.layout, {"setting": setting}, on=papers.on)[0]


def _mark(paper: Paper) -> str:
    """A hash of all that a paper is made of."""
    words = json.dumps(paper.words, ensure_ascii=False)
    return sha256(_layout(paper.layout) + words.encode()).hexdigest()[:32]


@cache
def _layout(name: str) -> bytes:
    return (templates() / "layout" / name).read_bytes()


def _marks(output: Path) -> Mapping[str, str]:
    """The marks of the papers at hand; none when they cannot be read."""
    try:
        found = json.loads((output / MARKS).read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
