"""Whose process is at the other end: other people of this machine can reach 127.0.0.1 too.

A browser sends a cookie to every port of 127.0.0.1, so a person who opens the page of somebody else on this machine
shows them ours. That somebody could then bring it; it is not their page all the same.
"""

import socket
import sys
from collections.abc import Iterator
from pathlib import Path

TABLES = (Path("/proc/net/tcp"), Path("/proc/net/tcp6"))
LOCAL, REMOTE, USER = 1, 2, 7
"""Columns of the kernel's table of connections (Linux, proc_net_tcp)."""


def user_of(address: str, port: int, ours: int) -> int | None:
    """The user whose process connects from that IPv4 address and port to our port; None where that cannot be known."""
    number = int.from_bytes(socket.inet_aton(address), sys.byteorder)
    here, there = f"{number:08X}:{port:04X}", f":{ours:04X}"
    for row in _rows():
        if row[LOCAL].endswith(here) and row[REMOTE].endswith(there):
            return int(row[USER])
    return None


def _rows() -> Iterator[list[str]]:
    for table in TABLES:
        try:
            lines = table.read_text("ascii").splitlines()
        except OSError:  # no Linux
            continue
        yield from (line.split() for line in lines[1:])
