"""One process at a time: who has a lock, since when, and that it ends with the process."""

import os
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from plea.errors import MachineError
from plea.system.lock import FileLock, LockedError
from plea.system.similar import nearest

HOLD = (
    "import sys; from pathlib import Path; from plea.system.lock import FileLock\n"
    "lock = FileLock(Path(sys.argv[1])); lock.take(); print('taken', flush=True); sys.stdin.read()"
)


def test_a_lock_is_held_by_one_process_and_ends_with_it(tmp_path: Path) -> None:
    path, lock = tmp_path / "lock", FileLock(tmp_path / "lock")
    with subprocess.Popen([sys.executable, "-c", HOLD, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout
        assert other.stdout.readline() == b"taken\n"
        with pytest.raises(LockedError) as caught:
            lock.take()
        values = dict(caught.value.problem.values)
        assert (caught.value.problem.code, caught.value.problem.where) == ("lock.held", str(tmp_path))
        assert (values["process"], values["day"]) == (str(other.pid), date.today())  # noqa: DTZ011
        assert lock.holder() == caught.value.problem
        other.kill()
    assert lock.holder() is None
    lock.take()
    again = FileLock(path)
    with pytest.raises(LockedError):
        again.take()
    lock.release()
    again.take()
    again.release()
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_holder_that_wrote_nothing_readable_is_another_process(tmp_path: Path) -> None:
    lock = FileLock(tmp_path / "lock")
    lock.take()
    (tmp_path / "lock").write_text("?", "utf-8")
    os.utime(tmp_path / "lock", (time.time(), 86_400 * 365))
    problem = FileLock(tmp_path / "lock").holder()
    assert problem
    assert problem.code == "lock.held_by_another_process"
    assert dict(problem.values)["day"].year in {1970, 1971}
    lock.release()


def test_nobody_holds_a_lock_that_is_not_there(tmp_path: Path) -> None:
    assert FileLock(tmp_path / "lock").holder() is None
    with pytest.raises(MachineError) as caught:
        FileLock(tmp_path / "gone" / "lock").take()
    assert caught.value.problem.code == "lock.not_usable"


def test_the_nearest_word_is_found_or_none() -> None:
    assert nearest("houes", ["house", "senate"]) == "house"
    assert nearest("mayor", ["house", "senate"]) == ""
    assert nearest("mayor", []) == ""
