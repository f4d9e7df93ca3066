"""Tables that are uploaded: kept under a name of ours beside the earlier ones, or refused and not kept at all."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook

from campaign_folders import DAY, SETTINGS, make_campaign, make_home, person
from plea import language
from plea.campaigns.preparing.scaffold import NewCampaign, new_campaign
from plea.campaigns.preparing.tables import has_supporters, matched_columns, save_table, saved_tables, use_table
from plea.campaigns.settings import load_settings
from plea.errors import InputError, MachineError

GOOD = b"Signer;Postal code;Shoe size\nAbe First;05401;9\nBea Second;05401;8\n"


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLEA_HOME", str(tmp_path / "home"))
    make_home(tmp_path / "home")


def test_tables_are_numbered_and_none_takes_the_place_of_another(tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", [person("Abe First")])
    first = save_table(folder, "Forms 2026.CSV", [GOOD])
    again = save_table(folder, "Forms 2026.CSV", [GOOD])
    assert (first.path, first.rows) == (folder / "tables" / "001-forms-2026.csv", 2)
    assert again.path.name == "002-forms-2026.csv"
    assert first.path.stat().st_mode & 0o777 == 0o600
    assert first.path.parent.stat().st_mode & 0o777 == 0o700
    assert load_settings(folder).supporters == folder / "supporters.csv"
    assert use_table(folder, again.path).supporters == again.path
    assert (folder / "supporters.csv").is_file()


def test_two_that_come_at_once_under_one_name_are_both_kept(tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", [])
    within: list[Path] = []

    def slowly() -> Iterator[bytes]:
        within.append(save_table(folder, "forms.csv", [GOOD + b"Cleo Third;05401;7\n"]).path)
        yield GOOD

    first = save_table(folder, "forms.csv", slowly())
    assert first.path.read_bytes() == GOOD
    assert within[0].read_bytes() != GOOD
    with pytest.raises(InputError):
        save_table(folder, "forms.csv", (part for part in (b"no", b"thing") if save_table(folder, "forms.csv", [GOOD])))
    assert len([*(folder / "tables").iterdir()]) == 4


def test_a_link_in_place_of_the_tables_is_not_followed(tmp_path: Path) -> None:
    folder, elsewhere = make_campaign(tmp_path / "c", []), tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "mine.csv").write_bytes(GOOD)
    (folder / "tables").symlink_to(elsewhere)
    with pytest.raises(MachineError, match=r"\.is_a_link"):
        save_table(folder, "forms.csv", [GOOD])
    with pytest.raises(MachineError, match=r"\.is_a_link"):
        saved_tables(folder)
    assert [path.name for path in elsewhere.iterdir()] == ["mine.csv"]


LONG = "x" * 500 + ".csv"
HOSTILE = ("../../etc/passwd.csv", "C:\\Users\\me\\list.csv", "a\0b\n.csv", "<b>.csv", LONG, ".csv", "نموذج.csv")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_from_elsewhere_decides_no_path(tmp_path: Path, name: str) -> None:
    folder = make_campaign(tmp_path / "c", [])
    path = save_table(folder, name, [GOOD]).path
    assert path.parent == folder / "tables"
    assert path.name.startswith("001-")
    assert path.name.isascii()
    assert len(path.name) <= 120
    assert {one.name for one in tmp_path.iterdir()} == {"c", "home"}


def _workbook(rows: int) -> bytes:
    book, content = Workbook(), io.BytesIO()
    for row in range(rows):
        book.active.append([f"{row} {column}" for column in range(3)])
    book.save(content)
    return content.getvalue()


def _bomb() -> bytes:
    """A workbook whose sheet is a gigabyte of nothing."""
    content = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_workbook(1))) as old, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name.endswith("sheet1.xml"):
                with new.open(name, "w") as sheet:
                    sheet.write(
                        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
                    )
                    for _ in range(1000):
                        sheet.write(b"<row><c t='inlineStr'><is><t>name</t></is></c></row>" * 20_000)
            else:
                new.writestr(name, old.read(name))
    return content.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("setup.csv", b"MZ\x90\x00\x03" + bytes(range(256)) * 20, "setup.csv"),
        ("empty.csv", b"", "empty.csv: is empty"),
        ("header.csv", b"name,zip\n", "header.csv: has a header and no rows"),
        ("twins.csv", b"name,zip,name\na,05401,b\n", "two columns are named 'name'"),
        ("wide.csv", b",".join(b"c%d" % n for n in range(200_000)) + b"\n1\n", "longer than 100,000 characters"),
        ("open.csv", b'name,zip\n"Abe,05401\n', "a quotation mark opens"),
        ("old.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "is a workbook of an old kind"),
        ("form.pdf", b"%PDF-1.7\n", "is a PDF, not a table"),
        ("r.csv", b"name,plea_row,plea_target,plea_outcome,plea_problems\nA,1,,,\n", "is a list of rows to correct"),
        ("latin.csv", "name,zip\nJosé,05401\n".encode("cp1252"), "is not UTF-8"),
        ("bomb.xlsx", _bomb(), "bomb.xlsx"),
        ("cut.xlsx", _workbook(50)[:3000], "cut.xlsx"),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value else "",
)
def test_what_is_no_table_is_refused_by_its_own_name(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    folder = make_campaign(tmp_path / "c", [person("Abe First")])
    before = (folder / "campaign.toml").read_bytes(), (folder / "supporters.csv").read_bytes()
    with pytest.raises(InputError) as refused:
        save_table(folder, name, [content])
    assert message in language.line(refused.value.problem)
    assert str(tmp_path) not in language.line(refused.value.problem)
    assert ((folder / "campaign.toml").read_bytes(), (folder / "supporters.csv").read_bytes()) == before
    assert [*(folder / "tables").iterdir()] == []


def test_an_encoding_that_is_given_is_kept_with_the_table(tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", [])
    taken = save_table(folder, "latin.csv", ["name,zip\nJosé,05401\n".encode("cp1252")], "windows-1252")
    assert use_table(folder, taken.path, "windows-1252").encoding == "windows-1252"
    assert use_table(folder, save_table(folder, "new.csv", [GOOD]).path).encoding == ""


def test_the_example_of_a_new_campaign_is_no_table_of_its_own(tmp_path: Path) -> None:
    new_campaign(tmp_path / "c", NewCampaign(("refugee-intake",), on=DAY), DAY)
    settings = load_settings(tmp_path / "c")
    assert not has_supporters(settings)
    with settings.supporters.open("ab") as file:
        file.write(b"Abe First,,,,,,,,\n")
    assert has_supporters(settings)
    settings.supporters.unlink()
    assert not has_supporters(settings)


def test_columns_are_shown_as_they_are_understood(tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", [], SETTINGS + '[columns]\nname = "Signer"\nstreet = "Gone"\n')
    settings = use_table(folder, save_table(folder, "forms.csv", [GOOD]).path)
    found = [(one.theirs, one.ours, one.how, one.examples) for one in matched_columns(settings)]
    assert found == [
        ("Signer", "name", "own", ("Abe First", "Bea Second")),
        ("Postal code", "zip", "known", ("05401",)),
        ("Shoe size", "", "unknown", ("9", "8")),
    ]


def test_columns_of_which_none_is_known_are_shown_all_the_same(tmp_path: Path) -> None:
    folder = make_campaign(tmp_path / "c", [])
    settings = use_table(folder, save_table(folder, "forms.csv", [b"Wer,Wo\nAbe,Bonn\n"]).path)
    assert [(one.theirs, one.how) for one in matched_columns(settings)] == [("Wer", "unknown"), ("Wo", "unknown")]
