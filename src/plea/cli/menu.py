"""What a person sees who types `plea` and nothing else: three things to do."""

from importlib import import_module

from plea.cli.terminal import ask, choose, heading
from plea.supporters.text import plain_digits

CHOICES = ("Write a letter", "See what I can ask for", "Find my officials", "Leave")


def menu() -> None:
    """Ask what the person wants to do, and do it."""
    heading("What do you want to do?")
    place = choose("Which?", CHOICES)
    if CHOICES[place] == "Write a letter":
        _run("write")
    elif CHOICES[place] == "See what I can ask for":
        _run("asks", "list")
    elif CHOICES[place] == "Find my officials":
        _run("officials", "find", "--zip", ask("Your ZIP", check=_no_zip))


def _no_zip(typed: str) -> str:
    """What is wrong with a ZIP, before anything is looked up."""
    digits = plain_digits(typed)[:5]
    return "" if len(digits) == 5 and digits.isdecimal() else "A ZIP has five digits: 05401."  # noqa: PLR2004


def _run(command: str, *arguments: str) -> None:
    """Run a command as if it had been typed."""
    found = import_module(f"plea.cli.{command}").command
    found.main(list(arguments), prog_name=f"plea {command}", standalone_mode=False)
