"""The report of a campaign: one HTML file that needs nothing beside it, and its numbers as CSV files."""

import csv
import io
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from heapq import nlargest
from pathlib import Path
from typing import Any

import jinja2

from plea.asks.words import day_in_words, state_in_words
from plea.campaigns.context import CampaignContext
from plea.campaigns.ledger.ledger import Ledger
from plea.campaigns.reporting.likeness import BINS, EXACT, NEAREST, Pair, texts_of
from plea.campaigns.reporting.statistics import OfficeStatistics, Statistics, statistics_of
from plea.supporters.csv_injection import guarded
from plea.system import folders
from plea.system.files import write_atomic

FILE = "report.html"
FOLDER = "report"
SHOWN = 60  # offices in a table of the page; the CSV files have them all


@dataclass(frozen=True, slots=True)
class Outcome:
    """A line of the first table."""

    name: str
    meaning: str
    count: int


@dataclass(frozen=True, slots=True)
class Day:
    """Signers of one day, and of all days up to it."""

    day: date
    signers: int
    so_far: int


def report(context: CampaignContext, ledger: Ledger) -> tuple[Path, ...]:
    """Write the report of a campaign below its output folder, as its ledger stands; gives the files, the page first."""
    return write_report(statistics_of(context, ledger, texts_of(context, ledger)), context.settings.output / FOLDER)


def write_report(figures: Statistics, folder: Path) -> tuple[Path, ...]:
    """Write the report and its tables into a folder, which is made; gives the files, the page first.

    Raises MachineError where it cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    page = folder / FILE
    tables = tables_of(figures)
    for name, table in tables.items():
        write_atomic(folder / name, csv_bytes(table))
    write_atomic(page, report_page(figures).encode())
    return (page, *(folder / name for name in tables))


def report_page(figures: Statistics) -> str:
    """The page. A Content-Security-Policy lets it load nothing and run nothing."""
    style = (folders.templates() / "layout" / "report.css").read_text(encoding="utf-8").strip()
    alike = [office for office in figures.offices if office.likeness and office.likeness.letters > 1]
    growth = _growth(figures)
    return _template().render(
        figures=figures,
        style=style,
        style_hash=b64encode(sha256(style.encode()).digest()).decode(),
        headline=_headline(figures),
        outcomes=_outcomes(figures),
        growth=growth,
        steps=_steps(growth),
        tables=list(tables_of(figures)),
        shown=SHOWN,
        exact_to=EXACT,
        **_likeness(alike),
    )


def _headline(figures: Statistics) -> list[tuple[str, int]]:
    """The numbers a person asks for first."""
    counts = figures.counts
    found = [("rows", counts.rows), ("people who sign", figures.signers), ("letters made", counts.made)]
    found += [("still to make", counts.left)] if counts.left else []
    return [*found, ("letters held", counts.held), ("offices", len(figures.offices))]


def _outcomes(figures: Statistics) -> list[Outcome]:
    """What became of rows and letters; what did not happen and seldom does is left out."""
    counts = figures.counts
    always = [
        Outcome("Made", "letters printed, in manifest.csv", counts.made),
        Outcome("Still to make", "letters planned and not yet printed", counts.left),
        Outcome("Held", "letters that wait for an answer, in rejects.csv", counts.held),
        Outcome("Rejected", "rows with something to mend, in rejects.csv", counts.rejected),
    ]
    seldom = [
        Outcome("Duplicate", "letters the same person already has, in rejects.csv", counts.duplicate),
        Outcome("Suppressed", "rows of people who asked to be left out", counts.suppressed),
        Outcome("Not selected", "rows this campaign's selection leaves out", counts.unselected),
        Outcome("Superseded", "letters made anew since", counts.superseded),
        Outcome("Withdrawn", "letters made whose row or official is gone", counts.withdrawn),
    ]
    return [*always, *(outcome for outcome in seldom if outcome.count)]


def _likeness(alike: Sequence[OfficeStatistics]) -> dict[str, Any]:
    """What the page says of all offices together, the offices most alike first."""
    measured = [(office, office.likeness) for office in alike if office.likeness]
    measured.sort(key=lambda one: (-one[1].over_threshold_share, -one[1].median, one[0].official, one[0].office))
    near: dict[tuple[str, str], tuple[OfficeStatistics, Pair]] = {}  # two people who are near are so in every office
    for office, found in measured:
        for pair in found.nearest:
            known = near.setdefault((pair.first, pair.second), (office, pair))
            if pair.likeness > known[1].likeness:
                near[pair.first, pair.second] = (office, pair)
    return {
        "alike": [office for office, _ in measured],
        "over": sum(found.over_threshold for _, found in measured),
        "compared": sum(found.compared for _, found in measured),
        "all_exact": all(found.exact for _, found in measured),
        "pairs": [sum(found.histogram[step] for _, found in measured) for step in range(BINS)],
        "nearest": nlargest(NEAREST, near.values(), key=lambda one: one[1].likeness),
    }


def _growth(figures: Statistics) -> list[Day]:
    """Signers day by day, added up."""
    days: list[Day] = []
    for day, signers in figures.consents:
        days.append(Day(day, signers, signers + (days[-1].so_far if days else 0)))
    return days


def _steps(days: Sequence[Day]) -> str:
    """The corners of the line of growth in a square of 100: a step up on each day, to the end of the last one."""
    if not days:
        return ""
    span, most = (days[-1].day - days[0].day).days + 1, days[-1].so_far
    points, height = ["0.00,100.00"], 100.0
    for one in days:
        left = 100 * (one.day - days[0].day).days / span
        points.append(f"{left:.2f},{height:.2f}")
        height = 100 - 100 * one.so_far / most
        points.append(f"{left:.2f},{height:.2f}")
    return " ".join([*points, f"100.00,{height:.2f}"])


def _share(part: float, whole: float) -> str:
    """A share as SVG writes it."""
    return f"{100 * part / whole:.2f}%" if whole else "0%"


def _state_name(code: str) -> str:
    return state_in_words(code, "en") or code or "elsewhere"


@cache
def _template() -> jinja2.Template:
    """Our own template, not a pack's; every value is escaped."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folders.templates() / "layout"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {
        "share": _share,
        "number": "{:,}".format,
        "day": lambda on: day_in_words(on, "en", "US"),
        "state_name": _state_name,
    }
    return environment.get_template("report.html.j2")


