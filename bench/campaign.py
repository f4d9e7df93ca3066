"""A campaign end to end, beside its floor and other libraries; memory, checks of rows, resuming.

    script/bench campaign [--people 20000] [--sample 6000] [--write]

The people are invented, their ZIP codes are real, no two stories are alike (`people.py`). Rates are by the clock, with
two worker processes of one thread each, and each kind has the machine to itself. Floor and peers set letters of the
same volumes; the floor is measured before the run and after it. Beside the clock stands the processes' own time, which
what else the machine does disturbs less.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import wait
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

os.environ["RAYON_NUM_THREADS"] = "1"  # before typst is imported

import people
import setters
import sheet
from plea.campaigns.context import CampaignContext, open_context
from plea.campaigns.ledger.ledger import letters_date, open_ledger
from plea.campaigns.model import VolumeJob
from plea.campaigns.planning.plan import plan
from plea.campaigns.planning.signers import Signers
from plea.campaigns.running.engine import LocalWorkers
from plea.campaigns.running.run import volume_job
from plea.campaigns.running.volume_task import compose_letters
from plea.campaigns.settings import load_settings
from plea.model.letters import Letter
from report import machine, versions, write_section
from watch import Watched, plea, watch

DAY = date(2026, 11, 22)
WORKERS = 2
AIMS = {"floor": 0.8, "ReportLab Platypus": 2.5, "WeasyPrint": 20.0, "docxtpl": 30.0}
PEER_LETTERS = {"ReportLab Platypus": 2000, "WeasyPrint": 200, "docxtpl": 200}


class Rate(NamedTuple):
    """Letters a second by the clock, and a second of the processes' own time."""

    by_clock: float
    by_core: float


def main() -> None:
    """Measure, print, and with --write put the table into docs/benchmarks.md."""
    parser = argparse.ArgumentParser(prog="script/bench campaign", description="How fast a campaign is made.")
    parser.add_argument("--people", type=int, default=20_000, help="supporters, three letters each [20000]")
    parser.add_argument("--sample", type=int, default=6_000, help="letters the floor is measured on, twice [6000]")
    parser.add_argument("--no-peers", action="store_true", help="leave the other libraries out")
    parser.add_argument("--write", action="store_true", help="put the table into docs/benchmarks.md")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="plea-bench-") as name:
        folder = Path(name)
        os.environ["PLEA_HOME"] = str(folder / "home")
        plea("officials", "import", people.DATA / "congress", people.DATA / "places" / "zccd.csv")
        people.write_campaign(folder / "campaign", options.people)
        people.write_campaign(folder / "plan", options.people)
        context = _context(folder / "plan")
        checked = _rows_checked(context)
        planned, jobs = _planned(context, options.sample)
        with LocalWorkers(WORKERS) as workers:
            floors = [_floor(workers, jobs, half=0)]
            run = watch("campaign", "run", folder / "campaign", "--workers", WORKERS)
            floors.append(_floor(workers, jobs, half=1))
            again = watch("campaign", "run", folder / "campaign", "--workers", WORKERS)
            peers = {} if options.no_peers else _peers(workers, jobs)
        made = _made(folder / "campaign")
    text = str(Numbers(options.people, made, run, again, checked, planned, floors, peers))
    print(text)
    if options.write:
        head = f"{machine()}\n{versions('typst', 'pikepdf', 'reportlab', 'weasyprint', 'docxtpl')}"
        write_section("campaign", f"{head}\n\n{text}")


def _context(folder: Path) -> CampaignContext:
    return open_context(load_settings(folder), DAY)


def _rows_checked(context: CampaignContext) -> float:
    """Rows read and checked in a second of this process' own time."""
    start = time.process_time()
    signers = Signers(context)
    count = sum(1 for _ in map(signers.read, signers.rows()))
    return count / (time.process_time() - start)


