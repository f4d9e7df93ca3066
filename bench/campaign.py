"""A campaign end to end, beside its floor: the same letters as ready-made JSON, compiled by two processes.

    script/bench campaign [--people 20000] [--write]

The run is the command line's own: rows read and checked, planned, typeset, bound, sealed, listed, covers and all. Wall
time, two workers; the memory is the peak of the largest process. The floor takes every volume's JSON from a sample of
the same volumes and compiles it again with nothing else to do.
"""

import argparse
import json
import os
import pickle
import subprocess
import sys
import tempfile
import time
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from threading import Barrier, Event, Thread
from typing import Any

os.environ["RAYON_NUM_THREADS"] = "1"  # before typst is imported

import people
from plea.campaigns.ledger import open_ledger
from plea.campaigns.plan import plan
from plea.campaigns.rooms import open_rooms
from plea.campaigns.run import volume_job
from plea.campaigns.settings import load_settings
from plea.campaigns.signers import Signers
from plea.campaigns.work import make_volume
from plea.letters.typesetting import Press, press
from report import machine, versions, write_section

WORKERS = 2
SAMPLE = 8000
DAY = date(2026, 11, 22)
PLEA = [sys.executable, "-m", "plea"]
Call = tuple[tuple[Any, ...], dict[str, Any]]


def main() -> None:
    """Measure, print, and with --write put the table into docs/benchmarks.md."""
    parser = argparse.ArgumentParser(prog="script/bench campaign", description="What a campaign costs end to end.")
    parser.add_argument("--people", type=int, default=20_000, help="supporters, three letters each [20000]")
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="plea-bench-") as folder:
        table = _measured(Path(folder), options.people)
    print(table)
    if options.write:
        write_section("campaign", f"{machine()}\n{versions('typst', 'pikepdf')}\n\n{table}")


def _measured(folder: Path, count: int) -> str:
    os.environ["PLEA_HOME"] = str(folder / "home")
    data = people.DATA
    _plea("officials", "import", data / "congress", data / "places" / "zccd.csv")
    campaign = folder / "campaign"
    people.write_campaign(campaign, count)
    rows = _row_rate(campaign)
    took, peak = _plea("campaign", "run", campaign, "--workers", str(WORKERS))
    with open_ledger(campaign, write=False) as ledger:
        letters = ledger.counts().made
    again, _ = _plea("campaign", "run", campaign, "--workers", str(WORKERS))
    people.write_campaign(folder / "planned", count)
    floor = _floor(folder / "planned", letters)
    rate = letters / took
    return "\n".join(
        [
            f"{count:,} supporters, {letters:,} letters, {WORKERS} workers.",
            "",
            "| what | measured | aim |",
            "|---|---:|---:|",
            f"| end to end, letters a second | {rate:,.0f} ({took:,.0f} s) | |",
            f"| floor, letters a second | {floor:,.0f} | |",
            f"| end to end to floor | {rate / floor:.2f} | 0.75 |",
            f"| peak memory of the largest process | {peak:,.0f} MB | 300 MB |",
            f"| rows read and checked, a core-second | {rows:,.0f} | 4,000 |",
            f"| resuming the finished run | {again:.1f} s | 5 s |",
        ]
    )


def _plea(*arguments: object) -> tuple[float, float]:
    """Run the command line; gives seconds and the peak of its largest process in MB."""
    started = time.perf_counter()
    process = subprocess.Popen([*PLEA, *map(str, arguments)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    over, peaks = Event(), [0.0]
    watcher = Thread(target=_watch, args=(process.pid, over, peaks))
    watcher.start()
    _, said = process.communicate()
    took = time.perf_counter() - started
    over.set()
    watcher.join()
    if process.returncode not in {0, 3}:
        raise SystemExit(said.decode())
    return took, max(peaks)


def _watch(parent: int, over: Event, peaks: list[float]) -> None:
    """Keep the highest peak of a process and its children, as the kernel counts it."""
    while not over.wait(0.5):
        for status in Path("/proc").glob("[0-9]*/status"):
            try:
                fields = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
            except (OSError, ValueError):
                continue
            if str(parent) in {fields["Pid"].strip(), fields["PPid"].strip()} and "VmHWM" in fields:
                peaks.append(int(fields["VmHWM"].split()[0]) / 1024)


def _row_rate(campaign: Path) -> float:
    """Rows read and checked per CPU second."""
    signers = Signers(open_rooms(load_settings(campaign), DAY), peek=True)
    started = time.process_time()
    count = sum(1 for _ in signers.read())
    return count / (time.process_time() - started)


def _floor(campaign: Path, letters: int) -> float:
    """Letters a second when two processes compile ready-made JSON and do nothing else."""
    calls, compiled = _calls(campaign, max(1, letters // SAMPLE))
    shares = [calls[start::WORKERS] for start in range(WORKERS)]
    context = get_context("spawn")
    with context.Manager() as manager:
        ready = manager.Barrier(WORKERS)
        spent = manager.list()
        processes = [context.Process(target=_compile, args=(pickle.dumps(share), ready, spent)) for share in shares]
        for process in processes:
            process.start()
        for process in processes:
            process.join()
        return float(compiled / max(spent))


def _calls(campaign: Path, every: int) -> tuple[list[Call], int]:
    """What typst is given for each batch of every so many volumes, and how many letters that is."""
    calls: list[Call] = []
    real = Press.compile

    def recorded(self: Press, *given: Any, **named: Any) -> Any:
        if given[0] == "letter.typ":
            ready = {name: json.dumps(value, ensure_ascii=False) for name, value in given[1].items()}
            calls.append(((given[0], ready), named))
        return real(self, *given, **named)

    Press.compile = recorded  # type: ignore[method-assign]
    try:
        settings = load_settings(campaign)
        count = 0
        with open_ledger(settings.folder, write=True) as ledger:
            plan(ledger, open_rooms(settings, DAY))
            for volume in list(ledger.volumes_left())[::every]:
                made = make_volume(volume_job(settings, ledger, volume))
                count += sum(1 for letter in made.letters if letter.page)
        return calls, count
    finally:
        Press.compile = real  # type: ignore[method-assign]


def _compile(share: bytes, ready: Barrier, spent: Any) -> None:
    calls: list[Call] = pickle.loads(share)
    given, named = calls[0]
    press().compile(*given, **named)  # fonts and imports are warm before anything counts
    ready.wait()
    started = time.perf_counter()
    for given, named in calls:
        press().compile(*given, **named)
    spent.append(time.perf_counter() - started)


if __name__ == "__main__":
    main()
