"""The report from figures made by hand: what stands on the page, what it may load, and the tables beside it."""

import csv
import html
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from plea import language
from plea.campaigns.ledger.ledger import Counts
from plea.campaigns.reporting.likeness import Likeness, Pair
from plea.campaigns.reporting.report import report_page, write_report
from plea.campaigns.reporting.statistics import OfficeStatistics, ProblemStatistics, StateStatistics, Statistics

ALIKE = Likeness(
    letters=3,
    compared=3,
    sample=False,
    threshold=0.8,
    histogram=(0,) * 12 + (2,) + (0,) * 6 + (1,),
    mean=0.7467,
    median=0.62,
    nearest=(Pair("4", "9", 1.0), Pair("4", "5", 0.62)),
    over_threshold=2,
)
FIGURES = Statistics(
    campaign="Doors of <b>Vermont</b>",
    organizer="the Example Coalition",
    on=date(2026, 11, 22),
    counts=Counts(rows=1357, rejected=11, suppressed=2, planned=1290, made=1247, left=0, held=35, duplicate=8),
    signers=1342,
    offices=(
        OfficeStatistics("Bernard Sanders", "Burlington, VT", 1200, 40, ALIKE),
        OfficeStatistics("=cmd|' /C calc'!A0", "Burlington, VT", 0, 7),
    ),
    states=(StateStatistics("VT", 1200, 40), StateStatistics("NH", 0, 7)),
    problems=(
        ProblemStatistics("rejected", "approval.no_name", "zip", 6, (1, 2, 3), 6),
        ProblemStatistics("held", "check.letter_cannot_be_printed", "us-representative", 2, (4, 5), 2),
    ),
    consents=((date(2026, 10, 3), 3), (date(2026, 10, 5), 1)),
)


class Page(HTMLParser):
    """The page as its tags: whether they are closed, which there are, every attribute."""

    VOID = frozenset({"meta", "rect", "line", "polyline", "polygon"})

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def words(page: str) -> str:
    body = re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def test_the_page_says_the_numbers() -> None:
    said = words(report_page(FIGURES))
    assert "rows 1,357" in said
    assert "people who sign 1,342" in said
    assert "Report of a campaign of the Example Coalition. Letters dated November 22, 2026" in said
    assert "Made letters printed, in manifest.csv 1,247" in said
    assert "Bernard Sanders Burlington, VT 1,200 40 1,240" in said
    assert "2 offices 1,200 47 1,247" in said
    assert "Vermont 1,200 40 1,240" in said
    assert "New Hampshire 0 7 7" in said
    assert "Legislative to legislators, about legislation 1,200" in said
    assert "Executive everything else that is asked for 47" in said
    assert "501(c)(3)" in said
    assert "ZIP code a name is needed rejected 6" in said
    assert "us-representative the letter to … cannot be printed: … held 2" in said
    assert "2 of 3 letters have another one to the same office that is 0.80 alike or more" in said
    assert "row 4 row 9 Bernard Sanders 1.00" in said
    assert "October 5, 2026 1 4" in said  # signers of the day, and so far


def test_the_page_is_whole_and_needs_nothing_beside_it() -> None:
    page = Page(report_page(FIGURES))
    assert not {"script", "link", "img", "iframe", "object", "form"} & set(page.tags)
    addresses = [value for _, name, value in page.attributes if name in {"src", "href", "xlink:href", "style"}]
    assert addresses == []
    assert not [name for _, name, _ in page.attributes if name.startswith("on")]
    assert "url(" not in report_page(FIGURES)
    assert ("html", "lang", "en") in page.attributes
    policy = next(value for tag, _, value in page.attributes if tag == "meta" and value.startswith("default-src"))
    assert policy.startswith("default-src 'none'; style-src 'sha256-")


