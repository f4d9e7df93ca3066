"""What a message is about: a stable code, the place it concerns, and the values that its words need.

A program reads the code; `plea.language` makes the sentence for a person. Nothing reads or edits the sentence.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

Value = Any
"""What a message may hold: text, a number, a `datetime.date`, another Problem, a tuple of these (a list in words)."""


@dataclass(frozen=True, slots=True, init=False)
class Problem:
    """One thing that keeps a letter from being made, or a note or warning.

    `code` is a key of `plea.messages` (`zip.not_in_state`) and never changes its meaning. `where` names the place
    (`zip`, `--zip`, `row 17`, `campaign.toml:3`), empty when it concerns none. `values` are the message's own.
    """

    code: str
    where: str
    values: tuple[tuple[str, Value], ...]

    def __init__(self, code: str, where: str = "", /, **values: Value) -> None:
        object.__setattr__(self, "code", code)
        object.__setattr__(self, "where", where)
        object.__setattr__(self, "values", tuple(values.items()))

    def at(self, where: str) -> "Problem":
        """The same problem at another place."""
        return Problem(self.code, where, **dict(self.values))

    def packed(self) -> list[Any]:
        """The problem as JSON values, which `unpacked` reads."""
        return [self.code, self.where, {name: _packed(value) for name, value in self.values}]


def unpacked(values: Sequence[Any]) -> Problem:
    """The problem that was packed into these JSON values."""
    code, where, named = values
    return Problem(code, where, **{name: _unpacked(value) for name, value in named.items()})


def _packed(value: Value) -> Any:
    match value:
        case Problem():
            return {"problem": value.packed()}
        case date():
            return {"day": value.isoformat()}
        case tuple() | list():
            return [*map(_packed, value)]
        case _:
            return value


def _unpacked(value: Any) -> Value:
    match value:
        case {"problem": packed}:
            return unpacked(packed)
        case {"day": day}:
            return date.fromisoformat(day)
        case list():
            return tuple(map(_unpacked, value))
        case _:
            return value
