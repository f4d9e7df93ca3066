"""The report of a campaign: one HTML file that needs nothing beside it, and its numbers as CSV files.

The page is in the language in use; the CSV files are for programs and the same in every language.
"""

from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from heapq import nlargest
from pathlib import Path
from typing import Any

import jinja2

from plea import language
from plea.asks.render import state_in_words
from plea.campaigns.context import CampaignContext
from plea.campaigns.ledger.ledger import Ledger
from plea.campaigns.reporting.likeness import BINS, COMPARED, NEAREST, OfficeLikeness, Pair
from plea.campaigns.reporting.statistics import OfficeStatistics, Statistics, statistics_of
from plea.language import gettext as _
from plea.messages.message import N_
from plea.supporters.csv_injection import csv_bytes
from plea.system import folders
from plea.system.files import write_atomic

FILE = "report.html"
FOLDER = "report"
SHOWN = 60  # offices in a table of the page; the CSV files have them all
OUTCOME_NAMES = {"rejected": N_("rejected"), "held": N_("held"), "warning": N_("warning")}

Table = tuple[tuple[str, ...], Iterable[tuple[object, ...]]]
"""A header and rows."""


@dataclass(frozen=True, slots=True)
class DayOfGrowth:
    """Signers of one day, and of all days up to it."""

    day: date
    signers: int
    so_far: int


def report(context: CampaignContext, ledger: Ledger) -> tuple[Path, ...]:
    """Write the report of a campaign below its output folder, as its ledger stands; gives the files, the page first."""
    figures = statistics_of(context, ledger, OfficeLikeness(context, ledger).of)
    return write_report(figures, context.settings.output / FOLDER)


def write_report(figures: Statistics, folder: Path) -> tuple[Path, ...]:
    """Write the report and its tables into a folder, which is made; gives the files, the page first.

    Raises MachineError where it cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    page = folder / FILE
    tables = tables_of(figures)
    for name, table in tables.items():
        write_atomic(folder / name, csv_bytes(*table))
    write_atomic(page, report_page(figures).encode())
    return (page, *(folder / name for name in tables))


# --- the page ---------------------------------------------------------------------------------------------


def report_page(figures: Statistics) -> str:
    """The page. A Content-Security-Policy lets it load nothing and run nothing."""
    style = (folders.templates() / "layout" / "report.css").read_text(encoding="utf-8").strip()
    growth = _growth(figures)
    counts = figures.counts
    headline = [
        (_("rows"), counts.rows),
        (_("people who sign"), figures.signers),
        (_("letters made"), counts.made),
        *([(_("still to make"), counts.left)] if counts.left else []),
        (_("letters held"), counts.held),
        (_("offices"), len(figures.offices)),
    ]
    return _template().render(
        language=language.current(),
        figures=figures,
        style=style,
        style_hash=b64encode(sha256(style.encode()).digest()).decode(),
        headline=headline,
        outcomes=_outcomes(figures),
        growth=growth,
        growth_line=_growth_line(growth),
        tables=list(tables_of(figures)),
        shown=SHOWN,
        most_compared=COMPARED,
        **_likeness(figures.offices),
    )


@cache
def _template() -> jinja2.Template:
    """Our own template, not a pack's; every value is escaped."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folders.templates() / "layout"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    language.install(environment)
    environment.globals |= {
        "share": lambda part, whole: f"{100 * part / whole:.2f}%" if whole else "0%",  # as SVG writes it
        "state_name": lambda code: state_in_words(code, language.current()) or code or _("elsewhere"),
        "outcome_name": lambda outcome: _(OUTCOME_NAMES[outcome]),
    }
    return environment.get_template("report.html.j2")


def _outcomes(figures: Statistics) -> list[tuple[str, str, int]]:
    """What became of rows and letters, what that means, and how often; what is rare and did not happen is left out."""
    counts = figures.counts
    always = [
        (_("Made"), _("letters printed, in manifest.csv"), counts.made),
        (_("Still to make"), _("letters planned and not yet printed"), counts.left),
        (_("Held"), _("letters that wait for an answer, in rejects.csv"), counts.held),
        (_("Rejected"), _("rows with something to fix, in rejects.csv"), counts.rejected),
    ]
    seldom = [
        (_("Duplicate"), _("letters the same person already has, in rejects.csv"), counts.duplicate),
        (_("Suppressed"), _("rows of people who asked to be left out"), counts.suppressed),
        (_("Not selected"), _("rows the campaign's selection leaves out"), counts.unselected),
        (_("Superseded"), _("letters that were printed again since"), counts.superseded),
        (_("Withdrawn"), _("printed letters whose row or official is gone"), counts.withdrawn),
    ]
    return [*always, *(outcome for outcome in seldom if outcome[-1])]


