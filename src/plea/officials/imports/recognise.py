"""What a file is, by its shape and not by its name, and what it gives."""

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from plea.errors import MendableError
from plea.officials.imports import congress as congress_files
from plea.officials.imports import own_csv, places
from plea.officials.imports.batch import Batch, Source

MAX_FILE = 64 * 1024 * 1024
"""Bytes. The largest of the public files, the relationship file, has about seven million."""


def recognise(content: bytes, source: Source, congress: int, forms: Path | None = None) -> Batch | None:
    """What the file gives to the directory, or None when it is none of the files that plea knows.

    `congress` is the Congress of a ZIP table that does not say, `forms` a pack with forms of address. Raises
    MendableError for a known file that is broken.
    """
    if content[:4] == b"PK\x03\x04":
        return _zipped(content, source, congress)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if not source.name.lower().endswith(".csv"):
            return None
        raise MendableError(f"{source.name}: is not UTF-8 text", "Save it as CSV in UTF-8.") from error
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
        raise MendableError(f"{source.name}: the archive is broken: {error}", "Fetch it anew.") from error


def _json(text: str, source: Source) -> Batch | None:
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise MendableError(f"{source.name}: is not whole JSON: {error}", "Fetch the file anew.") from error
    read = _reader(data)
    if read is None:
        return None
    try:
        return read(data, source)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise MendableError(
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
