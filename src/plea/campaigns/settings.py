"""`campaign.toml`: everything that can be set for a campaign, checked all at once, each problem with its line."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from plea.errors import InputError
from plea.letters.paper.profiles import profiles
from plea.model.people import Consent
from plea.problems import Problem
from plea.system import toml
from plea.system.files import read_text, write_atomic
from plea.system.similar import nearest
from plea.system.toml import Value, with_value

FILE = "campaign.toml"
VOLUME_LETTERS = 500
"""Letters in one volume: what one person can carry, and a print shop staple."""
SINGLE_FORMATS = {"single-pdf": ("pdf", ".pdf"), "eml": ("eml", ".eml")}
"""Letters in files of their own, as `formats` names them: the format of `plea.letters` and how the file ends."""
FORMATS = ("pdf", *SINGLE_FORMATS)
OLD_KEYS = {"organiser": "organizer"}
OLD_DELIVERIES = {"post": "mail"}

Keys = tuple[str, ...]
"""The keys that lead to a value: `("consent", "at")`."""
Fault = tuple[Keys, Problem]
"""A setting and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything `campaign.toml` says, with what it leaves out filled in. Paths are absolute."""

    folder: Path
    name: str
    organizer: str
    contact: str
    asks: tuple[str, ...]
    pack: Path | None
    targets: tuple[str, ...]
    date: dt.date | None = None
    language: str = "en"
    supporters: Path = Path("supporters.csv")
    encoding: str = ""
    date_order: str = ""
    delivery: str = "mail"
    offices: Mapping[str, str] = field(default_factory=dict)
    envelope: str = "us-10-single"
    large_print: bool = False
    font_paths: tuple[Path, ...] = ()
    formats: tuple[str, ...] = ("pdf",)
    params: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    consent_required: bool = True
    consent: Consent | None = None
    split_zips: str = "hold"
    approval: str = "optional"
    where: str = ""
    per_office: int = 0
    sample: int = 0
    seed: int = 1
    likeness_threshold: float = 0.8
    overlong: str = "hold"
    output: Path = Path("out")

    @property
    def single_formats(self) -> tuple[str, ...]:
        """The formats that each letter is wanted in by itself."""
        return tuple(name for name in self.formats if name in SINGLE_FORMATS)

    def facts_for_templates(self) -> Mapping[str, str]:
        """What a template may read of the campaign. `organiser` is the old name of `organizer`; packs may use it."""
        return {"name": self.name, "organizer": self.organizer, "organiser": self.organizer}


def profile_key(settings: Settings) -> str:
    """The profile letters are laid out for; what is carried by hand needs no window and no folds."""
    return "hand" if settings.delivery == "hand" else settings.envelope


# --- reading ----------------------------------------------------------------------------------------------


class SettingsError(InputError):
    """Settings that cannot be used: every unknown key and wrong value, each with its line in the file."""

    def __init__(self, path: Path, text: str, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        lines = {(toml.line_of(text, *keys), fault) for keys, fault in faults}
        in_order = sorted(lines, key=lambda line_fault: (line_fault[0], repr(line_fault[1])))
        super().__init__([fault.at(f"{path}:{line}") for line, fault in in_order])


def load_settings(folder: Path) -> Settings:
    """The settings of a campaign's folder, with what `campaign.toml` leaves out filled in; paths absolute.

    Raises InputError where there is no campaign, SettingsError for settings that cannot be used.
    """
    path = folder.absolute() / FILE
    if not path.is_file():
        raise InputError("campaign.not_found", str(path))
    return read_settings(read_text(path), path)


def read_settings(text: str, path: Path) -> Settings:
    """The settings of a text that stands, or would stand, at an absolute path. Raises as `load_settings` does."""
    content = toml.parse(text, path)
    for old, new in OLD_KEYS.items():
        if old in content:
            content.setdefault(new, content.pop(old))
    delivery = content.get("delivery")
    if isinstance(delivery, str):
        content["delivery"] = OLD_DELIVERIES.get(delivery, delivery)
    faults = [*_faults(content, path.parent)]
    if faults:
        raise SettingsError(path, text, faults)
    return _settings(path.parent, content)


def _settings(folder: Path, content: Mapping[str, Any]) -> Settings:
    consent, selection = content.get("consent", {}), content.get("selection", {})
    as_they_stand = {
        key: content[key]
        for key in (
            "date", "language", "encoding", "date_order", "delivery", "envelope", "large_print", "params", "columns",
            "offices", "split_zips", "approval", "overlong",
        )
        if key in content
    }  # fmt: skip
    return Settings(
        folder=folder,
        name=content["name"],
        organizer=content.get("organizer", ""),
        contact=content.get("contact", ""),
        asks=tuple(content["asks"]),
        pack=folder / content["pack"] if "pack" in content else None,
        targets=tuple(dict.fromkeys(content["targets"])),
        supporters=folder / content.get("supporters", "supporters.csv"),
        font_paths=tuple(folder / path for path in content.get("font_paths", ())),
        formats=tuple(dict.fromkeys(content.get("formats", ("pdf",)))),
        consent_required=consent.get("required", True),
        consent=Consent(consent["at"], consent["source"], consent.get("text", "")) if "at" in consent else None,
        where=selection.get("where", ""),
        per_office=selection.get("per_office", 0),
        sample=selection.get("sample", 0),
        seed=selection.get("seed", 1),
        likeness_threshold=float(content.get("likeness_threshold", 0.8)),
        output=folder / content.get("output", "out"),
        **as_they_stand,
    )


# --- what may be set --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a value must be: a test, and the code of the message for a value that fails it."""

    code: str
    fits: Callable[[Any], bool]
    choices: tuple[str, ...] = ()


