"""Profiles: how a sheet is laid out for an envelope, from the envelope's own measures; the picture of a signature.

An insert slides in its envelope: sideways by the envelope's width less the sheet's, up and down by its height less the
tallest panel. A line is safe only inside the window at every position, and a window shows at one position or another
all of a larger region, in which nothing else may stand.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

from plea.errors import InputError, MachineError, UsageError
from plea.model.letters import Box, Envelope, Profile
from plea.system.folders import templates
from plea.system.similar import nearest

DEFAULT = "us-10-single"
POINTS = {"in": 72.0, "mm": 72.0 / 25.4}
PAPERS = {"us-letter": (612.0, 792.0), "a4": (210 * POINTS["mm"], 297 * POINTS["mm"])}


def profile(key: str) -> Profile:
    """The profile of that key. Raises UsageError."""
    known = profiles()
    if key in known:
        return known[key]
    near = nearest(key, known)
    if near:
        raise UsageError("profile.unknown_but_like", profile=key, nearest=near, profiles=tuple(known))
    raise UsageError("profile.unknown", profile=key, profiles=tuple(known))


@lru_cache(maxsize=1)
def profiles() -> Mapping[str, Profile]:
    """All profiles of `templates/envelopes.toml`, in its order."""
    data = tomllib.loads((templates() / "envelopes.toml").read_text(encoding="utf-8"))
    return {key: _profile(key, raw, data["envelopes"]) for key, raw in data["profiles"].items()}


def plain_envelope(of: Profile) -> Envelope:
    """The envelope without windows that a profile's sheet goes into as well."""
    data = tomllib.loads((templates() / "envelopes.toml").read_text(encoding="utf-8"))
    return _envelope(data["profiles"][of.key]["plain"], data["envelopes"])


def envelope_views(of: Profile) -> tuple[tuple[Box, Box], ...]:
    """For each window of the profile's envelope, what it shows of the sheet always, and at one position or another.

    Points from the sheet's top left corner; a window is placed by its left and bottom edges on the envelope.
    """
    envelope = of.envelope
    if envelope is None:
        return ()
    tallest_panel = max(lower - upper for upper, lower in pairwise((0.0, *of.folds, of.height)))
    sideways, upright = envelope.width - of.width, envelope.height - tallest_panel
    views = []
    for window in envelope.windows:
        left, top = window.x, envelope.height - window.y - window.height
        always = Box(left, top, window.width - sideways, window.height - upright)
        ever = Box(left - sideways, top - upright, window.width + sideways, window.height + upright)
        views.append((always, ever))
    return tuple(views)


def _profile(key: str, raw: Mapping[str, Any], envelopes: Mapping[str, Any]) -> Profile:
    unit = POINTS[raw["unit"]]
    width, height = PAPERS[raw["paper"]]
    sheet = Profile(
        key=key,
        name=raw["name"],
        paper=raw["paper"],
        width=width,
        height=height,
        folds=tuple(fold * unit for fold in raw["folds"]),
        envelope=_envelope(raw["envelope"], envelopes) if "envelope" in raw else None,
        sender_lines=raw.get("sender_lines", 0),
        spare=raw.get("spare", 0) * unit,
        sender_side=raw.get("sender_side", "left"),
    )
    views, spare = envelope_views(sheet), sheet.spare
    safe: list[Box | None] = [
        Box(box.x + spare, box.y + spare, box.width - 2 * spare, box.height - 2 * spare) for box, _ in views
    ]
    # The part of what a window may show that is on the sheet, right of its left edge.
    clear = tuple(Box(left := max(box.x, 0.0), box.y, box.x + box.width - left, box.height) for _, box in views)
    recipient, sender, *_ = (*safe, None, None)
    return replace(sheet, recipient=recipient, sender=sender, clear=clear)


def _envelope(key: str, envelopes: Mapping[str, Any]) -> Envelope:
    raw = envelopes[key]
    unit = POINTS[raw["unit"]]
    windows = tuple(
        Box(window["left"] * unit, window["bottom"] * unit, window["width"] * unit, window["height"] * unit)
        for window in raw.get("windows", ())
    )
    return Envelope(key, raw["name"], raw["width"] * unit, raw["height"] * unit, windows)


# --- the picture of a signature -------------------------------------------------------------------------------

MEDIA_TYPES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}
MAX_PICTURE = 10 * 1024 * 1024  # bytes; a scan of a signature is a hundredth of it


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
            content = file.read(MAX_PICTURE + 1)
    except OSError as error:
        raise InputError("signature.not_readable", str(path), reason=error.strerror) from error
    media_type = next((media_type for start, media_type in MEDIA_TYPES.items() if content.startswith(start)), None)
    if media_type is None or len(content) > MAX_PICTURE:
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
