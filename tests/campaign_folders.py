"""Campaigns made by hand: invented officials of Vermont and New York, a ZIP table of a few lines, supporters."""

import csv
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from plea.app import run
from plea.campaigns.context import open_context
from plea.campaigns.ledger.ledger import Ledger, open_ledger
from plea.campaigns.model import LetterMade
from plea.campaigns.planning.plan import PlanSummary, plan
from plea.campaigns.settings import load_settings

DAY = date(2026, 11, 22)
OFFICIALS = """\
id,role,name,last_name,state,district,kind,street,city,zip,start,end
vt-a,us-senator,Ann Maple,Maple,VT,,district,1 Main Street,Burlington,05401,2025-01-03,2031-01-03
vt-b,us-senator,Bob Birch,Birch,VT,,district,2 Main Street,Burlington,05401,2023-01-03,2029-01-03
vt-0,us-representative,Cleo Cedar,Cedar,VT,VT-0,district,3 Main Street,Burlington,05401,2025-01-03,2027-01-03
ny-a,us-senator,Dan Elm,Elm,NY,,district,4 State Street,Albany,12207,2025-01-03,2031-01-03
ny-b,us-senator,Eva Oak,Oak,NY,,district,5 State Street,Albany,12207,2023-01-03,2029-01-03
ny-21,us-representative,Flo Pine,Pine,NY,NY-21,district,6 State Street,Watertown,13601,2025-01-03,2027-01-03
ny-24,us-representative,Gil Fir,Fir,NY,NY-24,district,7 State Street,Oswego,13126,2025-01-03,2027-01-03
"""
ZIPS = """\
state_fips,state_abbr,zcta,cd
50,VT,05401,0
50,VT,05602,0
36,NY,13601,21
36,NY,13126,24
36,NY,13602,21
36,NY,13602,24
"""
COLUMNS = ("name", "street", "city", "state", "zip", "email", "story", "district", "consent_at", "consent_source")
SETTINGS = """\
name = "Trees"
organizer = "Friends of Trees"
asks = ["refugee-intake"]
targets = ["us-senator", "us-representative"]
date = 2026-11-22
"""
VERMONT = {"city": "Burlington", "state": "VT", "zip": "05401"}
SPLIT = {"city": "Watertown", "state": "NY", "zip": "13602"}


def make_home(folder: Path, officials: str = OFFICIALS) -> Path:
    """A home with the directory of those officials; `PLEA_HOME` must name it already."""
    folder.mkdir(exist_ok=True)
    (folder / "officials.csv").write_text(officials)
    (folder / "zccd.csv").write_text(ZIPS)
    assert run(["officials", "import", str(folder / "officials.csv"), str(folder / "zccd.csv")]) == 0
    return folder


def person(name: str, number: int = 1, **fields: str) -> dict[str, str]:
    """A row: somebody in Burlington who agreed, unless told otherwise."""
    whole = {"name": name, "street": f"{number} Example Street", **VERMONT, **fields}
    return {"consent_at": "2026-10-03", "consent_source": "a form", **whole}


def make_campaign(folder: Path, rows: Iterable[Mapping[str, str]], settings: str = SETTINGS) -> Path:
    """A campaign's folder."""
    folder.mkdir(exist_ok=True)
    (folder / "campaign.toml").write_text(settings)
    write_rows(folder, rows)
    return folder


def write_rows(folder: Path, rows: Iterable[Mapping[str, str]], columns: Iterable[str] = COLUMNS) -> None:
    """The supporters file."""
    write_table(folder / "supporters.csv", rows, columns)


def write_table(path: Path, rows: Iterable[Mapping[str, str]], columns: Iterable[str]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, [*columns], restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)


def planned(folder: Path, on: date = DAY) -> tuple[Ledger, PlanSummary]:
    """The ledger after planning; close it."""
    settings = load_settings(folder)
    ledger = open_ledger(settings.folder, write=True)
    try:
        return ledger, plan(ledger, open_context(settings, on))
    except BaseException:
        ledger.close()
        raise


def print_all(ledger: Ledger, output: Path) -> list[str]:
    """Seal every volume that is left, as if it had been printed; gives the files."""
    files = []
    for volume in list(ledger.volumes_left()):
        path = output / volume.file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"a volume")
        letters = ledger.letters_of(volume.file)
        assert len(letters) == volume.count
        made_letters = [LetterMade(letter.letter_id, page, 1) for page, letter in enumerate(letters, 1)]
        ledger.seal([(volume.file, made_letters)])
        files.append(volume.file)
    return files


def made(folder: Path) -> list[tuple[str, ...]]:
    """Plan and print everything; gives the manifest."""
    ledger, _ = planned(folder)
    with ledger:
        print_all(ledger, folder / "out")
        return [*ledger.manifest()]
