"""What all pages of a campaign share: which campaigns there are, where they lie, the steps, what is at work."""

import re
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from http import HTTPStatus
from pathlib import Path
from typing import Any

from flask import Blueprint, abort, current_app, render_template, request, url_for
from flask.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from plea.asks.words import day_in_words
from plea.campaigns.running.runner import RunResult
from plea.campaigns.settings.settings import FILE, SettingsError
from plea.errors import PleaError
from plea.system.clock import read_day
from plea.system.files import slug
from plea.web.app_state import app_state
from plea.web.language import Said, Trouble, in_sentences, language_of, words
from plea.web.organizer.jobs import Looked, Work
from plea.web.organizer.rejected_forms import Forms, forms, sent

STEPS = ("about", "signers", "check", "letter", "printing", "after")
"""The pages of a campaign, in the order in which an organiser needs them."""
KEY_BYTES = 4
OPTION = re.compile("--(row|name|by):? ")
"""What the command line puts before an answer; the page has it at its field."""
WRONG = HTTPStatus.UNPROCESSABLE_ENTITY

blueprint = Blueprint("campaign", __name__)


@dataclass
class Shelf:
    """The campaigns this page has opened, and the work that goes on in them, by their folders."""

    opened: dict[str, Path] = field(default_factory=dict)
    checks: dict[Path, Work[Looked]] = field(default_factory=dict)
    runs: dict[Path, Work[RunResult]] = field(default_factory=dict)
    turn: threading.RLock = field(default_factory=threading.RLock)

    def forget(self, folder: Path) -> None:
        """Forget what was read and done of a campaign."""
        with self.turn:
            self.runs.pop(folder, None)
            forms().forget(key_of(folder))
            self.forget_check(folder)

    def forget_run(self, folder: Path, work: Work[RunResult]) -> None:
        """Forget a run that has ended, unless another has begun."""
        with self.turn:
            if self.runs.get(folder) is work:
                del self.runs[folder]

    def forget_check(self, folder: Path) -> None:
        """Let go of a check, made or in the making."""
        work = self.checks.pop(folder, None)
        if work:
            work.stop.set()
            if work.result:
                work.result.forget()


class AtFields(dict[str, Trouble]):
    """The first trouble of each field; none for a field that is right."""

    def __init__(self, troubles: Sequence[Trouble]) -> None:
        super().__init__((one.field, one) for one in reversed(troubles) if one.field)

    def __missing__(self, field: str) -> None:
        return None


@blueprint.record_once
def _set_up(state: BlueprintSetupState) -> None:
    state.app.extensions |= {"plea.campaigns": Shelf(), "plea.campaigns.forms": Forms()}
    state.app.jinja_env.filters |= {"number": "{:,}".format, "day": _day}


def _day(day: date | str) -> str:
    """A day as people write it, in the reader's language."""
    on = day if isinstance(day, date) else date.fromisoformat(day)
    return day_in_words(on, language_of(request))


def shelf() -> Shelf:
    """The campaigns of the page that is running."""
    found = current_app.extensions["plea.campaigns"]
    assert isinstance(found, Shelf)
    return found


def today() -> date:
    """The day that letters are dated where the campaign names none."""
    return app_state().today()


def key_of(folder: Path) -> str:
    """What a campaign is called in addresses: its folder's name, and a mark of where it lies."""
    mark = blake2b(str(folder).encode("utf-8", "surrogateescape"), digest_size=KEY_BYTES).hexdigest()
    return f"{slug(folder.name, 40) or 'campaign'}-{mark}"


def open_folder(folder: Path) -> str:
    """Remember a folder as a campaign of this page; gives its key."""
    key = key_of(folder)
    shelf().opened[key] = folder
    return key


def folders() -> Iterator[Path]:
    """The campaigns: those in the page's own folder, then those that were opened from elsewhere."""
    own = app_state().campaigns
    found = sorted(path.parent for path in own.glob(f"*/{FILE}")) if own.is_dir() else []
    yield from found
    yield from (folder for folder in shelf().opened.values() if folder not in found)


def folder_of(key: str) -> Path:
    """The folder of a campaign of this page; 404 for any other."""
    found = next((folder for folder in folders() if key_of(folder) == key), None)
    return found or abort(HTTPStatus.NOT_FOUND)


def trouble_of_error(error: PleaError, where: str = "") -> Trouble:
    """An error of the rooms at a field of the form."""
    language = language_of(request)
    hint = in_sentences(error.hint, language) if error.hint else None
    return Trouble(where, in_sentences(OPTION.sub("", error.message), language), hint)


def trouble_of_words(text: str, where: str = "") -> Trouble:
    """A sentence of our own words at a field."""
    return Trouble(where, Said(text, language_of(request)))


def our_words() -> Any:
    """The words of the campaign's pages in the reader's language."""
    return words(language_of(request)).campaign


def show(
    template: str, key: str, here: str, *, troubles: Sequence[Trouble] = (), **context: Any
) -> ResponseReturnValue:
    """A page of a campaign with its steps; 422 when it shows a form with something wrong in it."""
    named = our_words().steps
    steps = [
        {"label": named[name], "url": url_for(f"campaign.{name}", key=key), "here": name == here} for name in STEPS
    ]
    page = render_template(
        f"organiser/{template}.html.j2", key=key, steps=steps, troubles=troubles, at=AtFields(troubles), **context
    )
    return page, WRONG if sent().troubles else HTTPStatus.OK


def day_typed(field: str) -> tuple[date | None, list[Trouble]]:
    """The day in a field, None for an empty one, and what is wrong with it."""
    typed = request.form.get(field, "").strip()
    on = read_day(typed)
    no_day = [trouble_of_words(our_words().no_day.format(typed=typed), field)] if typed and not on else []
    return on, no_day


def number_in(typed: str) -> int:
    """The number in an address; 0 for anything else."""
    return int(typed[:9]) if typed.isascii() and typed.isdigit() else 0


def in_tongue(texts: Mapping[str, str], language: str) -> Said:
    """A text that exists in several languages, in the reader's or else in English."""
    return Said(texts[language], language) if language in texts else Said(texts["en"], "en")


def troubles_of_settings(error: PleaError) -> list[Trouble]:
    """Settings that do not hold, each at the field that is called like it: `consent-at`."""
    if not isinstance(error, SettingsError):
        return [trouble_of_error(error)]
    language = language_of(request)
    return [Trouble("-".join(keys), in_sentences(what, language)) for keys, what in error.faults]
