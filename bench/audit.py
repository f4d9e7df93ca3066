"""A large campaign accounted for by its outputs alone, undisturbed and killed on the way.

    script/bench audit [--rows 50000] [--kills 20] [--by-hand] [--seed 5]

Real ZIP codes, people who do not exist, 2 % of the rows wrong in each way that `tests/audit_people.py` knows. The
accountant (`tests/accountant.py`) imports nothing of the program and reads every page. Then the same campaign is run
again and killed, with all its workers, at moments drawn by lot; what is left at the end is compared byte for byte.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from accountant import audit
from audit_people import SETTINGS, Maker, People, read_public, write_people
from people import DATA

INCOMPLETE = 3


def main() -> None:
    """Run, audit, kill, compare; exits 1 when anything does not add up."""
    parser = argparse.ArgumentParser(prog="script/bench audit", description="Whether every letter is accounted for.")
    parser.add_argument("--rows", type=int, default=50_000, help="rows of the supporters file [50000]")
    parser.add_argument("--kills", type=int, default=20, help="how often the second run is killed [20]")
    parser.add_argument("--by-hand", action="store_true", help="carried to one office each, not posted to the nearest")
    parser.add_argument("--seed", type=int, default=5, help="other people, other moments [5]")
    options = parser.parse_args()
    public = read_public(DATA)
    people = Maker(public, options.seed).people(options.rows)
    settings = f'{SETTINGS}delivery = "hand"\n' if options.by_hand else SETTINGS
    with tempfile.TemporaryDirectory(prefix="plea-audit-") as name:
        folder = Path(name)
        os.environ["PLEA_HOME"] = str(folder / "home")
        places = (DATA / "congress", DATA / "places" / "zccd.csv")
        subprocess.run(_plea("officials", "import", *places), check=True, stdout=subprocess.DEVNULL)
        seconds = _undisturbed(folder / "whole", people, settings)
        found = audit(folder / "whole", people.due, public)
        print(f"{options.rows:,} rows in {seconds:.0f} s: {len(found)} findings", *found[:20], sep="\n", flush=True)
        write_people(folder / "killed", people, settings)
        draw = random.Random(options.seed)
        moments = [draw.uniform(0.2, 1.6 * seconds / (options.kills + 1)) for _ in range(options.kills)]
        killed = _kill(folder / "killed", moments)
        _finish(folder / "killed")
        whole, other = _digests(folder / "whole" / "out"), _digests(folder / "killed" / "out")
        differ = sorted(file for file in {*whole, *other} if whole.get(file) != other.get(file))
        print(f"{killed} kills: {len(differ)} of {len(whole):,} files differ", *differ[:20], sep="\n")
    sys.exit(1 if found or differ or killed < options.kills else 0)


def _plea(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "plea", *map(str, arguments)]


def _undisturbed(folder: Path, people: People, settings: str) -> float:
    """The seconds of a run that nobody disturbs."""
    write_people(folder, people, settings)
    start = time.monotonic()
    _finish(folder)
    return time.monotonic() - start


def _finish(folder: Path) -> None:
    done = subprocess.run(_plea("campaign", "run", folder), stdout=subprocess.DEVNULL, check=False)
    assert done.returncode == INCOMPLETE, done.returncode


def _kill(folder: Path, moments: Iterable[float]) -> int:
    """How many runs, killed after so many seconds each, were alive until then."""
    killed = 0
    for moment in moments:
        with subprocess.Popen(
            _plea("campaign", "run", folder),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        ) as running:
            time.sleep(moment)
            if running.poll() is None:
                killed += 1
                os.killpg(running.pid, signal.SIGKILL)
    return killed


def _digests(out: Path) -> Mapping[str, str]:
    files = (path for path in out.rglob("*") if path.is_file())
    return {str(path.relative_to(out)): sha256(path.read_bytes()).hexdigest() for path in files}


if __name__ == "__main__":
    main()
