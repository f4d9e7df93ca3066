"""What a person sees who types `plea` and nothing else: what there is to do."""

from collections.abc import Sequence

from plea.cli.terminal import ask, choose, heading
from plea.supporters.text import plain_digits

CHOICES = {
    "Write a letter, here at the terminal": ("write",),
    "Open a page in my browser, for letters or a campaign": ("web",),
    "See how the letters of many people are printed": ("campaign", "--help"),
    "See what I can ask for": ("asks", "list"),
    "Find my officials": ("officials", "find", "--zip"),
    "Leave": (),
}


def menu() -> Sequence[str]:
    """What the person wants to do, as they could have typed it after `plea`; empty for nothing."""
    heading("What do you want to do?")
    chosen = [*CHOICES.values()][choose("Which?", [*CHOICES])]
    return (*chosen, ask("Your ZIP", check=_no_zip)) if chosen[-1:] == ("--zip",) else chosen


def _no_zip(typed: str) -> str:
    """What is wrong with a ZIP, before anything is looked up."""
    digits = plain_digits(typed)[:5]
    return "" if len(digits) == 5 and digits.isdecimal() else "A ZIP has five digits: 05401."  # noqa: PLR2004
