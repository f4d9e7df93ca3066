"""The only module that calls typst: compiles a layout with data, measures text, and queries the result.

Data reaches a layout as JSON through `sys_inputs` and is never pasted into markup. The compiler is given a real path:
built from bytes it fails at its second compile. System fonts are not scanned (a fifth of a second) unless a letter
needs one, and there is no fallback: a character that no font shows is an error by name, not a box.

Processes that print volumes set `RAYON_NUM_THREADS=1` before this module is imported: a process per core beats the
compiler's own threads.
"""

import json
import re
import threading
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import typst

from plea.errors import MachineError
from plea.system.folders import templates

Standard = Literal["ua-1", "a-2b"]
SERIF = "Libertinus Serif"
NO_BREAK = "\u00a0"
CERTAINLY = 1.05
"""No text is wider than the sum of its characters' widths times this."""
SECONDS_TO_NOON = 12 * 3600
MEASURED = 50_000  # widths that are remembered, a few megabytes
_MISSING = re.compile(r'the text `"(.*?)"` could not be displayed', re.DOTALL)
_ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}|\\(.)", re.DOTALL)


class MissingCharactersError(Exception):
    """Characters that none of the families shows; caught where another font or a Problem can be found for them."""

    def __init__(self, characters: Iterable[str]) -> None:
        super().__init__("characters that no family shows")
        self.characters = tuple(sorted(set(characters)))


class TypstCompiler:
    """One compiler with the fonts of some folders, kept for the life of the process."""

    def __init__(self, font_folders: Sequence[Path] = ()) -> None:
        self._layouts = templates() / "layout"
        self._compiler = typst.Compiler(
            str(self._layouts / "letter.typ"),
            root=str(self._layouts),
            ignore_system_fonts=True,
            font_paths=[str(folder) for folder in font_folders],
        )
        self._widths: dict[tuple[tuple[str, ...], float, str], float] = {}
        self._shown: dict[tuple[str, ...], set[str]] = {}

    def compile(
        self,
        layout: str,
        inputs: Mapping[str, Any],
        *,
        on: date | None = None,
        standard: Standard | None = None,
        tagged: bool = False,
        picture: bool = False,
    ) -> list[bytes]:
        """The pages of a layout as one PDF, or as one PNG each if `picture`.

        `inputs` are JSON-able values by name. `on` is the day of the time stamp, at noon UTC. A layout
        reads files of its own folder only.

        Raises MissingCharactersError (only with a `standard`, which makes typst look) and MachineError.
        """
        seconds = (on.toordinal() - date(1970, 1, 1).toordinal()) * 86400 + SECONDS_TO_NOON if on else 0
        try:
            pages = self._compiler.compile(
                input=str(self._layouts / layout),
                root=str(self._layouts),
                format="png" if picture else "pdf",
                ppi=110.0 if picture else None,
                sys_inputs={
                    name: value
                    if isinstance(value, str)
                    else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
                    for name, value in inputs.items()
                },
                pdf_standards=[standard] if standard else [],
                pdf_tags=tagged,
                timestamp=seconds,
            )
        except typst.TypstError as error:
            # typst quotes and escapes characters as Rust does.
            quoted = "".join(_MISSING.findall(error.diagnostic))
            missing = _ESCAPED.sub(lambda match: chr(int(match[1], 16)) if match[1] else match[2], quoted)
            if missing:
                raise MissingCharactersError(missing) from error
            raise MachineError("typesetting.failed", layout, reason=error.message) from error
        return [page for page in (pages if isinstance(pages, list) else [pages]) if page is not None]

    def ask(self, expression: str) -> Any:
        """The value of a typst expression, asked of the document compiled last."""
        return json.loads(self._compiler.eval(expression))

    def widths(self, texts: Iterable[str], size: float, families: Sequence[str] = (SERIF,)) -> dict[str, float]:
        """How wide each text is on one line, in points; one compile for all that were not measured before."""
        families, texts = tuple(families), tuple(dict.fromkeys(texts))
        if len(self._widths) > MEASURED:
            self._widths.clear()
        new = [text for text in texts if (families, size, text) not in self._widths]
        if new:
            self.compile("measure.typ", {"texts": new, "size": size, "families": families})
            for text, width in zip(new, self.ask("query(<widths>).first().value"), strict=True):
                self._widths[families, size, text] = width
        return {text: self._widths[families, size, text] for text in texts}

    def narrower(self, texts: Iterable[str], size: float, width: float, families: Sequence[str] = (SERIF,)) -> bool:
        """Whether every text is surely narrower than `width`, by its characters alone, which are measured once each.

        Where it says no they may fit all the same: kerning and ligatures are not counted, and a little is added.
        """
        texts = [text.replace(" ", NO_BREAK) for text in texts]  # a space alone has no width
        widths = self.widths(sorted(set().union(*texts)), size, families)
        return all(sum(map(widths.__getitem__, text)) * CERTAINLY < width for text in texts)

    def missing(self, characters: Iterable[str], families: Sequence[str]) -> tuple[str, ...]:
        """The characters that none of the families shows, sorted. Each is tried once in the life of the process."""
        families = tuple(families)
        shown = self._shown.setdefault(families, set())
        new = sorted(set(characters) - shown)
        if not new:
            return ()
        missing: tuple[str, ...] = ()
        try:
            self.compile("probe.typ", {"characters": new, "families": families}, standard="a-2b")
        except MissingCharactersError as error:
            missing = error.characters
        shown.update(set(new) - set(missing))
        return missing


class _Compilers(threading.local):
    """The compilers of one thread: what is asked of a compiler is about the document that it compiled last."""

    def __init__(self) -> None:
        self.with_fonts = lru_cache(maxsize=4)(TypstCompiler)


_compilers = _Compilers()


def compiler(font_folders: tuple[Path, ...] = ()) -> TypstCompiler:
    """The compiler of this thread with those folders of fonts."""
    return _compilers.with_fonts(font_folders)
