"""Corrected rows that are read in: they count for this run and the next, and never for another person's row."""

import csv
import json
from pathlib import Path

import pytest

from campaign_folders import (
    COLUMNS,
    DAY,
    SETTINGS,
    SPLIT,
    make_campaign,
    make_home,
    person,
    planned,
    write_rows,
    write_table,
)
from plea.campaigns.checking.check import DryRun
from plea.campaigns.ledger.ledger import campaign_lock, open_campaign, rejects_csv, write_records
from plea.campaigns.planning.signers import add_corrections, correct_by_file, correct_rows
from plea.campaigns.reporting.statistics import problem_rows
from plea.campaigns.running.run import open_run
from plea.campaigns.settings import load_settings
from plea.errors import InputError
from plea.system.lock import LockedError


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLEA_HOME", str(tmp_path / "home"))
    make_home(tmp_path / "home")


def rejects_of(folder: Path) -> list[dict[str, str]]:
    """Plan, and read the list that a person would correct."""
    ledger, _ = planned(folder)
    with ledger:
        (folder / "out").mkdir(exist_ok=True)
        write_records(ledger, folder / "out")
    with (folder / "out" / "rejects.csv").open(newline="", encoding="utf-8") as file:
        return [*csv.DictReader(file)]


def read_in(folder: Path, lines: list[dict[str, str]], columns: list[str] | None = None) -> Path | None:
    write_table(folder / "fixed.csv", lines, columns or [*lines[0]])
    return add_corrections(load_settings(folder), folder / "fixed.csv")


