import os
import zipfile
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest

from plea import language
from plea.errors import InputError
from plea.problems import Problem
from plea.supporters.tables import xlsx
from plea.supporters.tables.table import Table, open_table
from plea.supporters.tables.xlsx import number_text, shows_date

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


def by_hand(path: Path, rows: str, *, strings: str = "", prefix: str = "", space: str = MAIN, more: str = "") -> Path:
    """A workbook as other programs may write it: as little as the format asks for."""
    p = f"{prefix}:" if prefix else ""
    declared = f'xmlns{":" + prefix if prefix else ""}="{space}"'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "xl/workbook.xml",
            f'<{p}workbook {declared} xmlns:r="urn:r"><{p}sheets><{p}sheet name="People" sheetId="1" r:id="r1"/>'
            f"</{p}sheets></{p}workbook>",
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships><Relationship Id="r1" Target="/xl/worksheets/sheet1.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/worksheets/sheet1.xml",
            f"{more}<{p}worksheet {declared}><{p}sheetData>{rows}</{p}sheetData></{p}worksheet>",
        )
        if strings:
            archive.writestr("xl/sharedStrings.xml", f"<sst {declared}>{strings}</sst>")
    return path


def inline(*texts: str) -> str:
    return "<row>" + "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts) + "</row>"


