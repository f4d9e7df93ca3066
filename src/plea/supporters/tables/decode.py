"""From bytes to lines of text and records of cells: UTF-8, UTF-16, or the encoding that the user named."""

import codecs
import io
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, NamedTuple, Protocol

from plea.errors import InputError, MachineError
from plea.problems import Problem

RECORD_LIMIT = 100_000
"""Characters of one row. Two stories of the longest, and a hundred more columns, stay below it."""
LONGEST = 12 * 1024 * 1024
"""Characters of a row that is still read to its end, to find where the next one starts; a longer one is an error."""
SAMPLE = 64 * 1024  # bytes
BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
SINGLE_BYTE = frozenset({"cp1252", "iso8859-1", "iso8859-15", "cp1250", "cp1251", "cp1254", "cp1256", "mac-roman"})
UTF = frozenset({"utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"})
NAMES = {"utf-8-sig": "UTF-8", "cp1252": "Windows-1252"}


class Record(NamedTuple):
    """The cells of one row as they stood, the line (or the row of the sheet) it starts on, what is wrong with it."""

    cells: tuple[str, ...]
    line: int
    problems: tuple[Problem, ...] = ()


class Source(Protocol):
    """A file of records; the first is the header."""

    notes: list[Problem]
    """What its reader should know."""

    sparse: bool
    """Whether empty cells at the end of a row are left out by the format itself, as in a spreadsheet."""

    def records(self) -> Iterator[Record]:
        """The records, streamed; may be asked for again. Raises InputError for a file that cannot be read on."""


def too_long(line: int) -> Problem:
    """A row that is larger than any letter."""
    return Problem("row.too_long", "row", limit=RECORD_LIMIT, line=str(line))


@dataclass(slots=True)
class Snapshot:
    """The size and the identity of a file when it was opened. Raises InputError when it cannot be read."""

    path: Path
    size: int = field(init=False)
    _identity: tuple[int, int] = field(init=False)
    _changed_at: int = field(init=False)

    def __post_init__(self) -> None:
        with self._opened() as file:
            state = os.fstat(file.fileno())
        self.size, self._identity, self._changed_at = state.st_size, (state.st_dev, state.st_ino), state.st_mtime_ns

    def open(self) -> BinaryIO:
        """The bytes that were there then. Raises InputError when the file was replaced or became shorter."""
        file = self._opened()
        state = os.fstat(file.fileno())
        if (state.st_dev, state.st_ino) != self._identity or state.st_size < self.size:
            file.close()
            raise InputError("table.replaced", str(self.path))
        return io.BufferedReader(_Bounded(file, self.size), 1 << 17)

    def changes(self) -> Problem | None:
        """What happened to the file since it was opened; None when nothing did."""
        try:
            state = self.path.stat()
        except OSError:
            return Problem("table.moved")
        if (state.st_dev, state.st_ino) != self._identity:
            return Problem("table.replaced_old_read")
        if state.st_size > self.size:
            return Problem("table.grew")
        return Problem("table.changed") if state.st_mtime_ns != self._changed_at else None

    def _opened(self) -> BinaryIO:
        try:
            return self.path.open("rb")
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError, PermissionError) as error:
            raise InputError("file.not_read", str(self.path), reason=error.strerror) from error
        except OSError as error:
            raise MachineError("system.refused", str(self.path), reason=error.strerror) from error


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


def text_lines(snapshot: Snapshot, encoding: str) -> Iterator[str]:
    """The lines with their ends. Raises InputError for a byte that is not of the encoding, or a line beyond LONGEST."""
    number = 0
    with snapshot.open() as file, io.TextIOWrapper(file, encoding=encoding, newline="") as text:
        try:
            while line := text.readline(LONGEST):
                number += 1
                if len(line) == LONGEST and line[-1] not in "\r\n":
                    raise InputError(too_long(number).at(f"{snapshot.path}:{number}"))
                yield line
        except UnicodeError as error:
            raise _not_text(snapshot, encoding) from error


def encoding_of(snapshot: Snapshot, named: str = "") -> str:
    """Python's name of the encoding: by its byte-order mark, else the named one, else UTF-16 by its NULs, else UTF-8.

    Raises InputError for an encoding that is not known, or that the first bytes contradict.
    """
    with snapshot.open() as file:
        sample = file.read(SAMPLE)
    where = str(snapshot.path)
    encoding = ""
    if named:
        with suppress(LookupError):
            encoding = codecs.lookup(named).name
        if encoding not in SINGLE_BYTE | UTF:
            raise InputError("encoding.unknown", where, encoding=repr(named))
    if sample.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise InputError("encoding.utf32", where)
    for byte_order_mark, name in BYTE_ORDER_MARKS.items():
        if sample.startswith(byte_order_mark):
            return name
    if encoding in SINGLE_BYTE and not sample.isascii() and _decodes(codecs.getincrementaldecoder("utf-8")(), sample):
        raise InputError("encoding.is_utf8", where, encoding=named)
    return encoding or _utf16_by_nuls(sample) or "utf-8"


def _utf16_by_nuls(sample: bytes) -> str:
    """UTF-16 without a byte-order mark: every other byte of ordinary text is NUL. Empty where it is not."""
    even, odd = sample[0:1000:2], sample[1:1000:2]
    if len(odd) and odd.count(0) > len(odd) // 2 and not even.count(0):
        return "utf-16-le"
    if len(odd) and even.count(0) > len(even) // 2 and not odd.count(0):
        return "utf-16-be"
    return ""


def is_utf8(path: Path) -> bool:
    """Whether every byte of the file fits UTF-8. Raises InputError when it cannot be read."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with Snapshot(path).open() as file:
        while chunk := file.read(SAMPLE):
            if not _decodes(decoder, chunk):
                return False
    return _decodes(decoder, b"", final=True)


def _decodes(decoder: codecs.IncrementalDecoder, content: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(content, final=final)
    except UnicodeDecodeError:
        return False
    return True


def _not_text(snapshot: Snapshot, encoding: str) -> InputError:
    """Where the file stops being text, found by reading it once more."""
    decoder = codecs.getincrementaldecoder(encoding)()
    name = NAMES.get(encoding, encoding.upper())
    line, before, chunk = 1, 0, b"-"
    with snapshot.open() as file:
        while chunk:
            chunk = file.read(SAMPLE)
            pending = len(decoder.getstate()[0])
            try:
                line += decoder.decode(chunk, final=not chunk).count("\n")
            except UnicodeDecodeError as error:
                line += bytes(error.object[: error.start]).decode(encoding, "ignore").count("\n")
                code = "encoding.not_unicode" if encoding == "utf-8" else "encoding.wrong_byte"
                return InputError(
                    code,
                    f"{snapshot.path}:{line}",
                    place=before - pending + error.start + 1,
                    byte=f"0x{error.object[error.start]:02X}",
                    encoding=name,
                )
            except UnicodeError:
                break
            before += len(chunk)
    return InputError("encoding.not_text", str(snapshot.path), encoding=name)
