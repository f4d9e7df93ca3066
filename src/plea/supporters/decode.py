"""From bytes to lines of text: marks, UTF-8, UTF-16, and Windows-1252 only where it is said.

A single-byte code page fits any bytes, so none is ever tried by itself: a wrong one would print wrong names.
"""

import codecs
import io
from collections.abc import Iterator
from pathlib import Path

from plea.errors import MendableError
from plea.supporters.record import RECORD_LIMIT
from plea.supporters.snapshot import Snapshot

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

    Raises MendableError for an encoding that is not known, or that the first bytes contradict.
    """
    with snapshot.open() as file:
        sample = file.read(SAMPLE)
    wanted = _known(said, snapshot.path)
    if sample.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise MendableError(f"{snapshot.path}: is UTF-32 text", "Save it as UTF-8.")
    for mark, encoding in MARKS.items():
        if sample.startswith(mark):
            return encoding
    if wanted in SINGLE_BYTE and _is_utf8_beyond_ascii(sample):
        raise MendableError(
            f"{snapshot.path}: was said to be {said}, but its bytes are UTF-8", "Take the encoding setting out."
        )
    return wanted or _wide(sample) or "utf-8"


def is_utf8(path: Path) -> bool:
    """Whether every byte of the file fits UTF-8. Raises MendableError when it cannot be read."""
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

    Raises MendableError with the line and the byte that is not of the encoding.
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
        raise MendableError(
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


def _not_text(snapshot: Snapshot, encoding: str) -> MendableError:
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
                return MendableError(f"{snapshot.path}:{line}: {what}", SAVE_AS)
            except UnicodeError:
                break
            if not chunk:
                break
            before += len(chunk)
    return MendableError(f"{snapshot.path}: is not {_plain(encoding)} text{_tried(encoding)}", SAVE_AS)


def _plain(encoding: str) -> str:
    return {"utf-8-sig": "UTF-8", "cp1252": "Windows-1252"}.get(encoding, encoding.upper())


def _tried(encoding: str) -> str:
    return "; it has no mark of UTF-8 or UTF-16, so UTF-8 was tried" if encoding == "utf-8" else ""