def test_a_district_filled_in_sends_the_house_letter(tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", [person("Ann Split", 1, **SPLIT)])
    (line,) = rejects_of(folder)
    path = read_in(folder, [line | {"district": "NY-24"}])
    assert path == folder / "corrections" / "001.csv"
    assert rejects_of(folder) == []


def test_a_column_the_table_never_had_may_be_added(tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", [])
    write_rows(folder, [person("Ann Split", 1, **SPLIT)], [name for name in COLUMNS if name != "district"])
    (line,) = rejects_of(folder)
    assert "district" not in line
    assert read_in(folder, [line | {"district": "NY-24"}], ["district", *line])
    assert rejects_of(folder) == []


def test_several_rounds_add_up(tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", [person("", 1, **SPLIT)])
    (line,) = rejects_of(folder)
    read_in(folder, [line | {"name": "=Ann Split", "district": "NY-24"}])
    assert rejects_of(folder) == []
    write_rows(folder, [person("", 1, **SPLIT), person("", 2)])
    (line,) = rejects_of(folder)
    assert line["plea_row"] == "2"
    read_in(folder, [line | {"name": "Bea Second"}])
    assert rejects_of(folder) == []
    ledger, _ = planned(folder)
    with ledger:
        ((name,),) = ledger.query("SELECT cells FROM people WHERE row = 1")
    assert name.startswith('["=Ann Split"')


def test_read_in_as_it_is_nothing_changes(tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", [person("Ann Split", 1, **SPLIT), person("", 2)])
    lines = rejects_of(folder)
    assert read_in(folder, lines) is None
    assert not (folder / "corrections").exists()


def test_of_several_lines_of_a_row_the_changed_one_counts(tmp_path: Path) -> None:
    rows = [person("Abe First", 1), person("Abe First", 1)]
    folder = make_campaign(tmp_path / "c", rows)
    lines = rejects_of(folder)
    assert len(lines) == 3
    read_in(folder, [lines[0], lines[1] | {"name": "Abel Other", "street": "7 Other Street"}, lines[2]])
    assert rejects_of(folder) == []


def test_a_correction_is_never_put_on_another_person(tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", [person("", 1), person("Bea Second", 2)])
    (line,) = rejects_of(folder)
    read_in(folder, [line | {"name": "Abe First"}])
    assert rejects_of(folder) == []
    write_rows(folder, [person("Zoe New", 9), person("", 1), person("Bea Second", 2)])
    ledger, summary = planned(folder)
    with ledger:
        ((first,),) = ledger.query("SELECT supporter FROM people WHERE row = 1")
    assert "Zoe New" in first
    assert [(note.code, dict(note.values)["rows"]) for note in summary.notes] == [("corrections.another_row", ("1",))]


def test_a_file_that_is_no_list_of_rejects_is_refused(tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", [person("Abe First")])
    with pytest.raises(InputError, match=r"corrections\.not_rejects"):
        read_in(folder, [person("Abe First")])


def test_a_row_that_is_not_there_is_refused(tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", [person("", 1)])
    (line,) = rejects_of(folder)
    with pytest.raises(InputError, match=r"corrections\.unknown_row .*41"):
        read_in(folder, [line | {"plea_row": "41", "name": "Abe First"}])


SAVED_AS = [("utf-8", ","), ("utf-8-sig", ","), ("utf-8-sig", ";"), ("utf-16", "\t"), ("utf-16", ",")]


@pytest.mark.parametrize(
    ("encoding", "delimiter", "setting"),
    [
        *((*saved_as, setting) for saved_as in SAVED_AS for setting in ("", "windows-1252")),
        ("cp1252", ";", "windows-1252"),  # it is never guessed
    ],
)
def test_a_list_comes_back_however_a_spreadsheet_saved_it(
    tmp_path: Path, encoding: str, delimiter: str, setting: str
) -> None:
    story = 'My friend José said: "come in";\nI did, and stayed.'
    settings = SETTINGS + (f'encoding = "{setting}"\n' if setting else "")
    folder = make_campaign(tmp_path / "c", [person("", 1, story=story)], settings)
    (folder / "supporters.csv").write_bytes(
        (folder / "supporters.csv").read_bytes().decode().encode(setting or "utf-8")
    )
    (line,) = rejects_of(folder)
    columns = ["plea_row", "done by", *[name for name in line if name != "plea_row"], ""]
    with (folder / "fixed.csv").open("w", newline="", encoding=encoding) as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(columns)
        corrected = line | {"name": "Zoë Corrected", "zip": "5401", "consent_at": "10/3/2026", "done by": "me", "": ""}
        writer.writerow([corrected[name] for name in columns])
    assert add_corrections(load_settings(folder), folder / "fixed.csv")
    assert rejects_of(folder) == []
    ledger, _ = planned(folder)
    with ledger:
        ((supporter, consent),) = ledger.query("SELECT supporter, consent FROM people")
    assert (json.loads(supporter)["name"], json.loads(supporter)["story"]) == ("Zoë Corrected", story)
    assert consent == "2026-10-03"


def test_what_only_a_spreadsheet_changed_is_no_correction(tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", [person("José Split", 1, **SPLIT), person("", 2)])
    lines = rejects_of(folder)
    spoiled = [line | {"zip": line["zip"].lstrip("0"), "consent_at": "3.10.2026"} for line in lines]
    spoiled[0]["name"] = "JosÃ© Split"
    assert read_in(folder, spoiled) is None


# --- in a form, or with the list of a check ---------------------------------------------------------------


def bad_rows(folder: Path) -> list[dict[str, str]]:
    with DryRun(open_campaign(folder, DAY)) as dry_run:
        return [dict(zip(dry_run.header, row.cells, strict=True)) for row in problem_rows(dry_run.ledger)]


def test_rows_are_corrected_by_their_cells(tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", [person("", 1), person("Bea Fine", 2), person("Ann Split", 3, **SPLIT)])
    first, third = bad_rows(folder)
    assert correct_rows(folder, {1: first | {"name": "=Abe Corrected"}, 3: third | {"district": "NY-24"}})
    assert bad_rows(folder) == []
    assert [path.name for path in (folder / "corrections").iterdir()] == ["001.csv"]
    assert not correct_rows(folder, {1: first | {"name": "=Abe Corrected"}})
    assert {path.name for path in folder.iterdir()} == {
        "campaign.toml", "supporters.csv", "corrections", "campaign.lock",
    }  # fmt: skip


def test_the_list_of_a_check_is_corrected_and_read_in(tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", [person("", 1), person("Bea Fine", 2)])
    with DryRun(open_campaign(folder, DAY)) as dry_run:
        content = b"".join(rejects_csv(dry_run.ledger)).decode()
    header, line = content.splitlines()
    assert header.startswith("name,street,")
    assert ",1,,rejected," in line
    (tmp_path / "corrected.csv").write_text(f"{header}\nAbe Corrected{line}\n")
    assert correct_by_file(folder, tmp_path / "corrected.csv")
    assert bad_rows(folder) == []


def test_nothing_is_corrected_during_a_run(tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", [person("", 1)])
    assert campaign_lock(folder).holder() is None
    with open_run(folder, DAY):
        assert campaign_lock(folder).holder()
        with pytest.raises(LockedError):
            correct_rows(folder, {1: {"name": "Abe Corrected"}})
    assert campaign_lock(folder).holder() is None
    assert not (folder / "corrections").exists()