Table = tuple[tuple[str, ...], Iterable[tuple[object, ...]]]


def tables_of(figures: Statistics) -> Mapping[str, Table]:
    """The header and rows of each table, by the name of its file."""
    counts = figures.counts
    tables: dict[str, Table] = {
        "outcomes.csv": (
            ("outcome", "count"),
            [
                ("rows", counts.rows),
                ("signers", figures.signers),
                ("rows_rejected", counts.rejected),
                ("rows_suppressed", counts.suppressed),
                ("rows_not_selected", counts.unselected),
                ("letters_planned", counts.planned),
                ("letters_made", counts.made),
                ("letters_left", counts.left),
                ("letters_held", counts.held),
                ("letters_duplicate", counts.duplicate),
                ("letters_superseded", counts.superseded),
                ("letters_withdrawn", counts.withdrawn),
                ("volumes", counts.volumes),
            ],
        ),
        "letters-by-office.csv": (
            ("official", "office", "legislative", "executive", "letters"),
            [(one.official, one.office, one.legislative, one.executive, one.letters) for one in figures.offices],
        ),
        "letters-by-state.csv": (
            ("state", "legislative", "executive", "letters"),
            [(one.state, one.legislative, one.executive, one.letters) for one in figures.states],
        ),
        "problems.csv": (
            ("outcome", "about", "count"),
            [(one.outcome, one.subject, one.count) for one in figures.problems],
        ),
        "signers-by-day.csv": (("day", "signers", "so_far"), _growth_rows(figures)),
    }
    if any(one.likeness for one in figures.offices):
        steps = tuple(f"pairs_from_{step / BINS:.2f}" for step in range(BINS))
        header = ("official", "office", "letters", "compared", "exact", "mean", "median", "with_near_twin", *steps)
        tables["likeness.csv"] = (header, _likeness_rows(figures))
    return tables


def csv_bytes(table: Table) -> bytes:
    """A table as UTF-8 CSV; a cell that a spreadsheet would take for a formula is guarded."""
    header, rows = table
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([guarded(value) if isinstance(value, str) else value for value in row] for row in rows)
    return file.getvalue().encode()


def _growth_rows(figures: Statistics) -> Iterator[tuple[object, ...]]:
    so_far = 0
    for day, signers in figures.consents:
        so_far += signers
        yield (day.isoformat(), signers, so_far)


def _likeness_rows(figures: Statistics) -> Iterator[tuple[object, ...]]:
    for office in figures.offices:
        found = office.likeness
        if found:
            measured = (f"{found.mean:.4f}", f"{found.median:.4f}", found.over_threshold)
            yield (
                *(office.official, office.office, found.letters, found.compared, "yes" if found.exact else "no"),
                *measured,
                *found.histogram,
            )
