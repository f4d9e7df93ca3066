import codecs
import csv
import io
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plea import language
from plea.errors import InputError
from plea.model.people import Row
from plea.problems import Problem
from plea.supporters.csv_injection import csv_bytes, csv_pieces, guarded, unguarded
from plea.supporters.tables import decode, text_tables
from plea.supporters.tables.table import Table, open_table

PEOPLE = 'name,zip,story\nAlex Example,05401,"I came, I saw.\nI stayed."\nJosé Ejemplo,60623,\n'


def table(tmp_path: Path, content: str | bytes, name: str = "people.csv", encoding: str = "") -> Table:
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return open_table(path, encoding=encoding)


def rows(tmp_path: Path, content: str | bytes, encoding: str = "") -> list[Row]:
    return list(table(tmp_path, content, encoding=encoding).rows())


def fields(tmp_path: Path, content: str | bytes, encoding: str = "") -> list[Mapping[str, str]]:
    found = rows(tmp_path, content, encoding=encoding)
    assert [row.problems for row in found] == [()] * len(found)
    return [row.fields for row in found]


def problems(row: Row) -> list[str]:
    return [f"{problem.where} {problem.code}" for problem in row.problems]


def refusal(tmp_path: Path, content: str | bytes, encoding: str = "") -> str:
    with pytest.raises(InputError) as caught:
        rows(tmp_path, content, encoding=encoding)
    problem = caught.value.problem
    assert language.hint(problem)
    return language.line(problem).replace(f"{tmp_path}/", "")


READ = [
    {"name": "Alex Example", "zip": "05401", "story": "I came, I saw.\nI stayed."},
    {"name": "José Ejemplo", "zip": "60623"},
]


@pytest.mark.parametrize(
    "content",
    [
        PEOPLE.encode(),
        codecs.BOM_UTF8 + PEOPLE.encode(),
        PEOPLE.encode("utf-16"),
        codecs.BOM_UTF16_BE + PEOPLE.encode("utf-16-be"),
        PEOPLE.encode("utf-16-le"),
        PEOPLE.encode("utf-16-be"),
        b"\n\r\n" + PEOPLE.encode(),
        PEOPLE.rstrip("\n").encode(),
    ],
)
def test_marks_and_unicode_are_read_right(tmp_path: Path, content: bytes) -> None:
    assert fields(tmp_path, content) == READ


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends_are_found(tmp_path: Path, delimiter: str, end: str) -> None:
    lines = ["Name;Street;Zip", '"Example; Alex";1, Example Street;05401', 'Sam Sample;"2\tMain St";05402']
    text = end.join(line.replace(";", delimiter) for line in lines)
    first, second = fields(tmp_path, text.replace("1, E", '"1, E').replace("e Street", 'e Street"'))
    assert first == {"name": f"Example{delimiter} Alex", "street": "1, Example Street", "zip": "05401"}
    assert second == {"name": "Sam Sample", "street": "2\tMain St", "zip": "05402"}


def test_a_separator_that_excel_names_is_believed(tmp_path: Path) -> None:
    assert fields(tmp_path, "sep=|\r\nname|zip\r\nAlex, Example|05401\r\n") == [
        {"name": "Alex, Example", "zip": "05401"}
    ]


def test_quotation_marks_double_and_cells_keep_lines_and_empty_lines_are_no_rows(tmp_path: Path) -> None:
    text = 'name,story\n"Al ""Ace"" Example","one\r\n\r\ntwo"\n\nBo,""\n'
    assert fields(tmp_path, text) == [{"name": 'Al "Ace" Example', "story": "one\r\n\r\ntwo"}, {"name": "Bo"}]


def test_windows_1252_only_when_said(tmp_path: Path) -> None:
    content = "name,city\nJosé Ejemplo,Cañón\n".encode("cp1252")
    assert refusal(tmp_path, content) == (
        "people.csv:2: byte 14 (0xE9) is not UTF-8, which was tried because no encoding is named"
    )
    assert fields(tmp_path, content, encoding="windows-1252") == [{"name": "José Ejemplo", "city": "Cañón"}]