def test_headings_go_down_step_by_step_and_every_chart_has_a_table() -> None:
    page = Page(report_page(FIGURES))
    levels = [int(tag[1]) for tag in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    pictures = [name for tag, name, value in page.attributes if tag == "svg" and (name, value) == ("role", "img")]
    assert len(pictures) == page.tags.count("details") == 2
    # Every other drawing repeats a number of its own row, and is hidden from those who are read to.
    drawings = page.tags.count("svg") - len(pictures) - 1  # the one within the chart of growth
    assert drawings == sum((tag, name) == ("svg", "aria-hidden") for tag, name, _ in page.attributes)


def test_what_people_named_things_is_text() -> None:
    page = report_page(FIGURES)
    assert "<b>Vermont</b>" not in page
    assert "Doors of &lt;b&gt;Vermont&lt;/b&gt;" in page


def test_the_bars_are_as_long_as_their_numbers() -> None:
    page = report_page(FIGURES)
    row = page[page.index("Bernard Sanders") :]
    widths = re.findall(r'width="([0-9.]+)%"', row[: row.index("</tr>")])
    assert list(map(float, widths)) == [pytest.approx(100 * 1200 / 1240, abs=0.01), pytest.approx(3.23, abs=0.01)]


def test_growth_rises_in_steps_to_the_last_day() -> None:
    # Three days: at the start 3 of 4 agree, at the start of the third day the fourth.
    points = "0.00,100.00 0.00,100.00 0.00,25.00 66.67,25.00 66.67,0.00 100.00,0.00"
    assert f'points="{points}"' in report_page(FIGURES)


def test_a_campaign_with_nothing_in_it_has_a_report() -> None:
    said = words(report_page(Statistics("Empty", "", None, Counts())))
    assert "No letters are planned." in said
    assert "What was wrong Nothing." in said
    assert "How alike" not in said


def test_the_numbers_lie_beside_the_page(tmp_path: Path) -> None:
    files = write_report(FIGURES, tmp_path / "out" / "report")
    assert [file.name for file in files] == [
        "report.html",
        "outcomes.csv",
        "letters-by-office.csv",
        "letters-by-state.csv",
        "problems.csv",
        "signers-by-day.csv",
        "likeness.csv",
    ]
    assert all(file.stat().st_mode & 0o077 == 0 for file in files)
    tables = {file.name: list(csv.reader(file.read_text().splitlines())) for file in files[1:]}
    assert tables["outcomes.csv"][1:8] == [
        ["rows", "1357"],
        ["signers", "1342"],
        ["rows_rejected", "11"],
        ["rows_suppressed", "2"],
        ["rows_not_selected", "0"],
        ["letters_planned", "1290"],
        ["letters_made", "1247"],
    ]
    assert tables["letters-by-office.csv"] == [
        ["official", "office", "legislative", "executive", "letters"],
        ["Bernard Sanders", "Burlington, VT", "1200", "40", "1240"],
        ["'=cmd|' /C calc'!A0", "Burlington, VT", "0", "7", "7"],  # a spreadsheet must not run it
    ]
    assert tables["signers-by-day.csv"][1:] == [["2026-10-03", "3", "3"], ["2026-10-05", "1", "4"]]
    assert tables["problems.csv"] == [
        ["outcome", "code", "where", "count"],
        ["rejected", "approval.no_name", "zip", "6"],
        ["held", "check.letter_cannot_be_printed", "us-representative", "2"],
    ]
    assert tables["likeness.csv"][0][3:6] == ["compared", "sample", "mean"]
    assert tables["likeness.csv"][1][:8] == [
        *("Bernard Sanders", "Burlington, VT", "3", "3", "no", "0.7467", "0.6200", "2"),
    ]
    assert tables["likeness.csv"][1][8:] == ["0"] * 12 + ["2"] + ["0"] * 6 + ["1"]


def test_a_sample_is_called_one(tmp_path: Path) -> None:
    sampled = replace(ALIKE, letters=1200, compared=500, sample=True)
    figures = replace(FIGURES, offices=(replace(FIGURES.offices[0], likeness=sampled),))
    page = words(report_page(figures))
    assert "1,200 a sample of 500 compared" in page
    assert "Of offices with more than 500 letters, a sample of 500 letters is compared." in page
    assert "sample" not in words(report_page(FIGURES))
    write_report(figures, tmp_path)
    assert ",1200,500,yes," in (tmp_path / "likeness.csv").read_text()


def test_the_page_is_in_the_language_in_use_and_the_tables_are_not(tmp_path: Path) -> None:
    with language.using("es"):
        page = report_page(FIGURES)
        write_report(FIGURES, tmp_path / "es")
    write_report(FIGURES, tmp_path / "en")
    assert ("html", "lang", "es") in Page(page).attributes
    assert "22 de noviembre de 2026" in words(page)
    assert "Nuevo Hampshire" in words(page)
    for table in (tmp_path / "en").glob("*.csv"):
        assert table.read_bytes() == (tmp_path / "es" / table.name).read_bytes()


def test_the_same_figures_give_the_same_bytes() -> None:
    assert report_page(FIGURES) == report_page(FIGURES)
