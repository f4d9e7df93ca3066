"""Where measured numbers are written down, and on what machine they were measured."""

import os
import platform
import re
from importlib.metadata import version
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"


def machine() -> str:
    """The processor and the Python, in one line."""
    found = re.search(r"model name\s*: (.*)", _cpuinfo())
    model = found[1] if found else platform.processor() or platform.machine()
    return f"Measured on {model}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}."


def versions(*packages: str) -> str:
    """The versions of the packages, in one line."""
    return f"Versions: {', '.join(f'{package} {version(package)}' for package in packages)}."


def write_section(name: str, text: str) -> None:
    """Replace what stands between the two marks of that name in docs/benchmarks.md."""
    start, end = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, _, rest = FILE.read_text(encoding="utf-8").partition(start)
    _, mark, after = rest.partition(end)
    if not mark:
        raise SystemExit(f"{FILE} has no section {start} ... {end}")
    FILE.write_text(f"{before}{start}\n{text}\n{end}{after}", encoding="utf-8")
    print(f"written into {FILE}")


def _cpuinfo() -> str:
    try:
        return Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return ""
