"""Rows with problems one by one: out of a check before any run, and out of the ledger after one, the same."""

from pathlib import Path

import pytest

from campaign_folders import DAY, SPLIT, make_campaign, make_home, person, planned
from plea import language
from plea.campaigns.checking.check import DryRun
from plea.campaigns.ledger.ledger import open_campaign
from plea.campaigns.reporting.statistics import ROWS_KEPT, problem_rows, statistics_of

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
    with DryRun(open_campaign(folder, DAY)) as dry_run:
        first, second = problem_rows(dry_run.ledger)
        header = dry_run.header
    assert first.row == 2
    assert dict(zip(header, first.cells, strict=True))["zip"] == "ABC"
    (outcome,) = first.outcomes
    assert (outcome.target, outcome.outcome) == ("", "rejected")
    assert {problem.where for problem in outcome.problems} == {"name", "zip"}
    assert second.row == 3
    (outcome,) = second.outcomes
    assert (outcome.target, outcome.outcome) == ("refugee-intake/us-representative", "held")
    assert "district" in " ".join(f"{language.what(problem)} {language.hint(problem)}" for problem in outcome.problems)


def test_the_ledger_of_a_run_gives_the_same_rows_as_a_check(tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", ROWS)
    with DryRun(open_campaign(folder, DAY)) as dry_run:
        checked = [*problem_rows(dry_run.ledger, warnings=True)]
        kinds = statistics_of(dry_run.context, dry_run.ledger).problems
    ledger, _ = planned(folder)
    with ledger:
        assert [*problem_rows(ledger, warnings=True)] == checked
        assert statistics_of(open_campaign(folder, DAY), ledger).problems == kinds


def test_rows_come_a_page_at_a_time(tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", [person("", number) for number in range(1, 8)])
    with DryRun(open_campaign(folder, DAY)) as dry_run:
        assert [row.row for row in problem_rows(dry_run.ledger, limit=3)] == [1, 2, 3]
        assert [row.row for row in problem_rows(dry_run.ledger, after=3, limit=3)] == [4, 5, 6]
        assert [row.row for row in problem_rows(dry_run.ledger, after=6, limit=3)] == [7]


def test_a_warning_is_shown_to_whoever_asks_for_warnings(tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", ROWS)
    with DryRun(open_campaign(folder, DAY)) as dry_run:
        assert [row.row for row in problem_rows(dry_run.ledger)] == [2, 3]
        assert [row.row for row in problem_rows(dry_run.ledger, warnings=True)] == [2, 3, 5]
        ((outcome,),) = (row.outcomes for row in problem_rows(dry_run.ledger, after=3, warnings=True))
    assert (outcome.outcome, outcome.problems[0].where) == ("warning", "story")


def test_row_numbers_are_kept_to_a_bound_and_counted_beyond_it(tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", [person("", number) for number in range(1, ROWS_KEPT + 3)])
    with DryRun(open_campaign(folder, DAY)) as dry_run:
        (problem,) = statistics_of(dry_run.context, dry_run.ledger).problems
    assert (problem.outcome, problem.where, problem.row_count) == ("rejected", "name", ROWS_KEPT + 2)
    assert (len(problem.rows), problem.rows[-1]) == (ROWS_KEPT, ROWS_KEPT)
