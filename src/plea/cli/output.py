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