def _one_of(*choices: str) -> _Kind:
    return _Kind("settings.not_a_choice", lambda value: value in choices, tuple(filter(None, choices)))


def _is_filled(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_list(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_filled, value))


TEXT = _Kind("settings.not_a_text", lambda value: isinstance(value, str))
FILLED_TEXT = _Kind("settings.not_a_filled_text", _is_filled)
LIST = _Kind("settings.not_a_list", _is_list)
FILLED_LIST = _Kind("settings.not_a_filled_list", lambda value: _is_list(value) and bool(value))
FLAG = _Kind("settings.not_a_flag", lambda value: type(value) is bool)
COUNT = _Kind("settings.not_a_count", lambda value: type(value) is int and value >= 0)
SHARE = _Kind("settings.not_a_share", lambda value: type(value) in {int, float} and 0 <= value <= 1)
DAY = _Kind("settings.not_a_day", lambda value: type(value) is date)
TEXTS_BY_NAME = _Kind(
    "settings.not_texts_by_name",
    lambda value: isinstance(value, dict) and all(isinstance(text, str) for text in value.values()),
)

KINDS: Mapping[Keys, _Kind] = {
    ("name",): FILLED_TEXT,
    ("organizer",): TEXT,
    ("contact",): TEXT,
    ("asks",): FILLED_LIST,
    ("pack",): FILLED_TEXT,
    ("targets",): FILLED_LIST,
    ("date",): DAY,
    ("language",): FILLED_TEXT,
    ("supporters",): FILLED_TEXT,
    ("encoding",): TEXT,
    ("date_order",): _one_of("", "mdy", "dmy"),
    ("delivery",): _one_of("mail", "hand"),
    ("envelope",): FILLED_TEXT,
    ("large_print",): FLAG,
    ("font_paths",): LIST,
    ("formats",): FILLED_LIST,
    ("split_zips",): _one_of("hold", "geocode"),
    ("approval",): _one_of("optional", "required"),
    ("overlong",): _one_of("hold", "print"),
    ("likeness_threshold",): SHARE,
    ("output",): FILLED_TEXT,
    ("params",): TEXTS_BY_NAME,
    ("columns",): TEXTS_BY_NAME,
    ("offices",): TEXTS_BY_NAME,
    ("consent", "required"): FLAG,
    ("consent", "at"): DAY,
    ("consent", "source"): FILLED_TEXT,
    ("consent", "text"): TEXT,
    ("selection", "where"): _one_of("", "story"),
    ("selection", "per_office"): COUNT,
    ("selection", "sample"): COUNT,
    ("selection", "seed"): COUNT,
}
TABLES = {keys[0] for keys in KINDS if len(keys) > 1}
REQUIRED = ("name", "asks", "targets")


