"""The campaign of examples/campaign, from its folder to its report."""

import csv
import shutil
from collections import Counter
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

from conftest import CHECKOUT, Plea
from plea.campaigns.context import open_context
from plea.campaigns.ledger.ledger import open_ledger
from plea.campaigns.planning.plan import plan
from plea.campaigns.reporting.likeness import OfficeLikeness
from plea.campaigns.reporting.statistics import statistics_of
from plea.campaigns.settings import load_settings

EXAMPLE = CHECKOUT / "examples" / "campaign"
ON = date(2026, 11, 22)
# By hand, from supporters.csv: of its 24 rows 11 has no English story, 13 and 14 no consent, 16 a ZIP of New York,
# 17 no e-mail address; 18 is row 1 again, 24 is in suppress.csv. That leaves 17 people with four letters each.
SIGNERS = 24 - 5 - 1 - 1


@pytest.fixture
def folder(tmp_path: Path, plea: Plea) -> Path:
    """The example as somebody copies it, its officials read."""
    copy = tmp_path / "campaign"
    shutil.copytree(EXAMPLE, copy, ignore=shutil.ignore_patterns("out", "ledger.sqlite*", "*.key", "*.lock"))
    assert plea("officials", "import", copy / "officials.csv").returncode == 0
    return copy


@pytest.fixture
def made(folder: Path, plea: Plea) -> Path:
    """The example printed, and its report written."""
    run = plea("campaign", "run", folder, "--workers", "1")
    assert run.returncode == 3, run.stderr  # done, but not everything: rejects
    report = plea("campaign", "report", folder)
    assert report.returncode == 0, report.stderr
    return folder


def table(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def test_the_figures_of_the_ledger(folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLEA_HOME", str(home))
    context = open_context(load_settings(folder), ON)
    with open_ledger(folder, write=True) as ledger:
        plan(ledger, context)
        figures = statistics_of(context, ledger, OfficeLikeness(context, ledger).of)
        sampled = statistics_of(context, ledger, OfficeLikeness(context, ledger, compared=10).of)
    assert figures.on == ON
    assert figures.signers == SIGNERS
    assert (figures.legislative, figures.executive) == (3 * SIGNERS, SIGNERS)
    assert [(office.official, office.office, office.letters) for office in figures.offices] == [
        ("Becca Balint", "Burlington, VT", SIGNERS),
        ("Bernard Sanders", "Burlington, VT", SIGNERS),
        ("Peter Welch", "Burlington, VT", SIGNERS),
        ("President of the United States", "Washington, DC", SIGNERS),
    ]
    assert [(state.state, state.legislative, state.executive) for state in figures.states] == [("VT", 51, 17)]
    assert {(problem.outcome, problem.where): (problem.count, problem.rows) for problem in figures.problems} == {
        ("rejected", "consent_at"): (2, (13, 14)),
        ("rejected", "zip"): (1, (16,)),
        ("rejected", "email"): (1, (17,)),
        ("rejected", "story_en"): (1, (11,)),
        ("warning", "story"): (1, (21,)),
    }
    days = Counter(row["consent_at"] for row in table(folder / "supporters.csv"))
    wrong = Counter({"2026-10-24": 0, "2026-10-03": 1, "2026-11-02": 2, "2026-11-07": 1, "2026-11-14": 1, "": 2})
    assert dict(figures.consents) == {date.fromisoformat(day): n for day, n in (days - wrong).items()}
    for office in figures.offices:
        assert office.likeness
        assert office.likeness.letters == SIGNERS
        # Rows 4 and 8 chose no reasons and told no story, 22 and 23 chose the ask's own two: alike but for the town.
        near = {(pair.first, pair.second) for pair in office.likeness.nearest[:6]}
        assert near == {*combinations(("4", "8", "22", "23"), 2)}
        assert office.likeness.over_threshold == 4
    for office in sampled.offices:
        assert office.likeness
        assert (office.likeness.letters, office.likeness.compared, office.likeness.sample) == (SIGNERS, 10, True)
        assert sum(office.likeness.histogram) == 10 * 9 / 2


def test_the_report_counts_what_was_printed(made: Path) -> None:
    beside = made / "out" / "report"
    outcomes = {row["outcome"]: int(row["count"]) for row in table(beside / "outcomes.csv")}
    assert outcomes["letters_made"] == len(table(made / "out" / "manifest.csv")) == 4 * SIGNERS
    assert outcomes["letters_left"] == 0
    rejects = Counter(row["plea_outcome"] for row in table(made / "out" / "rejects.csv"))
    assert rejects == {"rejected": 5, "duplicate": 4, "suppressed": 1}
    assert outcomes["rows_rejected"] == 5
    assert outcomes["letters_duplicate"] == 4
    assert outcomes["rows_suppressed"] == 1
    assert '<td class="number">68</td>' in (beside / "report.html").read_text()


def test_nobody_is_named_in_the_report(made: Path) -> None:
    private = {
        value
        for row in table(made / "supporters.csv")
        for column, value in row.items()
        if value and column in {"name", "street", "city", "zip", "email", "story", "story_en"} and value != "Burlington"
    }
    assert len(private) > 60
    for file in (made / "out" / "report").iterdir():
        text = file.read_text(encoding="utf-8").casefold()
        assert not [value for value in private if value.casefold() in text], file.name
        assert not [value for value in private if len(value) > 60 and value[:40].casefold() in text], file.name
