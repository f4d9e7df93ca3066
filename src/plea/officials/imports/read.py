"""Files and folders named by the user, in any order and mix, read into batches."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from plea.errors import MendableError
from plea.officials.imports.batch import OWN, Batch, source_of
from plea.officials.imports.recognise import MAX_FILE, recognise

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
    """Read them all, or nothing: MendableError for the first that is missing, broken or (named itself) not known.

    `congress` is the Congress of a ZIP table that does not say; `forms` a pack with forms of address of its own.
    """
    reading = Reading(congress, forms)
    for path in paths:
        if path.is_dir():
            if not _read_folder(path, reading, _DEPTH):
                raise MendableError(f"{path}: holds nothing that plea knows", _KNOWN)
        elif not _read_file(path, reading):
            raise MendableError(f"{path}: is none of the files that plea knows", _KNOWN)
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

    Raises MendableError for two tables of one's own with one name: which is the newer, nobody can tell.
    """
    for one in reading.batches:
        if one.kind == batch.kind and one.kind.startswith(OWN) and one.sources[0] != batch.sources[0]:
            raise MendableError(
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
        raise MendableError(f"{path}: is larger than {MAX_FILE // 1024 // 1024} MiB", _KNOWN)
    return content


def _unreadable(path: Path, error: OSError) -> MendableError:
    return MendableError(f"{path}: cannot be read: {error.strerror}", "Check the name and that you may read it.")
