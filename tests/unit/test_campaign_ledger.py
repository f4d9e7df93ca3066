"""The ledger: one writer at a time, nothing newer than itself, nothing that is no ledger."""

import json
import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from plea import language
from plea.campaigns.ledger.ledger import FILE, LOCK, SCHEMA_VERSION, open_ledger
from plea.errors import InputError, MachineError
from plea.system.lock import LockedError

HOLD = """
import sys
from pathlib import Path
from plea.campaigns.ledger.ledger import open_ledger
with open_ledger(Path(sys.argv[1]), write=True):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_the_second_writer_says_who_holds_the_campaign_and_since_when(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, tmp_path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout
        assert holder.stdin
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(LockedError) as caught:
            open_ledger(tmp_path, write=True)
        assert f"process {holder.pid} on " in language.line(caught.value.problem)
        assert " since " in language.line(caught.value.problem)
        with open_ledger(tmp_path, write=False) as ledger:  # looking is allowed
            assert ledger.counts().rows == 0
        holder.kill()
        holder.wait()
    open_ledger(tmp_path, write=True).close()


def test_ledger_and_lock_are_for_nobody_else(tmp_path: Path) -> None:
    open_ledger(tmp_path, write=True).close()
    for name in (FILE, LOCK):
        assert stat.S_IMODE((tmp_path / name).stat().st_mode) == 0o600
    assert json.loads((tmp_path / LOCK).read_text())["process"] == os.getpid()


def test_nothing_to_read_before_the_first_plan(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"ledger\.nothing_planned"):
        open_ledger(tmp_path, write=False)


def test_a_ledger_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    open_ledger(tmp_path, write=True).close()
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute("PRAGMA user_version = 99")
    for write in (True, False):
        with pytest.raises(MachineError, match=r"ledger\.newer") as caught:
            open_ledger(tmp_path, write=write)
        assert "pip install --upgrade plea" in language.hint(caught.value.problem)
    open_ledger_lock_is_free(tmp_path)


def open_ledger_lock_is_free(folder: Path) -> None:
    with sqlite3.connect(folder / FILE) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
    open_ledger(folder, write=True).close()


@pytest.mark.parametrize("content", [b"no database at all, but long enough to be read as one" * 40, b"\0" * 4096])
def test_a_file_that_is_no_ledger_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(MachineError):
        open_ledger(tmp_path, write=True)
    assert (tmp_path / FILE).read_bytes() == content


def test_another_programs_database_is_no_ledger(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute("CREATE TABLE cats (name TEXT)")
    with pytest.raises(MachineError, match=r"ledger\.not_ours"):
        open_ledger(tmp_path, write=True)


def test_killed_before_its_first_table_it_is_a_new_one(tmp_path: Path) -> None:
    (tmp_path / FILE).touch()
    with open_ledger(tmp_path, write=True) as ledger:
        assert ledger.counts().planned == 0


def test_links_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / FILE).symlink_to(tmp_path / "elsewhere" / "x")
    with pytest.raises(MachineError, match=r"\.is_a_link"):
        open_ledger(tmp_path / "c", write=True)
    (tmp_path / "c" / FILE).unlink()
    (tmp_path / "c" / LOCK).unlink()
    (tmp_path / "c" / LOCK).symlink_to(tmp_path / "elsewhere" / "y")
    with pytest.raises(MachineError):
        open_ledger(tmp_path / "c", write=True)
    assert not [*(tmp_path / "elsewhere").iterdir()]


def test_a_ledger_of_the_former_layout_is_left_alone(tmp_path: Path) -> None:
    open_ledger(tmp_path, write=True).close()
    with sqlite3.connect(tmp_path / FILE) as connection:
        connection.execute("PRAGMA user_version = 1")
    with pytest.raises(MachineError, match=r"ledger\.older"):
        open_ledger(tmp_path, write=True)
