"""Reading and writing files whole or not at all."""

import errno
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from plea.errors import InputError, MachineError

MEBIBYTE = 1024 * 1024
MAX_TEXT = 4 * MEBIBYTE
"""Bytes. No text that the program reads whole (a story, a template, a TOML file) comes near it."""


def write_atomic(path: Path, content: bytes | Iterable[bytes], mode: int = 0o600, *, durable: bool = True) -> None:
    """Put the content (or its pieces) at the path so that, whatever happens, it holds the old bytes or the new ones.

    A temporary file in the same folder, fsync, rename, fsync of the folder. A link at the path is refused, not
    followed. What is not `durable` is not waited for: until `sync_all` a power cut may lose it. Raises MachineError.
    """
    if path.is_symlink():
        raise MachineError("file.is_a_link", str(path))
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".plea-", suffix=".tmp")
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.writelines([content] if isinstance(content, bytes) else content)
                file.flush()
                if durable:
                    os.fsync(file.fileno())
            temporary.chmod(mode)
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        if durable:
            _sync_folder(path.parent)
    except OSError as error:
        code = "file.not_written"
        if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
            code = "file.no_space"
        elif error.errno in {errno.ENOENT, errno.ENOTDIR}:
            code = "file.no_folder"
        raise MachineError(code, str(path), reason=error.strerror) from error


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:  # some network disks cannot sync a folder
            raise
    finally:
        os.close(handle)


def sync_all() -> None:
    """Have the system put everything that was written on the disk."""
    with suppress(AttributeError):  # Windows has no sync
        os.sync()


def make_folder(folder: Path) -> None:
    """Make the folder, and those above it that are missing, readable by nobody else (0700). Raises MachineError."""
    try:
        missing = [parent for parent in (folder, *folder.parents) if not parent.exists()]
        for parent in reversed(missing):
            parent.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise MachineError("folder.not_made", str(folder), reason=error.strerror) from error
    if not folder.is_dir():
        raise MachineError("folder.is_a_file", str(folder))


def refuse_link(folder: Path) -> None:
    """Raise MachineError for a folder that is a link: what is written into it would end up elsewhere."""
    if folder.is_symlink():
        raise MachineError("folder.is_a_link", str(folder))


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, with or without a byte-order mark, line ends as newlines.

    Raises InputError when it is missing, is no text, is not UTF-8 or is larger than MAX_TEXT.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_TEXT + 1)
    except OSError as error:
        raise InputError("file.not_read", str(path), reason=error.strerror) from error
    if len(content) > MAX_TEXT:
        raise InputError("file.too_large", str(path), mebibytes=MAX_TEXT // MEBIBYTE)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError("file.not_utf8", f"{path}:{line}") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def slug(text: str, limit: int = 120) -> str:
    """The text as part of a file name: lower-case ASCII letters, digits and single hyphens, at most `limit` bytes.

    Accents are dropped from letters (`José` gives `jose`); what has no ASCII form is left out, so it may be empty.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:limit].rstrip("-")
