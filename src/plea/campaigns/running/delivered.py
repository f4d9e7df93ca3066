"""What a campaign has made so far, as it lies in the output folder: the boxes, office by office."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from plea.campaigns.context import CampaignContext
from plea.campaigns.ledger.ledger import MANIFEST, REJECTS, Ledger
from plea.campaigns.reporting.statistics import destination_in_words
from plea.campaigns.running.covers import COVER, LABELS, PICK_LIST

LISTS = (PICK_LIST, LABELS, MANIFEST, REJECTS)
"""The files beside the offices' folders."""


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
    found: dict[str, list[MadeVolume]] = {}
    for key, file, letters in ledger.query(
        "SELECT key, file, (SELECT count(*) FROM letters WHERE volume = volumes.id AND outcome = 'made')"
        " FROM volumes JOIN destinations ON destinations.id = destination WHERE sealed ORDER BY destination, number"
    ):
        if letters:
            found.setdefault(key, []).append(MadeVolume(file, letters))
    return tuple(_office(context, ledger, key, volumes) for key, volumes in islice(found.items(), first, first + most))


def files_of(output: Path) -> Iterator[Path]:
    """Every file that may be handed out, in order: no links, nothing hidden, nothing outside the output folder.

    What has a name that no archive and no address can hold is none that a run has made, and is passed over.
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


def _office(context: CampaignContext, ledger: Ledger, key: str, volumes: list[MadeVolume]) -> MadeOffice:
    official, office = destination_in_words(ledger.destination(key), context)
    cover = f"{key}/{COVER}"
    there = (context.settings.output / cover).is_file()
    return MadeOffice(official, office, tuple(volumes), cover if there else "")