def refusal(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        list(open_table(path).rows())
    problem = caught.value.problem
    assert language.hint(problem)
    return language.line(problem).replace(f"{path.parent}/", "")


@pytest.fixture
def typed(tmp_path: Path) -> Table:
    """A workbook typed into Excel by somebody."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Signers"
    sheet.append(["Name", "Street", "ZIP", "Phone", "Consent Date", "Story", "Paid"])
    sheet.append(["Alex Example", "12", 5401, 8025550123, date(2026, 10, 3), "One\nTwo & <b>three</b>", True])
    sheet.append(
        [
            "Zoë O’Brien",
            None,
            5402,
            None,
            datetime(2026, 10, 3, 14, 5),  # noqa: DTZ001 (a cell has no zone)
            "=A1&B1",
        ]
    )
    sheet.append([])
    sheet.append(["سلمى حداد", "1/2", 601, 46298, 46298.5, "_x005F_x0041_ is kept as typed", 0.1])
    sheet["C5"].number_format = "00000"
    sheet["D5"].number_format = "00000\\-0000"
    sheet["E5"].number_format = "General"
    book.create_sheet("Notes").append(["x"])
    hidden = book.create_sheet("Old", 0)
    hidden.sheet_state = "hidden"
    book.save(tmp_path / "people.xlsx")
    return open_table(tmp_path / "people.xlsx")


def test_cells_are_read_as_a_person_sees_them(typed: Table) -> None:
    first, formula, empty, arabic = typed.rows()
    assert typed.header == ("Name", "Street", "ZIP", "Phone", "Consent Date", "Story", "Paid")
    assert first.fields == {
        "name": "Alex Example",
        "street": "12",
        "zip": "5401",
        "phone": "8025550123",
        "consent_at": "2026-10-03",
        "story": "One\nTwo & <b>three</b>",
        "extra.paid": "yes",
    }
    assert formula.fields["consent_at"] == "2026-10-03 14:05:00"
    assert formula.problems == (Problem("row.formula_without_value", "row", column="6", row="3"),)
    assert empty.problems == (Problem("row.empty", "row"),)
    assert arabic.cells == ("سلمى حداد", "1/2", "00601", "00004-6298", "46298.5", "_x0041_ is kept as typed", "0.1")
    assert [first.number, formula.number, empty.number, arabic.number] == [1, 2, 3, 4]


def test_other_sheets_are_named(typed: Table) -> None:
    assert list(typed.rows())
    assert typed.notes == (Problem("table.sheet_of_several", sheet="'Signers'", others=("'Notes'",)),)


def test_rows_may_be_read_again_and_left_in_the_middle(typed: Table) -> None:
    next(typed.rows())
    assert [row.number for row in typed.rows()] == [1, 2, 3, 4]


@pytest.mark.parametrize(("prefix", "space"), [("", MAIN), ("x", MAIN), ("", STRICT)])
def test_workbooks_of_other_programs(tmp_path: Path, prefix: str, space: str) -> None:
    p = f"{prefix}:" if prefix else ""
    rows = (
        f'<{p}row r="1"><{p}c r="A1" t="s"><{p}v>0</{p}v></{p}c>'
        f'<{p}c r="C1" t="inlineStr"><{p}is><{p}t>zip</{p}t></{p}is></{p}c></{p}row>'
        f'<{p}row r="2"><{p}c r="A2" t="str"><{p}f>A1</{p}f><{p}v>Alex_x000D__x000A_Example</{p}v></{p}c>'
        f'<{p}c r="C2"><{p}v>5401.0</{p}v></{p}c></{p}row>'
    )
    strings = f"<{p}si><{p}r><{p}t>Na</{p}t></{p}r><{p}r><{p}t>me</{p}t></{p}r><{p}rPh><{p}t>x</{p}t></{p}rPh></{p}si>"
    table = open_table(by_hand(tmp_path / "p.xlsx", rows, strings=strings, prefix=prefix, space=space))
    (row,) = table.rows()
    assert (table.header, row.cells) == (("Name", "", "zip"), ("Alex\nExample", "", "5401"))


def test_the_calendar_of_1904(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    sheet = book.active
    assert sheet is not None
    sheet.append(["name", "consent_at"])
    sheet.append(["A", date(2026, 10, 3)])
    book.save(tmp_path / "mac.xlsx")
    (row,) = open_table(tmp_path / "mac.xlsx").rows()
    assert row.fields["consent_at"] == "2026-10-03"


@pytest.mark.parametrize(
    ("look", "answer"),
    [
        ("General", False),
        ("0.00", False),
        ("yyyy-mm-dd", True),
        ("[$-409]d\\-mmm\\-yy;@", True),
        ("h:mm", False),
        ('"day" 0', False),
        ("[Red]0", False),
        ("m/d/yyyy h:mm AM/PM", True),
        ('#,##0\\ "d"', False),
    ],
)
def test_which_formats_show_a_day(look: str, answer: bool) -> None:
    assert shows_date(look) is answer


@pytest.mark.parametrize(
    ("raw", "look", "text"),
    [
        ("5401", "00000", "05401"),
        ("5401", "00000;@", "05401"),
        ("54011234", "00000-0000", "05401-1234"),
        ("8.025550123E9", "General", "8025550123"),
        ("1E+300", "General", "1E+300"),
        ("0.5", "0%", "0.5"),
        ("46298", "yyyy-mm-dd", "2026-10-03"),
        ("99999999999", "yyyy-mm-dd", "99999999999"),
        ("-1", "General", "-1"),
    ],
)
def test_numbers_keep_their_digits(raw: str, look: str, text: str) -> None:
    assert number_text(raw, look, since_1904=False) == text


def test_a_rows_cells_may_lack_their_names(tmp_path: Path) -> None:
    (row,) = open_table(by_hand(tmp_path / "p.xlsx", inline("name", "zip") + inline("Alex", "05401"))).rows()
    assert row.fields == {"name": "Alex", "zip": "05401"}


def test_formatted_empty_rows_far_down_do_no_harm(tmp_path: Path) -> None:
    rows = inline("name") + inline("Alex") + '<row r="1048576" s="3" customFormat="1"><c r="A1048576" s="3"/></row>'
    (row,) = open_table(by_hand(tmp_path / "p.xlsx", rows)).rows()
    assert row.fields == {"name": "Alex"}


def test_what_is_no_workbook_is_refused_in_words(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "sheet.ods", "w") as archive:
        archive.writestr("content.xml", "<x/>")
    assert refusal(tmp_path / "sheet.ods") == "sheet.ods: is not an XLSX workbook"
    (tmp_path / "cut.xlsx").write_bytes(b"PK\x03\x04 and no more")
    assert refusal(tmp_path / "cut.xlsx") == "cut.xlsx: is damaged and cannot be read"
    whole = by_hand(tmp_path / "xml.xlsx", "<row>")
    assert refusal(whole) == "xml.xlsx: is damaged and cannot be read"
    whole = by_hand(tmp_path / "strings.xlsx", '<row><c t="s"><v>7</v></c></row>', strings="<si><t>a</t></si>")
    assert refusal(whole) == "strings.xlsx: is damaged and cannot be read"


def test_shared_texts_may_fill_the_memory_of_the_child_and_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert xlsx.MEBIBYTES == 300
    noise = os.urandom(100_000).hex()
    texts = "".join(f"<si><t>{noise[at : at + 8]}{'x' * 700}</t></si>" for at in range(0, 200_000, 8))
    path = by_hand(tmp_path / "texts.xlsx", inline("name"), strings=texts * 4)
    assert path.stat().st_size < 4 * 1024 * 1024
    monkeypatch.setattr(xlsx, "MEBIBYTES", 75)
    assert refusal(path) == "texts.xlsx: took more than 75 MiB of memory to read"
