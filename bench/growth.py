"""A campaign of ten times the people, and a table of a million rows: what time and memory make of the size.

    script/bench growth [--people 20000] [--times 10] [--rows 1000000] [--write]

Ten times the people are to take at most 10.5 times the time, and no process more than 1.1 times the memory. The large
run takes two gigabytes below the folder of temporary files.
"""

import argparse
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import people
from report import machine, versions, write_section
from watch import Watched, plea, watch

WORKERS = 2
TIMES_TIME, TIMES_MEMORY = 10.5, 1.1
HEAD = (
    "| what | seconds | of the processes | times | rows per core-second | memory of each process, MiB | times |",
    "|---" + "|---:" * 6 + "|",
)
Sizes = Sequence[tuple[int, Watched]]


def main() -> None:
    """Measure, print, and with --write put the table into docs/benchmarks.md."""
    parser = argparse.ArgumentParser(prog="script/bench growth", description="What ten times the people cost.")
    parser.add_argument("--people", type=int, default=20_000, help="supporters of the small campaign [20000]")
    parser.add_argument("--times", type=int, default=10, help="how many times as many the large one has [10]")
    parser.add_argument("--rows", type=int, default=1_000_000, help="rows that are only checked, 0 for none [1000000]")
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="plea-bench-") as name:
        os.environ["PLEA_HOME"] = str(Path(name) / "home")
        plea("officials", "import", people.DATA / "congress", people.DATA / "places" / "zccd.csv")
        sizes = (options.people, options.people * options.times)
        made = [(count, _made(Path(name), count, "run", "--workers", WORKERS)) for count in sizes]
        rows = [count for count in (options.people, options.rows) if options.rows]
        checked = [(count, _made(Path(name), count, "check")) for count in rows]
    text = "\n".join([*HEAD, *_lines("run", made), *_lines("check", checked), "", *_aims(made)])
    print(text)
    if options.write:
        write_section("growth", f"{machine()}\n{versions('typst', 'pikepdf')}\n\n{text}")


def _made(folder: Path, count: int, command: str, *more: object) -> Watched:
    """The command on a fresh campaign of so many people, of which nothing stays."""
    campaign = folder / f"{command}-{count}"
    people.write_campaign(campaign, count)
    watched = watch("campaign", command, campaign, *more)
    shutil.rmtree(campaign)
    return watched


def _lines(command: str, sizes: Sizes) -> Iterator[str]:
    """A line of the table for each size; the times are those of the first."""
    first = next(iter(sizes), (0, Watched(0.0)))[1]
    for count, one in sizes:
        memory = ", ".join(map(str, sorted(one.memory.values(), reverse=True)[: WORKERS + 1]))
        yield (
            f"| {command}, {count:,} people | {one.seconds:,.0f} | {one.spent:,.0f} | {one.spent / first.spent:.1f} "
            f"| {count / one.spent:,.0f} | {memory} | {one.largest / first.largest:.2f} |"
        )


def _aims(made: Sizes) -> Iterator[str]:
    """Beside what was aimed at."""
    (few, first), (many, last) = made
    clock, processes = last.seconds / first.seconds, last.spent / first.spent
    yield f"{many / few:.0f} times the people in a run:"
    yield ""
    yield f"- {clock:.1f} times the time by the clock (aim: at most {TIMES_TIME * many / few / 10:.1f}),"
    yield f"  {processes:.1f} times that of the processes;"
    yield f"- {last.largest / first.largest:.2f} times the memory of the largest process (aim: at most {TIMES_MEMORY})."


if __name__ == "__main__":
    main()
