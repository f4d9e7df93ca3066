"""Files and folders named by the user, in any order and mix, read into batches."""

import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from plea.errors import InputError
from plea.officials.imports import congress as congress_files
from plea.officials.imports import own_csv
from plea.officials.imports.batch import OWN, Batch, Source, source_of

MAX_FILE = 64 * 1024 * 1024
"""Bytes. The largest of the public files, the relationship file, has about seven million."""


@dataclass(slots=True)
class Imported:
    """What was read: one batch of each kind, and the files in folders that plea cannot read."""

    congress: int
    forms: Path | None = None
    batches: list[Batch] = field(default_factory=list)
    ignored: list[Path] = field(default_factory=list)

    def add(self, batch: Batch) -> None:
        """Take the batch in the place of one of the same kind that was read before.

        Raises InputError for two of the user's own tables with one name: which is the newer, nobody can tell.
        """
        for earlier in self.batches:
            if earlier.kind == batch.kind and batch.kind.startswith(OWN) and earlier.sources[0] != batch.sources[0]:
                raise InputError("import.same_name", batch.sources[0].location, other=earlier.sources[0].location)
        self.batches = [earlier for earlier in self.batches if earlier.kind != batch.kind] + [batch]


def read_paths(paths: Sequence[Path], congress: int, forms: Path | None = None) -> Imported:
    """Read them all, or nothing: InputError for the first that is missing, broken or (named itself) not known.

    `congress` is the Congress of a ZIP table that does not say; `forms` a pack with forms of address of its own.
    """
    imported = Imported(congress, forms)
    for path in paths:
        if path.is_dir():
            if not _read_folder(path, imported, depth=3):
                raise InputError("import.nothing_known", str(path))
        elif not _read_file(path, imported):
            raise InputError("import.unknown_file", str(path))
    return imported


def _read_folder(folder: Path, imported: Imported, depth: int) -> bool:
    """Whether anything in it was of use; a folder with `executive` or `legislature` is a state of openstates/people."""
    if any((folder / name).is_dir() for name in ("executive", "legislature")):
        from plea.officials.imports.openstates import state_folder  # noqa: PLC0415 (only where it is needed)

        imported.add(state_folder(folder))
        return True
    try:
        paths = sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except OSError as error:
        raise InputError("import.unreadable", str(folder), reason=str(error.strerror)) from error
    useful = False
    for path in paths:
        if path.is_dir():
            useful |= depth > 1 and _read_folder(path, imported, depth - 1)
        elif path.suffix.lower() in {".json", ".csv", ".txt", ".zip"} and _read_file(path, imported):
            useful = True
        else:
            imported.ignored.append(path)
    return useful


def _read_file(path: Path, imported: Imported) -> bool:
    """Whether it was of use."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_FILE + 1)
    except OSError as error:
        raise InputError("import.unreadable", str(path), reason=str(error.strerror)) from error
    if len(content) > MAX_FILE:
        raise InputError("import.too_large", str(path), mebibytes=MAX_FILE // 1024 // 1024)
    batch = recognize(content, source_of(path, content), imported.congress, imported.forms)
    if batch:
        imported.add(batch)
    return batch is not None


def recognize(content: bytes, source: Source, congress: int, forms: Path | None = None) -> Batch | None:
    """What the file gives to the directory, or None when it is not a file that plea can read.

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
        raise InputError("import.not_utf8", source.name) from error
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
            return recognize(archive.read(texts[0]), source, congress)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise InputError("import.broken_archive", source.name, reason=str(error)) from error


def _json(text: str, source: Source) -> Batch | None:
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise InputError("import.broken_json", source.name, reason=str(error)) from error
    read = _reader(data)
    if read is None:
        return None
    try:
        return read(data, source)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        reason = f"{type(error).__name__} {error}"
        raise InputError("import.another_layout", source.name, reason=reason) from error


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
        return congress_files.zip_table(text, source, congress)
    if "GEOID_ZCTA5_20" in header and "GEOID_CD" in header and "|" in header:
        return congress_files.relationship(text, source)
    if "GEOID" in header and "INTPTLAT" in header:
        return congress_files.gazetteer(text, source)
    return None


def _has(value: Any, key: str) -> bool:
    return isinstance(value, Mapping) and key in value
