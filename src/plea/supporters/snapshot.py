"""A file as it was when it was opened: what is added to it later is not read, and said."""

import io
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from plea.errors import MachineError, MendableError


@dataclass(slots=True)
class Snapshot:
    """The size and the identity of a file at its opening. Raises MendableError when it is no readable file."""

    path: Path
    size: int = field(init=False)
    _identity: tuple[int, int] = field(init=False)
    _changed_at: int = field(init=False)

    def __post_init__(self) -> None:
        with self._opened() as file:
            state = os.fstat(file.fileno())
        self.size, self._identity, self._changed_at = state.st_size, (state.st_dev, state.st_ino), state.st_mtime_ns

    def open(self) -> BinaryIO:
        """The bytes that were there at the opening. Raises MendableError when the file was replaced or cut since."""
        file = self._opened()
        state = os.fstat(file.fileno())
        if (state.st_dev, state.st_ino) != self._identity or state.st_size < self.size:
            file.close()
            raise MendableError(f"{self.path}: was replaced while it was read", "Run the command again.")
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
            raise MendableError(
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
