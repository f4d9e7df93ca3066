"""What a program reads on stdout, and whether a person is there to be asked."""

import sys
from collections.abc import Mapping
from typing import Any

import click


def print_json(value: Mapping[str, Any]) -> None:
    """One JSON document on stdout, its text readable as it is."""
    import json

    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def person_present() -> bool:
    """Whether both ends are a terminal; elsewhere nothing ever waits for an answer."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))  # None: closed


def sentences(*parts: str) -> str:
    """The parts as sentences one after the other, each with a full stop unless it ends with a mark of its own."""
    return " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in parts if part)


def counted(count: int, noun: str) -> str:
    """A count with its noun: `1 letter`, `3 letters`."""
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
