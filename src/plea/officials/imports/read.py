"""Files and folders named by the user, in any order and mix, read into batches."""

import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from plea.errors import InputError
from plea.officials.imports import congress as congress_files
from plea.officials.imports import own_csv, places
from plea.officials.imports.batch import OWN, Batch, Source, source_of

_LOOKED_AT = frozenset({".json", ".csv", ".txt", ".zip"})
_DEPTH = 3
_KNOWN = (
    "plea reads the JSON files of unitedstates/congress-legislators, openstates people folders, "
    "ZIP tables, the Census gazetteer, and a CSV with the columns role and name."
)


@dataclass(slots=True)
class Reading:
    """What was read: a batch a kind, and the files in folders that were nothing plea knows."""

    congress: int
    forms: Path | None = None
    batches: list[Batch] = field(default_factory=list)
    ignored: list[Path] = field(default_factory=list)


def read_paths(paths: Sequence[Path], congress: int, forms: Path | None = None) -> Reading:
    """Read them all, or nothing: InputError for the first that is missing, broken or (named itself) not known.

    `congress` is the Congress of a ZIP table that does not say; `forms` a pack with forms of address of its own.
    """
    reading = Reading(congress, forms)
    for path in paths:
        if path.is_dir():
            if not _read_folder(path, reading, _DEPTH):
                raise InputError(f"{path}: holds nothing that plea knows", _KNOWN)
        elif not _read_file(path, reading):
            raise InputError(f"{path}: is none of the files that plea knows", _KNOWN)
    return reading


def _read_folder(folder: Path, reading: Reading, depth: int) -> bool:
    if _is_state(folder):
        from plea.officials.imports.openstates import state_folder  # noqa: PLC0415 (only where it is needed)

        add(reading, state_folder(folder))
        return True
    found = False
    for path in _entries(folder):
        if path.is_dir():
            found |= depth > 1 and _read_folder(path, reading, depth - 1)
        elif path.suffix.lower() in _LOOKED_AT and _read_file(path, reading):
            found = True
        else:
            reading.ignored.append(path)
    return found


def _read_file(path: Path, reading: Reading) -> bool:
    content = _bytes(path)
    batch = recognise(content, source_of(path, content), reading.congress, reading.forms)
    if batch is not None:
        add(reading, batch)
    return batch is not None


def add(reading: Reading, batch: Batch) -> None:
    """Take the batch; one of the same kind read before it makes way.

    Raises InputError for two tables of one's own with one name: which is the newer, nobody can tell.
    """
    for one in reading.batches:
        if one.kind == batch.kind and one.kind.startswith(OWN) and one.sources[0] != batch.sources[0]:
            raise InputError(
                f"{one.sources[0].location} and {batch.sources[0].location}: two tables of one name",
                "Rename one: a table takes the place of an earlier one of its name.",
            )
    reading.batches = [one for one in reading.batches if one.kind != batch.kind] + [batch]


def _is_state(folder: Path) -> bool:
    """Whether the folder is one state of openstates/people."""
    return any((folder / name).is_dir() for name in ("executive", "legislature"))


def _entries(folder: Path) -> Iterator[Path]:
    try:
        yield from sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        raise _unreadable(folder, error) from error


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_FILE + 1)
    except OSError as error:
        raise _unreadable(path, error) from error
    if len(content) > MAX_FILE:
        raise InputError(f"{path}: is larger than {MAX_FILE // 1024 // 1024} MiB", _KNOWN)
    return content


def _unreadable(path: Path, error: OSError) -> InputError:
    return InputError(f"{path}: cannot be read: {error.strerror}", "Check the name and that you may read it.")


MAX_FILE = 64 * 1024 * 1024
"""Bytes. The largest of the public files, the relationship file, has about seven million."""


def recognise(content: bytes, source: Source, congress: int, forms: Path | None = None) -> Batch | None:
    """What the file gives to the directory, or None when it is none of the files that plea knows.

    `congress` is the Congress of a ZIP table that does not say, `forms` a pack with forms of address. Raises
    InputError for a known file that is broken.
    """
    if content[:4] == b"PK\x03\x04":
        return _zipped(content, source, congress)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if not source.name.lower().endswith(".csv"):
            return None
        raise InputError(f"{source.name}: is not UTF-8 text", "Save it as CSV in UTF-8.") from error
    if text.lstrip()[:1] in {"[", "{"}:
        return _json(text, source)
    if own_csv.is_own(text.partition("\n")[0]):
        return own_csv.own_csv(text, source, forms)
    return _table(text, source, congress)


def _zipped(content: bytes, source: Source, congress: int) -> Batch | None:
    """The one text file in an archive, as the Census Bureau packs its gazetteer."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            texts = [entry for entry in archive.infolist() if entry.filename.lower().endswith(".txt")]
            if len(texts) != 1 or texts[0].file_size > MAX_FILE:
                return None
            return recognise(archive.read(texts[0]), source, congress)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise InputError(f"{source.name}: the archive is broken: {error}", "Fetch it anew.") from error


def _json(text: str, source: Source) -> Batch | None:
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise InputError(f"{source.name}: is not whole JSON: {error}", "Fetch the file anew.") from error
    read = _reader(data)
    if read is None:
        return None
    try:
        return read(data, source)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise InputError(
            f"{source.name}: is not as the public file is: {type(error).__name__} {error}", "Fetch the file anew."
        ) from error


def _reader(data: Any) -> Callable[[Any, Source], Batch] | None:
    if isinstance(data, dict):
        first = next(iter(data.values()), None)
        seat = first[0] if isinstance(first, list) and first else None
        return congress_files.committee_members if _has(seat, "bioguide") else None
    first = data[0] if data else None
    if _has(first, "offices") and _has(first, "id"):
        return congress_files.district_offices
    if _has(first, "thomas_id"):
        return congress_files.committees
    if _has(first, "terms") and _has(first, "name"):
        held = {term.get("type") for person in data for term in person.get("terms", [])[-1:]}
        return congress_files.executive if held & {"prez", "viceprez"} else congress_files.members
    return None


def _table(text: str, source: Source, congress: int) -> Batch | None:
    header = text.partition("\n")[0].strip()
    names = {name.strip().strip('"').lower() for name in header.split(",")}
    if {"state_abbr", "zcta", "cd"} <= names:
        return places.zip_table(text, source, congress)
    if "GEOID_ZCTA5_20" in header and "GEOID_CD" in header and "|" in header:
        return places.relationship(text, source)
    if "GEOID" in header and "INTPTLAT" in header:
        return places.gazetteer(text, source)
    return None


def _has(value: Any, key: str) -> bool:
    return isinstance(value, Mapping) and key in value