def _planned(context: CampaignContext, letters: int) -> tuple[float, list[VolumeJob]]:
    """Seconds of this process to plan everything, and volumes with so many letters from all over the country."""
    with open_ledger(context.settings.folder, write=True) as ledger:
        letters_date(context.settings, ledger, DAY)
        start = time.process_time()
        plan(ledger, context)
        spent = time.process_time() - start
        plans = [*ledger.volumes_left()]
        whole = sum(one.count for one in plans)
        step = max(1, whole // (2 * letters))
        return spent, [volume_job(context.settings, ledger, one) for one in plans[::step]]


def _floor(workers: LocalWorkers, jobs: Sequence[VolumeJob], half: int) -> Rate:
    """The compile alone, on ready-made JSON of every other volume."""
    some = [setters.ready(job) for job in jobs[half::2]]
    return _rate(workers, setters.compile_ready, [one for one in some if one.letters])


def _peers(workers: LocalWorkers, jobs: Sequence[VolumeJob]) -> dict[str, Rate]:
    """Each other library, on the same letters; the slow ones get fewer."""
    found = {}
    for name, wanted in PEER_LETTERS.items():
        batches: list[setters.Batch] = []
        for job in jobs:
            if sum(batch.letters for batch in batches) >= wanted:
                break
            letters = [one for one in compose_letters(job, job.letters) if isinstance(one, Letter)]
            batches.append(setters.Batch(len(letters), (name, [sheet.words(one) for one in letters])))
        found[name] = _rate(workers, setters.set_by_peer, batches)
    return found


def _rate(workers: LocalWorkers, work: Any, batches: Sequence[setters.Batch]) -> Rate:
    """The rates of some work; imports and fonts are warm before it starts."""
    wait([workers.submit(work, batch) for batch in [*batches[:2], *batches[:2]]])
    start = time.perf_counter()
    done = [workers.submit(setters.spent, work, batch).result for batch in batches]
    pages, spent = (sum(column) for column in zip(*(one() for one in done), strict=True))
    seconds = time.perf_counter() - start
    letters = sum(batch.letters for batch in batches)
    assert pages >= letters, f"{pages} pages for {letters} letters"
    return Rate(letters / seconds, letters / spent)


def _made(folder: Path) -> dict[str, int]:
    """What the ledger counts."""
    done = subprocess.run(
        [sys.executable, "-m", "plea", "campaign", "status", str(folder), "--json"],
        check=True,
        capture_output=True,
        text=True,
    )
    found = json.loads(done.stdout)
    counts: dict[str, int] = found.get("counts", found)
    return counts


@dataclass
class Numbers:
    """All that was measured."""

    persons: int
    made: dict[str, int]
    run: Watched
    again: Watched
    checked: float
    planned: float
    floors: Sequence[Rate]
    peers: dict[str, Rate]

    def __str__(self) -> str:
        letters, volumes, persons = self.made["made"], self.made["volumes"], self.persons
        own = Rate(letters / self.run.seconds, letters / self.run.spent)
        floor = Rate(*(sum(column) / len(self.floors) for column in zip(*self.floors, strict=True)))
        table = [
            "| what | letters a second | plea to it | per core-second | plea to it | aim |",
            "|---" + "|---:" * 5 + "|",
        ]
        for name, one in {"plea, end to end": own, "floor": floor, **self.peers}.items():
            clock, core = own.by_clock / one.by_clock, own.by_core / one.by_core
            aim = AIMS.get(name, "")
            table.append(f"| {name} | {one.by_clock:,.0f} | {clock:.2f} | {one.by_core:,.0f} | {core:.2f} | {aim} |")
        memory = ", ".join(f"{one} MiB" for one in sorted(self.run.memory.values(), reverse=True)[:3])
        checking = f"{persons / self.checked:.1f} s ({self.checked:,.0f} rows per core-second; aim: 4,000)"
        facts = (
            f"{persons:,} supporters, {letters:,} letters in {volumes:,} volumes, in {self.run.seconds:.0f} s.",
            f"Planning: {self.planned:.1f} s of one process, in which checking the rows takes {checking}.",
            f"Peak memory of the processes: {memory} (aim: 300).",
            f"Resuming when all is done: {self.again.seconds:.1f} s (aim: 5).",
        )
        return "\n".join([*table, "", *(f"- {fact}" for fact in facts)])


if __name__ == "__main__":
    main()
