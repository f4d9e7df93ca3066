"""`campaign.toml`: everything a campaign can be told, checked all at once, each fault with its line."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from plea.campaigns.model import Settings
from plea.errors import InputError
from plea.letters.paper.profiles import profiles
from plea.model.people import Consent
from plea.system import toml
from plea.system.files import read_text, write_atomic
from plea.system.toml import Value, with_value

FILE = "campaign.toml"
FORMATS = ("pdf", "single-pdf", "eml")
Fault = tuple[tuple[str, ...], str]
"""The keys that lead to a value, and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class _Kind:
    """What a value must be: in words, and as a test."""

    name: str
    fits: Callable[[Any], bool]


def _one_of(*values: str) -> _Kind:
    return _Kind(f"one of {', '.join(values)}", lambda value: value in values)


def _is_words(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_count(value: Any) -> bool:
    return type(value) is int and value >= 0


def _are_words(value: Any) -> bool:
    return isinstance(value, list) and all(map(_is_words, value))


def _are_named_texts(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(text, str) for text in value.values())


TEXT = _Kind("text in quotes", lambda value: isinstance(value, str))
WORDS = _Kind("text in quotes, and not empty", _is_words)
LIST = _Kind('a list of texts, as in ["a", "b"]', _are_words)
LISTED = _Kind('a list of at least one text, as in ["a"]', lambda value: _are_words(value) and bool(value))
FLAG = _Kind("true or false", lambda value: type(value) is bool)
COUNT = _Kind("a whole number, 0 or more", _is_count)
SHARE = _Kind("a number from 0 to 1", lambda value: type(value) in {int, float} and 0 <= value <= 1)
DAY = _Kind("a day without quotes, as in 2026-11-22", lambda value: type(value) is date)
NAMED = _Kind('names with texts, as in key = "text"', _are_named_texts)

KINDS: Mapping[tuple[str, ...], _Kind] = {
    ("name",): WORDS,
    ("organiser",): TEXT,
    ("contact",): TEXT,
    ("asks",): LISTED,
    ("pack",): WORDS,
    ("targets",): LISTED,
    ("date",): DAY,
    ("language",): WORDS,
    ("supporters",): WORDS,
    ("encoding",): TEXT,
    ("date_order",): _one_of("", "mdy", "dmy"),
    ("delivery",): _one_of("post", "hand"),
    ("envelope",): WORDS,
    ("large_print",): FLAG,
    ("font_paths",): LIST,
    ("formats",): LISTED,
    ("split_zips",): _one_of("hold", "geocode"),
    ("approval",): _one_of("optional", "required"),
    ("overlong",): _one_of("hold", "print"),
    ("likeness_threshold",): SHARE,
    ("output",): WORDS,
    ("params",): NAMED,
    ("columns",): NAMED,
    ("offices",): NAMED,
    ("consent", "required"): FLAG,
    ("consent", "at"): DAY,
    ("consent", "source"): WORDS,
    ("consent", "text"): TEXT,
    ("selection", "where"): _one_of("", "story"),
    ("selection", "per_office"): COUNT,
    ("selection", "sample"): COUNT,
    ("selection", "seed"): COUNT,
}
TABLES = {path[0] for path in KINDS if len(path) > 1}
NEEDED = ("name", "asks", "targets")


def load_settings(folder: Path) -> Settings:
    """The settings of a campaign's folder, with what `campaign.toml` leaves out filled in; paths absolute.

    Raises SettingsError with every unknown key and wrong value as `file:line: what`, one in a line.
    """
    path = folder.absolute() / FILE
    if not path.is_file():
        raise InputError(f"{path}: there is no campaign", "Begin one with `plea campaign new DIR --ask KEY`.")
    return read_settings(read_text(path), path)


def read_settings(text: str, path: Path) -> Settings:
    """The settings that such a text at the path (absolute) says; raises as `load_settings` does."""
    content = toml.parse(text, path)
    refuse(path, text, [*_faults(content, path.parent)])
    return _settings(path.parent, content)


class SettingsError(InputError):
    """Settings that do not hold. `faults` are the keys that lead to each value, and what is wrong with it."""

    def __init__(self, message: str, hint: str, faults: Sequence[Fault]) -> None:
        super().__init__(message, hint)
        self.faults = tuple(faults)


def refuse(path: Path, text: str, faults: Sequence[Fault]) -> None:
    """Raise SettingsError with every fault at its line; nothing when there is none."""
    if not faults:
        return
    lines = sorted({(toml.line_of(text, *steps), what) for steps, what in faults})
    raise SettingsError(
        "\n".join(f"{path}:{line}: {what}" for line, what in lines),
        "`plea campaign new` writes every setting with what it may be.",
        faults,
    )


def profile_key(settings: Settings) -> str:
    """The profile letters are laid out for; what is carried by hand needs no window and no folds."""
    return "hand" if settings.delivery == "hand" else settings.envelope


def _faults(content: Mapping[str, Any], folder: Path) -> Iterator[Fault]:
    for path, value in _flat(content):
        if path not in KINDS:
            yield path, _unknown(path)
        elif not KINDS[path].fits(value):
            yield path, f"{'.'.join(path)} must be {KINDS[path].name}"
    for key in NEEDED:
        if key not in content:
            yield (), f"{key} is missing"
    yield from _contradictions(content, folder)


def _flat(content: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every setting with its path; a table that must be one and is not stands for itself."""
    for key, value in content.items():
        if key in TABLES and isinstance(value, dict):
            yield from (((key, name), one) for name, one in value.items())
        else:
            yield (key,), value


def _unknown(path: tuple[str, ...]) -> str:
    if path[0] in TABLES and len(path) == 1:
        return f"{path[0]} must be a table: [{path[0]}]"
    known = [known[-1] for known in KINDS if known[:-1] == path[:-1]] + ([*TABLES] if len(path) == 1 else [])
    near = get_close_matches(path[-1], known, n=1)
    return f"there is no setting {'.'.join(path)}" + (f"; did you mean {near[0]}?" if near else "")


def _contradictions(content: Mapping[str, Any], folder: Path) -> Iterator[Fault]:
    """What each value alone does not show."""
    envelope, formats = content.get("envelope", "none"), content.get("formats", [])
    if isinstance(envelope, str) and envelope not in profiles():
        yield ("envelope",), f"there is no envelope {envelope}; there are {', '.join(profiles())}"
    for name in formats if isinstance(formats, list) else ():
        if name not in FORMATS:
            yield ("formats",), f"there is no format {name}; there are {', '.join(FORMATS)}"
    consent = content.get("consent", {})
    if isinstance(consent, dict) and ("at" in consent) != ("source" in consent):
        given, other = ("at", "source") if "at" in consent else ("source", "at")
        yield ("consent", given), f"consent.{given} needs consent.{other}: when and where the signers agreed"
    output = content.get("output", "out")
    if isinstance(output, str) and folder.resolve().is_relative_to((folder / output).resolve()):
        yield ("output",), "output must be a folder of its own, such as out"
    keys = content.get("asks", [])
    if isinstance(keys, list) and len({str(key) for key in keys}) < len(keys):
        yield ("asks",), "asks names one of them twice"


def _settings(folder: Path, content: Mapping[str, Any]) -> Settings:
    consent, selection = content.get("consent", {}), content.get("selection", {})
    plain = {
        key: content[key]
        for key in (
            "date", "language", "encoding", "date_order", "delivery", "envelope", "large_print", "params", "columns",
            "offices", "split_zips", "approval", "overlong",
        )
        if key in content
    }  # fmt: skip
    agreed = Consent(consent["at"], consent["source"], consent.get("text", "")) if "at" in consent else None
    return Settings(
        folder=folder,
        name=content["name"],
        organiser=content.get("organiser", ""),
        contact=content.get("contact", ""),
        asks=tuple(content["asks"]),
        pack=folder / content["pack"] if "pack" in content else None,
        targets=tuple(dict.fromkeys(content["targets"])),
        supporters=folder / content.get("supporters", "supporters.csv"),
        font_paths=tuple(folder / path for path in content.get("font_paths", ())),
        formats=tuple(dict.fromkeys(content.get("formats", ("pdf",)))),
        consent_required=consent.get("required", True),
        consent=agreed,
        where=selection.get("where", ""),
        per_office=selection.get("per_office", 0),
        sample=selection.get("sample", 0),
        seed=selection.get("seed", 1),
        likeness_threshold=float(content.get("likeness_threshold", 0.8)),
        output=folder / content.get("output", "out"),
        **plain,
    )


Changes = Mapping[tuple[str, ...], Value]
"""By the names that lead to a setting, as in `("consent", "at")`, what it is to be; None takes it out."""


def change_settings(folder: Path, changes: Changes) -> Settings:
    """Write the changes, all of them or none; gives the settings as they are then.

    Raises SettingsError when they would not hold, and InputError for a file that must be edited by hand; the file
    is as it was in both cases.
    """
    path = folder.absolute() / FILE
    before = load_settings(folder)
    text = old = read_text(path)
    for steps, value in changes.items():
        text = with_value(text, steps, value)
    if text == old:
        return before
    after = read_settings(text, path)
    write_atomic(path, text.encode(), mode=path.stat().st_mode & 0o777)
    return after


def match_columns(folder: Path, columns: Mapping[str, str]) -> Settings:
    """Make `[columns]` say ours = theirs for just these columns. Raises as `change_settings` does."""
    settings = load_settings(folder)
    gone: dict[tuple[str, ...], Value] = {("columns", ours): None for ours in settings.columns if ours not in columns}
    return change_settings(folder, gone | {("columns", ours): theirs for ours, theirs in columns.items()})
