"""Compiles the message catalogs (`src/plea/locale/*/LC_MESSAGES/plea.po`) when the package is built or installed."""

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """What hatchling runs before it gathers the files."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 (hatchling's signature)
        """Write `plea.mo` beside each `plea.po`, and put it into the wheel although git ignores it."""
        for source in sorted(Path(self.root).glob("src/plea/locale/*/LC_MESSAGES/plea.po")):
            with source.open("rb") as file:
                catalog = read_po(file, locale=source.parent.parent.name)
            compiled = source.with_suffix(".mo")
            with compiled.open("wb") as file:
                write_mo(file, catalog)
            build_data["artifacts"].append(str(compiled.relative_to(self.root)))
