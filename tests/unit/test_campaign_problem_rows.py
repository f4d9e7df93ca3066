"""Rows with problems one by one: out of a check before any run, and out of the ledger after one, the same."""

from pathlib import Path

import pytest

from campaign_folders import DAY, SPLIT, make_campaign, make_home, person, planned
from plea.campaigns.checking.dry_run import DryRun
from plea.campaigns.checking.problem_rows import KEPT, problem_rows, rows_of_problems
from plea.campaigns.ledger.ledger import open_campaign

ROWS = [
    person("Abe First", 1),
    person("", 2, zip="ABC"),
    person("Ann Split", 3, **SPLIT),
    person("Abe First", 1),
    person("Bea Brave", 4, story="I am undocumented, and this is my home."),
]


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLEA_HOME", str(tmp_path / "home"))
    make_home(tmp_path / "home")


def test_a_row_comes_with_its_cells_and_all_that_is_wrong_with_it(tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", ROWS)
    with DryRun(open_campaign(folder, DAY)) as trial:
        first, second = problem_rows(trial.ledger)
        header = trial.header
    assert first.row == 2
    assert dict(zip(header, first.cells, strict=True))["zip"] == "ABC"
    (fate,) = first.fates
    assert (fate.target, fate.outcome) == ("", "rejected")
    assert {problem.where for problem in fate.problems} == {"name", "zip"}
    assert second.row == 3
    (fate,) = second.fates
    assert (fate.target, fate.outcome) == ("refugee-intake/us-representative", "held")
    assert "district" in " ".join(f"{problem.what} {problem.hint}" for problem in fate.problems)


def test_the_ledger_of_a_run_gives_the_same_rows_as_a_check(tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", ROWS)
    with DryRun(open_campaign(folder, DAY)) as trial:
        checked = [*problem_rows(trial.ledger, warnings=True)]
        kinds = rows_of_problems(trial.ledger)
    ledger, _ = planned(folder)
    with ledger:
        assert [*problem_rows(ledger, warnings=True)] == checked
        assert rows_of_problems(ledger) == kinds


def test_rows_come_a_page_at_a_time(tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", [person("", number) for number in range(1, 8)])
    with DryRun(open_campaign(folder, DAY)) as trial:
        assert [one.row for one in problem_rows(trial.ledger, limit=3)] == [1, 2, 3]
        assert [one.row for one in problem_rows(trial.ledger, after=3, limit=3)] == [4, 5, 6]
        assert [one.row for one in problem_rows(trial.ledger, after=6, limit=3)] == [7]


def test_a_warning_is_shown_to_whoever_asks_for_warnings(tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", ROWS)
    with DryRun(open_campaign(folder, DAY)) as trial:
        assert [one.row for one in problem_rows(trial.ledger)] == [2, 3]
        assert [one.row for one in problem_rows(trial.ledger, warnings=True)] == [2, 3, 5]
        ((fate,),) = (one.fates for one in problem_rows(trial.ledger, after=3, warnings=True))
    assert (fate.outcome, fate.problems[0].where) == ("warning", "story")


def test_row_numbers_are_kept_to_a_bound_and_counted_beyond_it(tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", [person("", number) for number in range(1, KEPT + 3)])
    with DryRun(open_campaign(folder, DAY)) as trial:
        found = rows_of_problems(trial.ledger)["rejected", "name"]
    assert (found.count, len(found.rows), found.rows[-1]) == (KEPT + 2, KEPT, KEPT)
