"""From bytes to lines of text and records of cells: UTF-8, UTF-16, or what is said."""

import codecs
import io
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol

from plea.errors import InputError, MachineError
from plea.problems import Problem, old_problem

RECORD_LIMIT = 100_000
"""Characters of one row. Two stories of the longest, and a hundred more columns, stay below it."""


class Record(NamedTuple):
    """The cells of one row as they stood, the line (or the row of the sheet) it starts on, what is wrong with it."""

    cells: tuple[str, ...]
    line: int
    problems: tuple[Problem, ...] = ()


class Source(Protocol):
    """A file of records; the first is the header."""

    notes: list[str]
    """What its reader should know."""

    sparse: bool
    """Whether empty cells at the end of a row are left out by the format itself, as in a spreadsheet."""

    def records(self) -> Iterator[Record]:
        """The records, streamed; may be asked for again. Raises InputError for a file that cannot be read on."""


def too_long(line: int) -> Problem:
    """A row that is larger than any letter."""
    return old_problem(
        "row",
        f"is longer than {RECORD_LIMIT:,} characters (line {line})",
        "Shorten it; if a quotation mark opens in it and never closes, close it.",
    )


@dataclass(slots=True)
class Snapshot:
    """The size and the identity of a file at its opening. Raises InputError when it is no readable file."""

    path: Path
    size: int = field(init=False)
    _identity: tuple[int, int] = field(init=False)
    _changed_at: int = field(init=False)

    def __post_init__(self) -> None:
        with self._opened() as file:
            state = os.fstat(file.fileno())
        self.size, self._identity, self._changed_at = state.st_size, (state.st_dev, state.st_ino), state.st_mtime_ns

    def open(self) -> BinaryIO:
        """The bytes that were there at the opening. Raises InputError when the file was replaced or cut since."""
        file = self._opened()
        state = os.fstat(file.fileno())
        if (state.st_dev, state.st_ino) != self._identity or state.st_size < self.size:
            file.close()
            raise InputError(f"{self.path}: was replaced while it was read", "Run the command again.")
        return io.BufferedReader(_Bounded(file, self.size), 1 << 17)

    def changes(self) -> str:
        """What happened to the file since, in words; empty when nothing did."""
        try:
            state = self.path.stat()
        except OSError:
            return "The file was moved away while it was read."
        if (state.st_dev, state.st_ino) != self._identity:
            return "The file was replaced while it was read; the old one was read."
        if state.st_size > self.size:
            return "The file grew while it was read; what was added is not in. Run the command again to take it in."
        if state.st_mtime_ns != self._changed_at:
            return "The file was changed while it was read. Run the command again to be sure of every row."
        return ""

    def _opened(self) -> BinaryIO:
        try:
            return self.path.open("rb")
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError, PermissionError) as error:
            raise InputError(
                f"{self.path}: cannot be read: {error.strerror}", "Check the name and that you may read it."
            ) from error
        except OSError as error:
            raise MachineError(f"{self.path}: cannot be read: {error.strerror}", "Check the disk.") from error


class _Bounded(io.RawIOBase):
    """The first bytes of a file."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file, self._left = file, size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview") -> int:  # type: ignore[override]
        content = self._file.read(min(len(buffer), self._left))
        buffer[: len(content)] = content
        self._left -= len(content)
        return len(content)

    def close(self) -> None:
        self._file.close()
        super().close()


SAMPLE = 64 * 1024  # bytes
MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
SINGLE_BYTE = frozenset({"cp1252", "iso8859-1", "iso8859-15", "cp1250", "cp1251", "cp1254", "cp1256", "mac-roman"})
UTF = frozenset({"utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"})
SAVE_AS = (
    "Save it as 'CSV UTF-8' or as XLSX. If it comes from an old Excel on Windows, say encoding = \"windows-1252\" and "
    "look at the names in a preview."
)


def encoding_of(snapshot: Snapshot, said: str = "") -> str:
    """The Python name of the file's encoding: its mark, else what was said, else UTF-16 by its NULs, else UTF-8.

    Raises InputError for an encoding that is not known, or that the first bytes contradict.
    """
    with snapshot.open() as file:
        sample = file.read(SAMPLE)
    wanted = _known(said, snapshot.path)
    if sample.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise InputError(f"{snapshot.path}: is UTF-32 text", "Save it as UTF-8.")
    for mark, encoding in MARKS.items():
        if sample.startswith(mark):
            return encoding
    if wanted in SINGLE_BYTE and _is_utf8_beyond_ascii(sample):
        raise InputError(
            f"{snapshot.path}: was said to be {said}, but its bytes are UTF-8", "Take the encoding setting out."
        )
    return wanted or _wide(sample) or "utf-8"


def is_utf8(path: Path) -> bool:
    """Whether every byte of the file fits UTF-8. Raises InputError when it cannot be read."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with Snapshot(path).open() as file:
        try:
            while chunk := file.read(SAMPLE):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def text_lines(snapshot: Snapshot, encoding: str) -> Iterator[str]:
    """The lines with their ends; one that is longer than a row may be comes in pieces.

    Raises InputError with the line and the byte that is not of the encoding.
    """
    with snapshot.open() as file, io.TextIOWrapper(file, encoding=encoding, newline="") as text:
        try:
            while line := text.readline(RECORD_LIMIT):
                yield line
        except UnicodeError as error:
            raise _not_text(snapshot, encoding) from error


def _known(said: str, path: Path) -> str:
    if not said:
        return ""
    try:
        name = codecs.lookup(said).name
    except LookupError:
        name = ""
    if name not in SINGLE_BYTE | UTF:
        raise InputError(
            f"{path}: no encoding called {said!r} is read here", "Say utf-8, utf-16 or windows-1252, or leave it out."
        )
    return name


def _is_utf8_beyond_ascii(sample: bytes) -> bool:
    if sample.isascii():
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return False
    return True


def _wide(sample: bytes) -> str:
    """UTF-16 without its mark: every other byte of ordinary text is NUL."""
    even, odd = sample[0:1000:2], sample[1:1000:2]
    if len(odd) and odd.count(0) > len(odd) // 2 and not even.count(0):
        return "utf-16-le"
    if len(odd) and even.count(0) > len(even) // 2 and not odd.count(0):
        return "utf-16-be"
    return ""


def _not_text(snapshot: Snapshot, encoding: str) -> InputError:
    """Where the file stops being text, found by reading it once more."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line, before = 1, 0
    with snapshot.open() as file:
        while True:
            chunk = file.read(SAMPLE)
            pending = len(decoder.getstate()[0])
            try:
                line += decoder.decode(chunk, final=not chunk).count("\n")
            except UnicodeDecodeError as error:
                good = bytes(error.object[: error.start])
                line += good.decode(encoding, "ignore").count("\n")
                at = before - pending + error.start
                value = error.object[error.start]
                what = f"byte {at + 1:,} (0x{value:02X}) is not {_plain(encoding)}{_tried(encoding)}"
                return InputError(f"{snapshot.path}:{line}: {what}", SAVE_AS)
            except UnicodeError:
                break
            if not chunk:
                break
            before += len(chunk)
    return InputError(f"{snapshot.path}: is not {_plain(encoding)} text{_tried(encoding)}", SAVE_AS)


def _plain(encoding: str) -> str:
    return {"utf-8-sig": "UTF-8", "cp1252": "Windows-1252"}.get(encoding, encoding.upper())


def _tried(encoding: str) -> str:
    return "; it has no mark of UTF-8 or UTF-16, so UTF-8 was tried" if encoding == "utf-8" else ""
