"""Packs: folders of asks and facts. One is built in, users bring their own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

from plea.asks.askfile import read_ask
from plea.asks.facts import read_facts
from plea.errors import MendableError, UsageError
from plea.machine import packed
from plea.model import Ask, Fact

ASK_FILE = "ask.toml"
FACTS_FILE = "facts.toml"


class Asks(Mapping[str, Ask]):
    """The asks of a pack by key, each read when it is asked for."""

    def __init__(self, folders: Mapping[str, Path]) -> None:
        self._folders = folders
        self._read: dict[str, Ask] = {}

    def __getitem__(self, key: str) -> Ask:
        if key not in self._read:
            self._read[key] = read_ask(key, self._folders[key])
        return self._read[key]

    def __contains__(self, key: object) -> bool:
        return key in self._folders  # without reading it

    def __iter__(self) -> Iterator[str]:
        return iter(self._folders)

    def __len__(self) -> int:
        return len(self._folders)


@dataclass(frozen=True)
class Pack:
    """A folder of asks and facts. `folder` is its root, from which templates include others."""

    folder: Path
    built_in: bool
    asks: Mapping[str, Ask]

    @cached_property
    def facts(self) -> Mapping[str, Fact]:
        """The facts a letter of this pack may state: the built-in ones, overridden by its own."""
        own = read_facts(self.folder / FACTS_FILE)
        return own if self.built_in else {**read_facts(packed.templates() / FACTS_FILE), **own}

    def ask(self, key: str) -> Ask:
        """The ask of that key. Raises UsageError when there is none, with what comes near."""
        if key in self.asks:
            return self.asks[key]
        near = get_close_matches(key, self.asks, n=3, cutoff=0.5)
        hint = f"Did you mean {' or '.join(near)}?" if near else f"There are: {', '.join(self.asks)}."
        raise UsageError(f"no ask named {key!r} in {'the built-in pack' if self.built_in else self.folder}", hint)


def load_pack(folder: Path | None) -> Pack:
    """The pack in a folder; None is the built-in one. A folder with an `ask.toml` is a pack of that one ask.

    Raises MendableError when the folder holds no ask. The asks themselves are read when they are asked for.
    """
    if folder is None:
        templates = packed.templates()
        return Pack(templates, built_in=True, asks=Asks(_ask_folders(templates)))
    folders = _ask_folders(folder)
    if not folders:
        raise MendableError(
            f"{folder}: holds no ask: neither {ASK_FILE} nor asks/KEY/{ASK_FILE}",
            "Make one with 'plea asks new DIR'.",
        )
    return Pack(folder, built_in=False, asks=Asks(folders))


def _ask_folders(pack: Path) -> dict[str, Path]:
    if (pack / ASK_FILE).is_file():
        return {pack.resolve().name: pack}
    found = sorted(path.parent for path in pack.glob(f"asks/*/{ASK_FILE}"))
    for folder in found:
        if not folder.resolve().is_relative_to(pack.resolve()):
            raise MendableError(f"{folder}: is a link that leads outside the pack", "Copy the ask into the pack.")
    return {folder.name: folder for folder in found}