def _likeness(offices: Sequence[OfficeStatistics]) -> dict[str, Any]:
    """What the page says of all offices together, the offices most alike first."""
    measured = [(office, office.likeness) for office in offices if office.likeness and office.likeness.letters > 1]
    measured.sort(key=lambda pair: (-pair[1].over_threshold_share, -pair[1].median, pair[0].official, pair[0].office))
    nearest: dict[tuple[str, str], tuple[OfficeStatistics, Pair]] = {}  # two rows are near each other in every office
    for office, likeness in measured:
        for pair in likeness.nearest:
            _office, nearer = nearest.setdefault((pair.first, pair.second), (office, pair))
            if pair.likeness > nearer.likeness:
                nearest[pair.first, pair.second] = (office, pair)
    likenesses = [likeness for _office, likeness in measured]
    return {
        "alike": [pair[0] for pair in measured],
        "over": sum(likeness.over_threshold for likeness in likenesses),
        "compared": sum(likeness.compared for likeness in likenesses),
        "sampled": any(likeness.sample for likeness in likenesses),
        "pairs": [sum(likeness.histogram[step] for likeness in likenesses) for step in range(BINS)],
        "nearest": nlargest(NEAREST, nearest.values(), key=lambda near: near[1].likeness),
    }


def _growth(figures: Statistics) -> list[DayOfGrowth]:
    """Signers day by day, added up."""
    days: list[DayOfGrowth] = []
    for day, signers in figures.consents:
        days.append(DayOfGrowth(day, signers, signers + (days[-1].so_far if days else 0)))
    return days


def _growth_line(days: Sequence[DayOfGrowth]) -> str:
    """The corners of the line of growth in a square of 100: a step up on each day, to the end of the last one."""
    if not days:
        return ""
    span, most = (days[-1].day - days[0].day).days + 1, days[-1].so_far
    points, height = ["0.00,100.00"], 100.0
    for day in days:
        left = 100 * (day.day - days[0].day).days / span
        points.append(f"{left:.2f},{height:.2f}")
        height = 100 - 100 * day.so_far / most
        points.append(f"{left:.2f},{height:.2f}")
    return " ".join([*points, f"100.00,{height:.2f}"])


# --- the tables -------------------------------------------------------------------------------------------


def tables_of(figures: Statistics) -> Mapping[str, Table]:
    """The tables, by the names of their files."""
    counts, offices = figures.counts, figures.offices
    outcomes = {
        "rows": counts.rows,
        "signers": figures.signers,
        "rows_rejected": counts.rejected,
        "rows_suppressed": counts.suppressed,
        "rows_not_selected": counts.unselected,
        "letters_planned": counts.planned,
        "letters_made": counts.made,
        "letters_left": counts.left,
        "letters_held": counts.held,
        "letters_duplicate": counts.duplicate,
        "letters_superseded": counts.superseded,
        "letters_withdrawn": counts.withdrawn,
        "volumes": counts.volumes,
    }
    tables: dict[str, Table] = {
        "outcomes.csv": (("outcome", "count"), outcomes.items()),
        "letters-by-office.csv": (
            ("official", "office", "legislative", "executive", "letters"),
            [
                (office.official, office.office, office.legislative, office.executive, office.letters)
                for office in offices
            ],
        ),
        "letters-by-state.csv": (
            ("state", "legislative", "executive", "letters"),
            [(state.state, state.legislative, state.executive, state.letters) for state in figures.states],
        ),
        "problems.csv": (
            ("outcome", "code", "where", "count"),
            [(problem.outcome, problem.code, problem.where, problem.count) for problem in figures.problems],
        ),
        "signers-by-day.csv": (
            ("day", "signers", "so_far"),
            [(day.day.isoformat(), day.signers, day.so_far) for day in _growth(figures)],
        ),
    }
    measured = [(office, office.likeness) for office in offices if office.likeness]
    if measured:
        steps = (f"pairs_from_{step / BINS:.2f}" for step in range(BINS))
        tables["likeness.csv"] = (
            ("official", "office", "letters", "compared", "sample", "mean", "median", "with_near_twin", *steps),
            [
                (
                    *(office.official, office.office, likeness.letters, likeness.compared),
                    *("yes" if likeness.sample else "no", f"{likeness.mean:.4f}", f"{likeness.median:.4f}"),
                    *(likeness.over_threshold, *likeness.histogram),
                )
                for office, likeness in measured
            ],
        )
    return tables
