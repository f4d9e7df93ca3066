"""Reading and writing files whole or not at all."""

import errno
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from plea.errors import InputError, MachineError

MAX_TEXT = 4 * 1024 * 1024
"""Bytes. No text that the program reads whole (a story, a template, a TOML file) comes near it."""


def write_atomic(path: Path, content: bytes | Iterable[bytes], mode: int = 0o600, *, durable: bool = True) -> None:
    """Put the content (or its pieces) at the path so that, whatever happens, it holds the old bytes or the new ones.

    A temporary file in the same folder, fsync, rename, fsync of the folder. A link at the path is refused, not
    followed. What is not `durable` is not waited for: until `sync_all` a power cut may lose it. Raises MachineError
    naming the path.
    """
    if path.is_symlink():
        raise MachineError(f"{path}: is a link, and links are not written through", "Remove the link or name another.")
    try:
        temporary = _write_beside(path, content, mode, durable=durable)
        try:
            temporary.replace(path)
        except OSError:
            temporary.unlink(missing_ok=True)
            raise
        if durable:
            _sync_folder(path.parent)
    except OSError as error:
        raise MachineError(f"{path}: cannot be written: {error.strerror}", _what_to_do(error)) from error


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
    """Raise MachineError for a folder that is a link: what is written into it would land elsewhere."""
    if folder.is_symlink():
        raise MachineError(f"{folder}: is a link, and links are not followed", "Remove the link.")


def sync_all() -> None:
    """Have the system put everything that was written on the disk."""
    if hasattr(os, "sync"):
        os.sync()


def read_text(path: Path) -> str:
    """The text of a UTF-8 file, with or without a byte-order mark, line ends as newlines.

    Raises InputError when it is missing, is no text, is not UTF-8 or is larger than MAX_TEXT.
    """
    try:
        with path.open("rb") as file:
            content = file.read(MAX_TEXT + 1)
    except OSError as error:
        raise InputError(
            f"{path}: cannot be read: {error.strerror}", "Check the name and that you may read it."
        ) from error
    if len(content) > MAX_TEXT:
        raise InputError(f"{path}: is larger than {MAX_TEXT // 1024 // 1024} MiB", "Name a file of text.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise InputError(f"{path}:{line}: is not UTF-8 text", "Save it as UTF-8.") from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def slug(text: str, limit: int = 120) -> str:
    """The text as part of a file name: lower-case ASCII letters, digits and single hyphens, at most `limit` bytes.

    Placeholders are dropped from letters (`José` gives `jose`); what has no ASCII form is left out, so it may be empty.
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:limit].rstrip("-")


def _write_beside(path: Path, content: bytes | Iterable[bytes], mode: int, *, durable: bool) -> Path:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".plea-", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines([content] if isinstance(content, bytes) else content)
            file.flush()
            if durable:
                os.fsync(file.fileno())
        temporary.chmod(mode)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


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


def _what_to_do(error: OSError) -> str:
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return "Free some space and run the command again; the old file is whole."
    if error.errno in {errno.ENOENT, errno.ENOTDIR}:
        return "Make the folder first, or name one that exists."
    return "Check that you may write there."
