"""What goes with the letters: a cover for each office, a pick-up list and box labels for whoever carries them.

They are made from the ledger, and made again only where what they say has changed. What there is to hand out, office by
office and file by file, is said here too.
"""

import json
import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from itertools import groupby, islice
from operator import itemgetter
from pathlib import Path
from typing import Any

from plea.asks.pack import Pack, load_pack
from plea.asks.render import day_in_words
from plea.campaigns.context import CampaignContext
from plea.campaigns.ledger import serialize
from plea.campaigns.ledger.ledger import MANIFEST, REJECTS, Ledger
from plea.campaigns.model import Destination
from plea.campaigns.reporting.statistics import destination_in_words
from plea.campaigns.settings import Settings, profile_key
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
LISTS = (PICK_LIST, LABELS, MANIFEST, REJECTS)
"""The files beside the offices' folders."""
HASHES = ".bundles.json"
"""What the covers and lists at hand were made from, as hashes by file."""
DOCUMENTS_A_JOB = 20


@dataclass(frozen=True, slots=True)
class Document:
    """One file to make: its name below the output folder, its layout, the values that the layout prints."""

    name: str
    layout: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class DocumentJob:
    """Some files to make, and what they share: the day of the time stamp, folders of fonts."""

    documents: tuple[Document, ...]
    on: date | None
    font_paths: tuple[Path, ...]


DocumentsMade = tuple[tuple[str, bytes], ...]
"""The names and contents of files."""


def write_covers_and_lists(
    settings: Settings, ledger: Ledger, make: Callable[[Iterator[DocumentJob]], Iterator[DocumentsMade]]
) -> int:
    """Write what changed of covers, pick-up list and box labels into the output folder; gives how many did.

    `make` does `typeset_documents` for each job, in whatever process. Raises MachineError when one cannot be written.
    """
    try:
        before: Mapping[str, str] = json.loads((settings.output / HASHES).read_bytes())
        if not isinstance(before, dict):
            before = {}
    except (OSError, ValueError):
        before = {}
    hashes: dict[str, str] = {}
    count = 0
    for made in make(_jobs(settings, ledger, before, hashes)):
        for name, content in made:
            path = settings.output / name
            refuse_link(path.parent)
            make_folder(path.parent)
            # A power cut may lose these, and then their hashes are not there either: they are made again.
            write_atomic(path, content, durable=False)
            count += 1
    if hashes != before:
        sync_all()
        write_atomic(settings.output / HASHES, json.dumps(hashes, indent=0).encode())
    return count


def typeset_documents(job: DocumentJob) -> DocumentsMade:
    """The files of a job; the same bytes in every process."""
    files = []
    for document in job.documents:
        fonts = choose([*strings([document.values])], font_paths=job.font_paths)
        setting = {**document.values, "families": fonts.families}
        (content,) = compiler(fonts.folders).compile(document.layout, {"setting": setting}, on=job.on)
        files.append((document.name, content))
    return tuple(files)


def _jobs(
    settings: Settings, ledger: Ledger, before: Mapping[str, str], hashes: dict[str, str]
) -> Iterator[DocumentJob]:
    """The files that must be made, some at a time; `hashes` gets those of all files there are."""
    layouts = {path.name: path.read_bytes() for path in (templates() / "layout").glob("*.typ")}
    waiting: list[Document] = []
    for document in _documents(settings, ledger):
        values = json.dumps(document.values, ensure_ascii=False)
        hashes[document.name] = sha256(layouts[document.layout] + values.encode()).hexdigest()[:32]
        if hashes[document.name] == before.get(document.name) and (settings.output / document.name).is_file():
            continue
        # The long lists at the end each go to a worker of their own.
        if waiting and (len(waiting) == DOCUMENTS_A_JOB or document.layout != waiting[0].layout):
            yield DocumentJob(tuple(waiting), ledger.date, settings.font_paths)
            waiting = []
        waiting.append(document)
    if waiting:
        yield DocumentJob(tuple(waiting), ledger.date, settings.font_paths)


# --- what covers and lists say ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PrintedVolume:
    """One printed volume: its file, the letters that are still wanted, its sheets, the pages to take out of it."""

    file: str
    letters: int
    sheets: int
    out: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class OfficeMail:
    """All that goes to one destination; `signers` are names, as in the letters, and towns, in the letters' order."""

    key: str
    destination: Destination
    asks: Mapping[str, int]
    volumes: tuple[PrintedVolume, ...]
    signers: tuple[tuple[str, str], ...]


