"""Tables made to do harm: each must end in a clear error or a row's problem, within 300 MiB and 5 s."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

MEBIBYTE = 1024 * 1024
LIMIT_MIB = 300
LIMIT_SECONDS = 5.0

READ = """
import json, resource, sys
from pathlib import Path
from plea import language
from plea.errors import PleaError
from plea.supporters.tables.table import open_table
rows, problems, message = 0, [], ""
try:
    for row in open_table(Path(sys.argv[1])).rows():
        rows += 1
        problems += [language.what(problem) for problem in row.problems][: max(0, 20 - len(problems))]
except PleaError as error:
    message = language.line(error.problem).replace(sys.argv[1], Path(sys.argv[1]).name)
use = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
# What getrusage says of this process is what the tests' own process had at its start, where that was more.
own = [int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")]
print(json.dumps({
    "rows": rows, "problems": problems, "message": message,
    "mebibytes": max(*own, use[1].ru_maxrss) / 1024,
    "seconds": sum(one.ru_utime + one.ru_stime for one in use),
}))
"""

WORKBOOK = '<workbook xmlns:r="urn:r"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'
RELATIONS = '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>'
HEADER = '<row r="1"><c r="A1" t="inlineStr"><is><t>name</t></is></c></row>'
ALEX = '<row r="2"><c r="A2" t="inlineStr"><is><t>Alex</t></is></c></row>'


class Outcome:
    """What a reader made of the file, and what it used."""

    def __init__(self, path: Path) -> None:
        done = subprocess.run(
            [sys.executable, "-c", READ, path], capture_output=True, text=True, timeout=120, check=False, env=os.environ
        )
        assert done.returncode == 0, done.stderr
        told = json.loads(done.stdout)
        self.rows: int = told["rows"]
        self.problems: list[str] = told["problems"]
        self.message: str = told["message"]
        assert told["mebibytes"] < LIMIT_MIB
        assert told["seconds"] < LIMIT_SECONDS + 2, "5 seconds for the file, two for starting two interpreters"


def workbook(path: Path, sheet: bytes | str, **parts: bytes | str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", WORKBOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", RELATIONS)
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        for name, content in parts.items():
            archive.writestr(f"xl/{name}.xml", content)
    return path


def sheet(rows: str, before: str = "") -> str:
    return f"{before}<worksheet><sheetData>{rows}</sheetData></worksheet>"


# --- workbooks ----------------------------------------------------------------------------------------------


def test_a_part_that_unpacks_to_gigabytes(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", WORKBOOK)
        archive.writestr("xl/_rels/workbook.xml.rels", RELATIONS)
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            part.write(f"<worksheet><sheetData>{HEADER}".encode())
            for _ in range(300):
                part.write(b"<row/>" * 175_000)
    assert Outcome(path).message == (
        "bomb.xlsx: its part 'xl/worksheets/sheet1.xml' would unpack to 300 MiB; it is not opened"
    )


def test_a_part_that_lies_about_its_size(tmp_path: Path) -> None:
    path = workbook(tmp_path / "liar.xlsx", sheet(HEADER + ALEX) + " " * (64 * MEBIBYTE))
    content = path.read_bytes()
    true = (len(sheet(HEADER + ALEX)) + 64 * MEBIBYTE).to_bytes(4, "little")
    assert content.count(true) == 2
    path.write_bytes(content.replace(true, (4096).to_bytes(4, "little")))
    assert Outcome(path).message == "liar.xlsx: is damaged and cannot be read"


def test_millions_of_cells_in_a_row(tmp_path: Path) -> None:
    row = '<row r="2">' + '<c r="A2"><v>1</v></c>' * 600_000 + "</row>"
    outcome = Outcome(workbook(tmp_path / "wide.xlsx", sheet(HEADER + row)))
    assert outcome.message == "wide.xlsx: holds more in one row than any table has; it is not opened"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ('<row r="2"><c r="XFD2"><v>1</v></c></row>', "far.xlsx:2: the cell XFD2 is far outside the table"),
        (
            '<row r="1048576"><c r="A1048576"><v>1</v></c></row>',
            "far.xlsx:1048576: a cell is 1,048,574 rows below the table",
        ),
        (
            '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
            "far.xlsx:1048576: the cell XFD1048576 is far outside the table",
        ),
    ],
)
def test_a_cell_at_the_end_of_the_world(tmp_path: Path, row: str, message: str) -> None:
    assert Outcome(workbook(tmp_path / "far.xlsx", sheet(HEADER + ALEX + row))).message == message


ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize("declared", [ENTITIES, OUTSIDE])
@pytest.mark.parametrize("where", ["sheet", "sharedStrings", "styles"])
def test_entities_are_not_opened(tmp_path: Path, declared: str, where: str) -> None:
    if where == "sheet":
        path = workbook(tmp_path / "xml.xlsx", sheet(HEADER + ALEX.replace("Alex", "&a;"), declared))
    else:
        path = workbook(tmp_path / "xml.xlsx", sheet(HEADER), **{where: f"{declared}<sst><si><t>&a;</t></si></sst>"})
    outcome = Outcome(path)
    assert outcome.message == "xml.xlsx: holds a document type, which no spreadsheet writes; it is not opened"


def test_a_cell_of_ten_megabytes(tmp_path: Path) -> None:
    noise = os.urandom(5_000_000).hex()
    outcome = Outcome(workbook(tmp_path / "cell.xlsx", sheet(HEADER + ALEX.replace("Alex", noise) + HEADER)))
    assert outcome.problems == ["is longer than 100,000 characters (line 2)"]


def test_nested_without_end(tmp_path: Path) -> None:
    outcome = Outcome(workbook(tmp_path / "deep.xlsx", sheet(HEADER + "<row>" + "<c>" * 1_500_000)))
    assert outcome.message == "deep.xlsx: holds more in one row than any table has; it is not opened"


# --- text ---------------------------------------------------------------------------------------------------


def test_a_quotation_over_forty_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "open.csv"
    with path.open("w") as file:
        file.write('name,story\nAlex,"never closed\n')
        for _ in range(40):
            file.write("Sam Sample,a story of some length\n" * 30_000)
    assert Outcome(path).message == "open.csv:2: a quotation mark opens in this row and is not closed"


def test_a_row_of_ten_megabytes_of_anything(tmp_path: Path) -> None:
    path = tmp_path / "row.csv"
    noise = "".join(map(chr, range(33, 127))) * 110_000
    path.write_text(f"name,story\nA,{noise}\nB,{noise.replace(chr(34), '')}\nC,fine\n")
    outcome = Outcome(path)
    assert outcome.rows == 3
    assert len(outcome.problems) == 2


@pytest.mark.parametrize("content", [b'"' * 10_000_000, b"," * 10_000_000, b"\r\n" * 2_000_000, b'a"' * 5_000_000])
def test_ten_megabytes_of_one_character(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.csv"
    path.write_bytes(b"name,story\n" + content + b"\nAlex,fine\n")
    outcome = Outcome(path)
    assert outcome.message.startswith("odd.csv:2: ") or outcome.rows >= 1


@pytest.mark.parametrize("content", [b"\0" * 10_000_000, os.urandom(1_000_000), b"\xff\xfe" + os.urandom(999_999)])
def test_bytes_that_are_no_text(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "bytes.csv"
    path.write_bytes(content)
    assert Outcome(path).message.startswith("bytes.csv")


def test_nul_in_a_cell_is_kept_for_the_check_of_the_row(tmp_path: Path) -> None:
    path = tmp_path / "nul.csv"
    path.write_bytes(b"name,zip\nA\0lex,05401\n")
    outcome = Outcome(path)
    assert (outcome.rows, outcome.message) == (1, "")


def test_a_header_of_ten_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "head.csv"
    path.write_text("name," + ",".join(f"c{i}" for i in range(1_200_000)) + "\nAlex\n")
    assert Outcome(path).message == "head.csv:1: is longer than 100,000 characters (line 1)"


def test_json_that_nests_or_never_ends(tmp_path: Path) -> None:
    path = tmp_path / "deep.jsonl"
    path.write_text(
        '{"name": "A"}\n' + "[" * 90_000 + "\n" + '{"a":' * 15_000 + "\n" + "9" * 90_000 + "\n" + '"' * 10_000_000
    )
    outcome = Outcome(path)
    assert (outcome.rows, outcome.message, len(outcome.problems)) == (5, "", 4)