def test_a_wrong_byte_is_found_far_down(tmp_path: Path) -> None:
    content = b"name\n" + b"Alex Example\n" * 20_000 + "Zoë\n".encode("cp1252")
    assert refusal(tmp_path, content).startswith("people.csv:20002: byte 260,008 (0xEB) is not UTF-8")


def test_a_said_code_page_is_not_believed_against_the_bytes(tmp_path: Path) -> None:
    assert refusal(tmp_path, PEOPLE, encoding="windows-1252") == (
        "people.csv: the encoding is set to windows-1252, but the bytes are UTF-8"
    )
    assert fields(tmp_path, codecs.BOM_UTF8 + PEOPLE.encode(), encoding="windows-1252") == READ
    assert refusal(tmp_path, PEOPLE, encoding="klingon") == "people.csv: no encoding named 'klingon' is read here"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "people.csv: is empty"),
        ("\n \n,,\n", "people.csv: is empty"),
        ("name,Zip, ZIP \nA,1,2\n", "people.csv:1: two columns are named 'Zip' (columns 2 and 3)"),
        ("colour,size\nred,5\n", "people.csv:1: none of the 2 columns has a name that is known here"),
        (
            "Alex Example,alex@example.com\nSam,s@example.com\n",
            "people.csv:1: none of the 2 columns has a name that is known here",
        ),
        ("na\0me,zip\nA,1\n", "people.csv:1: the row with the names of the columns holds NUL, which is not text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "people.csv: is a workbook of an old kind, or has a password"),
        (b"%PDF-1.7\n", "people.csv: is a PDF, not a table"),
        ("name\nA\n".encode("utf-32"), "people.csv: is UTF-32 text"),
    ],
)
def test_what_is_no_table_is_refused_in_words(tmp_path: Path, content: str | bytes, message: str) -> None:
    assert refusal(tmp_path, content) == message


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(InputError, match=r"file\.not_read"):
            open_table(path)


def test_a_header_alone_is_a_table_without_rows(tmp_path: Path) -> None:
    assert rows(tmp_path, "name,zip\n") == []


def test_ragged_rows_are_problems_and_the_next_row_is_sound(tmp_path: Path) -> None:
    short, long, spare, good = rows(tmp_path, "name,city,zip\nA,B\nC,D,E,F\nG,H,05401,,\nI,J,05402\n")
    assert problems(short) == ["row row.wrong_width"]
    assert problems(long) == ["row row.wrong_width"]
    assert (spare.problems, good.problems, good.number) == ((), (), 4)
    assert short.cells == ("A", "B", "")
    assert long.cells == ("C", "D", "E")


def test_quotation_marks_that_do_not_match_are_the_rows_own_trouble(tmp_path: Path) -> None:
    bad, good = rows(tmp_path, 'name,zip\n"Al "Ace" Example",05401\nBo,05402\n')
    assert problems(bad) == ["row row.quotation_marks"]
    assert (good.number, good.fields["name"]) == (2, "Bo")


def test_empty_rows_count_in_the_middle_and_not_at_the_end(tmp_path: Path) -> None:
    read = table(tmp_path, "name,zip\nA,1\n,\n , \nB,2\n,\n,\n")
    found = list(read.rows())
    assert [(row.number, problems(row)) for row in found] == [
        (1, []),
        (2, ["row row.empty"]),
        (3, ["row row.empty"]),
        (4, []),
    ]
    assert read.notes == (Problem("table.empty_rows_left_out", count=2),)


def test_rows_may_be_read_again(tmp_path: Path) -> None:
    read = table(tmp_path, PEOPLE)
    assert list(read.rows()) == list(read.rows())
    next(read.rows())
    assert len(list(read.rows())) == 2


def test_what_is_added_while_reading_is_not_read_and_said(tmp_path: Path) -> None:
    read = table(tmp_path, "name\n" + "Alex\n" * 100_000)
    going = read.rows()
    next(going)
    with (tmp_path / "people.csv").open("a") as file:
        file.write("Late Comer\n")
    assert sum(1 for _ in going) == 99_999
    assert read.notes[-1].code == "table.grew"
    (tmp_path / "other").write_text("name\nSomebody Else\n")
    (tmp_path / "other").replace(tmp_path / "people.csv")
    with pytest.raises(InputError, match=r"table\.replaced"):
        list(read.rows())


