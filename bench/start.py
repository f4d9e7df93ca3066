"""How long a person waits for the command line, as a multiple of the interpreter's own start, and for a look-up.

    script/bench start [--rounds 15] [--write]

`plea --help` is to stay within 6 times, one PDF letter within 35 times; a directory look-up takes less than 2 ms once
the directory is open. Wall times; commands take turns and the middle of each one's rounds counts.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from plea.model.officials import Residence
from report import machine, versions, write_section

DATA = Path(__file__).resolve().parent.parent.parent / "shared" / "data"
AIMS = {"plea --help": 6, "plea write, one PDF": 35}
LOOK_UP_MS = 2.0
WRITE = (
    "write diplomacy --name|Mary Okafor|--street|52 North Street|--city|Burlington|--state|VT|--zip|05401|"
    "--to|us-senator:Jane Doe|--date|2026-11-22|--out"
)


def main() -> None:
    """Measure, print, and with --write put the table into docs/benchmarks.md."""
    parser = argparse.ArgumentParser(prog="script/bench start", description="How long a person waits.")
    parser.add_argument("--rounds", type=int, default=15, help="runs of each command [15]")
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        commands = _commands(home)
        times: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(options.rounds):
            for name, command in commands.items():
                times[name].append(_wall(command, home))
        table = f"{_table(times)}\n\n{_look_up(home)}"
    print(table)
    if options.write:
        write_section("start", f"{machine()}\n{versions('typst', 'jinja2', 'click')}\n\n{table}")


def _commands(home: Path) -> dict[str, list[str]]:
    head, *rest = WRITE.split("|")
    plea = [sys.executable, "-m", "plea"]
    return {
        "python -c pass": [sys.executable, "-c", "pass"],
        "plea --help": [*plea, "--help"],
        "plea write, one PDF": [*plea, *head.split(), *rest, str(home / "letters")],
    }


def _wall(command: list[str], home: Path) -> float:
    """Milliseconds from start to end of one run."""
    start = time.perf_counter()
    done = subprocess.run(command, env=_environment(home), capture_output=True, text=True, check=False)
    spent = time.perf_counter() - start
    assert done.returncode == 0, done.stderr
    return spent * 1000


def _environment(home: Path) -> dict[str, str]:
    return {**os.environ, "PLEA_HOME": str(home)}


def _table(times: dict[str, list[float]]) -> str:
    middle = {name: statistics.median(spent) for name, spent in times.items()}
    bare = middle["python -c pass"]
    rows = [
        f"| `{name}` | {spent:.0f} ms | {spent / bare:.1f} | {AIMS.get(name, '')} |" for name, spent in middle.items()
    ]
    return "\n".join(["| command | time | times the bare start | at most |", "|---|---:|---:|---:|", *rows])


def _look_up(home: Path) -> str:
    """The time of one look-up by ZIP in a directory built from the public data, over a thousand ZIPs."""
    if not DATA.is_dir():
        return "The public data is not beside this checkout: the look-up was not measured."
    from plea.officials.directory import open_directory
    from plea.system.clock import today

    files = [str(DATA / "congress"), str(DATA / "places" / "zccd.csv")]
    imported = [sys.executable, "-m", "plea", "officials", "import", *files]
    subprocess.run(imported, env=_environment(home), check=True, capture_output=True)
    rows = (DATA / "places" / "zccd.csv").read_text(encoding="utf-8").splitlines()[1:]
    zips = [row.split(",")[2].strip('"').zfill(5) for row in rows[:: len(rows) // 1000]]
    directory = open_directory(home / "officials.sqlite")
    spent = []
    for code in zips:
        start = time.perf_counter()
        directory.find(Residence(zip=code), today())
        spent.append((time.perf_counter() - start) * 1000)
    found = statistics.quantiles(spent, n=100)
    return (
        f"Look-up by ZIP, {len(zips)} of them: median {found[49]:.2f} ms, "
        f"99th of a hundred {found[98]:.2f} ms (aim: below {LOOK_UP_MS:.0f} ms)."
    )


if __name__ == "__main__":
    main()
