"""A new campaign's folder: settings to fill in, a table to fill, a form to print, the texts to edit."""

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
from plea.campaigns.settings import FILE, OLD_DELIVERIES, load_settings
from plea.errors import InputError, MachineError
from plea.letters.compose import ASKED_AS
from plea.letters.paper.profiles import profiles
from plea.model.asks import Ask
from plea.model.letters import Printing
from plea.officials.roles import roles
from plea.supporters.csv_injection import csv_bytes
from plea.system import folders
from plea.system.files import write_atomic

TABLE, SHEET, PACK = "supporters.csv", "sign-up-sheet.pdf", "pack"
FOUND_BY_PLACE = ("us-senator", "us-representative", "governor", "mayor")
ALEX_STORY = (
    "My grandmother kept a small suitcase by her door for forty years, because she had once had an hour to leave. "
    "This is an example: put a story of your own here, or leave the cell empty."
)
_DAY = re.compile(rb"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class NewCampaign:
    """What a new campaign is to be. `on` is its letters' date, None for the day of the first run."""

    asks: tuple[str, ...]
    name: str = ""
    organizer: str = ""
    contact: str = ""
    delivery: str = "mail"
    on: date | None = None


def new_campaign(folder: Path, new: NewCampaign, today: date) -> tuple[Path, ...]:
    """Make the folder, all of it or nothing; gives its files. As it stands it works in a trial run.

    Raises UsageError for an ask that is not built in, InputError for a folder that is not empty.
    """
    pack = load_pack(None)
    asks = [pack.ask(key) for key in dict.fromkeys(new.asks)]
    taken = folder.is_symlink() or (folder.exists() and not folder.is_dir())
    if taken or (folder.is_dir() and any(folder.iterdir())):
        raise InputError("campaign.folder_not_empty", str(folder))
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".plea-") as temporary:
            campaign = Path(temporary) / "campaign"
            campaign.mkdir(mode=0o700)
            for ask in asks:
                copy_ask(ask, campaign / PACK / "asks" / ask.key)
            write_atomic(campaign / FILE, _settings_text(new, asks, new.name or folder.resolve().name).encode())
            write_atomic(campaign / TABLE, _example_table(new.on or today))
            settings = load_settings(campaign)
            copied = load_pack(settings.pack)
            context = CampaignContext(
                settings=settings,
                on=new.on or today,
                pack=copied,
                asks=tuple(copied.ask(ask.key) for ask in asks),
                roles=roles(settings.pack),
                directory=None,
                printing=Printing(profiles()["none"]),
            )
            write_atomic(campaign / SHEET, sign_up_sheet(context))
            campaign.replace(folder)
    except OSError as error:
        raise MachineError.from_system(error) from error
    return tuple(sorted(path for path in folder.rglob("*") if path.is_file()))


def is_example(table: Path) -> bool:
    """Whether a table is the one of a new campaign, with nobody in it but the two who do not exist."""
    if table.stat().st_size > 2 * len(_example_table(date.max)):
        return False
    content = table.read_bytes().replace(b"\r\n", b"\n")
    day = _DAY.search(content)
    return day is not None and content == _example_table(date.fromisoformat(day[0].decode())).replace(b"\r\n", b"\n")


def roles_for(asks: Sequence[Ask]) -> list[str]:
    """The roles that the asks are for, without those that are found with another one."""
    return [role for role in dict.fromkeys(role for ask in asks for role in ask.roles) if role not in ASKED_AS]


def _settings_text(new: NewCampaign, asks: Sequence[Ask], name: str) -> str:
    environment = jinja2.Environment(undefined=jinja2.StrictUndefined, keep_trailing_newline=True, autoescape=False)  # noqa: S701 (it writes TOML)
    template = environment.from_string((folders.templates() / "campaign.toml.j2").read_text(encoding="utf-8"))
    role_keys = roles_for(asks)
    return template.render(
        name=_quoted(name),
        organizer=_quoted(new.organizer),
        contact=_quoted(new.contact),
        asks=_list(ask.key for ask in asks),
        # At first those who answer for the signer's place, else everybody the asks are for.
        targets=_list([role for role in role_keys if role in FOUND_BY_PLACE] or role_keys),
        roles=", ".join(role_keys),
        date=f"date = {new.on}" if new.on else "# date = 2026-11-22",
        delivery=_quoted(OLD_DELIVERIES.get(new.delivery, new.delivery)),
        envelopes=", ".join(profiles()),
        params=", ".join(dict.fromkeys(param for ask in asks for param in ask.params)),
    )


def _example_table(on: date) -> bytes:
    """The columns in the order of the sign-up sheet, with two people who do not exist."""
    place = {"city": "Burlington", "state": "VT", "zip": "05401"}
    consent = {"consent_at": on.isoformat(), "consent_source": "an example, not a consent"}
    alex = {"name": "Alex Example", "street": "1 Example Street", "story": ALEX_STORY, **place, **consent}
    sam = {"name": "Sam Sample", "street": "2 Example Street", "email": "sam@example.com", **place, **consent}
    return csv_bytes(COLUMNS, ([person.get(column, "") for column in COLUMNS] for person in (alex, sam)))


def _quoted(text: str) -> str:
    """A TOML basic string."""
    return json.dumps(text, ensure_ascii=False)


def _list(texts: Iterable[str]) -> str:
    """A TOML array of strings."""
    return f"[{', '.join(map(_quoted, texts))}]"