def test_a_row_of_ten_megabytes_is_a_problem_of_that_row(tmp_path: Path) -> None:
    huge = "x" * 10_000_000
    quoted = '"' + 'He said, ""yes"",\n' * 600_000 + '"'
    first, second, third, last = rows(tmp_path, f'name,story\nA,{huge}\nB,{quoted}\nC,"{huge}"\nD,fine\n')
    for row, line in ((first, 2), (second, 3), (third, 600_004)):
        assert row.problems == (Problem("row.too_long", "row", limit=100_000, line=str(line)),)
    assert (last.number, last.fields) == (4, {"name": "D", "story": "fine"})


def test_a_row_that_is_too_long_to_be_read_to_its_end_ends_the_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (decode, text_tables):
        monkeypatch.setattr(module, "LONGEST", 300_000)
    assert refusal(tmp_path, f"name\n{'x' * 400_000}\nB\n") == (
        "people.csv:2: is longer than 100,000 characters (line 2)"
    )
    never_closed = '"' + "Bo\n" * 200_000
    assert refusal(tmp_path, f"name\nA\n{never_closed}") == (
        "people.csv:3: a quotation mark opens in this row and is not closed"
    )


@pytest.mark.parametrize(
    "rest", ["B,2\n" * 100, 'B,"2"\n' * 100, "B,2\n" * 500_000, "", "B,2\n" * 50_000 + '"C, D",3\nE,4\n']
)
def test_a_quotation_that_never_closes_is_found_where_it_opens(tmp_path: Path, rest: str) -> None:
    message = refusal(tmp_path, f'name,story\nA,1\nAl,"oops\n{rest}')
    assert message.startswith("people.csv:3: a quotation mark opens in this row and is not closed")


def test_json_lines(tmp_path: Path) -> None:
    text = (
        '{"name": "Alex", "zip": 5401, "reasons": ["a", "b"], "Tag": null}\n\n'
        '{"name": "Bo", "phone": 8025550123.0, "ok": true}\n'
        "{nonsense\n"
        '["a"]\n'
        '{"name": "C", "more": {"a": 1}}\n'
        '{"name": "D", "name": "E"}\n'
        + "[" * 90_000
        + "\n"
        + '{"name": "F", "zip": "'
        + "9" * 300_000
        + '"}\n{"zip": "05401", "name": "Last"}'
    )
    read = table(tmp_path, text, "people.jsonl")
    assert read.header == ("name", "zip", "reasons", "Tag", "phone", "ok", "more")
    found = list(read.rows())
    assert found[0].fields == {"name": "Alex", "zip": "5401", "reasons": "a, b"}
    assert found[1].fields == {"name": "Bo", "phone": "8025550123", "extra.ok": "yes"}
    assert [problems(row) for row in found[2:8]] == [
        ["row row.not_json"],
        ["row row.not_a_json_object"],
        ["row row.nested_value"],
        ["row row.key_twice"],
        ["row row.not_json"],
        ["row row.too_long"],
    ]
    assert (found[8].number, found[8].fields) == (9, {"name": "Last", "zip": "05401"})


# --- our own rejects, given back ----------------------------------------------------------------------------

REJECTS = "name,Notes,plea_row,plea_target,plea_outcome,plea_problems\n"


def test_rejects_given_back_keep_the_number_of_their_row(tmp_path: Path) -> None:
    text = (
        REJECTS
        + "Alex,'=1+1,17,us-senator:1,held,x\nAlex,''=1,17,us-senator:2,held,x\nBo,'so,3.0,,rejected,\nCy,x,,,,\n"
    )
    read = table(tmp_path, text)
    assert (read.header, read.is_rejects) == (("name", "Notes"), True)
    first, second, third, lost = read.rows()
    assert (first.number, second.number, third.number) == (17, 17, 3)
    assert first.fields["plea_target"] == "us-senator:1"
    assert [row.cells for row in (first, second, third)] == [("Alex", "=1+1"), ("Alex", "'=1"), ("Bo", "'so")]
    assert problems(lost) == ["plea_row row.not_a_row_number"]


