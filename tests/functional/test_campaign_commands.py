"""`plea campaign` through the front door: each command, and an accounting by a reader of the outputs alone."""

import csv
import json
import re
import stat
from collections import Counter
from pathlib import Path

import pytest
from pypdf import PdfReader

from campaign_folders import (
    COLUMNS,
    OFFICIALS,
    SETTINGS,
    SPLIT,
    ZIPS,
    make_campaign,
    person,
    write_rows,
)
from conftest import Plea

OLD_DAY = "2026-11-22"


@pytest.fixture
def trees(plea: Plea, tmp_path: Path) -> Plea:
    """The program with invented officials of Vermont and New York."""
    (tmp_path / "officials.csv").write_text(OFFICIALS)
    (tmp_path / "zccd.csv").write_text(ZIPS)
    done = plea("officials", "import", tmp_path / "officials.csv", tmp_path / "zccd.csv")
    assert done.returncode == 0, done.stderr
    return plea


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return [*csv.DictReader(file)]


def words(path: Path) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(path).pages).split())


def test_a_new_campaign_works_as_it_is(trees: Plea, tmp_path: Path) -> None:
    folder = tmp_path / "drive"
    done = trees("campaign", "new", folder, "--ask", "refugee-intake", "--date", OLD_DAY, "--organizer", 'The "Elms"')
    assert (done.returncode, done.stderr) == (0, "")
    names = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert names == {
        "campaign.toml",
        "supporters.csv",
        "sign-up-sheet.pdf",
        "pack/asks/refugee-intake/ask.toml",
        "pack/asks/refugee-intake/letter.md.j2",
        "pack/asks/refugee-intake/letter.es.md.j2",
    }
    assert "Name" in words(folder / "sign-up-sheet.pdf")
    done = trees("campaign", "check", folder, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    checked = json.loads(done.stdout)
    assert (checked["counts"]["rows"], checked["paper"]["letters"], checked["counts"]["rejected"]) == (2, 6, 0)
    assert not (folder / "ledger.sqlite").exists()
    assert not (folder / "out").exists()
    done = trees("campaign", "run", folder, "--workers", "1", "--json")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["counts"]["made"] == 6
    assert len(read_csv(folder / "out" / "manifest.csv")) == 6
    assert read_csv(folder / "out" / "rejects.csv") == []


def test_the_former_words_of_options_still_work(plea: Plea, tmp_path: Path) -> None:
    folder = tmp_path / "drive"
    done = plea("campaign", "new", folder, "--ask", "diplomacy", "--organiser", "Elms", "--delivery", "post")
    assert (done.returncode, done.stderr) == (0, "")
    settings = (folder / "campaign.toml").read_text()
    assert 'organizer = "Elms"' in settings
    assert 'delivery = "mail"' in settings
    assert "--mended" not in plea("campaign", "run", "--help").stdout
    done = plea("campaign", "run", folder, "--mended", "gone.csv")
    assert "there is no directory of officials yet" in done.stderr  # and not: no such option


def test_new_refuses_a_folder_with_something_in_it_and_an_ask_it_has_not(plea: Plea, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "mine.txt").write_text("mine")
    done = plea("campaign", "new", tmp_path / "full", "--ask", "refugee-intake")
    assert done.returncode == 1
    assert "not empty" in done.stderr
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["mine.txt"]
    done = plea("campaign", "new", tmp_path / "other", "--ask", "refugee-intak")
    assert done.returncode == 2
    assert "refugee-intake" in done.stderr
    assert not (tmp_path / "other").exists()


def test_faults_of_the_settings_are_said_with_their_lines(plea: Plea, tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", [], "name = 3\nnome = 'x'\n" + SETTINGS.partition("\n")[2])
    done = plea("campaign", "check", folder)
    assert done.returncode == 1
    assert f"{folder}/campaign.toml:1: name must be text" in done.stderr
    assert f"{folder}/campaign.toml:2: there is no setting nome; did you mean name?" in done.stderr


def test_check_says_what_would_be_printed_and_what_stands_in_the_way(trees: Plea, tmp_path: Path) -> None:
    rows = [
        person("Abe First", 1),
        person("Ann Split", 2, **SPLIT),
        person("", 3),
        person("Abe First", 1),
        person("Long Story", 5, story=" ".join(["We opened our door and it was the best year of our lives."] * 40)),
    ]
    folder = make_campaign(tmp_path / "c", rows)
    done = trees("campaign", "check", folder, "--on", "2027-01-05", "--json")
    assert done.returncode == 3, done.stderr
    checked = json.loads(done.stdout)
    counts = checked["counts"]
    assert {key: counts[key] for key in ("rows", "rejected", "left", "held", "duplicate")} == {
        "rows": 5, "rejected": 1, "left": 8, "held": 1, "duplicate": 3,
    }  # fmt: skip
    assert checked["paper"] == {
        "letters": 8, "volumes": 5, "pages": 13, "sheets": 13, "envelopes": 8, "reams": 1, "cases": 1,
    }  # fmt: skip
    assert {office["official"]: office["letters"] for office in checked["offices"]} == {
        "Ann Maple": 2, "Bob Birch": 2, "Cleo Cedar": 2, "Dan Elm": 1, "Eva Oak": 1,
    }  # fmt: skip
    (nameless,) = (problem for problem in checked["problems"] if problem["code"] == "name.missing")
    assert (nameless["outcome"], nameless["count"], nameless["rows"], nameless["row_count"]) == ("rejected", 1, [3], 1)
    assert [fact["key"] for fact in checked["expiring"]] == ["grace-act"]
    assert [(one["name"], one["end"]) for one in checked["ending"]] == [("Cleo Cedar", "2027-01-03")]
    assert checked["fit"]["doubtful"] == 3
    assert {one["row"] for one in checked["fit"]["over"]} == {5}
    assert "Abe First" not in done.stdout
    for_people = trees("campaign", "check", folder)
    assert "8 letters in 5 volumes" in for_people.stdout
    assert re.search(r"rejected: name: .* \(row 3\)\n", for_people.stdout)
    assert not (folder / "out").exists()
    assert sorted(path.name for path in folder.iterdir()) == ["campaign.toml", "supporters.csv"]


def test_check_names_the_rows_of_a_problem_the_first_of_them_where_there_are_many(trees: Plea, tmp_path: Path) -> None:
    bad = [person("", number) for number in range(1, 6)]
    folder = make_campaign(tmp_path / "c", [person("Abe First"), *bad, person("Ann Split", 9, **SPLIT)])
    done = trees("campaign", "check", folder)
    assert re.search(r"rejected: name: .* \(rows 2, 3, 4, and 2 more\)\n", done.stdout)
    assert " (row 7)" in done.stdout
    write_rows(folder, bad[:3])
    done = trees("campaign", "check", folder)
    assert re.search(r"rejected: name: .* \(rows 1, 2, and 3\)\n", done.stdout)


def test_preview_shows_one_row_as_text_and_as_a_picture(trees: Plea, tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", [person("Abe First", 1), person("Ann Split", 2, **SPLIT)])
    done = trees("campaign", "preview", folder, "--name", "ann split", "--json")
    assert done.returncode == 0, done.stderr
    shown = json.loads(done.stdout)
    assert shown["row"] == 2
    assert [letter["official"] for letter in shown["letters"]] == ["Dan Elm", "Eva Oak"]
    assert "Dear Senator Elm:" in shown["letters"][0]["text"]
    picture = Path(shown["letters"][0]["picture"])
    assert picture.parent == folder / "out" / "preview"
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert stat.S_IMODE(picture.stat().st_mode) == 0o600
    assert "NY-21" in shown["problems"][0]["what"]
    assert "Ann Split" in trees("campaign", "preview", folder, "--row", "2").stdout
    for wrong, what in ((("--row", "9"), "The last data row is 2"), (("--name", "Nobody"), "has a name like Nobody")):
        done = trees("campaign", "preview", folder, *wrong)
        assert done.returncode == 1
        assert what in done.stderr
    assert trees("campaign", "preview", folder).returncode == 2


def test_nothing_is_printed_that_was_not_approved(trees: Plea, tmp_path: Path) -> None:
    folder = tmp_path / "drive"
    trees("campaign", "new", folder, "--ask", "refugee-intake", "--date", OLD_DAY)
    settings = folder / "campaign.toml"
    settings.write_text(settings.read_text().replace('# approval = "optional"', 'approval = "required"'))
    done = trees("campaign", "run", folder, "--workers", "1")
    assert done.returncode == 1
    assert "nobody approved the text" in done.stderr
    assert not (folder / "out").exists()
    assert trees("campaign", "approve", folder, "--by", "Ada Lawyer").returncode == 0
    assert [(line["by"], line["asks"]) for line in read_csv(folder / "approvals.csv")] == [
        ("Ada Lawyer", "refugee-intake")
    ]
    letter = folder / "pack" / "asks" / "refugee-intake" / "letter.md.j2"
    before = letter.read_text()
    letter.write_text(before.replace("Thank you for weighing", "Thanks for weighing"))
    done = trees("campaign", "run", folder, "--workers", "1")
    assert done.returncode == 1
    assert "changed since Ada Lawyer approved it" in done.stderr
    letter.write_text(before)
    done = trees("campaign", "run", folder, "--workers", "1")
    assert done.returncode == 0, done.stderr
    assert "Ada Lawyer approved" in trees("campaign", "status", folder).stdout


def test_status_before_and_after(trees: Plea, tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", [person("Abe First", 1), person("Ann Split", 2, **SPLIT)])
    done = trees("campaign", "status", folder)
    assert done.returncode == 1
    assert "nothing is planned yet" in done.stderr
    assert trees("campaign", "run", folder, "--workers", "1").returncode == 3
    counts = json.loads(trees("campaign", "status", folder, "--json").stdout)["counts"]
    assert (counts["planned"], counts["made"], counts["held"], counts["left"]) == (6, 5, 1, 0)
    assert "1 letter held\n" in trees("campaign", "status", folder).stdout


def test_a_moved_output_folder_is_said_and_made_again_only_when_told(trees: Plea, tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", [person("Abe First", 1)])
    assert trees("campaign", "run", folder, "--workers", "1").returncode == 0
    volume = next((folder / "out").glob("ann-maple*/volume-001.pdf"))
    before = volume.read_bytes()
    (folder / "out").rename(folder / "printed")
    done = trees("campaign", "run", folder, "--workers", "1")
    assert done.returncode == 1
    assert "3 volumes that were made are not there" in done.stderr
    assert "--remake" in done.stderr
    assert trees("campaign", "run", folder, "--workers", "1", "--remake").returncode == 0
    assert volume.read_bytes() == before


def test_purge_leaves_no_name_and_keeps_the_counts(trees: Plea, tmp_path: Path) -> None:
    canary = "Zebulon Quagmire"
    folder = make_campaign(
        tmp_path / "c", [person(canary, 1), person("Ann Split", 2, **SPLIT), person("Bad Row", 3, zip="1")]
    )
    (folder / "suppress.csv").write_text("name,zip\nAnn Split,13602\n")
    assert trees("campaign", "run", folder, "--workers", "1").returncode == 3
    assert trees("campaign", "report", folder).returncode == 0
    (folder / "tables").mkdir()
    (folder / "tables" / "001-forms.csv").write_text(canary)
    (folder / "copy of forms.xlsx").write_text("a copy that the organiser made")
    before = json.loads(trees("campaign", "status", folder, "--json").stdout)["counts"]
    done = trees("campaign", "purge", folder)
    assert done.returncode == 2
    assert "--yes" in done.stderr
    assert (folder / "supporters.csv").exists()
    done = trees("campaign", "purge", folder, "--yes")
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith(f"have names in them:\n  {folder / 'copy of forms.xlsx'}\n")
    assert (folder / "copy of forms.xlsx").exists()
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            for word in (b"Zebulon", b"Quagmire", b"Ann Split", b"Bad Row", b"ann split"):
                assert word not in content, path
    assert not (folder / "supporters.csv").exists()
    assert (folder / "out" / "report" / "report.html").exists()
    assert re.fullmatch(r"hash\n([0-9a-f]{64}\n)+", (folder / "suppress.csv").read_text())
    after = json.loads(trees("campaign", "status", folder, "--json").stdout)
    assert after["counts"] == before
    assert after["purged"]
    write_rows(folder, [person("Abe First", 1)])
    done = trees("campaign", "run", folder)
    assert done.returncode == 1
    assert "was purged on" in done.stderr


def test_purge_deletes_no_file_of_others_where_the_output_folder_lies_elsewhere(trees: Plea, tmp_path: Path) -> None:
    shared = tmp_path / "documents"
    (shared / "photos").mkdir(parents=True)
    (shared / "thesis.txt").write_text("mine")
    (shared / "photos" / "a.jpg").write_text("mine too")
    folder = make_campaign(tmp_path / "c", [person("Abe First", 1)], f'output = "{shared}"\n{SETTINGS}')
    assert trees("campaign", "run", folder, "--workers", "1").returncode == 0
    (shared / ".plea-abcdef.tmp").write_text("what a killed run left of Abe First")
    assert (shared / "manifest.csv").exists()
    assert trees("campaign", "purge", folder, "--yes").returncode == 0
    left = {str(path.relative_to(shared)) for path in shared.rglob("*") if path.is_file()}
    assert left == {"thesis.txt", "photos/a.jpg"}


ROWS = [
    person("Abe First", 1, email="abe@example.org"),
    person("Ann Split", 2, **SPLIT),
    person("Known District", 3, **SPLIT, district="NY-21"),
    person("", 4),
    person("Wrong Zip", 5, zip="9999"),
    person("ABE FIRST", 77, email="abe+x@example.org"),
    person("No Consent", 6, consent_at=""),
    person("Future Consent", 7, consent_at="2027-03-01"),
    person("Who Left", 8),
    person("Washington Resident", 9, city="Washington", state="DC", zip="20001"),
    person("=Formula Person", 10, story="@home we have room."),
    person("Contradiction", 11, zip="05401", state="NY"),
    person("多余", 12),
]


def test_every_letter_and_every_row_is_accounted_for_from_outside(trees: Plea, tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", ROWS)
    (folder / "suppress.csv").write_text("name,zip\nWho Left,05401\n")
    done = trees("campaign", "run", folder, "--workers", "1")
    assert done.returncode == 3, done.stderr
    rows = read_csv(folder / "supporters.csv")
    manifest, rejects = read_csv(folder / "out" / "manifest.csv"), read_csv(folder / "out" / "rejects.csv")
    assert [*rejects[0]] == [*COLUMNS, "plea_row", "plea_target", "plea_outcome", "plea_problems"]
    letters = [(line["row"], f"{line['ask']}/{line['official_id']}") for line in manifest]
    others = [(line["plea_row"], line["plea_target"]) for line in rejects]
    assert max(Counter(letters + others).values()) == 1
    assert {row for row, _ in letters + others} == {str(number) for number in range(1, len(rows) + 1)}
    out = {line["plea_row"]: line["plea_outcome"] for line in rejects if not line["plea_target"]}
    assert out == {
        "4": "rejected", "5": "rejected", "7": "rejected", "8": "rejected", "9": "suppressed", "12": "rejected",
    } | ({"13": "rejected"} if "13" in out else {})  # fmt: skip
    for row in set(out):
        assert row not in {number for number, _ in letters}
    held = {(line["plea_row"], line["plea_outcome"]) for line in rejects if line["plea_target"]}
    assert {("2", "held"), ("6", "duplicate"), ("10", "held")} <= held
    for line in rejects:  # the cells are those of the file, behind the guard of formulas
        original = rows[int(line["plea_row"]) - 1]
        assert all(line[column].removeprefix("'") == original[column].removeprefix("'") for column in COLUMNS)
        assert line["plea_problems"]
    for line in manifest:
        text = PdfReader(folder / "out" / line["file"]).pages[int(line["page"]) - 1].extract_text()
        assert rows[int(line["row"]) - 1]["name"].split()[-1] in text
