"""Rows mended in a form: the same way as a list that comes back, and never while somebody runs the campaign."""

from pathlib import Path

import pytest

from campaign_folders import DAY, SPLIT, make_campaign, make_home, person
from plea.campaigns.checking.check import DryRun
from plea.campaigns.ledger.ledger import campaign_lock, open_campaign, rejects_csv
from plea.campaigns.planning.signers import correct_by_file, correct_rows
from plea.campaigns.reporting.statistics import problem_rows
from plea.campaigns.running.run import open_run
from plea.system.lock import LockedError


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLEA_HOME", str(tmp_path / "home"))
    make_home(tmp_path / "home")


def bad_rows(folder: Path) -> list[dict[str, str]]:
    with DryRun(open_campaign(folder, DAY)) as trial:
        return [dict(zip(trial.header, one.cells, strict=True)) for one in problem_rows(trial.ledger)]


def test_rows_are_mended_by_their_cells(tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", [person("", 1), person("Bea Fine", 2), person("Ann Split", 3, **SPLIT)])
    first, third = bad_rows(folder)
    assert correct_rows(folder, {1: first | {"name": "=Abe Mended"}, 3: third | {"district": "NY-24"}})
    assert bad_rows(folder) == []
    assert [path.name for path in (folder / "corrections").iterdir()] == ["001.csv"]
    assert not correct_rows(folder, {1: first | {"name": "=Abe Mended"}})
    assert {path.name for path in folder.iterdir()} == {
        "campaign.toml", "supporters.csv", "corrections", "campaign.lock",
    }  # fmt: skip


def test_the_list_of_a_check_is_mended_and_fed_in(tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", [person("", 1), person("Bea Fine", 2)])
    with DryRun(open_campaign(folder, DAY)) as trial:
        content = b"".join(rejects_csv(trial.ledger)).decode()
    header, line = content.splitlines()
    assert header.startswith("name,street,")
    assert ",1,,rejected," in line
    (tmp_path / "mended.csv").write_text(f"{header}\nAbe Mended{line}\n")
    assert correct_by_file(folder, tmp_path / "mended.csv")
    assert bad_rows(folder) == []


def test_nothing_is_mended_under_a_run(tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", [person("", 1)])
    assert campaign_lock(folder).holder() is None
    with open_run(folder, DAY):
        assert campaign_lock(folder).holder()
        with pytest.raises(LockedError):
            correct_rows(folder, {1: {"name": "Abe Mended"}})
    assert campaign_lock(folder).holder() is None
    assert not (folder / "corrections").exists()
