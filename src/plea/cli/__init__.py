"""The command line: parse, one call, print, exit code."""

import sys


def main() -> None:
    """Run `plea` and leave with its exit code."""
    from plea.cli.app import run

    sys.exit(run(sys.argv[1:]))
