"""The picture of a signature, for the formats that show one."""

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from plea.errors import InputError, MachineError

KINDS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
LIMIT = 10 * 1024 * 1024  # bytes; a scan of a signature is a hundredth of it


class Picture(NamedTuple):
    """A picture's bytes and its media type."""

    content: bytes
    kind: str


def read_signature(path: Path | None) -> Picture | None:
    """The picture of a PNG or JPEG file; None without a path. InputError for a file that is neither, or damaged."""
    if path is None:
        return None
    try:
        with path.open("rb") as file:
            content = file.read(LIMIT + 1)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror}", "Name a PNG or JPEG file.") from error
    kind = next((kind for magic, kind in KINDS.items() if content.startswith(magic)), None)
    if kind is None or len(content) > LIMIT:
        raise InputError(f"{path}: is not a picture of a signature", "Name a PNG or JPEG file of at most 10 MiB.")
    if not _is_whole(content):
        raise InputError(f"{path}: the picture is damaged", "Name a PNG or JPEG file that other programs show.")
    return Picture(content, kind)


@lru_cache(maxsize=2)
def _is_whole(content: bytes) -> bool:
    """Whether the typesetter can show the picture, so that every format refuses the same ones."""
    from plea.letters.paper.typst_compiler import compiler  # noqa: PLC0415 (the typesetter is not loaded for letters on a screen)

    try:
        compiler().compile("picture.typ", {"picture": list(content)})
    except MachineError:
        return False
    return True