def test_rejects_may_come_back_with_other_columns_and_in_another_order(tmp_path: Path) -> None:
    text = "plea_outcome,Notes,plea_row,name,plea_target,plea_problems,mine,\nheld,'=1,17,Alex,x,y,done,\n"
    read = table(tmp_path, text)
    assert (read.header, read.is_rejects) == (("Notes", "name", "mine", ""), True)
    assert read.ours == ("extra.notes", "name", "extra.mine", "extra.column_8")
    (row,) = read.rows()
    assert (row.number, row.cells) == (17, ("=1", "Alex", "done", ""))
    assert row.fields["name"] == "Alex"


def test_the_guard_is_undone_only_in_rejects(tmp_path: Path) -> None:
    (row,) = rows(tmp_path, "name,note\n'=A,'+b\n")
    assert row.cells == ("'=A", "'+b")


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\tx", "\rx"])
def test_cells_a_spreadsheet_would_run_are_guarded(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"
    assert guarded(f"a{cell}") == f"a{cell}"
    assert guarded("'s Gravenhage") == "'s Gravenhage"


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(st.sampled_from("'=+-@\t\rab"), max_size=6) | st.text(max_size=8))
def test_the_guard_comes_off_exactly(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell


# --- what is written is what is read ------------------------------------------------------------------------

CELL = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff") | st.sampled_from("\",;\n\r\t ='"),
    max_size=12,
)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(
    st.lists(st.tuples(CELL, CELL, CELL).filter(lambda cells: any(map(str.strip, cells))), min_size=1, max_size=6),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.sampled_from([("\n", csv.QUOTE_ALL), ("\r\n", csv.QUOTE_MINIMAL)]),  # the writer forgets CR where LF ends lines
)
def test_what_a_writer_of_csv_writes_is_read_back(
    tmp_path_factory: pytest.TempPathFactory,
    cells: list[tuple[str, str, str]],
    delimiter: str,
    encoding: str,
    end: tuple[str, int],
) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=end[0], quoting=end[1])  # type: ignore[arg-type]
    writer.writerow(["name", "city", "notes"])
    writer.writerows(cells)
    path = tmp_path_factory.mktemp("csv") / "people.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    read = list(open_table(path).rows())
    assert [row.cells for row in read] == cells
    assert [row.number for row in read] == list(range(1, len(cells) + 1))


@settings(max_examples=300, deadline=None, derandomize=True)
@given(
    st.lists(
        st.tuples(
            st.just("A"),
            st.text(st.sampled_from('",\r\nxyz'), max_size=60),
            st.text(st.sampled_from('",\nx'), max_size=9),
        ),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
    st.booleans(),
)
def test_rows_that_are_too_long_end_where_they_end(
    tmp_path_factory: pytest.TempPathFactory, cells: list[tuple[str, str, str]], quoting: int, last: bool
) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n", quoting=quoting)  # type: ignore[arg-type]
    writer.writerow(["name", "a", "b"])
    writer.writerows(cells)
    path = tmp_path_factory.mktemp("csv") / "people.csv"
    path.write_bytes((text.getvalue() if last else text.getvalue().rstrip("\r\n")).encode())
    with pytest.MonkeyPatch.context() as patch:
        for module in (decode, text_tables):
            patch.setattr(module, "RECORD_LIMIT", 20)
        read = list(open_table(path).rows())
    assert [row.number for row in read] == list(range(1, len(cells) + 1))
    for row, expected in zip(read, cells, strict=True):
        written = io.StringIO(newline="")
        csv.writer(written, lineterminator="\r\n", quoting=quoting).writerow(expected)  # type: ignore[arg-type]
        if row.problems:
            assert row.problems[0].code == "row.too_long"
            assert len(written.getvalue()) > 17
        else:
            assert row.cells == expected
            assert len(written.getvalue()) <= 22


def test_a_csv_of_ours_is_guarded_and_comes_back_whatever_its_length() -> None:
    assert csv_bytes(["name", "n"], [["=1+1", -3], [None, "a,b"]]) == b'name,n\r\n\'=1+1,-3\r\n,"a,b"\r\n'
    rows = [[f"person {number}", number] for number in range(2500)]
    pieces = [*csv_pieces(["name", "n"], rows)]
    assert len(pieces) == 3
    assert b"".join(pieces).decode().splitlines() == [
        "name,n",
        *(f"person {number},{number}" for number in range(2500)),
    ]
