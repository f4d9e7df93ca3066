"""The paper around the letters: a cover for each office, a pick-up list and box labels for whoever carries them.

They are made from the ledger, and made again only where what they say has changed.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from plea.asks.pack import Pack, load_pack
from plea.asks.words import day_in_words
from plea.campaigns import stored
from plea.campaigns.ledger import Ledger
from plea.campaigns.nouns import Desk, Settings
from plea.campaigns.settings import profile_key
from plea.letters.compose import asked_role, is_for
from plea.letters.fonts import choose
from plea.letters.leaf import strings
from plea.letters.lines import recipient_lines
from plea.letters.produce import make_folder
from plea.letters.profiles import profile
from plea.letters.sender import letter_name
from plea.letters.typesetting import press
from plea.machine.files import write_atomic
from plea.machine.packed import templates
from plea.officials.address import recipient
from plea.officials.roles import role

COVER = "cover.pdf"
PICK_LIST = "pick-up-list.pdf"
LABELS = "box-labels.pdf"
MARKS = ".bundles.json"
"""What the bundles at hand were made from, as hashes."""

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
    """All that goes to one desk; `signers` are names (as the letters have them) and towns, in the letters' order."""

    key: str
    desk: Desk
    asks: Mapping[str, int]
    boxes: tuple[Box, ...]
    signers: tuple[tuple[str, str], ...]

    @property
    def letters(self) -> int:
        """Letters that are wanted."""
        return sum(box.letters for box in self.boxes)


def write_bundles(settings: Settings, ledger: Ledger) -> tuple[Path, ...]:
    """Write what changed of covers, pick-up list and box labels into the output folder; gives their paths.

    Raises MachineError when one cannot be written.
    """
    bundles = tuple(_bundles(ledger, settings.language))
    marks = _marks(settings.output)
    pack = load_pack(settings.pack)
    papers: dict[str, tuple[str, Words]] = {
        f"{bundle.key}/{COVER}": ("cover.typ", _cover(settings, ledger, pack, bundle)) for bundle in bundles
    }
    if bundles:
        offices = [_office(bundle, pack) for bundle in bundles]
        papers[PICK_LIST] = ("pick-list.typ", {**_shared(settings, ledger), "offices": offices})
        papers[LABELS] = ("labels.typ", {**_shared(settings, ledger), "offices": offices})
    written = []
    made: dict[str, str] = {}
    for name, (layout, words) in papers.items():
        path = settings.output / name
        made[name] = _mark(layout, words)
        if marks.get(name) != made[name] or not path.is_file():
            make_folder(path.parent)
            write_atomic(path, _typeset(layout, words, settings, ledger))
            written.append(path)
    if made != marks:
        write_atomic(settings.output / MARKS, json.dumps(made, indent=0).encode())
    return tuple(written)


def _bundles(ledger: Ledger, language: str) -> Iterator[Bundle]:
    """What goes to each desk, in the order of the volumes."""
    boxes: dict[str, list[Box]] = {}
    contents: dict[str, str] = {}
    for key, content, file, letters, pages, out in ledger.query(
        "SELECT key, content, file, sum(letters.state = 'current'), sum(pages),"
        " group_concat(iif(letters.state = 'current', NULL, page))"
        " FROM letters JOIN volumes ON volumes.id = volume JOIN desks ON desks.id = volumes.desk"
        " WHERE letters.outcome = 'made' GROUP BY volumes.id ORDER BY desks.state, key, volumes.number"
    ):
        contents[key] = content
        taken = tuple(sorted(map(int, out.split(",")))) if out else ()
        boxes.setdefault(key, []).append(Box(file, letters, pages, taken))
    for key, content in contents.items():
        signers, asks = _signers(ledger, key, language)
        yield Bundle(key, stored.desk_of(content), asks, tuple(boxes[key]), signers)


def _signers(ledger: Ledger, key: str, language: str) -> tuple[tuple[tuple[str, str], ...], dict[str, int]]:
    """Who signed the letters of a desk, each once, and how many letters carry each ask."""
    signers: dict[tuple[str, str, str], None] = {}
    asks: dict[str, int] = {}
    for person, text, ask in ledger.query(
        "SELECT letters.supporter_id, coalesce(supporter, ''), ask"
        " FROM letters JOIN volumes ON volumes.id = volume JOIN desks ON desks.id = volumes.desk"
        " LEFT JOIN people USING (row) WHERE key = ? AND letters.outcome = 'made' AND letters.state = 'current'"
        " ORDER BY volumes.number, page",
        (key,),
    ):
        signer = stored.supporter_of(text) if text else None
        signers[person, letter_name(signer, language) if signer else "", signer.city if signer else ""] = None
        asks[ask] = asks.get(ask, 0) + 1
    return tuple((name, town) for _, name, town in signers), asks


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
    """A desk as the people who carry its letters must know it."""
    official, office = bundle.desk.official, bundle.desk.office
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


def _cover(settings: Settings, ledger: Ledger, pack: Pack, bundle: Bundle) -> Words:
    """The words of the sheet on top of an office's letters."""
    asked = [
        {"act": _act(pack, key, bundle.desk.official.role, settings.language), "letters": letters}
        for key, letters in sorted(bundle.asks.items())
    ]
    return {
        **_shared(settings, ledger),
        **_office(bundle, pack),
        "asks": asked,
        "signers": [{"name": name, "town": town} for name, town in bundle.signers],
    }


def _act(pack: Pack, key: str, its_role: str, language: str) -> str:
    """What an ask asks of an official, in one line."""
    ask = pack.ask(key)
    act = ask.acts.get(asked_role(ask, its_role), {}) if is_for(ask, its_role) else {}
    return act.get(language) or act.get("en") or ask.title.get(language) or ask.title.get("en") or key


def _typeset(layout: str, words: Words, settings: Settings, ledger: Ledger) -> bytes:
    found = choose([*strings([words])], font_paths=settings.font_paths)
    setting = {**words, "families": found.stack.families}
    return press(found.stack.folders).compile(layout, {"setting": setting}, on=ledger.date, tagged=False)[0]


def _mark(layout: str, words: Words) -> str:
    """A hash of all that a paper is made of."""
    source = (templates() / "layout" / layout).read_bytes()
    return sha256(source + json.dumps(words, ensure_ascii=False).encode()).hexdigest()[:32]


def _marks(output: Path) -> Mapping[str, str]:
    """The marks of the papers at hand; none when they cannot be read."""
    try:
        found = json.loads((output / MARKS).read_bytes())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
