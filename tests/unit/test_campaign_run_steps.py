"""A run step by step: told to stop between rows or volumes it ends in order, and a later one makes the same bytes."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from campaign_folders import DAY, SPLIT, make_campaign, make_home, person
from plea.campaigns.checking.approval import preview
from plea.campaigns.ledger.ledger import Ledger, open_campaign, open_ledger
from plea.campaigns.model import LetterMade
from plea.campaigns.running import run
from plea.campaigns.running.run import RunResult, Stop, open_run, processes
from plea.errors import MachineError
from plea.system.lock import LockedError

ROWS = [person(f"Abe Number {number}", number) for number in range(1, 4)]
ROWS += [person("Nan Split", 9, **SPLIT, district="NY-24"), person("Pip Split", 10, **SPLIT, district="NY-21")]


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLEA_HOME", str(tmp_path / "home"))
    make_home(tmp_path / "home")


def run_campaign(folder: Path, *, rows: Stop = lambda: False, volumes: Stop = lambda: False) -> RunResult:
    with open_run(folder, DAY) as opened:
        opened.plan(stop=rows)
        opened.make(processes(1), stop=volumes)
        return opened.summary()


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in (folder / "out").rglob("*") if path.is_file()}


def test_stopped_between_volumes_a_run_goes_on_later_to_the_same_bytes(tmp_path: Path) -> None:
    undisturbed = make_campaign(tmp_path / "a", ROWS)
    assert run_campaign(undisturbed).complete
    folder = make_campaign(tmp_path / "b", ROWS)
    stopped = run_campaign(folder, volumes=lambda: True)
    assert stopped.done.stopped
    assert 0 < stopped.counts.made < stopped.counts.planned
    assert stopped.counts.left == stopped.counts.planned - stopped.counts.made
    listed = (folder / "out" / "manifest.csv").read_text().count("\n") - 1
    assert listed == stopped.counts.made
    assert run_campaign(folder).complete
    assert content(folder) == content(undisturbed)


def test_stopped_between_rows_nothing_is_planned(tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", [person(f"Abe Number {number}", number) for number in range(1, 700)])
    stopped = run_campaign(folder, rows=lambda: True)
    assert stopped.done.stopped
    assert (stopped.counts.rows, stopped.counts.planned) == (0, 0)
    assert not list(folder.glob("out/*/volume-*.pdf"))


def test_an_output_folder_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    folder, elsewhere = make_campaign(tmp_path / "c", ROWS), tmp_path / "elsewhere"
    elsewhere.mkdir()
    (folder / "out").symlink_to(elsewhere)
    with pytest.raises(MachineError, match=r"\.is_a_link"):
        run_campaign(folder)
    with pytest.raises(MachineError, match=r"\.is_a_link"):
        preview(open_campaign(folder, DAY), row=1)
    assert not any(elsewhere.iterdir())


def test_a_run_holds_the_campaign(tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", ROWS)
    with open_run(folder, DAY), pytest.raises(LockedError, match=r"lock\.held"):
        open_ledger(folder, write=True)
    open_ledger(folder, write=True).close()


def test_volumes_that_are_finished_together_are_sealed_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    groups: list[int] = []
    seal = Ledger.seal

    def counted(ledger: Ledger, volumes: Iterable[tuple[str, Sequence[LetterMade]]]) -> None:
        group = [*volumes]
        groups.append(len(group))
        seal(ledger, group)

    monkeypatch.setattr(Ledger, "seal", counted)
    monkeypatch.setattr(run, "SEAL_EVERY", 600.0)
    assert run_campaign(make_campaign(tmp_path / "c", ROWS)).complete
    assert sum(groups) == 7  # two senators of each state, three districts
    assert groups[0] < 7
    assert len(groups) == 2
