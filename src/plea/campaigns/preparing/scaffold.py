"""A new campaign's folder: settings to fill in, a table to fill, a form to print, the texts to edit."""

import csv
import io
import json
import re
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import jinja2

from plea.asks.pack import copy_ask, load_pack
from plea.campaigns.context import CampaignContext
from plea.campaigns.preparing.sign_up_sheet import COLUMNS, sign_up_sheet
from plea.campaigns.settings.settings import FILE, load_settings
from plea.errors import InputError, MachineError
from plea.letters.compose import ASKED_AS
from plea.letters.paper.profiles import profiles
from plea.model.asks import Ask
from plea.model.letters import Printing
from plea.officials.roles import roles
from plea.system import folders
from plea.system.files import write_atomic

TABLE, SHEET, PACK = "supporters.csv", "sign-up-sheet.pdf", "pack"
BY_PLACE = ("us-senator", "us-representative", "governor", "mayor")
ALEX_STORY = (
    "My grandmother kept a small suitcase by her door for forty years, because she had once had an hour to leave. "
    "This is an example: put a story of your own here, or leave the cell empty."
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a new campaign is to be. `on` is its letters' date, None for the day of the first run."""

    asks: tuple[str, ...]
    name: str = ""
    organiser: str = ""
    contact: str = ""
    delivery: str = "post"
    on: date | None = None


def new_campaign(folder: Path, wanted: Wanted, today: date) -> tuple[Path, ...]:
    """Make the folder, all of it or nothing; gives its files. What it says works as it is in a trial run.

    Raises UsageError for an ask that is not built in, InputError for a folder that is not empty.
    """
    pack = load_pack(None)
    asks = [pack.ask(key) for key in dict.fromkeys(wanted.asks)]
    taken = folder.is_symlink() or (folder.exists() and not folder.is_dir())
    if taken or (folder.is_dir() and any(folder.iterdir())):
        raise InputError(f"{folder}: is there already and not empty", "Name a folder that does not exist yet.")
    name = wanted.name or folder.resolve().name
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".plea-") as beside:
            made = Path(beside) / "campaign"
            made.mkdir(mode=0o700)
            _fill(made, wanted, asks, name, today)
            made.replace(folder)
    except OSError as error:
        raise MachineError(f"{folder}: cannot be written: {error.strerror}", "Name another folder.") from error
    return tuple(sorted(path for path in folder.rglob("*") if path.is_file()))


def is_example(table: Path) -> bool:
    """Whether a table is the one of a new campaign, with nobody in it but the two who do not exist."""
    if table.stat().st_size > 2 * len(_table(date.max)):
        return False
    found = table.read_bytes().replace(b"\r\n", b"\n")
    day = _DAY.search(found)
    return day is not None and found == _table(date.fromisoformat(day[0].decode())).replace(b"\r\n", b"\n")


_DAY = re.compile(rb"\d{4}-\d\d-\d\d")


def _fill(folder: Path, wanted: Wanted, asks: Sequence[Ask], name: str, today: date) -> None:
    for ask in asks:
        copy_ask(ask, folder / PACK / "asks" / ask.key)
    write_atomic(folder / FILE, _settings_text(wanted, asks, name).encode())
    write_atomic(folder / TABLE, _table(wanted.on or today))
    settings = load_settings(folder)
    pack = load_pack(settings.pack)
    printing = Printing(profiles()["none"])
    copied = tuple(pack.ask(ask.key) for ask in asks)
    context = CampaignContext(settings, wanted.on or today, pack, copied, roles(settings.pack), None, printing)
    write_atomic(folder / SHEET, sign_up_sheet(context))


def _settings_text(wanted: Wanted, asks: Sequence[Ask], name: str) -> str:
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined, keep_trailing_newline=True, autoescape=False)  # noqa: S701 (it writes TOML)
    template = environment.from_string((folders.templates() / "campaign.toml.j2").read_text(encoding="utf-8"))
    return template.render(
        name=_quoted(name),
        organiser=_quoted(wanted.organiser),
        contact=_quoted(wanted.contact),
        asks=_listed(ask.key for ask in asks),
        targets=_listed(_usual_targets(asks)),
        roles=", ".join(roles_for(asks)),
        date=f"date = {wanted.on}" if wanted.on else "# date = 2026-11-22",
        delivery=_quoted(wanted.delivery),
        envelopes=", ".join(profiles()),
        params=", ".join(dict.fromkeys(param for ask in asks for param in ask.params)),
    )


def roles_for(asks: Sequence[Ask]) -> list[str]:
    """The roles that the asks are for, without those that are found with another one."""
    return [role for role in dict.fromkeys(role for ask in asks for role in ask.roles) if role not in ASKED_AS]


def _usual_targets(asks: Sequence[Ask]) -> list[str]:
    """Whom a campaign writes to first: those who answer for the signer's place, else everybody the ask is for."""
    known = roles_for(asks)
    return [role for role in known if role in BY_PLACE] or known


def _table(on: date) -> bytes:
    """The columns in the order of the sign-up sheet, with two people who do not exist."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="")
    writer.writeheader()
    common = {"city": "Burlington", "state": "VT", "zip": "05401", "consent_at": on.isoformat()}
    common["consent_source"] = "an example, not a consent"
    writer.writerow({**common, "name": "Alex Example", "street": "1 Example Street", "story": ALEX_STORY})
    writer.writerow({**common, "name": "Sam Sample", "street": "2 Example Street", "email": "sam@example.com"})
    return text.getvalue().encode()


def _quoted(text: str) -> str:
    """A TOML basic string."""
    return json.dumps(text, ensure_ascii=False)


def _listed(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(_quoted, texts))}]"
