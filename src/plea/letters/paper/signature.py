"""The picture of a signature, for the formats that show one."""

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from plea.errors import InputError, MachineError

MEDIA_TYPES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
LIMIT = 10 * 1024 * 1024  # bytes; a scan of a signature is a hundredth of it


class Picture(NamedTuple):
    """A picture's bytes and its media type."""

    content: bytes
    media_type: str


def read_signature(path: Path | None) -> Picture | None:
    """The picture of a PNG or JPEG file; None without a path. InputError for a file that is neither, or damaged."""
    if path is None:
        return None
    try:
        with path.open("rb") as file:
            content = file.read(LIMIT + 1)
    except OSError as error:
        raise InputError("signature.not_readable", str(path), reason=error.strerror) from error
    media_type = next((media_type for start, media_type in MEDIA_TYPES.items() if content.startswith(start)), None)
    if media_type is None or len(content) > LIMIT:
        raise InputError("signature.not_a_picture", str(path))
    if not _is_whole(content):
        raise InputError("signature.damaged", str(path))
    return Picture(content, media_type)


@lru_cache(maxsize=2)
def _is_whole(content: bytes) -> bool:
    """Whether the typesetter can show the picture, so that every format refuses the same ones."""
    from plea.letters.paper.typst_compiler import compiler  # noqa: PLC0415 (not loaded for letters on a screen)

    try:
        compiler().compile("picture.typ", {"picture": list(content)})
    except MachineError:
        return False
    return True