def _documents(settings: Settings, ledger: Ledger) -> Iterator[Document]:
    """Every cover and list of the campaign, as the ledger now stands."""
    pack = load_pack(settings.pack)
    sheet = profile(profile_key(settings))
    assert ledger.date
    shared = {
        "width": sheet.width,
        "height": sheet.height,
        "campaign": settings.name,
        "organizer": settings.organizer,
        "contact": settings.contact,
        "date": day_in_words(ledger.date, "en"),
        "hand": settings.delivery == "hand",
    }
    offices = []
    for mail in _mail(ledger, settings.language):
        official, office = mail.destination.official, mail.destination.office
        official_role = role(official.role, pack.folder)
        values = {
            "name": official.name or official_role.name,
            "address": recipient_lines(recipient(official, office, official_role, office.country)),
            "phone": office.phone,
            "letters": sum(volume.letters for volume in mail.volumes),
            "boxes": [asdict(volume) for volume in mail.volumes],
        }
        offices.append(values)
        only_on_the_cover = {
            "asks": [
                {"act": _act(pack, key, official.role, settings.language), "letters": letters}
                for key, letters in sorted(mail.asks.items())
            ],
            "signers": [{"name": name, "town": town} for name, town in mail.signers],
        }
        yield Document(f"{mail.key}/{COVER}", "cover.typ", {**shared, **values, **only_on_the_cover})
    if offices:
        yield Document(PICK_LIST, "pick-list.typ", {**shared, "offices": offices})
        yield Document(LABELS, "labels.typ", {**shared, "offices": offices})


def _act(pack: Pack, key: str, role_key: str, language: str) -> str:
    """What an ask asks of an official, in one line."""
    ask = pack.ask(key)
    act = ask.acts.get(asked_role(ask, role_key), {}) if is_for(ask, role_key) else {}
    return act.get(language) or act.get("en") or ask.title.get(language) or ask.title.get("en") or key


def _mail(ledger: Ledger, language: str) -> Iterator[OfficeMail]:
    """What goes to each destination, in the order of the volumes."""
    rows = ledger.query(
        "SELECT destinations.key, destinations.content, volumes.id, volumes.file"
        " FROM volumes JOIN destinations ON destinations.id = volumes.destination"
        " WHERE volumes.sealed ORDER BY destinations.state, destinations.key, volumes.number"
    )
    for (key, content), group in groupby([*rows], key=itemgetter(0, 1)):
        volumes: list[PrintedVolume] = []
        signers: dict[tuple[str, str, str], None] = {}
        asks: Counter[str] = Counter()
        for _, _, volume, file in group:
            letters, sheets, out = 0, 0, []
            for person, name, latin, town, ask, page, pages, current in ledger.query(
                "SELECT letters.supporter_id, json_extract(supporter, '$.name'),"
                " json_extract(supporter, '$.name_latin'), json_extract(supporter, '$.city'), ask, page, pages,"
                " letters.state = 'current'"
                " FROM letters LEFT JOIN people USING (row)"
                " WHERE volume = ? AND letters.outcome = 'made' ORDER BY page",
                (volume,),
            ):
                sheets += pages
                if current:
                    signed = letter_name(Supporter(name, name_latin=latin), language) if latin else name
                    signers[person, signed or "", town or ""] = None
                    asks[ask] += 1
                    letters += 1
                else:
                    out.append(page)
            if sheets:
                volumes.append(PrintedVolume(file, letters, sheets, tuple(out)))
        if volumes:
            destination = serialize.destination_of(content)
            yield OfficeMail(key, destination, asks, tuple(volumes), tuple((name, town) for _, name, town in signers))


# --- what there is to hand out ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MadeVolume:
    """A finished volume: its file below the output folder, and the letters in it."""

    file: str
    letters: int


@dataclass(frozen=True, slots=True)
class MadeOffice:
    """What goes to one office; `cover` is empty until the covers are made."""

    official: str
    office: str
    volumes: tuple[MadeVolume, ...]
    cover: str


def made_offices(context: CampaignContext, ledger: Ledger, first: int, most: int) -> tuple[MadeOffice, ...]:
    """Some of the offices that have a finished volume, from the first-th on (0 is the one planned first)."""
    by_key: dict[str, list[MadeVolume]] = {}
    for key, file, letters in ledger.query(
        "SELECT key, file, (SELECT count(*) FROM letters WHERE volume = volumes.id AND outcome = 'made')"
        " FROM volumes JOIN destinations ON destinations.id = destination WHERE sealed ORDER BY destination, number"
    ):
        if letters:
            by_key.setdefault(key, []).append(MadeVolume(file, letters))
    offices = []
    for key, volumes in islice(by_key.items(), first, first + most):
        cover = f"{key}/{COVER}" if (context.settings.output / key / COVER).is_file() else ""
        official, office = destination_in_words(ledger.destination(key), context)
        offices.append(MadeOffice(official, office, tuple(volumes), cover))
    return tuple(offices)


def files_of(output: Path) -> Iterator[Path]:
    """Every file that may be handed out, in order: no links, nothing hidden, nothing outside the output folder.

    A name that no archive and no address can hold was not made by a run, and is passed over.
    """
    if output.is_symlink() or not output.is_dir():
        return
    for folder, folders, files in os.walk(output):  # follows no links
        folders[:] = sorted(filter(_is_plain, folders))
        for name in sorted(filter(_is_plain, files)):
            path = Path(folder) / name
            if path.is_file() and not path.is_symlink():
                yield path


def _is_plain(name: str) -> bool:
    return name.isprintable() and not name.startswith(".")
