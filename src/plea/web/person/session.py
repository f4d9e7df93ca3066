"""What one person has typed so far, step by step, held in memory alone and forgotten when the page stops."""

import secrets
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from plea.web.language import Said, Trouble
from plea.writing.output import WritingResult
from plea.writing.recipients import Choice

MOST = 50
"""Letters begun and not forgotten: many tabs of one person, and no way to fill the memory."""

Fields = Mapping[str, Sequence[str]]
"""A form as it was sent: every value of each field by its name."""


@dataclass
class Sitting:
    """One person's letters in the making. Each step's form is kept as typed, right or wrong.

    `named` are officials whom the person named (as `--to` takes them), `found` those that a typed name may mean.
    `officials_for` is the place for which officials were looked up last; `told` is to be said once, on the next page.
    `wrong` is what was wrong with the form sent last, and the step it was.
    `kept` is the story that stays as it is in spite of a word of care; `files` are those that may be downloaded.
    """

    id: str
    forms: dict[str, Fields] = field(default_factory=dict)
    named: tuple[str, ...] = ()
    found: tuple[Choice, ...] = ()
    officials_for: tuple[str, ...] = ()
    told: list[Said] = field(default_factory=list)
    wrong: tuple[str, Sequence[Trouble]] = ("", ())
    kept: str = ""
    shown: int = 0
    reached: int = 0
    outcome: WritingResult | None = None
    folder: Path | None = None
    files: dict[str, Path] = field(default_factory=dict)
    newest: int = 0
    turn: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def one(self, step: str, name: str, default: str = "") -> str:
        """The value of a field; the default where the form has not been sent or has no such field."""
        return next(iter(self.many(step, name)), default)

    def many(self, step: str, name: str) -> Sequence[str]:
        """All values of a field."""
        return self.forms.get(step, {}).get(name, ())

    def tell_once(self) -> Sequence[Said]:
        """What is to be said on this page, and then no more."""
        told, self.told = self.told, []
        return told


class Sittings:
    """The letters that were begun, by a key nobody can guess; the one touched longest ago goes first."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Sitting] = OrderedDict()
        self._turn = threading.Lock()

    def begin(self) -> Sitting:
        """A new one."""
        sitting = Sitting(secrets.token_urlsafe(12))
        with self._turn:
            self._kept[sitting.id] = sitting
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
        return sitting

    def find(self, key: str) -> Sitting | None:
        """The one of that key, if it has not been forgotten."""
        with self._turn:
            if key in self._kept:
                self._kept.move_to_end(key)
            return self._kept.get(key)

    def newest_first(self) -> Sequence[Sitting]:
        """All of them."""
        with self._turn:
            return [*reversed(self._kept.values())]
