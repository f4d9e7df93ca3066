"""What a message is about: a stable code, a place, and the values that its words need."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that keeps a letter from being made, or that its reader should know.

    `where` names the place (`--zip`, `story`, `row 17`), `what` says what is wrong, `hint` what to do.
    """

    where: str
    what: str
    hint: str = ""