def _faults(content: Mapping[str, Any], folder: Path) -> Iterator[Fault]:  # noqa: C901 (one setting after the other)
    """What is wrong with each value, then what only several values or the whole file show."""
    for keys, value in _flat(content):
        name, kind = ".".join(keys), KINDS.get(keys)
        if kind is None:
            yield keys, _unknown(keys)
        elif not kind.fits(value):
            yield keys, Problem(kind.code, name=name, **({"choices": kind.choices} if kind.choices else {}))
    for key in REQUIRED:
        if key not in content:
            yield (), Problem("settings.missing", name=key)
    envelope, formats = content.get("envelope", "none"), content.get("formats", [])
    if isinstance(envelope, str) and envelope not in profiles():
        yield ("envelope",), Problem("settings.unknown_envelope", envelope=envelope, envelopes=tuple(profiles()))
    for name in formats if isinstance(formats, list) else ():
        if name not in FORMATS:
            yield ("formats",), Problem("settings.unknown_format", format=str(name), formats=FORMATS)
    consent = content.get("consent", {})
    if isinstance(consent, dict) and ("at" in consent) != ("source" in consent):
        given, other = ("at", "source") if "at" in consent else ("source", "at")
        yield ("consent", given), Problem("settings.consent_incomplete", given=given, other=other)
    output = content.get("output", "out")
    if isinstance(output, str) and folder.resolve().is_relative_to((folder / output).resolve()):
        yield ("output",), Problem("settings.output_not_separate")
    asks = content.get("asks", [])
    if isinstance(asks, list) and len({str(ask) for ask in asks}) < len(asks):
        yield ("asks",), Problem("settings.ask_twice")


def _flat(content: Mapping[str, Any]) -> Iterator[tuple[Keys, Any]]:
    """Every setting with its keys; what must be a table and is not stands for itself."""
    for key, value in content.items():
        if key in TABLES and isinstance(value, dict):
            yield from (((key, name), inner) for name, inner in value.items())
        else:
            yield (key,), value


def _unknown(keys: Keys) -> Problem:
    name = ".".join(keys)
    if name in TABLES:
        return Problem("settings.not_a_table", name=name)
    names = [other[-1] for other in KINDS if other[:-1] == keys[:-1]] + ([*TABLES] if len(keys) == 1 else [])
    similar = nearest(keys[-1], names)
    return (
        Problem("settings.misspelled", name=name, near=similar) if similar else Problem("settings.unknown", name=name)
    )


# --- changing ---------------------------------------------------------------------------------------------

Changes = Mapping[Keys, Value]
"""What each setting is to be; None takes it out."""


def change_settings(folder: Path, changes: Changes) -> Settings:
    """Write the changes, all of them or none; gives the settings as they are then.

    Raises SettingsError when they could not be used, and InputError for a file that must be edited by hand; the file
    is as it was in both cases.
    """
    path = folder.absolute() / FILE
    before = load_settings(folder)
    text = old = read_text(path)
    for keys, value in changes.items():
        for old_key, new_key in OLD_KEYS.items():
            if keys == (new_key,):
                text = with_value(text, (old_key,), None)
        text = with_value(text, keys, value)
    if text == old:
        return before
    after = read_settings(text, path)
    write_atomic(path, text.encode(), mode=path.stat().st_mode & 0o777)
    return after


def match_columns(folder: Path, columns: Mapping[str, str]) -> Settings:
    """Make `[columns]` say ours = theirs for just these columns. Raises as `change_settings` does."""
    settings = load_settings(folder)
    gone: dict[Keys, Value] = {("columns", ours): None for ours in settings.columns if ours not in columns}
    return change_settings(folder, gone | {("columns", ours): theirs for ours, theirs in columns.items()})
